"""The command `reindex`."""

import argparse
import sys

from mcp_server.cli.library import library_file, opener
from mcp_server.settings import Settings


async def reindex(_: argparse.Namespace) -> int:
    """Rebuild the full-text index of the library, with progress on standard error; return the exit status."""
    settings = Settings.read()
    library = library_file(settings, "no index")
    async with opener(settings)() as knowledge:
        async for indexed in knowledge.reindex():
            done = "texts indexed" if indexed.by == "words" else "claims and texts embedded"
            print(f"{indexed.texts:,} of {indexed.total:,} {done}", file=sys.stderr, flush=True)
    print(f"{library}: index rebuilt.")
    return 0
