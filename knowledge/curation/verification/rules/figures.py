"""Draft figures -> figures: `raw` stands in a quote, and reads there as the value, with that bound and unit."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

from pydantic import ValidationError

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import DraftFigure
from knowledge.curation.verification.messages import Finding, Violation, quote, shorten
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
_ORDERS = {"rank": "위등place rank st nd rd th no. #", "edition": "회 회째 th edition 제 번째"}
_SEVERAL = frozenset({"more_than", "at_least", "about"})


class FigureEntities(NamedTuple):
    """The entities of a figure, resolved; those that could not be are `None`."""

    subject: str | None
    compared_to: str | None = None
    publisher: str | None = None
    population: str | None = None


def make_figure(
    draft: DraftFigure, about: str, named: FigureEntities, pieces: Sequence[QuoteSpan], text: SourceText
) -> Iterator[Figure | Finding]:
    """The figure, or all that is wrong with it."""
    value, upper = _decimal(draft.value), None if draft.upper is None else _decimal(draft.upper)
    if value is None or (draft.upper is not None and upper is None):
        bad = draft.value if value is None else draft.upper
        field = "value" if value is None else "upper"
        yield messages.NOT_A_NUMBER.at(f"{about}.{field}", value=quote([bad]))
        return
    faults = [*_unit_faults(draft, about), *_raw_faults(draft, value, upper, about, pieces, text)]
    yield from faults
    if faults or named.subject is None:
        return
    try:
        yield Figure(
            measure=draft.measure,
            subject=named.subject,
            value=value,
            upper=upper,
            bound=draft.bound,
            unit=draft.unit,
            period=draft.period,
            raw=draft.raw.strip(),
            compared_to=named.compared_to,
            publisher=named.publisher,
            population=named.population,
            currency_year=draft.currency_year,
        )
    except ValidationError as error:
        why = str(error.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")
        yield messages.BAD_RANGE.at(about, why=why)


def _decimal(value: str | float) -> Decimal | None:
    text = str(value).replace(",", "").strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() > _MOST_PLACES or len(text) > _MOST_DIGITS:
        return None  # before any reckoning, which would overflow
    exponent = int(number.as_tuple().exponent)
    return Decimal(f"{number:f}") if exponent > -_MOST_DIGITS else None


def _unit_faults(draft: DraftFigure, about: str) -> Iterator[Violation]:
    if draft.unit not in numerals.FIGURE_UNITS:
        allowed = ", ".join(sorted(numerals.FIGURE_UNITS))
        yield messages.UNKNOWN_UNIT.at(f"{about}.unit", unit=quote([draft.unit]), units=allowed)


def _raw_faults(
    draft: DraftFigure, value: Decimal, upper: Decimal | None, about: str, pieces: Sequence[QuoteSpan], text: SourceText
) -> Iterator[Violation]:
    places = list(_places(draft.raw, pieces, text))
    if not places:
        yield messages.RAW_NOT_QUOTED.at(f"{about}.raw", raw=quote([draft.raw]))
        return
    read = [one for start, end in places for one in find_numbers_within(text.body, *_reach(text.body, start, end))]
    if upper is not None:  # `raw` has too little room for many a range: one end of it stands for the whole
        whole = [
            one
            for piece in pieces
            for one in find_numbers_within(text.body, piece.start, piece.end)
            if one.upper is not None
        ]
        read += [one for one in whole if any(one.start < end and start < one.end for start, end in places)]
    if not any(_fits(one, draft, value, upper) for one in read):
        yield _misread(draft, value, upper, about, read)


def _places(raw: str, pieces: Sequence[QuoteSpan], text: SourceText) -> Iterator[tuple[int, int]]:
    words = normalize_text(raw)[0].strip()
    for piece in pieces:
        first, last = text.flat_at(piece.start), text.flat_at(piece.end)
        at = text.flat.find(words, first, last) if words else -1
        while at >= 0:
            yield text.place(at, at + len(words))
            at = text.flat.find(words, at + 1, last)


def _reach(body: str, start: int, end: int) -> tuple[int, int]:
    """To the whole of the number: `4%` must not be read out of `14%`."""
    while start > 0 and body[start - 1] in "0123456789.,":
        start -= 1
    while end < len(body) and body[end] in "0123456789":
        end += 1
    return start, end


def _fits(one: NumberMention, draft: DraftFigure, value: Decimal, upper: Decimal | None) -> bool:
    return _is_value(one, draft, value, upper) and _is_unit(one, draft) and _is_bound(one, draft)


def _is_value(one: NumberMention, draft: DraftFigure, value: Decimal, upper: Decimal | None) -> bool:
    number = Fraction(value)
    if one.unit is None and draft.unit == "percent" and one.value * 100 == number and one.value < 1:
        return upper is None
    return one.value == number and one.upper == (None if upper is None else Fraction(upper))


def _is_unit(one: NumberMention, draft: DraftFigure) -> bool:
    unit = draft.unit
    if unit in _ORDERS:
        return one.unit in {ORDER, LOOSE, WORD}
    if unit in _COUNTED:
        return one.unit in {unit, "items", LOOSE, WORD, None}
    if unit == "percent" and one.unit is None:
        return one.value < 1
    if one.unit == "yen_or_yuan":
        return unit in {"JPY", "CNY"}
    if unit in NOUNS or unit in CODES:
        return one.unit == unit
    return one.unit in {LOOSE, WORD, None}


def _is_bound(one: NumberMention, draft: DraftFigure) -> bool:
    return draft.bound in (one.bounds | (_SEVERAL if "several" in one.bounds else frozenset()))


def _misread(
    draft: DraftFigure, value: Decimal, upper: Decimal | None, about: str, read: Sequence[NumberMention]
) -> Violation:
    raw = quote([draft.raw])
    near = next((one for one in read if _is_value(one, draft, value, upper)), None)
    if near is None:
        there = ", ".join(dict.fromkeys(_written(one) for one in read)) or "-"
        return messages.VALUE_DIFFERS.at(f"{about}.value", raw=raw, value=value, read=there)
    if not _is_unit(near, draft):
        return messages.RAW_UNIT_DIFFERS.at(
            f"{about}.unit", raw=raw, theirs=describe_unit(near.unit), unit=quote([draft.unit])
        )
    bound = choose_bound(near.bounds)
    bound = "more_than" if bound == "several" else bound
    return messages.RAW_BOUND_DIFFERS.at(f"{about}.bound", raw=raw, theirs=messages.BOUNDS[bound], bound=bound)


def _written(one: NumberMention) -> str:
    ends = [one.value] if one.upper is None else [one.value, one.upper]
    return "~".join(shorten(Decimal(end.numerator) / end.denominator, 24) for end in ends)
