"""Bibliographies of articles: BibTeX and CSL-JSON.

BibTeX has the fields of biblatex, with `year` for programs without `date`. CSL processors may render `<i>` and the like in a
title as formatting, which CSL-JSON permits and which does no more harm than that.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from knowledge.export import messages
from knowledge.export.escaping import address, tex
from knowledge.export.provenance import trace_provenance
from knowledge.model import Article, Language
from knowledge.store import Bundle
from knowledge.text import to_line


class Work(NamedTuple):
    """An article as a citable work."""

    article: Article
    title: str
    """Headline as published, or a description in square brackets."""
    url: str | None
    """Web address, or `None` where it cannot be followed."""
    accessed: str | None
    """Day on which it was fetched from the web (ISO 8601); `None` if it was not, or the day is unknown."""
    note: str
    """Length and digest, which identify the text."""


def list_works(holdings: Bundle, language: Language) -> Iterator[Work]:
    """Yield the articles as works, in their order."""
    added = trace_provenance(holdings.events).added
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


def date_only(period: str) -> str:
    """Return a period without times of day."""
    return "/".join(part.partition("T")[0] for part in period.split("/"))


_LANGUAGES: dict[Language, str] = {"ko": "korean", "en": "english"}


def write_bibtex(holdings: Bundle, language: Language) -> str:
    """Return BibTeX with an entry for each article, in UTF-8; the key is the article's id."""
    return "\n".join(_bibtex_entry(work) for work in list_works(holdings, language))


def _bibtex_entry(work: Work) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bibtex_fields(work))
    return f"@{_entry_type(work)}{{{work.article.id},\n{fields}}}\n"


def _entry_type(work: Work) -> str:
    if work.article.publisher:
        return "article"
    return "online" if work.url else "misc"


def _bibtex_fields(work: Work) -> Iterator[tuple[str, str]]:
    article = work.article
    # A second pair of braces keeps a name in one piece, and letters as they are.
    for name, text in (("title", work.title), ("author", article.author), ("editor", article.editor)):
        if text:
            yield name, f"{{{tex(text)}}}"
    if article.publisher:
        yield "journal", f"{{{tex(article.publisher)}}}"
    if article.published:
        yield "date", date_only(article.published)
        if year := next((part[:4] for part in article.published.split("/") if part != ".."), None):
            yield "year", year
    if work.url:
        yield "url", work.url
    if work.url and work.accessed:
        yield "urldate", work.accessed
    yield "langid", _LANGUAGES[article.language]
    yield "note", tex(work.note)


def write_csl(holdings: Bundle, language: Language) -> str:
    """Return CSL-JSON with an item for each article; `custom` holds the fields that CSL lacks."""
    return json.dumps([_csl_item(work) for work in list_works(holdings, language)], ensure_ascii=False, indent=1) + "\n"


def _csl_item(work: Work) -> dict[str, Any]:
    article = work.article
    item = {
        "id": article.id,
        "type": "article-newspaper" if article.publisher else "webpage" if work.url else "document",
        "title": _one_line_or_none(work.title),
        "author": _csl_names(article.author),
        "editor": _csl_names(article.editor),
        "container-title": _one_line_or_none(article.publisher),
        "issued": _csl_date(article.published),
        "accessed": _csl_date(work.accessed if work.url else None),
        "URL": work.url,
        "language": article.language,
        "note": work.note,
        "custom": {"sha256": article.sha256, "code-points": article.length},
    }
    return {key: value for key, value in item.items() if value is not None}


def _one_line_or_none(text: str | None) -> str | None:
    return to_line(text) if text else None


def _csl_names(name: str | None) -> list[dict[str, str]] | None:
    return [{"literal": shown}] if (shown := _one_line_or_none(name)) else None


def _csl_date(period: str | None) -> dict[str, Any] | None:
    """Return date parts, which every processor reads, or EDTF for a period with an open side."""
    if period is None:
        return None
    days = date_only(period).split("/")
    if ".." in days:
        return {"edtf": date_only(period)}
    return {"date-parts": [[int(part) for part in date.split("-")] for date in days]}
