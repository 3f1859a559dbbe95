"""Destinations that may be requested: by scheme, host and port, and by the addresses behind a name.

Host names that are not ASCII are read as browsers read them (UTS 46, without the transitional exceptions), by `idna`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from knowledge.fetch.ip_addresses import is_loopback, is_public
from knowledge.model import FetchError
from knowledge.text import to_excerpt

_PORTS = {"https": 443, "http": 80}
_MAX_LENGTH = 2_000
"""Characters of a URL."""
_IN_PATHS = "/?%:@!$&'()*+,;=~"
"""Characters of a path or query that stay; all others are percent-encoded, so that a URL is ASCII and hides nothing."""
_MAX_NAME_LENGTH = 253
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NOT_PUBLIC = {"alt", "arpa", "internal", "lan", "local", "localdomain", "localhost", "onion"}
"""Top-level labels reserved for private use (RFC 6761, 6762, 7686, 8375, 9476), or used so."""


class HostnameError(ValueError):
    """A host name that may not be requested; the message follows ‘which’."""


class Destination(NamedTuple):
    """A checked URL in parts; a request is built from them, so that no second parser reads it otherwise."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return the `Host` header: the host, with its port where that is not the default."""
        host = _bracketed(self.host)
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the URL by host name."""
        return f"{self.scheme}://{self.authority}{self.path}"

    def with_address(self, address: str) -> str:
        """Return the URL by the IP address that is connected to."""
        return f"{self.scheme}://{_bracketed(address)}:{self.port}{self.path}"


class UrlPolicy(ABC):
    """Base of the policies: a request is allowed by its scheme, host and port, then by the addresses of its host."""

    loopback_ports: frozenset[int]
    """Further ports, by http too, that are allowed on this machine only: for tests."""
    _schemes = "https"
    _fix = "If what is wanted is there, open it in a browser and add the file"

    def parse(self, url: str) -> Destination:
        """Parse and check a URL.

        Raises:
            FetchError: if its scheme, host or port is not allowed, or it carries a user's name.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme, 0)
            path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), _IN_PATHS)
        except ValueError:
            raise self._refusal(url, "is no address that can be read") from None
        if "@" in parts.netloc:
            raise self._refusal(f"{parts.scheme}://{parts.hostname}", "carries a user’s name or password")
        if not self._allows_scheme(parts.scheme, port):
            scheme_problem = f"is asked for by {to_excerpt(parts.scheme)}, and not by {self._schemes}"
            raise self._refusal(url, scheme_problem if parts.scheme else f"is no address of {self._schemes}")
        host = self._parse_host(url, parts, port)
        if port != _PORTS[parts.scheme] and port not in self.loopback_ports:
            raise self._refusal(url, f"is at port {port}, which is not allowed")
        if len(url) > _MAX_LENGTH:
            raise self._refusal(url, f"has more than {_MAX_LENGTH:,} characters")
        return Destination(parts.scheme, host, port, path)

    def check_addresses(self, destination: Destination, addresses: Sequence[str]) -> None:
        """Refuse a host unless each of its addresses may be connected to.

        Raises:
            FetchError: if one may not, or there is none.
        """
        local = self.is_local(destination)
        may_connect = is_loopback if local else is_public
        wrong = [address for address in addresses if not may_connect(address)]
        if wrong or not addresses:
            what = f"stands for the address {wrong[0]}" if wrong else "stands for no address"
            raise FetchError(
                destination.url,
                f"its name {destination.host} {what}",
                "Only addresses of this machine may be asked at this port"
                if local
                else "Only public addresses may be asked",
                "See which network and name server this machine uses (a portal, a filter or a VPN may answer for others)",
            )

    def is_local(self, destination: Destination) -> bool:
        """Check that a destination may only be on this machine."""
        return destination.port in self.loopback_ports

    def _allows_scheme(self, scheme: str, port: int) -> bool:
        return scheme == "https" or (scheme == "http" and port in self.loopback_ports)

    @abstractmethod
    def _describe_rule(self) -> str:
        """Return the rule as a sentence."""

    @abstractmethod
    def _check_host(self, written: str, port: int) -> str:
        """Return the host name to request, or raise `HostnameError`."""

    def _parse_host(self, url: str, parts: SplitResult, port: int) -> str:
        try:
            return self._check_host(parts.hostname or "", port)
        except HostnameError as error:
            raise self._refusal(url, f"is at {to_excerpt(parts.hostname or 'no host')}, which {error}") from None

    def _refusal(self, url: str, problem: str) -> FetchError:
        return FetchError(to_excerpt(url), problem, self._describe_rule(), self._fix, permanent=True)


