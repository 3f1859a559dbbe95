from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.figures.pricing.price_list import ListPrice, PriceList, get_price_list
from knowledge.figures.pricing.workloads import Workload, WorkloadCost, workload_cost

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def listed() -> PriceList:
    return get_price_list(NOON)


def _price(listed: PriceList, name: str) -> ListPrice:
    return listed.find(name).own[0]


def _parts(cost: WorkloadCost) -> Decimal:
    return cost.input + cost.cached_input + cost.output + cost.fees


def test_a_workload_costs_one_request_times_requests(listed: PriceList) -> None:
    workload = Workload(input_tokens=100_000, output_tokens=2_000, requests=1_000)
    cost = workload_cost(_price(listed, "GPT-4o"), workload, NOON)
    assert (cost.per_request, cost.total) == (Decimal("0.27"), Decimal(270))
    assert [cost.input, cost.cached_input, cost.output, cost.fees] == [250, 0, 20, 0]
    assert cost.tier is None
    assert cost.notes == ()


def test_tiers_apply_to_each_request_and_not_to_their_sum(listed: PriceList) -> None:
    price = _price(listed, "gpt-5.4")
    short = workload_cost(price, Workload(input_tokens=100_000, output_tokens=2_000, requests=1_000), NOON)
    edge = workload_cost(price, Workload(input_tokens=272_000, output_tokens=0), NOON)
    over = workload_cost(price, Workload(input_tokens=272_001, output_tokens=0), NOON)
    assert short.total == 100 * price.input + 2 * price.output
    assert edge.total == price.input * 272_000 / 1_000_000
    assert over.total > edge.total * 2 - 1
    assert edge.tier is None
    assert over.tier
    assert over.tier.en == "Requests with more than 272,000 input tokens"


def test_cached_input_is_part_of_the_input_and_has_its_own_price(listed: PriceList) -> None:
    workload = Workload(input_tokens=1_000_000, output_tokens=0, cached_input_tokens=400_000)
    cost = workload_cost(_price(listed, "Claude 3.5 Sonnet"), workload, NOON)
    assert (cost.input, cost.cached_input) == (Decimal("1.8"), Decimal("0.12"))
    assert cost.total == Decimal("1.92")


def test_cached_input_without_a_price_of_its_own_costs_as_other_input_and_is_said_to(listed: PriceList) -> None:
    cost = workload_cost(
        _price(listed, "GPT-4"), Workload(input_tokens=1_000, output_tokens=0, cached_input_tokens=500), NOON
    )
    assert cost.total == _parts(cost) == Decimal("0.03")
    assert [note.en[:27] for note in cost.notes] == ["The list has no price for c"]


def test_no_input_or_no_output_costs_the_other(listed: PriceList) -> None:
    price = _price(listed, "GPT-4")
    assert workload_cost(price, Workload(input_tokens=0, output_tokens=1_000), NOON).total == Decimal("0.06")
    assert workload_cost(price, Workload(input_tokens=1_000, output_tokens=0), NOON).total == Decimal("0.03")


def test_a_request_longer_than_the_models_window_is_said(listed: PriceList) -> None:
    cost = workload_cost(_price(listed, "GPT-4"), Workload(input_tokens=10_000, output_tokens=0), NOON)
    assert [note.en for note in cost.notes] == [
        "gpt-4 takes 8,192 input tokens per request; a request with 10,000 may be refused."
    ]
    assert "8,192토큰까지만" in cost.notes[0].ko


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"input_tokens": 0, "output_tokens": 0}, "a workload has at least one token"),
        ({"input_tokens": 10, "output_tokens": 1, "cached_input_tokens": 11}, "they cannot be more than 10"),
        ({"input_tokens": -1, "output_tokens": 1}, "greater than or equal to 0"),
        ({"input_tokens": 1.5, "output_tokens": 1}, "valid integer"),
        ({"input_tokens": 1, "output_tokens": 1, "requests": 0}, "greater than or equal to 1"),
        ({"input_tokens": 10**9, "output_tokens": 1}, "less than or equal to 100000000"),
        ({"input_tokens": 1, "output_tokens": 1, "requests": 10**13}, "less than or equal to 1000000000000"),
    ],
)
def test_a_workload_that_cannot_be_is_refused_with_the_reason(given_: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Workload.model_validate(given_)


@given(st.integers(0, 2_000_000), st.integers(1, 100_000), st.integers(0, 100), st.integers(1, 10**9), st.data())
def test_the_parts_are_exactly_what_the_package_charges(
    tokens: int, output: int, cached_percent: int, requests: int, data: st.DataObject
) -> None:
    price = data.draw(st.sampled_from(get_price_list(NOON).prices))
    workload = Workload(
        input_tokens=tokens, output_tokens=output, requests=requests, cached_input_tokens=tokens * cached_percent // 100
    )
    cost = workload_cost(price, workload, NOON)
    assert cost.total == cost.per_request * requests == _parts(cost)
