"""Numerals and number words of Korean and English, exact. Pure functions on `Decimal`.

Digits and scales: 460만, 2억, 10자, 6,500, 4.6 million. Words that are common in print: 두 배, 서너 개, 수십 명, three models,
half a million, 3분의 1, two-thirds.
"""

import re
from collections.abc import Iterator
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from knowledge.model import Bound, Figure, Language

# Korean groups digits by 10^4, English (short scale) by 10^3.
KOREAN = {unit: Decimal(10) ** (4 * power) for power, unit in enumerate("만억조경해자양구간정재극", start=1)}
KOREAN_SMALL = {"십": Decimal(10), "백": Decimal(100), "천": Decimal(1000)}
ENGLISH = {
    word: Decimal(1000) ** power
    for power, word in enumerate(
        "thousand million billion trillion quadrillion quintillion sextillion septillion octillion".split(), start=1
    )
}
# The default of 28 digits would round. Sums, products and whole quotients take no more room than their digits need.
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_ONE = Decimal(1)

# Possessive, and bounded where a failure would look at the same digits again from the next group: hostile text costs linear time.
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,40}+(?!\d|,\d{3})|\d++)(?:\.\d++)?"
# Most unit characters are also ordinary syllables (조금, 정도, 경기): they count as units only where the word ends or a counter
# or further digits follow.
_WORD_ENDS = r"(?![가-힣])|(?=원|달러|불|유로|위안|엔|파운드|개|년|명|배|건|톤|번|이[다고며라었]|였[다고으]|라고)"
_PARTICLES = "(?=를|가|는|에|로|의|와|도|나|여|대|까지|규모|이상|이하|미만|초과|정도|안팎|씩|짜리)"
_LARGE = rf"(?:[만억]|[조경해](?:{_WORD_ENDS}|{_PARTICLES})|[{''.join(KOREAN).translate(dict.fromkeys(map(ord, '만억조경해')))}](?:{_WORD_ENDS}))"
_SMALL = rf"(?:{_DIGITS})?[천백십]"
_GROUP = rf"(?:(?:{_DIGITS}[천백십])(?:{_SMALL})*(?:{_DIGITS})?{_LARGE}?|(?:{_DIGITS}){_LARGE})"
_LETTERS = dict(
    zip("k m mn b bn t tn".split(), "thousand million million billion billion trillion trillion".split(), strict=True)
)
_KOREAN_PART = re.compile(rf"({_DIGITS})|([천백십])|([{''.join(KOREAN)}])")

BOUNDS: dict[Bound, tuple[str, str]] = {
    "exact": ("{}", "{}"),
    "about": ("약 {}", "about {}"),
    "at_least": ("{} 이상", "at least {}"),
    "at_most": ("{} 이하", "at most {}"),
    "less_than": ("{} 미만", "less than {}"),
    "more_than": ("{} 초과", "more than {}"),
    "between": ("{} ~ {}", "{} to {}"),
}
_UNIT_PATTERNS: dict[str, tuple[str, str]] = {
    "USD": ("{} 달러", "US${}"),
    "models": ("{}개", "{} models"),
    "percent": ("{}%", "{}%"),
    "times": ("{}배", "{} times"),
    "years": ("{}년", "{} years"),
    "minutes": ("{}분", "{} minutes"),
    "watts": ("{}와트", "{} watts"),
    "parameters": ("매개변수 {} 개", "{} parameters"),
    "rank": ("{}위", "no. {}"),
    "edition": ("{}회", "edition {}"),
    "KRW": ("{} 원", "₩{}"),
    "EUR": ("{} 유로", "€{}"),
    "JPY": ("{} 엔", "JPY {}"),
    "CNY": ("{} 위안", "CNY {}"),
    "GBP": ("{} 파운드", "£{}"),
    "percentage_points": ("{}%p", "{} percentage points"),
    "tokens": ("{} 토큰", "{} tokens"),
    "people": ("{}명", "{} people"),
    "items": ("{}개", "{} items"),
    "months": ("{}개월", "{} months"),
    "days": ("{}일간", "{} days"),
    "hours": ("{}시간", "{} hours"),
    "seconds": ("{}초", "{} seconds"),
}
FIGURE_UNITS = frozenset(_UNIT_PATTERNS)


