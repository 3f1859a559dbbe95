"""What a document has of a question, read from its own words, which the index keeps for this.

For documents of which there may be any number: the engine finds the best of them in milliseconds, but takes ten times as long to say
which words each of a hundred has. Pure functions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.text.analysis import analyzer, terms
from knowledge.text.analysis.terms import Analyzer, FieldTerm

Alternatives = Sequence[Mapping[FieldTerm, float]]
"""Ways in which a document may have a word: for each, what its parts are worth. They are added; the best way counts."""
CompiledAlternatives = Sequence[tuple[float, Sequence[tuple[str, str, float]]]]
"""The same for `DocumentTerms`: what a whole way is worth, and its parts, each with its field, what is looked for, and its worth."""

_KEPT = ("words", "morphemes")
"""Fields whose terms are kept as words."""
BEGINNINGS = "beginnings"
"""The field of what longer words begin with, which no index has."""
_LONGER = 2
"""How many syllables longer these are: 서울 in 서울시 and 서울시는, not 인텔 in 인텔리전스."""


@dataclass(frozen=True)
class DocumentTerms:
    """What a document says."""

    words: str
    """Its folded words, one space before and after each."""
    terms: str
    """The terms of these words that are not the words themselves, in the same way."""
    names: frozenset[str]
    sounds: frozenset[str] = frozenset()
    """The codes that were looked for and are here."""

    @classmethod
    def of(cls, kept: str, names: str, sounds: frozenset[str]) -> "DocumentTerms":
        """What an index has kept of a document.

        Args:
            kept: what `said` made.
            names: ids with spaces between.
            sounds: codes of sounds that the document has.
        """
        words, _, stems = kept.partition("\n")
        return cls(words, stems, frozenset(names.split()), sounds)

    def covers(self, every: Iterable[CompiledAlternatives]) -> float:
        """What all words that are looked for are worth here."""
        return sum(map(self._best, every))

    def _best(self, ways: CompiledAlternatives) -> float:
        """The best way's worth; most words have one whole form, which comes first and makes a look at the others needless."""
        best = 0.0
        for whole, parts in ways:
            if best < whole:
                best = max(best, sum([worth for field, term, worth in parts if self._has(field, term)]))
        return best

    def _has(self, field: str, term: str) -> bool:
        """Whether an index would have this document under a term."""
        if field in _KEPT:
            return term in self.words or term in self.terms
        if field == "grams":
            return term in self.words
        if field == BEGINNINGS:
            return any(at - len(term) <= _LONGER for at in self._lengths(term))
        return term in (self.sounds if field == "sounds" else self.names)

    def _lengths(self, beginning: str) -> Iterator[int]:
        """How long the words are that begin so."""
        at = self.words.find(f" {beginning}")
        while at >= 0:
            end = self.words.index(" ", at + 1)
            yield end - at - 1
            at = self.words.find(f" {beginning}", end)


def compile_alternatives(ways: Alternatives) -> CompiledAlternatives:
    """The ways in which a word may be had, ready to be looked for in many documents."""
    return [
        (sum(way.values()), [(field, _as_kept(field, term), worth) for (field, term), worth in way.items()])
        for way in ways
    ]


def _as_kept(field: str, term: str) -> str:
    """What to look for in `Said.words`: a word with its spaces, as the only syllable of one, too; of others a part will do."""
    return f" {term} " if field in _KEPT or (field == "grams" and len(term) == 1) else term


def serialize_terms(text: str, by: Analyzer) -> str:
    """What an index keeps of a text: its words and what is found inside them, and on a line of their own the terms that differ."""
    words = analyzer.extract_words(text)
    raw = dict.fromkeys(word.raw for word in words)
    inside = (part for part in terms.list_inner_words(text, by) if part not in raw)
    kept = (term for word in words for term in terms.index_terms(word) if term not in raw)
    return "\n".join(f" {' '.join(some)} " for some in ([*raw, *dict.fromkeys(inside)], dict.fromkeys(kept)))
