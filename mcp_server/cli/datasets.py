"""The commands `datasets` and `sync`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from knowledge.datasets import sync as dataset_sync
from knowledge.datasets.model import VintageRecord
from knowledge.datasets.parser import Identity
from knowledge.datasets.vintages import VintageFolder, find_clashes
from knowledge.fetch.fetcher import Fetcher
from knowledge.fetch.proxies import environment_proxy
from knowledge.model.errors import DatasetError, StoreError
from knowledge.model.records import Population
from mcp_server.cli.library import library_file
from mcp_server.cli.progress import Progress
from mcp_server.settings import Settings

POPULATIONS: dict[Population, str] = {"large_scale": "large-scale models", "notable": "notable models"}
"""What the rows are called."""
FETCHER = Fetcher(dataset_sync.ALLOWED, proxy=environment_proxy)
"""Asks Epoch AI's site and nobody else, through the user's proxy if there is one."""
_DATED = {
    "server": "Its day is that of its last change, as the server says",
    "today": "The server does not say when it was changed, so its day is today's (UTC)",
}


def list_datasets(_: argparse.Namespace) -> int:
    """Print the vintages that are there, and their faults; return the exit status."""
    folder = _vintage_folder()
    kept = folder.vintages()
    faults = list(folder.faults())
    damaged = {fault.record: fault.problem for fault in faults}
    today = datetime.now(UTC).date()
    for snapshot in kept:
        print("\n".join(_lines(snapshot, today, damaged.get(snapshot))))
    if not kept:
        print(f"There are no datasets in {folder.path}. `ai-trends-mcp sync epoch` fetches them.")
    for fault in faults:
        print(f"{fault.file}: {fault.problem}. {fault.fix}", file=sys.stderr)
    for sentence in folder.unnamed_notes():
        print(sentence, file=sys.stderr)
    return 1 if faults else 0


async def sync(options: argparse.Namespace) -> int:
    """Fetch tables, or read files, each by itself, and print the outcome of each; return the exit status."""
    try:
        vintage = date.fromisoformat(options.vintage) if options.vintage else None
    except ValueError:
        print(f"--vintage: ‘{options.vintage}’ is not a date. Write it as 2026-02-16.", file=sys.stderr)
        return 2
    if vintage and not options.files:
        why = "What is fetched has the day that its server says, or today's"
        print(f"--vintage: only with --from FILE. {why}. Leave it out, or name a file.", file=sys.stderr)
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
    what = f"each would be the {POPULATIONS[identity.population]} of {identity.vintage}, of which only one is kept"
    return f"{what}. Take them in one at a time, each with its own --vintage, or rename each with its day in its name."


async def _fetched(folder: VintageFolder, options: argparse.Namespace) -> int:
    failed = 0
    unfetched: list[dataset_sync.NothingFetchedError] = []
    for population in [options.population] if options.population else POPULATIONS:
        try:
            with Progress(f"Fetching {POPULATIONS[population]}", sys.stderr) as progress:
                synced = await dataset_sync.sync(
                    folder, population, FETCHER, on_progress=progress, even_if_smaller=options.even_if_smaller
                )
            print(_summary(synced), flush=True)
            for reason in dataset_sync.describe_failures(synced.failed):
                print(f"{reason} Another address was asked instead.", file=sys.stderr)
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
    """Explain how to bring tables from another machine; what a browser saves today has today's date."""
    today = datetime.now(UTC).date()
    names = {error.address: Identity(error.population, today).file_name for error in unfetched}
    yield "To do it by hand, open in a browser, on any machine that is online:"
    for address, name in names.items():
        yield f"  {address}  and save it as {name}"
    yield f"Bring {'them' if len(names) > 1 else 'it'} here, and: ai-trends-mcp sync epoch --from {' '.join(names.values())}"


def _summary(synced: dataset_sync.SyncResult) -> str:
    by = f" (by the proxy {synced.proxy})" if synced.proxy else ""
    dated = f" {_DATED[synced.dated_by]}." if synced.outcome == "added" else ""
    return f"{synced.address}{by}: {_outcome(synced.record, synced.outcome)}{dated}{_replaced(synced.replaced)}"


def _outcome(there: VintageRecord, outcome: str) -> str:
    what = f"{POPULATIONS[there.population]} of {there.vintage}, {there.rows:,} rows"
    if outcome == "added":
        return f"taken in as {what}."
    if outcome == "repaired":
        return f"mended: {what}, whose file was missing or altered."
    return f"already here as {what}. Nothing was changed."


def _replaced(one: VintageRecord | None) -> str:
    return f" It takes the place of the one kept before ({one.rows:,} rows, sha256 {one.sha256})." if one else ""


def _lines(one: VintageRecord, today: date, problem: str | None) -> Iterator[str]:
    damaged = f"  DAMAGED: its table {problem}" if problem else ""
    yield f"{POPULATIONS[one.population]}, {one.vintage} ({one.days_old(today):,} days old): {one.rows:,} rows{damaged}"
    yield f"  sha256   {one.sha256}"
    yield f"  from     {one.source}, {one.retrieved:%Y-%m-%d %H:%M} UTC"
    yield f"  licence  {one.licence}"


def _vintage_folder() -> VintageFolder:
    return VintageFolder.beside(library_file(Settings.read(), "no datasets"))
