from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.model.records import Bound, Figure, Language
from knowledge.text.quantities.amounts import UNITS, Amount, write_amount
from knowledge.text.quantities.extract import find_amounts
from knowledge.text.quantities.numerals import write_figure
from tests.knowledge.text.quantities.strategies import BOUNDS, amounts, measured

LANGUAGES: tuple[Language, ...] = get_args(Language)


def amount(
    value: str, unit: str | None = None, bound: Bound = "exact", upper: str | None = None, parts: int = 1
) -> Amount:
    end = None if upper is None else Decimal(upper)
    return Amount(value=Decimal(value), unit=unit, bound=bound, upper=end, parts=parts)


@given(amounts(), st.sampled_from(LANGUAGES))
@example(amount("3", "USD", "between", "5000000"), "en")
@example(amount("-5000001", "KRW", "between", "-3000000"), "en")
@example(amount("3", None, "between", "50000"), "ko")
@example(amount("1E25", "years"), "ko")
@example(amount("2024", "years"), "ko")
@settings(max_examples=500)
def test_what_is_written_reads_back_as_the_same_amount(written: Amount, language: Language) -> None:
    text = write_amount(written, language)
    [mention] = find_amounts(text)
    assert mention.amount == written, text


@pytest.mark.parametrize("unit", sorted(UNITS))
@pytest.mark.parametrize("bound", BOUNDS)
def test_every_unit_is_written_with_every_bound_and_reads_back(unit: str, bound: Bound) -> None:
    for value, upper in (("20", "25"), ("-3", "-1"), ("4600000", "6900000"), ("0.5", "1")):
        said = amount(value, unit, bound, upper if bound == "between" else None)
        for language in LANGUAGES:
            assert [mention.amount for mention in find_amounts(write_amount(said, language))] == [said]


@given(measured(), st.sampled_from(LANGUAGES))
def test_an_amount_of_the_same_size_is_written_alike_however_it_was_computed(said: Amount, language: Language) -> None:
    same = said.model_copy(update={"value": Decimal(f"{said.value:f}")})
    assert write_amount(same, language) == write_amount(said, language)


@pytest.mark.parametrize(
    ("said", "korean", "english"),
    [
        (amount("4600000", "USD"), "460만 달러", "US$4.6 million"),
        (amount("-1200000000000", "KRW"), "-1조 2,000억 원", "-₩1.2 trillion"),
        (amount("14", "models", "at_least"), "모델 14개 이상", "at least 14 models"),
        (amount("200000000", "parameters", "about"), "매개변수 약 2억 개", "about 200 million parameters"),
        (amount("3", "percentage_points", "less_than"), "3%p 미만", "less than 3 percentage points"),
        (amount("3", "years", "between", "5"), "3년 ~ 5년", "3 years to 5 years"),
        (amount("1", "hours"), "1시간", "1 hour"),
        (amount("2", parts=3), "3분의 2", "2/3"),
        (amount("1", parts=17), "17분의 1", "1/17th"),
        (amount("5", parts=21, bound="more_than"), "21분의 5 초과", "more than 5/21sts"),
        (amount("3", "USD", "between", "5000000"), "3 달러 ~ 5,000,000 달러", "US$3 to US$5,000,000"),
        (Amount(value=Decimal("1E12"), bound="several", unit="KRW"), "수조 원", "trillions of Korean won"),
        (Amount(value=Decimal(10), bound="several", unit="models"), "모델 수십 개", "dozens of models"),
    ],
)
def test_an_amount_is_written_as_the_language_does(said: Amount, korean: str, english: str) -> None:
    assert (write_amount(said, "ko"), write_amount(said, "en")) == (korean, english)


def test_a_third_is_exactly_a_third() -> None:
    assert amount("1", parts=3).ratio == Fraction(1, 3)


@pytest.mark.parametrize("bound", [bound for bound in BOUNDS if bound != "between"])
@pytest.mark.parametrize("unit", ["USD", "percent", "times", "years", "minutes", "watts", "parameters"])
def test_what_a_figure_is_written_as_reads_as_an_amount(unit: str, bound: Bound) -> None:
    figure = Figure(measure="any", subject="any", value=Decimal(20), bound=bound, unit=unit, raw="20")
    for language in LANGUAGES:
        assert [mention.amount for mention in find_amounts(write_figure(figure, language))] == [
            amount("20", unit, bound)
        ]


@pytest.mark.parametrize(
    "said",
    [
        {"value": 5, "unit": "bananas"},
        {"value": 5, "upper": 6},
        {"value": 5, "bound": "between"},
        {"value": 5, "upper": 5, "bound": "between"},
        {"value": 20, "bound": "several"},
        {"value": 1, "bound": "several"},
        {"value": Decimal("1E30"), "bound": "several"},
        {"value": Decimal(10**29 + 1), "bound": "several"},
        {"value": 3, "parts": 3},
        {"value": 1, "parts": 3, "unit": "models"},
        {"value": Decimal("0.5"), "parts": 3},
        {"value": Decimal("NaN")},
    ],
)
def test_an_amount_that_cannot_be_said_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Amount.model_validate(said)
