"""The feed poller: polls subscribed feeds and passes the pages of new entries to an importer.

It depends on no store: `FeedStore` and `PageImporter` are given. It may be killed at any moment: the importer records each
handled entry, and a feed's validators are stored only once all its entries are handled, so that the next round resumes there.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

from knowledge.fetch import WebClient, WebPage
from knowledge.ingest import feeds
from knowledge.ingest.feeds import Feed, FeedEntry, FeedState
from knowledge.model import FetchError, StoreError
from knowledge.text import to_excerpt, to_line

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "text/plain",
    "text/html",
    "application/xhtml+xml",
    "application/octet-stream",
)
"""Media types under which servers send a feed, or the page that links to it."""
HOUR = timedelta(hours=1)
MOST_NEW_ENTRIES = 50
"""New entries of a feed fetched in one round; the rest waits for the next."""
_TRIES = 5
_LONGEST_REST = timedelta(days=1)
_DOUBLED = 10
"""Most doublings of a rest; by then it is a day."""
_AT_ONCE = 4
_LONGEST_SAID = 500

PollProgress = Callable[[int, int, str], None]
"""Called with the feeds and entries handled, the total known so far, and the outcome of the last."""


class FeedStore(Protocol):
    """The state of feeds between rounds."""

    async def feeds(self) -> tuple[FeedState, ...]:
        """Return the subscribed feeds."""
        ...

    async def keep(self, feed: FeedState) -> None:
        """Store the state of a feed, unless it was unsubscribed."""
        ...

    async def is_done(self, address: str) -> bool:
        """Check whether an entry's page was imported or refused for good."""
        ...


class PageImporter(Protocol):
    """The importer of entries' pages; called for several feeds at once."""

    async def take(self, page: WebPage, entry: FeedEntry, feed: FeedState) -> str:
        """Import a page or refuse it for good, record `entry.address` as done, and return the outcome as a sentence."""
        ...

    async def refuse(self, address: str, why: str) -> None:
        """Record that an entry's address has no article."""
        ...


class PollResult(NamedTuple):
    """The result of one round."""

    feeds: int = 0
    """Feeds polled."""
    taken: int = 0
    """Pages imported."""
    refused: int = 0
    """Entries without an available page."""
    waiting: int = 0
    """Entries left for a later round."""
    failed: int = 0
    """Feeds that could not be read."""
    resting: int = 0
    """Feeds skipped after recent failures."""


def ignore_progress(_: int, __: int, ___: str) -> None:
    """Report nothing."""


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


async def discover_feed(web: WebClient, url: str, now: Callable[[], datetime] = utc_now) -> tuple[FeedState, Feed]:
    """Fetch a feed to subscribe to; none of its entries is handled yet.

    Raises:
        FetchError: if it cannot be fetched, or is no feed; the message names feeds that the page links to.
        StoreError: if the extra `articles` is not installed.
    """
    feed = await feeds.read_feed(await web.get(url, media_types=FEED_TYPES))
    return FeedState(url=url, title=feed.title, added=now()), feed


