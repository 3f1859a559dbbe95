"""Cuts an article's text into passages: contiguous, in order, a few sentences each. Pure functions."""

import re
from collections.abc import Iterator

from knowledge.model import Passage

_LONGEST = 500
_BREAK = re.compile(r"(?<=[.!?。])\s+|\n+")


def cut(article: str, text: str) -> tuple[Passage, ...]:
    """The passages of a text: whole sentences, never across a line break, 500 code points at most where sentences allow."""
    return tuple(
        Passage(article=article, start=start, end=end, text=text[start:end])
        for start, end in _joined(_sentences(text), text)
        if text[start:end].strip()
    )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _joined(sentences: Iterator[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    start, end = next(sentences)
    for next_start, next_end in sentences:
        if "\n" in text[end:next_start] or next_end - start > _LONGEST:
            yield start, end
            start = next_start
        end = next_end
    yield start, end
