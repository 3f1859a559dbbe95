"""The feeds that a library subscribes to, and the import of their entries: the storage behind the poller."""

import json
from dataclasses import dataclass

from knowledge.fetch import WebPage
from knowledge.ingest.add import ArticleImporter
from knowledge.ingest.feeds import FeedEntry, FeedState
from knowledge.model import IngestError
from knowledge.store import AddedText, Store
from knowledge.text import strip_hidden

_FEED = "feed"
_ENTRY = "entry"


@dataclass(frozen=True)
class Subscriptions:
    """The subscribed feeds of a library, with their handled entries."""

    store: Store

    async def feeds(self) -> tuple[FeedState, ...]:
        """Return the subscribed feeds."""
        return tuple(FeedState.model_validate_json(note) for note in (await self.store.list_progress(_FEED)).values())

    async def watch(self, feed: FeedState) -> bool:
        """Subscribe to a feed; return whether it is new."""
        if await self.store.get_progress(_FEED, feed.url) is not None:
            return False
        await self.store.set_progress(_FEED, feed.url, feed.model_dump_json())
        return True

    async def forget(self, url: str) -> bool:
        """Unsubscribe from a feed, keeping its texts; return whether it was subscribed."""
        was_there = await self.store.get_progress(_FEED, url) is not None
        if was_there:
            await self.store.set_progress(_FEED, url, None)
        return was_there

    async def keep(self, feed: FeedState) -> None:
        """Store the state of a feed, unless it was unsubscribed."""
        if await self.store.get_progress(_FEED, feed.url) is not None:
            await self.store.set_progress(_FEED, feed.url, feed.model_dump_json())

    async def is_done(self, address: str) -> bool:
        """Check whether an entry's page was imported or refused for good."""
        return await self.store.get_progress(_ENTRY, address) is not None


@dataclass(frozen=True)
class EntryImporter:
    """The importer of entries' pages into a library."""

    importer: ArticleImporter

    async def take(self, page: WebPage, entry: FeedEntry, feed: FeedState) -> str:
        """Store a page's text and the handled entry in one transaction, or record that it has no article."""
        done = (_ENTRY, entry.address, json.dumps({"feed": feed.url}, ensure_ascii=False))
        try:
            added = await self.importer.add_page(page, done)
        except IngestError as error:
            await self.refuse(entry.address, str(error))
            return str(error)
        return _describe_outcome(added, page.url)

    async def refuse(self, address: str, why: str) -> None:
        """Record that an entry's address has no article."""
        note = json.dumps({"refused": strip_hidden(why)}, ensure_ascii=False)
        await self.importer.store.set_progress(_ENTRY, address, note)


def _describe_outcome(added: AddedText, url: str) -> str:
    again = " (it was there already)" if added.again else f" (a copy of {added.copy_of})" if added.copy_of else ""
    return f"{url}: {added.article.id}{again}"
