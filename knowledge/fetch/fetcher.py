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
from knowledge.model import FetchError
from knowledge.text import to_excerpt

USER_AGENT = "ai-trends-mcp (+https://github.com/ai-trends-mcp/ai-trends-mcp)"
"""The User-Agent; its first word is the name by which a robots.txt may speak of us."""
_ADDRESSES = 4
"""Addresses of a host that are tried."""
OnBytes = Callable[[int, int | None], None]
"""Takes the number of bytes so far and the total, if it is known."""
_REDIRECTS = {301, 302, 303, 307, 308}
_NOT_MODIFIED = 304
RequestSlot = Callable[[Destination], AbstractAsyncContextManager[None]]
"""Context of a request: it waits until the request may be made, and learns when it has ended."""


@asynccontextmanager
async def no_wait(_: Destination) -> AsyncIterator[None]:
    """Enter without waiting."""
    yield


def ignore_progress(_: int, __: int | None) -> None:
    """Ignore progress."""


@dataclass(frozen=True)
class Fetcher:
    """Fetcher of files that a policy allows."""

    policy: UrlPolicy
    limits: FetchLimits = DEFAULT_LIMITS
    resolver: Resolver = resolve
    proxy: ProxyLookup = no_proxy
    """With a proxy it is the proxy that resolves names and connects: its rules take the place of the check of addresses."""
    limits_by_type: Mapping[str, FetchLimits] = field(default_factory=dict)
    """Media types that may have more bytes than others."""
    slot: RequestSlot = no_wait
    """Entered for each request, redirects too: it may wait, and refuse."""

    async def fetch(
        self,
        url: str,
        target: Path,
        known: Validators = NO_VALIDATORS,
        media_types: Collection[str] = (),
        on_bytes: OnBytes = ignore_progress,
    ) -> FetchResult:
        """Fetch `url` into `target`, which must not be there; it is there afterwards only if the file came whole.

        Args:
            url: The URL to request.
            target: Where to write it.
            known: Sent along, so that the server can say that nothing changed.
            media_types: Media types to take, as in `text/csv`; none for any. A web page is taken only if `text/html` is among them.
            on_bytes: Takes the bytes so far and the total, if known.

        Raises:
            FetchError: if anything is not allowed, does not answer in time, is too long, cut off or no such file.
            OSError: if `target` cannot be written.
        """
        download = _Download(
            self, RedirectChain(self.policy, self.limits.redirects), known, media_types, on_bytes, self.limits.whole_s
        )
        try:
            return await download.save(target, url)
        except TimeoutError:
            problem = f"was not fetched within {self.limits.whole_s:g} seconds"
            raise FetchError(to_excerpt(url), problem, "It may take so long at the most", LATER) from None


@dataclass
class _Download:
    """State of fetching a file."""

    fetcher: Fetcher
    redirects: RedirectChain
    known: Validators
    media_types: Collection[str]
    on_bytes: OnBytes
    left_s: float
    """Seconds that are left; waiting for a slot does not count."""

    async def save(self, target: Path, url: str) -> FetchResult:
        while True:
            destination = self.redirects.follow(url)
            async with self.fetcher.slot(destination), self._in_time():
                result = await self._request(destination, target)
            if isinstance(result, FetchResult):
                return result
            url = result

    async def _request(self, destination: Destination, target: Path) -> FetchResult | str:
        """Return the result, or the address that it redirects to."""
        proxy = None if self.fetcher.policy.is_local(destination) else self.fetcher.proxy(destination.host)
        async with _open_response(destination, self.fetcher, proxy, self.known) as reply:
            if reply.status in _REDIRECTS:
                return _redirect_target(destination.url, reply)
            changed = await self._save(reply, destination.url, target)
            return FetchResult(
                destination.url,
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

    async def _save(self, reply: HttpResponse, url: str, target: Path) -> bool:
        if reply.status == _NOT_MODIFIED and self.known.headers():
            return False
        check_status(reply.status, reply.headers, url)
        check_encoding(reply.headers, url)
        check_media_type(reply.headers, url, self.media_types)
        file = target.open("xb")
        with _remove_on_failure(target):
            with file, _translate_errors(url, self.fetcher.limits, begun=True):
                await self._stream(reply, url, file)
            check_content(target, url, self.media_types)
        return True

    async def _stream(self, reply: HttpResponse, url: str, file: BinaryIO) -> None:
        limits = self.fetcher.limits_by_type.get(parse_content_type(reply.headers)[0], self.fetcher.limits)
        length = reply.headers.get("Content-Length", "")
        total = int(length) if length.isdecimal() else None
        check_length(url, total or 0, limits.bytes)
        received = 0
        async for piece in reply.pieces():
            received += len(piece)
            check_length(url, received, limits.bytes)
            file.write(piece)
            self.on_bytes(received, total)


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
    destination: Destination, fetcher: Fetcher, proxy: str | None, known: Validators
) -> AsyncIterator[HttpResponse]:
    """Open an answer, its body unread: through the proxy, or from the first of the name's addresses that can be connected to.

    Raises:
        FetchError: if the name or one of its addresses is not allowed, or there is no answer.
    """
    import httpx  # noqa: PLC0415 - loaded at the first request

    limits = fetcher.limits
    named = f"{destination.url} (by the proxy {strip_credentials(proxy)})" if proxy else destination.url
    with _translate_errors(named, limits):
        trusted = _load_authorities(destination.url)
        through = check_proxy(proxy) if proxy else None
        urls = (
            [destination.url]
            if proxy
            else [destination.with_address(address) for address in await _resolve_checked(destination, fetcher)]
        )
    timeouts = Timeouts(limits.connect_s, limits.read_s)
    async with AsyncExitStack() as stack:
        with _translate_errors(named, limits, by_proxy=proxy is not None):
            for place, url in enumerate(urls):
                request = HttpRequest(url, destination.host, _headers(destination, known), timeouts, trusted, through)
                try:
                    reply = await stack.enter_async_context(open_response(request))
                    break
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if place + 1 == len(urls):
                        raise
        yield reply


def _headers(destination: Destination, known: Validators) -> dict[str, str]:
    return {
        "Host": destination.authority,
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **known.headers(),
    }


async def _resolve_checked(destination: Destination, fetcher: Fetcher) -> list[str]:
    try:
        found = await asyncio.wait_for(fetcher.resolver(destination.host), fetcher.limits.connect_s)
    except OSError as error:  # also when it takes too long
        problem = f"its name {destination.host} cannot be looked up ({error.strerror or 'no answer in time'})"
        raise FetchError(
            destination.url, problem, "A network and a name server are needed", "See whether this machine is online"
        ) from None
    fetcher.policy.check_addresses(destination, found)
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
    import httpx  # noqa: PLC0415 - loaded at the first request

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
