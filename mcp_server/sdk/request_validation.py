"""Requests for what is not there are refused with -32602 and a sentence that helps, alike in both protocol eras.

The SDK answers an unknown tool with a tool error, an unknown prompt or a missing argument with an internal error, and
takes any cursor for the first page.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mcp.server import MCPServer
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import INTERNAL_ERROR, INVALID_PARAMS, PromptArgument
from pydantic import ValidationError

from knowledge import StoreError
from mcp_server.rendering import error_messages
from mcp_server.rendering.links import SCHEME

_logger = logging.getLogger(__name__)

_MOST_VARIABLES = 10
_ONE_PAGE = {"tools/list", "prompts/list", "resources/templates/list"}
"""Lists that fit on one page, so that no cursor of theirs was ever given out."""


class Strict:
    """Middleware that checks what a request names against what the server has."""

    def __init__(self, server: MCPServer[Any]) -> None:
        self._server = server
        self._tools: list[str] = []

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        params = ctx.params or {}
        if ctx.method == "tools/call":
            await self._check_tool(params.get("name"))
        elif ctx.method == "prompts/get":
            await self._check_prompt(params.get("name"), params.get("arguments"))
        elif ctx.method == "resources/read":
            _check_query(str(params.get("uri")))
        elif ctx.method in _ONE_PAGE and params.get("cursor"):
            raise invalid(f"Unknown cursor: {ctx.method} has one page. Leave `cursor` out.")
        try:
            return await call_next(ctx)
        except (MCPError, ValidationError):
            raise
        except StoreError as error:
            raise MCPError(code=INTERNAL_ERROR, message=error_messages.sentence(error)) from error
        except Exception as error:  # the older era would send its text under a code of its own
            _logger.exception("%s failed", ctx.method)
            raise MCPError(code=INTERNAL_ERROR, message="Internal error: the server's log says more.") from error

    async def _check_tool(self, name: object) -> None:
        if not self._tools:  # they never change, and listing them writes every schema
            self._tools = [tool.name for tool in await self._server.list_tools()]
        if isinstance(name, str) and name not in self._tools:
            raise invalid(error_messages.unknown("tool", name, self._tools))

    async def _check_prompt(self, name: object, arguments: object) -> None:
        prompts = {prompt.name: prompt for prompt in await self._server.list_prompts()}
        if not isinstance(name, str):
            return  # not a request at all: the SDK says so
        if name not in prompts:
            raise invalid(error_messages.unknown("prompt", name, list(prompts)))
        _check_arguments(arguments if isinstance(arguments, Mapping) else {}, prompts[name].arguments or [])


def invalid(sentence: str) -> MCPError:
    """The protocol's error for parameters that cannot be right."""
    return MCPError(code=INVALID_PARAMS, message=sentence)


def _check_query(uri: str) -> None:
    """Of our own addresses; templates match whatever stands behind the question mark."""
    if not uri.startswith(SCHEME):
        return
    for name, _ in parse_qsl(urlsplit(uri).query, keep_blank_values=True, max_num_fields=_MOST_VARIABLES):
        if name != "language":
            raise invalid(error_messages.unknown("variable", name, ["language"]))


def _check_arguments(given: Mapping[str, object], declared: Sequence[PromptArgument]) -> None:
    known = [argument.name for argument in declared]
    for name in given:
        if name not in known:
            raise invalid(error_messages.unknown("argument", name, known))
    for argument in declared:
        if argument.required and not given.get(argument.name):
            raise invalid(f"`{argument.name}` is missing: {argument.description or 'it is required'}")
