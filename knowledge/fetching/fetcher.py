"""Fetches one file over the network into a file, or says why not. Only what its caller allows is asked; nothing of it is believed.

Redirects are followed here, each target checked as the first address was. A
name's addresses are checked, and the one that was checked is connected to, under the name. A request goes to a transport, which
knows neither cookies nor passwords nor redirects; of the environment it has the certificates and, where a caller says so, the proxy.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from knowledge.errors import FetchError
from knowledge.fetching.connections import reason
from knowledge.fetching.destinations import Allowed, Destination, Resolver, Trail, resolve, shown
from knowledge.fetching.proxies import ProxyOf, directly, usable, without_user
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
    connected,
    dated,
)
from knowledge.fetching.unpacking import Gzip, PackedError
from knowledge.transport import (
    Asked,
    LateError,
    Patience,
    ProxyRefusalError,
    Reply,
    TransportError,
    UnconnectedError,
    opened,
    trusting,
)

Progress = Callable[[int, int | None], None]
"""Is told how many bytes have come, as they are on the network, and of how many, if that is known."""
AGENT = "ai-trends-mcp (+https://github.com/ai-trends-mcp/ai-trends-mcp)"
"""As what we come; the first word is the name by which a robots.txt may speak of us."""
_REDIRECTS = {301, 302, 303, 307, 308}
_NOT_MODIFIED = 304
_ADDRESSES = 4
"""How many of a name's addresses are tried."""


def silently(_: int, __: int | None) -> None:
    """No progress."""


@dataclass(frozen=True)
class Fetcher:
    """Fetches within what is allowed."""

    allowed: Allowed
    limits: Limits = LIMITS
    resolver: Resolver = resolve
    proxy: ProxyOf = directly
    """With a proxy it is the proxy that resolves names and connects: its rules take the place of the check of addresses."""

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
        taking = _Taking(self, Trail(self.allowed, self.limits.redirects), known, kinds, told)
        try:
            async with asyncio.timeout(self.limits.whole_s):
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

    async def into(self, target: Path, url: str) -> Fetched:
        while True:
            asked = self.trail.to(url)
            proxy = None if self.fetcher.allowed.is_local(asked) else self.fetcher.proxy(asked.host)
            async with _answer(self.fetcher, asked, proxy, self.known) as reply:
                if reply.status not in _REDIRECTS:
                    changed = await self._taken(reply, asked.url, target)
                    return Fetched(asked.url, changed, *dated(reply.headers), without_user(proxy))
                url = _next(asked.url, reply)

    async def _taken(self, reply: Reply, url: str, target: Path) -> bool:
        if reply.status == _NOT_MODIFIED and self.known.headers():
            return False
        check_status(reply.status, reply.headers, url)
        check_kind(reply.headers, url, self.kinds)
        file = target.open("xb")
        with _whole_or_gone(target):
            with file, _explained(url, self.fetcher.limits, begun=True):
                await self._stream(reply, url, file)
            check_content(target, url, self.kinds)
        return True

    async def _stream(self, reply: Reply, url: str, file: BinaryIO) -> None:
        limits = self.fetcher.limits
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


@asynccontextmanager
async def _answer(fetcher: Fetcher, asked: Destination, proxy: str | None, known: Validators) -> AsyncIterator[Reply]:
    """What is answered, its body unread: through the proxy, or from the first of the name's addresses that can be connected to."""
    limits = fetcher.limits
    named = f"{asked.url} (by the proxy {without_user(proxy)})" if proxy else asked.url
    with _explained(named, limits):
        trusted = _trusting(asked.url)
        through = usable(proxy) if proxy else None
        urls = [asked.url] if proxy else [asked.at(one) for one in await _checked(fetcher, asked)]
    patience = Patience(limits.connect_s, limits.read_s)
    async with AsyncExitStack() as stack:
        with _explained(named, limits, by_proxy=proxy is not None):
            for place, url in enumerate(urls):
                request = Asked(url, asked.host, _headers(asked, known), patience, trusted, through)
                try:
                    reply = await stack.enter_async_context(opened(request))
                    break
                except TransportError as error:
                    if place + 1 == len(urls) or not _is_unconnected(error):
                        raise
        yield reply


def _headers(asked: Destination, known: Validators) -> dict[str, str]:
    return {
        "Host": asked.authority,
        "User-Agent": AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **known.headers(),
    }


def _is_unconnected(error: TransportError) -> bool:
    return isinstance(error, UnconnectedError) or (isinstance(error, LateError) and error.connecting)


def _next(url: str, reply: Reply) -> str:
    try:
        if reply.location is not None:
            return urljoin(url, reply.location)
    except ValueError:
        pass
    raise FetchError(url, "redirects to no address", WHOLE, LATER)


async def _checked(fetcher: Fetcher, asked: Destination) -> list[str]:
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
    """Makes a sentence of what goes wrong on the network, before an answer has begun or while it comes."""
    try:
        yield
    except LateError as error:
        waited = limits.connect_s if error.connecting else limits.read_s
        raise FetchError(url, f"did not answer within {waited:g} seconds", WHOLE, LATER) from None
    except ProxyRefusalError as error:
        problem = f"is not let through by the proxy ({shown(str(error))})"
        raise FetchError(url, problem, "The proxy of HTTPS_PROXY must allow it", "Ask whoever runs it") from None
    except PackedError as error:
        raise FetchError(url, f"is no whole gzip ({error})", WHOLE, LATER) from None
    except TransportError as error:
        otherwise = "broke off before it was whole" if begun else "broke off, or does not speak HTTP"
        said = otherwise if begun else reason(error, otherwise)
        needed, mend = connected(by_proxy=by_proxy) if isinstance(error, UnconnectedError) else (WHOLE, LATER)
        raise FetchError(url, said, needed, mend) from None
