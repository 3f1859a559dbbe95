"""The words of watching: a feed as it was read, and what is remembered of it."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

from pydantic import Field

from knowledge.fetch.response import Validators
from knowledge.model.records import Value

ENTRIES = 500
"""Entries that are read of a feed."""
_TRACKING = "utm_"


class Entry(Value):
    """What a feed says of one page; titles are as they may be shown."""

    id: Annotated[str, Field(max_length=500)]
    """As what the feed knows it."""
    url: Annotated[str, Field(max_length=2_000)]
    """Where its page is."""
    title: str | None = None
    """Its headline, without markup and hidden characters."""
    published: datetime | None = None
    """When it was published, or else changed (UTC)."""

    @property
    def address(self) -> str:
        """As what it is remembered."""
        return address(self.url)


class Feed(Value):
    """A feed as it was read."""

    title: str | None
    """Its name, without markup and hidden characters."""
    entries: Annotated[tuple[Entry, ...], Field(max_length=ENTRIES)]
    """The newest first where all have a date, else as the feed has them; each page once."""


class FeedState(Value):
    """What is remembered of a feed that is watched."""

    url: str
    """Where it is."""
    title: str | None = None
    """Its name when it was last read."""
    etag: str | None = None
    """What its server said of it when everything in it had been handled."""
    modified: str | None = None
    """When it had been changed then, as its server said."""
    checked: datetime | None = None
    """When it was last asked for (UTC)."""
    fault: str | None = None
    """Why it could not be read then."""
    failures: int = 0
    """How often in a row it could not."""
    tries: dict[str, int] = Field(default_factory=dict)
    """Addresses of entries that did not come and may yet, and how often each was tried."""
    added: datetime
    """Since when it is watched (UTC)."""

    @property
    def validators(self) -> Validators:
        """What to ask with."""
        return Validators(self.etag, self.modified)


def address(url: str) -> str:
    """The address by which a page is remembered: without the part behind `#`, and without what only counts visitors (`utm_…`)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = "&".join(one for one in parts.query.split("&") if not one.lower().startswith(_TRACKING))
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", kept, ""))
