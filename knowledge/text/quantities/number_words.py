"""Number words that are common in print: 두 배, 서너 개, 수십 명, three models, half a million, 3분의 1, two-thirds."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from knowledge.text.quantities.numerals import ENGLISH, EXACT, KOREAN, KOREAN_SMALL, Numeral

_NATIVE = {
    word: Decimal(count) for count, word in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(), start=1)
}
_NATIVE |= {"스무": Decimal(20)}
_ROUGH = {"한두": (1, 2), "두세": (2, 3), "서너": (3, 4), "네다섯": (4, 5), "대여섯": (5, 6), "예닐곱": (6, 7)}
_SINO = {word: count for count, word in enumerate("일이삼사오육칠팔구십", start=1)} | {"백": 100, "천": 1000}
_TO_NINETEEN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_DIGITS = _TO_NINETEEN.split()[:9]
_CARDINALS = {word: Decimal(count) for count, word in enumerate(_TO_NINETEEN.split(), start=1)}
_CARDINALS |= {
    word: Decimal(10 * count)
    for count, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_CARDINALS |= {"a": Decimal(1), "half a": Decimal("0.5")}
_GROUPS = {"dozen": Decimal(12), "hundred": Decimal(100)}
# Nobody counts by twelve in "dozens": it is 수십.
_ORDERS = {"tens": 1, "dozens": 1, "dozen": 1, "hundreds": 2, "hundred": 2}
_SCALES = ("scale", "scale_1", "scale_2", "scale_3", "scale_4")
_PARTS = {
    word: parts
    for parts, word in enumerate("half third quarter fifth sixth seventh eighth ninth tenth".split(), start=2)
}
_MOST_BARE = 10  # 9/11 is a date, 9/11ths a fraction


class NumberWord(NamedTuple):
    """A number in words."""

    number: Numeral
    upper: Decimal | None = None
    """The other end, where the word is a range: 서너 is three to four."""
    unit: str | None = None
    """The unit that is part of the word: twice."""


def find_number_words(text: str) -> Iterator[NumberWord]:
    """Yield candidates for numbers in words: the unit behind them decides (한 개, but 한 나라)."""
    for pattern, read in ((_korean(), _read_korean), (_english(), _read_english)):
        yield from filter(None, map(read, pattern.finditer(text)))


def find_fractions(text: str) -> Iterator[tuple[Numeral, int]]:
    """Yield fractions with their number of parts: 3분의 1, 절반, 1/3, 5/12ths, two-thirds, a quarter of."""
    for match in _fraction().finditer(text):
        count, parts = _count_parts(match)
        if 0 < count < parts and (parts <= _MOST_BARE or match["ordinal"] or match["parts"]):
            yield Numeral(Decimal(count), match.start(), match.start(), match.end(), "word"), parts


def _read_korean(match: re.Match[str]) -> NumberWord | None:
    word, place = match["native"], (match.start(), match.start(), match.end())
    if word in _ROUGH:
        low, high = map(Decimal, _ROUGH[word])
        return NumberWord(Numeral(low, *place, "word"), high)
    if word:
        return NumberWord(Numeral(_NATIVE[word], *place, "word"))
    small, large = match["small"], match["large"]
    if not (small or large) or (large == "조" and not match["several"]):
        return None
    value = KOREAN_SMALL.get(small, Decimal(1)) * KOREAN.get(large, Decimal(1))
    return NumberWord(Numeral(value, *place, "several" if match["several"] else "word"))


def _read_english(match: re.Match[str]) -> NumberWord | None:
    place = (match.start(), match.start(), match.end())
    if match["twice"]:
        return NumberWord(Numeral(Decimal(2), *place, "word"), unit="times")
    scale_word = next(filter(None, map(match.group, _SCALES)), "").lower().removesuffix("s")
    scale = ENGLISH.get(scale_word, Decimal(1))
    if not match["count"]:
        order = _ORDERS.get((match["order"] or match["some"] or "").lower(), 0)
        return NumberWord(Numeral(scale.scaleb(order), *place, "several"))
    count, group = match["count"].lower(), (match["group"] or "").lower()
    if count in {"a", "half a"} and not (group or scale_word):
        return None
    value = _CARDINALS[count] + _CARDINALS.get((match["ones"] or "").lower(), Decimal(0))
    value = EXACT.multiply(value * _GROUPS.get(group, Decimal(1)), scale)
    return NumberWord(Numeral(value, *place, "scaled" if scale_word else "word", scale))


def _count_parts(match: re.Match[str]) -> tuple[int, int]:
    if match["parts"]:
        return _SINO.get(match["of"]) or int(match["of"]), _SINO.get(match["parts"]) or int(match["parts"])
    if match["slash"]:
        return int(match["over"]), int(match["slash"])
    if match["name"]:
        return int(_CARDINALS[match["count"].lower()]), _PARTS[match["name"].lower()]
    return 1, _PARTS[match["single"].lower()] if match["single"] else 2


@lru_cache(maxsize=1)
def _korean() -> re.Pattern[str]:
    native = "|".join(sorted(_ROUGH.keys() | _NATIVE.keys(), key=len, reverse=True))
    return re.compile(
        # 한 배 is one boat, 세배 a bow at New Year.
        rf"(?<!\w)(?:(?P<native>(?!한 ?배|세배)(?:{native}))(?= |개|명|배|시간|달)"
        r"|(?=[수몇십백천만억])(?P<several>[수몇] ?)?(?P<small>[십백천])?(?P<large>[만억조])?)"
    )


@lru_cache(maxsize=1)
def _english() -> re.Pattern[str]:
    scales = "|".join(ENGLISH)
    words = "|".join(sorted(_CARDINALS, key=len, reverse=True))
    several = (
        rf"(?P<order>tens|dozens|hundreds)(?: of (?P<scale_1>(?:{scales})s))? of|(?P<scale_2>(?:{scales})s) of"
        rf"|several (?:(?P<some>dozen|hundred)(?: (?P<scale_3>{scales}))?|(?P<scale_4>{scales}))"
    )
    cardinal = rf"(?P<count>{words})(?:-(?P<ones>{'|'.join(_DIGITS)}))?(?: (?P<group>dozen|hundred))?(?:[ -](?P<scale>{scales}))?"
    return re.compile(
        r"(?<![A-Za-z0-9-])(?:(?P<twice>twice)(?= (?:as|the|that|its|their) )"
        rf"|(?:{several})(?![A-Za-z])|{cardinal}(?=fold|(?![A-Za-z])))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _fraction() -> re.Pattern[str]:
    names = "|".join(name for name in _PARTS if name not in {"half", "quarter"})
    return re.compile(
        r"(?<![\w.])(?P<parts>\d{1,4}|[이삼사오육칠팔구십백천])분의 ?(?P<of>\d{1,4}|[일이삼사오](?![가-힣]{2}))(?!\d|[.,]\d)"
        r"|(?<![\w./-])(?P<over>\d{1,4})/(?P<slash>\d{1,4})(?P<ordinal>(?:st|nd|rd|th)s?)?(?![A-Za-z0-9_/]|[.-]\d)"
        # "A third model" and "three quarters in a row" are counted otherwise.
        rf"|(?<![A-Za-z-])(?P<count>{'|'.join(_DIGITS)})[ -](?P<name>(?:half(?![A-Za-z-])|(?:{names})|quarter(?=s?(?: of |-))|(?<=-)quarter))s?(?![A-Za-z-])"
        rf"|(?<![A-Za-z-])a (?P<single>{names}|quarter)(?= of (?!\d))"
        r"|(?<![가-힣])절반"
        r"|(?<![A-Za-z-])(?<!first )(?<!second )(?<!latter )(?<!other )(?<!better )half(?![A-Za-z-])(?! (?:an?|years?|hours?|times?|of \d{4})(?![A-Za-z]))",
        re.IGNORECASE,
    )
