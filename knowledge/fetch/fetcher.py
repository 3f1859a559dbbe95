"""Fetcher of one file over the network into a file, within a URL policy.

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
from knowledge.fetch.proxies import ProxyLookup, check_proxy, no_proxy, strip_credentials
from knowledge.fetch.response import (
    DEFAULT_LIMITS,
    LATER,
    NO_VALIDATORS,
    WHOLE,
    FetchLimits,
    FetchResult,
    Validators,
    check_content,
    check_encoding,
    check_length,
    check_media_type,
    check_status,
    connection_advice,
    connection_problem,
    parse_content_type,
    parse_validators,
)
from knowledge.fetch.transport import HttpRequest, HttpResponse, Timeouts, load_authorities, open_response
from knowledge.fetch.url_policy import Destination, RedirectChain, UrlPolicy
from knowledge.model.errors import FetchError
from knowledge.text.sanitize import to_excerpt

USER_AGENT = "ai-trends-mcp (+https://github.com/ai-trends-mcp/ai-trends-mcp)"
"""The User-Agent; its first word is the name by which a robots.txt may speak of us."""
_ADDRESSES = 4
"""How many of a name's addresses are tried."""
OnBytes = Callable[[int, int | None], None]
"""Takes how many bytes have come, and of how many, if that is known."""
_REDIRECTS = {301, 302, 303, 307, 308}
_NOT_MODIFIED = 304
RequestSlot = Callable[[Destination], AbstractAsyncContextManager[None]]
"""What holds a request back until it may be made, and knows when it has ended."""


@asynccontextmanager
async def no_wait(_: Destination) -> AsyncIterator[None]:
    """Enter without waiting."""
    yield


def ignore_progress(_: int, __: int | None) -> None:
    """Ignore progress."""


@dataclass(frozen=True)
class Fetcher:
    """Fetches within what is allowed."""

    allowed: UrlPolicy
    limits: FetchLimits = DEFAULT_LIMITS
    resolver: Resolver = resolve
    proxy: ProxyLookup = no_proxy
    """With a proxy it is the proxy that resolves names and connects: its rules take the place of the check of addresses."""
    limits_by_type: Mapping[str, FetchLimits] = field(default_factory=dict)
    """Media types that may have more bytes than others."""
    turn: RequestSlot = no_wait
    """Is entered for each request, redirects too: it may wait, and refuse."""

    async def fetch(
        self,
        url: str,
        target: Path,
        known: Validators = NO_VALIDATORS,
        kinds: Collection[str] = (),
        told: OnBytes = ignore_progress,
    ) -> FetchResult:
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
        taking = _Download(
            self, RedirectChain(self.allowed, self.limits.redirects), known, kinds, told, self.limits.whole_s
        )
        try:
            return await taking.into(target, url)
        except TimeoutError:
            problem = f"was not fetched within {self.limits.whole_s:g} seconds"
            raise FetchError(to_excerpt(url), problem, "It may take so long at the most", LATER) from None


