"""What `resources/list` shows: the records that the knowledge base has, a page at a time."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, Annotations, Resource

from knowledge import KnowledgeBase, UnanswerableError, pages
from knowledge.entries import Entry
from mcp_server.rendering import error_messages
from mcp_server.rendering.labels import word
from mcp_server.rendering.links import CSV, JSON, SCHEME, TEXT, address
from mcp_server.resources.templates import TEMPLATES
from mcp_server.sdk.request_validation import invalid
from mcp_server.tools.read import TOOLS

PAGE = 100
"""Resources on a page."""
_UNKNOWN = "Unknown resource: "
"""How the SDK begins to say that no template has an address."""
_PRIORITY = {"article": 0.7, "trend": 0.8, "entity": 0.4}


class Listing:
    """Middleware: the SDK lists what was registered beforehand, this what there is; and it says which addresses there are."""

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        if ctx.method == "resources/read":
            return await _read(ctx, call_next)
        result = await call_next(ctx)
        if ctx.method != "resources/list" or not isinstance(result, dict):
            return result
        ours = [_dump(one) for one in await listed(ctx.lifespan_context)]
        return result | _page([*result["resources"], *ours], str((ctx.params or {}).get("cursor") or ""))


async def listed(knowledge: KnowledgeBase) -> list[Resource]:
    """Every resource but claims, in a fixed order: the whole, the tables, the schemas, then record by record."""
    entries = await knowledge.entries()
    newest = max((entry.changed for entry in entries if entry.changed), default=None)
    own = any(entry.noun == "article" and not entry.changed for entry in entries)
    return [*_whole(newest, own), *map(_record, entries)]


async def _read(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    try:
        return await call_next(ctx)
    except MCPError as error:
        if error.code != INVALID_PARAMS or not error.message.startswith(_UNKNOWN):
            raise
        asked = error_messages.cut(error.message.removeprefix(_UNKNOWN))
        known = ", ".join(template.uri for template in TEMPLATES)
        sentence = f"Unknown resource `{asked}`. Addresses: {known}. resources/list names what there is."
        raise MCPError(code=error.code, message=sentence, data=error.data) from None


def _page(resources: list[dict[str, Any]], cursor: str) -> dict[str, Any]:
    """One page, and the cursor of the next; a cursor is good for the list that it was made for."""
    call = ("resources/list", hashlib.sha256("\n".join(one["uri"] for one in resources).encode()).hexdigest())
    try:
        page = pages.Page.at(cursor, len(resources), PAGE, "en", *call)
    except UnanswerableError as error:
        raise invalid(str(error)) from None
    following = page.following(PAGE)
    return {"resources": resources[page.window]} | ({"nextCursor": following} if following else {})


def _whole(newest: date | None, own: bool) -> Iterator[Resource]:
    """What is no single record; when the user's `own` texts came is not known."""
    changed = None if own else newest
    yield _resource("catalogue", "Catalogue · 전체 목록", "Everything there is, in a page or two.", TEXT, 1.0, changed)
    for table, title in (("counts", "AI models by country · 국가별 모델 수"), ("costs", "Costs of models · 모델 비용")):
        for ending, mime_type in (("csv", CSV), ("json", JSON)):
            said = f"One figure a row, with bound, unit, period, source and evidence, as {ending.upper()}."
            yield _resource(f"{table}.{ending}", title, said, mime_type, 0.7, newest)
    for title, tool in TOOLS:
        said = f"The complete JSON schema of what {tool.__name__} answers."
        yield _resource(f"schemas/{tool.__name__}", f"Schema: {title}", said, JSON, 0.2, None)


def _record(entry: Entry) -> Resource:
    path = address(entry.noun, entry.id).removeprefix(SCHEME)
    title = " · ".join(dict.fromkeys((entry.korean, entry.english)))
    what = word(entry.type, "en").capitalize() if entry.type else entry.noun.capitalize()
    own = entry.noun == "article" and not entry.claims
    said = "A text that the user added." if own else f"{what} with {entry.claims} claim{'s' * (entry.claims != 1)}."
    return _resource(path, title, said, TEXT, _PRIORITY[entry.noun], entry.changed)


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


def _dump(resource: Resource) -> dict[str, Any]:
    return resource.model_dump(mode="json", by_alias=True, exclude_none=True)
