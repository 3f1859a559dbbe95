"""Articles as CSL-JSON, which reference managers and citation processors read. Pure functions.

Processors may take `<i>` and the like in a title for formatting; that is how CSL-JSON is, and no more than formatting comes of it.
"""

import json
from typing import Any

from knowledge.export.bibliography import Work, day, works
from knowledge.model.records import Language
from knowledge.store.bundle import Bundle
from knowledge.text.sanitize import to_line


def write(holdings: Bundle, language: Language) -> str:
    """A list with an item an article; its id is the article's. What CSL has no field for stands in `custom`."""
    return json.dumps([_item(work) for work in works(holdings, language)], ensure_ascii=False, indent=1) + "\n"


def _item(work: Work) -> dict[str, Any]:
    article = work.article
    item = {
        "id": article.id,
        "type": "article-newspaper" if article.publisher else "webpage" if work.url else "document",
        "title": _shown(work.title),
        "author": _names(article.author),
        "editor": _names(article.editor),
        "container-title": _shown(article.publisher),
        "issued": _date(article.published),
        "accessed": _date(work.accessed if work.url else None),
        "URL": work.url,
        "language": article.language,
        "note": work.note,
        "custom": {"sha256": article.sha256, "code-points": article.length},
    }
    return {key: value for key, value in item.items() if value is not None}


def _shown(text: str | None) -> str | None:
    return to_line(text) if text else None


def _names(name: str | None) -> list[dict[str, str]] | None:
    return [{"literal": shown}] if (shown := _shown(name)) else None


def _date(period: str | None) -> dict[str, Any] | None:
    """Date parts, which every processor reads; EDTF where a period has an open side, for which there are none."""
    if period is None:
        return None
    days = day(period).split("/")
    if ".." in days:
        return {"edtf": day(period)}
    return {"date-parts": [[int(part) for part in one.split("-")] for one in days]}
