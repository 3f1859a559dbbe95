"""Fetches one file over the network into a file, or says why not. Only what its caller allows is asked; nothing of it is believed.

Redirects are followed here, each target checked as the first address was. A name's addresses are checked, and the one that was
checked is connected to, under the name. A request goes to a transport, which knows neither cookies nor passwords nor redirects; of the environment it has the certificates and, where a caller says so, the proxy.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from knowledge.errors import FetchError
from knowledge.fetching.destinations import Destination, Rules, Trail
from knowledge.fetching.networks import Resolver, resolve
from knowledge.fetching.proxies import ProxyOf, directly, without_user
from knowledge.fetching.received import (
    LATER,
    LIMITS,
    NOTHING_KNOWN,
    WHOLE,
    Fetched,
    Limits,
    Validators,
    check_content,
    check_kind,
    check_length,
    check_status,
    dated,
    described,
)
from knowledge.fetching.requesting import Way, answered, explained
from knowledge.fetching.unpacking import Gzip
from knowledge.transport import Reply
from knowledge.visible import shown

Progress = Callable[[int, int | None], None]
"""Is told how many bytes have come, as they are on the network, and of how many, if that is known."""
_REDIRECTS = {301, 302, 303, 307, 308}
_NOT_MODIFIED = 304
Turn = Callable[[Destination], AbstractAsyncContextManager[None]]
"""What holds a request back until it may be made, and knows when it has ended."""


@asynccontextmanager
async def at_once(_: Destination) -> AsyncIterator[None]:
    """No waiting."""
    yield


def silently(_: int, __: int | None) -> None:
    """No progress."""


@dataclass(frozen=True)
class Fetcher:
    """Fetches within what is allowed."""

    allowed: Rules
    limits: Limits = LIMITS
    resolver: Resolver = resolve
    proxy: ProxyOf = directly
    """With a proxy it is the proxy that resolves names and connects: its rules take the place of the check of addresses."""
    longer: Mapping[str, Limits] = field(default_factory=dict)
    """Media types that may have more bytes than others."""
    turn: Turn = at_once
    """Is entered for each request, redirects too: it may wait, and refuse."""

    async def fetch(
        self,
        url: str,
        target: Path,
        known: Validators = NOTHING_KNOWN,
        kinds: Collection[str] = (),
        told: Progress = silently,
    ) -> Fetched:
        """Fetch `url` into `target`, which must not be there; it is there afterwards only if the file came whole.

        Args:
            url: What to ask for.
            target: Where to write it, unpacked.
            known: Sent along, so that the server can say that nothing changed.
            kinds: Media types to take, as in `text/csv`; none for any. A web page is taken only if `text/html` is among them.
            told: Is told how far it has come.

        Raises:
            FetchError: if anything is not allowed, does not answer in time, is too long, cut off or no such file.
            OSError: if `target` cannot be written.
        """
        taking = _Taking(self, Trail(self.allowed, self.limits.redirects), known, kinds, told, self.limits.whole_s)
        try:
            return await taking.into(target, url)
        except TimeoutError:
            problem = f"was not fetched within {self.limits.whole_s:g} seconds"
            raise FetchError(shown(url), problem, "It may take so long at the most", LATER) from None


@dataclass
class _Taking:
    """The fetching of one file."""

    fetcher: Fetcher
    trail: Trail
    known: Validators
    kinds: Collection[str]
    told: Progress
    left_s: float
    """Seconds that are left; those before a turn do not count."""

    async def into(self, target: Path, url: str) -> Fetched:
        while True:
            asked = self.trail.to(url)
            async with self.fetcher.turn(asked), self._in_time():
                got = await self._from(asked, target)
            if isinstance(got, Fetched):
                return got
            url = got

    async def _from(self, asked: Destination, target: Path) -> Fetched | str:
        """What came, or where it redirects to."""
        proxy = None if self.fetcher.allowed.is_local(asked) else self.fetcher.proxy(asked.host)
        way = Way(self.fetcher.allowed, self.fetcher.limits, self.fetcher.resolver)
        async with answered(asked, way, proxy, self.known) as reply:
            if reply.status in _REDIRECTS:
                return _next(asked.url, reply)
            changed = await self._taken(reply, asked.url, target)
            return Fetched(asked.url, changed, *dated(reply.headers), without_user(proxy), *described(reply.headers))

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        clock = asyncio.get_running_loop().time
        began = clock()
        async with asyncio.timeout(self.left_s):
            yield
        self.left_s -= clock() - began

    async def _taken(self, reply: Reply, url: str, target: Path) -> bool:
        if reply.status == _NOT_MODIFIED and self.known.headers():
            return False
        check_status(reply.status, reply.headers, url)
        check_kind(reply.headers, url, self.kinds)
        file = target.open("xb")
        with _whole_or_gone(target):
            with file, explained(url, self.fetcher.limits, begun=True):
                await self._stream(reply, url, file)
            check_content(target, url, self.kinds)
        return True

    async def _stream(self, reply: Reply, url: str, file: BinaryIO) -> None:
        limits = self.fetcher.longer.get(described(reply.headers)[0], self.fetcher.limits)
        length = reply.headers.get("Content-Length", "")
        total = int(length) if length.isdecimal() else None
        packing = reply.headers.get("Content-Encoding", "").strip().lower()
        gzip = Gzip() if packing in {"gzip", "x-gzip"} else None
        if gzip is None and packing not in {"", "identity"}:
            raise FetchError(url, f"is packed as {shown(packing)}", "Only gzip is unpacked", LATER)
        check_length(url, total or 0, limits.bytes)
        come = 0
        async for piece in reply.pieces():
            come += len(piece)
            check_length(url, come, limits.bytes)
            for unpacked in gzip.unpacked(piece) if gzip else (piece,):
                check_length(url, file.tell() + len(unpacked), limits.unpacked)
                file.write(unpacked)
            self.told(come, total)
        if gzip:
            gzip.end()


@contextmanager
def _whole_or_gone(target: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _next(url: str, reply: Reply) -> str:
    try:
        if reply.location is not None:
            return urljoin(url, reply.location)
    except ValueError:
        pass
    raise FetchError(url, "redirects to no address", WHOLE, LATER)
