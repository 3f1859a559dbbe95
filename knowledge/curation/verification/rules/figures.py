"""Rules on the figures of a draft: `raw` stands in a quote and reads there as the value, with its bound and unit."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

from pydantic import ValidationError

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import DraftFigure
from knowledge.curation.verification.messages import Violation, quote, shorten
from knowledge.curation.verification.readers.numbers import LOOSE, ORDER, WORD, NumberMention, find_numbers_within
from knowledge.curation.verification.readers.quotes import QuoteSpan
from knowledge.curation.verification.readers.source_text import SourceText, normalize_text
from knowledge.curation.verification.rules.number_agreement import choose_bound, describe_unit
from knowledge.model.records import Figure
from knowledge.text.quantities import numerals
from knowledge.text.quantities.amounts import NOUNS
from knowledge.text.quantities.currencies import CODES

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
