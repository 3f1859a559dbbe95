"""The command `reindex`."""

import argparse
import sys

from knowledge import StoreError
from mcp_server.cli.library import opener
from mcp_server.settings import LIBRARY, Settings


async def reindex(_: argparse.Namespace) -> int:
    """Make the full-text index of the library anew; print progress on standard error and return the exit status."""
    settings = Settings.read()
    if settings.library is None:
        raise StoreError(f"{LIBRARY}=:memory: keeps no index. Name a file, or leave it out for the usual one.")
    async with opener(settings)() as knowledge:
        async for indexed in knowledge.reindex():
            what = "texts are indexed" if indexed.by == "words" else "claims and texts are embedded"
            print(f"{indexed.texts:,} of {indexed.of:,} {what}", file=sys.stderr, flush=True)
    print(f"{settings.library}: its index is made anew.")
    return 0
