"""A prompt that refuses unknown and missing arguments and explains bad ones.

SDK 2.3.0: each of these is an internal error, -32603, or code 0 in the older era.
Can go when the SDK answers them with -32602 and lets a server phrase the message.
"""

from collections.abc import Mapping
from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.prompts import Prompt
from mcp.server.mcpserver.prompts.base import Message
from mcp.types import InputRequiredResult
from pydantic import ValidationError

from knowledge import StoreError, UnanswerableError
from mcp_server.rendering import error_messages
from mcp_server.sdk.errors import invalid_params


class StrictPrompt(Prompt):
    """A prompt whose refusals are sentences to act on."""

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
