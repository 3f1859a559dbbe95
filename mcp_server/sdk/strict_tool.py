"""A tool that refuses unknown arguments and explains bad ones.

SDK 2.3.0: unknown arguments are dropped silently, bad ones come back as the validator's dump, `null` for an argument that may be
left out is refused, and a known failure of the tool itself loses its message.
Can go when the SDK forbids extra arguments and lets a server phrase these errors.
"""

from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from pydantic import ValidationError

from knowledge.model.errors import StoreError, UnanswerableError
from mcp_server.rendering import error_messages


class StrictTool(Tool):
    """A tool whose refusals are sentences to act on."""

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
