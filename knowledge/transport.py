"""The only door to httpx: requests and what is answered, with faults of our own words for what goes wrong on the way.

Redirects, cookies and passwords are unknown here. What may be asked, and what is made of an answer, is for callers to say.
"""

import os
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import httpx

_OK = 200


class TransportError(Exception):
    """An answer that did not come, or not whole; its causes are what the network and TLS said."""


class UnconnectedError(TransportError):
    """No connection came about."""


class LateError(TransportError):
    """Nothing came in time."""

    def __init__(self, *, connecting: bool) -> None:
        super().__init__("no answer in time")
        self.connecting = connecting
        """Whether it was the connection that took too long."""


class ProxyRefusalError(TransportError):
    """The proxy did not let it through; the message is its own, from outside."""


class Patience(NamedTuple):
    """Seconds that connecting may take, and each wait for more."""

    connect_s: float
    read_s: float


class Asked(NamedTuple):
    """One request for what is at an address."""

    url: str
    """With the IP address that is connected to, or, by a proxy, with the name."""
    server: str
    """The name that the server's certificate must have."""
    headers: Mapping[str, str]
    patience: Patience
    trusted: ssl.SSLContext
    proxy: str | None = None


class Reply(NamedTuple):
    """The beginning of an answer."""

    status: int
    headers: Mapping[str, str]
    """By name, in any case."""
    location: str | None
    """Where it redirects to; bytes that are no UTF-8 stand as they were sent, written with `%`."""
    pieces: Callable[[], AsyncIterator[bytes]]
    """The body as it is on the network, piece by piece; raises `TransportError`."""


class Posted(NamedTuple):
    """An answer to what was sent."""

    status: int
    phrase: str
    content: bytes
    """The body of an answer with status 200, cut off after the longest that was wanted and one piece."""


def trusting() -> ssl.SSLContext:
    """The authorities that are trusted: certifi's or those in `SSL_CERT_FILE`, and this system's.

    Raises:
        OSError: if the file that `SSL_CERT_FILE` names cannot be read.
    """
    return _trusting(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=4)  # reading them takes longer than many a page
def _trusting(_: str | None, __: str | None) -> ssl.SSLContext:
    import httpx  # noqa: PLC0415 - loaded only when something is asked for

    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


@asynccontextmanager
async def opened(asked: Asked) -> AsyncIterator[Reply]:
    """What a server answers, its body unread. The environment has no say: neither a proxy nor a password comes from it.

    Raises:
        TransportError: if there is no answer.
    """
    import httpx  # noqa: PLC0415 - loaded only when something is asked for

    through = httpx.Proxy(asked.proxy) if asked.proxy else None  # an https one is held to certifi's authorities
    timeout = httpx.Timeout(asked.patience.read_s, connect=asked.patience.connect_s).as_dict()
    extensions = {"sni_hostname": asked.server, "timeout": timeout}
    async with httpx.AsyncHTTPTransport(trust_env=False, verify=asked.trusted, proxy=through) as transport:
        with _explained():
            request = httpx.Request("GET", asked.url, headers=dict(asked.headers), extensions=extensions)
            response = await transport.handle_async_request(request)
        try:
            yield Reply(response.status_code, response.headers, _location(response), lambda: _pieces(response))
        finally:
            await response.aclose()


def post(url: str, body: Mapping[str, Any], headers: Mapping[str, str], patience: Patience, longest: int) -> Posted:
    """Send `body` as JSON to an address that the user named, by the environment's proxy if it has one.

    Raises:
        TransportError: if there is no whole answer.
    """
    import httpx  # noqa: PLC0415 - most never send anything

    timeout = httpx.Timeout(patience.read_s, connect=patience.connect_s)
    with (
        _explained(),
        httpx.Client(timeout=timeout) as http,
        http.stream("POST", url, json=body, headers=dict(headers)) as got,
    ):
        content = _until(got.iter_bytes(), longest) if got.status_code == _OK else b""
        return Posted(got.status_code, got.reason_phrase, content)


def _until(pieces: Iterator[bytes], longest: int) -> bytes:
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > longest:
            break
    return bytes(content)


async def _pieces(response: "httpx.Response") -> AsyncIterator[bytes]:
    with _explained():
        async for piece in response.aiter_raw():
            yield piece


def _location(response: "httpx.Response") -> str | None:
    """Servers write addresses in the charset of their pages, which no header says: unread bytes are the safe answer."""
    sent = next((value for name, value in response.headers.raw if name.lower() == b"location"), None)
    if sent is None:
        return None
    try:
        return sent.decode()
    except UnicodeDecodeError:
        return "".join(chr(one) if one < 0x80 else f"%{one:02X}" for one in sent)  # noqa: PLR2004 - ASCII


@contextmanager
def _explained() -> Iterator[None]:
    import httpx  # noqa: PLC0415

    try:
        yield
    except httpx.TimeoutException as error:
        raise LateError(connecting=isinstance(error, httpx.ConnectTimeout)) from error
    except httpx.ConnectError as error:
        raise UnconnectedError(type(error).__name__) from error
    except httpx.ProxyError as error:
        raise ProxyRefusalError(str(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise TransportError(type(error).__name__) from error
