"""The commands `add` and `watch`."""

import argparse
import re
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from knowledge import AddedText, StoreError
from knowledge.editor import Editor
from knowledge.fetch import WebClient, environment_proxy, no_proxy
from knowledge.ingest import (
    ArticleImporter,
    ArticleMetadata,
    EntryImporter,
    FeedPoller,
    FeedState,
    PollResult,
    discover_feed,
    poll_rounds,
)
from knowledge.model import FetchError
from knowledge.text import to_line
from mcp_server.cli.history import editor
from mcp_server.cli.progress import Progress
from mcp_server.rendering import lines

_STDIN = "-"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_NO_SCHEME = re.compile(r"www\.|([a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
"""The beginning of an address without its scheme."""


async def add(options: argparse.Namespace) -> int:
    """Add articles to the library, each by itself, and print the outcome of each; return the exit status."""
    metadata = ArticleMetadata(
        options.title or "", options.author or "", options.publisher or "", options.published or ""
    )
    if any(metadata) and len(options.sources) > 1:
        print(
            "--title, --author, --publisher and --published describe a single article. Add one at a time.",
            file=sys.stderr,
        )
        return 2
    failed = 0
    async with editor(options.by) as edits, edits.open_importer() as importer, _web(options) as web:
        for source in options.sources:
            name = to_line(source)
            try:
                print(f"{name}: {outcome(await _add(importer, web, source, metadata))}", flush=True)
            except StoreError as error:
                failed += 1
                message = to_line(str(error))
                print(message if message.startswith(name) else f"{name}: {message}", file=sys.stderr)
    return 1 if failed else 0


async def watch(options: argparse.Namespace) -> int:
    """Watch feeds, and add what is new in all watched feeds; return the exit status."""
    async with editor(options.by) as edits:
        if options.list:
            return await _list_feeds(edits)
        if options.forget:
            return await _forget(edits, options.forget)
        async with edits.open_importer() as importer, _web(options) as web:
            failed = await _watch_feeds(edits, web, options.feeds)
            if failed and not await edits.feeds.feeds():
                print(
                    "No feed was added. Check the feed's address and your connection, then try again.", file=sys.stderr
                )
                return failed
            return max(failed, await _poll(edits, importer, web, options.every))


def outcome(added: AddedText) -> str:
    """Describe the outcome of adding an article."""
    article = added.article
    name = f"{article.id} ({lines.marked(to_line(article.title))})" if article.title else article.id
    return " ".join([f"{name}: {_result(added)}", *map(to_line, added.notes)])


def _result(added: AddedText) -> str:
    if added.again:
        return "already in your library."
    if added.known:
        missing = f" {added.missing} do not, since this copy lacks their words." if added.missing else ""
        return f"{added.claims} claims now show their quotes.{missing}"
    if added.copy_of:
        return f"passages are searchable; it is a copy of {added.copy_of}, so the two count as one source."
    copies = f" Copies of it: {', '.join(added.copies)}." if added.copies else ""
    return f"passages are searchable; there are no claims yet.{copies}"


async def _add(importer: ArticleImporter, web: WebClient, source: str, metadata: ArticleMetadata) -> AddedText:
    if _SCHEME.match(source):
        return await importer.add_page(await web.get(source), metadata=metadata)
    if source == _STDIN:
        return await importer.add_bytes(sys.stdin.buffer.read(), metadata=metadata)
    return await importer.add_file(_file(source), metadata)


def _file(source: str) -> Path:
    file = Path(source)
    if _NO_SCHEME.match(source) and not file.exists():
        raise StoreError(f"there is no such file. If it is an address, write https://{source}")
    return file


@asynccontextmanager
async def _web(options: argparse.Namespace) -> AsyncIterator[WebClient]:
    async with WebClient(proxy=environment_proxy if options.use_proxy else no_proxy) as web:
        yield web


async def _watch_feeds(edits: Editor, web: WebClient, feeds: Sequence[str]) -> int:
    """Start watching feeds; return 1 if a feed cannot be read."""
    failed = 0
    for url in feeds:
        try:
            state, feed = await discover_feed(web, url)
            new = await edits.feeds.watch(state)
            print(f"{_name(state)}: {'now' if new else 'already'} being watched, {len(feed.entries)} entries.")
        except FetchError as error:
            failed = 1
            print(to_line(str(error)), file=sys.stderr)
    return failed


async def _poll(edits: Editor, importer: ArticleImporter, web: WebClient, every: int | None) -> int:
    """Poll all feeds, in rounds; return 1 if a feed could not be read in the last round."""
    watched = await edits.feeds.feeds()
    if not watched:
        print("No feeds are being watched. Add one: ai-trends-mcp watch https://example.org/rss.xml", file=sys.stderr)
        return 2
    with Progress("Feeds and articles", sys.stderr, unit="") as progress:
        poller = FeedPoller(
            web, edits.feeds, EntryImporter(importer), _reporter(progress), interval=timedelta(minutes=every or 60)
        )
        tally = PollResult()
        async for tally in poll_rounds(poller, once=every is None):
            print(_summary(tally), flush=True)
    return 1 if tally.failed else 0


def _reporter(progress: Progress) -> Callable[[int, int, str], None]:
    def report(done: int, total: int, line: str) -> None:
        progress.print(line)
        progress(done, total)

    return report


def _summary(tally: PollResult) -> str:
    parts = [f"{tally.feeds} feeds checked", f"{tally.taken} pages added"]
    parts += [f"{tally.refused} refused"] if tally.refused else []
    parts += [f"{tally.waiting} left for the next round"] if tally.waiting else []
    parts += [f"{tally.failed} feeds could not be read"] if tally.failed else []
    parts += [f"{tally.resting} feeds skipped this round"] if tally.resting else []
    return f"{', '.join(parts)}."


async def _list_feeds(edits: Editor) -> int:
    for feed in await edits.feeds.feeds():
        checked = f"last checked {feed.checked:%Y-%m-%d %H:%M} UTC" if feed.checked else "not checked yet"
        print(f"{_name(feed)}: {checked}" + (f"; {to_line(feed.fault)}" if feed.fault else ""))
    return 0


async def _forget(edits: Editor, url: str) -> int:
    if await edits.feeds.forget(url):
        print(f"{to_line(url)}: no longer watched. Its articles stay in the library.")
        return 0
    print(f"{to_line(url)}: is not being watched. `ai-trends-mcp watch --list` lists the feeds.", file=sys.stderr)
    return 1


def _name(feed: FeedState) -> str:
    return f"{lines.marked(to_line(feed.title))} ({to_line(feed.url)})" if feed.title else to_line(feed.url)
