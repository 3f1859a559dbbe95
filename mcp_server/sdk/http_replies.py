"""An ASGI layer that sends JSON as UTF-8 and explains refusals.

SDK 2.3.0: every Korean character is escaped, which makes an answer about twice as long, and refusals have no body, plain text, or
the validator's dump.
Can go when the SDK writes JSON with `ensure_ascii=False` and refuses with JSON-RPC errors.
"""

import json
from typing import Final

from mcp.types import INTERNAL_ERROR, INVALID_REQUEST
from pydantic_core import to_json
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcp_server.settings import HttpSettings

_JSON: Final = b"application/json"
_EVENTS: Final = b"text/event-stream"
_ESCAPE: Final = b"\\u"
_DATA: Final = b"data: "
_LINE_ENDS: Final = {"\u0085".encode(): b"\\u0085", "\u2028".encode(): b"\\u2028", "\u2029".encode(): b"\\u2029"}
"""Not so to HTTP, but to many clients that split events into lines."""
_NOT_A_MESSAGE: Final = "The body must be one JSON-RPC request, notification or response."


def error_body(message: str, code: int = INVALID_REQUEST) -> bytes:
    """Return a JSON-RPC error without an id, as the body of an HTTP response."""
    error = {"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}
    return json.dumps(error, ensure_ascii=False).encode()


class ReadableReplies:
    """Rewrites the SDK's responses: JSON in UTF-8, and a sentence with each refusal."""

    def __init__(self, app: ASGIApp, settings: HttpSettings) -> None:
        self._app = app
        self._refusals = {
            400: "Content-Type must be application/json.",
            404: f"There is nothing here. The MCP endpoint is {settings.path}.",
            405: "This endpoint takes POST.",
            406: "Accept must name application/json and text/event-stream.",
            413: f"The body is larger than {settings.max_body} bytes.",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, _Reply(send, self._refusals) if scope["type"] == "http" else send)


class _Reply:
    """The `send` of one response. JSON waits until it is whole, since its length stands before it; events never wait."""

    def __init__(self, send: Send, refusals: dict[int, str]) -> None:
        self._send = send
        self._refusals = refusals
        self._start: Message = {}
        self._kind = b""
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._kind.startswith(_EVENTS):
            await self._send({**message, "body": readable_events(message.get("body", b""))})
        elif self._waits:
            await self._gather(message)
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        self._start = message
        self._kind = next((value for name, value in message["headers"] if name.lower() == b"content-type"), b"")
        if not self._waits:
            await self._send(message)

    @property
    def _waits(self) -> bool:
        return self._kind.startswith(_JSON) or int(self._start["status"]) >= 400  # noqa: PLR2004

    async def _gather(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = self._rewritten()
        described = [(b"content-type", _JSON), (b"content-length", str(len(body)).encode())]
        kept = [header for header in self._start["headers"] if header[0].lower() not in dict(described)]
        await self._send({**self._start, "headers": [*kept, *described]})
        await self._send({**message, "body": body})

    def _rewritten(self) -> bytes:
        status = self._start["status"]
        if not self._kind.startswith(_JSON):
            code = INVALID_REQUEST if status in self._refusals else INTERNAL_ERROR
            return error_body(self._refusals.get(status, "Something went wrong here."), code)
        if status == 400 and b'"Validation error: ' in self._body:  # noqa: PLR2004 - the older era shows the validator's dump
            return error_body(_NOT_A_MESSAGE)
        return readable(self._body)


def readable(body: bytes) -> bytes:
    """Return the same JSON in UTF-8; unchanged where UTF-8 cannot say it (half of a surrogate pair)."""
    if _ESCAPE not in body:
        return body
    try:
        return to_json(json.loads(body))
    except (ValueError, RecursionError):
        return body


def readable_events(chunk: bytes) -> bytes:
    """Return the same server-sent events, readable where a data line is whole; `chunk` is any part of a stream."""
    if _ESCAPE in chunk:
        chunk = b"\n".join(_readable_line(line) for line in chunk.split(b"\n"))
    for character, escape in _LINE_ENDS.items():
        chunk = chunk.replace(character, escape)
    return chunk


def _readable_line(line: bytes) -> bytes:
    if not line.startswith(_DATA):
        return line
    data = line.removeprefix(_DATA).removesuffix(b"\r")
    return _DATA + readable(data) + line[len(_DATA) + len(data) :]
