"""Search hits, and the thresholds that separate answers from near misses, chosen on `tests/questions.toml`.

`python -m benchmarks.search --curve` prints the effect of other thresholds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

_HALF = 0.5


@dataclass(frozen=True)
class Hit:
    """A document that answers a question, or nearly does."""

    key: str
    score: float
    """Its score relative to the best hit (0 to 1)."""
    coverage: float
    """The share of the question that it covers (0 to 1)."""
    own: bool = False
    """True if it is about an entity (company, model, person ...) that the question names."""
    named: bool = False
    """True if it is about anything that the question names."""
    trends: tuple[str, ...] = ()
    """The ids of its trends."""
    same: str = ""
    """A label shared by all documents that say the same; empty for a unique document."""


@dataclass(frozen=True)
class Hits:
    """Documents that answer, best first."""

    best: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    """Documents that nearly answer."""
    unknown_words: tuple[str, ...] = ()
    """Possible names and English words of the question that no document contains."""
    respelt_words: tuple[str, ...] = ()
    """Words of the question that no document contains as written; close spellings were searched for instead."""
    whole: bool = False
    """True if the best hit covers most of the question and no word of it is unknown."""


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


def order_answers(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Sort answers, best first: those about a named thing before others, repetitions last. Scores are adjusted to the order."""
    named = any(hit.named for hit in hits)
    ranked = [replace(hit, score=_HALF * (hit.score + hit.named)) if named else hit for hit in hits]
    ranked.sort(key=lambda hit: (-hit.score, hit.key))
    return _move_repetitions_last(ranked)


def _move_repetitions_last(ranked: Sequence[Hit]) -> tuple[Hit, ...]:
    first_keys = {hit.same: hit.key for hit in reversed(ranked) if hit.same}
    repeated = {hit.key for hit in ranked if hit.same and first_keys[hit.same] != hit.key}
    if not repeated:
        return tuple(ranked)
    lowest = min(hit.score for hit in ranked)
    moved = (replace(hit, score=lowest * hit.score) for hit in ranked if hit.key in repeated)
    return (*(hit for hit in ranked if hit.key not in repeated), *moved)


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


def merge_hits(found: Sequence[Hits]) -> Hits:
    """Merge the hits of all phrasings by the sum of their scores; near misses only if there are no answers.

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
