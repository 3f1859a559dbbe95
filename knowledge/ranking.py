"""From a question to the documents that answer it.

Three fields are searched and their BM25 scores added: words, syllable pairs, and names. How much of a question a document
*covers* then decides whether it is an answer at all: the share of the question's words, the telling ones weighing more, that
it has in one of the three forms.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import tantivy

from knowledge import analyzer, hangul, mending, period, stems
from knowledge.lexicon import Lexicon
from knowledge.store import Filters

_CANDIDATES = 500
"""How many documents of the best score are looked at for coverage; no answer has more."""
_BOOSTS = {"words": 1.0, "grams": 0.5, "names": 1.6, "subjects": 5.0}
"""What a match in each field counts; chosen while looking at `tests/questions.toml`."""
SEARCHED = tuple(_BOOSTS)
"""The fields that questions are matched with."""
WITH_FIGURE = "figure"
"""The name that every claim with a figure goes by: what a question for a number looks for."""
_UNCOVERED = 0.1
"""What is left of a document's score when it covers next to nothing of the question."""
_COVER = 0.3
"""The least coverage of an answer; below, a document only shares a word or two with the question."""
_COVER_UNKNOWN = 0.4
"""The same where the question has a name that stands nowhere: then the rest must match all the better."""
WHOLE = 0.6
"""From this coverage on, a document speaks about the whole question."""
_UNKNOWN_WORD, _UNKNOWN_VERB, _UNKNOWN_ENGLISH = 0.7, 0.25, 0.6
"""What an unknown word weighs beside a name in Latin letters: a Korean word that may be a name, one that cannot, English."""
_DISTANT = 0.3
"""Hits that score less than this share of the best are left out."""
_NEAR, _COVER_NEAR = 5, 0.2
"""How many documents that do not answer are said to come near, and the least coverage of one."""
_Place = tuple[int, int]
"""Where a searcher has a document: segment, number in it."""
_NUMBER = "#"
_NUMBER_COUNTS = 1.0
"""What having a number weighs, where the question asks for one."""


@dataclass(frozen=True)
class Hit:
    """A document that answers, or comes near."""

    key: str
    score: float
    """How well it matches, beside the best (0 to 1)."""
    coverage: float
    """How much of the question it covers (0 to 1)."""


@dataclass(frozen=True)
class Hits:
    """Documents that answer, best first."""

    best: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    """Documents that come near but do not answer."""
    unknown_words: tuple[str, ...] = ()
    """Possible names and English words in the question that no document has."""

    @property
    def whole(self) -> bool:
        """Whether the best of them covers most of the question."""
        return any(hit.coverage >= WHOLE for hit in self.best[:1])


@dataclass(frozen=True)
class _Unit:
    """A word of the question, in every form that a document may have it in."""

    raw: str
    forms: tuple[tuple[str, str], ...]
    """(field, term), any of which is the word itself."""
    grams: tuple[str, ...]
    may_be_name: bool
    documents: int
    """How many documents have it, in the form that most have it in."""
    importance: float = 1.0
    """What it weighs beside another word that is as rare."""


