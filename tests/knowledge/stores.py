"""Store engines under test. Add an engine here, and every test of `test_store.py` runs on it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from knowledge.library import SqliteStore
from knowledge.store.store import Store


class Engine(NamedTuple):
    """A way to make a store."""

    open: Callable[[Path, Path], Store]
    """Opens the store of a folder, over a data folder."""
    keeps: bool
    """True if another store of the same folder has this one's additions."""


class Open(Protocol):
    """Opens a store of one folder, again and again, over the data folder of the test or another."""

    def __call__(self, data: Path | None = None) -> Store: ...


ENGINES: Mapping[str, Engine] = {
    "memory": Engine(lambda _, data: SqliteStore(None, data), keeps=False),
    "file": Engine(lambda folder, data: SqliteStore(folder / "library.sqlite3", data), keeps=True),
}
