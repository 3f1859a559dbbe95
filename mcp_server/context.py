"""The SDK's context for tools, resources and prompts, and the knowledge base in it."""

from typing import Any

from mcp.server.mcpserver import Context

from knowledge import KnowledgeBase

Ctx = Context[Any, Any]


def knowledge_of(ctx: Ctx) -> KnowledgeBase:
    """Return the knowledge base that the server has open."""
    knowledge: KnowledgeBase = ctx.request_context.lifespan_context
    return knowledge
