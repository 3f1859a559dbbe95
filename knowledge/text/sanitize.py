"""Text from outside without hidden characters, to be shown. Pure functions."""

import re
import unicodedata
from collections.abc import Callable

HIDDEN_REMOVED = "hidden characters removed"
"""Flag of a text that is shown with changes."""

_MAX_EXCERPT = 200
_SLACK = 4
"""Factor of text to read, since hidden characters leave less."""

# Control, format, private-use, unassigned and surrogate characters, line and paragraph separators.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Variation selectors, fillers and joiners, which are letters or marks by category and show nothing.
_INVISIBLE_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
_SUSPECT = re.compile(r"[^\n\t\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff가-힣]")
_INVISIBLE = re.compile(f"[{_INVISIBLE_LETTERS}]")


def strip_hidden(text: str) -> str:
    """Return `text` without hidden characters: zero-width, bidirectional, tag, control and variation characters."""
    return replace_hidden(text, lambda _: "")


def to_line(text: str) -> str:
    """Return `text` on one line, without hidden characters."""
    return " ".join(strip_hidden(text).split())


def to_excerpt(text: str, longest: int = _MAX_EXCERPT) -> str:
    """Return the beginning of foreign text on one line, without hidden characters, to be part of a message."""
    line = to_line(text[: _SLACK * longest])
    return line if len(line) <= longest else f"{line[:longest]}…"


def replace_hidden(text: str, write: Callable[[str], str]) -> str:
    """Return `text` with each hidden character replaced by what `write` makes of it."""
    return _SUSPECT.sub(lambda match: write(match[0]) if _is_hidden(match[0]) else match[0], text)


def flag_hidden(text: str) -> str | None:
    """Return `HIDDEN_REMOVED` if `strip_hidden` would leave something out, otherwise `None`."""
    return None if strip_hidden(text) == text else HIDDEN_REMOVED


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN_CATEGORIES or _INVISIBLE.match(character) is not None
