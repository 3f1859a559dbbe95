"""Fetches one file over the network into a file, or says why not. Only what its caller allows is asked; nothing of it is believed.

Besides `embedders.py` the only door to httpx. Redirects are followed here, each target checked as the first address was. A
name's addresses are checked, and the one that was checked is connected to, under the name. A request goes to a transport, which
knows neither cookies nor passwords nor redirects; of the environment it has the certificates and, where a caller says so, the proxy.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
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

if TYPE_CHECKING:
    import httpx

Progress = Callable[[int, int | None], None]
"""Is told how many bytes have come, as they are on the network, and of how many, if that is known."""
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
            async with _answer(self.fetcher, asked, proxy, self.known) as response:
                if response.status_code not in _REDIRECTS:
                    changed = await self._taken(response, asked.url, target)
                    return Fetched(asked.url, changed, *dated(response.headers), without_user(proxy))
                url = _next(asked.url, response)

    async def _taken(self, response: "httpx.Response", url: str, target: Path) -> bool:
        if response.status_code == _NOT_MODIFIED and self.known.headers():
            return False
        check_status(response.status_code, response.headers, url)
        check_kind(response.headers, url, self.kinds)
        opened = target.open("xb")
        with _whole_or_gone(target):
            with opened, _explained(url, self.fetcher.limits, begun=True):
                await self._stream(response, url, opened)
            check_content(target, url, self.kinds)
        return True

    async def _stream(self, response: "httpx.Response", url: str, opened: BinaryIO) -> None:
        limits = self.fetcher.limits
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isdecimal() else None
        packing = response.headers.get("Content-Encoding", "").strip().lower()
        gzip = Gzip() if packing in {"gzip", "x-gzip"} else None
        if gzip is None and packing not in {"", "identity"}:
            raise FetchError(url, f"is packed as {shown(packing)}", "Only gzip is unpacked", LATER)
        check_length(url, total or 0, limits.bytes)
        come = 0
        async for piece in response.aiter_raw():
            come += len(piece)
            check_length(url, come, limits.bytes)
            for unpacked in gzip.unpacked(piece) if gzip else (piece,):
                check_length(url, opened.tell() + len(unpacked), limits.unpacked)
                opened.write(unpacked)
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
async def _answer(
    fetcher: Fetcher, asked: Destination, proxy: str | None, known: Validators
) -> "AsyncIterator[httpx.Response]":
    """What is answered, its body unread: through the proxy, or from the first of the name's addresses that can be connected to."""
    import httpx  # noqa: PLC0415 - loaded only when something is fetched

    limits = fetcher.limits
    named = f"{asked.url} (by the proxy {without_user(proxy)})" if proxy else asked.url
    headers = {
        "Host": asked.authority,
        "User-Agent": "ai-trends-mcp",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **known.headers(),
    }
    with _explained(named, limits):
        context = _trusting(asked.url)
        urls = [asked.url] if proxy else [asked.at(one) for one in await _checked(fetcher, asked)]
        through = httpx.Proxy(usable(proxy)) if proxy else None  # an https one is held to certifi's authorities
    timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s).as_dict()
    extensions = {"sni_hostname": asked.host, "timeout": timeout}
    for place, url in enumerate(urls):
        async with httpx.AsyncHTTPTransport(trust_env=False, verify=context, proxy=through) as transport:
            with _explained(named, limits, by_proxy=proxy is not None):
                try:
                    request = httpx.Request("GET", url, headers=headers, extensions=extensions)
                    response = await transport.handle_async_request(request)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if place + 1 < len(urls):
                        continue
                    raise
            try:
                yield response
            finally:
                await response.aclose()
            return


def _next(url: str, response: "httpx.Response") -> str:
    try:
        return urljoin(url, response.headers["Location"])
    except (KeyError, ValueError):
        raise FetchError(url, "redirects to no address", WHOLE, LATER) from None


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
    """The authorities that are trusted: certifi's or those in `SSL_CERT_FILE`, and this system's."""
    import httpx  # noqa: PLC0415

    try:
        context = httpx.create_ssl_context()
    except OSError as error:
        problem = f"cannot be asked: the certificates that SSL_CERT_FILE names cannot be read ({error.strerror})"
        raise FetchError(url, problem, "It names a file of certificates in PEM", "Mend it, or leave it out") from None
    context.load_default_certs()
    return context


@contextmanager
def _explained(url: str, limits: Limits, *, begun: bool = False, by_proxy: bool = False) -> Iterator[None]:
    """Makes a sentence of what goes wrong on the network, before an answer has begun or while it comes."""
    import httpx  # noqa: PLC0415

    try:
        yield
    except httpx.TimeoutException as error:
        waited = limits.connect_s if isinstance(error, httpx.ConnectTimeout) else limits.read_s
        raise FetchError(url, f"did not answer within {waited:g} seconds", WHOLE, LATER) from None
    except httpx.ProxyError as error:
        problem = f"is not let through by the proxy ({shown(str(error))})"
        raise FetchError(url, problem, "The proxy of HTTPS_PROXY must allow it", "Ask whoever runs it") from None
    except PackedError as error:
        raise FetchError(url, f"is no whole gzip ({error})", WHOLE, LATER) from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        otherwise = "broke off before it was whole" if begun else "broke off, or does not speak HTTP"
        said = otherwise if begun else reason(error, otherwise)
        needed, mend = connected(by_proxy=by_proxy) if isinstance(error, httpx.ConnectError) else (WHOLE, LATER)
        raise FetchError(url, said, needed, mend) from None
