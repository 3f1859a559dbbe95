"""Adjustments to the MCP SDK.

Each file adjusts one thing. Its docstring names the SDK's version in which the behaviour was seen, the behaviour, and when what
adjusts it can go; `tests/mcp_server/sdk/test_needed.py` fails as soon as the SDK no longer behaves so.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from mcp_server.sdk.disconnects import QuietDisconnects
    from mcp_server.sdk.http_replies import ReadableReplies, error_body
    from mcp_server.sdk.http_requests import lacks_session, opens_session, with_lowercase_host
    from mcp_server.sdk.request_validation import (
        RequestValidation,
        ResourceList,
        StrictPrompt,
        StrictTool,
        current_lifespan,
        invalid_params,
        provide_lifespan,
    )
    from mcp_server.sdk.stdio_streams import MessageReader, MessageWriter

__all__ = [
    "MessageReader", "MessageWriter", "QuietDisconnects", "ReadableReplies", "RequestValidation", "ResourceList",
    "StrictPrompt", "StrictTool", "current_lifespan", "error_body", "invalid_params", "lacks_session",
    "opens_session", "provide_lifespan", "with_lowercase_host",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    disconnects="QuietDisconnects",
    http_replies="ReadableReplies error_body",
    http_requests="lacks_session opens_session with_lowercase_host",
    request_validation="RequestValidation ResourceList StrictPrompt StrictTool current_lifespan invalid_params provide_lifespan",
    stdio_streams="MessageReader MessageWriter",
)
