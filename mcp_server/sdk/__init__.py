"""Adjustments to the MCP SDK.

Each file adjusts one thing. Its docstring names the SDK's version in which the behaviour was seen, the behaviour, and when what
adjusts it can go; `tests/mcp_server/sdk/test_needed.py` fails as soon as the SDK no longer behaves so.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from mcp_server.sdk.disconnects import QuietDisconnects
    from mcp_server.sdk.errors import error_body, invalid_params
    from mcp_server.sdk.handlers import (
        RequestValidation,
        ResourceList,
        StrictPrompt,
        StrictTool,
        current_lifespan,
        provide_lifespan,
    )
    from mcp_server.sdk.http_replies import ReadableReplies
    from mcp_server.sdk.http_requests import lacks_session, opens_session, with_lowercase_host
    from mcp_server.sdk.stdio_streams import MessageReader, MessageWriter

__all__ = [
    "MessageReader", "MessageWriter", "QuietDisconnects", "ReadableReplies", "RequestValidation", "ResourceList",
    "StrictPrompt", "StrictTool", "current_lifespan", "error_body", "invalid_params", "lacks_session",
    "opens_session", "provide_lifespan", "with_lowercase_host",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    disconnects="QuietDisconnects",
    errors="error_body invalid_params",
    handlers="RequestValidation ResourceList StrictPrompt StrictTool current_lifespan provide_lifespan",
    http_replies="ReadableReplies",
    http_requests="lacks_session opens_session with_lowercase_host",
    stdio_streams="MessageReader MessageWriter",
)
