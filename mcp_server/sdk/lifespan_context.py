"""The lifespan's value for handlers that are not given the request.

SDK 2.3.0: a completion handler receives the reference, the argument and the other arguments, but no context.
Can go when `MCPServer.completion` hands its handler a `Context`.
"""

from contextvars import ContextVar
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext

_LIFESPAN: ContextVar[Any] = ContextVar("_LIFESPAN")


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
