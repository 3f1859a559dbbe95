"""Which years (and months) some words of an article speak of: those they name, and those that 올해 or last year comes to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Violation, quote
from knowledge.curation.verification.readers.numbers import MONTH, YEAR, NumberMention
from knowledge.model.periods import check_period
from knowledge.model.records import Article

_RELATIVE: tuple[tuple[int, str], ...] = (
    (-2, r"재작년|the year before last"),
    (
        -1,
        r"지난 ?해|작년|전년|지난 ?[1-4]?분기|last year|last quarter|the previous year|a year (?:ago|earlier)|year[- ](?:over|on)[- ]year",
    ),
    (
        0,
        (
            r"올 ?해|금년|올(?= |해|[가-힣]*분기)|연말|연초|연내|이번|이날|오늘|어제|그저께|최근|현재|지금|지난 ?[1-4]?분기|지난달|이달|지난주"
            r"|this (?:year|month|week|quarter)|today|yesterday|now(?![A-Za-z])|currently|recently|last (?:month|week|quarter)|year[- ]end"
            r"|(?:on |last )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
        ),
    ),
    (1, r"내년|이듬해|다음 ?해|next year|the following year"),
    (2, r"내후년|the year after next"),
)
_PATTERNS = tuple((shift, re.compile(rf"(?<![A-Za-z])(?:{words})", re.IGNORECASE)) for shift, words in _RELATIVE)
_AROUND_NOW = re.compile(
    r"이달|지난달|다음 ?달|이날|오늘|어제|지난주|이번 ?주|today|yesterday|(?:this|last|next) (?:week|month)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SHORT_YEAR = re.compile(r"['’](\d\d)년")


@dataclass(frozen=True)
class Times:
    """What times some words may be said to speak of."""

    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]


def find_times(words: str, numbers: Iterable[NumberMention], article: Article) -> Times:
    """The years, months and days that an article's words name or come to; relative ones from when it was published."""
    named = {int(one.value) for one in numbers if one.unit == YEAR}
    named |= {2000 + int(match[1]) for match in _SHORT_YEAR.finditer(words)}
    bases = _years(article.published) or (named | _years(article.coverage))
    shifts = [shift for shift, pattern in _PATTERNS if pattern.search(words)]
    derived = {base + shift for base in {*bases, *named} for shift in shifts}
    months = {int(one.value) for one in numbers if one.unit == MONTH}
    days: set[int] = set()
    for _, month, day in _dates(article.published) if _AROUND_NOW.search(words) else ():
        months |= {(month + shift - 1) % 12 + 1 for shift in (-1, 0, 1)} if month else set()
        days |= {day - 1, day, day + 1} if day else set()
    return Times(frozenset(named | derived), frozenset(months), frozenset(days))


def published_years(article: Article) -> set[int]:
    """The years in which something of the article may have been said."""
    return _years(article.published) | _years(article.coverage)


def check(about: str, period: str | None, spoken: Iterable[int]) -> Violation | None:
    """What is wrong with a period: its form, or a year that the words neither name nor come to."""
    if period is None:
        return None
    try:
        check_period(period)
    except ValueError:
        return messages.NOT_EDTF.at(about, period=quote([period]))
    there = set(spoken)
    missing = sorted(_years(period) - there)
    return unsaid_years(about, missing, there) if missing else None


def unsaid_years(about: str, years: Iterable[int], there: Iterable[int]) -> Violation:
    """That the words do not bear out a year."""
    if there:
        return messages.OTHER_YEARS_QUOTED.at(about, years=quote(years), quoted=quote(sorted(there)))
    return messages.YEARS_NOT_QUOTED.at(about, years=quote(years))


def _years(period: str | None) -> set[int]:
    return {year for year, _, _ in _dates(period)}


def _dates(period: str | None) -> list[tuple[int, int, int]]:
    found = [match.groups() for match in _ISO.finditer((period or "").partition("T")[0])]
    return [(int(year), int(month or 0), int(day or 0)) for year, month, day in found]
