"""Recounts of models by country for each vintage, from tables at hand or else from the packaged recounts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

from knowledge.datasets import ModelTable, Recount, VintageFolder, VintageRecord, counting, packaged
from knowledge.model import CountingRule, DatasetError, Population, parse_period

_T = TypeVar("_T")
_Key = tuple[Population, date, CountingRule, tuple[date, date]]
"""Key of a packaged recount: population, vintage, rule, first and last day."""
_MOST_TABLES = 32
_MOST_RECOUNTS = 512


@dataclass(frozen=True)
class Vintages:
    """Vintages of one population: tables in a folder, and packaged recounts of vintages without a table."""

    population: Population
    folder: VintageFolder | None
    records: tuple[VintageRecord, ...]
    faults: dict[VintageRecord, str] = field(default_factory=dict)
    """Error messages by tables that cannot be read and are left out."""

    @classmethod
    def load(cls, population: Population, folder: VintageFolder | None) -> "Vintages":
        """Return the vintages available at this moment."""
        return cls(population, folder, folder.vintages(population) if folder else ())

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days of all vintages, the newest first."""
        at_hand = {record.vintage for record in self.records}
        packaged_days = {vintage for population, vintage, *_ in _packaged() if population == self.population}
        return tuple(sorted(at_hand | packaged_days, reverse=True))

    def newest_with_rows(self) -> date | None:
        """Return the newest vintage whose rows are at hand."""
        return next((record.vintage for record in self.records if self.table(record.vintage)), None)

    def recount(self, vintage: date, rule: CountingRule, period: str) -> Recount | None:
        """Return the recount of all countries; `None` if its rows are not at hand."""
        record = self._record(vintage)
        if record and (counted := self._read(lambda folder: _recount(folder, record, rule, period), record)):
            return counted
        return self.packaged(vintage, rule, period)

    def packaged(self, vintage: date, rule: CountingRule, period: str) -> Recount | None:
        """Return the packaged recount of all countries, if there is one."""
        return _packaged().get((self.population, vintage, rule, parse_period(period)))

    def table(self, vintage: date) -> ModelTable | None:
        """Return the table of a vintage if it is at hand and intact."""
        record = self._record(vintage)
        return self._read(lambda folder: _table(folder, record), record) if record else None

    def list_differing(self, period: str) -> tuple[VintageRecord, ...]:
        """Return the vintages at hand whose counts differ from the packaged recounts of the same day."""
        pairs = (
            (record, self.recount(record.vintage, "any", period), self.packaged(record.vintage, "any", period))
            for record in self.records
        )
        return tuple(record for record, here, packaged in pairs if packaged and here != packaged)

    def _read(self, read: Callable[[VintageFolder], _T], record: VintageRecord) -> _T | None:
        """Read from a table; return `None` if it cannot be read, and do not try again."""
        if self.folder is None or record in self.faults:
            return None
        try:
            return read(self.folder)
        except DatasetError as error:
            self.faults[record] = str(error)
            return None

    def _record(self, vintage: date) -> VintageRecord | None:
        return next((record for record in self.records if record.vintage == vintage), None)


@cache
def _packaged() -> dict[_Key, Recount]:
    return {
        (recount.population, recount.vintage, recount.rule, parse_period(recount.period)): recount
        for recount in packaged.read_recounts().recounts
    }


# A vintage's file is named after its digest and never changes, so its contents can be cached.
@lru_cache(maxsize=_MOST_TABLES)
def _table(folder: VintageFolder, record: VintageRecord) -> ModelTable:
    return folder.table(record)


@lru_cache(maxsize=_MOST_RECOUNTS)
def _recount(folder: VintageFolder, record: VintageRecord, rule: CountingRule, period: str) -> Recount:
    return counting.recount(_table(folder, record), rule, period)
