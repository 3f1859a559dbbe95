"""Puts files where they belong so that at any moment the old one or the new one is there, whole."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from knowledge.datasets.reading import unreadable
from knowledge.datasets.stream import Limits
from knowledge.errors import DatasetError

PART = ".part"
"""How the name of a file ends that is still being written."""
_PIECE = 2**20


@contextmanager
def part(folder: Path) -> Iterator[Path]:
    """The name of a file that is to be written in `folder`, which is removed unless it was placed."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{uuid4().hex}{PART}"
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


@contextmanager
def copied(file: Path, folder: Path, limits: Limits) -> Iterator[Path]:
    """A copy of `file` in `folder`, on the disk, which is removed unless it was placed. The file may change meanwhile."""
    with part(folder) as copy:
        _copy(file, copy, limits.file_bytes)
        yield copy


def place(file: Path, target: Path) -> None:
    """Give a file that is on the disk its name, in place of what has that name."""
    file.replace(target)
    _sync_folder(target.parent)


def write(text: str, target: Path) -> None:
    """Write a file anew: whoever reads it meanwhile reads the old text or the new."""
    with part(target.parent) as file:
        with file.open("xb") as written:
            written.write(text.encode())
            _sync(written)
        place(file, target)


def remove(files: Iterable[Path], age: timedelta) -> None:
    """Remove files that have been there for longer than `age`, as far as the system lets us."""
    latest = time.time() - age.total_seconds()
    for file in files:
        with suppress(OSError):
            if file.stat().st_mtime < latest:
                file.unlink()


def _copy(file: Path, copy: Path, most: int) -> None:
    try:
        source = file.open("rb")
    except OSError as error:
        raise unreadable(file.name, error) from error
    with source, copy.open("xb") as written:
        while piece := source.read(_PIECE):
            if written.tell() + len(piece) > most:
                allowed = f"At most {most:,} bytes are read"
                raise DatasetError(
                    file.name, f"is longer than {most:,} bytes", allowed, "Hand over one table by itself"
                )
            written.write(piece)
        _sync(written)


def _sync(written: BinaryIO) -> None:
    written.flush()
    os.fsync(written.fileno())


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk too, where folders can be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
