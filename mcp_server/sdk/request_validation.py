"""Validation and errors of requests, stricter and more helpful than the SDK's: middleware, tools, prompts, lists, completions.

SDK 2.3.0: an unknown tool is a tool error; an unknown prompt is -32603, or code 0 in the older era; any cursor of a list counts as
the first page; a resource template ignores an unknown query variable; in the older era the text of any exception reaches the client.
`RequestValidation` can go when the SDK answers the first four with -32602, and an exception with a fixed text.

Unknown arguments of a tool are dropped silently, bad ones come back as the validator's dump, `null` for an argument that may be left
out is refused, and a known failure of the tool itself loses its message. `StrictTool` can go when the SDK forbids extra arguments and
lets a server phrase these errors.

Unknown, missing and bad arguments of a prompt are internal errors, -32603, or code 0 in the older era. `StrictPrompt` can go when the
SDK answers them with -32602 and lets a server phrase the message.

`resources/list` has what was registered beforehand, on one page, and an unknown address is refused without a hint. `ResourceList` can
go when the SDK takes a function that lists resources, with a cursor.

A completion handler receives the reference, the argument and the other arguments, but no context. `provide_lifespan` and
`current_lifespan` can go when `MCPServer.completion` hands its handler a `Context`.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mcp.server import MCPServer
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.prompts import Prompt
from mcp.server.mcpserver.prompts.base import Message
from mcp.server.mcpserver.tools import Tool
from mcp.shared.exceptions import MCPError
from mcp.types import INTERNAL_ERROR, INVALID_PARAMS, InputRequiredResult, Resource
from pydantic import ValidationError

from knowledge import StoreError, UnanswerableError
from knowledge.queries import pagination
from mcp_server.rendering import SCHEME, error_messages

_logger = logging.getLogger(__name__)

_LIFESPAN: ContextVar[Any] = ContextVar("_LIFESPAN")
_MOST_VARIABLES = 10
_ONE_PAGE = {"tools/list", "prompts/list", "resources/templates/list"}
"""Lists that fit on one page, so that no cursor of theirs was ever given out."""


def invalid_params(message: str) -> MCPError:
    """Return the error -32602, for parameters that cannot be right."""
    return MCPError(code=INVALID_PARAMS, message=message)


class RequestValidation:
    """Middleware that checks the names in a request against what the server has."""

    def __init__(self, server: MCPServer[Any]) -> None:
        self._server = server
        self._tools: list[str] = []

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        params = ctx.params or {}
        if ctx.method == "tools/call":
            _check_name("tool", params.get("name"), await self._tool_names())
        elif ctx.method == "prompts/get":
            prompts = [prompt.name for prompt in await self._server.list_prompts()]
            _check_name("prompt", params.get("name"), prompts)
        elif ctx.method == "resources/read":
            _check_query(str(params.get("uri")))
        elif ctx.method in _ONE_PAGE and params.get("cursor"):
            raise invalid_params(f"Unknown cursor: {ctx.method} has one page. Leave `cursor` out.")
        try:
            return await call_next(ctx)
        except (MCPError, ValidationError):
            raise
        except StoreError as error:
            raise MCPError(code=INTERNAL_ERROR, message=error_messages.sentence(error)) from error
        except Exception as error:
            _logger.exception("%s failed", ctx.method)
            raise MCPError(code=INTERNAL_ERROR, message="Internal error: the server's log says more.") from error

    async def _tool_names(self) -> list[str]:
        if not self._tools:  # they never change, and listing them writes every schema
            self._tools = [tool.name for tool in await self._server.list_tools()]
        return self._tools


def _check_name(noun: str, name: object, known: Sequence[str]) -> None:
    """Refuse an unknown name; a name that is no string is left to the SDK, which refuses it."""
    if isinstance(name, str) and name not in known:
        raise invalid_params(error_messages.unknown(noun, name, known))


def _check_query(uri: str) -> None:
    """Refuse unknown query variables in the server's own addresses."""
    if not uri.startswith(SCHEME):
        return
    for name, _ in parse_qsl(urlsplit(uri).query, keep_blank_values=True, max_num_fields=_MOST_VARIABLES):
        if name != "language":
            raise invalid_params(error_messages.unknown("variable", name, ["language"]))


