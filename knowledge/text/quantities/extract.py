"""Extraction of amounts from text: 약 460만 달러, 수조 원, 3년에서 5년, at least $4.6M, two-thirds of.

A number is an amount where the text shows it to be one: by a unit, a scale, thousands separators, a bound or parts. Names and places in
an order are none: years (2024년: four digits, bare, with neither 간 nor 동안 after 년), dates, versions, telephone numbers, 2위, 3rd.
What stands on another line never changes an amount; on its own line only what touches it does.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from knowledge.model.records import Bound
from knowledge.text.quantities.amounts import DURATIONS, Amount, is_order
from knowledge.text.quantities.bounds import find_bound_after, find_bound_before
from knowledge.text.quantities.number_words import find_fractions, find_number_words
from knowledge.text.quantities.numerals import EXACT, KOREAN, Numeral, find_numerals
from knowledge.text.quantities.units import UnitMatch, find_currency, find_thing, find_unit

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
