"""A tool whose answer goes out as text, as structure, with links and, on request, with a picture."""

import asyncio
from base64 import b64encode
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_type_hints

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, ImageContent, TextContent, ToolAnnotations

from knowledge.model import StoreError, UnanswerableError
from knowledge.queries import Answer
from knowledge.text import strip_hidden
from mcp_server.rendering import links, text
from mcp_server.sdk import StrictTool
from mcp_server.tools import schemas

if TYPE_CHECKING:
    from knowledge.charts.drawing import Picture

_LINKS_SINCE = "2025-06-18"
"""The revision that brought `resource_link`; clients of older ones may refuse a result that has one."""

READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)


class AnswerTool(StrictTool):
    """A tool that is made of an async function which returns an answer."""

    @classmethod
    def from_answer(cls, function: Callable[..., Any], title: str, annotations: ToolAnnotations = READS) -> Tool:
        """Return the tool of a function, with the small schemas of `tools/list`."""
        description = " ".join((function.__doc__ or "").split())
        tool = cls.from_function(
            function, title=title, description=description, annotations=annotations, structured_output=False
        )
        tool.parameters = schemas.of_arguments(tool.fn_metadata.arg_model)
        return tool

    @cached_property
    def output_schema(self) -> dict[str, Any]:
        """The compact schema of its answers; the complete one is a resource."""
        return schemas.compact(answer_type(self.fn))

    async def run(self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False) -> Any:
        """Return the answer, or the tool result that it becomes.

        Raises:
            ToolError: with a sentence to act on, for anything that the caller could have known.
        """
        answer = await super().run(arguments, context)
        if not convert_result:
            return answer
        version = context.request_context.protocol_version
        return _result(answer, await self._picture(arguments, context), with_links=version >= _LINKS_SINCE)

    async def _picture(self, arguments: dict[str, Any], context: Context[Any, Any]) -> "Picture | str | None":
        """Draw the whole answer, where a picture is asked for; return why not, where there is nothing to draw."""
        if not arguments.get("chart"):
            return None
        from knowledge.charts import build_chart  # noqa: PLC0415
        from knowledge.charts.drawing import draw  # noqa: PLC0415 - most answers are not drawn

        answer = super().run
        try:
            chart = await build_chart(lambda cursor: answer(arguments | {"detail": "full", "cursor": cursor}, context))
            return await asyncio.to_thread(draw, chart)
        except (StoreError, UnanswerableError) as error:
            return str(error)


def answer_type(function: Callable[..., Any]) -> type[Answer]:
    """Return the type of answer that a tool's function returns."""
    answer: type[Answer] = get_type_hints(function)["return"]
    return answer


def _result(answer: Answer, picture: "Picture | str | None", *, with_links: bool) -> CallToolResult:
    if isinstance(picture, str):
        answer = answer.model_copy(update={"notes": (*answer.notes, picture)})
    linked = links.links(answer) if with_links else []
    drawn = (
        [ImageContent(type="image", data=b64encode(picture.png).decode(), mime_type="image/png")]
        if picture and not isinstance(picture, str)
        else []
    )
    return CallToolResult(
        content=[TextContent(type="text", text=text.render(answer)), *drawn, *linked],
        structured_content=_visible(answer.model_dump(mode="json", exclude_none=True)),
    )


def _visible(value: Any) -> Any:
    """Remove hidden characters, wherever they came from: the last look before an answer leaves."""
    if isinstance(value, str):
        return strip_hidden(value)
    if isinstance(value, dict):
        return {key: _visible(item) for key, item in value.items()}
    return [_visible(item) for item in value] if isinstance(value, list) else value