@dataclass
class FeedPoller:
    """Polls the subscribed feeds."""

    web: WebClient
    memory: FeedStore
    importer: PageImporter
    on_progress: PollProgress = ignore_progress
    now: Callable[[], datetime] = utc_now
    interval: timedelta = HOUR
    """The time between rounds; a feed that fails rests for it doubled with each failure, up to a day."""
    _done: int = field(default=0, init=False)
    _of: int = field(default=0, init=False)
    _under_way: set[str] = field(default_factory=set, init=False)

    async def poll(self) -> PollResult:
        """Poll each feed once and import its new entries.

        Raises:
            StoreError: if something cannot be stored; earlier imports stay.
        """
        watched = await self.memory.feeds()
        self._done, self._of = 0, len(watched)
        self._under_way.clear()
        places = asyncio.Semaphore(_AT_ONCE)

        async def poll(feed: FeedState) -> PollResult:
            async with places:
                return await self._feed(feed)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(poll(feed)) for feed in watched]
        except* StoreError as errors:
            raise _first(errors) from None
        return PollResult(*map(sum, zip(PollResult(), *(task.result() for task in tasks), strict=True)))

    async def _feed(self, feed: FeedState) -> PollResult:
        if self._rests(feed):
            self._report(f"{_named(feed)}: failed {feed.failures} times and is left alone for now")
            return PollResult(resting=1)
        try:
            page = await self.web.get(feed.url, known=feed.validators, media_types=FEED_TYPES)
            found = await feeds.read_feed(page) if page.changed else None
        except FetchError as error:
            failures = feed.failures + (not error.is_throttled)
            await self._keep(feed, fault=str(error), failures=failures)
            self._report(str(error))
            return PollResult(feeds=1, failed=1)
        if found is None:
            await self._keep(feed, fault=None, failures=0)
            self._report(f"{_named(feed)}: nothing new")
            return PollResult(feeds=1)
        return await self._read(feed.model_copy(update={"title": found.title or feed.title}), found, page)

    async def _read(self, feed: FeedState, found: Feed, page: WebPage) -> PollResult:
        new = [entry for entry in found.entries if not await self.memory.is_done(entry.address)]
        self._of += min(len(new), MOST_NEW_ENTRIES)
        self._report(f"{_named(feed)}: {len(new)} new of {len(found.entries)}")
        tries = {entry.address: feed.tries[entry.address] for entry in new if entry.address in feed.tries}
        tally = PollResult(feeds=1, waiting=max(0, len(new) - MOST_NEW_ENTRIES))
        for entry in new[:MOST_NEW_ENTRIES]:
            tally = _sum(tally, await self._entry(entry, feed, tries))
        known = page.validators if not tally.waiting else page.validators._replace(etag=None, modified=None)
        await self._keep(feed, fault=None, failures=0, tries=tries, etag=known.etag, modified=known.modified)
        return tally

    async def _entry(self, entry: FeedEntry, feed: FeedState, tries: dict[str, int]) -> PollResult:
        """Handle an entry; `tries` counts its failed attempts."""
        if entry.address in self._under_way:
            self._report(f"{to_excerpt(entry.url)}: is in another feed too")
            return PollResult()
        self._under_way.add(entry.address)
        try:
            page = await self.web.get(entry.url)
        except FetchError as error:
            return await self._missed(entry, error, tries)
        outcome = await self.importer.take(page, entry, feed)
        tries.pop(entry.address, None)
        self._report(outcome)
        return PollResult(taken=1)

    async def _missed(self, entry: FeedEntry, error: FetchError, tries: dict[str, int]) -> PollResult:
        tries[entry.address] = tries.get(entry.address, 0) + (not error.is_throttled)
        given_up = tries[entry.address] >= _TRIES
        if not (error.permanent or given_up):
            self._report(f"{error} It is tried again in a later round.")
            return PollResult(waiting=1)
        why = f"{error} It was tried {_TRIES} times." if given_up and not error.permanent else str(error)
        await self.importer.refuse(entry.address, why)
        del tries[entry.address]
        self._report(why)
        return PollResult(refused=1)

    def _rests(self, feed: FeedState) -> bool:
        if not feed.failures or not feed.checked:
            return False
        rest = min(self.interval * 2.0 ** min(feed.failures, _DOUBLED), _LONGEST_REST)
        return self.now() < feed.checked + rest

    async def _keep(self, feed: FeedState, **known: object) -> None:
        await self.memory.keep(feed.model_copy(update={"checked": self.now(), **known}))

    def _report(self, what: str) -> None:
        self._done += 1
        self.on_progress(self._done, self._of, to_line(what)[:_LONGEST_SAID])


async def poll_rounds(
    poller: FeedPoller, *, once: bool = False, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
) -> AsyncIterator[PollResult]:
    """Yield the result of each round, an interval apart; only one round if `once`.

    Raises:
        StoreError: as `FeedPoller.poll` does.
    """
    while True:
        yield await poller.poll()
        if once:
            return
        await sleep(poller.interval.total_seconds())


def _named(feed: FeedState) -> str:
    return f"{to_excerpt(feed.title)} ({to_excerpt(feed.url)})" if feed.title else to_excerpt(feed.url)


def _sum(result: PollResult, other: PollResult) -> PollResult:
    return PollResult(*map(sum, zip(result, other, strict=True)))


def _first(errors: BaseExceptionGroup[StoreError]) -> StoreError:
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
