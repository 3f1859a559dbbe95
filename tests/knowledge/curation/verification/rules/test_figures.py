"""Figures: `raw` stands in a quote and reads as the value, bound and unit."""

from decimal import Decimal
from typing import Any

import pytest

from tests.knowledge.curation.verification.invented_articles import (
    format_refusals,
    make_draft,
    make_figure_draft,
    verify,
)


@pytest.mark.parametrize(
    ("figure", "about", "why"),
    [
        ({"value": 700}, "figures.1.value", "it reads as 7000000000"),
        ({"raw": "80억 개"}, "figures.1.raw", "is not in any quote"),
        ({"bound": "at_least"}, "figures.1.bound", "exactly"),
        ({"unit": "percent"}, "figures.1.unit", "another unit"),
        ({"unit": "bananas"}, "figures.1.unit", "Use one of"),
        ({"value": "NaN"}, "figures.1.value", "is not a number"),
        ({"value": "1e400000"}, "figures.1.value", "is not a number"),
        ({"subject": "누구"}, "figures.1.subject", "not in the knowledge base"),
        ({"period": "2019"}, "figures.1.period", "‘2019’"),
        ({"upper": 8000000000}, "figures.1.value", "does not read"),
    ],
)
def test_a_figure_that_the_words_do_not_bear_out_is_refused(figure: dict[str, Any], about: str, why: str) -> None:
    found = list(verify(make_figure_draft(figure)).verdicts[0].refusals)
    assert about in {refusal.about for refusal in found}
    assert why in format_refusals(found)


def test_a_figure_is_kept_with_its_value_in_full() -> None:
    [claim] = verify(make_figure_draft({"value": "7,000,000,000"})).claims
    assert claim.figures[0].value == Decimal(7_000_000_000)
    assert claim.figures[0].subject == "garam-2"


def test_a_new_measure_is_remarked_on_and_not_refused() -> None:
    verdict = verify(make_figure_draft()).verdicts[0]
    assert verdict.status == "accepted"
    assert any("`parameters` is new" in remark and "training_cost" in remark for remark in verdict.remarks)


def test_money_needs_a_cost_basis() -> None:
    cost = {"value": 3200000, "bound": "about", "unit": "USD", "raw": "약 320만 달러", "measure": "training_cost"}
    more = {
        "statement_ko": "가람 2의 학습에는 약 320만 달러가 들었다고 한다.",
        "statement_en": "Training Garam 2 reportedly cost about US$3.2 million.",
        "quotes": ["학습하는 데 든 비용은 약 320만 달러로"],
    }
    assert "final_training_run" in format_refusals(list(verify(make_figure_draft(cost, **more)).verdicts[0].refusals))
    assert verify(make_figure_draft(cost, **more, cost_basis="final_training_run")).claims


@pytest.mark.parametrize(
    "value", ["1E99999999", "-1E99999999", "1E-99999999", "0E99999999", pytest.param(10**5000, id="long"), float("inf")]
)
def test_a_number_beyond_all_bounds_is_refused_and_loses_no_other_draft(value: Any) -> None:
    found = verify(
        make_figure_draft({"value": value}),
        make_figure_draft({"value": 1, "upper": value, "bound": "between"}),
        make_draft(),
    )
    assert [verdict.status for verdict in found.verdicts] == ["refused", "refused", "accepted"]


@pytest.mark.parametrize("year", [-(10**30), 0, 1899, 2201, 10**30])
def test_money_is_of_a_year_that_can_be(year: int) -> None:
    assert "currency_year" in format_refusals(
        list(verify(make_figure_draft({"currency_year": year})).verdicts[0].refusals)
    )
