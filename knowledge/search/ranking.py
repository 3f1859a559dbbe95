"""From a question to the documents that answer it.

The fields are searched and their BM25 scores added: words, syllable pairs, sounds, names. How much of a question a document
*covers* then decides whether it is an answer at all: the share of the question's words, the telling ones weighing more, that
it has in some form. What only sounds alike covers nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice

import tantivy

from knowledge.search import passages, tantivy_queries
from knowledge.search import query as units
from knowledge.search.coverage import BEGINNINGS, Alternatives, DocumentTerms, compile_alternatives
from knowledge.search.hits import Hit, Hits, Thresholds, order_answers
from knowledge.search.query import ParsedQuery, QueryTerm
from knowledge.search.tantivy_queries import QueryBuilder
from knowledge.store.store import Filters
from knowledge.text.analysis import terms
from knowledge.text.analysis.lexicon import Lexicon
from knowledge.text.analysis.terms import Analyzer, FieldTerm

_NAMES = {"names": 1.6, "subjects": 5.0}
"""What a match of a name counts, by field; chosen while looking at `tests/questions.toml`."""
_GRAMS_BESIDE_NAMES = 2 / 3
"""What is left of the weight of syllable pairs, some of whose work the names do."""
_MOST_POSTINGS, _FEWEST = 300_000, 3
"""How many entries of the index one search may go through, a few milliseconds' worth; and the terms that are always looked for."""
_UNCOVERED = 0.1
"""What is left of a document's score when it covers next to nothing of the question."""
_MOST_READ, _FEWEST_READ = 600, 15
"""How many words are looked for in the documents that are read, each in each; and the documents that are read of any question."""
_INSIDE = 0.25
"""How much of a word of two syllables that stands nowhere is covered by a longer word that has both: 인텔 in 인텔리전스."""
_OWN, _NAMED = 4.0, 64.0
"""What is added to coverage for each name of the question that a document has: of somebody or something of its own, any other."""
_MOST_PAIRS = 5
"""How many pairs of neighbours are looked at for an answer that takes two."""
_ROUNDING = 0.001
_NEAR = 5
"""How many documents that do not answer are said to come near."""
_Place = tuple[int, int]
"""Where a searcher has a document: segment, number in it."""


