import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from types import FrameType
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.model.records import Bound, Figure, Language
from knowledge.store.packaged import get_packaged_folder, load_folder
from knowledge.text.quantities.amounts import UNITS, Amount, find_amounts, write_amount
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


# What numbers, bounds, units and their neighbours are made of, where any two may meet.
PIECES = (
    "0 1 9 12 2024 1,234 0.5 . , - ~ / % %p $ US$ ¥ ₩ ( ) ' # + x K M bn GPT v 수 몇 십 백 천 만 억 조 경 자 여 약 최소 이상 미만 넘는 대 "
    "원 달러 엔 개 배 명 년 월 일 분의 시간 에서 부터 까지 를 로 모델 매개변수 절반 두 서너 a one half half-a third of dozens millions million to between and from "
    "models years times fold percent at-least more-than over"
)


def said(text: str) -> list[str]:
    """The amounts of `text`, each in one line: `about 4600000 USD`."""
    lines = []
    for amount, _, _ in find_amounts(text):
        number = f"{amount.value:f}" + (f"/{amount.parts}" if amount.parts > 1 else "")
        number += f"..{amount.upper:f}" if amount.upper is not None else ""
        bound = "" if amount.bound in {"exact", "between"} else f"{amount.bound} "
        lines.append(f"{bound}{number} {amount.unit or ''}".strip())
    return lines


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("훈련에 460만 달러를 들였다", "4600000 USD"),
        ("460만달러", "4600000 USD"),
        ("４６０만 달러", "4600000 USD"),
        ("$4.6M was spent", "4600000 USD"),
        ("$ 4.6 million", "4600000 USD"),
        ("4.6 million US dollars", "4600000 USD"),
        ("USD 4.6 million", "4600000 USD"),
        ("100불짜리", "100 USD"),
        ("1조 2천억 원", "1200000000000 KRW"),
        ("1조2000억원", "1200000000000 KRW"),
        ("3만 5,000원", "35000 KRW"),
        ("1조 천억 원", "1100000000000 KRW"),
        ("5,000 won", "5000 KRW"),
        ("₩5,000", "5000 KRW"),
        ("1.2bn euros", "1200000000 EUR"),
        ("1.2 bn €", "1200000000 EUR"),
        ("30元", "30 CNY"),
        ("500만 위안", "5000000 CNY"),
        ("CN¥500", "500 CNY"),
        ("3,000엔", "3000 JPY"),
        ("5억 홍콩달러", "500000000 HKD"),
        ("C$5 million", "5000000 CAD"),
        ("£5", "5 GBP"),
        ("5 million pounds", "5000000 GBP"),
        ("¥500 billion", "500000000000 yen_or_yuan"),
        ("2만5천 명", "25000 people"),
        ("10자 년", "10000000000000000000000000 years"),
        ("1조를 썼다", "1000000000000"),
        ("14개를 냈다", "14 items"),
        ("모델 14개", "14 models"),
        ("대형 모형이 나온 곳은 14개 모형", "14 models"),
        ("14개의 대형 언어 모델", "14 models"),
        ("14 large language models", "14 models"),
        ("매개변수는 약 2억 개", "about 200000000 parameters"),
        ("약 매개변수 2억 개", "about 200000000 parameters"),
        ("200M parameters", "200000000 parameters"),
        ("128K tokens", "128000 tokens"),
        ("５０％", "50 percent"),
        ("5%p 올랐다", "5 percentage_points"),
        ("5 percentage points", "5 percentage_points"),
        ("3.5배로", "3.5 times"),
        ("10x faster", "10 times"),
        ("tenfold", "10 times"),
        ("10-fold", "10 times"),
        ("twice as many", "2 times"),
        ("두 배", "2 times"),
        ("세 개", "3 items"),
        ("한 개의 모델", "1 models"),
        ("두세 배", "2..3 times"),
        ("두 달", "2 months"),
        ("만 원", "10000 KRW"),
        ("백만 달러", "1000000 USD"),
        ("half a million dollars", "500000 USD"),
        ("twenty-five models", "25 models"),
        ("a hundred people", "100 people"),
        ("1GW", "1000000000 watts"),
        ("2024년간", "2024 years"),
        ("2000년 동안", "2000 years"),
        ("2,024년", "2024 years"),
        ("a 20-year horizon", "20 years"),
        ("마이너스 3%", "-3 percent"),
        ("-$4.6M", "-4600000 USD"),
        ("minus 5%", "-5 percent"),
    ],
)
def test_an_amount_is_read_with_its_unit(text: str, amount: str) -> None:
    assert said(text) == [amount]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6,500억여 원", "more_than 650000000000 KRW"),
        ("20여 년", "more_than 20 years"),
        ("180%를 넘는", "more_than 180 percent"),
        ("10배 넘게", "more_than 10 times"),
        ("4% 미만", "less_than 4 percent"),
        ("4%에 못 미친다", "less_than 4 percent"),
        ("최소 5조 원", "at_least 5000000000000 KRW"),
        ("10배 이상", "at_least 10 times"),
        ("100+ models", "at_least 100"),
        ("$100M or more", "at_least 100000000 USD"),
        ("최대 약 3만 명", "at_most 30000 people"),
        ("no more than 5 minutes", "at_most 5 minutes"),
        ("up to 10x", "at_most 10 times"),
        ("more than half", "more_than 1/2"),
        ("약 3분의 2", "about 2/3"),
        ("100원가량", "about 100 KRW"),
        ("50조 원대", "about 50000000000000 KRW"),
        ("계약 10개", "10 items"),
        ("이상한 10개", "10 items"),
        ("over 20 years", "20 years"),
        ("수조 원", "several 1000000000000 KRW"),
        ("수십 명", "several 10 people"),
        ("몇십 년", "several 10 years"),
        ("수백만 개의 일자리", "several 1000000 items"),
        ("dozens of models", "several 10 models"),
        ("tens of millions of dollars", "several 10000000 USD"),
        ("several million people", "several 1000000 people"),
    ],
)
def test_a_bound_stays_a_bound(text: str, amount: str) -> None:
    assert said(text) == [amount]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3년에서 5년", ["3..5 years"]),
        ("3~5년", ["3..5 years"]),
        ("3-5 years", ["3..5 years"]),
        ("5%-10%", ["5..10 percent"]),
        ("between 3 and 5 percent", ["3..5 percent"]),
        ("1~2조 원", ["1000000000000..2000000000000 KRW"]),
        ("3천~5천만 원", ["30000000..50000000 KRW"]),
        ("500~1만 명", ["500..10000 people"]),
        ("$3-5 billion", ["3000000000..5000000000 USD"]),
        ("$3 to $5 million", ["3000000..5000000 USD"]),
        ("-5~-3%", ["-5..-3 percent"]),
        ("최소 100억에서 최대 200억 달러", ["10000000000..20000000000 USD"]),
        ("3%에서 5%로 올랐다", ["3 percent", "5 percent"]),
        ("from 3% to 5%", ["3 percent", "5 percent"]),
        ("1% / 99%", ["1 percent", "99 percent"]),
        ("460만 달러(약 67억 원)", ["4600000 USD", "about 6700000000 KRW"]),
        ("1만 2만", ["10000", "20000"]),
    ],
)
def test_a_range_is_one_amount_and_a_change_is_two(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("절반", "1/2"),
        ("half of the models", "1/2"),
        ("3분의 1", "1/3"),
        ("one third of users", "1/3"),
        ("two-thirds", "2/3"),
        ("a quarter of users", "1/4"),
        ("1/3", "1/3"),
        ("5/12ths", "5/12"),
    ],
)
def test_a_fraction_keeps_its_parts(text: str, amount: str) -> None:
    assert said(text) == [amount]


