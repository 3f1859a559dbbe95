from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.model.records import Bound, Figure, Language
from knowledge.text.quantities.numerals import FIGURE_UNITS, parse_numbers, write_figure, write_number

LANGUAGES: tuple[Language, ...] = get_args(Language)
BOUNDS: tuple[Bound, ...] = get_args(Bound)


@st.composite
def magnitudes(draw: st.DrawFn) -> Decimal:
    """0 to 10^52, also with many digits behind the point."""
    digits = draw(st.integers(0, 10**28 - 1) | st.integers(0, 10**4))
    return Decimal(digits).scaleb(draw(st.integers(-20, 52 - len(str(digits)))))


def figure(value: str, unit: str, bound: Bound = "exact", upper: str | None = None) -> Figure:
    return Figure(
        measure="anything",
        subject="anybody",
        value=Decimal(value),
        upper=None if upper is None else Decimal(upper),
        bound=bound,
        unit=unit,
        raw=value,
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("460만 달러", "4600000"),
        ("2억 개", "200000000"),
        ("10자 년", "1E25"),
        ("1조 2천억 원", "1200000000000"),
        ("1조2천억 원", "1200000000000"),
        ("3천만 명", "30000000"),
        ("3억 5천만 원", "350000000"),
        ("5천 대", "5000"),
        ("7백 대", "700"),
        ("3십 대", "30"),
        ("2만5000대", "25000"),
        ("123만4,567대", "1234567"),
        ("12.5억", "1250000000"),
        ("1억2,000만", "120000000"),
        ("6,500개", "6500"),
        ("1,234,567.89", "1234567.89"),
        ("0.05%", "0.05"),
        ("007", "7"),
        ("1극", "1E48"),
        ("4.6 million", "4600000"),
        ("4.6 Million dollars", "4600000"),
        ("2 billion", "2000000000"),
        ("1,200 trillion", "1.2E15"),
        ("1 octillion", "1E27"),
    ],
)
def test_a_number_reads_as_its_exact_value(text: str, value: str) -> None:
    assert parse_numbers(text) == (Decimal(value),)


@pytest.mark.parametrize(
    ("text", "value"), [("수조 원", "1E12"), ("수십만 명", "1E5"), ("수천억 원", "1E11"), ("수백만", "1E6")]
)
def test_several_of_a_unit_reads_as_one_of_it(text: str, value: str) -> None:
    assert parse_numbers(text) == (Decimal(value),)


def test_every_number_of_a_sentence_is_read_in_order() -> None:
    text = "2031년 달빛연구소는 모형 14개에 460만 달러, 별빛전자는 1.5배인 690만 달러를 썼다."
    assert parse_numbers(text) == tuple(map(Decimal, ("2031", "14", "4600000", "1.5", "6900000")))


@pytest.mark.parametrize("text", ["", "하나도 없다", "만 원도 없다", "no number at all", "million", "...,,,"])
def test_a_text_without_digits_has_no_number(text: str) -> None:
    assert parse_numbers(text) == ()


def test_an_english_number_word_counts_only_as_a_whole_word() -> None:
    assert parse_numbers("4 millionaires") == (Decimal(4),)


@given(st.text("0123456789,. 십백천만억조경해자양수 millionbt", max_size=40))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert all(number.is_finite() for number in parse_numbers(text))


@given(magnitudes(), st.sampled_from(LANGUAGES))
@example(Decimal(10) ** 52, "ko")
@example(Decimal(10) ** 52, "en")
@example(Decimal("20000.25"), "ko")
@example(Decimal("1E-20"), "en")
def test_any_number_we_write_parses_back(value: Decimal, language: Language) -> None:
    assert parse_numbers(write_number(value, language)) == (value,)


@given(st.integers(0, 10**52), st.sampled_from([Decimal(1), Decimal("0.1")]), st.sampled_from(LANGUAGES))
def test_a_number_with_one_leading_digit_parses_back_at_any_size(size: int, tail: Decimal, language: Language) -> None:
    value = Decimal(f"{str(size)[0]}E{len(str(size)) - 1}") * tail
    assert parse_numbers(write_number(value, language)) == (value,)


@given(magnitudes().filter(bool), st.sampled_from(LANGUAGES))
def test_a_negative_number_is_its_magnitude_after_a_minus(value: Decimal, language: Language) -> None:
    written = write_number(-value, language)
    assert written == "-" + write_number(value, language)
    assert tuple(map(abs, parse_numbers(written))) == (value,)


