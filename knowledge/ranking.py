"""From a question to the documents that answer it.

The fields are searched and their BM25 scores added: words, syllable pairs, sounds, names. How much of a question a document
*covers* then decides whether it is an answer at all: the share of the question's words, the telling ones weighing more, that
it has in some form. What only sounds alike covers nothing.
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import tantivy

from knowledge import analyzer, hangul, matching, terms, units
from knowledge.cutoff import Cutoff, Hit, Hits
from knowledge.lexicon import Lexicon
from knowledge.matching import Matching
from knowledge.store import Filters
from knowledge.terms import Analyzer
from knowledge.units import Unit

_NAMES = {"names": 1.6, "subjects": 5.0}
"""What a match of a name counts, by field; chosen while looking at `tests/questions.toml`."""
_GRAMS_BESIDE_NAMES = 2 / 3
"""What is left of the weight of syllable pairs, some of whose work the names do."""
_UNCOVERED = 0.1
"""What is left of a document's score when it covers next to nothing of the question."""
_UNKNOWN_WORD, _UNKNOWN_VERB, _UNKNOWN_ENGLISH = 0.7, 0.25, 0.6
"""What an unknown word weighs beside a name in Latin letters: a Korean word that may be a name, one that cannot, English."""
_INSIDE = 0.25
"""How much of a word of two syllables that stands nowhere is covered by a longer word that has both: 인텔 in 인텔리전스."""
_OWN, _NAMED = 4.0, 64.0
"""What is added to coverage for each name of the question that a document has: of somebody or something of its own, any other."""
_ROUNDING = 0.001
_NEAR = 5
"""How many documents that do not answer are said to come near."""
_Place = tuple[int, int]
"""Where a searcher has a document: segment, number in it."""


