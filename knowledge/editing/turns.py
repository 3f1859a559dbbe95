"""Whose turn it is, where several record on one text at once: who was too late goes first, so that nobody comes too late for ever.

It is a courtesy, not a lock: what is written is checked all the same. Who wants a turn says so in the library's notes, where
every process sees it, and only for some seconds, so that nobody waits for a process that was killed.
"""

import asyncio
import json
import secrets
import time
from types import TracebackType
from typing import Self

from knowledge.store import Store

_WORK = "recording"
_LASTS_S = 10.0
"""Seconds after which a turn that was wanted is nobody's."""
_LOOK_S = 0.05


class Turn:
    """One who records on the text of an article; leaves its turn to others at the end."""

    def __init__(self, store: Store, article: str) -> None:
        self._store = store
        self._article = article
        self._name = secrets.token_hex(8)
        self._wanted = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wanted and await self._whose() == self._name:
            await self._store.keep_progress(_WORK, self._article, None)

    async def come(self) -> None:
        """Wait as long as it is somebody else's."""
        until = time.monotonic() + _LASTS_S
        while await self._whose() not in {None, self._name} and time.monotonic() < until:  # noqa: ASYNC110 - others are other processes
            await asyncio.sleep(_LOOK_S)

    async def want(self) -> None:
        """Have it next, unless somebody else wants it already."""
        if await self._whose() in {None, self._name}:
            self._wanted = True
            note = json.dumps([self._name, time.time() + _LASTS_S])
            await self._store.keep_progress(_WORK, self._article, note)

    async def _whose(self) -> str | None:
        note = await self._store.noted(_WORK, self._article)
        name, until = json.loads(note) if note else (None, 0.0)
        return name if time.time() < until else None
