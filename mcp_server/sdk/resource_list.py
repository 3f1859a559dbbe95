"""Middleware that lists resources from what the server has open, a page at a time.

SDK 2.3.0: `resources/list` has what was registered beforehand, on one page, and an unknown address is refused without a hint.
Can go when the SDK takes a function that lists resources, with a cursor.
"""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, Resource

from knowledge import UnanswerableError
from knowledge.queries import pagination
from mcp_server.rendering import error_messages
from mcp_server.sdk.errors import invalid_params

PAGE = 100
"""Resources on a page."""
_UNKNOWN = "Unknown resource: "
"""How the SDK's message begins where no template has an address."""


class ResourceList:
    """Middleware that adds the resources of `list_resources` to the SDK's own, and names the `addresses` there are."""

    def __init__(self, list_resources: Callable[[Any], Awaitable[list[Resource]]], addresses: Sequence[str]) -> None:
        self._list_resources = list_resources
        self._addresses = addresses

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        if ctx.method == "resources/read":
            return await self._read(ctx, call_next)
        result = await call_next(ctx)
        if ctx.method != "resources/list" or not isinstance(result, dict):
            return result
        ours = [_dump(resource) for resource in await self._list_resources(ctx.lifespan_context)]
        return result | _page([*result["resources"], *ours], str((ctx.params or {}).get("cursor") or ""))

    async def _read(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        try:
            return await call_next(ctx)
        except MCPError as error:
            if error.code != INVALID_PARAMS or not error.message.startswith(_UNKNOWN):
                raise
            address = error_messages.cut(error.message.removeprefix(_UNKNOWN))
            known = ", ".join(self._addresses)
            message = f"Unknown resource `{address}`. Addresses: {known}. resources/list names what there is."
            raise MCPError(code=error.code, message=message, data=error.data) from None


def _page(resources: list[dict[str, Any]], cursor: str) -> dict[str, Any]:
    """Return one page and the cursor of the next; a cursor is good for the list that it was made for."""
    digest = hashlib.sha256("\n".join(resource["uri"] for resource in resources).encode()).hexdigest()
    try:
        page = pagination.ListPage.at(cursor, len(resources), PAGE, "en", "resources/list", digest)
    except UnanswerableError as error:
        raise invalid_params(str(error)) from None
    following = page.following(PAGE)
    return {"resources": resources[page.window]} | ({"nextCursor": following} if following else {})


def _dump(resource: Resource) -> dict[str, Any]:
    return resource.model_dump(mode="json", by_alias=True, exclude_none=True)
