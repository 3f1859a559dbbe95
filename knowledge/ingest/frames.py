"""Messages between a reader and its worker: two lengths, a JSON object, and bytes."""

import asyncio
import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_LENGTHS = struct.Struct("!II")
LONGEST_HEADER = 64 * 2**20
"""Bytes of JSON; the longest text of 32 MB fits in."""
LONGEST_DATA = 128 * 2**20
"""A page of 32 MB takes up to three times that in UTF-8."""


class BrokenFrameError(Exception):
    """What came is no message."""


def packed(header: Mapping[str, object], data: bytes = b"") -> bytes:
    """A message."""
    written = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(written), len(data)) + written + data


def take(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message of a blocking stream, or `None` at its end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, data = _checked(lengths)
    return _opened(stream.read(header)), stream.read(data)


async def receive(stream: asyncio.StreamReader) -> dict[str, Any]:
    """The next message of a stream, which has no bytes beside it.

    Raises:
        BrokenFrameError: if it ends before, or is none.
    """
    try:
        header, _ = _checked(await stream.readexactly(_LENGTHS.size))
        return _opened(await stream.readexactly(header))
    except asyncio.IncompleteReadError as error:
        raise BrokenFrameError("it ended") from error


def _checked(lengths: bytes) -> tuple[int, int]:
    header, data = _LENGTHS.unpack(lengths)
    if header > LONGEST_HEADER or data > LONGEST_DATA:
        raise BrokenFrameError("it is too long")
    return header, data


def _opened(written: bytes) -> dict[str, Any]:
    try:
        header = json.loads(written)
    except ValueError as error:
        raise BrokenFrameError("it is no JSON") from error
    if not isinstance(header, dict):
        raise BrokenFrameError("it is no object")
    return header
