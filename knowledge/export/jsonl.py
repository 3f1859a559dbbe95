"""The JSON Lines format, which `jsonl_reader` reads back without loss.

The first line identifies the file. Each other line is one record: its kind, and its pydantic dump. Content and order depend on
the knowledge alone, so that the same knowledge gives the same bytes, whoever exports it and whenever.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from knowledge.export.escaping import json_text
from knowledge.model import Article, Claim, Disagreement, Entity, Event, Language, Slug, Trend, Value
from knowledge.store import Bundle, make_arrival_events, strip_text

VERSION = 1
"""Version of the format; a reader refuses versions that it does not know."""
UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""The timestamp of events whose day is unknown."""


class ArticleText(Value):
    """The full text of an article."""

    article: Slug
    """The article."""
    body: str
    """Its text, to which every place of evidence refers."""


class Header(Value):
    """The first line of a file."""

    format: Literal["ai-trends-mcp"]
    """Name of the format."""
    version: Literal[1]
    """The version of the format."""
    sealed: bool
    """True if the file contains no words of any article."""
    lines: dict[str, int]
    """Kind -> how many lines there are of it."""


class Kind(NamedTuple):
    """One kind of line."""

    model: type[Value]
    collection: str
    """Field of `Bundle` with its values."""
    order: Callable[[Any], tuple[object, ...]] = lambda value: (value.id,)
    """By which its lines are sorted; events of one subject in one second stay in the order in which they happened."""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "article": Kind(Article, "articles"),
        "text": Kind(ArticleText, "texts", lambda text: (text.article,)),
        "entity": Kind(Entity, "entities"),
        "trend": Kind(Trend, "trends"),
        "claim": Kind(Claim, "claims", lambda claim: (claim.article, claim.evidence[0].start, claim.id)),
        "disagreement": Kind(Disagreement, "disagreements"),
        "event": Kind(Event, "events", lambda event: (event.at, event.subject)),
    }
)
"""The kinds of lines, in the order in which they stand in a file: a line names only what stands before it, or among its own kind."""


def write(holdings: Bundle, _: Language = "en") -> str:
    """Return the file. It is in both languages, whichever is wanted."""
    holdings = canonical(holdings)
    records = {kind: getattr(holdings, each.collection) for kind, each in KINDS.items()}
    records["text"] = [ArticleText(article=article, body=body) for article, body in holdings.texts.items()]
    lines = (line(kind, value) for kind, values in records.items() for value in values)
    return "\n".join([header(holdings).model_dump_json(), *lines, ""])


def header(holdings: Bundle) -> Header:
    """Return the first line of the file of holdings, which are canonical."""
    return Header(
        format="ai-trends-mcp",
        version=VERSION,
        sealed=holdings == strip_text(holdings),
        lines={kind: len(getattr(holdings, each.collection)) for kind, each in KINDS.items()},
    )


def line(kind: str, value: Value) -> str:
    """Return the line of a record."""
    return f'{{"kind":"{kind}","record":{json_text(value.model_dump_json(exclude_defaults=True))}}}'


def canonical(holdings: Bundle) -> Bundle:
    """Return what of holdings is in a file, in the order of the file.

    Where an article's text is there, so is every quote from it, whatever the status of its claim. What is packaged has no
    events; its file says that it was recorded on the day on which it was curated. That day itself is left out: another
    library does not count as curated what came with a file.
    """
    days = {article.id: article.curated for article in holdings.articles if article.curated}
    first = min(days.values(), default=None)

    def at(value: Claim | Entity) -> datetime:
        day = days.get(value.article) if isinstance(value, Claim) else first
        return datetime.combine(day, time(), UTC) if day else UNKNOWN

    articles = tuple(article.model_copy(update={"curated": None}) for article in holdings.articles)
    claims = tuple(_with_quotes(claim, holdings.texts) for claim in holdings.claims)
    complete = replace(holdings, articles=articles, claims=claims, texts=dict(sorted(holdings.texts.items())))
    came = make_arrival_events([*holdings.entities, *claims], holdings.events, at)
    complete = replace(complete, events=(*came, *holdings.events))
    ordered: dict[str, Any] = {
        each.collection: _sorted(kind, complete) for kind, each in KINDS.items() if kind != "text"
    }
    return replace(complete, **ordered)


def _with_quotes(claim: Claim, texts: Mapping[str, str]) -> Claim:
    evidence = tuple(
        piece.model_copy(update={"quote": texts[piece.article][piece.start : piece.end]})
        if piece.article in texts
        else piece
        for piece in claim.evidence
    )
    return claim.model_copy(update={"evidence": evidence})


def _sorted(kind: str, holdings: Bundle) -> tuple[Any, ...]:
    return tuple(sorted(getattr(holdings, KINDS[kind].collection), key=KINDS[kind].order))
