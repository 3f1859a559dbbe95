"""The sandbox for parsers of hostile files: a worker process with a time limit, and its message format.

A message is two lengths, a JSON object, and bytes.
"""

import asyncio
import json
import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

LONGEST_S = 30.0
"""Seconds for one file, including the start of the worker."""
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = (
    "PATH",
    "SYSTEMROOT",
    "WINDIR",
    "TEMP",
    "TMP",
    "TMPDIR",
    "HOME",
    "USERPROFILE",
    "LANG",
    "LC_ALL",
    "TZ",
    "LD_LIBRARY_PATH",
    "VIRTUAL_ENV",
)
"""Environment variables passed to a worker; keys of services are not among them."""
ALLOWED = "A file that can be read in bounded time and memory is needed"
"""The acceptable input, for the error about a file that breaks its worker."""


class SandboxError(Exception):
    """A worker that crashed or timed out; the message follows the file's name."""


class SandboxedParser:
    """One worker process, for one file at a time."""

    def __init__(self, room: str, longest_s: float = LONGEST_S) -> None:
        """Prepare a worker that calls `answer` of a module; its process starts with the first request."""
        self._room = room
        self._longest_s = longest_s
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The process id, while there is a process."""
        return self._process.pid if self._process else None

    async def ask(self, request: Mapping[str, object], data: bytes) -> dict[str, Any]:
        """Return the worker's response to a file.

        Raises:
            SandboxError: if it crashed or timed out.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._longest_s):
                    response = await self._exchange(pack_message(request, data))
            except TimeoutError:
                await self.end()
                raise SandboxError(f"takes longer than {self._longest_s:g} seconds to read") from None
            except (BrokenFrameError, OSError):
                await self.end()
                raise SandboxError("breaks the program that reads it") from None
            except BaseException:
                await self.end()  # an answer that nobody waits for any more would be taken for the next one
                raise
            if "exhausted" in response or "failed" in response:
                await self.end()  # whatever it holds, the next file has a new one
        return response

    async def end(self) -> None:
        """End the worker, if there is one, and wait until it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        if process.stdin:
            process.stdin.close()
        await process.wait()

    async def _exchange(self, message: bytes) -> dict[str, Any]:
        process = await self._running()
        if process.stdin is None or process.stdout is None:
            raise BrokenFrameError("it has no pipes")
        process.stdin.write(message)
        await process.stdin.drain()
        return await receive_message(process.stdout)

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is not None:
            await self.end()
        if self._process is None:
            # -P: what lies in the folder where somebody works is no module of ours
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-m", "knowledge.ingest.sandbox_worker", self._room,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=_environment(),
            )  # fmt: skip
        return self._process


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}


_LENGTHS = struct.Struct("!II")
LONGEST_HEADER = 64 * 2**20
"""Bytes of JSON; the longest text of 32 MB fits in."""
LONGEST_DATA = 128 * 2**20
"""A page of 32 MB takes up to three times that in UTF-8."""


class BrokenFrameError(Exception):
    """Bytes that are no message."""


def pack_message(header: Mapping[str, object], data: bytes = b"") -> bytes:
    """Return a message as bytes."""
    written = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(written), len(data)) + written + data


def read_message(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message of a blocking stream, or `None` at its end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, data = _unpack_lengths(lengths)
    return _parse_header(stream.read(header)), stream.read(data)


async def receive_message(stream: asyncio.StreamReader) -> dict[str, Any]:
    """Return the header of the next message of a stream, which carries no bytes.

    Raises:
        BrokenFrameError: if it ends before, or is none.
    """
    try:
        header, _ = _unpack_lengths(await stream.readexactly(_LENGTHS.size))
        return _parse_header(await stream.readexactly(header))
    except asyncio.IncompleteReadError as error:
        raise BrokenFrameError("it ended") from error


def _unpack_lengths(lengths: bytes) -> tuple[int, int]:
    header, data = _LENGTHS.unpack(lengths)
    if header > LONGEST_HEADER or data > LONGEST_DATA:
        raise BrokenFrameError("it is too long")
    return header, data


def _parse_header(written: bytes) -> dict[str, Any]:
    try:
        header = json.loads(written)
    except ValueError as error:
        raise BrokenFrameError("it is no JSON") from error
    if not isinstance(header, dict):
        raise BrokenFrameError("it is no object")
    return header
