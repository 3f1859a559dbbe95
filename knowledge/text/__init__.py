"""Properties of a text on its own: quote positions and digests, near-duplicates, hidden characters, spreadsheet-safe cells.

Index terms are in `analysis`, numbers and units in `quantities`.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.text.near_duplicates import KnownClaims
    from knowledge.text.sanitize import flag_hidden, replace_hidden, strip_hidden, to_excerpt, to_line

__all__ = ["KnownClaims", "flag_hidden", "replace_hidden", "strip_hidden", "to_excerpt", "to_line"]

__getattr__ = lazy_names(
    __name__, near_duplicates="KnownClaims", sanitize="flag_hidden replace_hidden strip_hidden to_excerpt to_line"
)