@dataclass
class _Download:
    """The fetching of one file."""

    fetcher: Fetcher
    trail: RedirectChain
    known: Validators
    kinds: Collection[str]
    told: OnBytes
    left_s: float
    """Seconds that are left; those before a turn do not count."""

    async def into(self, target: Path, url: str) -> FetchResult:
        while True:
            asked = self.trail.to(url)
            async with self.fetcher.turn(asked), self._in_time():
                got = await self._from(asked, target)
            if isinstance(got, FetchResult):
                return got
            url = got

    async def _from(self, asked: Destination, target: Path) -> FetchResult | str:
        """Return the result, or the address that it redirects to."""
        proxy = None if self.fetcher.allowed.is_local(asked) else self.fetcher.proxy(asked.host)
        async with _open_response(asked, self.fetcher, proxy, self.known) as reply:
            if reply.status in _REDIRECTS:
                return _redirect_target(asked.url, reply)
            changed = await self._taken(reply, asked.url, target)
            return FetchResult(
                asked.url,
                changed,
                *parse_validators(reply.headers),
                strip_credentials(proxy),
                *parse_content_type(reply.headers),
            )

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        clock = asyncio.get_running_loop().time
        began = clock()
        async with asyncio.timeout(self.left_s):
            yield
        self.left_s -= clock() - began

    async def _taken(self, reply: HttpResponse, url: str, target: Path) -> bool:
        if reply.status == _NOT_MODIFIED and self.known.headers():
            return False
        check_status(reply.status, reply.headers, url)
        check_encoding(reply.headers, url)
        check_media_type(reply.headers, url, self.kinds)
        file = target.open("xb")
        with _remove_on_failure(target):
            with file, _translate_errors(url, self.fetcher.limits, begun=True):
                await self._stream(reply, url, file)
            check_content(target, url, self.kinds)
        return True

    async def _stream(self, reply: HttpResponse, url: str, file: BinaryIO) -> None:
        limits = self.fetcher.limits_by_type.get(parse_content_type(reply.headers)[0], self.fetcher.limits)
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
def _remove_on_failure(target: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _redirect_target(url: str, reply: HttpResponse) -> str:
    try:
        if reply.location is not None:
            return urljoin(url, reply.location)
    except ValueError:
        pass
    raise FetchError(url, "redirects to no address", WHOLE, LATER)


@asynccontextmanager
async def _open_response(
    asked: Destination, fetcher: Fetcher, proxy: str | None, known: Validators
) -> AsyncIterator[HttpResponse]:
    """Open an answer, its body unread: through the proxy, or from the first of the name's addresses that can be connected to.

    Raises:
        FetchError: if the name or one of its addresses is not allowed, or there is no answer.
    """
    import httpx  # noqa: PLC0415 - loaded only when something is asked for

    limits = fetcher.limits
    named = f"{asked.url} (by the proxy {strip_credentials(proxy)})" if proxy else asked.url
    with _translate_errors(named, limits):
        trusted = _load_authorities(asked.url)
        through = check_proxy(proxy) if proxy else None
        urls = [asked.url] if proxy else [asked.at(one) for one in await _resolve_checked(asked, fetcher)]
    patience = Timeouts(limits.connect_s, limits.read_s)
    async with AsyncExitStack() as stack:
        with _translate_errors(named, limits, by_proxy=proxy is not None):
            for place, url in enumerate(urls):
                request = HttpRequest(url, asked.host, _headers(asked, known), patience, trusted, through)
                try:
                    reply = await stack.enter_async_context(open_response(request))
                    break
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if place + 1 == len(urls):
                        raise
        yield reply


def _headers(asked: Destination, known: Validators) -> dict[str, str]:
    return {
        "Host": asked.authority,
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **known.headers(),
    }


async def _resolve_checked(asked: Destination, fetcher: Fetcher) -> list[str]:
    try:
        found = await asyncio.wait_for(fetcher.resolver(asked.host), fetcher.limits.connect_s)
    except OSError as error:  # also when it takes too long
        problem = f"its name {asked.host} cannot be looked up ({error.strerror or 'no answer in time'})"
        raise FetchError(
            asked.url, problem, "A network and a name server are needed", "See whether this machine is online"
        ) from None
    fetcher.allowed.check(asked, found)
    return list(found)[:_ADDRESSES]


def _load_authorities(url: str) -> ssl.SSLContext:
    try:
        return load_authorities()
    except OSError as error:
        problem = f"cannot be asked: the certificates that SSL_CERT_FILE names cannot be read ({error.strerror})"
        raise FetchError(url, problem, "It names a file of certificates in PEM", "Mend it, or leave it out") from None


@contextmanager
def _translate_errors(url: str, limits: FetchLimits, *, begun: bool = False, by_proxy: bool = False) -> Iterator[None]:
    """Raise httpx's errors as one sentence, before an answer has begun or while it comes."""
    import httpx  # noqa: PLC0415 - loaded only when something is asked for

    try:
        yield
    except httpx.TimeoutException as error:
        waited = limits.connect_s if isinstance(error, httpx.ConnectTimeout) else limits.read_s
        raise FetchError(url, f"did not answer within {waited:g} seconds", WHOLE, LATER) from None
    except httpx.ProxyError as error:
        problem = f"is not let through by the proxy ({to_excerpt(str(error))})"
        raise FetchError(url, problem, "The proxy of HTTPS_PROXY must allow it", "Ask whoever runs it") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        broken = "broke off before it was whole" if begun else "broke off, or does not speak HTTP"
        problem = broken if begun else connection_problem(error, broken)
        needed, fix = connection_advice(by_proxy=by_proxy) if isinstance(error, httpx.ConnectError) else (WHOLE, LATER)
        raise FetchError(url, problem, needed, fix) from None
