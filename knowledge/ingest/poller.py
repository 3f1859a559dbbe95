"""The round: asks each feed what is new, fetches the pages of new entries, and hands them on.

It knows no store: what is remembered and who takes pages are given. It may be killed at any moment. What was handed on is
remembered by its taker, and what a server said of a feed only once nothing in it is left to do, so that the next round goes on there.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

from knowledge.fetch.client import WebClient, WebPage
from knowledge.ingest import feeds
from knowledge.ingest.feeds import Feed, FeedEntry, FeedState
from knowledge.model.errors import FetchError, StoreError
from knowledge.text.sanitize import to_excerpt, to_line

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
"""As what servers send a feed, or the page that links to it."""
HOUR = timedelta(hours=1)
MOST_NEW_ENTRIES = 50
"""New entries of a feed that are fetched in one round; the next round goes on with the rest."""
_TRIES = 5
_LONGEST_REST = timedelta(days=1)
_DOUBLED = 10
"""How often a rest is doubled at the most; by then it is a day."""
_AT_ONCE = 4
_LONGEST_SAID = 500

PollProgress = Callable[[int, int, str], None]
"""Is told how many feeds and entries were handled, of how many that are known so far, and what became of the last."""


class FeedStore(Protocol):
    """What is remembered from round to round."""

    async def feeds(self) -> tuple[FeedState, ...]:
        """Return the subscribed feeds."""
        ...

    async def keep(self, feed: FeedState) -> None:
        """Remember what is known of a feed now, unless it is watched no more."""
        ...

    async def is_done(self, address: str) -> bool:
        """Check whether an entry's page was imported or refused for good."""
        ...


class PageImporter(Protocol):
    """Who takes pages; may be asked for several feeds at once."""

    async def take(self, page: WebPage, entry: FeedEntry, feed: FeedState) -> str:
        """Keep a page, or refuse it for good, and with it remember `entry.address` as done; a sentence of what became of it."""
        ...

    async def refuse(self, address: str, why: str) -> None:
        """Remember that there is nothing to be had at an entry's address."""
        ...


class PollResult(NamedTuple):
    """What a round came to."""

    feeds: int = 0
    """Feeds that were asked."""
    taken: int = 0
    """Pages that were handed on."""
    refused: int = 0
    """Entries whose page is not to be had."""
    waiting: int = 0
    """Entries that are left for a later round."""
    failed: int = 0
    """Feeds that could not be read."""
    resting: int = 0
    """Feeds that were not asked, since they failed lately."""


def ignore_progress(_: int, __: int, ___: str) -> None:
    """Report nothing."""


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


async def discover_feed(web: WebClient, url: str, now: Callable[[], datetime] = utc_now) -> tuple[FeedState, Feed]:
    """Fetch a feed to subscribe to; none of its entries is handled yet.

    Raises:
        FetchError: if it cannot be fetched, or is no feed; where it is a page that links feeds, their addresses are said.
        StoreError: if the extra `articles` is not installed.
    """
    feed = await feeds.read_feed(await web.get(url, media_types=FEED_TYPES))
    return FeedState(url=url, title=feed.title, added=now()), feed


