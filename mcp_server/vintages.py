"""The commands for datasets: `datasets` lists what is there, `sync` takes files in."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

from knowledge.datasets.model import Snapshot
from knowledge.datasets.shelf import Shelf
from knowledge.errors import DatasetError, StoreError
from knowledge.model import Population
from mcp_server.settings import LIBRARY, Settings

_POPULATIONS: dict[Population, str] = {"large_scale": "large-scale models", "notable": "notable models"}


def listed() -> int:
    """Print the vintages that are there; the exit status."""
    shelf = _shelf()
    kept = shelf.vintages()
    today = datetime.now(UTC).date()
    for one in kept:
        print("\n".join(_lines(one, today)))
    if not kept:
        print(f"There are no datasets in {shelf.folder}. Take files in with `ai-trends-mcp sync epoch --from FILE`.")
    for name in shelf.unreadable():
        print(f"{shelf.folder / name}: cannot be read. Remove it and take its vintage in again.", file=sys.stderr)
    return 1 if shelf.unreadable() else 0


def sync(options: argparse.Namespace) -> int:
    """Take files in, each by itself; print what became of them; the exit status."""
    try:
        vintage = date.fromisoformat(options.vintage) if options.vintage else None
    except ValueError:
        print(f"--vintage: ‘{options.vintage}’ is no day. Write it as 2026-02-16.", file=sys.stderr)
        return 2
    shelf = _shelf()
    failed = 0
    for file in options.files:
        try:
            kept = shelf.put(file, options.population, vintage, even_if_smaller=options.even_if_smaller)
            print(f"{file}: {_POPULATIONS[kept.population]} of {kept.vintage}, {kept.rows:,} rows, are taken in.")
        except DatasetError as error:
            failed += 1
            print(f"{error} Nothing was changed.", file=sys.stderr)
    return 1 if failed else 0


def _lines(one: Snapshot, today: date) -> Iterator[str]:
    yield f"{_POPULATIONS[one.population]}, {one.vintage} ({one.days_old(today):,} days old): {one.rows:,} rows"
    yield f"  sha256   {one.sha256}"
    yield f"  from     {one.source}, {one.retrieved:%Y-%m-%d %H:%M} UTC"
    yield f"  licence  {one.licence}"


def _shelf() -> Shelf:
    library = Settings.read().library
    if library is None:
        raise StoreError(f"{LIBRARY}=:memory: keeps no datasets. Name a file, or leave it out for the usual one.")
    return Shelf.beside(library)
