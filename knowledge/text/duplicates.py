"""Statements that say the same in different articles, and claims that repeat one of the same source.

Two are the same if they share nearly all of their words, and every number. Only statements that share one of their rarest
words are compared, so that many take little longer than few.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.model.records import Claim
from knowledge.text.analysis import analyzer

ALIKE = 0.8
"""The least share of their words that two statements have in common to be the same."""


class Statement(NamedTuple):
    """What is said, and in which article."""

    article: str
    words: frozenset[str]


def statement(article: str, text: str) -> Statement:
    """A statement by the terms of its words."""
    return Statement(article, frozenset(word.term for word in analyzer.words(text)))


def groups(statements: Mapping[str, Statement]) -> dict[str, str]:
    """For each statement that is the same as an earlier one of another article: the first of these."""
    counts = Counter(word for one in statements.values() for word in one.words)
    rarest: dict[str, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    place = {key: number for number, key in enumerate(statements)}
    for key, one in statements.items():
        words = sorted(one.words, key=lambda word: (counts[word], word))
        # Sets that share 80% of their words share one of any 20% of them, and one.
        telling = words[: int((1 - ALIKE) * len(words)) + 1]
        others = {other for word in telling for other in rarest[word]}
        # The earliest, whatever else there is: claims that come one by one are grouped as if all had come at once.
        same = next((other for other in sorted(others, key=place.__getitem__) if _same(statements[other], one)), None)
        if same:
            first[key] = first.get(same, same)
        for word in telling:
            rarest[word].append(key)
    return first


def alike(one: Statement, other: Statement) -> bool:
    """Whether two statements share nearly all of their words, and every number."""
    return _numbers(one) == _numbers(other) and len(one.words & other.words) >= ALIKE * len(one.words | other.words)


class KnownClaims:
    """The claims of a source that stand, to recognise a claim that repeats one of them."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._known: list[tuple[Claim, _Statements, frozenset[str]]] = []
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Add a claim, if it stands."""
        if claim.stands:
            self._known.append((claim, _statements(claim), _stating(claim)))

    def find_same(self, claim: Claim, superseded: str | None = None) -> str | None:
        """Return the id of the claim that this one repeats; the one that it supersedes does not count."""
        statements, stating = _statements(claim), _stating(claim)
        for other, there, stating_there in self._known:
            shares_words = not stating.isdisjoint(stating_there)
            if other.id != superseded and _repeats(claim, other, statements, there, shares_words=shares_words):
                return other.id
        return None


_Statements = tuple[Statement, Statement]


def _repeats(claim: Claim, other: Claim, said: _Statements, there: _Statements, *, shares_words: bool) -> bool:
    if claim.statement.ko == other.statement.ko or claim.statement.en == other.statement.en:
        return True
    if (claim.kind, claim.speaker) != (other.kind, other.speaker):
        return False
    if claim.figures and shares_words and _figures(claim) == _figures(other):
        return True
    return claim.named == other.named and all(map(alike, said, there))


def _statements(claim: Claim) -> _Statements:
    """Return both languages apart: how a scenario begins can be most of the words in one of them."""
    ko, en = (statement(claim.article, text) for text in (claim.statement.ko, claim.statement.en))
    return ko, en


def _stating(claim: Claim) -> frozenset[str]:
    return frozenset(piece.sha256 for piece in claim.evidence if piece.role == "states")


def _figures(claim: Claim) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (figure.measure, figure.subject, figure.value, figure.upper, figure.bound, figure.unit)
        for figure in claim.figures
    )


def _same(one: Statement, other: Statement) -> bool:
    return one.article != other.article and alike(one, other)


def _numbers(one: Statement) -> set[str]:
    return {word for word in one.words if any(sign.isdigit() for sign in word)}