class Numeral(NamedTuple):
    """One number in a text."""

    value: Decimal
    start: int
    """Its start, with its minus and currency sign."""
    at: int
    """The start of its digits."""
    end: int
    kind: Literal["plain", "scaled", "letter", "word", "several"]
    """Digits alone, with a scale (만, million), with a letter (4.6M), words alone (천만), several of a scale (수조)."""
    scale: Decimal = _ONE
    """The one scale it is written in, which the lower end of a range shares (1~2조)."""


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    """Return the pattern of a number; compiled at first use, long after the start of a server."""
    return re.compile(
        rf"(?P<sign>(?<![\w.)%])[-−])?(?:(?P<korean>{_GROUP}(?:[^\S\n]?(?:{_GROUP}|[천백십]{{1,3}}{_LARGE}))*(?:{_DIGITS}|[^\S\n]\d,\d{{3}}(?![\d,만억조]))?)"
        rf"|(?P<several>(?:[수몇][천백십]?|[천백십]){_LARGE})"
        rf"|(?P<currency>[$€£¥₩])?(?P<digits>{_DIGITS})"
        rf"(?:[^\S\n](?P<word>{'|'.join(ENGLISH)})(?![A-Za-z])|(?P<letter>(?:(?<=\d)[KMBT]|[^\S\n]?[bmt]n)(?![A-Za-z0-9])))?)",
        re.IGNORECASE,
    )


def parse_numbers(text: str) -> tuple[Decimal, ...]:
    """Return every number in `text`, in order; a Korean number with its units (1조 2천억) is one; 수조 (trillions) reads as 1조."""
    return tuple(numeral.value for numeral in find_numerals(text))


def find_numerals(text: str) -> Iterator[Numeral]:
    """Yield every number in `text` with its place, in order."""
    for match in _number().finditer(text):
        found = _read_match(match)
        if match["sign"]:
            found[0] = found[0]._replace(value=found[0].value.copy_negate(), start=match.start())
        yield from found


def write_number(value: Decimal, language: Language) -> str:
    """Return `value` with large numbers grouped as the language does, no digit lost: 460만, 4.6 million, 6,500."""
    sign = "-" if value < 0 else ""
    return sign + (_write_korean(value.copy_abs()) if language == "ko" else _write_english(value.copy_abs()))


