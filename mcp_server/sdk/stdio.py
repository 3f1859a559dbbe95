"""Standard input and output: the SDK's loop, with answers to what is no message and to what was asked last."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

import anyio
from mcp.server import MCPServer
from mcp.server.stdio import stdio_server
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


async def serve(server: MCPServer[Any]) -> None:
    """Serve until the input ends or the client is gone."""
    sdk = server._lowlevel_server  # noqa: SLF001 - `MCPServer.run` takes no streams
    try:
        async with stdio_server() as (read, write):
            pending = _Pending(write)
            await sdk.run(_Messages(read, pending), pending, sdk.create_initialization_options())
    except* BrokenPipeError:  # nobody reads the answers any more
        pass


class _Pending:
    """The writing side, which knows what has not been answered yet."""

    def __init__(self, write: Any) -> None:
        self._write = write
        self._asked: set[RequestId] = set()
        self._answered = anyio.Event()

    def hear(self, message: JSONRPCMessage) -> None:
        if isinstance(message, JSONRPCRequest):
            self._asked.add(message.id)
        elif isinstance(message, JSONRPCNotification) and message.method == "notifications/cancelled":
            self._settle((message.params or {}).get("requestId"))

    async def send(self, item: SessionMessage, /) -> None:
        await self._write.send(item)
        if isinstance(item.message, JSONRPCResponse | JSONRPCError):
            self._settle(item.message.id)

    def _settle(self, request: object) -> None:
        if isinstance(request, int | str):
            self._asked.discard(request)
        self._answered.set()

    async def drain(self) -> None:
        """Wait for the answers to come, though not for ever."""
        with anyio.move_on_after(_GRACE_S):
            while self._asked:
                self._answered = anyio.Event()
                await self._answered.wait()

    async def aclose(self) -> None:
        await self._write.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _Messages:
    """The reading side without what is no message; the SDK would leave whoever sent that waiting."""

    def __init__(self, read: Any, pending: _Pending) -> None:
        self._read = read
        self._pending = pending

    @property
    def last_context(self) -> Any:
        return self._read.last_context

    async def receive(self) -> SessionMessage:
        try:
            item: SessionMessage | Exception = await self._read.receive()
            while isinstance(item, Exception):
                for refusal in _refusals(item):
                    await self._pending.send(SessionMessage(refusal))
                item = await self._read.receive()
        except anyio.EndOfStream:
            await self._pending.drain()
            raise
        self._pending.hear(item.message)
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
    """What to say to a line that is no message; nothing to an empty one."""
    faults = error.errors() if isinstance(error, ValidationError) else []
    if not faults or faults[0]["type"] != "json_invalid":
        said = ErrorData(code=INVALID_REQUEST, message="A line must be one JSON-RPC request, notification or response.")
        yield JSONRPCError(jsonrpc="2.0", id=None, error=said)
    elif (line := str(faults[0]["input"])).strip():
        said = ErrorData(code=PARSE_ERROR, message=f"Parse error: {faults[0]['ctx']['error']}.")
        yield JSONRPCError(jsonrpc="2.0", id=_id(line), error=said)


def _id(line: str) -> RequestId | None:
    """The id of a request that Python's laxer parser can read, such as one with half of a surrogate pair in it."""
    with suppress(ValueError, RecursionError, AttributeError):
        found = json.loads(line).get("id")
        if isinstance(found, int | str) and not isinstance(found, bool) and str(found).encode():
            return found
    return None
