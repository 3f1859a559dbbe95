"""Numbers and times in some words.

Numbers are amounts, years, months, ordinals, bare counts, and digits that are part of names. `knowledge.text.quantities.amounts`
finds only certain amounts, as stray digits in a question must not be one. Here nothing may be missed, since a number that a
statement has and its article lacks is what verification is for. Times are named, or are what 올해 or "last year" resolve to.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from knowledge.model import Article
from knowledge.text.quantities import (
    AmountMention,
    find_amounts,
    find_bound_after,
    find_bound_before,
    find_number_words,
    find_numerals,
)

YEAR, ORDER, LOOSE, WORD, MONTH = "year", "order", "loose", "word", "month"
_WINDOW = 40
_YEAR = re.compile(r"(?<!\d)(?<!\d[.,])(?:1[89]|20|21)\d\d(?!\d|,\d{3}|%|\.\d)")
_ORDER_AFTER = re.compile(r" ?(?:위|등(?![가-힣])|회째|회(?![가-힣])|번째|차 |st\b|nd\b|rd\b|th\b)")
_ORDER_BEFORE = re.compile(r"(?:제 ?|[Nn][o]\. ?|[Nn]umber |[Rr]ank(?:ed|s)? |#)\Z")
_ORDINALS = {
    word: count
    for count, word in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), start=2)
}
_KOREAN_ORDER = {"두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5}
_PAIRS = re.compile(
    r"(?<![가-힣])(?:양(?=강|국|사|측|대 |쪽|자 )|둘(?=[ 다은이을도의,.])|두(?= ))|(?<![A-Za-z])(?:pair|couple|two)(?![A-Za-z])",
    re.IGNORECASE,
)
_HYPHEN = re.compile(
    r"(?<=\d)-(?=(?:thousand|million|billion|trillion|percent|fold|year|month|day|hour|minute|model|parameter)s?(?![A-Za-z]))"
)
_BARE_SCALES = frozenset("십백천만억조")
_TWICE = re.compile(
    r"(?<![A-Za-z])(?:(?P<two>doubl(?:es?|ed|ing)|twice|twofold)|(?P<three>tripl(?:es?|ed|ing)|treble[ds]?)"
    r"|(?P<four>quadrupl(?:es?|ed|ing))|(?P<half>halv(?:es?|ed|ing)))(?![A-Za-z])|(?P<fold>갑절|곱절|배로(?= ?[늘증뛰]))"
    r"|(?<=by |to |an )(?:a|one) (?P<part>third|quarter|fifth|tenth)(?![A-Za-z])(?! (?:of|year|time|party|place))",
    re.IGNORECASE,
)
_FOLDS = {"two": Fraction(2), "three": Fraction(3), "four": Fraction(4), "half": Fraction(1, 2), "fold": Fraction(2)}
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_MONTHS = {
    name: count
    for count, name in enumerate(
        "January February March April May June July August September October November December".split(), start=1
    )
}
_MONTH = re.compile(
    rf"(?<![A-Za-z])(?P<name>{'|'.join(name for name in _MONTHS if name != 'May')}|May(?= \d)|(?<=\d )May|(?<=in )May)(?![A-Za-z])"
    r"|(?<!\d)(?P<number>1[0-2]|[1-9]) ?월(?!드|급|세|등)"
)
_HALF_YEAR = re.compile("상반기|하반기")
_COUNTER = re.compile(r" ?[가-힣]{1,2}?(?=(?:을|를|이|가)? ?(?:이상|이하|미만|초과|안팎|정도|가량|넘))")
_PASSED = re.compile(r"(?:pass|topp|surpass|exceed|cross)ed \Z", re.IGNORECASE)
_LOWER = re.compile(r"보다 (?:더 )?(?:낮|적|작)|에 ?(?:육박|근접)|에 ?(?:[가-힣]+ )?(?:이르지|미치지|도달하지|못 ?미)")
_HIGHER = re.compile(r"보다 (?:더 )?(?:높|많|크|큰|길)|을? ?넘|이? ?넘")
_ABOUT = re.compile(r"에 ?(?:육박|근접|달하는 것으로)")
_SHORT = re.compile(r"short of (?:[a-z]+ ){0,4}\Z", re.IGNORECASE)
_CLOSE = re.compile(r"(?:close to|near) \Z", re.IGNORECASE)
_AS_MUCH = re.compile(r"as (?:much|many) as \Z|over \Z", re.IGNORECASE)


class NumberMention(NamedTuple):
    """A number, its position, and every bound that the words around it may mean."""

    value: Fraction
    upper: Fraction | None
    bounds: frozenset[str]
    unit: str | None
    """A unit of `knowledge.text.quantities.amounts`, or `YEAR`, `ORDER`, `LOOSE`, `WORD` or `MONTH`."""
    start: int
    end: int
    is_name: bool = False
    """True if it touches letters: GPT-4, H100."""
    is_spelt: bool = False
    """True for a word that need not have a counterpart in another language: second, 두 회사."""


_EXACT = frozenset({"exact"})


@lru_cache(maxsize=256)
def find_numbers(words: str) -> tuple[NumberMention, ...]:
    """Return the numbers in some words (a few hundred characters at most), by position."""
    words = _HYPHEN.sub(" ", words)
    found = [_amount(words, mention) for mention in find_amounts(words)]
    for more in (_folds(words), _years(words), _months(words), _loose(words), _spelt(words)):
        for number in more:
            if not any(number.start < other.end and other.start < number.end for other in found):
                found.append(number)
    return tuple(sorted(found, key=lambda number: number.start))


def find_numbers_within(body: str, start: int, end: int) -> Iterator[NumberMention]:
    """Yield the numbers in a range of a text; a bound or unit that the range cuts off still counts."""
    first, last = max(0, start - _WINDOW), min(len(body), end + _WINDOW)
    for found in find_numbers(body[first:last]):
        number = found._replace(start=found.start + first, end=found.end + first)
        digits = [at for at in range(number.start, number.end) if body[at].isdigit()]
        if digits:
            if start <= digits[0] and digits[-1] < end:
                yield number
        elif number.start < end and start < number.end:
            yield number


def _amount(words: str, mention: AmountMention) -> NumberMention:
    amount = mention.amount
    upper = None if amount.upper is None else Fraction(amount.upper)
    bounds = {str(amount.bound)}
    before, after = words[max(0, mention.start - 12) : mention.start], words[mention.end : mention.end + 8]
    amount_words = words[mention.start : mention.end].lower()
    for pattern, bound in ((_LOWER, "less_than"), (_HIGHER, "more_than"), (_ABOUT, "about")):
        if amount.bound == "exact" and pattern.match(after):
            bounds.add(bound)
    if amount.bound == "exact" and _SHORT.search(words[max(0, mention.start - 40) : mention.start]):
        bounds.add("less_than")
    if amount.bound == "exact" and amount.unit is None and amount.upper is None:
        bounds |= _bounds(words, mention.start, mention.end)
        bounds -= _EXACT if len(bounds) > 1 else frozenset()
    if amount.bound == "exact" and _PASSED.search(before):
        bounds.add("more_than")
    if amount.bound == "exact" and _CLOSE.search(before):
        bounds.add("about")
    if _AS_MUCH.search(before) or amount_words.startswith(("as much as", "as many as")):
        bounds |= {"exact", "more_than"}
    if amount.bound == "several":
        bounds = {"several", "more_than", "at_least", "about"}
    return NumberMention(amount.ratio, upper, frozenset(bounds), amount.unit, mention.start, mention.end)


def _folds(words: str) -> Iterator[NumberMention]:
    for match in _TWICE.finditer(words):
        part = match["part"]
        value = Fraction(1, _PARTS[part.lower()]) if part else _FOLDS[str(match.lastgroup)]
        unit = None if part or match.lastgroup == "half" else "times"
        yield NumberMention(value, None, _bounds(words, *match.span()), unit, *match.span())


def _years(words: str) -> Iterator[NumberMention]:
    for match in _YEAR.finditer(words):
        before, after = words[max(0, match.start() - 1) : match.start()], words[match.end() : match.end() + 1]
        touches = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha() and after != "s")
        if not touches:
            yield NumberMention(Fraction(int(match[0])), None, _EXACT, YEAR, *match.span())


def _months(words: str) -> Iterator[NumberMention]:
    for match in _MONTH.finditer(words):
        value = _MONTHS[match["name"]] if match["name"] else int(match["number"])
        yield NumberMention(Fraction(value), None, _EXACT, MONTH, *match.span())


def _loose(words: str) -> Iterator[NumberMention]:
    """Yield digits that are no amount: ordinals, days, bare counts, and parts of names."""
    for numeral in find_numerals(words):
        if numeral.kind in {"word", "several"} or numeral.value > Decimal("1E40"):
            continue
        before, after = words[max(0, numeral.at - 8) : numeral.at], words[numeral.end : numeral.end + 4]
        is_order = _ORDER_AFTER.match(after) or _ORDER_BEFORE.search(before)
        is_name = re.search(r"[A-Za-z]-?\Z", before) is not None or re.match(r"-?[A-Za-z]", after) is not None
        value = Fraction(numeral.value)
        unit = ORDER if is_order else LOOSE
        bounds = _EXACT if is_order or is_name else _bounds(words, numeral.at, numeral.end)
        yield NumberMention(value, None, bounds, unit, numeral.at, numeral.end, is_name=is_name and not is_order)


def _spelt(words: str) -> Iterator[NumberMention]:
    """Yield numbers in words without a known unit: three rivals, 세 회사, second place. The number 1 is left out."""
    for match in _ordinal().finditer(words):
        count = _ORDINALS.get((match["word"] or "").lower()) or _KOREAN_ORDER[match["korean"]]
        yield NumberMention(Fraction(count), None, _EXACT, ORDER, *match.span(), is_spelt=True)
    for match in _HALF_YEAR.finditer(words):
        half = 1 if match[0] == "상반기" else 2
        yield NumberMention(Fraction(half), None, _EXACT, ORDER, *match.span(), is_spelt=True)
    for match in _PAIRS.finditer(words):
        yield NumberMention(Fraction(2), None, _EXACT, WORD, *match.span(), is_spelt=True)
    for word in find_number_words(words):
        numeral = words[word.number.at : word.number.end]
        if (
            word.number.kind == "word"
            and word.upper is None
            and word.number.value > 1
            and not (numeral in {"네", "열"} or set(numeral) <= _BARE_SCALES)
        ):
            value, start, end = Fraction(word.number.value), word.number.at, word.number.end
            yield NumberMention(value, None, _bounds(words, start, end), WORD, start, end, is_spelt=True)


def _bounds(words: str, start: int, end: int) -> frozenset[str]:
    """Return the bound of a number whose counter is not a known unit: 30곳 이상."""
    before = find_bound_before(words[max(0, start - 20) : start])
    counter = _COUNTER.match(words, end)
    after = find_bound_after(words, end) or (find_bound_after(words, counter.end()) if counter else None)
    found = after or before
    return frozenset({found.bound}) if found else _EXACT


@lru_cache(maxsize=1)
def _ordinal() -> re.Pattern[str]:
    words = "|".join(_ORDINALS)
    return re.compile(
        rf"(?<![A-Za-z0-9-])(?<!per )(?<!each )(?<!\ba )(?<!one )(?<!\d )(?P<word>{words})(?![A-Za-z])"
        rf"|(?<![가-힣])(?P<korean>{'|'.join(_KOREAN_ORDER)}) ?번째",
        re.IGNORECASE,
    )


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
