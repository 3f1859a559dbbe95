"""Years, months and days in some words: those named, and those that 올해 or "last year" resolve to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.curation.verification.readers.numbers import MONTH, YEAR, NumberMention
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
    """The times that some words mention or may resolve to."""

    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]


def find_times(
    words: str, numbers: Iterable[NumberMention], published: str | None, coverage: str | None = None
) -> Times:
    """Return the times of some words and the numbers in them.

    Relative times resolve from the date of publication, without one from the years named and those of `coverage`. Both are EDTF.
    """
    named = {int(number.value) for number in numbers if number.unit == YEAR}
    named |= {2000 + int(match[1]) for match in _SHORT_YEAR.finditer(words)}
    bases = years_of(published) or (named | years_of(coverage))
    shifts = [shift for shift, pattern in _PATTERNS if pattern.search(words)]
    derived = {base + shift for base in {*bases, *named} for shift in shifts}
    months = {int(number.value) for number in numbers if number.unit == MONTH}
    days: set[int] = set()
    for _, month, day in _dates(published) if _AROUND_NOW.search(words) else ():
        months |= {(month + shift - 1) % 12 + 1 for shift in (-1, 0, 1)} if month else set()
        days |= {day - 1, day, day + 1} if day else set()
    return Times(frozenset(named | derived), frozenset(months), frozenset(days))


def published_years(article: Article) -> set[int]:
    """Return the years in which something in the article may have been said."""
    return years_of(article.published) | years_of(article.coverage)


def years_of(period: str | None) -> set[int]:
    """Return the years named in an EDTF period."""
    return {year for year, _, _ in _dates(period)}


def _dates(period: str | None) -> list[tuple[int, int, int]]:
    found = [match.groups() for match in _ISO.finditer((period or "").partition("T")[0])]
    return [(int(year), int(month or 0), int(day or 0)) for year, month, day in found]
