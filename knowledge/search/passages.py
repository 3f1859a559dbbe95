"""Passages: contiguous parts of an article's text, a few sentences each, with their keys and neighbours."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge.model import Passage
from knowledge.search.hits import Hit

_MIN_LENGTH = 60
_MAX_LENGTH = 500
_BREAK = re.compile(r"(?<=[.!?。])\s+|\n+")


def split_passages(article: str, text: str) -> tuple[Passage, ...]:
    """Split a text into passages of whole sentences, at most 500 code points unless one sentence is longer.

    A line break ends a passage, except after a heading or another short line.
    """
    return tuple(
        Passage(article=article, start=start, end=end, text=text[start:end])
        for start, end in _join(_split_sentences(text), text)
        if text[start:end].strip()
    )


def _split_sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BREAK.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if len(text) > start:
        yield start, len(text)


def _join(sentences: Iterator[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    start, end = next(sentences, (0, 0))
    for next_start, next_end in sentences:
        new_line = "\n" in text[end:next_start] and end - start >= _MIN_LENGTH
        if new_line or next_end - start > _MAX_LENGTH:
            yield start, end
            start = next_start
        end = next_end
    yield start, end


_MAX_GAP = 10
"""The maximum number of code points between neighbours, for blank lines."""


class PassageLocation(NamedTuple):
    """The location of a passage."""

    article: str
    text: int
    """The sequence number of the article's text: a newer copy gets another."""
    start: int
    end: int


def format_key(location: PassageLocation) -> str:
    """Return the index key of a passage."""
    return f"passage:{location.article}:{location.text}:{location.start}:{location.end}"


def parse_key(key: str) -> PassageLocation:
    """Parse an index key."""
    _, article, text, start, end = key.split(":")
    return PassageLocation(article, int(text), int(start), int(end))


def pair_neighbours(hits: Sequence[Hit]) -> Iterator[tuple[Hit, Hit]]:
    """Yield pairs of neighbouring hits, those with the highest coverage first."""
    located = sorted(((parse_key(hit.key), hit) for hit in hits), key=lambda entry: entry[0])
    neighbours = [
        (first, second)
        for (before, first), (after, second) in pairwise(located)
        if before.article == after.article and after.start - before.end <= _MAX_GAP
    ]
    return iter(sorted(neighbours, key=lambda pair: -(pair[0].coverage + pair[1].coverage)))
