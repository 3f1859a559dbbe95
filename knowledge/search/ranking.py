"""Ranking of the documents that answer a question.

The BM25 scores of the fields (words, syllable pairs, sounds, names) are added. *Coverage* then decides whether a document is an
answer at all: the weighted share of the question's words that it has in some form. A similar sound alone covers nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice

import tantivy

from knowledge.search import passages, tantivy_queries
from knowledge.search.coverage import BEGINNINGS, Alternatives, DocumentTerms, compile_alternatives
from knowledge.search.hits import Hit, Hits, order_answers
from knowledge.search.query import ParsedQuery, QueryTerm, parse_query
from knowledge.search.tantivy_queries import QueryBuilder
from knowledge.search.thresholds import Thresholds
from knowledge.store import Filters
from knowledge.text.analysis import Analyzer, FieldTerm, Lexicon, terms

_NAMES = {"names": 1.6, "subjects": 5.0}
"""Weights of name matches by field, chosen on `tests/questions.toml`."""
_GRAMS_BESIDE_NAMES = 2 / 3
"""The factor for syllable pairs, which names replace in part."""
_MAX_POSTINGS, _MIN_TERMS = 300_000, 3
"""The maximum number of postings per search, a few milliseconds' weight; the number of terms that are always searched for."""
_UNCOVERED = 0.1
"""The factor for the score of a document with almost no coverage."""
_MAX_READ, _MIN_READ = 600, 15
"""The maximum of terms times documents whose stored terms are read; the minimum number of documents read."""
_INSIDE = 0.25
"""The share of an unknown word of two syllables that a longer word containing both covers: 인텔 in 인텔리전스."""
_OWN, _NAMED = 4.0, 64.0
"""Markers added to coverage for each name in the question that a document has: of an entity, of anything else."""
_MAX_PAIRS = 5
"""The maximum number of neighbouring pairs tried as a joint answer."""
_ROUNDING = 0.001
_MAX_NEAR_MISSES = 5
"""The maximum number of near misses."""
_DocAddress = tuple[int, int]
"""A document's address in a searcher: segment, number in it."""