@pytest.mark.parametrize(
    ("value", "korean", "english"),
    [
        ("0", "0", "0"),
        ("-0", "0", "0"),
        ("14", "14", "14"),
        ("6500", "6,500", "6,500"),
        ("1E3", "1,000", "1,000"),
        ("10000", "1만", "10,000"),
        ("1234000", "123만4,000", "1.234 million"),
        ("1234567", "123만4,567", "1,234,567"),
        ("4600000", "460만", "4.6 million"),
        ("4600000.00", "460만", "4.6 million"),
        ("200000000", "2억", "200 million"),
        ("1200000000000", "1조 2,000억", "1.2 trillion"),
        ("1E25", "10자", "10 septillion"),
        ("0.50", "0.5", "0.5"),
        ("-4600000", "-460만", "-4.6 million"),
    ],
)
def test_large_numbers_are_grouped_as_the_language_does(value: str, korean: str, english: str) -> None:
    assert (write_number(Decimal(value), "ko"), write_number(Decimal(value), "en")) == (korean, english)


@pytest.mark.parametrize(
    ("value", "korean", "english"),
    [
        (figure("14", "models"), "14개", "14 models"),
        (figure("4600000", "USD"), "460만 달러", "US$4.6 million"),
        (figure("20", "watts", "about"), "약 20와트", "about 20 watts"),
        (figure("4", "percent", "less_than"), "4% 미만", "less than 4%"),
        (figure("180", "percent", "more_than"), "180% 초과", "more than 180%"),
        (figure("10", "times", "at_least"), "10배 이상", "at least 10 times"),
        (figure("5", "minutes", "at_most"), "5분 이하", "at most 5 minutes"),
        (figure("3", "years", "between", "5"), "3년 ~ 5년", "3 years to 5 years"),
        (figure("2", "rank"), "2위", "no. 2"),
    ],
)
def test_a_figure_is_written_with_its_bound_and_unit(value: Figure, korean: str, english: str) -> None:
    assert (write_figure(value, "ko"), write_figure(value, "en")) == (korean, english)


@pytest.mark.parametrize("unit", sorted(FIGURE_UNITS))
@pytest.mark.parametrize("bound", BOUNDS)
def test_every_unit_is_written_with_every_bound_and_reads_back(unit: str, bound: Bound) -> None:
    upper = "25" if bound == "between" else None
    expected = (Decimal(20), Decimal(25)) if upper else (Decimal(20),)
    for language in LANGUAGES:
        assert parse_numbers(write_figure(figure("20", unit, bound, upper), language)) == expected


def test_no_two_bounds_are_written_alike() -> None:
    for language in LANGUAGES:
        single = {write_figure(figure("20", "models", bound), language) for bound in BOUNDS if bound != "between"}
        assert len(single) == len(BOUNDS) - 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 정도", ["20"]),
        ("3정거장", ["3"]),
        ("100조금", ["100"]),
        ("1경기", ["1"]),
        ("1만 2만", ["10000", "20000"]),
        ("-5%", ["-5"]),
        ("2020-2024", ["2020", "2024"]),
        ("10자 년", ["1e25"]),
        ("3경원", ["3e16"]),
        ("수조 개", ["1e12"]),
        ("수십억", ["1e9"]),
        ("1천200억 원", ["120000000000"]),
        ("1천2백만", ["12000000"]),
        ("2조5천300억", ["2530000000000"]),
        ("3억2천5백만 달러", ["325000000"]),
        ("1조 2천억", ["1200000000000"]),
        ("천만 원", ["10000000"]),
        ("백만 달러", ["1000000"]),
        ("$4.6M", ["4600000"]),
        ("€2bn", ["2000000000"]),
        ("200M parameters", ["200000000"]),
    ],
)
def test_a_syllable_is_a_unit_only_where_it_can_be_one(text: str, expected: list[str]) -> None:
    assert parse_numbers(text) == tuple(Decimal(value) for value in expected)


def test_no_digit_is_lost_however_many_there_are() -> None:
    value = Decimal(1234567890123456789012345678901)
    assert parse_numbers(write_number(value, "ko")) == parse_numbers(write_number(value, "en")) == (value,)