@pytest.mark.parametrize(
    "text",
    "2024년에 나왔다|2020~2024년|2020년부터 2024년까지|'24년|20년 3월 5일|07년|90년대|3년차|3년째|2026년 말|약 2024년|about 2024|"
    "2024.12.31|2024-12-31|9/11|24/7|10시 5분|3분기|세 시|GPT-4.5|Llama 3|Meta trained Llama 3 models|v3.5|1.2.3 버전|iPhone 15|"
    "010-1234-5678|02-123-4567|IP 192.168.0.1|2위|3rd place|제3차|10회째|5번째 모델|No. 5|#5 models|a third model|the second half of 2024|"
    "만5천원|±5%|10^25 models|3:1|1024x768|10 x 20|4K TV|3M said|3배럴|3개국|5 pounds of rice|Llama 3 won|할 수만 있다면|수조차 없다|three times a day|한 배를 탔다|이상하다|million".split(
        "|"
    ),
)
def test_names_dates_and_places_in_an_order_are_no_amounts(text: str) -> None:
    assert find_amounts(text) == ()


def test_an_amount_says_where_it_stands() -> None:
    text = "이 모형은 약 460만 달러를 들여, at least 14 models 가운데 하나다"
    assert [text[start:end] for _, start, end in find_amounts(text)] == ["약 460만 달러", "at least 14 models"]


