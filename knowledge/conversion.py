"""Money in another currency, only ever by a rate that says its day and its source; both stay with the result."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from knowledge.amounts import Amount, write_amount
from knowledge.currencies import CODES
from knowledge.model import Language, Line, Value
from knowledge.numerals import EXACT

_Iso = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class UnconvertibleError(ValueError):
    """An amount that a rate says nothing about."""


class Rate(Value):
    """What one unit of a currency was worth in another on a day, and who says so."""

    base: _Iso
    """ISO 4217 code of the currency of which there is one."""
    quote: _Iso
    """ISO 4217 code of the currency it is told in."""
    price: Annotated[Decimal, Field(gt=0)]
    """How many `quote` one `base` was worth."""
    day: date
    """The day on which it was."""
    source: Line
    """Who published it."""

    @model_validator(mode="after")
    def _is_between_two(self) -> Self:
        if self.base == self.quote:
            raise ValueError(f"a rate is between two currencies, not {self.base} and itself")
        if not {self.base, self.quote} <= CODES:
            raise ValueError(f"{self.base} and {self.quote} must both be among {', '.join(sorted(CODES))}")
        return self


class Conversion(Value):
    """An amount in another currency, with the amount as it was and the rate that made it."""

    original: Amount
    rate: Rate
    converted: Amount
    """The exact product, bounded as the original is."""

    def in_language(self, language: Language) -> str:
        """The sentence that an answer gives: both amounts, the rate, its day and its source."""
        original, converted = (write_amount(amount, language) for amount in (self.original, self.converted))
        one, price = (
            write_amount(Amount(value=value, unit=unit), language)
            for value, unit in ((Decimal(1), self.rate.base), (self.rate.price, self.rate.quote))
        )
        if language == "ko":
            return f"{original} = {converted} (환율 {one} = {price}, {self.rate.day}, 출처 {self.rate.source})"
        return f"{original} = {converted} (at {one} = {price} on {self.rate.day}, source: {self.rate.source})"


def convert(amount: Amount, rate: Rate) -> Conversion:
    """`amount` in the currency that `rate` quotes.

    Args:
        amount: Money in the rate's base; several of a sum (수조 원) has no number to convert.
        rate: From the amount's currency. The other way round would divide, which is not exact.

    Raises:
        UnconvertibleError: The rate does not apply; the message says what would.
    """
    if amount.unit != rate.base:
        raise UnconvertibleError(f"The amount is in {amount.unit}: give a rate whose base is that, not {rate.base}")
    if amount.bound == "several":
        raise UnconvertibleError("The text says only that there are several of them: there is no number to convert")
    upper = None if amount.upper is None else EXACT.multiply(amount.upper, rate.price)
    value = EXACT.multiply(amount.value, rate.price)
    converted = Amount(value=value, upper=upper, bound=amount.bound, unit=rate.quote)
    return Conversion(original=amount, rate=rate, converted=converted)
