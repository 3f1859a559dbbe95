"""Fetches a population's table, and puts it on the shelf unless it is there already.

What a server said of a file (its ETag, when it was changed) is kept beside the vintages, one file an address, and only once
the table is safely there. It is sent along the next time if that vintage is still there whole, so that an unchanged table is
not fetched again.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from knowledge.datasets import placing
from knowledge.datasets.addresses import ADDRESSES, KINDS
from knowledge.datasets.model import Snapshot
from knowledge.datasets.shelf import Shelf
from knowledge.errors import FetchError, StoreError
from knowledge.fetching import Fetcher, Progress, silently
from knowledge.model import Digest, Line, Population, Value
from knowledge.received import Fetched, Validators

Outcome = Literal["taken in", "mended", "same bytes", "not modified"]
_OUTCOMES: dict[tuple[bool, bool], Outcome] = {
    (False, False): "taken in",
    (True, False): "mended",
    (True, True): "same bytes",
}
"""By whether a vintage had these bytes, and whether its file was whole."""
_SEEN = ".seen"
"""How the name of a file ends that says what a server said."""


class _Seen(Value):
    """What a server said of the file that became a vintage."""

    address: Line
    etag: str | None
    modified: str | None
    vintage: date
    sha256: Digest


class Synced(NamedTuple):
    """What became of a population's table."""

    snapshot: Snapshot
    """The vintage that is there now."""
    address: str
    """Where it was asked for."""
    outcome: Outcome
    """`mended`: it has the bytes of a vintage whose file was gone or altered, and is whole again."""
    dated_by: Literal["server", "today"]
    """Whose day the vintage of a table that was taken in is: the server's for the last change, else today's (UTC)."""
    proxy: str | None
    """The proxy that it came through."""
    failed: tuple[FetchError, ...]
    """Why the addresses before it gave nothing."""


async def sync(
    shelf: Shelf,
    population: Population,
    fetcher: Fetcher,
    addresses: Sequence[str] | None = None,
    told: Progress = silently,
    *,
    even_if_smaller: bool = False,
) -> Synced:
    """Fetch a population's table from the first of its addresses that gives one, and keep it.

    Raises:
        DatasetError: if what was fetched is no such table, or (unless `even_if_smaller`) lost a fifth of its rows.
        UnwritableError: if the shelf cannot be written.
        StoreError: if no address gives anything; it has the reason of each. What was there stays in each case.
    """
    failed: list[FetchError] = []
    for address in addresses or ADDRESSES[population]:
        try:
            synced = await _from(address, shelf, population, fetcher, told, even_if_smaller=even_if_smaller)
        except FetchError as error:
            failed.append(error)
        else:
            return synced._replace(failed=tuple(failed))
    reasons = " ".join(map(str, failed))
    raise StoreError(
        f"{reasons} Nothing was changed. A file that you have is taken in by `ai-trends-mcp sync epoch --from FILE`."
    )


async def _from(
    address: str, shelf: Shelf, population: Population, fetcher: Fetcher, told: Progress, *, even_if_smaller: bool
) -> Synced:
    seen = _seen(shelf, population, address)
    there = _having(shelf, population, seen.sha256) if seen else None
    known = Validators(seen.etag, seen.modified) if seen and there and shelf.is_whole(there) else Validators()
    with shelf.receiving() as part:
        got = await fetcher.fetch(address, part, known, KINDS, told)
        if not got.changed and there:
            return Synced(there, address, "not modified", "server", got.proxy, ())
        same = _having(shelf, population, _digest(part))
        day, dated_by = _day(got.modified)
        if same and shelf.is_whole(same):
            kept = same
        else:  # a table that was damaged is mended under its own day
            vintage = same.vintage if same else day
            kept = shelf.put(part, population, vintage, address, even_if_smaller=even_if_smaller)
    _remember(shelf, address, kept, got)
    outcome = _OUTCOMES[same is not None, kept is same]
    return Synced(kept, address, outcome, dated_by, got.proxy, ())


def _having(shelf: Shelf, population: Population, sha256: str) -> Snapshot | None:
    """The vintage with these bytes, the newest if there are several."""
    return next((one for one in shelf.vintages(population) if one.sha256 == sha256), None)


def _day(modified: datetime | None) -> tuple[date, Literal["server", "today"]]:
    """The day of the last change; a server whose clock is ahead says nothing that could be used."""
    now = datetime.now(UTC)
    if modified and modified <= now + timedelta(days=1):
        return modified.date(), "server"
    return now.date(), "today"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _seen(shelf: Shelf, population: Population, address: str) -> _Seen | None:
    try:
        seen = _Seen.model_validate_json(_file(shelf, population, address).read_bytes())
    except (OSError, ValidationError):
        return None
    return seen if seen.address == address else None


def _remember(shelf: Shelf, address: str, kept: Snapshot, got: Fetched) -> None:
    etag, modified = got.validators
    seen = _Seen(address=address, etag=etag, modified=modified, vintage=kept.vintage, sha256=kept.sha256)
    with suppress(OSError):  # the table is there; without this it is fetched again the next time
        placing.write(seen.model_dump_json(indent=2), _file(shelf, kept.population, address))


def _file(shelf: Shelf, population: Population, address: str) -> Path:
    digest = hashlib.sha256(address.encode()).hexdigest()[:16]
    return shelf.folder / f"{population}.{digest}{_SEEN}"
