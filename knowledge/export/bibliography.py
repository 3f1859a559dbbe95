"""What a bibliography says of an article, before it is put into a format. Pure functions."""

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.export import messages
from knowledge.export.escaping import address
from knowledge.export.provenance import past
from knowledge.model.records import Article, Language
from knowledge.store.bundle import Bundle


class Work(NamedTuple):
    """An article as a work that one cites."""

    article: Article
    title: str
    """As published; in square brackets what it is, where it has none."""
    url: str | None
    """An address of the web that can be followed."""
    accessed: str | None
    """The day on which it was fetched from the web (ISO 8601); `None` where it came otherwise, or nobody wrote it down."""
    note: str
    """What identifies the text."""


def works(holdings: Bundle, language: Language) -> Iterator[Work]:
    """The articles, in their order."""
    added = past(holdings.events).added
    for article in holdings.articles:
        event = added.get(article.id)
        origin = event.origin if event else None
        yield Work(
            article,
            article.title or f"[{article.about.in_language(language)}]",
            address(article.url),
            origin.fetched.date().isoformat() if origin and address(origin.source) else None,
            messages.IDENTIFIED.format(length=article.length, sha256=article.sha256).in_language(language),
        )


def day(period: str) -> str:
    """A date without its time of day."""
    return "/".join(part.partition("T")[0] for part in period.split("/"))