@dataclass
class FeedPoller:
    """Rounds over the feeds that are remembered."""

    web: WebClient
    memory: FeedStore
    taker: PageImporter
    told: PollProgress = ignore_progress
    now: Callable[[], datetime] = utc_now
    interval: timedelta = HOUR
    """The time between rounds; a feed that fails rests for it doubled with each failure, up to a day."""
    _done: int = field(default=0, init=False)
    _of: int = field(default=0, init=False)
    _under_way: set[str] = field(default_factory=set, init=False)

    async def round(self) -> PollResult:
        """Handle what is new in each feed.

        Raises:
            StoreError: if something cannot be remembered or taken; what was acknowledged stays.
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
            self._tell(f"{_named(feed)}: failed {feed.failures} times and is left alone for now")
            return PollResult(resting=1)
        try:
            page = await self.web.get(feed.url, known=feed.validators, media_types=FEED_TYPES)
            found = await feeds.read_feed(page) if page.changed else None
        except FetchError as error:
            failures = feed.failures + (not error.is_throttled)
            await self._keep(feed, fault=str(error), failures=failures)
            self._tell(str(error))
            return PollResult(feeds=1, failed=1)
        if found is None:
            await self._keep(feed, fault=None, failures=0)
            self._tell(f"{_named(feed)}: nothing new")
            return PollResult(feeds=1)
        return await self._read(feed.model_copy(update={"title": found.title or feed.title}), found, page)

    async def _read(self, feed: FeedState, found: Feed, page: WebPage) -> PollResult:
        new = [entry for entry in found.entries if not await self.memory.is_done(entry.address)]
        self._of += min(len(new), MOST_NEW_ENTRIES)
        self._tell(f"{_named(feed)}: {len(new)} new of {len(found.entries)}")
        tries = {entry.address: feed.tries[entry.address] for entry in new if entry.address in feed.tries}
        tally = PollResult(feeds=1, waiting=max(0, len(new) - MOST_NEW_ENTRIES))
        for entry in new[:MOST_NEW_ENTRIES]:
            tally = _sum(tally, await self._entry(entry, feed, tries))
        known = page.validators if not tally.waiting else page.validators._replace(etag=None, modified=None)
        await self._keep(feed, fault=None, failures=0, tries=tries, etag=known.etag, modified=known.modified)
        return tally

    async def _entry(self, entry: FeedEntry, feed: FeedState, tries: dict[str, int]) -> PollResult:
        """Handle an entry; `tries` counts how often it was in vain."""
        if entry.address in self._under_way:
            self._tell(f"{to_excerpt(entry.url)}: is in another feed too")
            return PollResult()
        self._under_way.add(entry.address)
        try:
            page = await self.web.get(entry.url)
        except FetchError as error:
            return await self._missed(entry, error, tries)
        said = await self.taker.take(page, entry, feed)
        tries.pop(entry.address, None)
        self._tell(said)
        return PollResult(taken=1)

    async def _missed(self, entry: FeedEntry, error: FetchError, tries: dict[str, int]) -> PollResult:
        tries[entry.address] = tries.get(entry.address, 0) + (not error.is_throttled)
        given_up = tries[entry.address] >= _TRIES
        if not (error.permanent or given_up):
            self._tell(f"{error} It is tried again in a later round.")
            return PollResult(waiting=1)
        why = f"{error} It was tried {_TRIES} times." if given_up and not error.permanent else str(error)
        await self.taker.refuse(entry.address, why)
        del tries[entry.address]
        self._tell(why)
        return PollResult(refused=1)

    def _rests(self, feed: FeedState) -> bool:
        if not feed.failures or not feed.checked:
            return False
        rest = min(self.interval * 2.0 ** min(feed.failures, _DOUBLED), _LONGEST_REST)
        return self.now() < feed.checked + rest

    async def _keep(self, feed: FeedState, **known: object) -> None:
        await self.memory.keep(feed.model_copy(update={"checked": self.now(), **known}))

    def _tell(self, what: str) -> None:
        self._done += 1
        self.told(self._done, self._of, to_line(what)[:_LONGEST_SAID])


async def poll_forever(
    watch: FeedPoller, *, once: bool = False, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
) -> AsyncIterator[PollResult]:
    """Yield the result of each round, an interval apart; only one round if `once`.

    Raises:
        StoreError: as `Watch.round` does.
    """
    while True:
        yield await watch.round()
        if once:
            return
        await sleep(watch.interval.total_seconds())


def _named(feed: FeedState) -> str:
    return f"{to_excerpt(feed.title)} ({to_excerpt(feed.url)})" if feed.title else to_excerpt(feed.url)


def _sum(result: PollResult, other: PollResult) -> PollResult:
    return PollResult(*map(sum, zip(result, other, strict=True)))


def _first(errors: BaseExceptionGroup[StoreError]) -> StoreError:
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
