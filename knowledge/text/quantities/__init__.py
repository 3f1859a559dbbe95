"""Numbers with units and bounds, read from Korean and English text and written back: numerals, scales, units, currencies.

A unit, a scale (만, 억) or a word for a bound (이상, "less than") that is not read is added here.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.text.quantities.amounts import NOUNS, Amount, AmountMention, find_amounts, write_amount
    from knowledge.text.quantities.currencies import CODES
    from knowledge.text.quantities.numerals import find_number_words, find_numerals, write_plain
    from knowledge.text.quantities.units import find_bound_after, find_bound_before

__all__ = [
    "CODES", "NOUNS", "Amount", "AmountMention", "find_amounts", "find_bound_after", "find_bound_before",
    "find_number_words", "find_numerals", "write_amount", "write_plain",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    amounts="NOUNS Amount AmountMention find_amounts write_amount",
    currencies="CODES",
    numerals="find_number_words find_numerals write_plain",
    units="find_bound_after find_bound_before",
)