@dataclass(frozen=True)
class Ranking:
    """Ranks the documents of one searcher."""

    searcher: tantivy.Searcher
    queries: QueryBuilder
    lexicon: Lexicon
    by: Analyzer
    documents_read: dict[_DocAddress, tantivy.Document] = field(default_factory=dict)
    """A cache of the documents read so far."""

    def rank(self, text: str, filters: Filters, thresholds: Thresholds, without: Collection[str] = ()) -> Hits:
        """Return the hits for `text`, without documents of certain keys; for no text, everything that passes the filters."""
        limits = self.queries.limits(filters, without)
        if not text.strip():
            return Hits(self._everything(limits), whole=True)
        spaced = self.lexicon.space_names(text)
        query = parse_query(spaced, self.lexicon, self._documents, self.searcher.num_docs, spoken=thresholds.spoken)
        if not query.terms:
            return Hits()
        hits = self._hits(query, limits, thresholds)
        best: tuple[Hit, ...] = ()
        # A certain name that no document contains has no answer in others.
        if not any(self._is_unknown_name(term, query, thresholds) for term in query.unknown_names):
            best = self._answers(hits, query, thresholds)
        unknown = self._unknown(query, best, thresholds)
        whole = not unknown and any(hit.coverage >= thresholds.whole for hit in best[:1])
        return Hits(
            best, () if best else _select_near_misses(hits, query, thresholds), unknown, query.respelt_words, whole
        )

    def _is_unknown_name(self, term: QueryTerm, query: ParsedQuery, thresholds: Thresholds) -> bool:
        """Return whether a term is certainly a name that no document contains, not even by sound if that counts."""
        heard = thresholds.sounds > 0 and any(self._documents("sounds", code) for code in term.codes)
        return query.is_certain_name(term, written=thresholds.written) and not heard

    def _unknown(self, query: ParsedQuery, best: Sequence[Hit], thresholds: Thresholds) -> tuple[str, ...]:
        """Return the unknown words, except those that the best document has by sound or as a beginning."""
        if not (thresholds.reads and best and query.unknown_words):
            return query.unknown_words
        (document,) = self._document_terms(self._search(self.queries.keys([best[0].key]), 1), query.codes).values()
        alternatives = zip(query.terms, query.shares, self._alternatives(query, thresholds), strict=True)
        there = {
            term.raw
            for term, share, alternative in alternatives
            if document.covers([compile_alternatives(alternative)]) >= thresholds.whole * share
        }
        return tuple(word for word in query.unknown_words if word not in there)

    def _answers(self, hits: Sequence[Hit], query: ParsedQuery, thresholds: Thresholds) -> tuple[Hit, ...]:
        """Return the hits that answer, best first; neighbours that answer the whole question precede partial answers."""
        least = thresholds.required_coverage(has_unknown=query.is_mostly_unknown, is_unknown=query.is_unknown)
        best = order_answers(thresholds.select_answers(hits, least))
        if not thresholds.together or any(hit.coverage >= thresholds.whole for hit in best[:1]):
            return best
        pair = self._find_answering_pair(hits, query, thresholds, thresholds.whole if best else thresholds.answer)
        keys = {hit.key for hit in pair}
        return (*pair, *(hit for hit in best if hit.key not in keys))

    def _find_answering_pair(
        self, hits: Sequence[Hit], query: ParsedQuery, thresholds: Thresholds, least: float
    ) -> tuple[Hit, ...]:
        """Return the first pair of neighbours that together reach a minimum coverage."""
        alternatives = list(map(compile_alternatives, self._alternatives(query, thresholds)))
        for pair in islice(passages.pair_neighbours(hits), _MAX_PAIRS):
            both = self._document_terms(
                self._search(self.queries.keys(hit.key for hit in pair), 2), query.codes
            ).values()
            coverage = sum(max(document.covers([alternative]) for document in both) for alternative in alternatives)
            if coverage >= least:
                return tuple(replace(hit, coverage=coverage) for hit in pair)
        return ()

    def _hits(self, query: ParsedQuery, limits: Sequence[tantivy.Query], thresholds: Thresholds) -> list[Hit]:
        """Return answers and near misses, best first, those about a named thing before others."""
        found = self._search(tantivy_queries.within(self._query(query), limits), _candidate_limit(query, thresholds))
        covered = (
            self._cover_by_stored_terms(found, query, thresholds)
            if thresholds.reads
            else self._cover_by_engine(found, query, limits, thresholds)
        )
        scored = [
            (place, found[place] * (_UNCOVERED + coverage), coverage, names)
            for place, (names, coverage) in ((place, divmod(both, _OWN)) for place, both in covered.items())
            if place in found and (names or coverage >= thresholds.near)
        ]
        best = max((score for _, score, _, _ in scored), default=0.0)
        hits = [
            self._hit(place, score / best, coverage, own=names % (_NAMED / _OWN) > 0, named=names > 0)
            for place, score, coverage, names in scored
        ]
        return sorted(hits, key=lambda hit: (not hit.named, -hit.score, hit.key))

    def _cover_by_engine(
        self,
        found: Collection[_DocAddress],
        query: ParsedQuery,
        limits: Sequence[tantivy.Query],
        thresholds: Thresholds,
    ) -> dict[_DocAddress, float]:
        """Return coverage plus name markers, added up by the engine as constant scores."""
        alternatives = [*self._alternatives(query, thresholds), *self._names(query.text)]
        cover = tantivy_queries.any_of(
            tantivy_queries.best_of([self._match_alternative(alternative) for alternative in term])
            for term in alternatives
            if term
        )
        return self._search(
            tantivy_queries.within(cover, self._restrict(found, limits, thresholds)), thresholds.candidates
        )

    def _cover_by_stored_terms(
        self, found: Collection[_DocAddress], query: ParsedQuery, thresholds: Thresholds
    ) -> dict[_DocAddress, float]:
        """Return the same from stored terms: faster if the index is large and the candidates are few."""
        alternatives = list(
            map(compile_alternatives, [*self._alternatives(query, thresholds), *self._names(query.text)])
        )
        return {
            place: document.covers(alternatives) for place, document in self._document_terms(found, query.codes).items()
        }

    def _document_terms(
        self, places: Collection[_DocAddress], codes: Collection[str]
    ) -> dict[_DocAddress, DocumentTerms]:
        """Return the terms of documents with the given sound codes they have; codes come from the engine, as storing them costs too much."""
        looked_for = sorted(codes) if places else []  # the engine takes no search for nothing
        here = [self.queries.keys(map(self._key, places))] if looked_for else []
        heard = {
            code: self._search(tantivy_queries.within(self.queries.term("sounds", code), here), len(places))
            for code in looked_for
        }
        return {place: self._read_terms(place, (code for code in heard if place in heard[code])) for place in places}

    def _read_terms(self, place: _DocAddress, codes: Iterable[str]) -> DocumentTerms:
        stored = self._stored(place)
        return DocumentTerms.from_stored(bytes(stored["said"][0]).decode(), str(stored["names"][0]), frozenset(codes))

    def _match_alternative(self, alternative: Mapping[FieldTerm, float]) -> tantivy.Query:
        parts = [self.queries.constant(*part, weight) for part, weight in alternative.items()]
        return parts[0] if len(parts) == 1 else tantivy_queries.any_of(parts)

    def _documents(self, field: str, term: str) -> int:
        return int(self.searcher.doc_freq(field, term))

    def _restrict(
        self, found: Collection[_DocAddress], limits: Sequence[tantivy.Query], thresholds: Thresholds
    ) -> Sequence[tantivy.Query]:
        """Return limits that restrict a second search to the documents found: the same limits if those were all."""
        return limits if len(found) < thresholds.candidates else [self.queries.keys(map(self._key, found))]

    def _query(self, query: ParsedQuery) -> tantivy.Query:
        weights = {**self.by.weights, **_NAMES, "grams": self.by.weights["grams"] * _GRAMS_BESIDE_NAMES}
        parts = terms.query_morphemes(query.text, self.by)
        for term in query.terms:
            names = {form: 1.0 for form in term.forms if form[0] in _NAMES}
            for part, share in {**term.parts, **names}.items():
                parts[part] = max(parts.get(part, 0.0), share * term.importance * weights[part[0]])
        return self.queries.weighted(self._limit_postings(parts))

    def _limit_postings(self, parts: dict[FieldTerm, float]) -> dict[FieldTerm, float]:
        """Drop the commonest terms, which discriminate least and cost most, beyond the maximum of postings."""
        rarest = sorted((self._documents(*part), part) for part in parts)
        reached = accumulate(documents for documents, _ in rarest)
        affordable = [part for (_, part), sum_ in zip(rarest, reached, strict=True) if sum_ <= _MAX_POSTINGS]
        kept = {*affordable, *(part for _, part in rarest[:_MIN_TERMS])}
        return {part: weight for part, weight in parts.items() if part in kept}

    def _names(self, text: str) -> Iterator[Alternatives]:
        """Yield marker alternatives for the names in the question."""
        for mention in self.lexicon.mentions(text, nested=True):
            for names, weight in zip(self.lexicon.things(mention), (_OWN, _NAMED), strict=True):
                if names:
                    yield [{("names", name): weight} for name in sorted(names)]

    def _alternatives(self, query: ParsedQuery, thresholds: Thresholds) -> Iterator[Alternatives]:
        """Yield the weighted alternatives of each query term."""
        for term, share in zip(query.terms, query.shares, strict=True):
            yield self._term_alternatives(term, share, thresholds)

    def _term_alternatives(self, term: QueryTerm, share: float, thresholds: Thresholds) -> Alternatives:
        forms = term.forms if term.documents else ()
        alternatives = [{form: share} for form in forms]
        if thresholds.sounds:
            alternatives += [{("sounds", code): share * thresholds.sounds} for code in term.codes]
        parts = terms.list_morphemes(term.raw, self.by) if term.grams else []
        if parts:
            alternatives.append({("morphemes", part): share / len(parts) for part in parts})
        each = share / max(len(term.grams), 1)
        if len(term.grams) == 1 and not term.documents:
            alternatives += (
                [{(BEGINNINGS, term.grams[0]): share * thresholds.beginnings}] if thresholds.beginnings else []
            )
            each *= _INSIDE
        return [*alternatives, {("grams", gram): each for gram in term.grams}] if term.grams else alternatives

    def _everything(self, limits: Sequence[tantivy.Query]) -> tuple[Hit, ...]:
        everything = tantivy_queries.within(tantivy.Query.all_query(), limits)
        found = self._search(everything, max(self.searcher.num_docs, 1))
        return tuple(self._hit(place, score, 1.0) for place, score in found.items())

    def _search(self, query: tantivy.Query, limit: int) -> dict[_DocAddress, float]:
        hits = self.searcher.search(query, limit, count=False).hits
        return {(place.segment_ord, place.doc): float(score) for score, place in hits}

    def _hit(self, place: _DocAddress, score: float, coverage: float, *, own: bool = False, named: bool = False) -> Hit:
        stored = self._stored(place)
        (key,), (same,) = stored["key"], stored["same"] or [""]
        return Hit(str(key), score, coverage, own, named, tuple(map(str, stored["trend"])), str(same))

    def _key(self, place: _DocAddress) -> str:
        return str(self._stored(place)["key"][0])

    def _stored(self, place: _DocAddress) -> tantivy.Document:
        """Read a document once per question: reading costs as much as all that is done with it."""
        if place not in self.documents_read:
            self.documents_read[place] = self.searcher.doc(tantivy.DocAddress(*place))
        return self.documents_read[place]


def _candidate_limit(query: ParsedQuery, thresholds: Thresholds) -> int:
    """Return the number of candidates: fewer for a long question, which discriminates better and takes longer to match."""
    if not thresholds.reads:
        return thresholds.candidates
    return min(thresholds.candidates, max(_MIN_READ, _MAX_READ // len(query.terms)))


def _select_near_misses(hits: Sequence[Hit], query: ParsedQuery, thresholds: Thresholds) -> tuple[Hit, ...]:
    """Return the near misses: hits with something that the question names, or with more than one of its words."""
    least = max(thresholds.near, query.best_single_share + _ROUNDING)
    return tuple(hit for hit in hits if hit.named or hit.coverage >= least)[:_MAX_NEAR_MISSES]
