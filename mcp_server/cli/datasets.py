"""The commands `datasets` and `sync`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from knowledge.datasets import Identity, VintageFolder, VintageRecord, find_clashes
from knowledge.datasets import sync as dataset_sync
from knowledge.fetch import Fetcher, environment_proxy
from knowledge.model import DatasetError, Population, StoreError
from mcp_server.cli.library import library_file
from mcp_server.cli.progress import Progress
from mcp_server.settings import Settings

POPULATIONS: dict[Population, str] = {"large_scale": "large-scale models", "notable": "notable models"}
"""Names of the rows of each table."""
FETCHER = Fetcher(dataset_sync.ALLOWED, proxy=environment_proxy)
"""Fetches from Epoch AI's site only, through the user's proxy if there is one."""
_DATED = {
    "server": "Its vintage is the date of its last change, according to the server",
    "today": "The server does not say when it changed, so its vintage is today (UTC)",
}


def list_datasets(_: argparse.Namespace) -> int:
    """Print the vintages and their faults; return the exit status."""
    folder = _vintage_folder()
    kept = folder.vintages()
    faults = list(folder.faults())
    damaged = {fault.record: fault.problem for fault in faults}
    today = datetime.now(UTC).date()
    for snapshot in kept:
        print("\n".join(_lines(snapshot, today, damaged.get(snapshot))))
    if not kept:
        print(f"There are no datasets in {folder.path}. Download them with `ai-trends-mcp sync epoch`.")
    for fault in faults:
        print(f"{fault.file}: {fault.problem}. {fault.fix}", file=sys.stderr)
    for sentence in folder.unnamed_notes():
        print(sentence, file=sys.stderr)
    return 1 if faults else 0


async def sync(options: argparse.Namespace) -> int:
    """Download tables, or take files, each by itself, and print the outcome of each; return the exit status."""
    try:
        vintage = date.fromisoformat(options.vintage) if options.vintage else None
    except ValueError:
        print(f"--vintage: ‘{options.vintage}’ is not a date such as 2026-02-16.", file=sys.stderr)
        return 2
    if vintage and not options.files:
        print("--vintage: only with --from FILE. Downloads take the server's date, or today's.", file=sys.stderr)
        return 2
    folder = _vintage_folder()
    if options.files:
        return _taken_in(folder, options, vintage)
    return await _fetched(folder, options)


def _taken_in(folder: VintageFolder, options: argparse.Namespace, vintage: date | None) -> int:
    clashes = find_clashes(options.files, options.population, vintage)
    for identity, files in clashes.items():
        print(f"{', '.join(map(str, files))}: {_clash(identity)} Nothing was changed.", file=sys.stderr)
    if clashes:
        return 2
    failed = 0
    for file in options.files:
        try:
            added = folder.add(file, options.population, vintage, even_if_smaller=options.even_if_smaller)
            print(f"{file}: {_outcome(added.record, added.outcome)}{_replaced(added.replaced)}")
        except DatasetError as error:
            failed += 1
            print(f"{error} Nothing was changed.", file=sys.stderr)
    return 1 if failed else 0


def _clash(identity: Identity) -> str:
    what = f"each would be the {POPULATIONS[identity.population]} of {identity.vintage}, and only one is kept per day"
    return f"{what}. Add them one at a time, each with its own --vintage, or put its date in each file's name."


async def _fetched(folder: VintageFolder, options: argparse.Namespace) -> int:
    failed = 0
    unfetched: list[dataset_sync.NothingFetchedError] = []
    for population in [options.population] if options.population else POPULATIONS:
        try:
            with Progress(f"Downloading {POPULATIONS[population]}", sys.stderr) as progress:
                synced = await dataset_sync.sync(
                    folder, population, FETCHER, on_progress=progress, even_if_smaller=options.even_if_smaller
                )
            print(_summary(synced), flush=True)
            for reason in dataset_sync.describe_failures(synced.failed):
                print(f"{reason} Another address was used instead.", file=sys.stderr)
        except DatasetError as error:
            failed += 1
            print(f"{error} Nothing was changed.", file=sys.stderr)
        except StoreError as error:
            failed += 1
            unfetched += [error] if isinstance(error, dataset_sync.NothingFetchedError) else []
            print(error, file=sys.stderr)
    if unfetched:
        print("\n".join(_by_hand(unfetched)), file=sys.stderr)
    return 1 if failed else 0


def _by_hand(unfetched: Sequence[dataset_sync.NothingFetchedError]) -> Iterator[str]:
    """Explain how to bring tables from another machine; a table that a browser saves today has today's date."""
    today = datetime.now(UTC).date()
    names = {error.address: Identity(error.population, today).file_name for error in unfetched}
    yield "To download by hand, open in a browser on any machine that is online:"
    for address, name in names.items():
        yield f"  {address}  and save it as {name}"
    yield f"Copy {'them' if len(names) > 1 else 'it'} here, then run: ai-trends-mcp sync epoch --from {' '.join(names.values())}"


def _summary(synced: dataset_sync.SyncResult) -> str:
    by = f" (by the proxy {synced.proxy})" if synced.proxy else ""
    dated = f" {_DATED[synced.dated_by]}." if synced.outcome == "added" else ""
    return f"{synced.address}{by}: {_outcome(synced.record, synced.outcome)}{dated}{_replaced(synced.replaced)}"


def _outcome(there: VintageRecord, outcome: str) -> str:
    what = f"{POPULATIONS[there.population]} of {there.vintage}, {there.rows:,} rows"
    if outcome == "added":
        return f"added as {what}."
    if outcome == "repaired":
        return f"repaired: {what}, whose file was missing or altered."
    return f"already here as {what}. Nothing was changed."


def _replaced(record: VintageRecord | None) -> str:
    return f" It replaces an earlier one ({record.rows:,} rows, sha256 {record.sha256})." if record else ""


def _lines(record: VintageRecord, today: date, problem: str | None) -> Iterator[str]:
    damaged = f"  DAMAGED: its table {problem}" if problem else ""
    yield f"{POPULATIONS[record.population]}, {record.vintage} ({record.days_old(today):,} days old): {record.rows:,} rows{damaged}"
    yield f"  sha256   {record.sha256}"
    yield f"  from     {record.source}, {record.retrieved:%Y-%m-%d %H:%M} UTC"
    yield f"  licence  {record.licence}"


def _vintage_folder() -> VintageFolder:
    return VintageFolder.beside(library_file(Settings.read(), "no datasets"))
