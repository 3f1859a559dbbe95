"""The scale of an axis, and its ticks."""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from knowledge.charts.model import Panel
from knowledge.model import Language
from knowledge.text.quantities import Amount, write_amount, write_plain

_STEPS = (1, 2, 5, 10)
_MOST_STEPS, _MOST_DECADES = 6, 8
_LEAST_SHARE = 1.5
"""A logarithmic axis begins at least by this factor below its least bar, so that every bar has a length."""


class Scale(NamedTuple):
    """An axis from `low` to `high`."""

    low: Decimal
    high: Decimal
    log: bool
    ticks: tuple[Decimal, ...]
    """The labelled numbers."""

    def at(self, value: Decimal) -> float:
        """Return the position of a number: 0 at the start of the axis, 1 at its end."""
        if not self.log:
            return float(value / self.high)
        if value <= self.low:
            return 0.0
        return float((value / self.low).log10() / (self.high / self.low).log10())


def make_scale(panel: Panel) -> Scale:
    """Return the axis on which every bar of a panel has its place."""
    values = [bar.value for series in panel.series for bar in series.bars if bar.value is not None]
    return _logarithmic(values) if panel.log else _linear(values)


def format_tick(value: Decimal, panel: Panel, language: Language) -> str:
    """Format a number of the axis: `$1 million`, `100만 달러`, `50`."""
    if panel.unit is None:
        return write_plain(value)
    return write_amount(Amount(value=value, unit=panel.unit), language)


def _linear(values: Sequence[Decimal]) -> Scale:
    most = max(values, default=Decimal(0)) or Decimal(1)
    step = _step(most)
    if all(value == value.to_integral_value() for value in values):
        step = max(step, Decimal(1))  # there is no half of a model
    ticks = tuple(step * place for place in range(int(most / step) + 1))
    return Scale(Decimal(0), most, log=False, ticks=ticks)


def _step(most: Decimal) -> Decimal:
    """Return the smallest round step that reaches the end in few ticks."""
    power = Decimal(1).scaleb((most / _MOST_STEPS).adjusted())
    return next(power * step for step in _STEPS if power * step * _MOST_STEPS >= most)


def _logarithmic(values: Sequence[Decimal]) -> Scale:
    above = [value for value in values if value > 0] or [Decimal(1)]
    first = (min(above) / Decimal(str(_LEAST_SHARE))).adjusted()
    low = Decimal(1).scaleb(first)
    high = max(*above, low * 10)
    last = high.adjusted()
    every = math.ceil((last - first + 1) / _MOST_DECADES)
    return Scale(low, high, log=True, ticks=tuple(Decimal(1).scaleb(power) for power in range(first, last + 1, every)))
