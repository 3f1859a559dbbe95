"""A tool that refuses arguments it does not know, explains bad ones, and says its answer in words and in structure."""

import difflib
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.answers import Answer
from knowledge.errors import StoreError, UnanswerableError
from mcp_server import text

_SHOWN = 60
"""Characters of a bad value that are said back."""


class ClosedTool(Tool):
    """The SDK drops unknown arguments and shows bad ones as a dump of the validator; this says a sentence instead."""

    @classmethod
    def of(cls, function: Callable[..., Any], title: str) -> Tool:
        """A read-only tool made of an async function that returns an answer."""
        annotations = ToolAnnotations(
            title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        )
        tool = cls.from_function(function, title=title, annotations=annotations)
        arguments = tool.fn_metadata.arg_model
        arguments.model_config["extra"] = "forbid"
        arguments.model_rebuild(force=True)
        tool.parameters = arguments.model_json_schema(by_alias=True)
        return tool

    async def run(self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False) -> Any:
        """The answer as a tool result.

        Raises:
            ToolError: with a sentence to act on, for anything that the caller could have known.
        """
        arguments = {name: value for name, value in arguments.items() if value is not None}  # many models send null
        try:
            answer = await super().run(arguments, context)
        except UnexpectedToolError as error:  # raised by the tool itself
            if isinstance(error.__cause__, UnanswerableError | StoreError):
                raise ToolError(str(error.__cause__)) from None
            raise
        except ToolError as error:  # raised before it, by the arguments
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(self._explain(error.__cause__)) from None
            raise
        return _result(answer) if convert_result else answer

    def _explain(self, error: ValidationError) -> str:
        return " ".join(self._explain_one(fault) for fault in error.errors(include_url=False))

    def _explain_one(self, fault: ErrorDetails) -> str:
        name = str(fault["loc"][0])
        known = list(self.fn_metadata.arg_model.model_fields)
        if fault["type"] == "extra_forbidden":
            meant = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean `{meant[0]}`?" if meant else f"{self.name} takes: {', '.join(known)}."
            return f"Unknown argument `{name}`. {hint}"
        if fault["type"] == "missing":
            return f"`{name}` is missing: {self.parameters['properties'][name].get('description', 'it is required')}"
        value = repr(fault["input"])
        shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}..."
        return f"`{name}` cannot be {shown}: {fault['msg']}."


def _result(answer: Answer) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text.render(answer))],
        structured_content=answer.model_dump(mode="json", exclude_none=True),
    )