@given(amounts(), st.sampled_from(LANGUAGES), st.text(max_size=30), st.text(max_size=30))
def test_other_lines_never_change_an_amount(amount: Amount, language: Language, before: str, after: str) -> None:
    text = f"{before}\n{write_amount(amount, language)}\n{after}"
    start = len(before) + 1
    assert [m.amount for m in find_amounts(text) if start <= m.start and m.end <= len(text) - len(after)] == [amount]


@given(
    amounts(),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["", "비용은 ", "그 값(", "It was ", "“", "이는 곧, "]),
    st.sampled_from(["", "이다.", "에 이른다", ", which is much", ") 등", "”", "!", "라고 한다"]),
)
def test_a_sentence_around_an_amount_never_changes_it(
    amount: Amount, language: Language, before: str, after: str
) -> None:
    text = before + write_amount(amount, language) + after
    assert [mention.amount for mention in find_amounts(text)] == [amount], text


@given(st.text(max_size=60) | st.lists(st.sampled_from([*PIECES.split(), " ", " "]), max_size=14).map("".join))
@example("수십극 원")
@example("두세 메가와트")
@example("마이너스 두세 배")
@example("1" * 500 + "만 원")
@example("0분의 0 0/0 1/0")
@settings(max_examples=1000)
def test_no_text_makes_reading_fail_and_every_amount_has_its_place(text: str) -> None:
    end = 0
    for mention in find_amounts(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@given(st.integers(1, 10**60), st.sampled_from(["만", "억", "조", "경", "해", "자"]))
def test_korean_grouping_equals_the_value(count: int, scale: str) -> None:
    [mention] = find_amounts(f"{count}{scale} 원")
    assert mention.amount.value == Decimal(count * 10 ** (4 * ("만억조경해자".index(scale) + 1)))


def test_no_packaged_figure_says_another_bound_or_unit_than_its_article() -> None:
    same = {"several": "more_than"}
    for claim in load_folder(get_packaged_folder()).claims:
        for figure in claim.figures:
            for amount, _, _ in find_amounts(figure.raw):
                assert (amount.value, amount.upper) == (figure.value, figure.upper)
                assert same.get(amount.bound, amount.bound) == figure.bound
                assert amount.unit in {figure.unit, "items"}


def steps(work: Callable[[], object]) -> int:
    """Count the function calls, ours and built in, that `work` makes."""
    count = 0

    def watch(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "1,111",
        "1",
        "1천",
        "1만",
        "1.",
        "1/",
        "1-",
        "약 ",
        "최대 ",
        "수",
        "천",
        "1~",
        "a ",
        "one ",
        "한두 ",
        "1분의 ",
        "$",
        "모델 ",
        "- ",
        "3%에서 ",
        "1,",
        "half ",
        " ",
    ],
)
def test_hostile_text_costs_steps_in_proportion(piece: str) -> None:
    find_amounts("1%")  # patterns are compiled once
    short, long = (steps(lambda text=piece * count: find_amounts(text)) for count in (500, 2000))  # type: ignore[misc]
    assert long <= 4.2 * short + 200
