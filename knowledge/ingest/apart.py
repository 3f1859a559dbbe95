"""Reads a feed in a process of its own, so that one made to wear its reader out costs seconds and is refused.

feedparser mends what is broken with patterns that take the square of a feed's length for some; a thread cannot be stopped, a process can.
"""

from typing import Any

from knowledge.fetch.client import WebPage
from knowledge.fetch.robots import NEEDS_ARTICLES_EXTRA
from knowledge.ingest import feeds
from knowledge.ingest.model import Feed
from knowledge.ingest.sandbox import BrokenError, Child
from knowledge.model.errors import FetchError, StoreError

LONGEST_S = 20.0
"""Seconds that reading a feed may take."""
_NEEDED = "A feed of RSS or Atom is needed"
_LOOK = "See in a browser what is there"


async def read(page: WebPage, seconds: float = LONGEST_S) -> Feed:
    """The feed that a page is.

    Raises:
        FetchError: if it is none, or takes too long.
        StoreError: if the extra `articles` is not installed.
    """
    child = Child("knowledge.ingest.apart", seconds)
    try:
        said = await child.ask({"url": page.url, "charset": page.charset}, page.body)
    except BrokenError as broken:
        raise FetchError(page.url, str(broken), _NEEDED, _LOOK) from None
    finally:
        await child.end()
    if "missing" in said:
        raise StoreError(NEEDS_ARTICLES_EXTRA)
    if "refused" in said:
        problem, mend = map(str, said["refused"])
        raise FetchError(page.url, problem, _NEEDED, mend, permanent=True)
    if "feed" not in said:
        raise FetchError(page.url, "cannot be read: the library for it gives up", _NEEDED, _LOOK)
    return Feed.model_validate(said["feed"])


def answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What comes of a feed: its entries, or a refusal."""
    try:
        return {"feed": feeds.read(data, asked["url"], asked["charset"]).model_dump(mode="json")}
    except feeds.NoFeedError as error:
        return {"refused": [str(error), error.mend]}
    except StoreError:
        return {"missing": True}
