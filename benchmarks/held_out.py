"""Passages found in a library with half of a set's documents, so that questions about the other half have no answer."""

import asyncio
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import libraries, relevance
from benchmarks.curve import cut_off_at
from benchmarks.figures import table
from benchmarks.testbeds import Collection
from knowledge.library import SqliteStore
from knowledge.search import thresholds
from knowledge.store import copies
from knowledge.store.store import Question

_STEPS = [step / 10 for step in range(1, 8)]
_HEAD = (
    "least coverage",
    "nDCG@10",
    "answerable, nothing found, %",
    "unanswerable, something found, %",
    "texts for each of these",
)


class Given(NamedTuple):
    """Results of one cut-off; in percent except for the texts."""

    least: float
    ndcg: float
    nothing: float
    something: float
    texts: float


def curve(collection: Collection, steps: Sequence[float] = _STEPS, seed: int = 4) -> list[Given]:
    """A point for each cut-off."""
    inside = set(random.Random(seed).sample(sorted(collection.documents), len(collection.documents) // 2))
    names = {copies.make_article(collection.documents[key]).id: key for key in sorted(inside)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / libraries.LIBRARY
        libraries.load(file, (collection.documents[key] for key in sorted(inside)))
        return asyncio.run(_curve(file, collection, names, steps))


def report(collection: Collection, points: Sequence[Given]) -> str:
    """The curve as a table; the default is marked."""
    default = thresholds.PASSAGE_THRESHOLDS.answer
    rows = [
        [f"{point.least:.2f}{' *' if point.least == default else ''}", *(f"{value:.1f}" for value in point[1:])]
        for point in points
    ]
    return f"\n{collection.name}: passages, half of the documents left out\n{table(list(_HEAD), rows)}"


async def _curve(file: Path, collection: Collection, names: dict[str, str], steps: Sequence[float]) -> list[Given]:
    async with SqliteStore(file) as store:
        async for _ in store.reindex():
            pass
        points = []
        for least in steps:
            with cut_off_at("PASSAGE_THRESHOLDS", least):
                points.append(
                    _given(
                        least,
                        collection,
                        {key: await _found(store, text, names) for key, text in collection.questions.items()},
                        set(names.values()),
                    )
                )
        return points


async def _found(store: SqliteStore, question: str, names: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(names[passage.article] for passage in (await store.search(Question(question))).passages))


def _given(least: float, collection: Collection, found: dict[str, list[str]], inside: set[str]) -> Given:
    right = {key: {doc: grade for doc, grade in collection.relevant[key].items() if doc in inside} for key in found}
    answerable = {key: run for key, run in found.items() if right[key]}
    others = [run for key, run in found.items() if not right[key]]
    return Given(
        least,
        relevance.measure(answerable, {key: right[key] for key in answerable}).ndcg,
        100 * sum(not run for run in answerable.values()) / len(answerable),
        100 * sum(bool(run) for run in others) / len(others),
        sum(map(len, others)) / len(others),
    )
