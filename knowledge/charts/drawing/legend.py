"""What each look stands for, above the bars."""

from collections.abc import Sequence

from knowledge.charts import messages
from knowledge.charts.drawing.palette import APART, Look
from knowledge.charts.drawing.svg import MARGIN, ROOM, WIDTH, Sheet
from knowledge.charts.model import Panel
from knowledge.model.records import Language

SIZE = 20
_SWATCH, _GAP, _BETWEEN, _LINE = 22, 8, 32, 34


def legend(sheet: Sheet, panel: Panel, looks: Sequence[Look], language: Language) -> None:
    """What each look stands for, behind a piece of it, in as many lines as they need; one without a name needs none."""
    named = [(one.name, look) for one, look in zip(panel.series, looks, strict=True) if one.name]
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
