"""Columns of Epoch AI's tables, known by alias: headers drift from vintage to vintage."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from knowledge.model import CostBasis, Population

ALIASES: Mapping[str, tuple[str, ...]] = {
    "model": ("model", "system", "model name", "name"),
    "developers": ("organization", "organizations", "organisation", "developer", "developers"),
    "released": ("publication date", "release date", "date"),
    "countries": (
        "country (of organization)",
        "country (from organization)",
        "country (of organisation)",
        "countries (of organization)",
        "country of organization",
        "organization country",
        "country",
    ),
    "compute": ("training compute (flop)", "training compute (flops)", "training compute"),
    "confidence": ("confidence",),
    "cost_notes": ("compute cost notes",),
}
"""Headers by the field of a row that they head, in lower case, the likeliest first."""
_OPTIONAL = {"confidence", "cost_notes"}
AMORTISED: CostBasis = "amortised_hardware_energy"
"""The basis of the cost column that names only a year; its documentation: depreciated hardware, and energy, of the final run."""
_BASES: Mapping[str, CostBasis] = {"": AMORTISED, "cloud": "cloud_compute", "upfront": "hardware_purchase"}
_COST = re.compile(r"training compute cost \((cloud|upfront)?,? ?(?:(\d{4}) usd)?\)")
# "Hardware acquisition cost" is left out: nothing says how it differs from the cost "(upfront)", which has another
# value for the same model (GPT-4: 306 and 806 million), and most of its cells are a zero that means "not known".


class ColumnsError(ValueError):
    """A header that cannot be used; `allowed` says what can."""

    def __init__(self, problem: str, allowed: str) -> None:
        super().__init__(problem)
        self.allowed = allowed


class CostColumn(NamedTuple):
    """A column of costs on one basis."""

    header: str
    basis: CostBasis
    currency_year: int | None

    @property
    def name(self) -> str:
        """Return the basis, with the currency year if the header names one."""
        return f"{self.basis} ({self.currency_year} USD)" if self.currency_year else self.basis


class Columns(NamedTuple):
    """The columns of a file that are read, by their headers in it."""

    fields: dict[str, str]
    costs: tuple[CostColumn, ...]

    def headers(self) -> dict[str, str]:
        """Return the file's headers by what is read from them."""
        headers = self.fields | {cost.name: cost.header for cost in self.costs}
        return {name: header.strip() for name, header in headers.items()}

    def cells(self, record: Mapping[str, str]) -> dict[str, object]:
        """Return the cells of a record by the fields of `rows.Row`."""
        costs = [
            {"amount": record[cost.header], "column": cost.header.strip(), **cost._asdict()} for cost in self.costs
        ]
        return {field: record[header] for field, header in self.fields.items()} | {"costs": costs}


def find_columns(header: Sequence[str], population: Population) -> Columns:
    """Find the columns of a file with this header.

    Raises:
        ColumnsError: if a needed column is missing, or one that is read occurs twice.
    """
    names = [" ".join(name.casefold().split()) for name in header]
    fields = {
        field: header[names.index(alias)]
        for field, aliases in ALIASES.items()
        if (alias := next((alias for alias in aliases if alias in names), None))
    }
    costs = tuple(
        CostColumn(original, _BASES[match[1] or ""], int(match[2]) if match[2] else None)
        for name, original in zip(names, header, strict=True)
        if (match := _COST.fullmatch(name)) and (match[1] or match[2])
    )
    _check_needed(fields, costs, population)
    _check_unique(names, [*fields.values(), *(cost.header for cost in costs)])
    return Columns(fields, costs)


def _check_needed(fields: Mapping[str, str], costs: Sequence[CostColumn], population: Population) -> None:
    lost = {field: aliases for field, aliases in ALIASES.items() if field not in fields and field not in _OPTIONAL}
    if population == "notable" and not any(cost.basis == AMORTISED for cost in costs):
        lost["cost"] = ("training compute cost (2023 usd)",)
    if lost:
        names = "; ".join(
            f"{field} ({' or '.join(f'‘{alias}’' for alias in aliases)})" for field, aliases in lost.items()
        )
        raise ColumnsError(f"lacks the column for {', '.join(lost)}", f"Its first line must name {names}")


def _check_unique(names: Sequence[str], read: Sequence[str]) -> None:
    times = Counter(names)
    normalised = {" ".join(header.casefold().split()) for header in read}
    twice = sorted(f"‘{name}’" for name in normalised if times[name] > 1)
    if twice:
        raise ColumnsError(
            f"has the column {', '.join(twice)} more than once", "Each column that is read may be there once"
        )
