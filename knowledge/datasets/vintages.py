"""Vintages in a folder beside the library, each with a record of its identity and source.

A vintage is two files: the table as received, named after its digest, and the record that names it. Only the record counts,
and it is replaced atomically by renaming: a failure before that leaves the previous vintage in force.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from knowledge.datasets import atomic_files
from knowledge.datasets.model import ModelTable, VintageRecord
from knowledge.datasets.parser import LIMITS, Identity, TableLimits, identify, parse_table, read_start
from knowledge.model import DatasetError, Population, UnwritableError

FOLDER = "datasets"
"""Name of the folder beside the library."""
_ORPHANED = timedelta(hours=1)
"""Age at which a file that no record names is removed: another process may be about to name a newer one."""
_DIGITS = 16
"""Digits of a table's digest in its file name."""
_ADD = "ai-trends-mcp sync epoch --from"

Outcome = Literal["added", "repaired", "unchanged"]


class AddedVintage(NamedTuple):
    """Outcome of adding a table."""

    record: VintageRecord
    """Record of the vintage now in the folder."""
    outcome: Outcome
    """`unchanged`: already kept, maybe under another day; `repaired`: already kept, but the file was missing or altered."""
    replaced: VintageRecord | None = None
    """The vintage of the same day with other bytes that it replaced."""


class VintageFault(NamedTuple):
    """A damaged file of the folder."""

    file: Path
    problem: str
    """The problem, as the rest of a sentence about the file."""
    fix: str
    """Instructions, as sentences."""
    record: VintageRecord | None = None
    """Record of the vintage whose table it is; `None` for an unreadable record."""


