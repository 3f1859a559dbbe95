"""Measures of rankings against known relevance. Pure functions."""

import math
import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

DEPTH = 10
"""Results of a ranking that count."""
_TIMES = 2000

Relevant = Mapping[str, Mapping[str, int]]
"""Question -> relevant document -> how relevant."""
Run = Mapping[str, Sequence[str]]
"""Question -> documents, best first."""


class Measured(NamedTuple):
    """Means over all questions, in percent."""

    ndcg: float
    recall: float
    mrr: float


class Difference(NamedTuple):
    """Lead of one system over another in nDCG, in points, with the bounds of a 95% interval (paired bootstrap)."""

    mean: float
    low: float
    high: float


def measure(run: Run, relevant: Relevant) -> Measured:
    """Measure a run."""
    count = len(relevant) / 100
    return Measured(
        sum(ndcg(run, relevant).values()) / count,
        sum(_recall(run.get(question, ()), right) for question, right in relevant.items()) / count,
        sum(_first(run.get(question, ()), right) for question, right in relevant.items()) / count,
    )


def ndcg(run: Run, relevant: Relevant) -> dict[str, float]:
    """The nDCG of each question, 0 to 1."""
    return {
        question: _gain([right.get(document, 0) for document in run.get(question, ())])
        / _gain(sorted(right.values(), reverse=True))
        for question, right in relevant.items()
    }


def compare(run: Run, other: Run, relevant: Relevant, seed: int = 1) -> Difference:
    """Compute the lead of `run` over `other` on the same questions."""
    first, second = ndcg(run, relevant), ndcg(other, relevant)
    apart = [100 * (first[question] - second[question]) for question in relevant]
    chance = random.Random(seed)
    means = sorted(sum(chance.choices(apart, k=len(apart))) / len(apart) for _ in range(_TIMES))
    return Difference(sum(apart) / len(apart), means[_TIMES // 40], means[-_TIMES // 40 - 1])


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


def _recall(found: Sequence[str], right: Mapping[str, int]) -> float:
    return len(right.keys() & set(found[:DEPTH])) / min(len(right), DEPTH)


def _first(found: Sequence[str], right: Mapping[str, int]) -> float:
    return next((1 / place for place, document in enumerate(found[:DEPTH], 1) if document in right), 0.0)
