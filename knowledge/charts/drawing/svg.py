"""An SVG canvas of boxes, lines and text that grows downwards, with its colours and hatches."""

from typing import Literal, NamedTuple
from xml.etree import ElementTree as ET

from knowledge.charts.drawing.font import FAMILY, Typeface

PAPER = "#ffffff"
INK = "#1a1a1a"
MUTED = "#595959"
"""Colour of secondary text."""
RULE = "#d9d9d9"
"""Colour of grid lines."""
Hatch = Literal["none", "rising", "dots", "falling", "level", "upright"]


class Look(NamedTuple):
    """Colour and pattern of a series; the pattern is drawn in the paper's colour."""

    colour: str
    hatch: Hatch


Anchor = Literal["start", "middle", "end"]
WIDTH, MARGIN = 1400, 48
"""Pixels, of the sheet and of what stays white at each side."""
ROOM = WIDTH - 2 * MARGIN
ASIDE, ASIDE_GAP = 17, 14
"""Pixels of the smaller text behind another, and what is free between them."""
_TILE = 10
_STROKES = {
    "rising": "M-2 12L12 -2M-2 2L2 -2M8 12L12 8",
    "falling": "M-2 -2L12 12M-2 8L2 12M8 -2L12 2",
    "level": "M0 5H10",
    "upright": "M5 0V10",
}


class Sheet:
    """The canvas; `y` is the lower end of its content."""

    def __init__(self, face: Typeface) -> None:
        self.face = face
        self.y: float = MARGIN
        self._drawn: list[ET.Element] = []
        self._hatches: dict[Look, ET.Element] = {}

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: str = INK,
        anchor: Anchor = "start",
        *,
        turned: bool = False,
        aside: str = "",
    ) -> None:
        """Add a line of text with its baseline at `y`; `turned` reads upwards from there. `aside` follows it, smaller.

        Both are one text, so that in a wider font of the viewer's neither runs over the other.
        """
        at = {"x": _short(x), "y": _short(y), "font-size": _short(size), "fill": colour, "text-anchor": anchor}
        if turned:
            at["transform"] = f"rotate(-90 {_short(x)} {_short(y)})"
        text = self._add("text", at)
        text.text = self.face.plain(words)
        if aside:
            beside = ET.SubElement(text, "tspan", {"dx": str(ASIDE_GAP), "font-size": str(ASIDE), "fill": MUTED})
            beside.text = self.face.plain(aside)

    def paragraph(self, words: str, size: float, colour: str = INK, most: int = 3) -> None:
        """Add text over the whole width, in at most `most` lines, below the content so far."""
        for line in self.face.lines(self.face.plain(words), size, ROOM, most):
            self.y += size
            self.text(MARGIN, self.y, line, size, colour)
            self.y += size * 0.4

    def box(self, x: float, y: float, width: float, height: float, look: Look, tooltip: str = "") -> None:
        """Add a bar with a tooltip."""
        at = {"x": _short(x), "y": _short(y), "width": _short(width), "height": _short(height)}
        box = self._add("rect", at | {"fill": self._fill(look), "stroke": look.colour, "stroke-width": "2"})
        if tooltip:
            ET.SubElement(box, "title").text = self.face.plain(tooltip)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """Add a straight line, one pixel wide."""
        at = dict(zip(("x1", "y1", "x2", "y2"), map(_short, (*start, *end)), strict=True))
        self._add("line", at | {"stroke": colour})

    def svg(self, title: str, description: str, language: str) -> bytes:
        """Return the sheet as a file, cut below its content."""
        width, height = str(WIDTH), str(round(self.y + MARGIN))
        root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "width": width, "height": height})
        root.attrib |= {"viewBox": f"0 0 {width} {height}", "role": "img", "xml:lang": language, "lang": language}
        root.attrib |= {"aria-labelledby": "chart-title chart-told", "font-family": FAMILY}
        ET.SubElement(root, "title", id="chart-title").text = title
        ET.SubElement(root, "desc", id="chart-told").text = description
        ET.SubElement(root, "defs").extend(self._hatches.values())
        ET.SubElement(root, "rect", width=width, height=height, fill=PAPER)
        root.extend(self._drawn)
        for place in (*root, *self._hatches.values()):
            place.tail = "\n"
        return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode").encode()

    def _add(self, tag: str, attributes: dict[str, str]) -> ET.Element:
        self._drawn.append(ET.Element(tag, attributes))
        return self._drawn[-1]

    def _fill(self, look: Look) -> str:
        if look.hatch == "none":
            return look.colour
        name = f"{look.hatch}-{look.colour[1:]}"
        self._hatches.setdefault(look, _hatched(look, name))
        return f"url(#{name})"


def _hatched(look: Look, name: str) -> ET.Element:
    tile = str(_TILE)
    pattern = ET.Element("pattern", id=name, width=tile, height=tile, patternUnits="userSpaceOnUse")
    ET.SubElement(pattern, "rect", width=tile, height=tile, fill=look.colour)
    if look.hatch == "dots":
        ET.SubElement(pattern, "circle", cx="5", cy="5", r="2", fill=PAPER)
    else:
        ET.SubElement(pattern, "path", {"d": _STROKES[look.hatch], "stroke": PAPER, "stroke-width": "2"})
    return pattern


def _short(number: float) -> str:
    """Round to a tenth of a pixel, so that the same picture is the same text on every machine."""
    return f"{number:.1f}".removesuffix(".0")
