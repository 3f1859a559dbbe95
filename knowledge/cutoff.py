"""What is an answer, and what is not: the numbers that decide, in one place. Chosen on `tests/questions.toml`.

`python -m benchmarks.search --curve` prints what other numbers would give.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """A document that answers, or comes near."""

    key: str
    score: float
    """How well it matches, beside the best (0 to 1)."""
    coverage: float
    """How much of the question it covers (0 to 1)."""
    own: bool = False
    """Whether it is about somebody or something of its own that the question names: a company, a model, a person ..."""
    named: bool = False
    """Whether it is about anything that the question names."""


@dataclass(frozen=True)
class Hits:
    """Documents that answer, best first."""

    best: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    """Documents that come near but do not answer."""
    unknown_words: tuple[str, ...] = ()
    """Possible names and English words in the question that no document has."""
    whole: bool = False
    """Whether the best of them covers most of the question, and no word of it is unknown."""


@dataclass(frozen=True)
class Cutoff:
    """The least shares (0 to 1) of a question that a document must cover."""

    answer: float = 0.3
    """To answer it; below, a document only shares a word or two with the question."""
    unknown: float = 0.4
    """To answer it where the question has a name that stands nowhere: then the rest must match all the better."""
    whole: float = 0.6
    """To speak about the whole question."""
    near: float = 0.3
    """To be said to come near, where it has nothing that the question names."""
    distant: float = 0.3
    """Documents that score less than this share of the best are left out."""
    sounds: float = 0.0
    """How much of a word in Latin letters is covered by a Korean one that only sounds like it."""
    together: bool = False
    """Whether two neighbours may answer together."""
    candidates: int = 500
    """How many documents of the best score are looked at for what they cover; no answer has more."""

    def answers(self, hits: Sequence[Hit], *, unknown: bool) -> tuple[Hit, ...]:
        """Those of the hits that answer.

        Where the question names a company, model, person ... that some are about, no other one does.

        Args:
            hits: what has anything of the question, with a score beside the best.
            unknown: whether the question has a name that stands nowhere.
        """
        least = max(self.answer, self.unknown if unknown else 0)
        own = any(hit.own for hit in hits)
        return tuple(
            hit for hit in hits if hit.coverage >= least and hit.score >= self.distant and (hit.own or not own)
        )


CLAIMS = Cutoff()
"""For claims."""
PASSAGES = Cutoff(answer=CLAIMS.whole, sounds=0.65, together=True, candidates=100)
"""For passages of the user's texts, of which there may be any number on anything, in which names have no aliases."""
