"""Bytes -> a feed: RSS, Atom and what is broken of them, as feedparser reads it. The only door to it; it never fetches anything.

What stands before the first element is left out before anything is parsed, and with it every document type and entity: nothing
can be multiplied or drawn in from elsewhere. How long reading takes is for `apart.py` to bound.
"""

import codecs
import io
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from time import struct_time
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from pydantic import Field

from knowledge.fetch.client import WebPage
from knowledge.fetch.response import Validators
from knowledge.fetch.robots import NEEDS_ARTICLES_EXTRA
from knowledge.ingest.sandbox import SandboxedParser, SandboxError
from knowledge.model.errors import FetchError, StoreError
from knowledge.model.records import Value
from knowledge.text.sanitize import strip_hidden, to_excerpt

MOST_ENTRIES = 500
"""Entries that are read of a feed."""
_TRACKING = "utm_"


class FeedEntry(Value):
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
        """The normalized address of its page."""
        return normalize_address(self.url)


class Feed(Value):
    """A feed as it was read."""

    title: str | None
    """Its name, without markup and hidden characters."""
    entries: Annotated[tuple[FeedEntry, ...], Field(max_length=MOST_ENTRIES)]
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
        """The validators for a conditional request."""
        return Validators(self.etag, self.modified)


def normalize_address(url: str) -> str:
    """Return an address without its fragment and without tracking parameters (`utm_…`)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = "&".join(part for part in parts.query.split("&") if not part.lower().startswith(_TRACKING))
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", kept, ""))


_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|rdf)[\s/>]", re.IGNORECASE)
_PAGE = re.compile(r"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_HEAD = 4_096
"""Characters in which a feed's first element, or a page's, is looked for."""
_REFERENCE = re.compile(r"&#(x[0-9a-f]{1,20}|[0-9]{1,20})\b;?", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_EVER = datetime.min.replace(tzinfo=UTC)
_TITLE = 2_000
"""Characters of a title that are looked at."""
_LONGEST_ID, _LONGEST_URL = 500, 2_000
_LINKED = 10
"""Feeds of a page that are named."""
_KOREAN = {"euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "ks_c_5601", "windows-949", "x-windows-949", "ms949"}
_FEEDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}


class NoFeedError(ValueError):
    """Something that is no feed; the message stands behind its address."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.mend = mend


def parse_feed(body: bytes, url: str, charset: str = "") -> Feed:
    """Parse the feed that came from `url`, with the charset that its server named.

    Raises:
        NoFeedError: if it is none; where it is a page that links feeds, the mend names them.
        StoreError: if the extra `articles` is not installed.
    """
    text = decode_feed(body, charset)
    root = _ROOT.search(text[:_HEAD])
    page = _PAGE.search(text[:_HEAD])
    if not root or (page and page.start() < root.start()):
        raise _no_feed(text, url, is_page=page is not None)
    parsed = _parsed(text[root.start() :], url)
    if not parsed.get("version") and not parsed.entries:
        raise NoFeedError("is no feed that can be read", "Open the address in a browser and see what is there")
    entries = {entry.address: entry for entry in _entries(parsed.entries, url)}
    return Feed(title=_plain(parsed.feed.get("title")), entries=tuple(_newest(list(entries.values()))[:MOST_ENTRIES]))


