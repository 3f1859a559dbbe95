"""Polite HTTP to public addresses: URL policy, IP ranges, robots.txt, throttling, proxies, bounded responses."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.fetch.client import WebClient, WebPage
    from knowledge.fetch.fetcher import Fetcher, OnBytes, ignore_progress
    from knowledge.fetch.proxies import check_proxy, environment_proxy, no_proxy
    from knowledge.fetch.response import FetchResult, Validators, connection_problem
    from knowledge.fetch.robots import NEEDS_ARTICLES_EXTRA
    from knowledge.fetch.url_policy import AllowedHosts

__all__ = [
    "NEEDS_ARTICLES_EXTRA", "AllowedHosts", "FetchResult", "Fetcher", "OnBytes", "Validators", "WebClient",
    "WebPage", "check_proxy", "connection_problem", "environment_proxy", "ignore_progress", "no_proxy",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    client="WebClient WebPage",
    fetcher="Fetcher OnBytes ignore_progress",
    proxies="check_proxy environment_proxy no_proxy",
    response="FetchResult Validators connection_problem",
    robots="NEEDS_ARTICLES_EXTRA",
    url_policy="AllowedHosts",
)
