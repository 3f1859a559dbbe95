"""Rules against claims that repeat an older one, or replace one that they have nothing to do with."""

from collections.abc import Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Violation
from knowledge.model.records import Claim
from knowledge.text.near_duplicates import KnownClaims


def check_repetition(claim: Claim, known: KnownClaims, supersedes: str | None) -> Iterator[Violation]:
    """Yield the claim of this source that a claim repeats, unless it replaces that one."""
    if other := known.find_same(claim, supersedes):
        yield messages.REPEATED.at("statement_ko", id=other)


def check_replacement(claim: Claim, older: Claim | None) -> Iterator[Violation]:
    """Yield a violation if a claim would replace one on other words and with other measures."""
    if older and not _share_words(claim, older) and _measures(claim).isdisjoint(_measures(older)):
        yield messages.SUPERSEDES_UNRELATED.at("supersedes", id=older.id)


def _share_words(claim: Claim, older: Claim) -> bool:
    """Return whether their evidence overlaps in words that state one of them."""
    return any(
        piece.article == other.article
        and piece.start < other.end
        and other.start < piece.end
        and "states" in {piece.role, other.role}
        for piece in claim.evidence
        for other in older.evidence
    )


def _measures(claim: Claim) -> frozenset[tuple[str, str]]:
    return frozenset((figure.subject, figure.measure) for figure in claim.figures)
