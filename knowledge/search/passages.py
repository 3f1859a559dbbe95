"""Cuts an article's text into passages: contiguous, in order, a few sentences each. Pure functions."""

import re
from collections.abc import Iterator

from knowledge.model.records import Passage

_SHORTEST = 60
_LONGEST = 500
_BREAK = re.compile(r"(?<=[.!?。])\s+|\n+")


def cut(article: str, text: str) -> tuple[Passage, ...]:
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
