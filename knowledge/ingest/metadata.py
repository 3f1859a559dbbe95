"""The metadata of web pages, from meta tags, JSON-LD, `time` and byline elements; nothing is guessed from the text.

Our own, beside trafilatura's: that drops names without a blank between their parts, as Korean ones are, writes others
in capitals, and takes dates from wherever one stands.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from knowledge.text import strip_hidden

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(article|blogposting|report)$", re.IGNORECASE)
_JSON_LD = "application/ld+json"
_LONGEST_JSON, _MOST_JSON, _MOST_NODES, _DEEPEST = 500_000, 20, 500, 4
_MOST_METAS = 1_000
_LONGEST = 4_000
_LONGEST_BYLINE = 80
_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "headline", "twitter:title")
_AUTHORS = (
    "author",
    "article:author",
    "og:article:author",
    "citation_author",
    "dc.creator",
    "dable:author",
    "byl",
    "twitter:creator",
)
_PUBLISHERS = (
    "og:site_name",
    "article:publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
    "copyright",
)
_DATES = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished", "date_published",
    "publish_date", "published_time", "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date", "og:regdate", "regdate", "dable:published_time", "date",
)  # fmt: skip
"""Names of tags for the day of publication; those for a last change are not among them."""
_BYLINES = ".//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class), ' byline') or contains(@class, 'reporter') or contains(@class, 'journalist')]"
_CANONICAL = ".//link[@rel='canonical'][@href]"
_MARKED_TIMES = ".//time[@datetime][@pubdate or @itemprop='datePublished' or contains(@class, 'publish')] | .//*[@itemprop='datePublished'][@content] | .//*[@data-date-time]"
_TIMES = ".//time[@datetime]"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NO_NAME = re.compile(r"https?:|^@|^//", re.IGNORECASE)


def read_metadata(tree: "HtmlElement") -> dict[str, str | None]:
    """Return `title`, `author`, `publisher`, `published` and `url` verbatim, each `None` if not declared."""
    metas, article = read_metas(tree), _article(tree)
    publisher = _first((_name(article.get("publisher")), *(_plausible_name(metas.get(key)) for key in _PUBLISHERS)))
    author = _first(
        (_name(article.get("author")), *(_plausible_name(metas.get(key)) for key in _AUTHORS), *_bylines(tree))
    )
    return {
        "title": _title(tree, metas, article, publisher),
        "author": author if author != publisher else None,
        "publisher": publisher,
        "published": _published(tree, metas, article),
        "url": _first((*_attributes(tree, _CANONICAL, "href"), metas.get("og:url"), _string(article.get("url")))),
    }


def _first(given: Iterable[str | None]) -> str | None:
    return next((text.strip()[:_LONGEST] for text in given if text and text.strip()), None)


def read_metas(tree: "HtmlElement") -> Mapping[str, str]:
    """Return the contents of meta tags by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for _, meta in zip(range(_MOST_METAS), tree.iter("meta"), strict=False):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            found.setdefault(name.strip().lower(), meta.get("content"))
    return found


def _article(tree: "HtmlElement") -> Mapping[str, Any]:
    """Return the first article that JSON-LD describes, or an empty mapping."""
    scripts = [script.text for script in tree.iter("script") if script.get("type") == _JSON_LD and script.text]
    for text in scripts[:_MOST_JSON]:
        for _, node in zip(range(_MOST_NODES), _nodes(_json(text)), strict=False):
            types = node.get("@type")
            if any(
                isinstance(kind, str) and _ARTICLES.search(kind)
                for kind in (types if isinstance(types, list) else [types])
            ):
                return node
    return {}


def _json(text: str) -> object:
    try:
        return json.loads(text[:_LONGEST_JSON], strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        yield from _nodes([value.get("@graph"), value.get("mainEntity")], depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)


def _name(value: object) -> str | None:
    """Return the name of a person or organisation in JSON-LD, or the names of several."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:10]))) or None
    return _name(value.get("name")) if isinstance(value, dict) else _plausible_name(_string(value))


def _plausible_name(text: str | None) -> str | None:
    """Return a name, or `None` for an address or an account, which some pages put there."""
    return text if text and not _NO_NAME.search(text.strip()) else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _title(
    tree: "HtmlElement", metas: Mapping[str, str], article: Mapping[str, Any], publisher: str | None
) -> str | None:
    headings = [heading.text_content() for heading in tree.iter("h1")]
    only = headings if len(headings) == 1 else []
    named = [element.text_content() for element in tree.iter("title")][:1]
    title = _first((_string(article.get("headline")), *(metas.get(key) for key in _TITLES), *only, *named))
    if title and publisher:
        title = re.sub(rf"(?<=\S)\s*[-–—|:<·]\s*{re.escape(publisher.strip())}\s*$", "", title)
    return title


def _bylines(tree: "HtmlElement") -> Iterator[str]:
    """Yield names in byline elements, without mail addresses; longer text is no name."""
    for element in tree.xpath(_BYLINES)[:10]:
        text = " ".join(_MAIL.sub("", element.text_content()[:_LONGEST]).split()).strip(" ()|/·")
        if 1 < len(text) <= _LONGEST_BYLINE:
            yield text


def _published(tree: "HtmlElement", metas: Mapping[str, str], article: Mapping[str, Any]) -> str | None:
    """Return the first date declared as the day of publication, or the only day in `time` elements."""
    marked = [*_attributes(tree, _MARKED_TIMES, "datetime", "content", "data-date-time")]
    first = _first((_string(article.get("datePublished")), *(metas.get(key) for key in _DATES), *marked))
    times = list(_attributes(tree, _TIMES, "datetime"))
    days = {parse_day(time) for time in times}
    return first or (times[0] if len(days) == 1 else None)


def _attributes(tree: "HtmlElement", where: str, *names: str) -> Iterator[str]:
    for element in tree.xpath(where)[:_MOST_METAS]:
        yield from (element.get(name) for name in names if element.get(name))


_LONGEST_ADDRESS = 2_000
_LONGEST_DATE = 80
_DAY = re.compile(
    r"\s*(?:(?P<y>(?:19|20)\d\d)(?:\s*[-./]\s*|\s*년\s*)(?P<m>\d{1,2})(?:\s*[-./]\s*|\s*월\s*)(?P<d>\d{1,2})(?!\d)"
    r"|(?P<y8>(?:19|20)\d\d)(?P<m8>\d\d)(?P<d8>\d\d)(?!\d|(?:\d{2})?\.))"
)
"""Year first, the one order that nobody reads in two ways; what follows is a time of day."""
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?)(?!\d)")
_BLANK = re.compile(r"\s")


def parse_day(text: str | None) -> str | None:
    """Parse the day that a date begins with (`2026-11-20T09:31`, `2026.11.20`, `2026년 11월 20일`, `20261120`), as EDTF.

    It is the day where it was written: a time zone moves nothing. Years before 1900 and days that no calendar has are none.
    """
    match = text and (_DAY.match(text[:_LONGEST_DATE]) or _COMPACT.match(text[:_LONGEST_DATE]))
    if not match:
        return None
    year, month, of_month = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        return None


def parse_address(text: str | None, base: str | None = None) -> str | None:
    """Return an http or https address with a host and without credentials, or `None`; relative ones are joined to `base`."""
    if not text or len(text) > _LONGEST_ADDRESS:
        return None
    try:
        joined = urljoin(base or "", text.strip())
        parts = urlsplit(joined)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        return None
    clean = joined == strip_hidden(joined) and not _BLANK.search(joined) and len(joined) <= _LONGEST_ADDRESS
    return joined if usable and clean else None
