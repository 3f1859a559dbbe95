"""Parts of a text, each short enough for one prompt. Pure functions."""

import re
from collections.abc import Iterator

from knowledge.curation.extraction.types import TextPart

LONGEST = 6_000
"""Code points of a part: some 3,000 tokens of Korean, which leaves room for the answer in small models."""
SHORTEST = 400
"""What is too long for a model and shorter than this is not cut any further."""
_BEFORE = 300
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?。”\"])\s"))
"""Where a text is cut, the best first: between paragraphs, lines, sentences."""


def cut_part(text: str, start: int, longest: int = LONGEST) -> TextPart:
    """The part that begins at `start`: whole paragraphs where they allow, `longest` code points at the most."""
    if len(text) - start <= longest:
        return TextPart(start, len(text))
    window = text[start : start + longest]
    for pattern in _BREAKS:
        if found := list(pattern.finditer(window, longest // 2)):
            return TextPart(start, start + found[-1].end())
    return TextPart(start, start + longest)


def split_text(text: str, start: int = 0, longest: int = LONGEST) -> Iterator[TextPart]:
    """All parts from `start` on."""
    while start < len(text):
        part = cut_part(text, start, longest)
        yield part
        start = part.end


def preceding_text(text: str, part: TextPart) -> str:
    """The end of what comes before a part, so that it is known who ‘he’ is."""
    return text[max(0, part.start - _BEFORE) : part.start].strip()
