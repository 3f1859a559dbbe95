"""Synchronisation of a population's table with Epoch AI's site: fetched, and kept unless it is there already.

What a server said of a file (its ETag, when it was changed) is kept beside the vintages, one file an address, and only once
the table is safely there. It is sent along the next time if that vintage is still there whole, so that an unchanged table is
not fetched again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import ValidationError

from knowledge.datasets import atomic_files
from knowledge.datasets.model import VintageRecord
from knowledge.datasets.vintages import Outcome, VintageFolder
from knowledge.fetch.fetcher import Fetcher, OnBytes, ignore_progress
from knowledge.fetch.response import FetchResult, Validators
from knowledge.fetch.url_policy import AllowedHosts
from knowledge.model.errors import FetchError, StoreError
from knowledge.model.records import Digest, Line, Population, Value

ADDRESSES: Mapping[Population, tuple[str, ...]] = {
    "large_scale": (
        "https://epoch.ai/data/large_scale_ai_models.csv",
        "https://epoch.ai/data/epochdb/large_scale_ai_models.csv",
    ),
    "notable": ("https://epoch.ai/data/notable_ai_models.csv",),
}
"""The addresses of each population's table, in the order in which they are tried."""
ALLOWED = AllowedHosts(frozenset({"epoch.ai", "www.epoch.ai"}))
"""The hosts that may be asked, by redirect too."""
MEDIA_TYPES = (
    "text/csv",
    "text/plain",
    "application/csv",
    "application/octet-stream",
    "binary/octet-stream",
    "application/vnd.ms-excel",
)
"""Media types under which servers send a CSV file."""
_STATE_SUFFIX = ".seen"
"""How the name of a file ends that keeps what a server said."""


class _ServerState(Value):
    """A server's statements about the file that became a vintage."""

    address: Line
    etag: str | None
    modified: str | None
    vintage: date
    sha256: Digest


class SyncResult(NamedTuple):
    """What became of a population's table."""

    snapshot: VintageRecord
    """The vintage that is there now."""
    address: str
    """The address that was asked."""
    outcome: Outcome | Literal["not modified"]
    """As in `AddedVintage`; `not modified`: the server says so."""
    dated_by: Literal["server", "today"]
    """Whose day the vintage of a table that was taken in is: the server's for the last change, else today's (UTC)."""
    proxy: str | None
    """The proxy that it came through."""
    replaced: VintageRecord | None = None
    """The vintage of the same day whose place it took."""
    failed: tuple[FetchError, ...] = ()
    """Why the addresses before it gave nothing."""


class NothingFetchedError(StoreError):
    """No address of a population's table gave it; the message has the reason of each, once."""

    def __init__(self, population: Population, address: str, failed: Sequence[FetchError]) -> None:
        super().__init__(" ".join([*describe_failures(failed), "Nothing was changed."]))
        self.population = population
        self.address = address
        """Where the table is most likely."""


def describe_failures(failed: Iterable[FetchError]) -> Iterator[str]:
    """Yield why addresses gave nothing: those with the same reason in one sentence, of the later ones only the path."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for error in failed:
        grouped.setdefault((error.problem, error.allowed, error.fix), []).append(error.address)
    for reason, (first, *others) in grouped.items():
        yield f"{' and '.join([first, *(_shortened(other, first) for other in others)])}: {'. '.join(reason)}."


def _shortened(address: str, first: str) -> str:
    """Return an address without what it shares with the first: its host, and the proxy that is named behind it."""
    parts = urlsplit(address)
    return parts.path.partition(" ")[0] if parts[:2] == urlsplit(first)[:2] else address


async def sync(
    folder: VintageFolder,
    population: Population,
    fetcher: Fetcher,
    addresses: Sequence[str] | None = None,
    on_progress: OnBytes = ignore_progress,
    *,
    even_if_smaller: bool = False,
) -> SyncResult:
    """Fetch a population's table from the first of its addresses that gives one, and keep it.

    Raises:
        DatasetError: if what was fetched is no such table, or (unless `even_if_smaller`) lost a fifth of its rows.
        UnwritableError: if the folder cannot be written.
        NothingFetchedError: if no address gives anything. What was there stays in each case.
    """
    failed: list[FetchError] = []
    addresses = addresses or ADDRESSES[population]
    for address in addresses:
        try:
            synced = await _sync_from(
                address, folder, population, fetcher, on_progress, even_if_smaller=even_if_smaller
            )
        except FetchError as error:
            failed.append(error)
        else:
            return synced._replace(failed=tuple(failed))
    raise NothingFetchedError(population, addresses[0], failed)


async def _sync_from(
    address: str,
    folder: VintageFolder,
    population: Population,
    fetcher: Fetcher,
    on_progress: OnBytes,
    *,
    even_if_smaller: bool,
) -> SyncResult:
    seen = _read_state(folder, population, address)
    there = next(iter(folder.with_bytes(population, seen.sha256)), None) if seen else None
    known = Validators(seen.etag, seen.modified) if seen and there and folder.is_whole(there) else Validators()
    with folder.receiving() as part:
        got = await fetcher.fetch(address, part, known, MEDIA_TYPES, on_progress)
        if not got.changed and there:
            return SyncResult(there, address, "not modified", "server", got.proxy)
        day, dated_by = _day(got.modified)
        added = folder.add(part, population, day, address, even_if_smaller=even_if_smaller)
    _write_state(folder, address, added.snapshot, got)
    return SyncResult(added.snapshot, address, added.outcome, dated_by, got.proxy, added.replaced)


def _day(modified: datetime | None) -> tuple[date, Literal["server", "today"]]:
    """Return the day of the last change; that of a server whose clock is ahead is of no use."""
    now = datetime.now(UTC)
    if modified and modified <= now + timedelta(days=1):
        return modified.date(), "server"
    return now.date(), "today"


def _read_state(folder: VintageFolder, population: Population, address: str) -> _ServerState | None:
    try:
        seen = _ServerState.model_validate_json(_state_file(folder, population, address).read_bytes())
    except (OSError, ValidationError):
        return None
    return seen if seen.address == address else None


def _write_state(folder: VintageFolder, address: str, kept: VintageRecord, got: FetchResult) -> None:
    etag, modified = got.validators
    seen = _ServerState(address=address, etag=etag, modified=modified, vintage=kept.vintage, sha256=kept.sha256)
    with suppress(OSError):  # the table is there; without this it is fetched again the next time
        atomic_files.write(seen.model_dump_json(indent=2).encode(), _state_file(folder, kept.population, address))


def _state_file(folder: VintageFolder, population: Population, address: str) -> Path:
    digest = hashlib.sha256(address.encode()).hexdigest()[:16]
    return folder.path / f"{population}.{digest}{_STATE_SUFFIX}"
