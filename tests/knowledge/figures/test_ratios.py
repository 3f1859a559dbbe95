"""What may be divided by what, and what not."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures.ratios import Priced, with_ratios
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


def ratios(*priced: Priced) -> list[dict[Any, Decimal] | None]:
    return [one.times_lowest for one in with_ratios(priced)]


def test_a_ratio_is_to_the_lowest() -> None:
    low, high = with_ratios([Priced(figure("A", 4)), Priced(figure("B", 10))])
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
    assert ratios(Priced(figure("A", 4)), Priced(figure("B", 10, **other))) == [None, None]


def test_what_was_reckoned_otherwise_has_no_ratio_and_is_nobodys_measure() -> None:
    (first, *_) = with_ratios([Priced(figure("A", 1), comparable=False)])
    assert first.standing == "apart"
    assert ratios(Priced(figure("A", 1), comparable=False), Priced(figure("B", 4)), Priced(figure("C", 8))) == [
        None,
        {"total": Decimal(1)},
        {"total": Decimal(2)},
    ]


def test_two_figures_of_one_model_are_no_comparison() -> None:
    assert ratios(Priced(figure("A", 1)), Priced(figure("A", 2))) == [None, None]


@given(st.lists(AMOUNTS, min_size=2, max_size=6))
def test_the_lowest_is_one_and_no_ratio_is_below_it(amounts: list[Decimal]) -> None:
    found = with_ratios([Priced(figure(f"M{place}", amount)) for place, amount in enumerate(amounts)])
    said = [one.times_lowest["total"] for one in found if one.times_lowest]
    assert len(said) == len(amounts)
    assert min(said) == 1
    for one in found:
        assert one.times_lowest
        exact = one.amounts["total"] / min(amounts)
        assert abs(one.times_lowest["total"] - exact) <= exact / 200