def write_plain(value: Decimal) -> str:
    """Return `value` in digits with thousands separators, without scales."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_several(value: Decimal, language: Language) -> str:
    """Return several of a power of ten from 10 to 10^29 in words: 수십, 수조, dozens, tens of millions."""
    if language == "en":
        scale, rest = divmod(value.adjusted(), 3)
        if not scale:
            return ("dozens", "hundreds")[rest - 1]
        return ("", "tens of ", "hundreds of ")[rest] + list(ENGLISH)[scale - 1] + "s"
    small, large = ("", "십", "백", "천")[value.adjusted() % 4], value.adjusted() // 4
    return "수" + small + (list(KOREAN)[large - 1] if large else "")


def write_figure(figure: Figure, language: Language) -> str:
    """Return a figure with its bound and unit: `약 20와트`, `at least 180%`, `460만 달러`."""
    column = 0 if language == "ko" else 1
    ends = [end for end in (figure.value, figure.upper) if end is not None]
    return BOUNDS[figure.bound][column].format(
        *(_with_unit(end, _UNIT_PATTERNS[figure.unit][column], language) for end in ends)
    )


def _with_unit(value: Decimal, pattern: str, language: Language) -> str:
    singular = pattern.removesuffix("s") if language == "en" and value == 1 else pattern
    return singular.format(write_number(value, language))


def _read_match(match: re.Match[str]) -> list[Numeral]:
    if match["korean"]:
        return _read_korean(match["korean"], match.start("korean"))
    if match["several"]:
        several = match["several"][0] in "수몇"
        [numeral] = _read_korean(match["several"].lstrip("수몇"), match.start("several"))
        return [numeral._replace(end=match.end(), kind="several" if several else "word")]
    letter = (match["letter"] or "").strip().lower()
    scale = ENGLISH.get(_LETTERS.get(letter, match["word"] or "").lower(), _ONE)
    kind: Literal["plain", "scaled", "letter"] = "letter" if letter else "scaled" if match["word"] else "plain"
    start, at = match.start(), match.start("digits")
    return [Numeral(EXACT.multiply(_read_digits(match["digits"]), scale), start, at, match.end(), kind, scale)]


def _read_korean(text: str, offset: int) -> list[Numeral]:
    """Return a single number while the units go down (2조5천300억), another where they do not (1만 2만)."""
    return [_add_up(parts, offset) for parts in _split_korean(text)]


def _split_korean(text: str) -> list[list[re.Match[str]]]:
    """Return the parts of each number: a new one begins after a unit that the next unit does not go below."""
    numbers: list[list[re.Match[str]]] = [[]]
    pending: list[re.Match[str]] = []
    last = Decimal("Infinity")
    for part in _KOREAN_PART.finditer(text):
        pending.append(part)
        if part[3]:
            if KOREAN[part[3]] >= last:
                numbers.append([])
            numbers[-1] += pending
            pending, last = [], KOREAN[part[3]]
    numbers[-1] += pending
    return numbers


def _add_up(parts: list[re.Match[str]], offset: int) -> Numeral:
    total, group, digits = Decimal(0), Decimal(0), None
    for part in parts:
        if part[1]:
            digits = _read_digits(part[1])
        elif part[2]:
            group = EXACT.add(group, EXACT.multiply(_ONE if digits is None else digits, KOREAN_SMALL[part[2]]))
            digits = None
        else:
            count = EXACT.add(group, digits or Decimal(0)) if group or digits is not None else _ONE
            total = EXACT.add(total, EXACT.multiply(count, KOREAN[part[3]]))
            group, digits = Decimal(0), None
    large = [part[3] for part in parts if part[3]]
    start, end = offset + parts[0].start(), offset + parts[-1].end()
    scale = KOREAN[large[0]] if len(large) == 1 and parts[-1][3] else _ONE
    return Numeral(EXACT.add(total, EXACT.add(group, digits or Decimal(0))), start, start, end, "scaled", scale)


def _read_digits(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _write_korean(value: Decimal) -> str:
    groups: list[str] = []
    rest = value
    for unit, size in reversed(KOREAN.items()):
        count, rest = EXACT.divmod(rest, size)
        if count:
            groups.append(f"{count:,f}{unit}")
    text = " ".join(groups)
    return text + write_plain(rest) if rest or not text else text


def _write_english(value: Decimal) -> str:
    for word, size in reversed(ENGLISH.items()):
        scaled = value.scaleb(-size.adjusted(), EXACT)
        if word != "thousand" and scaled >= 1 and EXACT.remainder(scaled, Decimal("0.001")) == 0:
            return f"{write_plain(scaled)} {word}"
    return write_plain(value)


_NATIVE = {
    word: Decimal(count) for count, word in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(), start=1)
}
_NATIVE |= {"스무": Decimal(20)}
_ROUGH = {"한두": (1, 2), "두세": (2, 3), "서너": (3, 4), "네다섯": (4, 5), "대여섯": (5, 6), "예닐곱": (6, 7)}
_SINO = {word: count for count, word in enumerate("일이삼사오육칠팔구십", start=1)} | {"백": 100, "천": 1000}
_TO_NINETEEN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TO_NINE = _TO_NINETEEN.split()[:9]
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
    for pattern, read in ((_korean_words(), _read_korean_word), (_english_words(), _read_english_word)):
        yield from filter(None, map(read, pattern.finditer(text)))


def find_fractions(text: str) -> Iterator[tuple[Numeral, int]]:
    """Yield fractions with their number of parts: 3분의 1, 절반, 1/3, 5/12ths, two-thirds, a quarter of."""
    for match in _fraction().finditer(text):
        count, parts = _count_parts(match)
        if 0 < count < parts and (parts <= _MOST_BARE or match["ordinal"] or match["parts"]):
            yield Numeral(Decimal(count), match.start(), match.start(), match.end(), "word"), parts


def _read_korean_word(match: re.Match[str]) -> NumberWord | None:
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


def _read_english_word(match: re.Match[str]) -> NumberWord | None:
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
def _korean_words() -> re.Pattern[str]:
    native = "|".join(sorted(_ROUGH.keys() | _NATIVE.keys(), key=len, reverse=True))
    return re.compile(
        # 한 배 is one boat, 세배 a bow at New Year.
        rf"(?<!\w)(?:(?P<native>(?!한 ?배|세배)(?:{native}))(?= |개|명|배|시간|달)"
        r"|(?=[수몇십백천만억])(?P<several>[수몇] ?)?(?P<small>[십백천])?(?P<large>[만억조])?)"
    )


@lru_cache(maxsize=1)
def _english_words() -> re.Pattern[str]:
    scales = "|".join(ENGLISH)
    words = "|".join(sorted(_CARDINALS, key=len, reverse=True))
    several = (
        rf"(?P<order>tens|dozens|hundreds)(?: of (?P<scale_1>(?:{scales})s))? of|(?P<scale_2>(?:{scales})s) of"
        rf"|several (?:(?P<some>dozen|hundred)(?: (?P<scale_3>{scales}))?|(?P<scale_4>{scales}))"
    )
    cardinal = rf"(?P<count>{words})(?:-(?P<ones>{'|'.join(_TO_NINE)}))?(?: (?P<group>dozen|hundred))?(?:[ -](?P<scale>{scales}))?"
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
        rf"|(?<![A-Za-z-])(?P<count>{'|'.join(_TO_NINE)})[ -](?P<name>(?:half(?![A-Za-z-])|(?:{names})|quarter(?=s?(?: of |-))|(?<=-)quarter))s?(?![A-Za-z-])"
        rf"|(?<![A-Za-z-])a (?P<single>{names}|quarter)(?= of (?!\d))"
        r"|(?<![가-힣])절반"
        r"|(?<![A-Za-z-])(?<!first )(?<!second )(?<!latter )(?<!other )(?<!better )half(?![A-Za-z-])(?! (?:an?|years?|hours?|times?|of \d{4})(?![A-Za-z]))",
        re.IGNORECASE,
    )
