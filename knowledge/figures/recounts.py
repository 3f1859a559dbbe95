"""How many models has each country in each vintage? From the tables at hand, else from the packaged recounts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

from knowledge.datasets import counting, packaged
from knowledge.datasets.model import ModelTable, Recount, VintageRecord
from knowledge.datasets.vintages import VintageFolder
from knowledge.model.errors import DatasetError
from knowledge.model.periods import parse_period
from knowledge.model.records import CountingRule, Population

_T = TypeVar("_T")
_Key = tuple[Population, date, CountingRule, tuple[date, date]]
"""What a packaged recount is of: population, vintage, rule, first and last day."""
_MOST_TABLES = 32
_MOST_RECOUNTS = 512


@dataclass(frozen=True)
class Vintages:
    """What is known of one population: tables in a folder, and packaged recounts of vintages that are not there."""

    population: Population
    folder: VintageFolder | None
    snapshots: tuple[VintageRecord, ...]
    faults: dict[VintageRecord, str] = field(default_factory=dict)
    """Sentences on tables that cannot be read; they are done without."""

    @classmethod
    def of(cls, population: Population, folder: VintageFolder | None) -> "Vintages":
        """What there is at this moment."""
        return cls(population, folder, folder.vintages(population) if folder else ())

    @property
    def days(self) -> tuple[date, ...]:
        """The vintages that something is known of, the newest first."""
        there = {one.vintage for one in self.snapshots}
        told = {vintage for population, vintage, *_ in _packaged() if population == self.population}
        return tuple(sorted(there | told, reverse=True))

    def newest_with_rows(self) -> date | None:
        """The newest vintage whose rows are at hand."""
        return next((one.vintage for one in self.snapshots if self.table(one.vintage)), None)

    def recount(self, vintage: date, rule: CountingRule, period: str) -> Recount | None:
        """The count of all countries; `None` where it needs rows that are not at hand."""
        snapshot = self._snapshot(vintage)
        if snapshot and (done := self._read(lambda folder: _recount(folder, snapshot, rule, period), snapshot)):
            return done
        return self.packaged(vintage, rule, period)

    def packaged(self, vintage: date, rule: CountingRule, period: str) -> Recount | None:
        """The packaged count of all countries, where there is one."""
        return _packaged().get((self.population, vintage, rule, parse_period(period)))

    def table(self, vintage: date) -> ModelTable | None:
        """The rows of a vintage, if they are at hand and sound."""
        snapshot = self._snapshot(vintage)
        return self._read(lambda folder: _table(folder, snapshot), snapshot) if snapshot else None

    def differing(self, period: str) -> tuple[VintageRecord, ...]:
        """The vintages at hand that count otherwise than what is packaged of the same day."""
        pairs = (
            (one, self.recount(one.vintage, "any", period), self.packaged(one.vintage, "any", period))
            for one in self.snapshots
        )
        return tuple(one for one, here, packaged in pairs if packaged and here != packaged)

    def _read(self, read: Callable[[VintageFolder], _T], snapshot: VintageRecord) -> _T | None:
        """What is read of a table; nothing of one that could not be read before."""
        if self.folder is None or snapshot in self.faults:
            return None
        try:
            return read(self.folder)
        except DatasetError as error:
            self.faults[snapshot] = str(error)
            return None

    def _snapshot(self, vintage: date) -> VintageRecord | None:
        return next((one for one in self.snapshots if one.vintage == vintage), None)


@cache
def _packaged() -> dict[_Key, Recount]:
    return {
        (one.population, one.vintage, one.rule, parse_period(one.period)): one
        for one in packaged.read_recounts().recounts
    }


# A vintage's file is named after its digest and never changes, so what was read of it once holds.
@lru_cache(maxsize=_MOST_TABLES)
def _table(folder: VintageFolder, snapshot: VintageRecord) -> ModelTable:
    return folder.table(snapshot)


@lru_cache(maxsize=_MOST_RECOUNTS)
def _recount(folder: VintageFolder, snapshot: VintageRecord, rule: CountingRule, period: str) -> Recount:
    return counting.recount(_table(folder, snapshot), rule, period)
