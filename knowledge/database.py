"""A library's file, as SQLite has it: opened for writing or reading, one thread at a time, its errors as sentences."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.errors import StoreError, UnwritableError

_BUSY_SECONDS = 30.0

Parameter = str | int | None


class Database:
    """One connection that threads take turns with."""

    def __init__(self, file: Path | None, *, read_only: bool = False) -> None:
        """Open `file`, making it if need be; `None` keeps everything in memory.

        Args:
            file: the library.
            read_only: whether to do no more than read, so that the file's folder need not be writable.

        Raises:
            StoreError: if it cannot be opened.
        """
        self.is_read_only = read_only
        self._turn = threading.RLock()
        with _refusing():
            self._connection = _reading(file) if file and read_only else _connected(str(file or ":memory:"))
            self._connection.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    def rows(self, query: str, *parameters: Parameter) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._turn, _refusing():
            return self._connection.execute(query, parameters).fetchall()

    def run(self, statement: str, *parameters: Parameter) -> int:
        """Do what a statement says; the number of the row that it put in, if it did."""
        with self._turn, _refusing():
            return self._connection.execute(statement, parameters).lastrowid or 0

    def run_each(self, statement: str, rows: Sequence[Sequence[Parameter]]) -> None:
        """Do it for each row of parameters."""
        with self._turn, _refusing():
            self._connection.executemany(statement, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is done within is written, or nothing. What stands within another is part of that.

        Raises:
            UnwritableError: if nothing can be.
        """
        with self._turn:
            if self.is_read_only:
                raise _refusal(sqlite3.OperationalError("it can only be read"), UnwritableError)
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

    def changes(self) -> int:
        """How much this connection has changed."""
        return self._connection.total_changes

    def copied(self) -> "Database":
        """The same in memory."""
        other = Database(None)
        with self._turn, _refusing():
            self._connection.backup(other._connection)
        return other


def _connected(name: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri)


def _reading(file: Path) -> sqlite3.Connection:
    """A connection that writes nothing, not even the files that readers and writers share, where these cannot be made.

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
        code = (
            getattr(error, "sqlite_errorcode", 0) & 0xFF
        )  # the rest says which kind of read-only, such as a folder that is
        unwritable = code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
        raise _refusal(error, UnwritableError if unwritable else StoreError) from error


def _refusal(error: sqlite3.Error, kind: type[StoreError]) -> StoreError:
    """What to tell of it, without where the library is: it may be told to clients on other machines."""
    return kind(
        f"The library cannot be used: {error}. Try again, move it away, or name another with AI_TRENDS_LIBRARY; "
        "`ai-trends-mcp doctor` says which file it is."
    )
