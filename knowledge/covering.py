"""What a document has of a question, read from its own words, which the index keeps for this.

For documents of which there may be any number: the engine finds the best of them in milliseconds, but takes ten times as long to say
which words each of a hundred has. Pure functions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge import analyzer, hangul, sounds, terms
from knowledge.terms import Analyzer

_FIRST = 2
"""Letters in which a word in Latin letters and its stem agree; a Korean word begins with its whole term."""
_LAST_WORDS = 50_000

Part = tuple[str, str]
"""Field and term."""
Worths = Sequence[Mapping[Part, float]]
"""Ways in which a document may have a word: for each, what its parts are worth. They are added; the best way counts."""


@dataclass(frozen=True)
class Said:
    """What a document says."""

    words: str
    """Its folded words, one space before and after each."""
    names: frozenset[str]

    def covers(self, every: Iterable[Worths]) -> float:
        """What all words that are looked for are worth here."""
        return sum(map(self._best, every))

    def _best(self, ways: Worths) -> float:
        """The best way's worth; most words have one whole form, which comes first and makes a look at the others needless."""
        best = 0.0
        for way in ways:
            if best < sum(way.values()):
                best = max(best, sum([worth for part, worth in way.items() if self.has(part)]))
        return best

    def has(self, part: Part) -> bool:
        """Whether an index would have this document under a term."""
        field, term = part
        if field == "words":
            return self._has_word(term)
        if field == "grams":
            return (term if len(term) > 1 else f" {term} ") in self.words
        return term in (self._codes if field == "sounds" else self.names)

    def _has_word(self, term: str) -> bool:
        start = " " + (term if hangul.is_hangul(term) else term[:_FIRST])
        at = self.words.find(start)
        while at >= 0:
            end = self.words.index(" ", at + 1)
            if term in terms.kept(analyzer.as_word(self.words[at + 1 : end])):
                return True
            at = self.words.find(start, end)
        return False

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset().union(*map(_codes, self.words.split()))


def said(text: str, by: Analyzer) -> str:
    """What an index keeps of a text, for `Said.words`: its words, and the nouns that stand inside them."""
    words = [word.raw for word in analyzer.words(text)]
    return f" {' '.join([*words, *dict.fromkeys(one for one in terms.inside(text, by) if one not in words)])} "


@lru_cache(maxsize=_LAST_WORDS)
def _codes(token: str) -> tuple[str, ...]:
    return sounds.codes(analyzer.as_word(token).term if hangul.is_hangul(token) else token.removesuffix("'s"))
