"""What each look stands for, above the bars."""

from collections.abc import Sequence

from knowledge.figures.bars import Series
from mcp_server.drawing.palette import Look
from mcp_server.drawing.sheet import MARGIN, ROOM, WIDTH, Sheet

SIZE = 20
_SWATCH, _GAP, _BETWEEN, _LINE = 22, 8, 32, 34


def legend(sheet: Sheet, series: Sequence[Series], looks: Sequence[Look]) -> None:
    """The series' names, each behind a piece of its bars, in as many lines as they need; one by itself needs none."""
    if len(series) == 1 and not series[0].name:
        return
    x = float(MARGIN)
    sheet.y += 14
    for one, look in zip(series, looks, strict=True):
        name = sheet.face.cut(sheet.face.plain(one.name), SIZE, ROOM - _SWATCH - _GAP)
        wide = _SWATCH + _GAP + sheet.face.width(name, SIZE)
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, sheet.y = MARGIN, sheet.y + _LINE
        sheet.box(x + 1, sheet.y + 1, _SWATCH - 2, _SWATCH - 2, look)
        sheet.text(x + _SWATCH + _GAP, sheet.y + _SWATCH - 4, name, SIZE)
        x += wide + _BETWEEN
    sheet.y += _LINE + 8
