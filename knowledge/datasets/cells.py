"""What a cell says. Cells are data: one that begins like a spreadsheet's formula is text, or no number. Pure functions."""

import re
from decimal import Decimal
from typing import NamedTuple

from knowledge.datasets import countries
from knowledge.period import check_period
from knowledge.visible import one_line, visible

_BETWEEN = re.compile(r",(?! )")
"""What is between two names of a list; a comma with a space belongs to the name ("Qilin Hesheng Network Technology Co., Ltd.")."""
_NUMBER = re.compile(r"\+?[0-9]{1,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_LONGEST_NAME = 300


class Places(NamedTuple):
    """The countries of a row: their codes, whether "Multinational" is among them, and names that are not known."""

    codes: tuple[str, ...]
    multinational: bool
    unknown: tuple[str, ...]


def name(cell: str) -> str | None:
    """A name without hidden characters and spare space; `None` for an empty cell."""
    text = one_line(cell)
    if len(text) > _LONGEST_NAME:
        raise ValueError(f"a name of {len(text):,} characters; {_LONGEST_NAME} are allowed")
    return text or None


def names(cell: str) -> tuple[str, ...]:
    """The names of a list, each once, in its order."""
    return tuple(dict.fromkeys(filter(None, map(name, _BETWEEN.split(cell)))))


def released(cell: str) -> str | None:
    """A date as EDTF, as precise as it is written: a day, a month or a year."""
    text = cell.strip()
    if not text:
        return None
    if not _DATE.fullmatch(text):
        raise ValueError(f"{_shown(text)} is no date: write 2024, 2024-05 or 2024-05-13")
    return check_period(text)


def amount(cell: str) -> Decimal | None:
    """A number, exactly as written; `None` for an empty cell and for zero, which nothing costs and nothing takes."""
    text = cell.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{_shown(text)} is no number: write 4600000, 4600000.5 or 4.6e6")
    return Decimal(text) or None


def places(cell: str) -> Places:
    """The countries of a list, each once, in its order; "Multinational" is none of them."""
    listed = names(cell)
    known = {one: countries.code(one) for one in listed if one.casefold() != countries.MULTINATIONAL}
    return Places(
        tuple(dict.fromkeys(code or countries.UNKNOWN for code in known.values())),
        len(known) < len(listed),
        tuple(one for one, code in known.items() if code is None),
    )


def _shown(text: str) -> str:
    shown = visible(text)
    return f"‘{shown[:40]}…’" if len(shown) > 40 else f"‘{shown}’"  # noqa: PLR2004 - enough to recognise it by
