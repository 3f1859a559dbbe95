"""How are the datasets that are kept, and what mends them?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from knowledge.datasets.model import Snapshot
from knowledge.datasets.shelf import Shelf
from knowledge.errors import DatasetError
from mcp_server.ailments import PACKAGE, AilmentError
from mcp_server.vintages import POPULATIONS

_FETCH = f"Fetch what is published now: `{PACKAGE} sync epoch`."


def described(library: Path | None) -> str:
    """How many vintages there are and how old the newest are; every table is held against its digest, none is read.

    Raises:
        AilmentError: if a record cannot be read, or a table is missing or was altered.
    """
    if library is None:
        return "in memory: no datasets are kept, the packaged figures are used"
    shelf = Shelf.beside(library)
    for name in shelf.unreadable():
        raise AilmentError(f"{shelf.folder / name}: this record cannot be read", f"Remove it. {_FETCH}")
    kept = shelf.vintages()
    for one in kept:
        try:
            shelf.check(one)
        except DatasetError as error:
            what = f"the table of {POPULATIONS[one.population]} of {one.vintage}"
            raise AilmentError(f"{what}: {shelf.folder / error.file} {error.problem}", _mended(shelf, one)) from None
    if not kept:
        return f"none: the packaged figures are used; `{PACKAGE} sync epoch` fetches rows"
    return f"{len(kept)} vintages; {'; '.join(_newest(kept))}"


def _mended(shelf: Shelf, one: Snapshot) -> str:
    """The newest table is likely what is published still; an older one is only in its user's hands."""
    newest = shelf.vintages(one.population)[0]
    again = _FETCH if one == newest else f"Take it in again: `{PACKAGE} sync epoch --from FILE`."
    record = shelf.folder / f"{one.population}.{one.vintage}.json"
    return f"{again} Or remove {record}."


def _newest(kept: tuple[Snapshot, ...]) -> Iterator[str]:
    today = datetime.now(UTC).date()
    for population, what in POPULATIONS.items():
        if newest := next((one for one in kept if one.population == population), None):
            yield f"the newest of {what} is of {newest.vintage}, {newest.days_old(today):,} days old"
