from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.amounts import Amount
from knowledge.conversion import Rate, UnconvertibleError, convert
from knowledge.mentions import read_amounts
from knowledge.model import Language
from tests.knowledge.amounts import sizes

RATE = Rate(base="USD", quote="KRW", price=Decimal("1470.5"), day=date(2031, 1, 2), source="달빛은행")
SUM = Amount(value=Decimal(4_600_000), bound="about", unit="USD")


def test_a_conversion_is_exact_and_keeps_bound_original_and_rate() -> None:
    done = convert(SUM, RATE)
    assert done.converted == Amount(value=Decimal(6764300000), bound="about", unit="KRW")
    assert (done.original, done.rate) == (SUM, RATE)


def test_a_conversion_names_its_rate_with_day_and_source_in_both_languages() -> None:
    done = convert(SUM, RATE)
    assert (
        done.in_language("ko")
        == "약 460만 달러 = 약 67억 6,430만 원 (환율 1 달러 = 1,470.5 원, 2031-01-02, 출처 달빛은행)"
    )
    assert (
        done.in_language("en")
        == "about US$4.6 million = about ₩6,764.3 million (at US$1 = ₩1,470.5 on 2031-01-02, source: 달빛은행)"
    )


@given(sizes(), sizes().filter(lambda price: price > 0), st.sampled_from(get_args(Language)))
def test_the_sentence_says_the_exact_sums(value: Decimal, price: Decimal, language: Language) -> None:
    done = convert(Amount(value=value, unit="USD"), RATE.model_copy(update={"price": price}))
    said = [mention.amount for mention in read_amounts(done.in_language(language))]
    assert said[:2] == [done.original, done.converted]
    assert said[3].value == price


def test_both_ends_of_a_range_are_converted() -> None:
    span = Amount(value=Decimal(1), upper=Decimal(2), bound="between", unit="USD")
    assert convert(span, RATE).converted.upper == Decimal("2941.0")


@pytest.mark.parametrize(
    "other",
    [
        Amount(value=Decimal(5), unit="KRW"),
        Amount(value=Decimal(5), unit="yen_or_yuan"),
        Amount(value=Decimal(5), unit="models"),
        Amount(value=Decimal(5)),
        Amount(value=Decimal(10**12), bound="several", unit="USD"),
    ],
)
def test_what_the_rate_says_nothing_about_is_not_converted(other: Amount) -> None:
    with pytest.raises(UnconvertibleError, match=r"give a rate|no number"):
        convert(other, RATE)


@pytest.mark.parametrize("change", [{"price": 0}, {"quote": "USD"}, {"day": None}, {"source": ""}, {"quote": "XXX"}])
def test_a_rate_has_a_price_two_currencies_a_day_and_a_source(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Rate.model_validate({**RATE.model_dump(), **change})
