"""Text from outside, as it may be shown: without characters that nobody sees. Pure functions."""

import unicodedata

# Format, control, private-use, unassigned and surrogate characters: invisible, or able to change what is seen around them.
_HIDDEN = frozenset({"Cf", "Cc", "Co", "Cn", "Cs"})
_LAYOUT = frozenset("\n\t")

REMOVED = "hidden characters removed"
"""The flag of a text that was not shown as it stands."""


def visible(text: str) -> str:
    """`text` without hidden characters: zero-width, bidirectional, tag and control characters."""
    return "".join(one for one in text if one in _LAYOUT or unicodedata.category(one) not in _HIDDEN)


def flag(text: str) -> str | None:
    """`REMOVED` if `visible` leaves something out, otherwise `None`."""
    return None if visible(text) == text else REMOVED
