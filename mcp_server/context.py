"""The SDK's context for handlers, and the knowledge base in it.

SDK 2.3.0: a completion handler receives the reference, the argument and the other arguments, but no context. `provide_lifespan`
and `current_lifespan` can go when `MCPServer.completion` hands its handler a `Context`.
"""

from contextvars import ContextVar
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import Context

from knowledge import KnowledgeBase

Ctx = Context[Any, Any]

_LIFESPAN: ContextVar[Any] = ContextVar("_LIFESPAN")


def knowledge_of(ctx: Ctx) -> KnowledgeBase:
    """Return the knowledge base that the server has open."""
    knowledge: KnowledgeBase = ctx.request_context.lifespan_context
    return knowledge


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
