"""Dates and periods in the Extended Date/Time Format (EDTF): `2024`, `2026-01-03`, `2020/2024`, `2025/..`.

A date is a year, a month or a day (a clock time may follow a day); a period is one date or two with a slash between;
`..` on one side leaves that side open.
"""

import calendar
import re
from datetime import date

_CLOCK = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_DATE = re.compile(rf"([0-9]{{4}})(?:-([0-9]{{2}})(?:-([0-9]{{2}})(?:{_CLOCK})?)?)?")


def check_period(text: str) -> str:
    """Return `text` if it is a period, or raise `ValueError` with a sentence that says what is allowed."""
    parse_period(text)
    return text


def parse_period(text: str) -> tuple[date, date]:
    """Return the first and last day of a period; an open side reaches to the end of the calendar."""
    first, slash, last = text.partition("/")
    if first == last == "..":
        raise ValueError(f"{text!r} says nothing: give at least one date")
    if not slash:
        return _first_day(first), _last_day(first)
    start = date.min if first == ".." else _first_day(first)
    end = date.max if last == ".." else _last_day(last)
    if start > end:
        raise ValueError(f"{text!r} ends before it begins")
    return start, end


def _parse_date(text: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date: write 2024, 2024-05, 2024-05-13, or two of them as 2020/2024")
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def _first_day(text: str) -> date:
    year, month, day = _parse_date(text)
    return _make_day(text, year, 1 if month is None else month, 1 if day is None else day)


def _last_day(text: str) -> date:
    year, month, day = _parse_date(text)
    first = _make_day(text, year, 12 if month is None else month, 1 if day is None else day)
    return first if day is not None else first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _make_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar") from None