def decode_feed(body: bytes, charset: str) -> str:
    """Decode as UTF-8 if the bytes are valid UTF-8, which is hardly ever chance, else as declared.

    Korean pages that say EUC-KR are read as CP949, which has all of that and the syllables that EUC-KR lacks.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    found = _DECLARED.match(body.lstrip()[:_HEAD])
    said = [name for name in (found[1].decode() if found else "", charset) if name]
    for name in ("utf-8", *said, *(() if said else ("cp949",))):
        with suppress(LookupError, ValueError):
            return body.decode(_codec(name))
    with suppress(LookupError, ValueError):
        return body.decode(_codec(said[0]) if said else "utf-8", errors="replace")
    return body.decode(errors="replace")


def _codec(name: str) -> str:
    return "cp949" if name.lower() in _KOREAN else name


def _parsed(text: str, url: str) -> Any:
    try:
        import feedparser  # noqa: PLC0415 - an extra, loaded only when used
    except ImportError:
        raise StoreError(NEEDS_ARTICLES_EXTRA) from None
    whole = '<?xml version="1.0" encoding="utf-8"?>\n' + _REFERENCE.sub(_character, text)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    # Given a stream it opens nothing; links in texts are neither resolved nor cleaned, since texts are not kept.
    stream = io.BytesIO(whole.encode(errors="replace"))
    try:
        return feedparser.parse(stream, response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # what it does not foresee is of any class
        raise NoFeedError("is a feed that is broken beyond mending", "Tell whoever runs the site") from error


def _character(reference: re.Match[str]) -> str:
    """Return a character reference, or nothing for a code point that does not exist, on which feedparser fails."""
    digits = reference[1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return reference[0] if number < 0xD800 or 0xDFFF < number <= sys.maxunicode else "\ufffd"  # noqa: PLR2004 - surrogates


def _entries(given: list[Any], url: str) -> Iterator[FeedEntry]:
    for entry in given:
        link = _link(entry, url)
        if link:
            name = strip_hidden(str(entry.get("id") or link))[:_LONGEST_ID]
            yield FeedEntry(id=name, url=link, title=_plain(entry.get("title")), published=_moment(entry))


def _link(entry: Any, url: str) -> str | None:
    """Return the address of an entry's page: its link, else its id if that is an address."""
    link, name = str(entry.get("link") or "").strip(), str(entry.get("id") or "").strip()
    for given in (_joined(url, link) if link else "", name):
        if _WEB.match(given) and len(given) <= _LONGEST_URL:
            return given
    return None


def _joined(url: str, link: str) -> str:
    """Return the absolute address of a link, or an empty string if it is invalid."""
    try:
        return urljoin(url, link)
    except ValueError:
        return ""


def _plain(given: object) -> str | None:
    """Return a title without markup and hidden characters."""
    return to_excerpt(unescape(_MARKUP.sub("", str(given or "")[:_TITLE]))) or None


def _moment(entry: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed"):
        said = entry.get(name)
        if isinstance(said, struct_time):
            with suppress(ValueError, OverflowError):
                return datetime(*said[:5], min(said[5], 59), tzinfo=UTC)
    return None


def _newest(entries: list[FeedEntry]) -> list[FeedEntry]:
    if any(entry.published is None for entry in entries):
        return entries
    return sorted(entries, key=lambda entry: entry.published or _EVER, reverse=True)


def _no_feed(text: str, url: str, *, is_page: bool) -> NoFeedError:
    linked = list(_linked(text, url))
    if linked:
        return NoFeedError(
            "is a web page and no feed",
            f"It links to {'these feeds' if linked[1:] else 'this feed'}: {' '.join(linked)}",
        )
    what = "is a web page and no feed, and links to none" if is_page else "is no feed"
    return NoFeedError(what, "Look for ‘RSS’ or ‘Atom’ on the site in a browser")


def _linked(text: str, url: str) -> Iterator[str]:
    links = _Links()
    links.feed(text[: 64 * _HEAD])
    for given in list(dict.fromkeys(links.found))[:_LINKED]:
        whole = _joined(url, given)
        if _WEB.match(whole):
            yield to_excerpt(whole)


class _Links(HTMLParser):
    """The feeds that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        is_feed = said.get("type", "").strip().lower() in _FEEDS
        if tag == "link" and is_feed and "alternate" in said.get("rel", "").lower().split() and said.get("href"):
            self.found.append(said["href"])


LONGEST_S = 20.0
"""Seconds that reading a feed may take."""
_NEEDED = "A feed of RSS or Atom is needed"
_LOOK = "See in a browser what is there"


async def read_feed(page: WebPage, seconds: float = LONGEST_S) -> Feed:
    """Parse the feed in a page that was fetched, in a sandboxed process.

    Raises:
        FetchError: if it is none, or takes too long.
        StoreError: if the extra `articles` is not installed.
    """
    child = SandboxedParser("knowledge.ingest.feeds", seconds)
    try:
        said = await child.ask({"url": page.url, "charset": page.charset}, page.body)
    except SandboxError as broken:
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
    """Return the feed or a refusal as JSON values; called in the sandboxed process."""
    try:
        return {"feed": parse_feed(data, asked["url"], asked["charset"]).model_dump(mode="json")}
    except NoFeedError as error:
        return {"refused": [str(error), error.mend]}
    except StoreError:
        return {"missing": True}
