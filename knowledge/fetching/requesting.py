"""Asks a host that may be asked, at an address that was checked, and makes sentences of what goes wrong on the way."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import NamedTuple

from knowledge.errors import FetchError
from knowledge.fetching.connections import reason
from knowledge.fetching.destinations import Destination, Rules
from knowledge.fetching.networks import Resolver
from knowledge.fetching.proxies import usable, without_user
from knowledge.fetching.received import LATER, WHOLE, Limits, Validators, connected
from knowledge.fetching.unpacking import PackedError
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
from knowledge.visible import shown

AGENT = "ai-trends-mcp (+https://github.com/ai-trends-mcp/ai-trends-mcp)"
"""As what we come; the first word is the name by which a robots.txt may speak of us."""
_ADDRESSES = 4
"""How many of a name's addresses are tried."""


class Way(NamedTuple):
    """How a host is reached: by what is allowed, within limits, by the addresses that a name server gives."""

    allowed: Rules
    limits: Limits
    resolver: Resolver


@asynccontextmanager
async def answered(asked: Destination, way: Way, proxy: str | None, known: Validators) -> AsyncIterator[Reply]:
    """What is answered, its body unread: through the proxy, or from the first of the name's addresses that can be connected to.

    Raises:
        FetchError: if the name or one of its addresses is not allowed, or there is no answer.
    """
    limits = way.limits
    named = f"{asked.url} (by the proxy {without_user(proxy)})" if proxy else asked.url
    with explained(named, limits):
        trusted = _trusting(asked.url)
        through = usable(proxy) if proxy else None
        urls = [asked.url] if proxy else [asked.at(one) for one in await _checked(asked, way)]
    patience = Patience(limits.connect_s, limits.read_s)
    async with AsyncExitStack() as stack:
        with explained(named, limits, by_proxy=proxy is not None):
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


async def _checked(asked: Destination, way: Way) -> list[str]:
    try:
        found = await asyncio.wait_for(way.resolver(asked.host), way.limits.connect_s)
    except OSError as error:  # also when it takes too long
        problem = f"its name {asked.host} cannot be looked up ({error.strerror or 'no answer in time'})"
        raise FetchError(
            asked.url, problem, "A network and a name server are needed", "See whether this machine is online"
        ) from None
    way.allowed.check(asked, found)
    return list(found)[:_ADDRESSES]


def _trusting(url: str) -> ssl.SSLContext:
    try:
        return trusting()
    except OSError as error:
        problem = f"cannot be asked: the certificates that SSL_CERT_FILE names cannot be read ({error.strerror})"
        raise FetchError(url, problem, "It names a file of certificates in PEM", "Mend it, or leave it out") from None


@contextmanager
def explained(url: str, limits: Limits, *, begun: bool = False, by_proxy: bool = False) -> Iterator[None]:
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
