"""Horizontal bars, each between its name and its label, so that no name and no amount is cut."""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.charts import messages
from knowledge.charts.drawing.axis import Scale, format_tick, make_scale
from knowledge.charts.drawing.legend import APART, assign_looks, draw_legend
from knowledge.charts.drawing.svg import ASIDE, ASIDE_GAP, INK, MARGIN, MUTED, ROOM, RULE, WIDTH, Look, Sheet
from knowledge.charts.model import Bar, Panel
from knowledge.model import Language

_NAME, _LABEL, _TICK = 20, 19, 17
_MOST_NAME, _MOST_LABEL = 0.3, 0.42
"""Largest shares of the width for names and for labels."""
_BAR, _GAP = 26, 14
"""Pixels of a bar, and between categories."""
_BETWEEN = 4
"""Pixels between the bars of a category."""
_BEFORE, _AFTER = 14, 10
"""Pixels between a name and its bars, and between a bar and its label."""
_NAME_LINES, _LINE = 2, 1.25


class _Plan(NamedTuple):
    """The layout: both ends of the axis, and the height of a category."""

    left: float
    right: float
    high: float

    def x(self, share: float) -> float:
        return self.left + share * (self.right - self.left)


def draw_rows(sheet: Sheet, panel: Panel, language: Language, left: float) -> None:
    """Draw a panel of horizontal bars below the content so far, with names up to `left`."""
    shared, panel = _shared(panel)
    axis, worn, plan = make_scale(panel), assign_looks(panel.series), _plan(sheet, panel, left)
    draw_legend(sheet, panel, worn, language)
    sheet.y += 10
    _grid(sheet, plan, panel, axis, language)
    for place, category in enumerate(panel.categories):
        _name(sheet, plan, category)
        bars = [series.bars[place] for series in panel.series]
        y = sheet.y + (plan.high - len(bars) * (_BAR + _BETWEEN) + _BETWEEN) / 2
        for at, (series, bar) in enumerate(zip(panel.series, bars, strict=True)):
            _bar(
                sheet, plan, y + at * (_BAR + _BETWEEN), bar, worn[at], axis, f"{category}, {series.name}: {bar.label}"
            )
        sheet.y += plan.high
    words = f"{panel.axis} ({messages.LOGARITHMIC.in_language(language)})" if panel.log else panel.axis
    _below(sheet, plan, f"{words}. {messages.SOURCE.format(source=shared).in_language(language)}" if shared else words)


def find_axis_left(sheet: Sheet, panels: Sequence[Panel]) -> float:
    """Return the x at which the axes of all panels begin: after the longest name, or after the widest that is allowed."""
    names = [sheet.face.plain(category) for panel in panels for category in panel.categories]
    return MARGIN + min(max(sheet.face.width(name, _NAME) for name in names) + 1, ROOM * _MOST_NAME) + _BEFORE


def _shared(panel: Panel) -> tuple[str, Panel]:
    """Return the source that all bars share and the panel without it, so that it is written once."""
    by_category = [
        {bar.source for bar in bars} - {""} for bars in zip(*(line.bars for line in panel.series), strict=True)
    ]
    known = set().union(*by_category)
    many = len(panel.categories) * len(panel.series) > 1
    if len(known) != 1 or not many or not all(by_category):
        return "", panel
    series = [line.model_copy(update={"bars": tuple(_unsourced(bar) for bar in line.bars)}) for line in panel.series]
    return known.pop(), panel.model_copy(update={"series": tuple(series)})


def _unsourced(bar: Bar) -> Bar:
    return bar if bar.value is None else bar.model_copy(update={"source": ""})


def _below(sheet: Sheet, plan: _Plan, words: str) -> None:
    sheet.y += _TICK * 1.6
    for line in sheet.face.lines(sheet.face.plain(words), _TICK, WIDTH - MARGIN - plan.left, 3):
        sheet.y += _TICK * _LINE
        sheet.text(plan.left, sheet.y, line, _TICK, MUTED)


def _plan(sheet: Sheet, panel: Panel, left: float) -> _Plan:
    lines = max(len(_lines(sheet, category, left)) for category in panel.categories)
    written = [sum(_written(sheet, bar)) for series in panel.series for bar in series.bars]
    high = max(len(panel.series) * (_BAR + _BETWEEN) - _BETWEEN, lines * _NAME * _LINE) + _GAP
    return _Plan(left, WIDTH - MARGIN - min(max(written), ROOM * _MOST_LABEL), high)


def _lines(sheet: Sheet, category: str, left: float) -> list[str]:
    return sheet.face.lines(sheet.face.plain(category), _NAME, left - _BEFORE - MARGIN, _NAME_LINES)


def _written(sheet: Sheet, bar: Bar) -> tuple[float, float]:
    """Return the pixels that a bar's label and its source need, with the gap before each."""
    source = sheet.face.width(sheet.face.plain(bar.source), ASIDE) + ASIDE_GAP if bar.source else 0.0
    return sheet.face.width(sheet.face.plain(bar.label), _LABEL) + _AFTER, source


def _grid(sheet: Sheet, plan: _Plan, panel: Panel, axis: Scale, language: Language) -> None:
    end = sheet.y + plan.high * len(panel.categories)
    free = 0.0
    for number in axis.ticks:
        x, words = plan.x(axis.at(number)), sheet.face.plain(format_tick(number, panel, language))
        sheet.line((x, sheet.y), (x, end), MUTED if number == axis.ticks[0] else RULE)
        half = sheet.face.width(words, _TICK) / 2
        if x - half >= free:
            sheet.text(x, end + _TICK * 1.3, words, _TICK, MUTED, "middle")
            free = x + half + 12


def _name(sheet: Sheet, plan: _Plan, category: str) -> None:
    lines = _lines(sheet, category, plan.left)
    y = sheet.y + (plan.high - len(lines) * _NAME * _LINE) / 2 - _NAME * 0.25
    for line in lines:
        y += _NAME * _LINE
        sheet.text(plan.left - _BEFORE, y, line, _NAME, INK, "end")


def _bar(sheet: Sheet, plan: _Plan, y: float, bar: Bar, look: Look, axis: Scale, tooltip: str) -> None:
    """Draw a bar with its label and source, or these alone for a value that is unknown or 0."""
    x, base = plan.left, y + _BAR / 2 + _LABEL * 0.36
    if bar.value is not None and (share := axis.at(bar.value)):
        x = plan.x(share)
        sheet.box(plan.left, y + 1, x - plan.left, _BAR - 2, APART if bar.apart else look, tooltip)
    wide, _ = _written(sheet, bar)
    room = WIDTH - MARGIN - x - _AFTER
    label = sheet.face.cut(sheet.face.plain(bar.label), _LABEL, room)
    left = room - wide - ASIDE_GAP
    source = sheet.face.cut(sheet.face.plain(bar.source), ASIDE, left) if left > ASIDE * 3 else ""
    sheet.text(x + _AFTER, base, label, _LABEL, MUTED if bar.value is None else INK, aside=source)
