"""Thresholds that separate answers from near misses, chosen on `tests/questions.toml`.

`python -m benchmarks.search --curve` prints the effect of other thresholds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.search.hits import Hit


@dataclass(frozen=True)
class Thresholds:
    """The minimum shares (0 to 1) of a question that a document must cover, and how coverage is measured."""

    answer: float = 0.25
    """For an answer; below it, a document only shares a word or two with the question."""
    unknown: float = 0.4
    """For an answer if a name in the question, or half of its words, occurs in no document."""
    whole: float = 0.6
    """For an answer to the whole question; for any answer if no word of the question occurs, so that only syllable pairs or sounds match."""
    near: float = 0.25
    """For a near miss that has nothing that the question names."""
    distant: float = 0.3
    """The minimum score relative to the best hit."""
    spoken: float = 0.0
    """The share of a question's English words below which the documents are taken to be in another language."""
    written: bool = False
    """True if an unknown word prevents answers only if it is spelled as a name: with few texts, any word may be unknown."""
    sounds: float = 0.0
    """The share of a possible name that a word of the same sound covers, as in the other script."""
    beginnings: float = 0.0
    """The share of an unknown Korean word of two syllables that a longer word beginning with it covers."""
    together: bool = False
    """True if two neighbouring passages may answer together."""
    reads: bool = False
    """True if coverage is computed from stored terms, which is faster with many documents; otherwise by the engine."""
    candidates: int = 500
    """The number of best-scoring documents whose coverage is computed; the limit of any answer."""

    def required_coverage(self, *, has_unknown: bool, is_unknown: bool) -> float:
        """Return the minimum coverage for an answer to a question, some or all of whose words may be unknown."""
        return max(self.answer, self.whole if is_unknown else self.unknown if has_unknown else 0.0)

    def select_answers(self, hits: Sequence[Hit], least: float) -> tuple[Hit, ...]:
        """Return the hits that answer.

        If the question names an entity that some hits are about, only those answer.

        Args:
            hits: the hits, with scores relative to the best.
            least: the minimum coverage.
        """
        own = any(hit.own for hit in hits)
        return tuple(
            hit for hit in hits if hit.coverage >= least and hit.score >= self.distant and (hit.own or not own)
        )


CLAIM_THRESHOLDS = Thresholds()
"""For claims."""
PASSAGE_THRESHOLDS = Thresholds(
    answer=CLAIM_THRESHOLDS.unknown,
    spoken=0.5,
    written=True,
    sounds=0.65,
    beginnings=0.65,
    together=True,
    reads=True,
    candidates=50,
)
"""For passages of a user's texts: any number, on any subject, with no aliases of names."""
