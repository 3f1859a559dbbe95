"""Cuts an article's text into passages: contiguous, in order, a few sentences each. Pure functions."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge.model.records import Passage
from knowledge.search.hits import Hit

_SHORTEST = 60
_LONGEST = 500
_BREAK = re.compile(r"(?<=[.!?。])\s+|\n+")


def split_passages(article: str, text: str) -> tuple[Passage, ...]:
    """The passages of a text: whole sentences, 500 code points at most where sentences allow.

    A line break ends a passage, except after a heading or another short line.
    """
    return tuple(
        Passage(article=article, start=start, end=end, text=text[start:end])
        for start, end in _joined(_sentences(text), text)
        if text[start:end].strip()
    )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BREAK.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if len(text) > start:
        yield start, len(text)


def _joined(sentences: Iterator[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    start, end = next(sentences, (0, 0))
    for next_start, next_end in sentences:
        new_line = "\n" in text[end:next_start] and end - start >= _SHORTEST
        if new_line or next_end - start > _LONGEST:
            yield start, end
            start = next_start
        end = next_end
    yield start, end


_APART = 10
"""Code points between neighbours at the most: blank lines."""


class PassageLocation(NamedTuple):
    """Where a passage stands."""

    article: str
    text: int
    """The sequence number of the article's text that it is in: another copy may take that one's place."""
    start: int
    end: int


def format_key(at: PassageLocation) -> str:
    """What an index calls a passage."""
    return f"passage:{at.article}:{at.text}:{at.start}:{at.end}"


def parse_key(of: str) -> PassageLocation:
    """Where the passage stands that an index calls so."""
    _, article, text, start, end = of.split(":")
    return PassageLocation(article, int(text), int(start), int(end))


def pair_neighbours(hits: Sequence[Hit]) -> Iterator[tuple[Hit, Hit]]:
    """Those of the hits that are neighbours, the pairs first that cover most."""
    placed = sorted(((parse_key(hit.key), hit) for hit in hits), key=lambda one: one[0])
    beside = [
        (one, other)
        for (before, one), (after, other) in pairwise(placed)
        if before.article == after.article and after.start - before.end <= _APART
    ]
    return iter(sorted(beside, key=lambda pair: -(pair[0].coverage + pair[1].coverage)))
