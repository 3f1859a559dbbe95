"""Query coverage of a document, computed from the terms stored with it.

Used for passages, of which there may be any number: the engine finds the best of them in milliseconds, but takes ten times as
long to tell which terms each of a hundred contains.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.text.analysis import Analyzer, FieldTerm, analyzer, terms

Alternatives = Sequence[Mapping[FieldTerm, float]]
"""Alternative forms of a query term: the weights of the parts of each. Weights are added; the best alternative counts."""
CompiledAlternatives = Sequence[tuple[float, Sequence[tuple[str, str, float]]]]
"""The same for `DocumentTerms`: the total weight of each alternative, and its parts: field, string to find, weight."""

_KEPT = ("words", "morphemes")
"""Fields whose terms are stored as words."""
BEGINNINGS = "beginnings"
"""The pseudo-field of words that begin with a term; not indexed."""
_LONGER = 2
"""The maximum number of extra syllables: 서울 in 서울시 and 서울시는, not 인텔 in 인텔리전스."""


@dataclass(frozen=True)
class DocumentTerms:
    """The terms of one document."""

    words: str
    """Its folded words, a space before and after each."""
    terms: str
    """Index terms that differ from the words, in the same format."""
    names: frozenset[str]
    sounds: frozenset[str] = frozenset()
    """Those of the query's sound codes that it contains."""

    @classmethod
    def from_stored(cls, kept: str, names: str, sounds: frozenset[str]) -> "DocumentTerms":
        """Parse the stored terms of a document.

        Args:
            kept: the result of `serialize_terms`.
            names: ids separated by spaces.
            sounds: the query's sound codes that the document contains.
        """
        words, _, stems = kept.partition("\n")
        return cls(words, stems, frozenset(names.split()), sounds)

    def covers(self, query_terms: Iterable[CompiledAlternatives]) -> float:
        """Return the summed weight of all query terms in this document."""
        return sum(map(self._best, query_terms))

    def _best(self, alternatives: CompiledAlternatives) -> float:
        """Return the weight of the best alternative; most terms match whole in the first, so the others are skipped."""
        best = 0.0
        for whole, parts in alternatives:
            if best < whole:
                best = max(best, sum([weight for field, term, weight in parts if self._has(field, term)]))
        return best

    def _has(self, field: str, term: str) -> bool:
        """Return whether the document contains a term of a field."""
        if field in _KEPT:
            return term in self.words or term in self.terms
        if field == "grams":
            return term in self.words
        if field == BEGINNINGS:
            return any(length - len(term) <= _LONGER for length in self._lengths(term))
        return term in (self.sounds if field == "sounds" else self.names)

    def _lengths(self, beginning: str) -> Iterator[int]:
        """Yield the lengths of the words with this beginning."""
        start = self.words.find(f" {beginning}")
        while start >= 0:
            end = self.words.index(" ", start + 1)
            yield end - start - 1
            start = self.words.find(f" {beginning}", end)


def compile_alternatives(alternatives: Alternatives) -> CompiledAlternatives:
    """Prepare the alternatives of a query term for matching with many documents."""
    return [
        (
            sum(alternative.values()),
            [(field, _stored_form(field, term), weight) for (field, term), weight in alternative.items()],
        )
        for alternative in alternatives
    ]


def _stored_form(field: str, term: str) -> str:
    """Return the string to find in stored words: with spaces for whole words and single syllables, else a part of a word."""
    return f" {term} " if field in _KEPT or (field == "grams" and len(term) == 1) else term


def serialize_terms(text: str, by: Analyzer) -> str:
    """Return the terms of a text to store: its words and their parts on one line, index terms that differ on the next."""
    words = analyzer.extract_words(text)
    raw = dict.fromkeys(word.raw for word in words)
    inside = (part for part in terms.list_inner_words(text, by) if part not in raw)
    kept = (term for word in words for term in terms.index_terms(word) if term not in raw)
    return "\n".join(f" {' '.join(line)} " for line in ([*raw, *dict.fromkeys(inside)], dict.fromkeys(kept)))
