"""What is an answer, and what is not: the numbers that decide, in one place. Chosen on `tests/questions.toml`.

`python -m benchmarks.search --curve` prints what other numbers would give.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

_HALF = 0.5


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
    trends: tuple[str, ...] = ()
    """The trends it bears on."""
    same: str = ""
    """What it has in common with all documents that say the same; empty where no other one does."""


@dataclass(frozen=True)
class Hits:
    """Documents that answer, best first."""

    best: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    """Documents that come near but do not answer."""
    unknown_words: tuple[str, ...] = ()
    """Possible names and English words in the question that no document has."""
    respelt_words: tuple[str, ...] = ()
    """Words of the question that no document has as they are written, and that were looked for as others."""
    whole: bool = False
    """Whether the best of them covers most of the question, and no word of it is unknown."""


@dataclass(frozen=True)
class Thresholds:
    """The least shares (0 to 1) of a question that a document must cover."""

    answer: float = 0.25
    """To answer it; below, a document only shares a word or two with the question."""
    unknown: float = 0.4
    """To answer it where the question has a name that stands nowhere, or half of its words do."""
    whole: float = 0.6
    """To speak about the whole question; to answer one of whose words none stands anywhere, so that only pairs or sounds match."""
    near: float = 0.25
    """To be said to come near, where it has nothing that the question names."""
    distant: float = 0.3
    """Documents that score less than this share of the best are left out."""
    spoken: float = 0.0
    """Where less than this share of a question's English words stands anywhere, the documents are in another language."""
    written: bool = False
    """Whether an unknown word keeps answers away only if it is written as a name: where few texts are, any word may be unknown."""
    sounds: float = 0.0
    """How much of a possible name is covered by a word that only sounds like it, as those of the other script do."""
    beginnings: float = 0.0
    """How much of a Korean word of two syllables that stands nowhere is covered by one that begins with it."""
    together: bool = False
    """Whether two neighbours may answer together."""
    reads: bool = False
    """Whether what a document covers is read from its own words, which its index keeps; the engine says it of few documents faster."""
    candidates: int = 500
    """How many documents of the best score are looked at for what they cover; no answer has more."""

    def least(self, *, partly: bool, wholly: bool) -> float:
        """What share of a question an answer covers, which is partly or wholly of words that stand nowhere."""
        return max(self.answer, self.whole if wholly else self.unknown if partly else 0.0)

    def answers(self, hits: Sequence[Hit], least: float) -> tuple[Hit, ...]:
        """Those of the hits that answer.

        Where the question names a company, model, person ... that some are about, no other one does.

        Args:
            hits: what has anything of the question, with a score beside the best.
            least: what share of the question they must cover.
        """
        own = any(hit.own for hit in hits)
        return tuple(
            hit for hit in hits if hit.coverage >= least and hit.score >= self.distant and (hit.own or not own)
        )


def order_answers(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Answers best first: about a thing that the question names before others, what says the same as one before at the end.

    Their scores then say so, too.
    """
    named = any(hit.named for hit in hits)
    ranked = [replace(hit, score=_HALF * (hit.score + hit.named)) if named else hit for hit in hits]
    ranked.sort(key=lambda hit: (-hit.score, hit.key))
    return _without_crowding(ranked)


def _without_crowding(ranked: Sequence[Hit]) -> tuple[Hit, ...]:
    once = {hit.same: hit.key for hit in reversed(ranked) if hit.same}
    again = {hit.key for hit in ranked if hit.same and once[hit.same] != hit.key}
    if not again:
        return tuple(ranked)
    lowest = min(hit.score for hit in ranked)
    crowding = (replace(hit, score=lowest * hit.score) for hit in ranked if hit.key in again)
    return (*(hit for hit in ranked if hit.key not in again), *crowding)


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
"""For passages of the user's texts, of which there may be any number on anything, in which names have no aliases."""


def merge_hits(found: Sequence[Hits]) -> Hits:
    """The hits of all phrasings, by the sum of their scores; near ones only where nothing answers.

    Measured on questions of `tests/questions.toml` that ask the same in two languages: a right claim came first for 88% with
    one phrasing, for 100% with both by the sum of scores, 97% by the best score, 98% by reciprocal ranks.
    """
    first, *others = found
    if not others:
        return first
    best: dict[str, Hit] = {}
    for hit in chain.from_iterable(hits.best for hits in found):
        known = best.get(hit.key)
        best[hit.key] = (
            replace(hit, score=hit.score + known.score, coverage=max(hit.coverage, known.coverage)) if known else hit
        )
    highest = max((hit.score for hit in best.values()), default=1.0) or 1.0
    unknown = tuple(dict.fromkeys(word for hits in found for word in hits.unknown_words))
    return Hits(
        tuple(
            replace(hit, score=hit.score / highest)
            for hit in sorted(best.values(), key=lambda hit: (-hit.score, hit.key))
        ),
        () if best else tuple({hit.key: hit for hits in found for hit in hits.near}.values()),
        unknown,
        tuple(dict.fromkeys(word for hits in found for word in hits.respelt_words)),
        not unknown and any(hits.whole for hits in found),
    )
