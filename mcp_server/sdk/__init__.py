"""Adjustments to the MCP SDK.

Each file adjusts one thing. Its docstring names the SDK's version in which the behaviour was seen, the behaviour, and when what
adjusts it can go; `tests/mcp_server/sdk/test_needed.py` fails as soon as the SDK no longer behaves so.
"""

__all__ = [
    "disconnects",
    "errors",
    "handlers",
    "http_replies",
    "http_requests",
    "stdio_streams",
]
