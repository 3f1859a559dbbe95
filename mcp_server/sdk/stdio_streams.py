"""Streams around the SDK's stdio transport that leave no line and no request unanswered.

SDK 2.3.0: a line that is no message gets no answer, so that its sender waits for ever, and when the input ends, requests that are
still running are answered with "Connection closed" instead of their results.
Can go when the SDK answers both, and its loop ends quietly when nobody reads.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

import anyio
from mcp.shared.message import SessionMessage
from mcp.types import (
    INVALID_REQUEST,
    PARSE_ERROR,
    ErrorData,
    JSONRPCError,
    JSONRPCMessage,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
    RequestId,
)
from pydantic import ValidationError

_GRACE_S = 5
"""Seconds that running requests have to finish once the input has ended."""


class MessageWriter:
    """The writing side, which keeps track of requests that wait for their answers."""

    def __init__(self, write: Any) -> None:
        self._write = write
        self._pending: set[RequestId] = set()
        self._answered = anyio.Event()

    def note(self, message: JSONRPCMessage) -> None:
        """Add a request to those pending; settle one that the client cancels."""
        if isinstance(message, JSONRPCRequest):
            self._pending.add(message.id)
        elif isinstance(message, JSONRPCNotification) and message.method == "notifications/cancelled":
            self._settle((message.params or {}).get("requestId"))

    async def send(self, item: SessionMessage, /) -> None:
        await self._write.send(item)
        if isinstance(item.message, JSONRPCResponse | JSONRPCError):
            self._settle(item.message.id)

    def _settle(self, request: object) -> None:
        if isinstance(request, int | str):
            self._pending.discard(request)
        self._answered.set()

    async def drain(self) -> None:
        """Wait for pending answers, at most the grace period."""
        with anyio.move_on_after(_GRACE_S):
            while self._pending:
                self._answered = anyio.Event()
                await self._answered.wait()

    async def aclose(self) -> None:
        await self._write.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class MessageReader:
    """The reading side, which answers lines that are no messages and hands on the others."""

    def __init__(self, read: Any, writer: MessageWriter) -> None:
        self._read = read
        self._writer = writer

    @property
    def last_context(self) -> Any:
        return self._read.last_context

    async def receive(self) -> SessionMessage:
        try:
            item: SessionMessage | Exception = await self._read.receive()
            while isinstance(item, Exception):
                for refusal in _refusals(item):
                    await self._writer.send(SessionMessage(refusal))
                item = await self._read.receive()
        except anyio.EndOfStream:
            await self._writer.drain()
            raise
        self._writer.note(item.message)
        return item

    async def aclose(self) -> None:
        await self._read.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _refusals(error: Exception) -> Iterator[JSONRPCError]:
    """Yield the error that answers a line which is no message; none for an empty line."""
    faults = error.errors() if isinstance(error, ValidationError) else []
    if not faults or faults[0]["type"] != "json_invalid":
        refusal = ErrorData(
            code=INVALID_REQUEST, message="A line must be one JSON-RPC request, notification or response."
        )
        yield JSONRPCError(jsonrpc="2.0", id=None, error=refusal)
    elif (line := str(faults[0]["input"])).strip():
        refusal = ErrorData(code=PARSE_ERROR, message=f"Parse error: {faults[0]['ctx']['error']}.")
        yield JSONRPCError(jsonrpc="2.0", id=_id(line), error=refusal)


def _id(line: str) -> RequestId | None:
    """Return the id that Python's laxer parser can read, as in a request with half of a surrogate pair."""
    with suppress(ValueError, RecursionError, AttributeError):
        identity = json.loads(line).get("id")
        if isinstance(identity, int | str) and not isinstance(identity, bool) and str(identity).encode():
            return identity
    return None
