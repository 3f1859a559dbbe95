"""MCP tools that read and that write, with their compact output schemas. `TOOLS` in `read` lists them."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from mcp_server.tools.answer_tool import AnswerTool, answer_type
    from mcp_server.tools.read import TOOLS
    from mcp_server.tools.write import WRITING

__all__ = ["TOOLS", "WRITING", "AnswerTool", "answer_type"]

__getattr__ = lazy_names(__name__, answer_tool="AnswerTool answer_type", read="TOOLS", write="WRITING")
