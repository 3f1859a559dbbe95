"""Which addresses on the network may be asked: by scheme, host and port, and by what a name stands for."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from knowledge.errors import FetchError
from knowledge.visible import visible

Resolver = Callable[[str], Awaitable[Sequence[str]]]
"""Says which IP addresses a host's name stands for, in the order in which they are to be tried; raises `OSError`."""
_PORTS = {"https": 443, "http": 80}
_LONGEST, _LONGEST_SHOWN = 2_000, 200
"""Characters of an address, and of what is shown of a text from outside."""
_IN_PATHS = "/?%:@!$&'()*+,;=~"
"""What stands in a path or query as it is; all else is written with `%`, so that an address is ASCII and hides nothing."""
_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.175.48.0/24",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "2620:4f:8000::/48",
            "3fff::/20",
        ),
    )
)
"""What IANA keeps for special purposes and Python (some versions of it) calls global: protocol assignments, tunnels (6to4,
Teredo, AMT), AS112 and documentation. Some of it is routed, but no site is there."""


class Destination(NamedTuple):
    """What a URL asks for, checked; a request is put together from these parts, so that no second parser reads it otherwise."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host, with the port where it is not the usual one: what the `Host` header says."""
        host = _bracketed(self.host)
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address by name."""
        return f"{self.scheme}://{self.authority}{self.path}"

    def at(self, address: str) -> str:
        """The address by the IP address that is connected to."""
        return f"{self.scheme}://{_bracketed(address)}:{self.port}{self.path}"


@dataclass(frozen=True)
class Allowed:
    """What may be asked: https at the usual port of hosts with public addresses, unless a loopback port is allowed too."""

    hosts: frozenset[str]
    """Names, in lower case; not their subdomains."""
    loopback_ports: frozenset[int] = frozenset()
    """Ports that these hosts may also be asked at, by http too, and then only on this machine: for tests."""

    def destination(self, url: str) -> Destination:
        """What `url` asks for.

        Raises:
            FetchError: if its scheme, host or port is not allowed, or it carries a user's name.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError:
            raise self._refusal(url, "is no address that can be read") from None
        if parts.scheme != "https" and not (parts.scheme == "http" and port in self.loopback_ports):
            raise self._refusal(url, f"is asked for by {parts.scheme or 'no scheme'}, and not by https")
        if "@" in parts.netloc:
            raise self._refusal(f"{parts.scheme}://{parts.hostname}", "carries a user’s name or password")
        if parts.hostname not in self.hosts:
            raise self._refusal(url, f"is at {shown(parts.hostname or 'no host')}, which is not allowed")
        if port != _PORTS["https"] and port not in self.loopback_ports:
            raise self._refusal(url, f"is at port {port}, which is not allowed")
        if len(url) > _LONGEST:
            raise self._refusal(url, f"has more than {_LONGEST:,} characters")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Destination(parts.scheme, parts.hostname, port, quote(path, _IN_PATHS))

    def check(self, asked: Destination, addresses: Sequence[str]) -> None:
        """Refuse a host unless each of its addresses may be connected to.

        Raises:
            FetchError: if one may not, or there is none.
        """
        local = self.is_local(asked)
        wrong = [one for one in addresses if not (_is_loopback(one) if local else is_public(one))]
        if wrong or not addresses:
            what = f"stands for the address {wrong[0]}" if wrong else "stands for no address"
            raise FetchError(
                asked.url,
                f"its name {asked.host} {what}",
                "Only addresses of this machine may be asked at this port"
                if local
                else "Only public addresses may be asked",
                "See which network and name server this machine uses (a portal, a filter or a VPN may answer for others)",
            )

    def is_local(self, asked: Destination) -> bool:
        """Whether it may only be asked for on this machine."""
        return asked.port in self.loopback_ports

    def _refusal(self, url: str, problem: str) -> FetchError:
        allowed = f"Only https, without a port, is asked for, from {' or '.join(sorted(self.hosts))}"
        return FetchError(shown(url), problem, allowed, "If what is wanted has moved there, get it with a browser")


class Trail:
    """The addresses that were asked for one file, each redirected to the next."""

    def __init__(self, allowed: Allowed, most: int) -> None:
        self._allowed = allowed
        self._most = most
        self._asked: list[str] = []

    def to(self, url: str) -> Destination:
        """The next address.

        Raises:
            FetchError: if it is not allowed, was asked before, or is one redirect too many.
        """
        try:
            asked = self._allowed.destination(url)
        except FetchError as error:
            if not self._asked:
                raise
            problem = f"redirects to {error.address}, which {error.problem}"
            raise FetchError(self._asked[0], problem, error.allowed, error.mend) from None
        circle = asked.url in self._asked
        if circle or len(self._asked) > self._most:
            problem = f"redirects {'in a circle' if circle else f'more than {self._most} times'}"
            allowed = f"At most {self._most} redirects, each to another address, are followed"
            raise FetchError(self._asked[0], problem, allowed, "Try again later")
        self._asked.append(asked.url)
        return asked


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network: also where it stands for another, as NAT64 and mapped ones do."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or (ipaddress.IPv4Address(int(one) & 0xFFFFFFFF) if one in _NAT64 else None)
        if inner:
            return is_public(str(inner))
        if one not in _UNICAST or one.scope_id:
            return False
    apart = one.is_multicast or one.is_reserved or any(one in network for network in _NOT_PUBLIC)
    return one.is_global and not apart


async def resolve(host: str) -> Sequence[str]:
    """What the system says that a name stands for. It is asked in a thread of its own, which nobody has to wait for."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def ask() -> None:
        found: list[str] | OSError
        try:
            listed = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(one[4][0]) for one in listed))
        except OSError as error:
            found = error
        except UnicodeError:  # a name that cannot be one
            found = []
        with suppress(RuntimeError):  # nobody waits any more, and the loop is closed
            loop.call_soon_threadsafe(_settle, answer, found)

    threading.Thread(target=ask, daemon=True).start()
    return await answer


def shown(text: str) -> str:
    """What somebody else wrote, short and without hidden characters, to be part of a sentence."""
    text = " ".join(visible(text).split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _settle(answer: "asyncio.Future[Any]", found: Any) -> None:
    if answer.done():
        return
    if isinstance(found, OSError):
        answer.set_exception(found)
    else:
        answer.set_result(found)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
