"""Adjustments to the MCP SDK.

Each file is one adjustment. Its docstring names the SDK's version in which the behaviour was seen, the behaviour, and when the file
can go; `tests/mcp_server/sdk/test_needed.py` fails as soon as the SDK no longer behaves so.
"""

__all__ = [
    "disconnects",
    "errors",
    "http_replies",
    "http_requests",
    "request_validation",
    "resource_list",
    "stdio_streams",
    "strict_prompt",
    "strict_tool",
]
