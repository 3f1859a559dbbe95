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

from knowledge.fetch.fetcher import Fetcher, OnBytes, ignore_progress
from knowledge.fetch.ip_addresses import Resolver, resolve
from knowledge.fetch.proxies import ProxyLookup, no_proxy
from knowledge.fetch.response import NO_VALIDATORS, FetchLimits, FetchResult, Validators
from knowledge.fetch.robots import MAX_ROBOTS_BYTES, Robots
from knowledge.fetch.throttle import Throttle
from knowledge.fetch.url_policy import Destination, PublicHosts, UrlPolicy
from knowledge.model.errors import FetchError
from knowledge.text.sanitize import to_excerpt

ARTICLE_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/markdown")
"""As what servers send an article."""
_PAGE_LIMITS = FetchLimits(bytes=16 * 2**20, whole_s=120)
_LIMITS_BY_TYPE = {"application/pdf": _PAGE_LIMITS._replace(bytes=32 * 2**20)}
_ROBOTS_LIMITS = FetchLimits(bytes=MAX_ROBOTS_BYTES, whole_s=60)


class WebPage(NamedTuple):
    """A page as it came."""

    url: str
    """Where it was, after redirects."""
    body: bytes
    """Its bytes; none if nothing changed."""
    media_type: str
    """What the server says that it is, such as `text/html`; may be empty."""
    charset: str
    """The charset that the server says; may be empty, and wrong."""
    validators: Validators
    """What to send along the next time."""
    modified: datetime | None
    """When it was last changed, as the server says."""
    changed: bool
    """`False` if the server says that nothing changed."""
    fetched: datetime
    """When it came (UTC)."""


class WebClient:
    """An async context manager: what it remembers of sites and hosts, it remembers while it is open."""

    def __init__(
        self,
        allowed: UrlPolicy | None = None,
        *,
        limits: FetchLimits = _PAGE_LIMITS,
        resolver: Resolver = resolve,
        proxy: ProxyLookup = no_proxy,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        at_once: int = 4,
    ) -> None:
        """Fetch what is `allowed` (any public host), directly unless the caller says by which proxy; clock in seconds."""
        self._pace = Throttle(clock, sleep, at_once)
        longer = _LIMITS_BY_TYPE if limits == _PAGE_LIMITS else {}
        self._fetcher = Fetcher(allowed or PublicHosts(), limits, resolver, proxy, longer, self._turn)
        self._unruled = replace(self._fetcher, limits=_ROBOTS_LIMITS, limits_by_type={}, turn=self._pace.turn)
        self._robots = Robots(self._rules, clock)
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
        kinds: Collection[str] = ARTICLE_TYPES,
        told: OnBytes = ignore_progress,
    ) -> WebPage:
        """Fetch a page, when it is its host's turn.

        Raises:
            FetchError: if it may not be fetched, or does not come; `lasting` says whether to try again.
            StoreError: if the extra `articles` is not installed.
        """
        got, body = await self._fetched(self._fetcher, url, known, kinds, told)
        now = datetime.now(UTC)
        validators = got.validators if got.changed else known
        return WebPage(got.url, body, got.media_type, got.charset, validators, got.modified, got.changed, now)

    @asynccontextmanager
    async def _turn(self, asked: Destination) -> AsyncIterator[None]:
        apart_s = await self._robots.admit(asked)
        async with self._pace.turn(asked, apart_s):
            yield

    async def _rules(self, url: str) -> bytes:
        return (await self._fetched(self._unruled, url, NO_VALIDATORS, (), ignore_progress))[1]

    async def _fetched(
        self, fetcher: Fetcher, url: str, known: Validators, kinds: Collection[str], told: OnBytes
    ) -> tuple[FetchResult, bytes]:
        if not self._folder:
            raise RuntimeError("open it with `async with`")
        with _translate_disk_errors(url), TemporaryDirectory(dir=self._folder.name) as folder:
            file = Path(folder) / "page"
            got = await fetcher.fetch(url, file, known, kinds, told)
            return got, file.read_bytes() if got.changed else b""


@contextmanager
def _translate_disk_errors(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"cannot be kept while it comes ({error.strerror})"
        raise FetchError(
            to_excerpt(url), problem, "The folder for temporary files must have room", "Make room"
        ) from None
