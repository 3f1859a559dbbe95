"""By which proxy a host is reached: by none, unless a caller asks the environment."""

from collections.abc import Callable
from urllib.parse import urlsplit

from knowledge.model.errors import FetchError
from knowledge.text.sanitize import to_excerpt

ProxyLookup = Callable[[str], str | None]
"""Says by which proxy a host is to be reached; `None`: directly."""


def no_proxy(_: str) -> None:
    """No proxy for any host."""


def environment_proxy(host: str) -> str | None:
    """The proxy that `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or the system's settings, have for https to `host`."""
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - loads http.client, and most never fetch

    named = getproxies()
    return None if proxy_bypass(host) else named.get("https") or named.get("all")


def check_proxy(proxy: str) -> str:
    """The proxy, if it is one that can be used.

    Raises:
        FetchError: if it is of another kind, such as SOCKS.
    """
    try:
        scheme = urlsplit(proxy).scheme
    except ValueError:
        scheme = "unknown"
    if scheme not in {"http", "https"}:
        said = f"The proxy {strip_credentials(proxy)}"
        fix = "Set HTTPS_PROXY to such a proxy, or NO_PROXY to the host"
        raise FetchError(said, f"is of the kind {to_excerpt(scheme)}", "Proxies of http and https are used", fix)
    return proxy


def strip_credentials(proxy: str | None) -> str | None:
    """The proxy's host and port; the password that may be in its address is shown to nobody."""
    return None if proxy is None else to_excerpt(proxy.rpartition("@")[2].rpartition("//")[2])
