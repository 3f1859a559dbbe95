"""Which of the vintages that are kept cannot be used, why, and what mends each."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge.datasets.model import Snapshot
from knowledge.datasets.shelf import Shelf, digest
from knowledge.errors import DatasetError

_TAKE_IN = "ai-trends-mcp sync epoch --from"


class Fault(NamedTuple):
    """A file that is not what it should be."""

    file: Path
    problem: str
    """What is wrong with it, as the rest of a sentence about it."""
    mend: str
    """What to do, as sentences."""
    snapshot: Snapshot | None = None
    """The vintage whose table it is; `None` of a record that cannot be read."""


def faults(shelf: Shelf) -> Iterator[Fault]:
    """Records that cannot be read, then tables that are missing or were altered; every table is read for that."""
    for name in shelf.unreadable():
        yield Fault(shelf.folder / name, "cannot be read", _of_record(shelf, name))
    for one in shelf.vintages():
        try:
            shelf.check(one)
        except DatasetError as error:
            there = [file.name for file in (shelf.record(one), shelf.file(one)) if file.exists()]
            mend = f"{error.mend}. Or remove {' and '.join(there)} from {shelf.folder}."
            yield Fault(shelf.file(one), error.problem, mend, one)


def unnamed(shelf: Shelf) -> Iterator[str]:
    """A sentence on each table that no record names."""
    for name in shelf.unnamed():
        file = shelf.folder / name
        mend = f"Remove it, or take it in: `{_TAKE_IN} {file}`." if _is_as_kept(file) else "It was changed. Remove it."
        yield f"{file}: no record names this table, so it is not used. {mend}"


def _of_record(shelf: Shelf, name: str) -> str:
    tables = sorted(shelf.folder.glob(f"{name.removesuffix('.json')}.*.csv"))
    sound = next(filter(_is_as_kept, tables), None)
    again = f"Make it anew from its table: `{_TAKE_IN} {sound}`. Or remove" if sound else "Remove"
    return f"{again} {' and '.join(one.name for one in (Path(name), *tables))} from {shelf.folder}."


def _is_as_kept(table: Path) -> bool:
    """Whether a table has the digest that its name says."""
    try:
        return digest(table)[:16] == table.name.split(".")[-2]
    except DatasetError:
        return False