@dataclass(frozen=True)
class AllowedHosts(UrlPolicy):
    """Policy for named hosts: https at its usual port, public addresses only."""

    hosts: frozenset[str]
    """Names, in lower case; not their subdomains."""
    loopback_ports: frozenset[int] = frozenset()
    _fix = "If what is wanted has moved there, get it with a browser"

    def _describe_rule(self) -> str:
        return f"Only https, without a port, is asked for, from {' or '.join(sorted(self.hosts))}"

    def _check_host(self, written: str, port: int) -> str:  # noqa: ARG002
        if written not in self.hosts:
            raise HostnameError("is not allowed")
        return written


@dataclass(frozen=True)
class PublicHosts(UrlPolicy):
    """Policy for any host of the public network, by its name: http and https at their usual ports."""

    loopback_ports: frozenset[int] = frozenset()
    _schemes = "http or https"

    def _describe_rule(self) -> str:
        return "Only http and https, without a port, are asked for, from hosts of the public network by their names"

    def _allows_scheme(self, scheme: str, port: int) -> bool:  # noqa: ARG002
        return scheme in _PORTS

    def _check_host(self, written: str, port: int) -> str:
        return written if port in self.loopback_ports and is_loopback(written) else parse_hostname(written)


class RedirectChain:
    """Chain of the addresses that were requested for a file, each redirected to the next."""

    def __init__(self, policy: UrlPolicy, max_redirects: int) -> None:
        self._policy = policy
        self._max_redirects = max_redirects
        self._visited: list[str] = []

    def follow(self, url: str) -> Destination:
        """Return the next destination.

        Raises:
            FetchError: if it is not allowed, was asked before, or is one redirect too many.
        """
        try:
            destination = self._policy.parse(url)
        except FetchError as error:
            if not self._visited:
                raise
            problem = f"redirects to {error.address}, which {error.problem}"
            raise FetchError(self._visited[0], problem, error.allowed, error.fix, permanent=True) from None
        self._check_scheme(destination)
        circle = destination.url in self._visited
        if circle or len(self._visited) > self._max_redirects:
            problem = f"redirects {'in a circle' if circle else f'more than {self._max_redirects} times'}"
            allowed = f"At most {self._max_redirects} redirects, each to another address, are followed"
            raise FetchError(self._visited[0], problem, allowed, "Try again later")
        self._visited.append(destination.url)
        return destination

    def _check_scheme(self, destination: Destination) -> None:
        """Refuse a redirect from https to http, which anybody on the way could read and change."""
        if self._visited and self._visited[-1].startswith("https:") and destination.scheme == "http":
            problem = f"redirects to {to_excerpt(destination.url)}, which is asked for by http, and not by https"
            fix = "Ask for that address itself, if whoever is between may see and change it"
            raise FetchError(
                self._visited[0], problem, "From https only redirects to https are followed", fix, permanent=True
            )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def parse_hostname(written: str) -> str:
    """Return a public host's name in ASCII and lower case, without a dot at its end.

    Raises:
        HostnameError: if it is an IP address in any spelling, such as 2130706433, 0x7f.1 or ①②⑦.0.0.1, no name, or not public.
    """
    if ":" in written:
        raise HostnameError("is an IP address and no name")
    name = _ascii(written).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # what parsers of addresses take for one ends in a number
        raise HostnameError("is an IP address and no name")
    if len(name) > _MAX_NAME_LENGTH or not all(map(_LABEL.fullmatch, labels)):
        raise HostnameError("is no name of a host")
    if len(labels) == 1 or labels[-1] in _NOT_PUBLIC:
        raise HostnameError("is no name of the public network")
    return name


def _ascii(written: str) -> str:
    if written.isascii():
        return written.lower()
    import idna  # noqa: PLC0415 - large tables, and few names need them

    try:
        return idna.encode(written, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise HostnameError("is no name of a host") from None
