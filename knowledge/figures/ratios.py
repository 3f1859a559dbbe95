"""Ratios between cost figures of the same basis, part, source kind, currency and currency year."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from knowledge.model import CostPart
from knowledge.queries import CostFigure

_DIGITS = 3
"""Digits of a ratio."""


class RatioFigure(NamedTuple):
    """A cost figure, and whether ratios to others of its kind are valid."""

    figure: CostFigure
    comparable: bool = True


_Kind = tuple[object, ...]


def add_ratios(priced: Sequence[RatioFigure]) -> list[CostFigure]:
    """Return the figures, each with its ratio to the lowest comparable figure, if there is another."""
    lowest = _lowest(priced)
    return [entry.figure.model_copy(update=_standing(entry, lowest)) for entry in priced]


def _lowest(priced: Iterable[RatioFigure]) -> dict[_Kind, Decimal]:
    """Return the lowest amount of each kind that more than one model has."""
    amounts: dict[_Kind, dict[str, Decimal]] = {}
    for entry in priced:
        for part, amount in entry.figure.amounts.items():
            if entry.comparable and amount > 0:
                of_kind = amounts.setdefault(_kind(entry.figure, part), {})
                of_kind[entry.figure.model] = min(amount, of_kind.get(entry.figure.model, amount))
    return {kind: min(of_kind.values()) for kind, of_kind in amounts.items() if len(of_kind) > 1}


def _standing(entry: RatioFigure, lowest: Mapping[_Kind, Decimal]) -> dict[str, object]:
    return {"times_lowest": _ratios(entry, lowest)} if entry.comparable else {"standing": "apart"}


def _ratios(entry: RatioFigure, lowest: Mapping[_Kind, Decimal]) -> dict[CostPart, Decimal] | None:
    kinds = {part: _kind(entry.figure, part) for part in entry.figure.amounts}
    ratios = {
        part: _round_ratio(entry.figure.amounts[part] / lowest[kind]) for part, kind in kinds.items() if kind in lowest
    }
    return ratios or None


def _kind(figure: CostFigure, part: CostPart) -> _Kind:
    return figure.cost_basis, figure.kind, figure.currency, figure.currency_year, part


def _round_ratio(ratio: Decimal) -> Decimal:
    return strip_zeros(round(ratio, max(0, _DIGITS - 1 - ratio.adjusted())))


def strip_zeros(amount: Decimal) -> Decimal:
    """Return the same number without an exponent or trailing zeros: `20000`, not `2E+4`."""
    return Decimal(f"{amount.normalize():f}")
