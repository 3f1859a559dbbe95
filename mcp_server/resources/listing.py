"""The resources of `resources/list`."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from mcp.types import Annotations, Resource

from knowledge import KnowledgeBase
from knowledge.queries import RecordEntry
from mcp_server.rendering import CSV, JSON, SCHEME, TEXT, address, label
from mcp_server.tools import TOOLS

_PRIORITY = {"article": 0.7, "trend": 0.8, "entity": 0.4}


async def list_resources(knowledge: KnowledgeBase) -> list[Resource]:
    """Return every resource but claims, in a fixed order: the whole, the tables, the schemas, then record by record."""
    entries = await knowledge.entries()
    newest = max((entry.changed for entry in entries if entry.changed), default=None)
    own = any(entry.noun == "article" and not entry.changed for entry in entries)
    return [*_whole(newest, own), *map(_record, entries)]


def _whole(newest: date | None, own: bool) -> Iterator[Resource]:
    """Yield the resources that are no single record; they have no date where the user's `own` texts are among them."""
    changed = None if own else newest
    yield _resource("catalogue", "Catalogue · 전체 목록", "Everything there is, in a page or two.", TEXT, 1.0, changed)
    for table, title in (("counts", "AI models by country · 국가별 모델 수"), ("costs", "Costs of models · 모델 비용")):
        for ending, mime_type in (("csv", CSV), ("json", JSON)):
            description = f"One figure a row, with bound, unit, period, source and evidence, as {ending.upper()}."
            yield _resource(f"{table}.{ending}", title, description, mime_type, 0.7, newest)
    for title, tool in TOOLS:
        description = f"The complete JSON schema of what {tool.__name__} answers."
        yield _resource(f"schemas/{tool.__name__}", f"Schema: {title}", description, JSON, 0.2, None)


def _record(entry: RecordEntry) -> Resource:
    path = address(entry.noun, entry.id).removeprefix(SCHEME)
    title = " · ".join(dict.fromkeys((entry.korean, entry.english)))
    what = label(entry.type, "en").capitalize() if entry.type else entry.noun.capitalize()
    own = entry.noun == "article" and not entry.claims
    description = (
        "A text that the user added." if own else f"{what} with {entry.claims} claim{'s' * (entry.claims != 1)}."
    )
    return _resource(path, title, description, TEXT, _PRIORITY[entry.noun], entry.changed)


def _resource(
    path: str, title: str, description: str, mime_type: str, priority: float, changed: date | None
) -> Resource:
    audience: list[Literal["user", "assistant"]] = ["user", "assistant"]
    return Resource(
        uri=f"{SCHEME}{path}",
        name=path,
        title=title,
        description=description,
        mime_type=mime_type,
        annotations=Annotations(
            audience=audience, priority=priority, last_modified=f"{changed}T00:00:00Z" if changed else None
        ),
    )
