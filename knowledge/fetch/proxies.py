"""Proxies: none by default, or those that the environment names."""

from collections.abc import Callable
from urllib.parse import urlsplit

from knowledge.model import FetchError
from knowledge.text import to_excerpt

ProxyLookup = Callable[[str], str | None]
"""Returns the proxy for a host; `None` to connect directly."""


def no_proxy(_: str) -> None:
    """Return `None`: connect to every host directly."""


def environment_proxy(host: str) -> str | None:
    """Return the https proxy for `host` from `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` or the system's settings."""
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - loads http.client, and most never fetch

    named = getproxies()
    return None if proxy_bypass(host) else named.get("https") or named.get("all")


def check_proxy(proxy: str) -> str:
    """Return the proxy if it is of a supported kind.

    Raises:
        FetchError: if it is of another kind, such as SOCKS.
    """
    try:
        scheme = urlsplit(proxy).scheme
    except ValueError:
        scheme = "unknown"
    if scheme not in {"http", "https"}:
        subject = f"The proxy {strip_credentials(proxy)}"
        fix = "Set HTTPS_PROXY to such a proxy, or NO_PROXY to the host"
        raise FetchError(subject, f"is of the kind {to_excerpt(scheme)}", "Proxies of http and https are used", fix)
    return proxy


def strip_credentials(proxy: str | None) -> str | None:
    """Return the proxy's host and port, without the user and password that its address may carry."""
    return None if proxy is None else to_excerpt(proxy.rpartition("@")[2].rpartition("//")[2])
