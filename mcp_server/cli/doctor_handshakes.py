"""The doctor's checks of both transports, as clients of both protocol eras."""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO, Literal

import httpx2
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from mcp_server.cli.doctor_findings import PATIENCE_S, REINSTALL, DoctorError
from mcp_server.settings import LIBRARY

_SERVER = [sys.executable, "-m", "mcp_server"]
_ERAS: tuple[Literal["auto", "legacy"], ...] = ("auto", "legacy")
_LOOK_S = 0.05


async def stdio() -> str:
    """Start a server on standard input and output and greet it as a client of each protocol era."""
    parameters = StdioServerParameters(command=_SERVER[0], args=_SERVER[1:], env=_without_library())
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        try:
            return _met([await _handshake(Client(stdio_client(parameters, complaints), mode=era)) for era in _ERAS])
        except Exception as error:  # noqa: BLE001 - it is raised again, unless the server said more
            raise _silent("the server", complaints) or error from None


async def http() -> str:
    """Start a server over HTTP and greet it as a client of each protocol era."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        async with _serving(complaints) as url, httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
            return _met(
                [await _handshake(Client(streamable_http_client(url, http_client=client), mode=era)) for era in _ERAS]
            )


@asynccontextmanager
async def _serving(complaints: IO[str]) -> AsyncIterator[str]:
    """Run a server on a free port of this machine, and yield its address."""
    command = [*_SERVER, "serve", "--http", "--host", "127.0.0.1", "--port", "0"]
    process = await asyncio.create_subprocess_exec(*command, stderr=complaints, env=_without_library())
    try:
        while not (found := re.search(r"http://\S+", _read(complaints))):
            if process.returncode is not None:
                raise _silent("the server", complaints) or DoctorError("the server stopped", REINSTALL)
            await asyncio.sleep(_LOOK_S)
        yield found[0]
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _handshake(client: Client) -> tuple[str, int]:
    """Return the protocol version that was agreed on, and the number of tools."""
    async with client:
        return client.protocol_version, len((await client.list_tools()).tools)


def _met(greetings: list[tuple[str, int]]) -> str:
    versions = " and ".join(version for version, _ in greetings)
    return f"speaks MCP {versions}; {greetings[0][1]} tools"


def _silent(who: str, complaints: IO[str]) -> DoctorError | None:
    """Return the last line that a server printed before it stopped, as an error."""
    said = _read(complaints).strip().splitlines()
    return DoctorError(f"{who} stopped: {said[-1]}", "Mend what is said above, or install it again.") if said else None


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def _without_library() -> dict[str, str]:
    """Return the environment without the user's library, which has a check of its own."""
    return {**os.environ, LIBRARY: ":memory:"}
