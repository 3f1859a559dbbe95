"""Amounts: a number with its unit and bound, as a value, found in text and written in both languages.

`find_amounts` finds 약 460만 달러, 수조 원, 3년에서 5년, at least $4.6M, two-thirds of. A number is an amount where the text shows it
to be one: by a unit, a scale, thousands separators, a bound or parts. Names and places in an order are none: years (2024년: four
digits, bare, with neither 간 nor 동안 after 년), dates, versions, telephone numbers, 2위, 3rd. What stands on another line never
changes an amount; on its own line only what touches it does. What `write_amount` writes reads back as the same amount.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from knowledge.model import Bound, Language, Value
from knowledge.text.quantities.currencies import CODES, CURRENCIES
from knowledge.text.quantities.numerals import (
    BOUNDS,
    EXACT,
    KOREAN,
    Numeral,
    find_fractions,
    find_number_words,
    find_numerals,
    write_number,
    write_plain,
    write_several,
)
from knowledge.text.quantities.units import (
    UnitMatch,
    find_bound_after,
    find_bound_before,
    find_currency,
    find_thing,
    find_unit,
)


class UnitNoun(NamedTuple):
    """Written forms of a unit that is not money: `lead` and `counter` around a Korean number, `singular` and `plural` after an English one."""

    lead: str
    counter: str
    singular: str
    plural: str


NOUNS = {
    "percent": UnitNoun("", "%", "%", "%"),
    "percentage_points": UnitNoun("", "%p", " percentage point", " percentage points"),
    "times": UnitNoun("", "배", " times", " times"),
    "items": UnitNoun("", "개", " item", " items"),
    "models": UnitNoun("모델 ", "개", " model", " models"),
    "parameters": UnitNoun("매개변수 ", "개", " parameter", " parameters"),
    "tokens": UnitNoun("", " 토큰", " token", " tokens"),
    "people": UnitNoun("", "명", " person", " people"),
    "years": UnitNoun("", "년", " year", " years"),
    "months": UnitNoun("", "개월", " month", " months"),
    "weeks": UnitNoun("", "주간", " week", " weeks"),
    "days": UnitNoun("", "일간", " day", " days"),
    "hours": UnitNoun("", "시간", " hour", " hours"),
    "minutes": UnitNoun("", "분", " minute", " minutes"),
    "seconds": UnitNoun("", "초", " second", " seconds"),
    "watts": UnitNoun("", "와트", " watt", " watts"),
}
UNITS = CODES | NOUNS.keys()
DURATIONS = frozenset({"years", "months", "weeks", "days", "hours", "minutes", "seconds"})

_CURRENCIES = {currency.code: currency for currency in CURRENCIES}
_FEWEST_SEVERAL, _MOST_SEVERAL = Decimal(10), Decimal("1E29")
_MOST_BARE = 10  # 9/11 is a date to a reader, 9/11ths is not


class Amount(Value):
    """An amount of something, as far as a text states it."""

    value: Decimal
    """The number in `unit`; with `parts`, how many of them; with bound `several`, the power of ten of which there are several."""
    upper: Decimal | None = None
    """The other end of a range; only with bound `between`."""
    bound: Bound | Literal["several"] = "exact"
    """The limit that the number sets; `several` (수조, trillions of) gives its order of magnitude and no end."""
    unit: str | None = None
    """ISO 4217 for money, `yen_or_yuan`, or a word such as `models` and `percent`; `None` where the text names none that is known."""
    parts: Annotated[int, Field(ge=1, le=9_999)] = 1
    """Into how many parts the whole is divided: 3분의 1 is value 1 of 3 parts, since a decimal could not say it exactly."""

    @property
    def ratio(self) -> Fraction:
        """Return the number as an exact fraction."""
        return Fraction(self.value) / self.parts

    @property
    def is_money(self) -> bool:
        return self.unit in CODES

    @model_validator(mode="after")
    def _is_sayable(self) -> Self:
        if self.unit is not None and self.unit not in UNITS:
            raise ValueError(f"unit {self.unit!r} is not one of {', '.join(sorted(UNITS))}")
        if (self.bound == "between") != (self.upper is not None):
            raise ValueError("give `upper` with bound `between`, and only then")
        if self.upper is not None and self.upper <= self.value:
            raise ValueError(f"`upper` {self.upper} must be greater than `value` {self.value}")
        if self.bound == "several" and not is_order(self.value):
            raise ValueError(f"several of {self.value} cannot be said: give a power of ten from 10 to 10^29")
        if self.parts > 1 and not self._is_fraction():
            raise ValueError("a fraction has a whole `value` below `parts`, one end, and no unit")
        return self

    def _is_fraction(self) -> bool:
        whole = self.value == self.value.to_integral_value()
        return whole and 0 < self.value < self.parts and self.unit is None and self.bound not in {"between", "several"}


def write_amount(amount: Amount, language: Language) -> str:
    """Return `amount` in words that read back as the same amount: `약 460만 달러`, `at least 14 models`, `수조 원`, `1/3`.

    An amount without a unit reads back where its size (a thousand or more), its bound or its parts show that it is one.
    """
    column = 0 if language == "ko" else 1
    if amount.bound == "several":
        return _several(amount, language)
    lead = NOUNS[amount.unit].lead if language == "ko" and amount.unit in NOUNS else ""
    return lead + BOUNDS[amount.bound][column].format(*_ends(amount, language))


def _ends(amount: Amount, language: Language) -> list[str]:
    if amount.parts > 1:
        return [_fraction(int(amount.value), amount.parts, language)]
    ends = [end for end in (amount.value, amount.upper) if end is not None]
    numbers = [write_number(end.copy_abs(), language) for end in ends]
    if len({number.replace(",", "").replace(".", "").isdigit() for number in numbers}) > 1:
        # "3 to 5 million" means three million: where only one end has a scale, neither is written with it.
        numbers = [write_plain(end.copy_abs()) for end in ends]
    return [
        ("-" if end < 0 else "") + _with_unit(number, amount.unit, language)
        for end, number in zip(ends, numbers, strict=True)
    ]


def _with_unit(number: str, unit: str | None, language: Language) -> str:
    if unit is None:
        return number
    if unit in _CURRENCIES:
        currency = _CURRENCIES[unit]
        return f"{number} {currency.korean}" if language == "ko" else currency.sign + number
    noun = NOUNS[unit]
    if language == "en":
        return number + (noun.singular if number == "1" else noun.plural)
    return (
        f"{number} {noun.counter}"
        if "가" <= number[-1] <= "힣" and noun.counter[0].isalpha()
        else number + noun.counter
    )


def _several(amount: Amount, language: Language) -> str:
    number = write_several(amount.value, language)
    unit = amount.unit
    if language == "ko":
        return (NOUNS[unit].lead if unit in NOUNS else "") + _with_unit(number, unit, "ko")
    if unit is None:
        return number
    return f"{number} of {_CURRENCIES[unit].english if unit in _CURRENCIES else _plural(unit)}"


def _plural(unit: str) -> str:
    return "percent" if unit == "percent" else NOUNS[unit].plural.strip()


def _fraction(count: int, parts: int, language: Language) -> str:
    if language == "ko":
        return f"{parts}분의 {count}"
    return f"{count}/{parts}" + ("" if parts <= _MOST_BARE else _ordinal(parts) + "s" * (count > 1))


def _ordinal(number: int) -> str:
    return "th" if number % 100 // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def is_order(value: Decimal) -> bool:
    """Check that there can be several of `value`: a power of ten from 10 to 10^29."""
    return _FEWEST_SEVERAL <= value <= _MOST_SEVERAL and value == Decimal(1).scaleb(value.adjusted())


# Each sign of another width reads as the usual one; one character for one, so that places stay.
_USUAL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(other): usual
    for other, usual in {
        "\u3000": " ",
        "\u00a0": " ",
        "\u202f": " ",
        "₩": "₩",
        "¥": "¥",
        "£": "£",
        "−": "-",
        "〜": "~",
        "∼": "~",
    }.items()
}
_WINDOW = 32  # as far as anything that belongs to a number stands from it

_FOUR_DIGITS = re.compile(r"[12]\d{3}")
_INSIDE_LEFT = re.compile(r"(?:[A-Za-z0-9_]|[^\W\d]-|\d[.,:/~-]|['’#±^]|(?<!\w)만|제 ?|[Nn]o\. ?)\Z")
_INSIDE_RIGHT = re.compile(r"[A-Za-z0-9_]|[.,:/-]\d| ?번째|위|차(?!례)|호|월|일")
_MINUS = re.compile(r"(?<![\w.)%])-\Z|(?<![가-힣A-Za-z])(?:마이너스 ?|minus |△)\Z")
_CLOCK = re.compile(r"시 ?\Z")
_RANGE = re.compile(r" ?[~–—] ?|-| to |(?:에서|부터) ?(?:최대 )?| ?~ ?최대 | ?내지 | and ")
_SCALE = re.compile(rf"[{''.join(KOREAN)}A-Za-z]")
_CHANGE_LEFT = re.compile(r"(?<![A-Za-z])from \Z", re.IGNORECASE)
_BETWEEN_LEFT = re.compile(r"(?<![A-Za-z])between \Z", re.IGNORECASE)
_CHANGE_RIGHT = re.compile(r"으?로(?![가-힣])")


class AmountMention(NamedTuple):
    """An amount and where it stands: code points, half-open, with its bound and unit; `text[start:end]` are the words."""

    amount: Amount
    start: int
    end: int


class _Part(NamedTuple):
    """A number with the unit beside it."""

    number: Numeral
    unit: UnitMatch | None
    start: int
    end: int
    counted: bool
    """The unit stands after the number, so the number has a scale of its own."""
    parts: int = 1
    upper: Decimal | None = None
    odd: bool = False
    """여 follows: somewhat more (20여 년)."""


def find_amounts(text: str) -> tuple[AmountMention, ...]:
    """Return every amount in `text`, in order, in either language; never raises, in time linear in the length of `text`."""
    plain = text.translate(_USUAL)
    parts = [_join_unit(plain, part) for part in _parts(plain)]
    return tuple(mention for part in _join_ranges(plain, parts) if (mention := _mention(plain, part)))


def _parts(text: str) -> Iterator[_Part]:
    """Return numbers and number words in order; where two overlap, the first to begin, and of those the longer."""
    found = [_Part(number, None, number.start, number.end, False) for number in find_numerals(text)]
    found += [
        _Part(
            word.number,
            UnitMatch(word.unit, 0) if word.unit else None,
            word.number.start,
            word.number.end,
            bool(word.unit),
            upper=word.upper,
        )
        for word in find_number_words(text)
    ]
    found += [_Part(number, None, number.start, number.end, False, parts) for number, parts in find_fractions(text)]
    end = 0
    for part in sorted(found, key=lambda part: (part.start, -part.end)):
        if part.start >= end:
            end = part.end
            yield part


def _join_unit(text: str, part: _Part) -> _Part:
    if part.parts > 1 or part.unit:
        return part
    number = part.number
    sign = find_currency(text[max(0, number.at - _WINDOW) : number.at])
    word = find_unit(text, number.end, large=number.kind != "plain" or "," in text[number.at : number.end])
    part = part._replace(unit=sign, start=min(part.start, number.at - sign.length) if sign else part.start)
    if word and (sign is None or word.name == sign.name):
        part = _scaled(part, word.factor)
        part = part._replace(unit=word, end=number.end + word.length, counted=True, odd=word.odd)
    return _negated(text, part)


def _scaled(part: _Part, factor: Decimal) -> _Part:
    upper = None if part.upper is None else EXACT.multiply(part.upper, factor)
    return part._replace(number=part.number._replace(value=EXACT.multiply(part.number.value, factor)), upper=upper)


def _negated(text: str, part: _Part) -> _Part:
    """Return the part with the minus that stands before a currency (-US$5) or is a word (마이너스 3%)."""
    minus = _MINUS.search(text[max(0, part.start - _WINDOW) : part.start])
    if minus is None or part.upper is not None or part.number.value < 0 or (minus[0] == "-" and part.unit is None):
        return part
    number = part.number._replace(value=part.number.value.copy_negate())
    return part._replace(number=number, start=part.start - len(minus[0]))


def _join_ranges(text: str, parts: list[_Part]) -> Iterator[_Part]:
    index = 0
    while index < len(parts):
        joined = _range(text, parts[index], parts[index + 1]) if index + 1 < len(parts) else None
        yield joined or parts[index]
        index += 2 if joined else 1


def _range(text: str, low: _Part, high: _Part) -> _Part | None:
    """Return the two as one range, where the words between and around them make them its ends, not a change from one to the other."""
    link = _RANGE.fullmatch(text, low.end, high.start)
    if not link or not _share_unit(low, high) or {low.number.kind, high.number.kind} & {"several"}:
        return None
    before = text[max(0, low.start - _WINDOW) : low.start]
    between = _BETWEEN_LEFT.search(before)
    if bool(between) != (link[0] == " and ") or _CHANGE_LEFT.search(before):
        return None
    if link[0].startswith("에서") and _CHANGE_RIGHT.match(text, high.end):
        return None
    if link[0] == "-" and low.unit is None and high.unit is None:
        return None
    value = low.number.value
    shared = EXACT.multiply(value, high.number.scale)
    bare = low.number.kind in {"plain", "word"} or not _SCALE.search(text, low.number.at, low.number.end)
    if bare and not low.counted and shared < high.number.value:
        value = shared
    if low.unit is None and high.unit is not None:
        value = EXACT.multiply(value, high.unit.factor)
    if value >= high.number.value:
        return None
    number = high.number._replace(value=value)
    start = low.start - len(between[0]) if between else low.start
    return high._replace(number=number, unit=high.unit or low.unit, start=start, upper=high.number.value)


def _share_unit(low: _Part, high: _Part) -> bool:
    if low.parts > 1 or high.parts > 1 or low.upper is not None or high.upper is not None:
        return False
    if low.unit is None or high.unit is None:
        return low.unit is None or not low.counted
    return low.unit.name == high.unit.name


def _mention(text: str, part: _Part) -> AmountMention | None:
    part = _name_things(text, part)
    start, before = _prefix(text, part)
    end, after = _suffix(text, part)
    if _is_name(text, part, bounded=bool(before or after)):
        return None
    bound: Bound | Literal["several"] = (before if after == "about" else after) or before or after or "exact"
    if part.upper is not None:
        bound = "between"
    elif part.number.kind == "several":
        bound, start, end = "several", part.start, part.end
    upper = None if part.upper is None else _plain(part.upper)
    unit = part.unit.name if part.unit else None
    amount = Amount(value=_plain(part.number.value), upper=upper, bound=bound, unit=unit, parts=part.parts)
    return AmountMention(amount, start, end)


def _name_things(text: str, part: _Part) -> _Part:
    """Return the part with the thing that 개 counts, if the words before say it (모델 14개, 매개변수는 약 2억 개)."""
    if part.unit is None or part.unit.name != "items":
        return part
    start, bound = _prefix(text, part)
    thing = find_thing(text[max(0, start - _WINDOW) : start])
    if thing is None:
        return part
    named = part._replace(unit=part.unit._replace(name=thing.name))
    reach = part._replace(start=start - thing.length)
    return named if bound or not _prefix(text, reach)[1] else named._replace(start=reach.start)


def _plain(value: Decimal) -> Decimal:
    """Return `value` in as many digits as it needs: 4600000, where 4.6 million came to 4600000.0."""
    return Decimal(f"{value.normalize(EXACT):f}")


def _prefix(text: str, part: _Part) -> tuple[int, Bound | None]:
    """Return the position and the bound of the words before the amount; of two (최대 약) the limit counts."""
    start, bound = part.start, None
    for _ in range(2):
        found = find_bound_before(text[max(0, start - _WINDOW) : start])
        if found is None or (found.word == "over" and part.unit and part.unit.name in DURATIONS):
            break  # "over 20 years" may mean "during"
        start -= found.length
        bound = bound if bound not in {None, "about"} else found.bound
    return start, bound


def _suffix(text: str, part: _Part) -> tuple[int, Bound | None]:
    if found := find_bound_after(text, part.end):
        return part.end + found.length, found.bound
    return part.end, "more_than" if part.odd else None


def _is_name(text: str, part: _Part, *, bounded: bool) -> bool:
    """Check that the number names something (a year, a version, a rank) rather than says how much."""
    if _INSIDE_LEFT.search(text[max(0, part.start - 4) : part.start]):
        return True
    if re.match(r"-\d", text[part.end : part.end + 2]):
        return True
    if part.number.kind == "several" and not is_order(part.number.value):
        return True
    if part.unit is None:
        return part.parts == 1 and _is_bare(text, part, bounded=bounded)
    return _is_calendar(text, part) or _is_version(text, part)


def _is_bare(text: str, part: _Part, *, bounded: bool) -> bool:
    number, words = part.number, text[part.number.at : part.number.end]
    if _INSIDE_RIGHT.match(text, part.end):
        return True
    if number.kind == "plain":
        return _FOUR_DIGITS.fullmatch(words) is not None or not (bounded or "," in words)
    if number.kind == "several":
        return not re.search("[십백천억a-z]", words)  # 수만, 수조 are other words too: "할 수만", 수조차
    return number.kind in {"letter", "word"}


def _is_calendar(text: str, part: _Part) -> bool:
    """Check for years and times of day: 2024년, '24년, 07년, 10시 5분; but 2000년간 and 2,000년 are durations."""
    words, rest = text[part.number.at : part.number.end], text[part.number.end : part.end + 4]
    if part.unit and part.unit.name == "minutes":
        return _CLOCK.search(text[max(0, part.start - 3) : part.start]) is not None
    bare = _FOUR_DIGITS.fullmatch(words) or re.fullmatch(r"0\d", words)
    return bool(bare) and re.match(r" ?년(?!간| ?동안)", rest) is not None


def _is_version(text: str, part: _Part) -> bool:
    """Check that a name stands right before a number with an English noun (Llama 3 models); a sentence may begin with any word."""
    noun = re.match(r" [A-Za-z]", text[part.number.end : part.end])
    if not noun or part.number.kind != "plain" or "," in text[part.number.at : part.number.end]:
        return False
    line = text[max(0, part.start - _WINDOW) : part.start].rpartition("\n")[2]
    name = re.search(r"[^\s.!?:;\"'“(] ([A-Z][A-Za-z]*) \Z", line)
    return name is not None and name[1].lower() not in _NO_NAMES


_NO_NAMES = frozenset(
    "about above all and another approximately around at between below but by exceeding fewer for from her his in its less more my nearly no of only or our over roughly some than that the their these those to under up with your".split()
)
