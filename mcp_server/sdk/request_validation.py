"""Middleware that gives refusals the same code and a useful message in both protocol eras.

SDK 2.3.0: an unknown tool is a tool error; an unknown prompt is -32603, or code 0 in the older era; any cursor of a list counts as
the first page; a resource template ignores an unknown query variable; in the older era the text of any exception reaches the client.
Can go when the SDK answers the first four with -32602, and an exception with a fixed text.
"""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mcp.server import MCPServer
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import INTERNAL_ERROR
from pydantic import ValidationError

from knowledge import StoreError
from mcp_server.rendering import error_messages
from mcp_server.rendering.links import SCHEME
from mcp_server.sdk.errors import invalid_params

_logger = logging.getLogger(__name__)

_MOST_VARIABLES = 10
_ONE_PAGE = {"tools/list", "prompts/list", "resources/templates/list"}
"""Lists that fit on one page, so that no cursor of theirs was ever given out."""


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
