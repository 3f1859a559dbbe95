"""The looks of series, and the legend that explains them.

Looks differ by colour, by pattern and by place, so that no reader needs all three. The hues are those of Okabe and Ito
(jfly.uni-koeln.de/color), darkened where they are too pale for bars on white.
"""

from collections.abc import Iterator, Sequence

from knowledge.charts import messages
from knowledge.charts.drawing.svg import INK, MARGIN, ROOM, WIDTH, Look, Sheet
from knowledge.charts.model import Panel, Series
from knowledge.model import Language

SIZE = 20
_SWATCH, _GAP, _BETWEEN, _LINE = 22, 8, 32, 34


PUBLISHED = (Look(INK, "none"), Look(INK, "rising"), Look(INK, "dots"))
"""Solid, and as dark as the text: no other bar is black."""
APART = Look("#767676", "rising")
"""A bar that is not comparable with the others of its panel: grey, and hatched."""
# In this order neighbours differ most for colour-blind eyes.
OTHERS = (
    Look("#0072b2", "none"),
    Look("#d55e00", "rising"),
    Look("#bf5d94", "dots"),
    Look("#8a6d00", "falling"),
    Look("#3d97c6", "level"),
    Look("#009067", "upright"),
)


def draw_legend(sheet: Sheet, panel: Panel, looks: Sequence[Look], language: Language) -> None:
    """Draw a swatch and a name for each named series, in as many lines as they need."""
    named = [(series.name, look) for series, look in zip(panel.series, looks, strict=True) if series.name]
    if panel.has_bars_apart:
        named.append((messages.NOT_COMPARABLE.in_language(language), APART))
    if not named:
        return
    x = float(MARGIN)
    sheet.y += 14
    for called, look in named:
        name = sheet.face.cut(sheet.face.plain(called), SIZE, ROOM - _SWATCH - _GAP)
        wide = _SWATCH + _GAP + sheet.face.width(name, SIZE)
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, sheet.y = MARGIN, sheet.y + _LINE
        sheet.box(x + 1, sheet.y + 1, _SWATCH - 2, _SWATCH - 2, look)
        sheet.text(x + _SWATCH + _GAP, sheet.y + _SWATCH - 4, name, SIZE)
        x += wide + _BETWEEN
    sheet.y += _LINE + 8


def assign_looks(series: Sequence[Series]) -> list[Look]:
    """Return a look for each series; from the seventh on, colours get other patterns, so that a dozen still differ."""
    published, others = _cycle(PUBLISHED), _cycle(OTHERS)
    return [next(published) if line.role == "published" else next(others) for line in series]


def _cycle(known: Sequence[Look]) -> Iterator[Look]:
    shift = 0
    while True:
        for place, look in enumerate(known):
            yield Look(look.colour, known[(place + shift) % len(known)].hatch)
        shift += 1
