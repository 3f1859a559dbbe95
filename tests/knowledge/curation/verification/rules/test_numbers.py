"""Numbers of statements, figures and periods against the quoted words."""

from decimal import Decimal
from typing import Any

import pytest

from knowledge.curation.verification.rules.numbers import check_period
from tests.knowledge.curation.verification.invented_articles import (
    format_refusals,
    make_draft,
    make_figure_draft,
    refuse,
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


@pytest.mark.parametrize(
    ("ko", "en", "why"),
    [
        ("가람 2는 매개변수가 700억 개이다.", "Garam 2 has 70 billion parameters.", "not in the quoted words"),
        ("가람 2는 매개변수가 70억 개 이하이다.", "Garam 2 has at most 7 billion parameters.", "another bound"),
        ("가람 2는 매개변수가 70억 개이다.", "Garam 2 has 70 billion parameters.", "in the other language"),
        ("가람 2는 매개변수가 70억 개이다.", "Garam 2 is a small model.", "lacks ‘70억 개’"),
        ("가람 2는 값이 70억 원이다.", "Garam 2 costs 7 billion won.", "another unit"),
    ],
)
def test_a_number_that_the_words_do_not_bear_out_is_refused(ko: str, en: str, why: str) -> None:
    assert why in format_refusals(refuse(statement_ko=ko, statement_en=en))


def test_digits_of_a_name_that_the_text_has_are_no_amount() -> None:
    assert not refuse(
        statement_ko="가람 2는 매개변수가 70억 개로 줄었다.", statement_en="Garam 2 shrank to 7 billion parameters."
    )


def test_all_faults_come_at_once_and_in_the_language_asked_for() -> None:
    bad = make_draft(
        statement_ko="가람 2는 2031년에 매개변수가 99억 개이다.",
        statement_en="In 2031 Garam 2 has 9.9 billion parameters.",
        kind="forecast",
        entities=["nobody-known"],
        trends={"no-such-trend": "supports"},
        period="2031",
    )
    english, korean = (verify(bad, language=language).verdicts[0].refusals for language in ("en", "ko"))
    assert {refusal.about for refusal in english} >= {
        "statement_ko",
        "statement_en",
        "kind",
        "entities.1",
        "trends",
        "period",
    }
    assert len(english) == len(korean)
    assert "인용한 말" in format_refusals(list(korean))


@pytest.mark.parametrize("period", ["soon", "2024-13", "2025/2024"])
def test_a_period_that_is_not_edtf_is_refused(period: str) -> None:
    violation = check_period("period", period, {2024})
    assert violation
    assert "EDTF" in violation.problem.en


def test_a_year_that_is_not_quoted_is_refused_but_words_may_be_asserted_when_published() -> None:
    assert "‘2024’ is not in the quoted words" in format_refusals(refuse(period="2024"))
    assert not refuse(asserted="2026-03-12")