@dataclass(frozen=True)
class Ranking:
    """Ranks the documents that a searcher sees."""

    searcher: tantivy.Searcher
    match: Matching
    lexicon: Lexicon
    by: Analyzer

    def rank(self, text: str, filters: Filters, cutoff: Cutoff) -> Hits:
        """What answers `text`; without text, everything that the filters let through."""
        limits = self.match.limits(filters)
        if not text.strip():
            return Hits(self._everything(limits), whole=True)
        asked = units.of(text, self.lexicon, self.searcher.doc_freq)
        if not asked:
            return Hits()
        weights = [self._weight(unit) for unit in asked]
        shares = [weight / sum(weights) for weight in weights]
        absent = [unit for unit in asked if not unit.documents]
        names = [unit.raw for unit in absent if unit.may_be_name]
        hits = self._hits(text, asked, shares, limits, cutoff)
        # A word in Latin letters, or the topic of a Korean question, is a name: nothing is said of it by saying other things.
        surely_named = any(not hangul.is_hangul(word) or word == analyzer.topic(text) for word in names)
        best = () if surely_named else cutoff.answers(hits, unknown=bool(names))
        unknown = tuple(unit.raw for unit in absent if unit.may_be_name or not unit.grams)
        whole = not unknown and any(hit.coverage >= cutoff.whole for hit in best[:1])
        return Hits(best, () if best else self._near(hits, asked, shares, cutoff), unknown, whole)

    def _near(
        self, hits: Sequence[Hit], asked: Sequence[Unit], shares: Sequence[float], cutoff: Cutoff
    ) -> tuple[Hit, ...]:
        """Those that have something that the question names, or more than one of its words."""
        one_word = max((share for unit, share in zip(asked, shares, strict=True) if unit.documents), default=0.0)
        number = sum(share for unit, share in zip(asked, shares, strict=True) if unit.is_number)
        least = max(cutoff.near, one_word + number + _ROUNDING)
        return tuple(hit for hit in hits if hit.named or hit.coverage >= least)[:_NEAR]

    def _hits(
        self,
        text: str,
        asked: Sequence[Unit],
        shares: Sequence[float],
        limits: Sequence[tantivy.Query],
        cutoff: Cutoff,
    ) -> list[Hit]:
        """The documents that answer or may come near, best first: those about a thing that the question names before others."""
        found = self._search(matching.within(self._query(text, asked), limits), cutoff.candidates)
        cover = matching.any_of([*map(self._cover, asked, shares), *self._names(text)])
        covered = self._search(matching.within(cover, self._among(found, limits, cutoff)), cutoff.candidates)
        hits = []
        for place, cover_score in covered.items():
            names, coverage = divmod(cover_score, _OWN)
            if place in found and (names or coverage >= cutoff.near):
                score = found[place] * (_UNCOVERED + coverage)
                hits.append(Hit(self._key(place), score, coverage, names % (_NAMED / _OWN) > 0, names > 0))
        best = max((hit.score for hit in hits), default=0.0)
        hits = [replace(hit, score=hit.score / best) for hit in hits]
        return sorted(hits, key=lambda hit: (not hit.named, -hit.score, hit.key))

    def _among(
        self, found: Collection[_Place], limits: Sequence[tantivy.Query], cutoff: Cutoff
    ) -> Sequence[tantivy.Query]:
        """What keeps another search for the same words to the documents found: the same limits where these were all."""
        return limits if len(found) < cutoff.candidates else [self.match.keys(map(self._key, found))]

    def _query(self, text: str, asked: Sequence[Unit]) -> tantivy.Query:
        weights = {**self.by.weights, **_NAMES, "grams": self.by.weights["grams"] * _GRAMS_BESIDE_NAMES}
        parts = terms.morphemes_of(text, self.by)
        for unit in asked:
            names = {form: 1.0 for form in unit.forms if form[0] in _NAMES}
            for part, share in {**unit.terms, **names}.items():
                parts[part] = max(parts.get(part, 0.0), share * unit.importance * weights[part[0]])
        return self.match.weighted(parts)

    def _names(self, text: str) -> Iterator[tantivy.Query]:
        """Marks the documents that have what the question names."""
        for mention in self.lexicon.mentions(text, nested=True):
            for names, worth in zip(self.lexicon.things(mention), (_OWN, _NAMED), strict=True):
                if names:
                    yield matching.best_of([self.match.worth("names", name, worth) for name in sorted(names)])

    def _cover(self, unit: Unit, share: float) -> tantivy.Query:
        """Scores each document by what it covers of the question with a word: the engine adds up constants."""
        if not unit.forms:
            return tantivy.Query.empty_query()
        whole = [self.match.worth(*form, share) for form in unit.forms]
        each = share / max(len(unit.grams), 1)
        if len(unit.grams) == 1 and not unit.documents:
            each *= _INSIDE
        pairs = [self.match.worth("grams", gram, each) for gram in set(unit.grams)]
        return matching.best_of([*whole, matching.any_of(pairs)] if pairs else whole)

    def _weight(self, unit: Unit) -> float:
        """How telling a word is: its inverse document frequency, counting every document that has it in some form."""
        others = self.searcher.num_docs - unit.documents
        rarity = unit.importance * math.log(1 + (others + 0.5) / (unit.documents + 0.5))
        if unit.documents:
            return rarity
        if unit.may_be_name:
            return rarity * (_UNKNOWN_WORD if unit.grams else 1.0)
        return rarity * (_UNKNOWN_VERB if unit.grams else _UNKNOWN_ENGLISH)

    def _everything(self, limits: Sequence[tantivy.Query]) -> tuple[Hit, ...]:
        everything = matching.within(tantivy.Query.all_query(), limits)
        found = self._search(everything, max(self.searcher.num_docs, 1))
        return tuple(Hit(self._key(place), score, 1.0) for place, score in found.items())

    def _search(self, query: tantivy.Query, limit: int) -> dict[_Place, float]:
        hits = self.searcher.search(query, limit, count=False).hits
        return {(place.segment_ord, place.doc): float(score) for score, place in hits}

    def _key(self, place: _Place) -> str:
        return str(self.searcher.doc(tantivy.DocAddress(*place))["key"][0])
