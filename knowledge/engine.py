"""What goes wrong in the search engine, told as one error of our own; and whether its files are as it wrote them.

The engine trusts its files. A changed byte makes it panic, which Python sees as an exception that is no `Exception`, or give
what was never written. It keeps a sum of every file in the file's last bytes but looks at none when it opens an index.
"""

import json
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import DamagedError

_PANICS = "pyo3_runtime"
"""The module that the engine's panics say they are of; their class cannot be imported."""
_PARTS = ("idx", "pos", "term", "store", "fast", "fieldnorm")
"""The files that every segment has."""
_META = "meta.json"
_ENDING = struct.Struct("<II")
"""How a file ends: the length of what is said of it before, and the number that says that something is."""
_SAID = 1337
_SUM = re.compile(rb'"crc":(\d+)')
_AT_ONCE = 1 << 20


@contextmanager
def faults() -> Iterator[None]:
    """What the engine does not survive, and what it says of files that are gone or wrong, as one error.

    Raises:
        DamagedError: whatever it was; its cause says what.
    """
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise DamagedError from error
    except BaseException as error:
        if type(error).__module__ == _PANICS:
            raise DamagedError from error
        raise


def check(folder: Path) -> None:
    """Read the index in a folder once: half a second for each 500 MB.

    Raises:
        DamagedError: if a file is not as the engine wrote it.
    """
    with faults():
        while wrong := [one for one in _files(folder) if not _is_as_written(one)]:
            if set(wrong) <= set(_files(folder)):  # else another process has put others in their place
                raise DamagedError from ValueError(f"not as it was written: {', '.join(one.name for one in wrong)}")


def _files(folder: Path) -> list[Path]:
    """The files of the index as it is now: besides, there are those that somebody is writing."""
    files = []
    for segment in json.loads((folder / _META).read_text(encoding="utf-8"))["segments"]:
        name = str(segment["segment_id"]).replace("-", "")
        files += [folder / f"{name}.{part}" for part in _PARTS]
        if segment["deletes"]:
            files.append(folder / f"{name}.{segment['deletes']['opstamp']}.del")
    return files


def _is_as_written(file: Path) -> bool:
    """Whether a file has the sum that it says; where it says none in a way known here, the engine must tell."""
    try:
        with file.open("rb") as opened:
            end = opened.seek(0, SEEK_END) - _ENDING.size
            opened.seek(max(end, 0))
            length, says = _ENDING.unpack(opened.read().rjust(_ENDING.size, b"\0"))
            if says != _SAID or length > end:
                return True
            opened.seek(end - length)
            said = _SUM.search(opened.read(length))
            return said is None or int(said[1]) == _sum(opened, end - length)
    except FileNotFoundError:
        return False


def _sum(opened: BinaryIO, length: int) -> int:
    """The sum of the first bytes of a file."""
    opened.seek(0)
    found = 0
    while length and (piece := opened.read(min(length, _AT_ONCE))):
        found = zlib.crc32(piece, found)
        length -= len(piece)
    return found
