"""Figures on cost and what may be divided by what: only amounts of one basis, part, currency, year and way of reckoning."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from knowledge.model.records import CostPart
from knowledge.queries.figure_answers import CostFigure

_DIGITS = 3
"""Digits of a ratio."""


class RatioFigure(NamedTuple):
    """A figure, and whether it may be divided by others of its kind."""

    figure: CostFigure
    comparable: bool = True


_Kind = tuple[object, ...]


def add_ratios(priced: Sequence[RatioFigure]) -> list[CostFigure]:
    """The figures, each with its ratio to the lowest that it can be compared with; without where there is no other."""
    lowest = _lowest(priced)
    return [one.figure.model_copy(update=_standing(one, lowest)) for one in priced]


def _lowest(priced: Iterable[RatioFigure]) -> dict[_Kind, Decimal]:
    """The lowest amount of each kind that more than one model has."""
    amounts: dict[_Kind, dict[str, Decimal]] = {}
    for one in priced:
        for part, amount in one.figure.amounts.items():
            if one.comparable and amount > 0:
                of_kind = amounts.setdefault(_kind(one.figure, part), {})
                of_kind[one.figure.model] = min(amount, of_kind.get(one.figure.model, amount))
    return {kind: min(of_kind.values()) for kind, of_kind in amounts.items() if len(of_kind) > 1}


def _standing(one: RatioFigure, lowest: Mapping[_Kind, Decimal]) -> dict[str, object]:
    return {"times_lowest": _ratios(one, lowest)} if one.comparable else {"standing": "apart"}


def _ratios(one: RatioFigure, lowest: Mapping[_Kind, Decimal]) -> dict[CostPart, Decimal] | None:
    kinds = {part: _kind(one.figure, part) for part in one.figure.amounts}
    ratios = {part: _rounded(one.figure.amounts[part] / lowest[kind]) for part, kind in kinds.items() if kind in lowest}
    return ratios or None


def _kind(figure: CostFigure, part: CostPart) -> _Kind:
    return figure.cost_basis, figure.kind, figure.currency, figure.currency_year, part


def _rounded(ratio: Decimal) -> Decimal:
    return strip_zeros(round(ratio, max(0, _DIGITS - 1 - ratio.adjusted())))


def strip_zeros(amount: Decimal) -> Decimal:
    """The same number without an exponent and without zeros at its end: `20000`, not `2E+4`."""
    return Decimal(f"{amount.normalize():f}")
