"""Files that are exchanged at once: at any moment the old one or the new one is there, whole."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

TEMPORARY_SUFFIX = ".part"
"""How the name of a file ends that is still being written."""


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """Name a file that is to be written in `folder`; it is removed afterwards unless it was placed."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{uuid4().hex}{TEMPORARY_SUFFIX}"
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def place(file: Path, target: Path) -> None:
    """Give a file that is on the disk its name, in place of what has that name."""
    file.replace(target)
    _sync_folder(target.parent)


def write(content: bytes, target: Path) -> None:
    """Write a file anew: whoever reads it meanwhile reads the old content or the new."""
    with temporary_file(target.parent) as file:
        with file.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        place(file, target)


def remove(files: Iterable[Path], unchanged_since: datetime) -> None:
    """Remove files that nobody has changed since a moment, as far as the system lets us."""
    for file in files:
        with suppress(OSError):
            if file.stat().st_mtime < unchanged_since.timestamp():
                file.unlink()


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk too, where folders can be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
