"""What a library remembers of feeds, and how pages of their entries get into it: the memory and the taker of `watching`."""

import json
from dataclasses import dataclass

from knowledge.fetch.client import WebPage
from knowledge.ingest.add import ArticleImporter
from knowledge.ingest.feeds import FeedEntry, FeedState
from knowledge.model.errors import IngestError
from knowledge.store.store import AddedText, Store
from knowledge.text.sanitize import strip_hidden

_FEED = "feed"
_ENTRY = "entry"


@dataclass(frozen=True)
class Subscriptions:
    """The feeds of a library, and which of their entries were handled."""

    store: Store

    async def feeds(self) -> tuple[FeedState, ...]:
        """Return the subscribed feeds."""
        return tuple(FeedState.model_validate_json(note) for note in (await self.store.list_progress(_FEED)).values())

    async def watch(self, feed: FeedState) -> bool:
        """Watch a feed; whether it is new."""
        if await self.store.get_progress(_FEED, feed.url) is not None:
            return False
        await self.store.set_progress(_FEED, feed.url, feed.model_dump_json())
        return True

    async def forget(self, url: str) -> bool:
        """Watch a feed no more; whether it was watched. Texts that came of it stay."""
        was_there = await self.store.get_progress(_FEED, url) is not None
        if was_there:
            await self.store.set_progress(_FEED, url, None)
        return was_there

    async def keep(self, feed: FeedState) -> None:
        """Remember what is known of a feed now, unless it is watched no more."""
        if await self.store.get_progress(_FEED, feed.url) is not None:
            await self.store.set_progress(_FEED, feed.url, feed.model_dump_json())

    async def is_done(self, address: str) -> bool:
        """Check whether an entry's page was imported or refused for good."""
        return await self.store.get_progress(_ENTRY, address) is not None


@dataclass(frozen=True)
class EntryImporter:
    """Takes pages of entries into a library."""

    bringer: ArticleImporter

    async def take(self, page: WebPage, entry: FeedEntry, feed: FeedState) -> str:
        """Keep a page's text and that its entry is done, at once; or that there is no article in it."""
        done = (_ENTRY, entry.address, json.dumps({"feed": feed.url}, ensure_ascii=False))
        try:
            added = await self.bringer.page(page, done)
        except IngestError as error:
            await self.refuse(entry.address, str(error))
            return str(error)
        return _said(added, page.url)

    async def refuse(self, address: str, why: str) -> None:
        """Remember that there is nothing to be had at an entry's address."""
        note = json.dumps({"refused": strip_hidden(why)}, ensure_ascii=False)
        await self.bringer.store.set_progress(_ENTRY, address, note)


def _said(added: AddedText, url: str) -> str:
    again = " (it was there already)" if added.again else f" (a copy of {added.copy_of})" if added.copy_of else ""
    return f"{url}: {added.article.id}{again}"
