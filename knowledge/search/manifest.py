"""Checksums of an index's files, written by us after each commit, to notice damage the engine would not.

A segment file never changes once it is written; what a commit replaces gets another name. So a file that differs from
its checksum is damaged. The engine's own lists of files (`meta.json`, `.managed.json`) do change, and are left to it.
"""

import contextlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_NAME = "manifest.json"
_CHANGING = {_NAME, "meta.json"}
_AT_ONCE = 1 << 20


class Manifest(NamedTuple):
    """Contents of a folder when it was last written."""

    documents: int
    """Number of documents in the index."""
    checksums: dict[str, int]
    """CRC-32 of each segment file, by name."""


def write(folder: Path, documents: int) -> None:
    """Write the checksums of new files; nobody else may write to the index meanwhile.

    Those of known files are kept, so that damage is not taken for what was written. `documents` counts where there is no
    manifest yet.
    """
    known = _read(folder) if (folder / _NAME).exists() else Manifest(documents, {})
    checksums = {file.name: known.checksums.get(file.name) or _checksum(file) for file in _segment_files(folder)}
    unfinished = folder / f".{_NAME}"
    unfinished.write_text(json.dumps(known._replace(checksums=checksums)._asdict()), encoding="ascii")
    unfinished.replace(folder / _NAME)


def check(folder: Path) -> int:
    """Read every file of an index once, half a second for each 500 MB; return how many documents it was made with.

    A file that is gone is not reported: another process may have replaced it, and the engine does not open without it.

    Raises:
        OSError: if there is no manifest.
        ValueError: if the manifest cannot be read, or a file is not as it was written.
    """
    manifest = _read(folder)
    for name, checksum in manifest.checksums.items():
        with contextlib.suppress(FileNotFoundError):
            if _checksum(folder / name) != checksum:
                raise ValueError(f"{name} is not as it was written")
    return manifest.documents


def _read(folder: Path) -> Manifest:
    stored = json.loads((folder / _NAME).read_text(encoding="ascii"))
    manifest = Manifest(**stored)
    if not isinstance(manifest.documents, int) or not isinstance(manifest.checksums, dict):
        raise ValueError("the manifest has values of other types")
    return manifest


def _segment_files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.iterdir() if file.name not in _CHANGING and not file.name.startswith("."))


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as opened:
        while piece := opened.read(_AT_ONCE):
            checksum = zlib.crc32(piece, checksum)
    return checksum
