"""RSS and Atom feeds: their models, and their parser. The only importer of feedparser, which never fetches anything here.

Everything before the root element is dropped before parsing, and with it every document type and entity, so that no entity
expands or loads anything. feedparser repairs broken feeds with patterns that take quadratic time on some input, so it runs in
a sandboxed process with a time limit.
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

from knowledge.fetch import NEEDS_ARTICLES_EXTRA, Validators, WebPage
from knowledge.ingest.sandbox import SandboxedParser, SandboxError
from knowledge.model import FetchError, StoreError, Value
from knowledge.text import strip_hidden, to_excerpt

MOST_ENTRIES = 500
"""Entries of a feed that are read."""
_TRACKING = "utm_"


class FeedEntry(Value):
    """An entry of a feed, with its title safe to display."""

    id: Annotated[str, Field(max_length=500)]
    """Id within the feed."""
    url: Annotated[str, Field(max_length=2_000)]
    """Address of its page."""
    title: str | None = None
    """Its headline, without markup and hidden characters."""
    published: datetime | None = None
    """Time of publication, or else of the last change (UTC)."""

    @property
    def address(self) -> str:
        """The normalized address of its page."""
        return normalize_address(self.url)


class Feed(Value):
    """A parsed feed."""

    title: str | None
    """Its name, without markup and hidden characters."""
    entries: Annotated[tuple[FeedEntry, ...], Field(max_length=MOST_ENTRIES)]
    """Newest first where all have a date, else in the feed's order; each page once."""


class FeedState(Value):
    """The state of a subscribed feed between polls."""

    url: str
    """Its address."""
    title: str | None = None
    """Its name when it was last read."""
    etag: str | None = None
    """`ETag` of the last response whose entries were all handled."""
    modified: str | None = None
    """`Last-Modified` of that response."""
    checked: datetime | None = None
    """Time of the last poll (UTC)."""
    fault: str | None = None
    """Reason why the last poll failed."""
    failures: int = 0
    """Failures in a row."""
    tries: dict[str, int] = Field(default_factory=dict)
    """Addresses of entries to retry, with the number of attempts."""
    added: datetime
    """Time of subscription (UTC)."""

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
    """A page that is not a feed; the message follows its address."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.fix = fix


def parse_feed(body: bytes, url: str, charset: str = "") -> Feed:
    """Parse the feed that came from `url`, with the charset that its server named.

    Raises:
        NoFeedError: if it is none; where it is a page that links feeds, the fix names them.
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
    declared = [name for name in (found[1].decode() if found else "", charset) if name]
    for name in ("utf-8", *declared, *(() if declared else ("cp949",))):
        with suppress(LookupError, ValueError):
            return body.decode(_codec(name))
    with suppress(LookupError, ValueError):
        return body.decode(_codec(declared[0]) if declared else "utf-8", errors="replace")
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
        moment = entry.get(name)
        if isinstance(moment, struct_time):
            with suppress(ValueError, OverflowError):
                return datetime(*moment[:5], min(moment[5], 59), tzinfo=UTC)
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
        attributes = {name: value or "" for name, value in attrs}
        is_feed = attributes.get("type", "").strip().lower() in _FEEDS
        if (
            tag == "link"
            and is_feed
            and "alternate" in attributes.get("rel", "").lower().split()
            and attributes.get("href")
        ):
            self.found.append(attributes["href"])


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
    sandbox = SandboxedParser("knowledge.ingest.feeds", seconds)
    try:
        response = await sandbox.ask({"url": page.url, "charset": page.charset}, page.body)
    except SandboxError as broken:
        raise FetchError(page.url, str(broken), _NEEDED, _LOOK) from None
    finally:
        await sandbox.end()
    if "missing" in response:
        raise StoreError(NEEDS_ARTICLES_EXTRA)
    if "refused" in response:
        problem, fix = map(str, response["refused"])
        raise FetchError(page.url, problem, _NEEDED, fix, permanent=True)
    if "feed" not in response:
        raise FetchError(page.url, "cannot be read: the library for it gives up", _NEEDED, _LOOK)
    return Feed.model_validate(response["feed"])


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Return the feed or a refusal as JSON values; called in the sandboxed process."""
    try:
        return {"feed": parse_feed(data, request["url"], request["charset"]).model_dump(mode="json")}
    except NoFeedError as error:
        return {"refused": [str(error), error.fix]}
    except StoreError:
        return {"missing": True}
