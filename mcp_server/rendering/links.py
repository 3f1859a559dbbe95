"""Addresses of records, and the links that go with an answer."""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import NamedTuple
from urllib.parse import quote

from mcp.types import ResourceLink

from knowledge.model import Language
from knowledge.queries import Answer, ArticleView, Cited, CostComparison, CountryCounts, SearchResults, TrendBrief

SCHEME = "ai-trends://"
TEXT = "text/plain"
CSV = "text/csv"
JSON = "application/json"
_MOST = 6
_MOST_BYTES = 700
"""Most bytes of JSON that the links of an answer take."""
_FACETS = 2
"""Most trends that a search result links to."""


class _Place(NamedTuple):
    """A resource's address and media type."""

    uri: str
    mime_type: str = TEXT


def address(noun: str, identity: str, language: Language = "en") -> str:
    """Return the address of an article, claim, trend or entity."""
    plural = "entities" if noun == "entity" else f"{noun}s"
    query = "" if language == "en" else f"?language={language}"
    return f"{SCHEME}{plural}/{quote(identity, safe='')}{query}"


def links(answer: Answer) -> list[ResourceLink]:
    """Return the resources worth following from a tool's answer, the nearest first: at most 6, within 700 bytes."""
    kept: list[ResourceLink] = []
    room = _MOST_BYTES
    for uri, mime_type in dict.fromkeys(_places(answer)):
        name = uri.removeprefix(SCHEME).partition("?")[0].rpartition("/")[2]
        link = ResourceLink(uri=uri, name=name, mime_type=mime_type)
        room -= len(link.model_dump_json(by_alias=True, exclude_none=True).encode())
        if room < 0 or len(kept) == _MOST:
            break
        kept.append(link)
    return kept


@singledispatch
def _places(answer: Answer) -> Iterator[_Place]:
    """Yield the places of an answer, as often as they occur."""
    del answer
    yield from ()


@_places.register
def _(answer: SearchResults) -> Iterator[_Place]:
    yield from _articles(_cited_in(answer.items), answer.language)
    yield from _articles((passage.article for passage in answer.passages), answer.language)
    if answer.items:
        yield from (_Place(address("trend", facet.trend, answer.language)) for facet in answer.trends[:_FACETS])


@_places.register
def _(answer: TrendBrief) -> Iterator[_Place]:
    yield _Place(address("trend", answer.id, answer.language))
    for position in answer.positions:
        yield from _articles(position.articles, answer.language)


@_places.register
def _(answer: CountryCounts) -> Iterator[_Place]:
    if answer.counts:
        yield _Place(f"{SCHEME}counts.csv", CSV)
    for source in answer.counts:
        yield from _articles(source.articles, answer.language)


@_places.register
def _(answer: CostComparison) -> Iterator[_Place]:
    if answer.groups:
        yield _Place(f"{SCHEME}costs.csv", CSV)
    claims = (item.claim for group in answer.groups for item in group.items)
    yield from _articles(_cited_in(claims), answer.language)


@_places.register
def _(answer: ArticleView) -> Iterator[_Place]:
    yield from _articles([answer.article.id], answer.language)


def _cited_in(claims: Iterable[Cited]) -> Iterator[str]:
    return (citation.article for claim in claims for citation in claim.evidence)


def _articles(ids: Iterable[str], language: Language) -> Iterator[_Place]:
    return (_Place(address("article", identity, language)) for identity in ids)
