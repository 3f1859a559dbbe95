from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model.periods import check_period, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2026-01-03", date(2026, 1, 3), date(2026, 1, 3)),
        ("2026-01-03T09:30", date(2026, 1, 3), date(2026, 1, 3)),
        ("2026-01-03T09:30:15", date(2026, 1, 3), date(2026, 1, 3)),
        ("2020/2024", date(2020, 1, 1), date(2024, 12, 31)),
        ("2020-03/2024-05-13", date(2020, 3, 1), date(2024, 5, 13)),
        ("2024/2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025/..", date(2025, 1, 1), date.max),
        ("../2025", date.min, date(2025, 12, 31)),
        ("0001", date.min, date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date.max),
    ],
)
def test_a_period_reaches_from_its_first_day_to_its_last(text: str, first: date, last: date) -> None:
    assert parse_period(text) == (first, last)
    assert check_period(text) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not a date"),
        ("올해", "is not a date"),
        ("24", "is not a date"),
        ("2024-5", "is not a date"),
        ("2024.05.13", "is not a date"),
        ("2024-05-13 09:30", "is not a date"),
        ("2024-05T09:30", "is not a date"),
        (" 2024", "is not a date"),
        ("..", "is not a date"),
        ("2024/", "is not a date"),
        ("/2024", "is not a date"),
        ("2020/2022/2024", "is not a date"),
        ("2024-13", "is no day of the calendar"),
        ("2023-02-29", "is no day of the calendar"),
        ("2024-02-30", "is no day of the calendar"),
        ("0000", "is no day of the calendar"),
        ("2024/2020", "ends before it begins"),
        ("2024-05-13/2024-05-12", "ends before it begins"),
        ("../..", "says nothing: give at least one date"),
    ],
)
def test_what_is_no_period_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check_period(text)


def test_a_refusal_shows_what_was_given_and_how_dates_are_written() -> None:
    with pytest.raises(
        ValueError, match=r"^'작년' is not a date: write 2024, 2024-05, 2024-05-13, or two of them as 2020/2024$"
    ):
        check_period("작년")


@given(st.dates())
def test_any_day_is_a_period_of_one_day_within_its_month_within_its_year(day: date) -> None:
    text = day.isoformat()
    month, year = parse_period(text[:7]), parse_period(text[:4])
    assert parse_period(text) == (day, day)
    assert year[0] <= month[0] <= day <= month[1] <= year[1]
    assert month[0].day == 1
    assert month[1] == date.max or (month[1] + timedelta(days=1)).day == 1


@given(st.dates(), st.dates())
def test_two_dates_are_a_period_only_in_their_order(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert parse_period(f"{first}/{last}") == (first, last)
    if first < last:
        with pytest.raises(ValueError, match="ends before it begins"):
            parse_period(f"{last}/{first}")


@pytest.mark.parametrize("text", ["2024-00", "2024-05-00", "2024-00-10", "2024-01-01T99:99", "2024\n", "٢٠٢٤"])
def test_what_only_looks_like_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        check_period(text)