class StrictTool(Tool):
    """A tool that refuses unknown arguments and explains bad ones in sentences to act on."""

    async def run(self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False) -> Any:
        """Return what the function returns.

        Raises:
            ToolError: with a sentence to act on, for anything that the caller could have known.
        """
        properties = self.parameters["properties"]
        if unknown := [name for name in arguments if name not in properties]:
            raise ToolError(error_messages.unknown_arguments(unknown, list(properties)))
        given = {name: value for name, value in arguments.items() if value is not None}  # many models send null
        try:
            return await super().run(given, context, convert_result)
        except UnexpectedToolError as error:  # raised by the function itself
            if isinstance(error.__cause__, UnanswerableError | StoreError):
                raise ToolError(error_messages.sentence(error.__cause__)) from None
            raise
        except ToolError as error:  # raised before it, by the arguments
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(error_messages.explain(error.__cause__, properties)) from None
            raise


class StrictPrompt(Prompt):
    """A prompt that refuses unknown and missing arguments and explains bad ones in sentences to act on."""

    async def render(
        self, arguments: dict[str, Any] | None, context: Context[Any, Any]
    ) -> list[Message] | InputRequiredResult:
        """Return the messages.

        Raises:
            MCPError: invalid parameters, with a sentence, for anything that the caller could have known.
        """
        given = {name: value for name, value in (arguments or {}).items() if value != ""}  # forms send empty fields
        self._check(arguments or {}, given)
        try:
            return await super().render(given, context)
        except ValueError as error:
            if isinstance(error.__cause__, ValidationError):
                described = {argument.name: {"description": argument.description} for argument in self.arguments or ()}
                raise invalid_params(error_messages.explain(error.__cause__, described)) from None
            if isinstance(error.__cause__, UnanswerableError | StoreError):
                raise invalid_params(error_messages.sentence(error.__cause__)) from None
            raise

    def _check(self, sent: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        """Refuse unknown arguments of those that were sent, and missing ones of those that have a value."""
        declared = self.arguments or []
        known = [argument.name for argument in declared]
        for name in sent:
            if name not in known:
                raise invalid_params(error_messages.unknown("argument", name, known))
        for argument in declared:
            if argument.required and not given.get(argument.name):
                raise invalid_params(f"`{argument.name}` is missing: {argument.description or 'it is required'}")


RESOURCES_PER_PAGE = 100
"""Resources on a page."""
_UNKNOWN_RESOURCE = "Unknown resource: "
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
        ours = [_dump_resource(resource) for resource in await self._list_resources(ctx.lifespan_context)]
        return result | _cut_page([*result["resources"], *ours], str((ctx.params or {}).get("cursor") or ""))

    async def _read(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        try:
            return await call_next(ctx)
        except MCPError as error:
            if error.code != INVALID_PARAMS or not error.message.startswith(_UNKNOWN_RESOURCE):
                raise
            address = error_messages.cut(error.message.removeprefix(_UNKNOWN_RESOURCE))
            known = ", ".join(self._addresses)
            message = f"Unknown resource `{address}`. Addresses: {known}. resources/list names what there is."
            raise MCPError(code=error.code, message=message, data=error.data) from None


def _cut_page(resources: list[dict[str, Any]], cursor: str) -> dict[str, Any]:
    """Return one page and the cursor of the next; a cursor is good for the list that it was made for."""
    digest = hashlib.sha256("\n".join(resource["uri"] for resource in resources).encode()).hexdigest()
    try:
        page = pagination.ListPage.at(cursor, len(resources), RESOURCES_PER_PAGE, "en", "resources/list", digest)
    except UnanswerableError as error:
        raise invalid_params(str(error)) from None
    following = page.following(RESOURCES_PER_PAGE)
    return {"resources": resources[page.window]} | ({"nextCursor": following} if following else {})


def _dump_resource(resource: Resource) -> dict[str, Any]:
    return resource.model_dump(mode="json", by_alias=True, exclude_none=True)


def current_lifespan() -> Any:
    """Return the value that the lifespan of the server yielded, within a completion request."""
    return _LIFESPAN.get()


async def provide_lifespan(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Run a completion request with the lifespan's value at hand."""
    if ctx.method != "completion/complete":
        return await call_next(ctx)
    token = _LIFESPAN.set(ctx.lifespan_context)
    try:
        return await call_next(ctx)
    finally:
        _LIFESPAN.reset(token)
