"""Which column of a file is which: headers drift from vintage to vintage, so columns are known by alias."""

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
"""Headers by what they head, in lower case, the likeliest first."""
_OPTIONAL = {"confidence", "cost_notes"}
AMORTISED: CostBasis = "amortised_hardware_energy"
"""The basis of the cost column that names only a year; its documentation: depreciated hardware, and energy, of the final run."""
_BASES: Mapping[str, CostBasis] = {"": AMORTISED, "cloud": "cloud_compute", "upfront": "hardware_purchase"}
_COST = re.compile(r"training compute cost \((cloud|upfront)?,? ?(?:(\d{4}) usd)?\)")
# "Hardware acquisition cost" is left out: nothing says how it differs from the cost "(upfront)", which has another
# value for the same model (GPT-4: 306 and 806 million), and most of its cells are a zero that means "not known".


class ColumnsError(ValueError):
    """A header that does not do; `allowed` says what does."""

    def __init__(self, problem: str, allowed: str) -> None:
        super().__init__(problem)
        self.allowed = allowed


class CostColumn(NamedTuple):
    """Where a cost stands and on which basis."""

    place: int
    header: str
    basis: CostBasis
    currency_year: int | None


class Columns(NamedTuple):
    """Where what is read stands in a record; `None` where the file does not have it."""

    places: Mapping[str, int]
    costs: tuple[CostColumn, ...]
    width: int

    def named(self, header: Sequence[str]) -> dict[str, str]:
        """The file's own headers by what was read from them."""
        named = {name: header[place].strip() for name, place in self.places.items()}
        return named | {_cost_name(cost): cost.header for cost in self.costs}


def columns(header: Sequence[str], population: Population) -> Columns:
    """Where everything stands in a file with this header.

    Raises:
        ColumnsError: if a column that is needed is not there, or one that is read is there twice.
    """
    seen = [" ".join(name.casefold().split()) for name in header]
    places = {
        name: seen.index(alias)
        for name, aliases in ALIASES.items()
        if (alias := next((one for one in aliases if one in seen), None))
    }
    costs = tuple(_costs(seen, header))
    _check_needed(places, costs, population)
    _check_unique(seen, [*places.values(), *(cost.place for cost in costs)])
    return Columns(places, costs, len(header))


def _costs(seen: Sequence[str], header: Sequence[str]) -> list[CostColumn]:
    matches = [(place, _COST.fullmatch(name)) for place, name in enumerate(seen)]
    return [
        CostColumn(place, header[place].strip(), _BASES[match[1] or ""], int(match[2]) if match[2] else None)
        for place, match in matches
        if match and (match[1] or match[2])
    ]


def _check_needed(places: Mapping[str, int], costs: Sequence[CostColumn], population: Population) -> None:
    lost = {name: aliases for name, aliases in ALIASES.items() if name not in places and name not in _OPTIONAL}
    if population == "notable" and not any(cost.basis == AMORTISED for cost in costs):
        lost["cost"] = ("training compute cost (2023 usd)",)
    if lost:
        said = "; ".join(f"{name} ({' or '.join(f'‘{one}’' for one in aliases)})" for name, aliases in lost.items())
        raise ColumnsError(f"lacks the column for {', '.join(lost)}", f"Its first line must name {said}")


def _check_unique(seen: Sequence[str], read: Sequence[int]) -> None:
    times = Counter(seen)
    twice = sorted({f"‘{seen[place]}’" for place in read if times[seen[place]] > 1})
    if twice:
        raise ColumnsError(
            f"has the column {', '.join(twice)} more than once", "Each column that is read may be there once"
        )


def _cost_name(cost: CostColumn) -> str:
    return f"{cost.basis} ({cost.currency_year} USD)" if cost.currency_year else cost.basis
