"""Text from outside, as it may be shown: without characters that nobody sees. Pure functions."""

import re
import unicodedata

REMOVED = "hidden characters removed"
"""The flag of a text that was not shown as it stands."""

# Control, format, private-use, unassigned and surrogate characters, line and paragraph separators.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Variation selectors, fillers and joiners, which are letters or marks by category and show nothing.
_SEEN_BY_NOBODY = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
_SUSPECT = re.compile(r"[^\n\t\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff가-힣]")
_NOBODY = re.compile(f"[{_SEEN_BY_NOBODY}]")


def visible(text: str) -> str:
    """`text` without hidden characters: zero-width, bidirectional, tag, control and variation characters."""
    return _SUSPECT.sub(_shown, text)


def flag(text: str) -> str | None:
    """`REMOVED` if `visible` leaves something out, otherwise `None`."""
    return None if visible(text) == text else REMOVED


def _shown(match: re.Match[str]) -> str:
    one = match[0]
    hidden = unicodedata.category(one) in _HIDDEN_CATEGORIES or _NOBODY.match(one)
    return "" if hidden else one
