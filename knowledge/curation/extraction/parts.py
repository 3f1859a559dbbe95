"""Parts of a text, each short enough for one prompt. Pure functions."""

import re
from collections.abc import Iterator

from knowledge.curation.extraction.types import TextPart

LONGEST = 6_000
"""Code points of a part: some 3,000 tokens of Korean, which leaves room for the answer in small models."""
SHORTEST = 400
"""Code points below which a part is not cut further, even if it is too long for a model."""
_BEFORE = 300
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?。”\"])\s"))
"""Places to cut, the best first: between paragraphs, lines, sentences."""


def cut_part(text: str, start: int, longest: int = LONGEST) -> TextPart:
    """Return the part that begins at `start`, in whole paragraphs if possible, of at most `longest` code points."""
    if len(text) - start <= longest:
        return TextPart(start, len(text))
    window = text[start : start + longest]
    for pattern in _BREAKS:
        if found := list(pattern.finditer(window, longest // 2)):
            return TextPart(start, start + found[-1].end())
    return TextPart(start, start + longest)


def split_text(text: str, start: int = 0, longest: int = LONGEST) -> Iterator[TextPart]:
    """Yield all parts from `start` on."""
    while start < len(text):
        part = cut_part(text, start, longest)
        yield part
        start = part.end


def preceding_text(text: str, part: TextPart) -> str:
    """Return the end of the text before a part, as context for its pronouns."""
    return text[max(0, part.start - _BEFORE) : part.start].strip()
