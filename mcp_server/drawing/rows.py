"""Lying bars, each behind its name and before what is written at it, so that no name and no amount is cut short."""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.figures.bars import Bar, Panel
from knowledge.model import Language
from mcp_server.drawing.legend import legend
from mcp_server.drawing.palette import INK, MUTED, RULE, Look, looks
from mcp_server.drawing.scale import Scale, scale, tick
from mcp_server.drawing.sheet import MARGIN, ROOM, WIDTH, Sheet

_NAME, _LABEL, _SOURCE, _TICK = 20, 19, 17, 17
_MOST_NAME, _MOST_LABEL = 0.3, 0.42
"""Shares of the width that names, and what is written at bars, have at the most."""
_BAR, _GAP = 26, 14
"""Pixels of a bar, and between categories."""
_BETWEEN = 4
"""Pixels between the bars of a category."""
_NAME_LINES, _LINE = 2, 1.25
_LOGARITHMIC = {"ko": "로그 축: 막대의 길이는 비례하지 않음", "en": "log scale: lengths are not in proportion"}


class _Plan(NamedTuple):
    """Where the axis begins and ends, and how high a category is."""

    left: float
    right: float
    high: float

    def x(self, share: float) -> float:
        return self.left + share * (self.right - self.left)


def rows(sheet: Sheet, panel: Panel, language: Language) -> None:
    """Draw a panel of lying bars below what is on the sheet."""
    axis, worn, plan = scale(panel), looks(panel.series), _plan(sheet, panel)
    legend(sheet, panel.series, worn)
    sheet.y += 10
    _grid(sheet, plan, panel, axis, language)
    for place, category in enumerate(panel.categories):
        _name(sheet, plan, category)
        bars = [one.bars[place] for one in panel.series]
        y = sheet.y + (plan.high - len(bars) * (_BAR + _BETWEEN) + _BETWEEN) / 2
        for at, (one, bar) in enumerate(zip(panel.series, bars, strict=True)):
            _bar(sheet, plan, y + at * (_BAR + _BETWEEN), bar, worn[at], axis, f"{category}, {one.name}: {bar.label}")
        sheet.y += plan.high
    words = f"{panel.axis} ({_LOGARITHMIC[language]})" if panel.log else panel.axis
    sheet.y += _TICK * 2.9
    sheet.text(plan.left, sheet.y, words, _TICK, MUTED)


def _plan(sheet: Sheet, panel: Panel) -> _Plan:
    face = sheet.face
    names = [face.plain(one) for one in panel.categories]
    most = min(max(face.width(name, _NAME) for name in names), ROOM * _MOST_NAME)
    lines = max(len(face.lines(name, _NAME, most + 1, _NAME_LINES)) for name in names)
    written = [sum(_written(sheet, bar)) for one in panel.series for bar in one.bars]
    high = max(len(panel.series) * (_BAR + _BETWEEN) - _BETWEEN, lines * _NAME * _LINE) + _GAP
    return _Plan(MARGIN + most + 14, WIDTH - MARGIN - min(max(written), ROOM * _MOST_LABEL), high)


def _written(sheet: Sheet, bar: Bar) -> tuple[float, float]:
    """Pixels that a bar's label and its source need, with what is free before each."""
    source = sheet.face.width(sheet.face.plain(bar.source), _SOURCE) + 14 if bar.source else 0.0
    return sheet.face.width(sheet.face.plain(bar.label), _LABEL) + 10, source


def _grid(sheet: Sheet, plan: _Plan, panel: Panel, axis: Scale, language: Language) -> None:
    end = sheet.y + plan.high * len(panel.categories)
    free = 0.0
    for number in axis.ticks:
        x, words = plan.x(axis.at(number)), sheet.face.plain(tick(number, panel, language))
        sheet.line((x, sheet.y), (x, end), MUTED if number == axis.ticks[0] else RULE)
        half = sheet.face.width(words, _TICK) / 2
        if x - half >= free:
            sheet.text(x, end + _TICK * 1.3, words, _TICK, MUTED, "middle")
            free = x + half + 12


def _name(sheet: Sheet, plan: _Plan, category: str) -> None:
    room = plan.left - 14 - MARGIN + 1
    lines = sheet.face.lines(sheet.face.plain(category), _NAME, room, _NAME_LINES)
    y = sheet.y + (plan.high - len(lines) * _NAME * _LINE) / 2 - _NAME * 0.25
    for line in lines:
        y += _NAME * _LINE
        sheet.text(plan.left - 14, y, line, _NAME, INK, "end")


def _bar(sheet: Sheet, plan: _Plan, y: float, bar: Bar, look: Look, axis: Scale, told: str) -> None:
    """A bar with its label and its source; where nothing is known, or nothing is the value, only these."""
    x, base = plan.left, y + _BAR / 2 + _LABEL * 0.36
    if bar.value is not None and (share := axis.at(bar.value)):
        x = plan.x(share)
        sheet.box(plan.left, y + 1, x - plan.left, _BAR - 2, look, told)
    room, (wide, _) = WIDTH - MARGIN - x - 10, _written(sheet, bar)
    label = sheet.face.cut(sheet.face.plain(bar.label), _LABEL, room)
    sheet.text(x + 10, base, label, _LABEL, MUTED if bar.value is None else INK)
    if bar.source and room - wide > _SOURCE * 3:
        source = sheet.face.cut(sheet.face.plain(bar.source), _SOURCE, room - wide)
        sheet.text(x + wide + 12, base, source, _SOURCE, MUTED)
