"""Atomic replacement of files: at any moment either the old or the new one is complete."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

TEMPORARY_SUFFIX = ".part"
"""Suffix of files that are still being written."""


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """Provide the path of a file to write in `folder`; it is removed afterwards unless it was placed."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{uuid4().hex}{TEMPORARY_SUFFIX}"
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def place(file: Path, target: Path) -> None:
    """Rename a file that is on disk to its target, replacing what is there."""
    file.replace(target)
    _sync_folder(target.parent)


def write(content: bytes, target: Path) -> None:
    """Write a file atomically: concurrent readers see the old content or the new."""
    with temporary_file(target.parent) as file:
        with file.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        place(file, target)


def remove(files: Iterable[Path], unchanged_since: datetime) -> None:
    """Remove files unchanged since a moment, as far as the system allows."""
    for file in files:
        with suppress(OSError):
            if file.stat().st_mtime < unchanged_since.timestamp():
                file.unlink()


def _sync_folder(folder: Path) -> None:
    """Flush the new name to disk, on systems where folders can be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
