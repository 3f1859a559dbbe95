"""An exact vector index beside a library or in memory: derived from the records, disposable.

Two append-only files: `rows.f32` (float32 rows of unit length) and `keys.txt` (the row length, then one key a line). A row
exists once its key does. One process writes at a time; others see complete rows only.
"""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.model import StoreError, UnwritableError
from knowledge.search.embeddings import NEEDS_EXTRA, Vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Places = NDArray[np.intp]

MAX_ROWS = 100_000
"""The maximum number of rows: an exact search among so many of 384 numbers takes about 15 ms and 150 MB of page cache."""
_ITEM = 4
"""Bytes of a float32."""


class VectorIndex:
    """Rows of unit length by key. Not thread-safe."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open the index in `folder`; `None` keeps it in memory.

        Raises:
            StoreError: the `dense` extra is not installed.
            UnwritableError: the folder cannot be made.
        """
        try:
            import filelock  # noqa: PLC0415 - an extra, loaded only when used
            import numpy as np  # noqa: PLC0415
        except ImportError:
            raise StoreError(NEEDS_EXTRA) from None
        self._np = np
        self._folder = folder
        self.keys: list[str] = []
        """The keys, in the order of the rows."""
        self._rows: Rows = np.zeros((0, 0), np.float32)
        if folder:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UnwritableError(f"{folder} cannot be made: {error.strerror}.") from None
            self._lock = filelock.FileLock(folder / "lock")
            self._timeout = filelock.Timeout
            self.reload()

    @contextlib.contextmanager
    def writing(self) -> Iterator[bool]:
        """Lock the index for writing; yields False if another process holds the lock. Incomplete rows are cut off."""
        if not self._folder:
            yield True
            return
        try:
            self._lock.acquire(timeout=0)
        except self._timeout:
            yield False
            return
        except OSError as error:
            raise UnwritableError(f"The vectors beside the library cannot be written: {error.strerror}.") from None
        try:
            self._truncate()
            yield True
        finally:
            self._lock.release()

    def add(self, keys: Sequence[str], vectors: Sequence[Vector]) -> None:
        """Append rows; only within `writing`.

        Raises:
            StoreError: if they are of another length, or cannot be written.
        """
        rows = self._normalise(vectors)
        self._check(rows)
        if not self._folder:
            self._rows = self._np.vstack([self._rows, rows]) if self.keys else rows
            self.keys += keys
            return
        try:
            self._append("rows.f32", rows.tobytes())
            head = "" if self.keys else f"{rows.shape[1]}\n"
            self._append("keys.txt", (head + "".join(f"{key}\n" for key in keys)).encode())
        except OSError as error:
            raise StoreError(f"The vectors beside the library cannot be written: {error.strerror}.") from None
        self._map(rows.shape[1], [*self.keys, *keys])

    def reload(self) -> None:
        """Load rows that other processes have added."""
        length, keys = self._read_keys()
        if len(keys) != len(self.keys):
            self._map(length, keys)

    def _map(self, length: int, keys: list[str]) -> None:
        if self._folder and keys:
            file = self._folder / "rows.f32"
            self._rows = self._np.memmap(file, self._np.float32, "r", shape=(len(keys), length))
        self.keys = keys

    def similarities(self, questions: Sequence[Vector]) -> "Rows":
        """Return the cosine similarity (-1 to 1) of each question to each row: one row of numbers per question."""
        if not self.keys:
            return self._np.zeros((len(questions), 0), self._np.float32)
        rows = self._normalise(questions)
        self._check(rows)
        found: Rows = rows @ self._rows.T
        return found

    def places(self, places: Sequence[int]) -> "Places":
        """Return row numbers as an array that selects similarities."""
        return self._np.asarray(places, self._np.intp)

    def _normalise(self, vectors: Sequence[Vector]) -> "Rows":
        try:
            rows = self._np.asarray(vectors, self._np.float32)
        except ValueError:
            raise StoreError("The model gave vectors of different lengths.") from None
        if not self._np.isfinite(rows).all():
            raise StoreError("The model gave something that is no number.")
        units: Rows = rows / self._np.maximum(self._np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return units

    def _check(self, rows: "Rows") -> None:
        if self.keys and rows.shape[1] != self._rows.shape[1]:
            hint = f" Remove {self._folder}: it is rebuilt." if self._folder else ""
            raise StoreError(
                f"The model gives {rows.shape[1]} numbers a text, and gave {self._rows.shape[1]} before.{hint}"
            )

    def _read_keys(self) -> tuple[int, list[str]]:
        """Return the length of a row and the keys of the complete rows."""
        if not self._folder:
            return 0, self.keys
        try:
            lines = (self._folder / "keys.txt").read_bytes().decode(errors="replace").split("\n")[:-1]
            size = (self._folder / "rows.f32").stat().st_size
            length = int(lines[0])
        except (OSError, ValueError, IndexError):
            return 0, []
        return length, lines[1 : 1 + size // (length * _ITEM)] if length > 0 else []

    def _truncate(self) -> None:
        """Truncate both files to complete rows."""
        length, keys = self._read_keys()
        kept = "".join(f"{line}\n" for line in (str(length), *keys)).encode() if keys else b""
        for name, size in (("keys.txt", len(kept)), ("rows.f32", len(keys) * length * _ITEM)):
            file = self._folder / name if self._folder else None
            if file and file.exists() and file.stat().st_size != size:
                os.truncate(file, size)
        self.reload()

    def _append(self, name: str, content: bytes) -> None:
        if self._folder:
            with (self._folder / name).open("ab") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