@dataclass(frozen=True)
class VintageFolder:
    """Folder of vintages, which need not exist yet."""

    path: Path
    limits: TableLimits = LIMITS

    @classmethod
    def beside(cls, library: Path) -> "VintageFolder":
        """Return the vintages beside a library's file."""
        return cls(library.with_name(FOLDER))

    def vintages(self, population: Population | None = None) -> tuple[VintageRecord, ...]:
        """List the records, the newest vintage of each population first."""
        found = [record for file in self._records() if (record := _read_record(file))]
        wanted = [record for record in found if population in {None, record.population}]
        newest_first = sorted(wanted, key=lambda record: record.vintage, reverse=True)
        return tuple(sorted(newest_first, key=lambda record: record.population))

    def with_bytes(self, population: Population, sha256: str) -> tuple[VintageRecord, ...]:
        """List the vintages with these bytes, the newest first."""
        return tuple(record for record in self.vintages(population) if record.sha256 == sha256)

    def table(self, record: VintageRecord) -> ModelTable:
        """Read the table of a vintage.

        Raises:
            DatasetError: if its file is missing or was altered.
        """
        identity = Identity(record.population, record.vintage)
        return parse_table(self._content(record), identity, self.table_file(record).name, self.limits)

    def is_whole(self, record: VintageRecord) -> bool:
        """Check that a vintage's file is unaltered."""
        try:
            self._content(record)
        except DatasetError:
            return False
        return True

    def record_file(self, record: VintageRecord) -> Path:
        """Return the path of a vintage's record."""
        return self.path / f"{record.population}.{record.vintage}.json"

    def table_file(self, record: VintageRecord) -> Path:
        """Return the path of a vintage's table."""
        return self.path / f"{record.population}.{record.vintage}.{record.sha256[:_DIGITS]}.csv"

    @contextmanager
    def receive(self) -> Iterator[Path]:
        """Provide a temporary file beside the vintages, removed afterwards: `add` copies it.

        Raises:
            UnwritableError: if the folder cannot be written.
        """
        with self._writing(), atomic_files.temporary_file(self.path) as part:
            yield part

    def add(
        self,
        file: Path,
        population: Population | None = None,
        vintage: date | None = None,
        source: str | None = None,
        *,
        even_if_smaller: bool = False,
    ) -> AddedVintage:
        """Add the table in `file`, the same bytes only once; what is not given is read from its name, also the default `source`.

        Another vintage of the same day is replaced once the new one is completely on disk. Bytes whose file was damaged are
        kept under their own day.

        Raises:
            DatasetError: if it cannot be read completely, lacks a needed column, has a future date, contradicts its name, or
                (unless `even_if_smaller`) has a fifth fewer rows than the newest vintage before it. Nothing is changed.
            UnwritableError: if the folder cannot be written. Nothing is changed.
        """
        name = source or file.name
        content = read_start(file, name, self.limits.file_bytes + 1)
        identity = identify(file.name, population, vintage)
        same = self._same_bytes(content, identity)
        if same and self.is_whole(same):
            return AddedVintage(same, "unchanged")
        identity = Identity(identity.population, same.vintage) if same else identity
        record = self._checked(content, identity, name, even_if_smaller=even_if_smaller)
        before = next(
            (other for other in self.vintages(identity.population) if other.vintage == identity.vintage), None
        )
        replaced = before if before and before.sha256 != record.sha256 else None
        with self._writing():
            atomic_files.write(content, self.table_file(record))
            atomic_files.write(record.model_dump_json(indent=2).encode(), self.record_file(record))
            self._sweep(replaced, record.retrieved)
        return AddedVintage(record, "repaired" if same else "added", replaced)

    def faults(self) -> Iterator[VintageFault]:
        """Yield unreadable records, then missing or altered tables; every table is read for that."""
        for name in self._unreadable():
            yield VintageFault(self.path / name, "cannot be read", self._record_fix(name))
        for record in self.vintages():
            try:
                self._content(record)
            except DatasetError as error:
                there = [file.name for file in (self.record_file(record), self.table_file(record)) if file.exists()]
                fix = f"{error.fix}. Or remove {' and '.join(there)} from {self.path}."
                yield VintageFault(self.table_file(record), error.problem, fix, record)

    def unnamed(self) -> tuple[Path, ...]:
        """List tables that no record names, except those of unreadable records."""
        known = {self.table_file(record) for record in self.vintages()}
        unknown = tuple(f"{name.removesuffix('.json')}." for name in self._unreadable())
        tables = sorted(self.path.glob("*.csv")) if self.path.is_dir() else []
        return tuple(file for file in tables if file not in known and not file.name.startswith(unknown))

    def unnamed_notes(self) -> Iterator[str]:
        """Yield a sentence on each table that no record names."""
        for file in self.unnamed():
            fix = (
                f"Remove it, or take it in: `{_ADD} {file}`."
                if self._is_as_named(file)
                else "It was changed. Remove it."
            )
            yield f"{file}: no record names this table, so it is not used. {fix}"

    def _same_bytes(self, content: bytes, identity: Identity) -> VintageRecord | None:
        """Return the vintage with these bytes, that of the same day before others."""
        found = self.with_bytes(identity.population, hashlib.sha256(content).hexdigest())
        of_the_day = (record for record in found if record.vintage == identity.vintage)
        return next(of_the_day, found[0] if found else None)

    def _checked(self, content: bytes, identity: Identity, name: str, *, even_if_smaller: bool) -> VintageRecord:
        now = datetime.now(UTC)
        if identity.vintage > now.date() + timedelta(days=1):  # it may be tomorrow elsewhere
            problem = f"is of {identity.vintage}, which is yet to come"
            raise DatasetError(name, problem, "Vintages are past days", "Correct the date")
        table = parse_table(content, identity, name, self.limits)
        if not even_if_smaller:
            self._check_rows(table, name)
        return VintageRecord(
            population=table.population,
            vintage=table.vintage,
            sha256=table.sha256,
            bytes=len(content),
            rows=len(table.models),
            source=name,
            retrieved=now,
        )

    def _check_rows(self, table: ModelTable, name: str) -> None:
        older = [record for record in self.vintages(table.population) if record.vintage <= table.vintage]
        if older and 5 * len(table.models) <= 4 * older[0].rows:
            raise DatasetError(
                name,
                f"has {len(table.models):,} rows, a fifth or more fewer than the {older[0].rows:,} of {older[0].vintage}",
                "A table may lose less than a fifth of its rows",
                "See whether the file is whole; if it is, `ai-trends-mcp sync` takes it with --even-if-smaller",
            )

    def _content(self, record: VintageRecord) -> bytes:
        """Read a vintage's file; an altered file is refused unparsed."""
        file = self.table_file(record)
        if not file.is_file():
            raise _damaged(file, record, "is missing")
        content = read_start(file, file.name, record.bytes + 1)
        if hashlib.sha256(content).hexdigest() != record.sha256:
            raise _damaged(file, record, "was changed after it was kept")
        return content

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            problem = f"{self.path} cannot be written: {error.strerror}. What was there is unchanged."
            raise UnwritableError(f"{problem} See to its permissions and whether its disk has room.") from error

    def _records(self) -> Iterator[Path]:
        return iter(sorted(self.path.glob("*.json"))) if self.path.is_dir() else iter(())

    def _unreadable(self) -> tuple[str, ...]:
        """List the names of unreadable records, whose vintages are not listed."""
        return tuple(file.name for file in self._records() if _read_record(file) is None)

    def _record_fix(self, name: str) -> str:
        tables = sorted(self.path.glob(f"{name.removesuffix('.json')}.*.csv"))
        sound = next(filter(self._is_as_named, tables), None)
        again = f"Make it anew from its table: `{_ADD} {sound}`. Or remove" if sound else "Remove"
        return f"{again} {' and '.join((name, *(file.name for file in tables)))} from {self.path}."

    def _is_as_named(self, table: Path) -> bool:
        """Check that a table has the digest that its name says."""
        try:
            content = read_start(table, table.name, self.limits.file_bytes)
        except DatasetError:
            return False
        return hashlib.sha256(content).hexdigest()[:_DIGITS] == table.name.split(".")[-2]

    def _sweep(self, replaced: VintageRecord | None, since: datetime) -> None:
        """Remove old files that no record names, and a replaced table unless it was written again `since`."""
        if self._unreadable():  # the table that such a record names is unknown
            return
        unnamed = self.unnamed()
        if replaced and self.table_file(replaced) in unnamed:
            atomic_files.remove([self.table_file(replaced)], since)
        parts = self.path.glob(f"*{atomic_files.TEMPORARY_SUFFIX}")
        atomic_files.remove([*unnamed, *parts], datetime.now(UTC) - _ORPHANED)


def find_clashes(
    files: Sequence[Path], population: Population | None, vintage: date | None
) -> Mapping[Identity, Sequence[Path]]:
    """Find files that clash: tables of the same population and day, of which only one can be kept."""
    found: dict[Identity, list[Path]] = {}
    for file in dict.fromkeys(files):
        with suppress(DatasetError):  # such a file is refused by `add`
            found.setdefault(identify(file.name, population, vintage), []).append(file)
    return {identity: clashing for identity, clashing in found.items() if len(clashing) > 1}


def _damaged(file: Path, record: VintageRecord, problem: str) -> DatasetError:
    again = Identity(record.population, record.vintage).file_name
    return DatasetError(file.name, problem, "Its rows are not used", f"Take it in again: `{_ADD} {again}`")


def _read_record(file: Path) -> VintageRecord | None:
    try:
        return VintageRecord.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
