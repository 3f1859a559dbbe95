"""Three ways to a server, in raw messages: no client library reads or checks the answers while the clock runs."""

import asyncio
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple, Protocol

# The public client checks structured content against its schema, which takes longer than most tools.
from mcp.client._memory import InMemoryTransport
from mcp.server import MCPServer
from mcp.shared.message import SessionMessage
from mcp.types import jsonrpc_message_adapter

from benchmarks.calls import Call
from benchmarks.messages import VERSIONS, Era, checked, encoded, handshake, tool_call


class Timed(NamedTuple):
    """One call: how long it took, and how many bytes its answer has."""

    seconds: float
    size: int


class Wire(Protocol):
    """A connection to a server."""

    def time(self, calls: Sequence[Call]) -> list[Timed]:
        """Make the calls one after the other."""
        ...


class Memory:
    """A server in this process: typed messages go back and forth, no byte is sent."""

    def __init__(self, server: MCPServer[Any], era: Era) -> None:
        self._server = server
        self._era = era
        self._runner = asyncio.Runner()
        self._opened, self._done = asyncio.Event(), asyncio.Event()
        self._runner.run(self._begin())

    def time(self, calls: Sequence[Call]) -> list[Timed]:
        return self._runner.run(self._time(calls))

    def close(self) -> None:
        self._runner.run(self._end())
        self._runner.close()

    async def _begin(self) -> None:
        self._task = asyncio.create_task(self._connected())
        await self._opened.wait()
        for message in handshake(self._era):
            await self._write.send(_typed(message))
            if "id" in message:
                await self._read.receive()

    async def _connected(self) -> None:
        """Keeps the connection open in a task of its own, since it must be closed where it was opened."""
        async with InMemoryTransport(self._server) as (self._read, self._write):
            self._opened.set()
            await self._done.wait()

    async def _end(self) -> None:
        self._done.set()
        await self._task

    async def _time(self, calls: Sequence[Call]) -> list[Timed]:
        return [await self._ask(_typed(tool_call(call, self._era))) for call in calls]

    async def _ask(self, sent: SessionMessage) -> Timed:
        start = time.perf_counter()
        await self._write.send(sent)
        answer = await self._read.receive()
        seconds = time.perf_counter() - start
        assert isinstance(answer, SessionMessage)
        return Timed(seconds, len(checked(answer.message.model_dump_json(by_alias=True, exclude_unset=True).encode())))


class Stdio:
    """A server process: lines through its pipes."""

    def __init__(self, pipes: tuple[IO[bytes], IO[bytes]], era: Era) -> None:
        self._to, self._from = pipes
        self._era = era
        for message in handshake(era):
            self.send(message)
            if "id" in message:
                checked(self._from.readline())

    def send(self, message: Mapping[str, Any]) -> None:
        self._to.write(encoded(message) + b"\n")
        self._to.flush()

    def time(self, calls: Sequence[Call]) -> list[Timed]:
        return [self._ask(encoded(tool_call(call, self._era)) + b"\n") for call in calls]

    def _ask(self, line: bytes) -> Timed:
        start = time.perf_counter()
        self._to.write(line)
        self._to.flush()
        answer = self._from.readline()
        return Timed(time.perf_counter() - start, len(checked(answer)))


class Http:
    """A server process: requests over one kept connection, with no more of HTTP than it takes to find an answer's end."""

    def __init__(self, port: int, path: str, era: Era) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._from = self._socket.makefile("rb")
        self._start = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        self._era = era
        self._session: dict[str, str] = {}
        for message in handshake(era):
            self._socket.sendall(self._bytes(message))
            headers, _ = self._answer()
            self._session |= {name: value for name, value in headers.items() if name == "mcp-session-id"}

    def time(self, calls: Sequence[Call]) -> list[Timed]:
        return [self._ask(self._bytes(tool_call(call, self._era))) for call in calls]

    def close(self) -> None:
        self._from.close()
        self._socket.close()

    def _ask(self, sent: bytes) -> Timed:
        start = time.perf_counter()
        self._socket.sendall(sent)
        _, answer = self._answer()
        return Timed(time.perf_counter() - start, len(checked(answer)))

    def _bytes(self, message: Mapping[str, Any]) -> bytes:
        body = encoded(message)
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": VERSIONS[self._era],
            "Mcp-Method": message["method"],
            **({"Mcp-Name": message["params"]["name"]} if message["method"] == "tools/call" else {}),
            **self._session,
            "Content-Length": str(len(body)),
        }
        return (
            self._start + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
        ).encode() + body

    def _answer(self) -> tuple[dict[str, str], bytes]:
        self._from.readline()
        headers: dict[str, str] = {}
        while (line := self._from.readline().decode().strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if "chunked" in headers.get("transfer-encoding", ""):
            return headers, b"".join(self._chunks())
        return headers, self._from.read(int(headers.get("content-length", 0)))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._from.readline(), 16):
            yield self._from.read(size)
            self._from.readline()
        self._from.readline()


def _typed(message: Mapping[str, Any]) -> SessionMessage:
    return SessionMessage(jsonrpc_message_adapter.validate_python(message))
