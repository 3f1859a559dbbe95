"""Figures on cost and what may be divided by what: only amounts of one basis, part, currency, year and way of reckoning."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from knowledge.comparisons import CostFigure, Part

_DIGITS = 3
"""Digits of a ratio."""


class Priced(NamedTuple):
    """A figure, and whether it may be divided by others of its kind."""

    figure: CostFigure
    comparable: bool = True


_Kind = tuple[object, ...]


class _Least(NamedTuple):
    amount: Decimal
    models: tuple[str, ...]


def with_ratios(priced: Sequence[Priced]) -> list[CostFigure]:
    """The figures, each with its ratio to the lowest that it can be compared with; without where there is no other."""
    lowest = _lowest(priced)
    return [_with_ratios(one.figure, lowest) if one.comparable else one.figure for one in priced]


def _lowest(priced: Iterable[Priced]) -> dict[_Kind, _Least]:
    """The lowest amount of each kind that more than one model has."""
    amounts: dict[_Kind, dict[str, Decimal]] = {}
    for one in priced:
        for part, amount in one.figure.amounts.items():
            if one.comparable and amount > 0:
                of_kind = amounts.setdefault(_kind(one.figure, part), {})
                of_kind[one.figure.model] = min(amount, of_kind.get(one.figure.model, amount))
    return {kind: _least(of_kind) for kind, of_kind in amounts.items() if len(of_kind) > 1}


def _least(amounts: Mapping[str, Decimal]) -> _Least:
    least = min(amounts.values())
    return _Least(least, tuple(model for model, amount in amounts.items() if amount == least))


def _with_ratios(figure: CostFigure, lowest: Mapping[_Kind, _Least]) -> CostFigure:
    found = {part: least for part in figure.amounts if (least := lowest.get(_kind(figure, part)))}
    if not found:
        return figure
    ratios = {part: _rounded(figure.amounts[part] / least.amount) for part, least in found.items()}
    models = dict.fromkeys(model for least in found.values() for model in least.models)
    return figure.model_copy(update={"times_lowest": ratios, "lowest": ", ".join(models)})


def _kind(figure: CostFigure, part: Part) -> _Kind:
    return figure.cost_basis, figure.kind, figure.currency, figure.currency_year, part


def _rounded(ratio: Decimal) -> Decimal:
    places = max(0, _DIGITS - 1 - ratio.adjusted())
    return Decimal(f"{round(ratio, places).normalize():f}")
