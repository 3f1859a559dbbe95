"""Amounts: a number with its unit and bound, as a value, and written in both languages.

What `write_amount` writes, `knowledge.text.quantities.extract` reads back as the same amount.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from knowledge.model.records import Bound, Language, Value
from knowledge.text.quantities.currencies import CODES, CURRENCIES
from knowledge.text.quantities.numerals import BOUNDS, write_number, write_plain, write_several


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
