"""Keeps vintages side by side in a folder beside the library, each with a record of what it is and where it is from.

A vintage is two files: the table as it came, named after its digest, and the record that names it. The record is what counts,
and is exchanged at once by renaming: whatever happens before leaves the vintage that was there in force.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from knowledge.datasets import placing
from knowledge.datasets.model import Snapshot, Table
from knowledge.datasets.reading import Identity, check_file, identify, named, read, unreadable
from knowledge.datasets.stream import LIMITS, Limits
from knowledge.errors import DatasetError, UnwritableError
from knowledge.model import Population

FOLDER = "datasets"
"""What the folder beside the library is called."""
_ORPHANED = timedelta(hours=1)
"""How long a file that no record names is left alone: somebody may just be about to name it."""

_CHANGED = "was changed after it was kept"


@dataclass(frozen=True)
class Shelf:
    """The vintages in a folder, which need not be there yet."""

    folder: Path
    limits: Limits = LIMITS

    @classmethod
    def beside(cls, library: Path) -> "Shelf":
        """The vintages beside a library's file."""
        return cls(library.with_name(FOLDER))

    def vintages(self, population: Population | None = None) -> tuple[Snapshot, ...]:
        """What is there, the newest vintage of each population first."""
        found = [one for file in self._records() if (one := _snapshot(file))]
        wanted = [one for one in found if population in {None, one.population}]
        newest_first = sorted(wanted, key=lambda one: one.vintage, reverse=True)
        return tuple(sorted(newest_first, key=lambda one: one.population))

    def of(self, identity: Identity) -> Snapshot | None:
        """The vintage of this day, if it is there."""
        return next((one for one in self.vintages(identity.population) if one.vintage == identity.vintage), None)

    def having(self, population: Population, sha256: str) -> tuple[Snapshot, ...]:
        """The vintages with these bytes, the newest first."""
        return tuple(one for one in self.vintages(population) if one.sha256 == sha256)

    def unnamed(self) -> tuple[str, ...]:
        """Names of tables that no record names; those of a record that cannot be read are not among them."""
        known = {self.file(one).name for one in self.vintages()}
        unknown = tuple(f"{name.removesuffix('.json')}." for name in self.unreadable())
        tables = sorted(file.name for file in self.folder.glob("*.csv")) if self.folder.is_dir() else []
        return tuple(name for name in tables if name not in known and not name.startswith(unknown))

    def unreadable(self) -> tuple[str, ...]:
        """Names of records that cannot be read; their vintages are not listed."""
        return tuple(file.name for file in self._records() if _snapshot(file) is None)

    def table(self, snapshot: Snapshot) -> Table:
        """The table of a vintage that is there.

        Raises:
            DatasetError: if its file is gone or is not what was kept.
        """
        self.check(snapshot)  # first: what is wrong with the cells of a file that was altered is of no use to anybody
        table = read(self.file(snapshot), snapshot.population, snapshot.vintage, limits=self.limits)
        if table.sha256 != snapshot.sha256:
            raise _damaged(self.file(snapshot), snapshot, _CHANGED)
        return table

    def check(self, snapshot: Snapshot) -> None:
        """See whether a vintage's file is what was kept, without reading the table in it.

        Raises:
            DatasetError: if its file is gone or was changed.
        """
        file = self.file(snapshot)
        if not file.is_file():
            raise _damaged(file, snapshot, "is missing")
        if digest(file) != snapshot.sha256:
            raise _damaged(file, snapshot, _CHANGED)

    def is_whole(self, snapshot: Snapshot) -> bool:
        """Whether a vintage's file is what was kept."""
        try:
            self.check(snapshot)
        except DatasetError:
            return False
        return True

    def record(self, snapshot: Snapshot) -> Path:
        """Where a vintage's record is."""
        return self.folder / f"{snapshot.population}.{snapshot.vintage}.json"

    def file(self, snapshot: Snapshot) -> Path:
        """Where a vintage's table is."""
        return self.folder / f"{snapshot.population}.{snapshot.vintage}.{snapshot.sha256[:16]}.csv"

    @contextmanager
    def receiving(self) -> Iterator[Path]:
        """The name of a file that may be written beside the vintages, and is removed afterwards: `put` copies it.

        Raises:
            UnwritableError: if the folder cannot be written.
        """
        with self._writing(), placing.part(self.folder) as part:
            yield part

    def put(
        self,
        file: Path,
        population: Population | None = None,
        vintage: date | None = None,
        source: str | None = None,
        *,
        even_if_smaller: bool = False,
    ) -> Snapshot:
        """Keep the table in `file`; what is not given is told from its name, `source` is the name too.

        A vintage that is there already is replaced, once the new one is whole and on the disk.

        Raises:
            DatasetError: if it cannot be read whole, lost a needed column, is of a day to come, or (unless
                `even_if_smaller`) has a fifth fewer rows than the newest vintage before it. What was there stays.
            UnwritableError: if the folder cannot be written. What was there stays.
        """
        name = source or file.name
        check_file(file, name)
        now = datetime.now(UTC)
        identity = identify(file.name, population, vintage)
        if identity.vintage > now.date() + timedelta(days=1):  # it may be tomorrow elsewhere
            raise DatasetError(
                name, f"is of {identity.vintage}, which is yet to come", "Vintages are past days", "Mend the date"
            )
        with self._writing():
            with placing.copied(file, self.folder, self.limits) as copy:
                table = read(copy, *identity, name=name, limits=self.limits)
                if not even_if_smaller:
                    self._check_size(table, name)
                snapshot = Snapshot(
                    population=table.population,
                    vintage=table.vintage,
                    sha256=table.sha256,
                    bytes=copy.stat().st_size,
                    rows=len(table.models),
                    source=name,
                    retrieved=now,
                )
                placing.place(copy, self.file(snapshot))
            replaced = self.of(identity)
            placing.write(snapshot.model_dump_json(indent=2), self.record(snapshot))
            self._sweep(replaced, now)
        return snapshot

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            problem = f"{self.folder} cannot be written: {error.strerror}. What was there is unchanged."
            raise UnwritableError(f"{problem} See to its permissions and whether its disk has room.") from error

    def _check_size(self, table: Table, name: str) -> None:
        older = [one for one in self.vintages(table.population) if one.vintage <= table.vintage]
        if older and 5 * len(table.models) <= 4 * older[0].rows:
            raise DatasetError(
                name,
                f"has {len(table.models):,} rows, a fifth or more fewer than the {older[0].rows:,} of {older[0].vintage}",
                "A table may lose less than a fifth of its rows",
                "See whether the file is whole; if it is, `ai-trends-mcp sync` takes it with --even-if-smaller",
            )

    def _records(self) -> Iterator[Path]:
        return iter(sorted(self.folder.glob("*.json"))) if self.folder.is_dir() else iter(())

    def _sweep(self, replaced: Snapshot | None, since: datetime) -> None:
        """Remove what no record names and nobody is about to name: a replaced table unless it was put there again `since`."""
        if self.unreadable():  # what such a record names is not known
            return
        unnamed = [self.folder / name for name in self.unnamed()]
        if replaced:
            placing.remove((one for one in unnamed if one == self.file(replaced)), datetime.now(UTC) - since)
        placing.remove(unnamed, _ORPHANED)
        placing.remove(self.folder.glob(f"*{placing.PART}"), _ORPHANED)


def digest(file: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        DatasetError: if it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(file.name, error) from error


def _damaged(file: Path, snapshot: Snapshot, problem: str) -> DatasetError:
    again = named(Identity(snapshot.population, snapshot.vintage))
    mend = f"Take it in again: `ai-trends-mcp sync epoch --from {again}`"
    return DatasetError(file.name, problem, "Its rows are not used", mend)


def _snapshot(record: Path) -> Snapshot | None:
    try:
        return Snapshot.model_validate_json(record.read_bytes())
    except (OSError, ValidationError):
        return None
