"""Is a claim there already, in the article, in a copy of it, or earlier in the same call?"""

from collections.abc import Iterable, Iterator

from knowledge import duplicates
from knowledge.gate import messages
from knowledge.gate.messages import Finding
from knowledge.model import Claim

_Statements = tuple[duplicates.Statement, duplicates.Statement]


class Told:
    """Claims that there are, by what would make another one the same."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims: list[tuple[Claim, _Statements, frozenset[str]]] = []
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Count one more."""
        if claim.stands:
            self._claims.append((claim, _statement(claim), _words(claim)))

    def ids(self) -> frozenset[str]:
        return frozenset(claim.id for claim, _, _ in self._claims)

    def check(self, claim: Claim, supersedes: str | None) -> Iterator[Finding]:
        """The claim that this one repeats, if any, unless it takes that one's place."""
        said, words = _statement(claim), _words(claim)
        for other, there, bearing in self._claims:
            if other.id != supersedes and _same(claim, other, said, there, shared=bool(words & bearing)):
                yield messages.REPEATED.at("statement_ko", id=other.id)
                return


def unrelated(claim: Claim, older: Claim | None) -> Iterator[Finding]:
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


def _same(claim: Claim, other: Claim, said: _Statements, there: _Statements, *, shared: bool) -> bool:
    if claim.statement.ko == other.statement.ko or claim.statement.en == other.statement.en:
        return True
    if (claim.kind, claim.speaker) != (other.kind, other.speaker):
        return False
    if claim.figures and shared and _figures(claim) == _figures(other):
        return True
    return claim.named == other.named and all(map(duplicates.alike, said, there))


def _statement(claim: Claim) -> _Statements:
    """In each language by itself: what a scenario begins with can be most of the words in one of them."""
    ko, en = (duplicates.statement(claim.article, said) for said in (claim.statement.ko, claim.statement.en))
    return ko, en


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(piece.sha256 for piece in claim.evidence if piece.role == "states")


def _figures(claim: Claim) -> frozenset[tuple[object, ...]]:
    return frozenset((one.measure, one.subject, one.value, one.upper, one.bound, one.unit) for one in claim.figures)
