"""Do the numbers of a statement agree with those of the article's words: value, unit and bound, in either language?"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Finding, Violation, quote
from knowledge.curation.verification.readers.dates import Times, unsaid_years
from knowledge.curation.verification.readers.numbers import LOOSE, MONTH, ORDER, WORD, YEAR, NumberMention
from knowledge.model.records import Bilingual
from knowledge.text.quantities.amounts import NOUNS
from knowledge.text.quantities.currencies import CODES

_COUNTS = frozenset({"items", "models", "parameters", "tokens", "people", LOOSE, WORD, None})
_FREE = frozenset({LOOSE, WORD, ORDER, MONTH, None})
_DIGITS = re.compile(r"\d+")


class QuotedWords(NamedTuple):
    """The article's words that a draft rests on, with their numbers and times."""

    said: str
    numbers: tuple[NumberMention, ...]
    times: Times


def share_unit(one: str | None, other: str | None) -> bool:
    """Whether two numbers may count the same: a bare number, and 개, may count anything that is counted."""
    if one == other or one in _FREE or other in _FREE:
        return not ({one, other} & {"percent", "percentage_points"} and {one, other} & {ORDER, MONTH, "items"})
    if {one, other} == {"yen_or_yuan", "JPY"} or {one, other} == {"yen_or_yuan", "CNY"}:
        return True
    return one in _COUNTS and other in _COUNTS and bool({one, other} & {"items"})


def check_numbers_against_quotes(
    about: str, said: str, numbers: Sequence[NumberMention], words: QuotedWords, names: Collection[str]
) -> Iterator[Finding]:
    """The numbers of a statement that the article's words do not have."""
    years = {int(one.value) for one in numbers if one.unit == YEAR} - words.times.years
    years -= {year for year in years if any(str(year) in name for name in names)}
    if years:
        yield unsaid_years(about, sorted(years), words.times.years)
    groups: dict[tuple[object, object], list[NumberMention]] = {}
    for one in numbers:
        if one.unit != YEAR:
            groups.setdefault((one.value, one.upper), []).append(one)
    for group in groups.values():
        if not any(_is_borne(one, said, words, names) for one in group):
            yield _unborne(about, group[-1], said, words)


def check_numbers_across_languages(
    ko: str, en: str, korean: Sequence[NumberMention], english: Sequence[NumberMention], names: Collection[str]
) -> Iterator[Finding]:
    """The numbers that a statement has in one language only, or with another bound or unit."""
    for about, said, ones, others in (("statement_en", ko, korean, english), ("statement_ko", en, english, korean)):
        there = {one.value for one in ones if _is_among(one, others, ends=True)}  # 4%쯤(약 4%) need be there once
        missing = [one for one in ones if _counts(one) and one.value not in there and not _in_name(one, said, names)]
        if missing:
            numbers = quote(dict.fromkeys(said[one.start : one.end] for one in missing))
            yield messages.NUMBER_MISSING.at(about, numbers=numbers)


def _counts(one: NumberMention) -> bool:
    """Whether a number has to be in both languages: number words come and go in translation, and so do names."""
    return not (one.is_spelt or one.is_name) and not (one.unit == ORDER and one.value == 1)


def _in_name(one: NumberMention, said: str, names: Collection[str]) -> bool:
    """Whether a number is part of a name where it stands: 가람 2."""
    return any(
        said.startswith(name, at)
        for name in names
        for at in range(max(0, one.start - len(name)), one.start + 1)
        if at + len(name) >= one.end
    )


def _is_among(one: NumberMention, others: Sequence[NumberMention], *, ends: bool = False) -> bool:
    """Whether a number is among others; a range is where its ends are in this order, and with `ends` an end where a range is."""
    if any(_alike(one, other) for other in others):
        return True
    if one.upper is not None:
        first = next((other for other in others if (other.value, other.upper) == (one.value, None)), None)
        last = next((other for other in others if (other.value, other.upper) == (one.upper, None)), None)
        return bool(first and last and first.start < last.start and share_unit(one.unit, last.unit))
    return ends and any(other.upper is not None and one.value in {other.value, other.upper} for other in others)


def _alike(one: NumberMention, other: NumberMention) -> bool:
    if (one.value, one.upper) != (other.value, other.upper) or not share_unit(one.unit, other.unit):
        return False
    return bool(one.bounds & other.bounds)


def _is_borne(one: NumberMention, said: str, words: QuotedWords, names: Collection[str]) -> bool:
    if _is_among(one, words.numbers) or _in_name(one, said, names):
        return True
    if one.unit == MONTH:
        return int(one.value) in words.times.months
    digits = said[one.start : one.end]
    if one.unit == ORDER and one.value == 1:
        return (
            re.search(
                r"1위|1st|첫|최초|최다|최대|선두|가장|정상|first|top|lead|most|largest|biggest",
                words.said,
                re.IGNORECASE,
            )
            is not None
        )
    if one.unit in {LOOSE, ORDER}:
        there = one.is_name and _stands(digits, words.said)
        return there or any(_stands(digits, name) for name in names) or int(one.value) in words.times.days
    return one.unit == WORD and any(other.value == one.value for other in words.numbers)


def _stands(digits: str, words: str) -> bool:
    return any(match[0] == digits for match in _DIGITS.finditer(words)) or (not digits.isdigit() and digits in words)


def _unborne(about: str, one: NumberMention, said: str, words: QuotedWords) -> Violation:
    number = quote([said[one.start : one.end]])
    near = [other for other in words.numbers if (other.value, other.upper) == (one.value, one.upper)]
    ends = [
        other
        for other in words.numbers
        if other.upper and one.upper is None and one.value in {other.value, other.upper}
    ]
    if near and not any(share_unit(one.unit, other.unit) for other in near):
        return _other_unit(about, number, one, near[0])
    if near:
        return _other_bound(about, number, near[0])
    if ends:
        return messages.RANGE_CUT.at(about, number=number)
    return messages.NUMBER_NOT_QUOTED.at(about, number=number)


def _other_unit(about: str, number: str, one: NumberMention, near: NumberMention) -> Violation:
    return messages.UNIT_DIFFERS.at(about, number=number, theirs=describe_unit(near.unit), ours=describe_unit(one.unit))


def _other_bound(about: str, number: str, near: NumberMention) -> Violation:
    bound = choose_bound(near.bounds)
    return messages.BOUND_DIFFERS.at(about, number=number, theirs=messages.BOUNDS[bound], bound=bound)


def choose_bound(bounds: Collection[str]) -> str:
    """The one bound that a text's words most likely mean."""
    order = ("less_than", "more_than", "at_least", "at_most", "between", "about", "several", "exact")
    return next((one for one in order if one in bounds), "exact")


def describe_unit(unit: str | None) -> Bilingual:
    """Return what a unit is called."""
    if unit in NOUNS:
        noun = NOUNS[unit]
        return Bilingual(ko=f"{noun.lead}{noun.counter}".strip(), en=noun.many.strip())
    if unit in CODES:
        return Bilingual(ko=str(unit), en=str(unit))
    return messages.ORDINAL if unit == ORDER else messages.NO_UNIT
