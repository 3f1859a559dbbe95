"""Fetches a population's table, and puts it on the shelf unless it is there already.

What a server said of a file (its ETag, when it was changed) is kept beside the vintages, one file an address, and only once
the table is safely there. It is sent along the next time if that vintage is still there whole, so that an unchanged table is
not fetched again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import ValidationError

from knowledge.datasets import placing
from knowledge.datasets.addresses import ADDRESSES, KINDS
from knowledge.datasets.model import Snapshot
from knowledge.datasets.reading import Identity
from knowledge.datasets.shelf import Shelf
from knowledge.datasets.taking import Outcome, keep
from knowledge.errors import FetchError, StoreError
from knowledge.fetching.fetcher import Fetcher, Progress, silently
from knowledge.fetching.received import Fetched, Validators
from knowledge.model import Digest, Line, Population, Value

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
    outcome: Outcome | Literal["not modified"]
    """As `taking` says it; `not modified`: the server says so."""
    dated_by: Literal["server", "today"]
    """Whose day the vintage of a table that was taken in is: the server's for the last change, else today's (UTC)."""
    proxy: str | None
    """The proxy that it came through."""
    replaced: Snapshot | None = None
    """The vintage of the same day whose place it took."""
    failed: tuple[FetchError, ...] = ()
    """Why the addresses before it gave nothing."""


class NothingFetchedError(StoreError):
    """No address of a population's table gave it; the message has the reason of each, once."""

    def __init__(self, population: Population, address: str, failed: Sequence[FetchError]) -> None:
        super().__init__(" ".join([*reasons(failed), "Nothing was changed."]))
        self.population = population
        self.address = address
        """Where the table is most likely."""


def reasons(failed: Iterable[FetchError]) -> Iterator[str]:
    """Why addresses gave nothing: those with the same reason in one sentence, of the later ones only the path."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for one in failed:
        grouped.setdefault((one.problem, one.allowed, one.mend), []).append(one.address)
    for reason, (first, *others) in grouped.items():
        yield f"{' and '.join([first, *(_shortly(one, first) for one in others)])}: {'. '.join(reason)}."


def _shortly(address: str, first: str) -> str:
    """An address without what it shares with the first: its host, and the proxy that is named behind it."""
    one, other = urlsplit(address), urlsplit(first)
    return one.path.partition(" ")[0] if one[:2] == other[:2] else address


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
        NothingFetchedError: if no address gives anything. What was there stays in each case.
    """
    failed: list[FetchError] = []
    asked = addresses or ADDRESSES[population]
    for address in asked:
        try:
            synced = await _from(address, shelf, population, fetcher, told, even_if_smaller=even_if_smaller)
        except FetchError as error:
            failed.append(error)
        else:
            return synced._replace(failed=tuple(failed))
    raise NothingFetchedError(population, asked[0], failed)


async def _from(
    address: str, shelf: Shelf, population: Population, fetcher: Fetcher, told: Progress, *, even_if_smaller: bool
) -> Synced:
    seen = _seen(shelf, population, address)
    there = next(iter(shelf.having(population, seen.sha256)), None) if seen else None
    known = Validators(seen.etag, seen.modified) if seen and there and shelf.is_whole(there) else Validators()
    with shelf.receiving() as part:
        got = await fetcher.fetch(address, part, known, KINDS, told)
        if not got.changed and there:
            return Synced(there, address, "not modified", "server", got.proxy)
        day, dated_by = _day(got.modified)
        taken = keep(shelf, part, Identity(population, day), address, even_if_smaller=even_if_smaller)
    _remember(shelf, address, taken.snapshot, got)
    return Synced(taken.snapshot, address, taken.outcome, dated_by, got.proxy, taken.replaced)


def _day(modified: datetime | None) -> tuple[date, Literal["server", "today"]]:
    """The day of the last change; a server whose clock is ahead says nothing that could be used."""
    now = datetime.now(UTC)
    if modified and modified <= now + timedelta(days=1):
        return modified.date(), "server"
    return now.date(), "today"


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
