"""MCP prompts: tasks that a user picks from a menu, each with what the knowledge base has on it."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from mcp_server.prompts.read import PROMPTS
    from mcp_server.prompts.write import WRITING_PROMPTS

__all__ = ["PROMPTS", "WRITING_PROMPTS"]

__getattr__ = lazy_names(__name__, read="PROMPTS", write="WRITING_PROMPTS")
