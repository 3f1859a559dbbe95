"""Rules on the numbers of a draft, in statements, figures and periods: each is in the quoted words.

Statements agree with them in value, unit and bound, and with each other; `raw` of a figure stands in a quote and reads there as
its value; periods are EDTF, with years that are named or resolved to.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

from pydantic import ValidationError

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import DraftFigure
from knowledge.curation.verification.messages import Violation, quote, shorten
from knowledge.curation.verification.readers import (
    LOOSE,
    MONTH,
    ORDER,
    WORD,
    YEAR,
    NumberMention,
    QuoteSpan,
    SourceText,
    find_numbers_within,
    normalize_text,
    years_of,
)
from knowledge.curation.verification.rules.wording import QuotedWords
from knowledge.model import Bilingual, Figure, records
from knowledge.text.quantities import CODES, NOUNS, numerals

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


_MOST_PLACES = 40
_MOST_DIGITS = 45
_COUNTED = frozenset({"models", "parameters", "tokens", "people", "items"})
_ORDERS = frozenset({"rank", "edition"})
_SEVERAL = frozenset({"more_than", "at_least", "about"})


class FigureEntities(NamedTuple):
    """The ids of the entities of a figure; `None` if not given or unknown."""

    subject: str | None
    compared_to: str | None = None
    publisher: str | None = None
    population: str | None = None


def make_figure(
    draft: DraftFigure, about: str, entities: FigureEntities, spans: Sequence[QuoteSpan], text: SourceText
) -> Iterator[Figure | Violation]:
    """Yield the figure of a draft figure, or all that is wrong with it."""
    value, upper = _parse_decimal(draft.value), None if draft.upper is None else _parse_decimal(draft.upper)
    if value is None or (draft.upper is not None and upper is None):
        bad = draft.value if value is None else draft.upper
        field = "value" if value is None else "upper"
        yield messages.NOT_A_NUMBER.at(f"{about}.{field}", value=quote([bad]))
        return
    violations = [*_check_unit(draft, about), *_check_raw(draft, value, upper, about, spans, text)]
    yield from violations
    if violations or entities.subject is None:
        return
    try:
        yield Figure(
            measure=draft.measure,
            subject=entities.subject,
            value=value,
            upper=upper,
            bound=draft.bound,
            unit=draft.unit,
            period=draft.period,
            raw=draft.raw.strip(),
            compared_to=entities.compared_to,
            publisher=entities.publisher,
            population=entities.population,
            currency_year=draft.currency_year,
        )
    except ValidationError as error:
        why = str(error.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")
        yield messages.BAD_RANGE.at(about, why=why)


def _parse_decimal(value: str | float) -> Decimal | None:
    text = str(value).replace(",", "").strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() > _MOST_PLACES or len(text) > _MOST_DIGITS:
        return None  # arithmetic with it would overflow
    exponent = int(number.as_tuple().exponent)
    return Decimal(f"{number:f}") if exponent > -_MOST_DIGITS else None


def _check_unit(draft: DraftFigure, about: str) -> Iterator[Violation]:
    if draft.unit not in numerals.FIGURE_UNITS:
        allowed = ", ".join(sorted(numerals.FIGURE_UNITS))
        yield messages.UNKNOWN_UNIT.at(f"{about}.unit", unit=quote([draft.unit]), units=allowed)


def _check_raw(
    draft: DraftFigure, value: Decimal, upper: Decimal | None, about: str, spans: Sequence[QuoteSpan], text: SourceText
) -> Iterator[Violation]:
    places = list(_places(draft.raw, spans, text))
    if not places:
        yield messages.RAW_NOT_QUOTED.at(f"{about}.raw", raw=quote([draft.raw]))
        return
    read = [
        number
        for start, end in places
        for number in find_numbers_within(text.body, *_whole_number(text.body, start, end))
    ]
    if upper is not None:  # `raw` is too short for many ranges: one end of it stands for the whole
        quoted = [number for span in spans for number in find_numbers_within(text.body, span.start, span.end)]
        ranges = [number for number in quoted if number.upper is not None]
        read += [found for found in ranges if any(found.start < end and start < found.end for start, end in places)]
    if not any(_fits(number, draft, value, upper) for number in read):
        yield _describe_misreading(draft, value, upper, about, read)


def _places(raw: str, spans: Sequence[QuoteSpan], text: SourceText) -> Iterator[tuple[int, int]]:
    words = normalize_text(raw)[0].strip()
    for span in spans:
        first, last = text.flat_position(span.start), text.flat_position(span.end)
        at = text.flat.find(words, first, last) if words else -1
        while at >= 0:
            yield text.body_range(at, at + len(words))
            at = text.flat.find(words, at + 1, last)


def _whole_number(body: str, start: int, end: int) -> tuple[int, int]:
    """Return a range widened to the whole number, so that `4%` is not read out of `14%`."""
    while start > 0 and body[start - 1] in "0123456789.,":
        start -= 1
    while end < len(body) and body[end] in "0123456789":
        end += 1
    return start, end


def _fits(number: NumberMention, draft: DraftFigure, value: Decimal, upper: Decimal | None) -> bool:
    return _is_value(number, draft, value, upper) and _is_unit(number, draft) and _is_bound(number, draft)


def _is_value(number: NumberMention, draft: DraftFigure, value: Decimal, upper: Decimal | None) -> bool:
    wanted = Fraction(value)
    if number.unit is None and draft.unit == "percent" and number.value * 100 == wanted and number.value < 1:
        return upper is None
    return number.value == wanted and number.upper == (None if upper is None else Fraction(upper))


def _is_unit(number: NumberMention, draft: DraftFigure) -> bool:
    unit = draft.unit
    if unit in _ORDERS:
        return number.unit in {ORDER, LOOSE, WORD}
    if unit in _COUNTED:
        return number.unit in {unit, "items", LOOSE, WORD, None}
    if unit == "percent" and number.unit is None:
        return number.value < 1
    if number.unit == "yen_or_yuan":
        return unit in {"JPY", "CNY"}
    if unit in NOUNS or unit in CODES:
        return number.unit == unit
    return number.unit in {LOOSE, WORD, None}


def _is_bound(number: NumberMention, draft: DraftFigure) -> bool:
    return draft.bound in (number.bounds | (_SEVERAL if "several" in number.bounds else frozenset()))


def _describe_misreading(
    draft: DraftFigure, value: Decimal, upper: Decimal | None, about: str, read: Sequence[NumberMention]
) -> Violation:
    raw = quote([draft.raw])
    near = next((number for number in read if _is_value(number, draft, value, upper)), None)
    if near is None:
        there = ", ".join(dict.fromkeys(_format_value(number) for number in read)) or "-"
        return messages.VALUE_DIFFERS.at(f"{about}.value", raw=raw, value=value, read=there)
    if not _is_unit(near, draft):
        return messages.RAW_UNIT_DIFFERS.at(
            f"{about}.unit", raw=raw, theirs=describe_unit(near.unit), unit=quote([draft.unit])
        )
    bound = choose_bound(near.bounds)
    bound = "more_than" if bound == "several" else bound
    return messages.RAW_BOUND_DIFFERS.at(f"{about}.bound", raw=raw, theirs=messages.BOUNDS[bound], bound=bound)


def _format_value(number: NumberMention) -> str:
    ends = [number.value] if number.upper is None else [number.value, number.upper]
    return "~".join(shorten(Decimal(end.numerator) / end.denominator, 24) for end in ends)


def check_period(about: str, period: str | None, quoted: Collection[int]) -> Violation | None:
    """Return what is wrong with a period: its form, or a year that is not among the `quoted` ones."""
    if period is None:
        return None
    try:
        records.check_period(period)
    except ValueError:
        return messages.NOT_EDTF.at(about, period=quote([period]))
    missing = sorted(years_of(period) - set(quoted))
    return describe_missing_years(about, missing, quoted) if missing else None


def describe_missing_years(about: str, years: Iterable[int], quoted: Collection[int]) -> Violation:
    """Return the violation that the quoted words do not have some years."""
    if quoted:
        return messages.OTHER_YEARS_QUOTED.at(about, years=quote(years), quoted=quote(sorted(quoted)))
    return messages.YEARS_NOT_QUOTED.at(about, years=quote(years))
