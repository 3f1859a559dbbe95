"""Is a claim there already, in the article, in a copy of it, or earlier in the same call?"""

from collections.abc import Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Finding
from knowledge.model.records import Claim
from knowledge.text.near_duplicates import KnownClaims


def check_repetition(claim: Claim, known: KnownClaims, supersedes: str | None) -> Iterator[Finding]:
    """Find the claim that this one repeats, unless it takes that one's place."""
    if other := known.find_same(claim, supersedes):
        yield messages.REPEATED.at("statement_ko", id=other)


def check_replacement(claim: Claim, older: Claim | None) -> Iterator[Finding]:
    """That a claim would take the place of one that has nothing to do with it."""
    if older is None or _on_same_words(claim, older) or _measured(claim) & _measured(older):
        return
    yield messages.SUPERSEDES_UNRELATED.at("supersedes", id=older.id)


def _on_same_words(claim: Claim, older: Claim) -> bool:
    """Whether their evidence overlaps, in words that state one of them."""
    return any(
        one.article == other.article
        and one.start < other.end
        and other.start < one.end
        and "states" in {one.role, other.role}
        for one in claim.evidence
        for other in older.evidence
    )


def _measured(claim: Claim) -> frozenset[tuple[str, str]]:
    return frozenset((one.subject, one.measure) for one in claim.figures)
