"""The commands `mark` and `history`."""

import argparse
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from knowledge.editor import Editor
from knowledge.model import Event
from knowledge.text import to_line
from mcp_server.cli.library import library_file, opener
from mcp_server.rendering import lines
from mcp_server.settings import Settings

USER = "the user of this library"
"""The author of changes without `--by`. It is no account name, since those would travel with exports."""


@asynccontextmanager
async def editor(by: str | None) -> AsyncIterator[Editor]:
    """Open the user's library for changes by an author.

    Raises:
        StoreError: if the library is in memory, so that every change would be lost.
    """
    settings = Settings.read()
    library_file(settings, "nothing")
    async with opener(settings)() as knowledge:
        yield Editor(knowledge.store, to_line(by or "") or USER)


async def mark(options: argparse.Namespace) -> int:
    """Set the status of a claim; return the exit status."""
    async with editor(options.by) as edits:
        claim = await edits.change_status(options.claim, options.status, options.why, options.instead)
    print(f"{claim.id} is now {claim.status}. See `ai-trends-mcp history {claim.id}`.")
    return 0


async def history(options: argparse.Namespace) -> int:
    """Print events, oldest first; return the exit status."""
    async with editor(None) as edits:
        events = await edits.list_events(*options.ids)
        unknown = set(await edits.find_unknown(*options.ids)) - {event.subject for event in events}
    for event in events:
        print(_line(event))
    if unknown:
        print(f"Not found: {to_line(', '.join(sorted(unknown)))}", file=sys.stderr)
        return 1
    if not events:
        print("No events." if options.ids else "No events yet.")
    return 0


def _line(event: Event) -> str:
    instead = f" -> {event.instead}" if event.instead else ""
    origin = f" from {lines.marked(event.origin.source)}" if event.origin else ""
    why = f": {lines.marked(event.why)}" if event.why else ""
    subject = lines.marked(event.subject) if event.action == "imported" else event.subject
    return f"{event.at:%Y-%m-%d %H:%M:%S} UTC  {event.action:<10} {subject}{instead}{origin} ({lines.marked(event.by)}){why}"
