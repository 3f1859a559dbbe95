"""IP addresses: name resolution, and the ranges that belong to the public network."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

Resolver = Callable[[str], Awaitable[Sequence[str]]]
"""Resolves a host name to IP addresses, in the order to try them; raises `OSError`."""
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
"""Ranges that IANA reserves for special purposes and some Python versions call global: protocol assignments, tunnels (6to4,
Teredo, AMT), AS112 and documentation. Some of it is routed, but no site is there."""


def is_public(address: str) -> bool:
    """Check that an IP address is on the public network, also where it embeds another (NAT64, IPv4-mapped)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or (ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF) if parsed in _NAT64 else None)
        if inner:
            return is_public(str(inner))
        if parsed not in _UNICAST or parsed.scope_id:
            return False
    special = parsed.is_multicast or parsed.is_reserved or any(parsed in network for network in _NOT_PUBLIC)
    return parsed.is_global and not special


async def resolve(host: str) -> Sequence[str]:
    """Return a host's addresses from the system resolver. It runs in a thread of its own, so a caller can stop waiting."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def ask() -> None:
        found: list[str] | OSError
        try:
            listed = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(entry[4][0]) for entry in listed))
        except OSError as error:
            found = error
        except UnicodeError:  # no valid host name
            found = []
        with suppress(RuntimeError):  # the caller stopped waiting, and the loop is closed
            loop.call_soon_threadsafe(_settle, answer, found)

    threading.Thread(target=ask, daemon=True).start()
    return await answer


def is_loopback(address: str) -> bool:
    """Check that an IP address is this machine's own."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _settle(answer: "asyncio.Future[Any]", found: Any) -> None:
    if answer.done():
        return
    if isinstance(found, OSError):
        answer.set_exception(found)
    else:
        answer.set_result(found)
