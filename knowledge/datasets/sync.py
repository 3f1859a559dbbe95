"""Synchronisation of a population's table with Epoch AI's site: fetched, and kept unless it is there already.

The validators of a response (ETag, Last-Modified) are kept beside the vintages, one file per address, once the table is safely
added. They are sent with the next request if that vintage is still intact, so that an unchanged table is not fetched again.
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
from knowledge.fetch import AllowedHosts, Fetcher, FetchResult, OnBytes, Validators, ignore_progress
from knowledge.model import Digest, FetchError, Line, Population, StoreError, Value

ADDRESSES: Mapping[Population, tuple[str, ...]] = {
    "large_scale": (
        "https://epoch.ai/data/large_scale_ai_models.csv",
        "https://epoch.ai/data/epochdb/large_scale_ai_models.csv",
    ),
    "notable": ("https://epoch.ai/data/notable_ai_models.csv",),
}
"""Addresses of each population's table, in the order they are tried."""
ALLOWED = AllowedHosts(frozenset({"epoch.ai", "www.epoch.ai"}))
"""Hosts that may be contacted, also by redirect."""
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
"""Suffix of files with a server's validators."""


class _ServerState(Value):
    """Validators of the file that became a vintage."""

    address: Line
    etag: str | None
    modified: str | None
    vintage: date
    sha256: Digest


class SyncResult(NamedTuple):
    """Outcome of synchronising a population's table."""

    record: VintageRecord
    """Record of the vintage now in the folder."""
    address: str
    """The address used."""
    outcome: Outcome | Literal["not modified"]
    """As in `AddedVintage`; `not modified`: as the server says."""
    dated_by: Literal["server", "today"]
    """Origin of an added vintage's day: the server's last change, else today (UTC)."""
    proxy: str | None
    """The proxy used."""
    replaced: VintageRecord | None = None
    """The vintage of the same day that it replaced."""
    failed: tuple[FetchError, ...] = ()
    """Failures of the addresses tried before."""


class NothingFetchedError(StoreError):
    """All addresses of a population's table failed; the message has each reason once."""

    def __init__(self, population: Population, address: str, failed: Sequence[FetchError]) -> None:
        super().__init__(" ".join([*describe_failures(failed), "Nothing was changed."]))
        self.population = population
        self.address = address
        """The most likely address of the table."""


def describe_failures(failed: Iterable[FetchError]) -> Iterator[str]:
    """Yield a sentence for each reason of failure with its addresses, after the first only their paths."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for error in failed:
        grouped.setdefault((error.problem, error.allowed, error.fix), []).append(error.address)
    for reason, (first, *others) in grouped.items():
        yield f"{' and '.join([first, *(_shortened(other, first) for other in others)])}: {'. '.join(reason)}."


def _shortened(address: str, first: str) -> str:
    """Return an address without what it shares with the first: the host, and the proxy named after it."""
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
    """Fetch a population's table from the first of its addresses that responds, and add it.

    Raises:
        DatasetError: if the response is no such table, or (unless `even_if_smaller`) lost a fifth of its rows.
        UnwritableError: if the folder cannot be written.
        NothingFetchedError: if all addresses fail. Nothing is changed in any of these cases.
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
    state = _read_state(folder, population, address)
    known_record = next(iter(folder.with_bytes(population, state.sha256)), None) if state else None
    known = (
        Validators(state.etag, state.modified)
        if state and known_record and folder.is_whole(known_record)
        else Validators()
    )
    with folder.receive() as part:
        fetched = await fetcher.fetch(address, part, known, MEDIA_TYPES, on_progress)
        if not fetched.changed and known_record:
            return SyncResult(known_record, address, "not modified", "server", fetched.proxy)
        day, dated_by = _day(fetched.modified)
        added = folder.add(part, population, day, address, even_if_smaller=even_if_smaller)
    _write_state(folder, address, added.record, fetched)
    return SyncResult(added.record, address, added.outcome, dated_by, fetched.proxy, added.replaced)


def _day(modified: datetime | None) -> tuple[date, Literal["server", "today"]]:
    """Return the day of the last change, or today if the server gives none or its clock is ahead."""
    now = datetime.now(UTC)
    if modified and modified <= now + timedelta(days=1):
        return modified.date(), "server"
    return now.date(), "today"


def _read_state(folder: VintageFolder, population: Population, address: str) -> _ServerState | None:
    try:
        state = _ServerState.model_validate_json(_state_file(folder, population, address).read_bytes())
    except (OSError, ValidationError):
        return None
    return state if state.address == address else None


def _write_state(folder: VintageFolder, address: str, record: VintageRecord, fetched: FetchResult) -> None:
    etag, modified = fetched.validators
    state = _ServerState(address=address, etag=etag, modified=modified, vintage=record.vintage, sha256=record.sha256)
    with suppress(OSError):  # the table is kept; without this it is only fetched again the next time
        atomic_files.write(state.model_dump_json(indent=2).encode(), _state_file(folder, record.population, address))


def _state_file(folder: VintageFolder, population: Population, address: str) -> Path:
    digest = hashlib.sha256(address.encode()).hexdigest()[:16]
    return folder.path / f"{population}.{digest}{_STATE_SUFFIX}"
