"""The SQLite file of a library: one connection, one thread at a time, errors as sentences."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.model import DiskFullError, StoreError, UnwritableError

_BUSY_SECONDS = 30.0

Parameter = str | int | None


class Database:
    """One SQLite connection, shared by threads under a lock."""

    def __init__(self, file: Path | None, *, read_only: bool = False) -> None:
        """Open `file`, making it if need be; `None` keeps everything in memory.

        Args:
            file: the library.
            read_only: whether to do no more than read, so that the file's folder need not be writable.

        Raises:
            StoreError: if it cannot be opened.
        """
        if file and file.is_dir():
            raise StoreError(_FOLDER)
        self.is_read_only = read_only
        self._turn = threading.RLock()
        with _refusing():
            self._connection = _reading(file) if file and read_only else _connected(str(file or ":memory:"))
            self._connection.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    def rows(self, query: str, *parameters: Parameter) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self._turn, _refusing():
            return self._connection.execute(query, parameters).fetchall()

    def run(self, statement: str, *parameters: Parameter) -> int:
        """Do what a statement says; the number of the row that it put in, if it did."""
        with self._turn, _refusing():
            return self._connection.execute(statement, parameters).lastrowid or 0

    def run_many(self, statement: str, rows: Sequence[Sequence[Parameter]]) -> None:
        """Do it for each row of parameters."""
        with self._turn, _refusing():
            self._connection.executemany(statement, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Open a transaction, committed whole or rolled back; a nested one joins the outer one.

        Raises:
            UnwritableError: if nothing can be.
        """
        with self._turn:
            if self.is_read_only:
                raise UnwritableError(_OTHER.format("it can only be read"))
            if self._connection.in_transaction:
                yield
                return
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self.run("ROLLBACK")
                raise

    def count_changes(self) -> int:
        """Return the number of rows that this connection has changed."""
        return self._connection.total_changes

    def copy_to_memory(self) -> "Database":
        """Return an in-memory copy of the database."""
        other = Database(None)
        with self._turn, _refusing():
            self._connection.backup(other._connection)
        return other


def _connected(name: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri)


def _reading(file: Path) -> sqlite3.Connection:
    """Open a read-only connection that writes nothing, not even SQLite's shared-memory files where they cannot be made.

    SQLite then takes the file for one that nobody writes. It must have no log beside it, which would not be read.
    """
    place = file.absolute().as_uri()
    connection = _connected(f"{place}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA user_version")
    except sqlite3.OperationalError:
        connection.close()
        log = file.with_name(f"{file.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _connected(f"{place}?mode=ro&immutable=1", uri=True)
    return connection


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(error) from error


_CORRUPT = (
    "The library's file is damaged: {}. Nothing was changed. Move it away, and go back to a copy that was made before; "
    "or name another library with AI_TRENDS_LIBRARY and `ai-trends-mcp import` an export. What can still be read, "
    "SQLite's own program saves: `sqlite3 FILE .recover | sqlite3 NEW_FILE`. `ai-trends-mcp doctor` says which file it is, and what is wrong in it."
)
_FULL = (
    "The library cannot be written, its disk is full: {}. Nothing of this was kept, and all that was kept before is there. "
    "Make room on the disk, and do it again."
)
_FAILING = (
    "The library's disk cannot be read or written: {}. What was kept before is not touched by that. "
    "See whether the disk has room, is sound and may be used up to its size (quota), and do it again."
)
_BUSY = (
    "Another program has been writing to the library for {:.0f} seconds. Nothing of this was kept. Try again; "
    "if that does not help, end the program that has it open."
)
_FOLDER = "The library is a folder. Name a file in it with AI_TRENDS_LIBRARY, as in library.sqlite3."
_OTHER = (
    "The library cannot be used: {}. Try again, move it away, or name another with AI_TRENDS_LIBRARY; "
    "`ai-trends-mcp doctor` says which file it is."
)


def _refusal(error: sqlite3.Error) -> StoreError:
    """Return the error to raise, without the library's path: clients on other machines may see it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says which kind, such as a folder that is read-only
    match code:
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return UnwritableError(_OTHER.format(error))
        case sqlite3.SQLITE_FULL:
            return DiskFullError(_FULL.format(error))
        case sqlite3.SQLITE_IOERR:
            return StoreError(_FAILING.format(error))
        case sqlite3.SQLITE_CORRUPT:
            return StoreError(_CORRUPT.format(error))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError(_BUSY.format(_BUSY_SECONDS))
        case _:
            return StoreError(_OTHER.format(error))
