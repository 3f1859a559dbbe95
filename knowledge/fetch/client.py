"""Client for web pages on any public host, within robots.txt and request rates."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import NamedTuple, Self

from knowledge.fetch.fetcher import Fetcher
from knowledge.fetch.ip_addresses import Resolver, resolve
from knowledge.fetch.proxies import ProxyLookup, no_proxy
from knowledge.fetch.response import NO_VALIDATORS, FetchLimits, FetchResult, Validators
from knowledge.fetch.robots import MAX_ROBOTS_BYTES, Robots
from knowledge.fetch.throttle import Throttle
from knowledge.fetch.url_policy import Destination, PublicHosts, UrlPolicy
from knowledge.model import FetchError
from knowledge.text import to_excerpt

ARTICLE_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/markdown")
"""Media types of articles."""
_PAGE_LIMITS = FetchLimits(bytes=16 * 2**20, whole_s=120)
_LIMITS_BY_TYPE = {"application/pdf": _PAGE_LIMITS._replace(bytes=32 * 2**20)}
_ROBOTS_LIMITS = FetchLimits(bytes=MAX_ROBOTS_BYTES, whole_s=60)


class WebPage(NamedTuple):
    """A fetched page."""

    url: str
    """The URL after redirects."""
    body: bytes
    """The bytes; none if nothing changed."""
    media_type: str
    """The media type in the response, such as `text/html`; may be empty."""
    charset: str
    """The charset in the response; may be empty, and wrong."""
    validators: Validators
    """The validators for the next request."""
    modified: datetime | None
    """The `Last-Modified` time."""
    changed: bool
    """`False` if the server says that nothing changed."""
    fetched: datetime
    """The moment of fetching (UTC)."""


class WebClient:
    """Async context manager; it remembers the rules and rates of sites while it is open."""

    def __init__(
        self,
        policy: UrlPolicy | None = None,
        *,
        limits: FetchLimits = _PAGE_LIMITS,
        resolver: Resolver = resolve,
        proxy: ProxyLookup = no_proxy,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        concurrency: int = 4,
    ) -> None:
        """Fetch what `policy` allows (by default any public host), directly or by the proxies of `proxy`; clock in seconds."""
        self._throttle = Throttle(clock, sleep, concurrency)
        limits_by_type = _LIMITS_BY_TYPE if limits == _PAGE_LIMITS else {}
        self._fetcher = Fetcher(policy or PublicHosts(), limits, resolver, proxy, limits_by_type, self._slot)
        self._robots_fetcher = replace(
            self._fetcher, limits=_ROBOTS_LIMITS, limits_by_type={}, slot=self._throttle.slot
        )
        self._robots = Robots(self._fetch_robots, clock)
        self._folder: TemporaryDirectory[str] | None = None

    async def __aenter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="ai-trends-")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    async def get(
        self,
        url: str,
        *,
        known: Validators = NO_VALIDATORS,
        media_types: Collection[str] = ARTICLE_TYPES,
    ) -> WebPage:
        """Fetch a page as soon as its host may be requested.

        Raises:
            FetchError: if it may not be fetched, or does not come; if it is `permanent`, a retry is of no use.
            StoreError: if the extra `articles` is not installed.
        """
        result, body = await self._fetch(self._fetcher, url, known, media_types)
        now = datetime.now(UTC)
        validators = result.validators if result.changed else known
        return WebPage(
            result.url, body, result.media_type, result.charset, validators, result.modified, result.changed, now
        )

    @asynccontextmanager
    async def _slot(self, destination: Destination) -> AsyncIterator[None]:
        delay_s = await self._robots.admit(destination)
        async with self._throttle.slot(destination, delay_s):
            yield

    async def _fetch_robots(self, url: str) -> bytes:
        return (await self._fetch(self._robots_fetcher, url, NO_VALIDATORS, ()))[1]

    async def _fetch(
        self, fetcher: Fetcher, url: str, known: Validators, media_types: Collection[str]
    ) -> tuple[FetchResult, bytes]:
        if not self._folder:
            raise RuntimeError("open it with `async with`")
        with _translate_disk_errors(url), TemporaryDirectory(dir=self._folder.name) as folder:
            file = Path(folder) / "page"
            result = await fetcher.fetch(url, file, known, media_types)
            return result, file.read_bytes() if result.changed else b""


@contextmanager
def _translate_disk_errors(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"cannot be kept while it comes ({error.strerror})"
        raise FetchError(
            to_excerpt(url), problem, "The folder for temporary files must have room", "Make room"
        ) from None
