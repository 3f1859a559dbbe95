"""Vertical bars, in a group for each category, in as many bands as the labels need."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from knowledge.charts.drawing.axis import Scale, format_tick, make_scale
from knowledge.charts.drawing.legend import APART, assign_looks, draw_legend
from knowledge.charts.drawing.svg import INK, MARGIN, MUTED, RULE, WIDTH, Look, Sheet
from knowledge.charts.model import Bar, Panel
from knowledge.model import Language

_HIGH = 380
"""Pixels of the longest bar."""
_LABEL, _TICK, _NAME = 19, 18, 22
_WIDEST, _AIR = 260, 8
"""Pixels that a bar has for itself at most, and what its label leaves free."""
_LONGEST_LABEL = 90
"""Pixels; where a label is longer, all are turned."""
_BETWEEN = 0.9
"""Bars' widths between two groups."""
_NAME_LINES, _LINE = 2, 1.3


class _Plan(NamedTuple):
    """The layout: left end of the axis, width of a bar and of a group, groups in a band."""

    left: float
    slot: float
    group: float
    each: int
    turned: bool
    over: float
    """Pixels that the labels need above the longest bar."""
    lines: int
    """Of the longest name."""


def draw_columns(sheet: Sheet, panel: Panel, language: Language) -> None:
    """Draw a panel of vertical bars below the content so far."""
    axis, worn = make_scale(panel), assign_looks(panel.series)
    ticks = [(axis.at(number), format_tick(number, panel, language)) for number in axis.ticks]
    plan = _plan(sheet, panel, max(sheet.face.width(sheet.face.plain(words), _TICK) for _, words in ticks))
    draw_legend(sheet, panel, worn, language)
    for first in range(0, len(panel.categories), plan.each):
        places = range(first, min(first + plan.each, len(panel.categories)))
        high = _high(sheet, panel, places, axis)
        if first == 0:
            sheet.text(MARGIN, sheet.y + _TICK * 0.8, panel.axis, _TICK, MUTED)
        sheet.y += plan.over + high - _HIGH
        _grid(sheet, plan, [mark for mark in ticks if mark[0] * _HIGH <= high])
        for at, place in enumerate(places):
            _group(sheet, plan, plan.left + at * plan.group, panel, place, worn, axis)
        sheet.y += _HIGH + _NAME * _LINE * plan.lines + 24


def _high(sheet: Sheet, panel: Panel, places: Iterable[int], axis: Scale) -> float:
    """Return the height of a band in pixels; all bands share one scale, and a band of low bars is lower."""
    bars = [series.bars[place] for place in places for series in panel.series]
    unknown = [sheet.face.width(sheet.face.plain(bar.label), _LABEL) + 16 for bar in bars if bar.value is None]
    known = [axis.at(bar.value) * _HIGH for bar in bars if bar.value is not None]
    return min(_HIGH, max(*unknown, *known, axis.at(axis.ticks[min(1, len(axis.ticks) - 1)]) * _HIGH, 0.0))


def _plan(sheet: Sheet, panel: Panel, ticks: float) -> _Plan:
    left = MARGIN + ticks + 14
    room, many = WIDTH - MARGIN - left, len(panel.series) + _BETWEEN
    bars = [bar for series in panel.series for bar in series.bars]
    widths = [(sheet.face.width(sheet.face.plain(bar.label), _LABEL), bar.value is not None) for bar in bars]
    longest = max((width for width, known in widths if known), default=0.0)
    turned = longest > min(_LONGEST_LABEL, room / many - _AIR)
    needed = _LABEL * 1.5 if turned else longest + _AIR
    slot = min(max(needed, min(_WIDEST, room / len(panel.categories) / many)), room / many)
    each = math.ceil(len(panel.categories) / math.ceil(len(panel.categories) / max(1, int(room / (slot * many)))))
    over = (min(longest, _HIGH / 2) if turned else _LABEL) + _TICK + 10
    group = room / each
    lines = max(len(_name(sheet, category, group)) for category in panel.categories)
    return _Plan(left, slot, group, each, turned, over, lines)


def _name(sheet: Sheet, category: str, group: float) -> list[str]:
    return sheet.face.lines(sheet.face.plain(category), _NAME, group - _AIR, _NAME_LINES)


def _grid(sheet: Sheet, plan: _Plan, ticks: Sequence[tuple[float, str]]) -> None:
    base = sheet.y + _HIGH
    for share, words in ticks:
        y = base - share * _HIGH
        sheet.line((plan.left, y), (WIDTH - MARGIN, y), MUTED if share == 0 else RULE)
        sheet.text(plan.left - 10, y + _TICK * 0.35, words, _TICK, MUTED, "end")


def _group(sheet: Sheet, plan: _Plan, left: float, panel: Panel, place: int, worn: Sequence[Look], axis: Scale) -> None:
    """Draw the bars of one category, centred, with its name below."""
    start = left + (plan.group - plan.slot * len(panel.series)) / 2
    for at, (series, look) in enumerate(zip(panel.series, worn, strict=True)):
        tooltip = f"{panel.categories[place]}, {series.name}: {series.bars[place].label}"
        _bar(sheet, plan, start + at * plan.slot, series.bars[place], look, axis, tooltip)
    y = sheet.y + _HIGH + 4
    for line in _name(sheet, panel.categories[place], plan.group):
        y += _NAME * _LINE
        sheet.text(left + plan.group / 2, y, line, _NAME, INK, "middle")


def _bar(sheet: Sheet, plan: _Plan, left: float, bar: Bar, look: Look, axis: Scale, tooltip: str) -> None:
    """Draw a bar with its label on top, or the label alone for an unknown value."""
    base, middle = sheet.y + _HIGH, left + plan.slot / 2
    if bar.value is None:
        words = sheet.face.cut(sheet.face.plain(bar.label), _LABEL, _HIGH)
        sheet.text(middle + _LABEL * 0.35, base - 8, words, _LABEL, MUTED, turned=True)
        return
    high = axis.at(bar.value) * _HIGH
    if high:
        sheet.box(left + 3, base - high, plan.slot - 6, high, APART if bar.apart else look, tooltip)
    words = sheet.face.plain(bar.label)
    if plan.turned:
        words = sheet.face.cut(words, _LABEL, _HIGH / 2)
        sheet.text(middle + _LABEL * 0.35, base - high - 8, words, _LABEL, INK, turned=True)
    else:
        sheet.text(middle, base - high - 7, words, _LABEL, INK, "middle")
