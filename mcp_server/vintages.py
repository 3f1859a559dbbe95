"""The commands for datasets: `datasets` lists what is there, `sync` fetches tables or takes files in."""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

from knowledge.datasets import syncing
from knowledge.datasets.addresses import ALLOWED
from knowledge.datasets.model import Snapshot
from knowledge.datasets.shelf import Shelf
from knowledge.errors import DatasetError, StoreError
from knowledge.fetching import Fetcher
from knowledge.model import Population
from knowledge.proxies import proxy_of_environment
from mcp_server.progress import Progress
from mcp_server.settings import LIBRARY, Settings

POPULATIONS: dict[Population, str] = {"large_scale": "large-scale models", "notable": "notable models"}
"""What the rows are called."""
FETCHER = Fetcher(ALLOWED, proxy=proxy_of_environment)
"""Asks Epoch AI's site and nobody else, through the user's proxy if there is one."""
_DATED = {
    "server": "Its day is that of its last change, as the server says",
    "today": "The server does not say when it was changed, so its day is today's (UTC)",
}


def listed() -> int:
    """Print the vintages that are there; the exit status."""
    shelf = _shelf()
    kept = shelf.vintages()
    today = datetime.now(UTC).date()
    for one in kept:
        print("\n".join(_lines(one, today)))
    if not kept:
        print(f"There are no datasets in {shelf.folder}. `ai-trends-mcp sync epoch` fetches them.")
    for name in shelf.unreadable():
        print(f"{shelf.folder / name}: cannot be read. Remove it, and take its vintage in again.", file=sys.stderr)
    return 1 if shelf.unreadable() else 0


def sync(options: argparse.Namespace) -> int:
    """Fetch tables, or take files in, each by itself; print what became of them; the exit status."""
    try:
        vintage = date.fromisoformat(options.vintage) if options.vintage else None
    except ValueError:
        print(f"--vintage: ‘{options.vintage}’ is no day. Write it as 2026-02-16.", file=sys.stderr)
        return 2
    if vintage and not options.files:
        why = "What is fetched has the day that its server says, or today's"
        print(f"--vintage: only with --from FILE. {why}. Leave it out, or name a file.", file=sys.stderr)
        return 2
    shelf = _shelf()
    if options.files:
        return _taken_in(shelf, options, vintage)
    return asyncio.run(_fetched(shelf, options))


def _taken_in(shelf: Shelf, options: argparse.Namespace, vintage: date | None) -> int:
    failed = 0
    for file in options.files:
        try:
            kept = shelf.put(file, options.population, vintage, even_if_smaller=options.even_if_smaller)
            print(f"{file}: {POPULATIONS[kept.population]} of {kept.vintage}, {kept.rows:,} rows, are taken in.")
        except DatasetError as error:
            failed += 1
            print(f"{error} Nothing was changed.", file=sys.stderr)
    return 1 if failed else 0


async def _fetched(shelf: Shelf, options: argparse.Namespace) -> int:
    failed = 0
    for population in [options.population] if options.population else POPULATIONS:
        try:
            with Progress(f"Fetching {POPULATIONS[population]}", sys.stderr) as told:
                synced = await syncing.sync(
                    shelf, population, FETCHER, told=told, even_if_smaller=options.even_if_smaller
                )
            print(_outcome(synced), flush=True)
            for reason in synced.failed:
                print(f"{reason} Another address was asked instead.", file=sys.stderr)
        except DatasetError as error:
            failed += 1
            print(f"{error} Nothing was changed.", file=sys.stderr)
        except StoreError as error:
            failed += 1
            print(error, file=sys.stderr)
    return 1 if failed else 0


def _outcome(synced: syncing.Synced) -> str:
    there = synced.snapshot
    what = f"{POPULATIONS[there.population]} of {there.vintage}, {there.rows:,} rows"
    said = f"{synced.address}{f' (by the proxy {synced.proxy})' if synced.proxy else ''}:"
    if synced.outcome == "taken in":
        return f"{said} {what}, are taken in. {_DATED[synced.dated_by]}."
    if synced.outcome == "mended":
        return f"{said} {what}, are whole again: their file was missing or altered."
    return f"{said} nothing changed: the {what}, are what is there."


def _lines(one: Snapshot, today: date) -> Iterator[str]:
    yield f"{POPULATIONS[one.population]}, {one.vintage} ({one.days_old(today):,} days old): {one.rows:,} rows"
    yield f"  sha256   {one.sha256}"
    yield f"  from     {one.source}, {one.retrieved:%Y-%m-%d %H:%M} UTC"
    yield f"  licence  {one.licence}"


def _shelf() -> Shelf:
    library = Settings.read().library
    if library is None:
        raise StoreError(f"{LIBRARY}=:memory: keeps no datasets. Name a file, or leave it out for the usual one.")
    return Shelf.beside(library)
