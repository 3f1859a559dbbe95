"""Rules on the numbers of a statement: value, unit and bound as in the quoted words, and the same in both languages."""

import re
from collections.abc import Collection, Iterator, Sequence

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Violation, quote
from knowledge.curation.verification.readers.numbers import LOOSE, MONTH, ORDER, WORD, YEAR, NumberMention
from knowledge.curation.verification.rules.periods import describe_missing_years
from knowledge.curation.verification.support import QuotedWords
from knowledge.model.records import Bilingual
from knowledge.text.quantities.amounts import NOUNS
from knowledge.text.quantities.currencies import CODES

_COUNTS = frozenset({"items", "models", "parameters", "tokens", "people", LOOSE, WORD, None})
_FREE = frozenset({LOOSE, WORD, ORDER, MONTH, None})
_DIGITS = re.compile(r"\d+")
_FIRST = re.compile(r"1위|1st|첫|최초|최다|최대|선두|가장|정상|first|top|lead|most|largest|biggest", re.IGNORECASE)
_BOUNDS_BY_LIKELIHOOD = ("less_than", "more_than", "at_least", "at_most", "between", "about", "several", "exact")


def check_numbers_against_quotes(
    about: str, statement: str, numbers: Sequence[NumberMention], words: QuotedWords, names: Collection[str]
) -> Iterator[Violation]:
    """Yield the numbers of a statement that are not in the quoted words, nor part of one of the names."""
    years = {int(number.value) for number in numbers if number.unit == YEAR} - words.times.years
    years -= {year for year in years if any(str(year) in name for name in names)}
    if years:
        yield describe_missing_years(about, sorted(years), words.times.years)
    groups: dict[tuple[object, object], list[NumberMention]] = {}
    for number in numbers:
        if number.unit != YEAR:
            groups.setdefault((number.value, number.upper), []).append(number)
    for group in groups.values():
        if not any(_is_quoted(number, statement, words, names) for number in group):
            yield _describe_unquoted(about, group[-1], statement, words)


def check_numbers_across_languages(
    ko: str, en: str, korean: Sequence[NumberMention], english: Sequence[NumberMention], names: Collection[str]
) -> Iterator[Violation]:
    """Yield the numbers that a statement has in one language only, or with another bound or unit."""
    for about, statement, ours, theirs in (
        ("statement_en", ko, korean, english),
        ("statement_ko", en, english, korean),
    ):
        shared = {number.value for number in ours if _is_among(number, theirs, ends=True)}  # 4%쯤(약 4%) counts once
        missing = [
            number
            for number in ours
            if _must_be_shared(number) and number.value not in shared and not _is_in_name(number, statement, names)
        ]
        if missing:
            numbers = quote(dict.fromkeys(statement[number.start : number.end] for number in missing))
            yield messages.NUMBER_MISSING.at(about, numbers=numbers)


def share_unit(unit: str | None, other: str | None) -> bool:
    """Return whether two units may count the same: a bare number, and 개, may count anything that is counted."""
    if unit == other or unit in _FREE or other in _FREE:
        return not ({unit, other} & {"percent", "percentage_points"} and {unit, other} & {ORDER, MONTH, "items"})
    if {unit, other} in ({"yen_or_yuan", "JPY"}, {"yen_or_yuan", "CNY"}):
        return True
    return unit in _COUNTS and other in _COUNTS and "items" in {unit, other}


def choose_bound(bounds: Collection[str]) -> str:
    """Return the bound that a text's words most likely mean."""
    return next((bound for bound in _BOUNDS_BY_LIKELIHOOD if bound in bounds), "exact")


def describe_unit(unit: str | None) -> Bilingual:
    """Return the name of a unit."""
    if unit in NOUNS:
        noun = NOUNS[unit]
        return Bilingual(ko=f"{noun.lead}{noun.counter}".strip(), en=noun.plural.strip())
    if unit in CODES:
        return Bilingual(ko=str(unit), en=str(unit))
    return messages.ORDINAL if unit == ORDER else messages.NO_UNIT


def _must_be_shared(number: NumberMention) -> bool:
    """Return whether a number has to be in both languages: number words come and go in translation, and so do names."""
    return not (number.is_spelt or number.is_name) and not (number.unit == ORDER and number.value == 1)


def _is_in_name(number: NumberMention, statement: str, names: Collection[str]) -> bool:
    """Return whether a number is part of a name where it stands: 가람 2."""
    return any(
        statement.startswith(name, at)
        for name in names
        for at in range(max(0, number.start - len(name)), number.start + 1)
        if at + len(name) >= number.end
    )


def _is_among(number: NumberMention, others: Sequence[NumberMention], *, ends: bool = False) -> bool:
    """Return whether a number is among others.

    A range also counts where its two ends stand in this order, and with `ends` a number where it is the end of a range.
    """
    if any(_agree(number, other) for other in others):
        return True
    if number.upper is not None:
        first = next((other for other in others if (other.value, other.upper) == (number.value, None)), None)
        last = next((other for other in others if (other.value, other.upper) == (number.upper, None)), None)
        return bool(first and last and first.start < last.start and share_unit(number.unit, last.unit))
    return ends and any(other.upper is not None and number.value in {other.value, other.upper} for other in others)


def _agree(number: NumberMention, other: NumberMention) -> bool:
    if (number.value, number.upper) != (other.value, other.upper) or not share_unit(number.unit, other.unit):
        return False
    return bool(number.bounds & other.bounds)


def _is_quoted(number: NumberMention, statement: str, words: QuotedWords, names: Collection[str]) -> bool:
    if _is_among(number, words.numbers) or _is_in_name(number, statement, names):
        return True
    if number.unit == MONTH:
        return int(number.value) in words.times.months
    if number.unit == ORDER and number.value == 1:
        return _FIRST.search(words.text) is not None
    if number.unit in {LOOSE, ORDER}:
        digits = statement[number.start : number.end]
        is_name = number.is_name and _has_digits(words.text, digits)
        return is_name or any(_has_digits(name, digits) for name in names) or int(number.value) in words.times.days
    return number.unit == WORD and any(other.value == number.value for other in words.numbers)


def _has_digits(words: str, digits: str) -> bool:
    return any(match[0] == digits for match in _DIGITS.finditer(words)) or (not digits.isdigit() and digits in words)


def _describe_unquoted(about: str, number: NumberMention, statement: str, words: QuotedWords) -> Violation:
    shown = quote([statement[number.start : number.end]])
    same = [other for other in words.numbers if (other.value, other.upper) == (number.value, number.upper)]
    if same and not any(share_unit(number.unit, other.unit) for other in same):
        theirs, ours = describe_unit(same[0].unit), describe_unit(number.unit)
        return messages.UNIT_DIFFERS.at(about, number=shown, theirs=theirs, ours=ours)
    if same:
        bound = choose_bound(same[0].bounds)
        return messages.BOUND_DIFFERS.at(about, number=shown, theirs=messages.BOUNDS[bound], bound=bound)
    if number.upper is None and any(
        other.upper and number.value in {other.value, other.upper} for other in words.numbers
    ):
        return messages.RANGE_CUT.at(about, number=shown)
    return messages.NUMBER_NOT_QUOTED.at(about, number=shown)
