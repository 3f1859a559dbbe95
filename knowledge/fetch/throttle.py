"""Request rate per host: one request at a time, a pause after each, and a rest when the host asks for one."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from knowledge.fetch.url_policy import Destination
from knowledge.model import FetchError

MIN_DELAY_S = 1.0
"""Seconds between the end of a request to a host and the next, at the least."""
MAX_WAIT_S = 30.0
"""Seconds of the longest wait: for a `Crawl-delay`, or for a host that asked for a rest."""
_DEFAULT_REST_S, _MAX_REST_S = 60.0, 86_400.0
"""Seconds of rest for a host that names no time, and the longest rest, whatever it names."""
_BUSY = {429, 503}
_HOSTS = 1_000
"""Hosts that are remembered."""


@dataclass
class _Host:
    free: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    after: float = 0.0
    """The time of the next request."""


class Throttle:
    """Throttle of requests: hosts are independent of each other."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        concurrency: int = 4,
    ) -> None:
        """Use a clock in seconds and a way of waiting; at most `concurrency` hosts are requested at the same time."""
        self._clock = clock
        self._sleep = sleep
        self._slots = asyncio.Semaphore(concurrency)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def slot(self, destination: Destination, delay_s: float = MIN_DELAY_S) -> AsyncIterator[None]:
        """Enter when the host may be requested; leave when its response is read.

        Raises:
            FetchError: if the host asked to be left alone for longer than a caller should wait.
        """
        host = self._host(destination.host)
        host.waiting += 1
        try:
            async with host.free:
                await self._wait(host, destination)
                async with self._slots:
                    try:
                        yield
                    except FetchError as error:
                        self._leave_alone(host, error)
                        raise
                    finally:
                        host.after = max(host.after, self._clock() + min(max(delay_s, MIN_DELAY_S), MAX_WAIT_S))
        finally:
            host.waiting -= 1

    async def _wait(self, host: _Host, destination: Destination) -> None:
        left = host.after - self._clock()
        if left > MAX_WAIT_S:
            problem = f"is at a host that asked to be left alone for {left:,.0f} more seconds"
            raise FetchError(destination.url, problem, "That is respected", "Try again after that", is_throttled=True)
        if left > 0:
            await self._sleep(left)

    def _leave_alone(self, host: _Host, error: FetchError) -> None:
        if error.status in _BUSY:
            wait = _DEFAULT_REST_S if error.retry_after_s is None else error.retry_after_s
            host.after = self._clock() + min(wait, _MAX_REST_S)

    def _host(self, name: str) -> _Host:
        if name not in self._hosts and len(self._hosts) >= _HOSTS:
            now = self._clock()
            self._hosts = {known: host for known, host in self._hosts.items() if host.waiting or host.after > now}
        return self._hosts.setdefault(name, _Host())
