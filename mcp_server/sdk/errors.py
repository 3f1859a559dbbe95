"""Protocol errors that the SDK has no shorthand for.

SDK 2.3.0: an `MCPError` takes a code and a message, and nothing builds a JSON-RPC error that answers no request in particular.
Can go when the SDK has constructors for both.
"""

import json

from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, INVALID_REQUEST


def invalid_params(message: str) -> MCPError:
    """Return the error -32602, for parameters that cannot be right."""
    return MCPError(code=INVALID_PARAMS, message=message)


def error_body(message: str, code: int = INVALID_REQUEST) -> bytes:
    """Return a JSON-RPC error without an id, as the body of an HTTP response."""
    error = {"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}
    return json.dumps(error, ensure_ascii=False).encode()
