"""The commands that bring articles: `add` takes files, addresses and standard input, `watch` what is new in feeds."""

import argparse
import re
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from knowledge import Added, StoreError
from knowledge.editing.bringing import Bringer, Told
from knowledge.editing.editor import Editor
from knowledge.editing.watched import Taking
from knowledge.errors import FetchError
from knowledge.fetching.proxies import directly, proxy_of_environment
from knowledge.fetching.web import Web
from knowledge.visible import one_line
from knowledge.watching.model import FeedState
from knowledge.watching.watching import Tally, Watch, introduced, rounds
from mcp_server.cli.history import editor
from mcp_server.cli.progress import Progress
from mcp_server.rendering import lines

_STDIN = "-"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_UNSAID = re.compile(r"www\.|([a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
"""How an address begins that was given without its scheme."""


async def add(options: argparse.Namespace) -> int:
    """Take texts into the library, each by itself; print what became of them; the exit status."""
    told = Told(options.title or "", options.author or "", options.publisher or "", options.published or "")
    if any(told) and len(options.sources) > 1:
        print(
            "--title, --author, --publisher, --published: only with one article. Add them one by one.", file=sys.stderr
        )
        return 2
    failed = 0
    async with editor(options.by) as edits, edits.bringing() as bringer, _web(options) as web:
        for source in options.sources:
            name = one_line(source)
            try:
                print(f"{name}: {outcome(await _added(bringer, web, source, told))}", flush=True)
            except StoreError as error:
                failed += 1
                said = one_line(str(error))
                print(said if said.startswith(name) else f"{name}: {said}", file=sys.stderr)
    return 1 if failed else 0


async def watch(options: argparse.Namespace) -> int:
    """Watch feeds, and bring what is new in all that are watched; the exit status."""
    async with editor(options.by) as edits:
        if options.list:
            return await _listed(edits)
        if options.forget:
            return await _forgotten(edits, options.forget)
        async with edits.bringing() as bringer, _web(options) as web:
            failed = await _introduced(edits, web, options.feeds)
            if failed and not await edits.feeds.feeds():
                print("Nothing was taken up. Try again with the feed's address, online.", file=sys.stderr)
                return failed
            return max(failed, await _brought(edits, bringer, web, options.every))


def outcome(added: Added) -> str:
    """What became of a text."""
    article = added.article
    name = f"{article.id} ({lines.marked(one_line(article.title))})" if article.title else article.id
    return " ".join([_what(added, name), *map(one_line, added.notes)])


def _what(added: Added, name: str) -> str:
    if added.again:
        return f"{name}: it is in your library already."
    if added.known:
        missing = f" {added.missing} do not: this copy does not have their words." if added.missing else ""
        return f"{name}: {added.claims} claims now show their quotes.{missing}"
    if added.copy_of:
        return f"{name}: its passages can be searched; it is a copy of {added.copy_of}, so both are one source."
    copies = f" {', '.join(added.copies)} turned out to be copies of it." if added.copies else ""
    return f"{name}: its passages can be searched; it has no claims.{copies}"


async def _added(bringer: Bringer, web: Web, source: str, told: Told) -> Added:
    if _SCHEME.match(source):
        return await bringer.page(await web.get(source), told=told)
    if source == _STDIN:
        return await bringer.data(sys.stdin.buffer.read(), told=told)
    return await bringer.file(_file(source), told)


def _file(source: str) -> Path:
    file = Path(source)
    if _UNSAID.match(source) and not file.exists():
        raise StoreError(f"is not there. If it is an address, write https://{source}")
    return file


@asynccontextmanager
async def _web(options: argparse.Namespace) -> AsyncIterator[Web]:
    async with Web(proxy=proxy_of_environment if options.use_proxy else directly) as web:
        yield web


async def _introduced(edits: Editor, web: Web, feeds: Sequence[str]) -> int:
    """Watch feeds that are not watched yet; 1 if one cannot be."""
    failed = 0
    for url in feeds:
        try:
            state, feed = await introduced(web, url)
            new = await edits.feeds.watch(state)
            print(
                f"{_named(state)}: {'is watched from now on' if new else 'is watched already'}, {len(feed.entries)} entries."
            )
        except FetchError as error:
            failed = 1
            print(one_line(str(error)), file=sys.stderr)
    return failed


async def _brought(edits: Editor, bringer: Bringer, web: Web, every: int | None) -> int:
    """Rounds over all feeds; 1 if a feed of the last one could not be read."""
    watched = await edits.feeds.feeds()
    if not watched:
        print("No feed is watched. Name one: ai-trends-mcp watch https://example.org/rss.xml", file=sys.stderr)
        return 2
    with Progress("Feeds and articles", sys.stderr, unit="") as progress:
        watch = Watch(web, edits.feeds, Taking(bringer), _told(progress), interval=timedelta(minutes=every or 60))
        tally = Tally()
        async for tally in rounds(watch, once=every is None):
            print(_tallied(tally), flush=True)
    return 1 if tally.failed else 0


def _told(progress: Progress) -> Callable[[int, int, str], None]:
    def told(done: int, of: int, what: str) -> None:
        progress.say(what)
        progress(done, of)

    return told


def _tallied(tally: Tally) -> str:
    said = [f"{tally.feeds} feeds asked", f"{tally.taken} pages taken"]
    said += [f"{tally.refused} refused"] if tally.refused else []
    said += [f"{tally.waiting} left for the next round"] if tally.waiting else []
    said += [f"{tally.failed} feeds could not be read"] if tally.failed else []
    said += [f"{tally.resting} feeds left alone for now"] if tally.resting else []
    return f"{', '.join(said)}."


async def _listed(edits: Editor) -> int:
    for feed in await edits.feeds.feeds():
        checked = f"last asked {feed.checked:%Y-%m-%d %H:%M} UTC" if feed.checked else "never asked yet"
        print(f"{_named(feed)}: {checked}" + (f"; {one_line(feed.fault)}" if feed.fault else ""))
    return 0


async def _forgotten(edits: Editor, url: str) -> int:
    if await edits.feeds.forget(url):
        print(f"{one_line(url)}: is watched no more. Its articles stay.")
        return 0
    print(f"{one_line(url)}: is not watched. `ai-trends-mcp watch --list` names what is.", file=sys.stderr)
    return 1


def _named(feed: FeedState) -> str:
    return f"{lines.marked(one_line(feed.title))} ({one_line(feed.url)})" if feed.title else one_line(feed.url)
