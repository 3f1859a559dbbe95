"""Numbers as Korean and English write them, exactly: 460만, 2억, 10자, 6,500, 4.6 million. Pure functions on `Decimal`."""

import re
from decimal import Context, Decimal
from functools import lru_cache

from knowledge.model import Bound, Figure, Language

# Korean groups digits by 10^4, English (short scale) by 10^3.
_KOREAN = {unit: Decimal(10) ** (4 * power) for power, unit in enumerate("만억조경해자양구간정재극", start=1)}
_KOREAN_SMALL = {"십": Decimal(10), "백": Decimal(100), "천": Decimal(1000)}
_ENGLISH = {
    word: Decimal(1000) ** power
    for power, word in enumerate(
        "thousand million billion trillion quadrillion quintillion sextillion septillion octillion".split(), start=1
    )
}
# Wide enough for every number that the units above can write; the default of 28 digits would round.
_EXACT = Context(prec=100)

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# Most unit characters are also ordinary syllables (조금, 정도, 경기): they count as units only where the word ends or a counter
# or further digits follow.
_WORD_ENDS = r"(?![가-힣])|(?=원|달러|유로|위안|엔|개|년|명|배|건|톤|번)"
_LARGE = rf"(?:[만억]|[{''.join(set(_KOREAN) - set('만억'))}](?:{_WORD_ENDS}))"
_SMALL = rf"(?:{_DIGITS})?[천백십]"
_GROUP = rf"(?:(?:{_DIGITS}[천백십])(?:{_SMALL})*(?:{_DIGITS})?{_LARGE}?|(?:{_DIGITS}){_LARGE})"
_LETTERS = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "t": "trillion"}
_KOREAN_PART = re.compile(rf"({_DIGITS})|([천백십])|([{''.join(_KOREAN)}])")

_BOUNDS: dict[Bound, tuple[str, str]] = {
    "exact": ("{}", "{}"),
    "about": ("약 {}", "about {}"),
    "at_least": ("{} 이상", "at least {}"),
    "at_most": ("{} 이하", "at most {}"),
    "less_than": ("{} 미만", "less than {}"),
    "more_than": ("{} 초과", "more than {}"),
    "between": ("{} ~ {}", "{} to {}"),
}
_UNITS: dict[str, tuple[str, str]] = {
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
}
UNITS = frozenset(_UNITS)


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    """What a number looks like; compiled when the first one is looked for, long after the start of a server."""
    return re.compile(
        rf"(?P<sign>(?<![\w.)])[-−])?(?:(?P<korean>{_GROUP}(?:\s?{_GROUP})*(?:{_DIGITS})?)"
        rf"|(?P<several>(?:수[천백십]?|[천백십]){_LARGE})"
        rf"|(?P<currency>[$€£¥₩])?(?P<digits>{_DIGITS})(?:\s(?P<word>{'|'.join(_ENGLISH)})\b|(?P<letter>(?<=\d)(?:bn|[KMBT])\b))?)",
        re.IGNORECASE,
    )


def numbers(text: str) -> tuple[Decimal, ...]:
    """Every number in `text`, in order; a Korean number with its units (1조 2천억) is one; 수조 (trillions) reads as 1조."""
    return tuple(value for match in _number().finditer(text) for value in _read(match))


def write_number(value: Decimal, language: Language) -> str:
    """`value` with large numbers grouped as the language does, no digit lost: 460만, 4.6 million, 6,500."""
    sign = "-" if value < 0 else ""
    return sign + (_write_korean(value.copy_abs()) if language == "ko" else _write_english(value.copy_abs()))


def write_figure(figure: Figure, language: Language) -> str:
    """A figure with its bound and unit: `약 20와트`, `at least 180%`, `460만 달러`."""
    column = 0 if language == "ko" else 1
    ends = [end for end in (figure.value, figure.upper) if end is not None]
    return _BOUNDS[figure.bound][column].format(
        *(_with_unit(end, _UNITS[figure.unit][column], language) for end in ends)
    )


def _with_unit(value: Decimal, pattern: str, language: Language) -> str:
    singular = pattern.removesuffix("s") if language == "en" and value == 1 else pattern
    return singular.format(write_number(value, language))


def _read(match: re.Match[str]) -> list[Decimal]:
    if match["korean"]:
        values = _read_korean(match["korean"])
    elif match["several"]:
        values = _read_korean(match["several"].removeprefix("수"))
    else:
        word = _LETTERS.get((match["letter"] or "").lower(), match["word"] or "")
        values = [_EXACT.multiply(_read_digits(match["digits"]), _ENGLISH.get(word.lower(), Decimal(1)))]
    return [values[0].copy_negate(), *values[1:]] if match["sign"] else values


def _read_korean(text: str) -> list[Decimal]:
    """One number as long as the units go down (2조5천300억), another where they do not (1만 2만)."""
    values: list[Decimal] = []
    total, group, digits, last = Decimal(0), Decimal(0), None, Decimal("Infinity")
    for number, small, large in _KOREAN_PART.findall(text):
        if number:
            digits = _read_digits(number)
        elif small:
            group = _EXACT.add(group, _EXACT.multiply(Decimal(1) if digits is None else digits, _KOREAN_SMALL[small]))
            digits = None
        else:
            count = _EXACT.add(group, digits or Decimal(0)) if group or digits is not None else Decimal(1)
            if _KOREAN[large] >= last:
                values.append(total)
                total = Decimal(0)
            total = _EXACT.add(total, _EXACT.multiply(count, _KOREAN[large]))
            group, digits, last = Decimal(0), None, _KOREAN[large]
    return [*values, _EXACT.add(total, _EXACT.add(group, digits or Decimal(0)))]


def _read_digits(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _write_korean(value: Decimal) -> str:
    groups: list[str] = []
    rest = value
    for unit, size in reversed(_KOREAN.items()):
        count, rest = _EXACT.divmod(rest, size)
        if count:
            groups.append(f"{count:,f}{unit}")
    text = " ".join(groups)
    return text + _plain(rest) if rest or not text else text


def _write_english(value: Decimal) -> str:
    for word, size in reversed(_ENGLISH.items()):
        scaled = _EXACT.divide(value, size)
        if word != "thousand" and scaled >= 1 and scaled == _EXACT.quantize(scaled, Decimal("0.001")):
            return f"{_plain(scaled)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
