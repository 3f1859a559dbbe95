"""Properties of HTTP requests that the SDK's transport handles awkwardly.

SDK 2.3.0: `Host` is compared letter by letter, and a request without a session id opens a session of the older era even if only to
be refused; each is kept for half an hour and takes some 35 KiB.
Can go when the SDK compares host names without case, and opens a session for `initialize` alone.
"""

from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS
from starlette.datastructures import Headers
from starlette.types import Scope


def with_lowercase_host(scope: Scope) -> Scope:
    """Return the request with its `Host` in small letters."""
    headers = [(name, value.lower() if name == b"host" else value) for name, value in scope["headers"]]
    return {**scope, "headers": headers}


def opens_session(scope: Scope) -> bool:
    """Return whether the SDK would open a session of the older era for a request."""
    headers = Headers(scope=scope)  # of a header that comes twice, the first counts, as it does for the SDK
    older = headers.get("mcp-protocol-version", "") in {"", *HANDSHAKE_PROTOCOL_VERSIONS}
    return scope["method"] == "POST" and "mcp-session-id" not in headers and older


def lacks_session(scope: Scope) -> bool:
    """Return whether a request needs a session and names none."""
    return scope["method"] != "POST" and "mcp-session-id" not in Headers(scope=scope)