@dataclass(frozen=True)
class Ranking:
    """Ranks the documents that a searcher sees."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    lexicon: Lexicon

    def rank(self, text: str, filters: Filters, least: float = _COVER) -> Hits:
        """What answers `text`, covering at least `least` of it; without text, everything that the filters let through."""
        limits = self._limits(filters)
        if not text.strip():
            return Hits(self._everything(limits))
        units = self._units(text)
        if not units:
            return Hits()
        absent = [unit for unit in units if not unit.documents]
        names = [unit.raw for unit in absent if unit.may_be_name]
        least = max(least, _COVER_UNKNOWN if names else 0)
        hits = self._hits(units, limits)
        # A word in Latin letters, or the topic of a Korean question, is a name: nothing is said of it by saying other things.
        surely_named = any(not hangul.is_hangul(word) or word == analyzer.topic(text) for word in names)
        best = () if surely_named else tuple(hit for hit in hits if hit.coverage >= least and hit.score >= _DISTANT)
        answering = set(best)
        near = [hit for hit in hits if hit not in answering][:_NEAR]
        return Hits(best, tuple(near), tuple(unit.raw for unit in absent if unit.may_be_name or not unit.grams))

    def _units(self, text: str) -> list[_Unit]:
        """The telling words of a question, each once; a word that is part of a name can be matched by the name."""
        mentions = self.lexicon.mentions(text, nested=True)
        words = {word.raw: word for word in analyzer.words(text)}
        weights = {word.raw: weight for word, weight in analyzer.weighed(list(words.values()))}
        versions = analyzer.versions(text)
        units: dict[str, _Unit] = {}
        for place, token in enumerate(analyzer.tokens(text)):
            here = [mention for mention in mentions if mention.first <= place <= mention.last]
            if not weights.get(token) and not here:
                continue
            if token in versions and not here:
                units[token] = _Unit(versions[token], (), (), may_be_name=True, documents=0)
                continue
            word = words.get(token)
            forms = [("words", word.term)] if word else []
            forms += [
                (field, identity)
                for mention in here
                for identity in sorted(mention.ids)
                for field in ("names", "subjects")
            ]
            may_be_name = analyzer.may_be_name(token, text)
            if word and not here and hangul.is_hangul(token) and not self._known(word.term):
                forms += [("words", term) for term in mending.meant(word.term, self._known)]
            documents = max((self.searcher.doc_freq(*form) for form in forms), default=0)
            units[token] = _Unit(
                _shown(token),
                tuple(forms),
                word.grams if word else (),
                may_be_name,
                documents,
                weights.get(token) or 1.0,
            )
        with_figure = self.searcher.doc_freq("names", WITH_FIGURE)
        if units and with_figure and analyzer.asks_for_number(text):
            units[_NUMBER] = _Unit(_NUMBER, (("names", WITH_FIGURE),), (), False, with_figure, _NUMBER_COUNTS)
        return list(units.values())

    def _known(self, term: str) -> int:
        return int(self.searcher.doc_freq("words", term))

    def _hits(self, units: Sequence[_Unit], limits: Sequence[tantivy.Query]) -> list[Hit]:
        """The documents that answer or at least come near, best first."""
        found = self._search(_both(self._query(units), limits), _CANDIDATES)
        covered = self._search(_both(self._cover_query(units), self._among(found, limits)), _CANDIDATES)
        scores = {place: score * (_UNCOVERED + covered[place]) for place, score in found.items()}
        best = max(scores.values(), default=0.0)
        hits = [
            Hit(self._key(place), score / best, covered[place])
            for place, score in scores.items()
            if covered[place] >= _COVER_NEAR
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.key))

    def _among(self, found: Collection[_Place], limits: Sequence[tantivy.Query]) -> Sequence[tantivy.Query]:
        """What keeps another search for the same words to the documents found: the same limits where these were all."""
        if len(found) < _CANDIDATES:
            return limits
        return [tantivy.Query.term_set_query(self.schema, "key", [self._key(place) for place in found])]

    def _query(self, units: Sequence[_Unit]) -> tantivy.Query:
        """One flat disjunction: nested ones are slower."""
        parts: dict[tuple[str, str], float] = {}
        for unit in units:
            parts |= {form: unit.importance * _BOOSTS[form[0]] for form in unit.forms}
            parts |= {("grams", gram): _BOOSTS["grams"] for gram in unit.grams}
        return _any([tantivy.Query.boost_query(self._term(*part), boost) for part, boost in parts.items()])

    def _cover_query(self, units: Sequence[_Unit]) -> tantivy.Query:
        """Scores each document by the share of the question that it covers: the engine adds up constants."""
        weights = [self._weight(unit) for unit in units]
        return _any([self._cover(unit, weight / sum(weights)) for unit, weight in zip(units, weights, strict=True)])

    def _cover(self, unit: _Unit, share: float) -> tantivy.Query:
        if not unit.forms:
            return tantivy.Query.empty_query()
        whole = [tantivy.Query.const_score_query(self._term(*form), share) for form in unit.forms]
        each = share / max(len(unit.grams), 1)
        pairs = [tantivy.Query.const_score_query(self._term("grams", gram), each) for gram in set(unit.grams)]
        return tantivy.Query.disjunction_max_query([*whole, _any(pairs)] if pairs else whole)

    def _weight(self, unit: _Unit) -> float:
        """How telling a word is: its inverse document frequency, counting every document that has it in some form."""
        others = self.searcher.num_docs - unit.documents
        rarity = unit.importance * math.log(1 + (others + 0.5) / (unit.documents + 0.5))
        if unit.documents:
            return rarity
        if unit.may_be_name:
            return rarity * (_UNKNOWN_WORD if unit.grams else 1.0)
        return rarity * (_UNKNOWN_VERB if unit.grams else _UNKNOWN_ENGLISH)

    def _limits(self, filters: Filters) -> list[tantivy.Query]:
        chosen = {
            "kind": filters.kinds,
            "article": filters.articles,
            "trend": filters.trends,
            "entity": filters.entities,
        }
        limits = [_any([self._term(name, value) for value in values]) for name, values in chosen.items() if values]
        if filters.since:
            limits.append(self._days("end", period.bounds(filters.since)[0], date.max))
        if filters.until:
            limits.append(self._days("start", date.min, period.bounds(filters.until)[1]))
        return limits

    def _days(self, field: str, first: date, last: date) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        return tantivy.Query.range_query(self.schema, field, kind, first.toordinal(), last.toordinal())

    def _everything(self, limits: Sequence[tantivy.Query]) -> tuple[Hit, ...]:
        everything = _both(tantivy.Query.all_query(), limits)
        found = self._search(everything, max(self.searcher.num_docs, 1))
        return tuple(Hit(self._key(place), score, 1.0) for place, score in found.items())

    def _search(self, query: tantivy.Query, limit: int) -> dict[_Place, float]:
        hits = self.searcher.search(query, limit, count=False).hits
        return {(place.segment_ord, place.doc): float(score) for score, place in hits}

    def _key(self, place: _Place) -> str:
        return str(self.searcher.doc(tantivy.DocAddress(*place))["key"][0])

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, term, "freq" if field in SEARCHED else "basic")


def _shown(token: str) -> str:
    """A word of the question as it is said back: Korean without particles, English without its genitive."""
    return stems.without_particle(token) if hangul.is_hangul(token) else token.removesuffix("'s")


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _both(query: tantivy.Query, limits: Sequence[tantivy.Query]) -> tantivy.Query:
    if not limits:
        return query
    still = [tantivy.Query.const_score_query(limit, 0.0) for limit in limits]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in (query, *still)])
