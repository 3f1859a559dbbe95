"""The reader's side of its worker: starts it when first needed, asks it, ends it when it takes too long."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.ingest import frames

LONGEST_S = 30.0
"""Seconds that one file may take, with the start of the worker."""
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
"""What of the environment a worker has; keys of services are not among it."""
ALLOWED = "A file that can be read in bounded time and memory is needed"
"""What is needed instead of what a worker does not survive."""


class BrokenError(Exception):
    """A worker did not survive a file, or not in time; the message goes on from what the file is called."""


class Child:
    """One worker, for one file at a time."""

    def __init__(self, room: str, longest_s: float = LONGEST_S) -> None:
        """A worker that reads with the function `answer` of a room; its process is started when first needed."""
        self._room = room
        self._longest_s = longest_s
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return self._process.pid if self._process else None

    async def ask(self, asked: Mapping[str, object], data: bytes) -> dict[str, Any]:
        """What the worker says of a file.

        Raises:
            BrokenError: if it did not survive it, or not in time.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._longest_s):
                    said = await self._exchange(frames.packed(asked, data))
            except TimeoutError:
                await self.end()
                raise BrokenError(f"takes longer than {self._longest_s:g} seconds to read") from None
            except (frames.BrokenFrameError, OSError):
                await self.end()
                raise BrokenError("breaks the program that reads it") from None
            except BaseException:
                await self.end()  # an answer that nobody waits for any more would be taken for the next one
                raise
            if "exhausted" in said or "failed" in said:
                await self.end()  # whatever it holds, the next file has a new one
        return said

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
            raise frames.BrokenFrameError("it has no pipes")
        process.stdin.write(message)
        await process.stdin.drain()
        return await frames.receive(process.stdout)

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
