"""Effect of a range of cut-offs on questions with and without an answer."""

import asyncio
import dataclasses
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from benchmarks.figures import table
from knowledge.library import SqliteStore
from knowledge.search import thresholds
from knowledge.store.store import Question

_QUESTIONS = Path(__file__).parent.parent / "tests" / "questions.toml"
_STEPS = [step / 20 for step in range(2, 16)]
_HEAD = (
    "least coverage",
    "a right claim first, %",
    "among five, %",
    "answerable, nothing found, %",
    "unanswerable, something found, %",
    "claims for each of these, of five",
)


class Point(NamedTuple):
    """Results of one cut-off; shares in percent."""

    least: float
    first: float
    five: float
    nothing: float
    something: float
    claims: float


def curve(steps: Sequence[float] = _STEPS) -> list[Point]:
    """A point for each cut-off; where a question has an unknown name, the cut-off is as much higher as it is by default."""
    return asyncio.run(_curve(steps))


def report(points: Sequence[Point]) -> str:
    """The curve as a table; the default is marked."""
    rows = [
        [
            f"{point.least:.2f}{' *' if point.least == thresholds.CLAIM_THRESHOLDS.answer else ''}",
            *(f"{value:.1f}" for value in point[1:]),
        ]
        for point in points
    ]
    return table(list(_HEAD), rows)


async def _curve(steps: Sequence[float]) -> list[Point]:
    questions = tomllib.loads(_QUESTIONS.read_text(encoding="utf-8"))["questions"]
    async with SqliteStore(None) as store:
        points = []
        for least in steps:
            with cut_off_at("CLAIM_THRESHOLDS", least):
                found = [(await store.search(Question(question["ask"]))).claims[:5] for question in questions]
            points.append(_point(least, [set(question["claims"]) for question in questions], found))
    return points


def _point(least: float, right: Sequence[set[str]], found: Sequence[tuple[str, ...]]) -> Point:
    answerable = [(claims, ids) for claims, ids in zip(right, found, strict=True) if claims]
    others = [ids for claims, ids in zip(right, found, strict=True) if not claims]
    return Point(
        least,
        _percent([bool(claims & set(ids[:1])) for claims, ids in answerable]),
        _percent([bool(claims & set(ids)) for claims, ids in answerable]),
        _percent([not ids for _, ids in answerable]),
        _percent([bool(ids) for ids in others]),
        sum(map(len, others)) / len(others),
    )


@contextmanager
def cut_off_at(kind: Literal["CLAIM_THRESHOLDS", "PASSAGE_THRESHOLDS"], least: float) -> Iterator[None]:
    """Take another cut-off for one kind of documents; where a question has unknown names, as much more as by default."""
    default: thresholds.Thresholds = getattr(thresholds, kind)
    more = default.unknown - default.answer
    other = dataclasses.replace(default, answer=least, unknown=least + more, near=min(default.near, least))
    setattr(thresholds, kind, other)
    try:
        yield
    finally:
        setattr(thresholds, kind, default)


def _percent(several: Sequence[bool]) -> float:
    return 100 * sum(several) / len(several)
