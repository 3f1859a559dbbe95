"""Rows of Epoch AI's tables: a validator for each kind of cell, and the listed model that a row stands for.

Cells are data: one that begins like a spreadsheet's formula is text, or no number.
"""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from knowledge.datasets import countries
from knowledge.datasets.columns import AMORTISED
from knowledge.datasets.model import ListedModel, TrainingCost
from knowledge.model import CostBasis, check_period
from knowledge.text import to_excerpt, to_line

_BETWEEN_NAMES = re.compile(r",(?! )")
"""Separator of the names in a list; a comma with a space belongs to the name ("Qilin Hesheng Network Technology Co., Ltd.")."""
_NUMBER = re.compile(r"\+?[0-9]{1,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_LONGEST_NAME = 300
_LONGEST_SHOWN = 40


def parse_name(cell: str) -> str | None:
    """Return a name without hidden characters and spare space; `None` for an empty cell."""
    text = to_line(cell)
    if len(text) > _LONGEST_NAME:
        raise ValueError(f"a name of {len(text):,} characters; {_LONGEST_NAME} are allowed")
    return text or None


def parse_names(cell: str) -> tuple[str, ...]:
    """Return the names of a list, each once, in its order."""
    return tuple(dict.fromkeys(filter(None, map(parse_name, _BETWEEN_NAMES.split(cell)))))


def parse_date(cell: str) -> str | None:
    """Return a date as EDTF, as precise as it is written: a day, a month or a year."""
    text = cell.strip()
    if not text:
        return None
    if not _DATE.fullmatch(text):
        raise ValueError(f"‘{to_excerpt(text, _LONGEST_SHOWN)}’ is no date: write 2024, 2024-05 or 2024-05-13")
    return check_period(text)


def parse_amount(cell: str) -> Decimal | None:
    """Return a number exactly as written; `None` for an empty cell and for zero, which means "not known"."""
    text = cell.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"‘{to_excerpt(text, _LONGEST_SHOWN)}’ is no number: write 4600000, 4600000.5 or 4.6e6")
    return Decimal(text) or None


Name = Annotated[str | None, BeforeValidator(parse_name)]
Names = Annotated[tuple[str, ...], BeforeValidator(parse_names)]
Amount = Annotated[Decimal | None, BeforeValidator(parse_amount)]


class Cost(BaseModel):
    """A cell of a cost column, with what the column's header says of it."""

    amount: Amount
    column: str
    basis: CostBasis
    currency_year: int | None


class Row(BaseModel):
    """A record of the file, by its fields."""

    model_config = ConfigDict(frozen=True)

    model: Name
    developers: Names
    released: Annotated[str | None, BeforeValidator(parse_date)]
    countries: Names
    compute: Amount
    costs: tuple[Cost, ...]
    confidence: Name = None
    cost_notes: Annotated[bool, BeforeValidator(lambda cell: bool(cell.strip()))] = False
    """True if there are notes, which are not kept themselves."""

    @property
    def unknown_countries(self) -> tuple[str, ...]:
        """Return the names of countries without a known code, as written."""
        return tuple(name for name in self._countries() if countries.get_code(name) is None)

    def listed_model(self) -> ListedModel:
        """Return the model of this row; "Multinational" is no country.

        Raises:
            ValueError: if the row names no model.
        """
        if self.model is None:
            raise ValueError("it names no model")
        names = self._countries()
        return ListedModel(
            model=self.model,
            developers=self.developers,
            released=self.released,
            countries=tuple(dict.fromkeys(countries.get_code(name) or countries.UNKNOWN for name in names)),
            multinational=len(names) < len(self.countries),
            compute=self.compute,
            costs=tuple(
                TrainingCost(
                    basis=cost.basis,
                    amount=cost.amount,
                    currency_year=cost.currency_year,
                    column=cost.column,
                    noted=self.cost_notes and cost.basis == AMORTISED,
                )
                for cost in self.costs
                if cost.amount is not None
            ),
            confidence=self.confidence,
        )

    def _countries(self) -> tuple[str, ...]:
        return tuple(name for name in self.countries if name.casefold() != countries.MULTINATIONAL)
