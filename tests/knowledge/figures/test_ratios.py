"""Ratios of comparable figures, and refusals of others."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures.ratios import RatioFigure, add_ratios
from knowledge.queries.figure_answers import CostFigure

AMOUNTS = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal("1e12"), places=4)


def figure(model: str, amount: int | Decimal, **changes: Any) -> CostFigure:
    usual = CostFigure(
        model=model,
        cost_basis="amortised_hardware_energy",
        said="so much",
        amounts={"total": Decimal(amount)},
        currency_year=2023,
        kind="dataset",
        source="Epoch AI",
    )
    return usual.model_copy(update=changes)


def ratios(*priced: RatioFigure) -> list[dict[Any, Decimal] | None]:
    return [figure.times_lowest for figure in add_ratios(priced)]


def test_a_ratio_is_to_the_lowest() -> None:
    low, high = add_ratios([RatioFigure(figure("A", 4)), RatioFigure(figure("B", 10))])
    assert (low.times_lowest, high.times_lowest) == ({"total": Decimal(1)}, {"total": Decimal("2.5")})


@pytest.mark.parametrize(
    "other",
    [
        {"cost_basis": "cloud_compute"},
        {"currency": "KRW"},
        {"currency_year": 2024},
        {"currency_year": None},
        {"kind": "article"},
        {"kind": "reseller"},
        {"amounts": {"input": Decimal(10)}},
    ],
)
def test_what_differs_in_anything_has_no_ratio(other: dict[str, Any]) -> None:
    assert ratios(RatioFigure(figure("A", 4)), RatioFigure(figure("B", 10, **other))) == [None, None]


def test_what_was_reckoned_otherwise_has_no_ratio_and_is_nobodys_measure() -> None:
    (first, *_) = add_ratios([RatioFigure(figure("A", 1), comparable=False)])
    assert first.standing == "apart"
    assert ratios(
        RatioFigure(figure("A", 1), comparable=False), RatioFigure(figure("B", 4)), RatioFigure(figure("C", 8))
    ) == [
        None,
        {"total": Decimal(1)},
        {"total": Decimal(2)},
    ]


def test_two_figures_of_one_model_are_no_comparison() -> None:
    assert ratios(RatioFigure(figure("A", 1)), RatioFigure(figure("A", 2))) == [None, None]


@given(st.lists(AMOUNTS, min_size=2, max_size=6))
def test_the_lowest_is_one_and_no_ratio_is_below_it(amounts: list[Decimal]) -> None:
    found = add_ratios([RatioFigure(figure(f"M{place}", amount)) for place, amount in enumerate(amounts)])
    ratios_to_lowest = [rated.times_lowest["total"] for rated in found if rated.times_lowest]
    assert len(ratios_to_lowest) == len(amounts)
    assert min(ratios_to_lowest) == 1
    for rated in found:
        assert rated.times_lowest
        exact = rated.amounts["total"] / min(amounts)
        assert abs(rated.times_lowest["total"] - exact) <= exact / 200
