"""The font of all charts, which has Hangul: its characters and their widths."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from knowledge.model import StoreError
from knowledge.text import to_line

NEEDS_CHARTS = (
    "Pictures need the extra `charts`: pip install 'ai-trends-mcp[charts]', "
    "or in a copy of the repository: pip install '.[charts]'"
)
FAMILY = "'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic',NanumGothic,sans-serif"
"""Fallback fonts of SVG viewers on every system, as wide or narrower in Korean."""
_ELLIPSIS = "…"
_SLACK = 0.5
"""Pixels of tolerance, so that a text fits into its own measured width."""
_UNKNOWN = "?"
"""Replacement for characters that the font lacks; an empty box would look like a fault of the reader's machine."""


class Typeface(NamedTuple):
    """A font's file, with the widths of its characters in shares of the font's size."""

    file: Path
    widths: Mapping[str, float]

    def plain(self, text: str) -> str:
        """Return `text` as one line of characters that the font has, without hidden ones."""
        line = to_line(unicodedata.normalize("NFC", text))
        return "".join(character if character in self.widths else self._instead(character) for character in line)

    def width(self, text: str, size: float) -> float:
        """Return the width of a line of `plain` text, in the unit of `size`."""
        return sum(self.widths[character] for character in text) * size

    def cut(self, text: str, size: float, room: float) -> str:
        """Return as much of `text` as fits into `room`, with an ellipsis where it is cut."""
        if self.width(text, size) <= room + _SLACK:
            return text
        while text and self.width(text + _ELLIPSIS, size) > room:
            text = text[:-1].rstrip()
        return text + _ELLIPSIS

    def lines(self, text: str, size: float, room: float, most: int) -> list[str]:
        """Break `text` into at most `most` lines, at blanks where there are any; the last is cut."""
        words, lines = list(self._pieces(text, size, room)), [""]
        while words:
            longer = f"{lines[-1]} {words[0]}".strip()
            if self.width(longer, size) > room:
                if len(lines) == most:
                    lines[-1] = self.cut(" ".join((lines[-1], *words)), size, room)
                    break
                lines.append("")
                continue
            lines[-1] = longer
            words.pop(0)
        return [line for line in lines if line]

    def _pieces(self, text: str, size: float, room: float) -> Iterator[str]:
        """Yield the words; a word longer than a line comes in parts."""
        for word in text.split():
            start = 0
            for end in range(1, len(word) + 1):
                if end - start > 1 and self.width(word[start:end], size) > room:
                    yield word[start : end - 1]
                    start = end - 1
            yield word[start:]

    def _instead(self, character: str) -> str:
        base = unicodedata.normalize("NFKD", character)[0]
        return base if base in self.widths else _UNKNOWN


@lru_cache(maxsize=1)
def load_typeface() -> Typeface:
    """Return the font of the extra `charts`; its package holds two font files and runs no code.

    Raises:
        StoreError: The extra is not installed.
    """
    try:
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - an extra, imported only when used

        file = Path(str(files("pylopdf_fonts_ko") / "NotoSansKR-Regular.otf"))
    except ImportError as error:
        raise StoreError(NEEDS_CHARTS) from error
    with TTFont(file, lazy=True) as font:
        advances, unit = font["hmtx"].metrics, font["head"].unitsPerEm
        return Typeface(file, {chr(code): advances[name][0] / unit for code, name in font.getBestCmap().items()})
