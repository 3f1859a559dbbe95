"""How bars look: told apart by colour, by pattern and by place, so that nobody needs all three.

The hues are those of Okabe and Ito (jfly.uni-koeln.de/color), darkened where they are too pale for bars on white.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from knowledge.charts.model import Series

PAPER = "#ffffff"
INK = "#1a1a1a"
MUTED = "#595959"
"""Text beside what matters."""
RULE = "#d9d9d9"
"""Lines behind the bars, which say nothing by themselves."""
Hatch = Literal["none", "rising", "dots", "falling", "level", "upright"]


class Look(NamedTuple):
    """Colour and pattern of a series; the pattern is drawn in the paper's colour."""

    colour: str
    hatch: Hatch


PUBLISHED = (Look(INK, "none"), Look(INK, "rising"), Look(INK, "dots"))
"""Solid, and as dark as the text: no other bar is black."""
APART = Look("#767676", "rising")
"""A bar that is not comparable with the others of its panel: grey, and hatched."""
# In this order neighbours differ most for colour-blind eyes.
OTHERS = (
    Look("#0072b2", "none"),
    Look("#d55e00", "rising"),
    Look("#bf5d94", "dots"),
    Look("#8a6d00", "falling"),
    Look("#3d97c6", "level"),
    Look("#009067", "upright"),
)


def looks(series: Sequence[Series]) -> list[Look]:
    """A look for each series. From the seventh on colours meet other patterns, so that a dozen still differ."""
    published, others = _cycle(PUBLISHED), _cycle(OTHERS)
    return [next(published) if one.role == "published" else next(others) for one in series]


def _cycle(known: Sequence[Look]) -> Iterator[Look]:
    shift = 0
    while True:
        for place, look in enumerate(known):
            yield Look(look.colour, known[(place + shift) % len(known)].hatch)
        shift += 1
