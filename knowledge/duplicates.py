"""Statements that say the same in different articles. Pure functions.

Two are the same if they share nearly all of their words, and every number. Only statements that share one of their rarest
words are compared, so that many take little longer than few.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from knowledge import analyzer

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


def _same(one: Statement, other: Statement) -> bool:
    return one.article != other.article and alike(one, other)


def _numbers(one: Statement) -> set[str]:
    return {word for word in one.words if any(sign.isdigit() for sign in word)}
