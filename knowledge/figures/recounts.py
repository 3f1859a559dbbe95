"""How many models has each country in each vintage? From the tables at hand, else from the packaged recounts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from knowledge.datasets import packaged, recounting
from knowledge.datasets.model import Recount, Recounts, Snapshot, Table
from knowledge.datasets.shelf import Shelf
from knowledge.errors import DatasetError
from knowledge.model import Population, Rule
from knowledge.period import bounds

_MOST_TABLES = 8
_MOST_RECOUNTS = 512


@dataclass(frozen=True)
class Vintages:
    """What is known of one population: tables on a shelf, and packaged recounts of vintages that are not there."""

    population: Population
    shelf: Shelf | None
    snapshots: tuple[Snapshot, ...]
    faults: list[str] = field(default_factory=list)
    """Sentences on tables that cannot be read; they are done without."""

    @classmethod
    def of(cls, population: Population, shelf: Shelf | None) -> "Vintages":
        """What there is at this moment."""
        return cls(population, shelf, shelf.vintages(population) if shelf else ())

    @property
    def days(self) -> tuple[date, ...]:
        """The vintages that something is known of, the newest first."""
        there = {one.vintage for one in self.snapshots}
        return tuple(sorted(there | {one.vintage for one in self._packaged()}, reverse=True))

    @property
    def with_rows(self) -> tuple[date, ...]:
        """The vintages whose rows are at hand, the newest first."""
        return tuple(one.vintage for one in self.snapshots if self.table(one.vintage))

    def recount(self, vintage: date, rule: Rule, period: str) -> Recount | None:
        """The count of all countries; `None` where it needs rows that are not at hand."""
        snapshot = self._snapshot(vintage)
        if snapshot and self.shelf and self.table(vintage):
            return _recount(self.shelf, snapshot, rule, period)
        days = bounds(period)
        same = (one for one in self._packaged() if (one.vintage, one.rule) == (vintage, rule))
        return next((one for one in same if bounds(one.period) == days), None)

    def table(self, vintage: date) -> Table | None:
        """The rows of a vintage, if they are at hand and sound."""
        snapshot = self._snapshot(vintage)
        if snapshot is None or self.shelf is None:
            return None
        try:
            return _table(self.shelf, snapshot)
        except DatasetError as error:
            if str(error) not in self.faults:
                self.faults.append(str(error))
            return None

    def _snapshot(self, vintage: date) -> Snapshot | None:
        return next((one for one in self.snapshots if one.vintage == vintage), None)

    def _packaged(self) -> tuple[Recount, ...]:
        return tuple(one for one in _recounts().recounts if one.population == self.population)


def chosen(recount: Recount, countries: Sequence[str]) -> Recount:
    """The recount of these countries alone, in their order, 0 for those without a model; of all where none are given."""
    if not countries:
        return recount
    return recount.model_copy(update={"counts": {one: recount.counts.get(one, 0) for one in countries}})


@cache
def _recounts() -> Recounts:
    return packaged.recounts()


# A vintage's file is named after its digest and never changes, so what was read of it once holds.
@lru_cache(maxsize=_MOST_TABLES)
def _table(shelf: Shelf, snapshot: Snapshot) -> Table:
    return shelf.table(snapshot)


@lru_cache(maxsize=_MOST_RECOUNTS)
def _recount(shelf: Shelf, snapshot: Snapshot, rule: Rule, period: str) -> Recount:
    return recounting.recount(_table(shelf, snapshot), rule, period)
