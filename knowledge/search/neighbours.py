"""Passages that stand side by side in a text: what one says of a question and what the next one says may answer it together."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge.search.hits import Hit

_APART = 10
"""Code points between neighbours at the most: blank lines."""


class Stretch(NamedTuple):
    """Where a passage stands."""

    article: str
    text: int
    """The sequence number of the article's text that it is in: another copy may take that one's place."""
    start: int
    end: int


def key(at: Stretch) -> str:
    """What an index calls a passage."""
    return f"passage:{at.article}:{at.text}:{at.start}:{at.end}"


def stretch(of: str) -> Stretch:
    """Where the passage stands that an index calls so."""
    _, article, text, start, end = of.split(":")
    return Stretch(article, int(text), int(start), int(end))


def pairs(hits: Sequence[Hit]) -> Iterator[tuple[Hit, Hit]]:
    """Those of the hits that are neighbours, the pairs first that cover most."""
    placed = sorted(((stretch(hit.key), hit) for hit in hits), key=lambda one: one[0])
    beside = [
        (one, other)
        for (before, one), (after, other) in pairwise(placed)
        if before.article == after.article and after.start - before.end <= _APART
    ]
    return iter(sorted(beside, key=lambda pair: -(pair[0].coverage + pair[1].coverage)))