@dataclass(frozen=True)
class Ranking:
    """Ranks the documents that a searcher sees."""

    searcher: tantivy.Searcher
    match: QueryBuilder
    lexicon: Lexicon
    by: Analyzer
    documents_read: dict[_Place, tantivy.Document] = field(default_factory=dict)
    """The documents that were read so far."""

    def rank(self, text: str, filters: Filters, cutoff: Thresholds, without: Collection[str] = ()) -> Hits:
        """What answers `text`, but for documents with some keys; without text, everything that the filters let through."""
        limits = self.match.limits(filters, without)
        if not text.strip():
            return Hits(self._everything(limits), whole=True)
        spaced = self.lexicon.space_names(text)
        asked = units.parse_query(spaced, self.lexicon, self._documents, self.searcher.num_docs, spoken=cutoff.spoken)
        if not asked.units:
            return Hits()
        hits = self._hits(asked, limits, cutoff)
        best: tuple[Hit, ...] = ()
        # Nothing is said of what surely is a name and stands nowhere by saying other things.
        if not any(self._is_nowhere(unit, asked, cutoff) for unit in asked.unknown_names):
            best = self._answers(hits, asked, cutoff)
        unknown = self._unknown(asked, best, cutoff)
        whole = not unknown and any(hit.coverage >= cutoff.whole for hit in best[:1])
        return Hits(best, () if best else _near(hits, asked, cutoff), unknown, asked.respelt_words, whole)

    def _is_nowhere(self, unit: QueryTerm, asked: ParsedQuery, cutoff: Thresholds) -> bool:
        """Whether a unit surely is a name and stands nowhere, not even by its sound where that counts."""
        heard = cutoff.sounds > 0 and any(self._documents("sounds", code) for code in unit.codes)
        return asked.is_certain_name(unit, written=cutoff.written) and not heard

    def _unknown(self, asked: ParsedQuery, best: Sequence[Hit], cutoff: Thresholds) -> tuple[str, ...]:
        """The words that stand nowhere, but for those that the best document has in another way: by their sound, or as a beginning."""
        if not (cutoff.reads and best and asked.unknown_words):
            return asked.unknown_words
        (said,) = self._said(self._search(self.match.keys([best[0].key]), 1), asked.codes).values()
        ways = zip(asked.units, asked.shares, self._ways(asked, cutoff), strict=True)
        there = {
            unit.raw for unit, share, way in ways if said.covers([compile_alternatives(way)]) >= cutoff.whole * share
        }
        return tuple(word for word in asked.unknown_words if word not in there)

    def _answers(self, hits: Sequence[Hit], asked: ParsedQuery, cutoff: Thresholds) -> tuple[Hit, ...]:
        """Those of the hits that answer, best first; neighbours that answer the whole question before others that do not."""
        least = cutoff.least(partly=asked.is_mostly_unknown, wholly=asked.is_unknown)
        best = order_answers(cutoff.answers(hits, least))
        if not cutoff.together or any(hit.coverage >= cutoff.whole for hit in best[:1]):
            return best
        pair = self._together(hits, asked, cutoff, cutoff.whole if best else cutoff.answer)
        keys = {hit.key for hit in pair}
        return (*pair, *(hit for hit in best if hit.key not in keys))

    def _together(self, hits: Sequence[Hit], asked: ParsedQuery, cutoff: Thresholds, least: float) -> tuple[Hit, ...]:
        """The first neighbours that together cover at least so much of the question."""
        ways = list(map(compile_alternatives, self._ways(asked, cutoff)))
        for pair in islice(passages.pair_neighbours(hits), _MOST_PAIRS):
            both = self._said(self._search(self.match.keys(hit.key for hit in pair), 2), asked.codes).values()
            coverage = sum(max(one.covers([way]) for one in both) for way in ways)
            if coverage >= least:
                return tuple(replace(hit, coverage=coverage) for hit in pair)
        return ()

    def _hits(self, asked: ParsedQuery, limits: Sequence[tantivy.Query], cutoff: Thresholds) -> list[Hit]:
        """The documents that answer or may come near, best first: those about a thing that the question names before others."""
        found = self._search(tantivy_queries.within(self._query(asked), limits), _most(asked, cutoff))
        covered = self._read(found, asked, cutoff) if cutoff.reads else self._covered(found, asked, limits, cutoff)
        scored = [
            (place, found[place] * (_UNCOVERED + coverage), coverage, names)
            for place, (names, coverage) in ((place, divmod(both, _OWN)) for place, both in covered.items())
            if place in found and (names or coverage >= cutoff.near)
        ]
        best = max((score for _, score, _, _ in scored), default=0.0)
        hits = [
            self._hit(place, score / best, coverage, own=names % (_NAMED / _OWN) > 0, named=names > 0)
            for place, score, coverage, names in scored
        ]
        return sorted(hits, key=lambda hit: (not hit.named, -hit.score, hit.key))

    def _covered(
        self, found: Collection[_Place], asked: ParsedQuery, limits: Sequence[tantivy.Query], cutoff: Thresholds
    ) -> dict[_Place, float]:
        """What the documents cover of the question, and what is added for names: the engine adds up constants."""
        ways = [*self._ways(asked, cutoff), *self._names(asked.text)]
        cover = tantivy_queries.any_of(tantivy_queries.best_of([self._all(way) for way in one]) for one in ways if one)
        return self._search(tantivy_queries.within(cover, self._among(found, limits, cutoff)), cutoff.candidates)

    def _read(self, found: Collection[_Place], asked: ParsedQuery, cutoff: Thresholds) -> dict[_Place, float]:
        """The same, read from the documents' own words: faster where documents are many and those found are few."""
        ways = list(map(compile_alternatives, [*self._ways(asked, cutoff), *self._names(asked.text)]))
        return {place: said.covers(ways) for place, said in self._said(found, asked.codes).items()}

    def _said(self, places: Collection[_Place], codes: Collection[str]) -> dict[_Place, DocumentTerms]:
        """What documents say, and which of the codes they have: these the engine says faster, as they would be many to keep."""
        looked_for = sorted(codes) if places else []  # the engine takes no search for nothing
        here = [self.match.keys(map(self._key, places))] if looked_for else []
        heard = {
            code: self._search(tantivy_queries.within(self.match.term("sounds", code), here), len(places))
            for code in looked_for
        }
        return {place: self._read_one(place, (code for code in heard if place in heard[code])) for place in places}

    def _read_one(self, place: _Place, codes: Iterable[str]) -> DocumentTerms:
        stored = self._stored(place)
        return DocumentTerms.of(bytes(stored["said"][0]).decode(), str(stored["names"][0]), frozenset(codes))

    def _all(self, way: Mapping[FieldTerm, float]) -> tantivy.Query:
        parts = [self.match.worth(*part, worth) for part, worth in way.items()]
        return parts[0] if len(parts) == 1 else tantivy_queries.any_of(parts)

    def _documents(self, field: str, term: str) -> int:
        return int(self.searcher.doc_freq(field, term))

    def _among(
        self, found: Collection[_Place], limits: Sequence[tantivy.Query], cutoff: Thresholds
    ) -> Sequence[tantivy.Query]:
        """What keeps another search for the same words to the documents found: the same limits where these were all."""
        return limits if len(found) < cutoff.candidates else [self.match.keys(map(self._key, found))]

    def _query(self, asked: ParsedQuery) -> tantivy.Query:
        weights = {**self.by.weights, **_NAMES, "grams": self.by.weights["grams"] * _GRAMS_BESIDE_NAMES}
        parts = terms.query_morphemes(asked.text, self.by)
        for unit in asked.units:
            names = {form: 1.0 for form in unit.forms if form[0] in _NAMES}
            for part, share in {**unit.terms, **names}.items():
                parts[part] = max(parts.get(part, 0.0), share * unit.importance * weights[part[0]])
        return self.match.weighted(self._telling(parts))

    def _telling(self, parts: dict[FieldTerm, float]) -> dict[FieldTerm, float]:
        """Without the commonest terms, which tell least and cost most, where together they would hold the engine up."""
        rarest = sorted((self._documents(*part), part) for part in parts)
        reached = accumulate(documents for documents, _ in rarest)
        told = [part for (_, part), sum_ in zip(rarest, reached, strict=True) if sum_ <= _MOST_POSTINGS]
        kept = {*told, *(part for _, part in rarest[:_FEWEST])}
        return {part: weight for part, weight in parts.items() if part in kept}

    def _names(self, text: str) -> Iterator[Alternatives]:
        """Marks the documents that have what the question names."""
        for mention in self.lexicon.mentions(text, nested=True):
            for names, worth in zip(self.lexicon.things(mention), (_OWN, _NAMED), strict=True):
                if names:
                    yield [{("names", name): worth} for name in sorted(names)]

    def _ways(self, asked: ParsedQuery, cutoff: Thresholds) -> Iterator[Alternatives]:
        """For each word of the question, the ways in which a document may have it, and what share of the question it covers so."""
        for unit, share in zip(asked.units, asked.shares, strict=True):
            yield self._way(unit, share, cutoff)

    def _way(self, unit: QueryTerm, share: float, cutoff: Thresholds) -> Alternatives:
        forms = unit.forms if unit.documents else ()
        ways = [{form: share} for form in forms]
        if cutoff.sounds:
            ways += [{("sounds", code): share * cutoff.sounds} for code in unit.codes]
        parts = terms.list_morphemes(unit.raw, self.by) if unit.grams else []
        if parts:
            ways.append({("morphemes", part): share / len(parts) for part in parts})
        each = share / max(len(unit.grams), 1)
        if len(unit.grams) == 1 and not unit.documents:
            ways += [{(BEGINNINGS, unit.grams[0]): share * cutoff.beginnings}] if cutoff.beginnings else []
            each *= _INSIDE
        return [*ways, {("grams", gram): each for gram in unit.grams}] if unit.grams else ways

    def _everything(self, limits: Sequence[tantivy.Query]) -> tuple[Hit, ...]:
        everything = tantivy_queries.within(tantivy.Query.all_query(), limits)
        found = self._search(everything, max(self.searcher.num_docs, 1))
        return tuple(self._hit(place, score, 1.0) for place, score in found.items())

    def _search(self, query: tantivy.Query, limit: int) -> dict[_Place, float]:
        hits = self.searcher.search(query, limit, count=False).hits
        return {(place.segment_ord, place.doc): float(score) for score, place in hits}

    def _hit(self, place: _Place, score: float, coverage: float, *, own: bool = False, named: bool = False) -> Hit:
        stored = self._stored(place)
        (key,), (same,) = stored["key"], stored["same"] or [""]
        return Hit(str(key), score, coverage, own, named, tuple(map(str, stored["trend"])), str(same))

    def _key(self, place: _Place) -> str:
        return str(self._stored(place)["key"][0])

    def _stored(self, place: _Place) -> tantivy.Document:
        """A document, read once for each question: that takes as long as all that is done with it."""
        if place not in self.documents_read:
            self.documents_read[place] = self.searcher.doc(tantivy.DocAddress(*place))
        return self.documents_read[place]


def _most(asked: ParsedQuery, cutoff: Thresholds) -> int:
    """How many documents are looked at: fewer where a long question already tells them apart, and each takes long to read."""
    if not cutoff.reads:
        return cutoff.candidates
    return min(cutoff.candidates, max(_FEWEST_READ, _MOST_READ // len(asked.units)))


def _near(hits: Sequence[Hit], asked: ParsedQuery, cutoff: Thresholds) -> tuple[Hit, ...]:
    """Those that have something that the question names, or more than one of its words."""
    least = max(cutoff.near, asked.best_single_share + _ROUNDING)
    return tuple(hit for hit in hits if hit.named or hit.coverage >= least)[:_NEAR]
