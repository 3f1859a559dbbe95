"""HTTP requests by httpx, each with the beginning of its response; failures are httpx's errors.

Redirects, cookies and passwords are unknown here. Callers decide what may be requested and what a response means.
"""

import os
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import httpx

_OK = 200


class Timeouts(NamedTuple):
    """Timeouts in seconds: to connect, and to wait for more bytes."""

    connect_s: float
    read_s: float


class HttpRequest(NamedTuple):
    """A GET request."""

    url: str
    """With the IP address to connect to or, by a proxy, the host name."""
    server: str
    """The name that the server's certificate must have."""
    headers: Mapping[str, str]
    timeouts: Timeouts
    trusted: ssl.SSLContext
    proxy: str | None = None


class HttpResponse(NamedTuple):
    """The beginning of a response."""

    status: int
    headers: Mapping[str, str]
    """By name, in any case."""
    location: str | None
    """The redirect target; bytes that are not UTF-8 are percent-encoded."""
    pieces: Callable[[], AsyncIterator[bytes]]
    """The body as it is on the network, piece by piece; raises `httpx.HTTPError`."""


class PostResponse(NamedTuple):
    """The response to a POST request."""

    status: int
    phrase: str
    content: bytes
    """The body of an answer with status 200, cut off after the longest that was wanted and one piece."""


def load_authorities() -> ssl.SSLContext:
    """Return the trusted certificate authorities: certifi's or those in `SSL_CERT_FILE`, and this system's.

    Raises:
        OSError: if the file that `SSL_CERT_FILE` names cannot be read.
    """
    return _load_authorities(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=4)  # reading them takes longer than many a page
def _load_authorities(_: str | None, __: str | None) -> ssl.SSLContext:
    import httpx  # noqa: PLC0415 - loaded at the first request

    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


@asynccontextmanager
async def open_response(request: HttpRequest) -> AsyncIterator[HttpResponse]:
    """Send a GET request and yield the response, its body unread. No proxy and no password comes from the environment.

    Raises:
        httpx.HTTPError: if there is no answer.
    """
    import httpx  # noqa: PLC0415 - loaded at the first request

    through = httpx.Proxy(request.proxy) if request.proxy else None  # an https one is held to certifi's authorities
    timeout = httpx.Timeout(request.timeouts.read_s, connect=request.timeouts.connect_s).as_dict()
    extensions = {"sni_hostname": request.server, "timeout": timeout}
    async with httpx.AsyncHTTPTransport(trust_env=False, verify=request.trusted, proxy=through) as transport:
        get = httpx.Request("GET", request.url, headers=dict(request.headers), extensions=extensions)
        response = await transport.handle_async_request(get)
        try:
            yield HttpResponse(response.status_code, response.headers, _location(response), response.aiter_raw)
        finally:
            await response.aclose()


def post(
    url: str, body: Mapping[str, Any], headers: Mapping[str, str], timeouts: Timeouts, longest: int
) -> PostResponse:
    """Send `body` as JSON to an address that the user named, by the environment's proxy if it has one.

    Raises:
        httpx.HTTPError, httpx.InvalidURL: if there is no whole answer.
    """
    import httpx  # noqa: PLC0415 - most never send anything

    timeout = httpx.Timeout(timeouts.read_s, connect=timeouts.connect_s)
    with (
        httpx.Client(timeout=timeout) as http,
        http.stream("POST", url, json=body, headers=dict(headers)) as response,
    ):
        content = _read_until(response.iter_bytes(), longest) if response.status_code == _OK else b""
        return PostResponse(response.status_code, response.reason_phrase, content)


def _read_until(pieces: Iterator[bytes], longest: int) -> bytes:
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > longest:
            break
    return bytes(content)


def _location(response: "httpx.Response") -> str | None:
    """Return the redirect target, keeping bytes that are not UTF-8 percent-encoded: no header states their charset."""
    sent = next((value for name, value in response.headers.raw if name.lower() == b"location"), None)
    if sent is None:
        return None
    try:
        return sent.decode()
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in sent)  # noqa: PLR2004 - ASCII
