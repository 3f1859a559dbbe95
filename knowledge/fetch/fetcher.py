"""Fetcher of one file over the network into a file. Only what its caller allows is asked; nothing of it is believed.

Redirects are followed here, each target checked as the first address was. A name's addresses are checked, and the one that was
checked is connected to, under the name. A request goes to a transport, which knows neither cookies nor passwords nor redirects; of the environment it has the certificates and, where a caller says so, the proxy.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from knowledge.fetch.ip_addresses import Resolver, resolve
from knowledge.fetch.proxies import ProxyOf, directly, usable, without_user
from knowledge.fetch.response import (
    LATER,
    LIMITS,
    NOTHING_KNOWN,
    WHOLE,
    Fetched,
    Limits,
    Validators,
    check_content,
    check_encoding,
    check_kind,
    check_length,
    check_status,
    connected,
    connection_problem,
    dated,
    described,
)
from knowledge.fetch.transport import Asked, Patience, Reply, opened, trusting
from knowledge.fetch.url_policy import Destination, Rules, Trail
from knowledge.model.errors import FetchError
from knowledge.text.sanitize import shown

AGENT = "ai-trends-mcp (+https://github.com/ai-trends-mcp/ai-trends-mcp)"
"""The User-Agent; its first word is the name by which a robots.txt may speak of us."""
_ADDRESSES = 4
"""How many of a name's addresses are tried."""
Progress = Callable[[int, int | None], None]
"""Takes how many bytes have come, and of how many, if that is known."""
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
            target: Where to write it.
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
        async with _answered(asked, self.fetcher, proxy, self.known) as reply:
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
        check_encoding(reply.headers, url)
        check_kind(reply.headers, url, self.kinds)
        file = target.open("xb")
        with _whole_or_gone(target):
            with file, _explained(url, self.fetcher.limits, begun=True):
                await self._stream(reply, url, file)
            check_content(target, url, self.kinds)
        return True

    async def _stream(self, reply: Reply, url: str, file: BinaryIO) -> None:
        limits = self.fetcher.longer.get(described(reply.headers)[0], self.fetcher.limits)
        length = reply.headers.get("Content-Length", "")
        total = int(length) if length.isdecimal() else None
        check_length(url, total or 0, limits.bytes)
        come = 0
        async for piece in reply.pieces():
            come += len(piece)
            check_length(url, come, limits.bytes)
            file.write(piece)
            self.told(come, total)


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


@asynccontextmanager
async def _answered(asked: Destination, fetcher: Fetcher, proxy: str | None, known: Validators) -> AsyncIterator[Reply]:
    """Open an answer, its body unread: through the proxy, or from the first of the name's addresses that can be connected to.

    Raises:
        FetchError: if the name or one of its addresses is not allowed, or there is no answer.
    """
    import httpx  # noqa: PLC0415 - loaded only when something is asked for

    limits = fetcher.limits
    named = f"{asked.url} (by the proxy {without_user(proxy)})" if proxy else asked.url
    with _explained(named, limits):
        trusted = _trusting(asked.url)
        through = usable(proxy) if proxy else None
        urls = [asked.url] if proxy else [asked.at(one) for one in await _checked(asked, fetcher)]
    patience = Patience(limits.connect_s, limits.read_s)
    async with AsyncExitStack() as stack:
        with _explained(named, limits, by_proxy=proxy is not None):
            for place, url in enumerate(urls):
                request = Asked(url, asked.host, _headers(asked, known), patience, trusted, through)
                try:
                    reply = await stack.enter_async_context(opened(request))
                    break
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if place + 1 == len(urls):
                        raise
        yield reply


def _headers(asked: Destination, known: Validators) -> dict[str, str]:
    return {
        "Host": asked.authority,
        "User-Agent": AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **known.headers(),
    }


async def _checked(asked: Destination, fetcher: Fetcher) -> list[str]:
    try:
        found = await asyncio.wait_for(fetcher.resolver(asked.host), fetcher.limits.connect_s)
    except OSError as error:  # also when it takes too long
        problem = f"its name {asked.host} cannot be looked up ({error.strerror or 'no answer in time'})"
        raise FetchError(
            asked.url, problem, "A network and a name server are needed", "See whether this machine is online"
        ) from None
    fetcher.allowed.check(asked, found)
    return list(found)[:_ADDRESSES]


def _trusting(url: str) -> ssl.SSLContext:
    try:
        return trusting()
    except OSError as error:
        problem = f"cannot be asked: the certificates that SSL_CERT_FILE names cannot be read ({error.strerror})"
        raise FetchError(url, problem, "It names a file of certificates in PEM", "Mend it, or leave it out") from None


@contextmanager
def _explained(url: str, limits: Limits, *, begun: bool = False, by_proxy: bool = False) -> Iterator[None]:
    """Raise httpx's errors as one sentence, before an answer has begun or while it comes."""
    import httpx  # noqa: PLC0415 - loaded only when something is asked for

    try:
        yield
    except httpx.TimeoutException as error:
        waited = limits.connect_s if isinstance(error, httpx.ConnectTimeout) else limits.read_s
        raise FetchError(url, f"did not answer within {waited:g} seconds", WHOLE, LATER) from None
    except httpx.ProxyError as error:
        problem = f"is not let through by the proxy ({shown(str(error))})"
        raise FetchError(url, problem, "The proxy of HTTPS_PROXY must allow it", "Ask whoever runs it") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        broken = "broke off before it was whole" if begun else "broke off, or does not speak HTTP"
        problem = broken if begun else connection_problem(error, broken)
        needed, fix = connected(by_proxy=by_proxy) if isinstance(error, httpx.ConnectError) else (WHOLE, LATER)
        raise FetchError(url, problem, needed, fix) from None
