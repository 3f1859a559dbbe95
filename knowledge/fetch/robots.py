"""Permission to fetch a page, from its site's robots.txt (RFC 9309). The only import of protego.

A site without one allows everything; one whose robots.txt cannot be fetched is left alone until it can.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from knowledge.fetch.fetcher import USER_AGENT
from knowledge.fetch.throttle import MIN_DELAY_S
from knowledge.fetch.url_policy import Destination
from knowledge.model import FetchError, StoreError

if TYPE_CHECKING:
    from protego import Protego

NEEDS_ARTICLES_EXTRA = (
    "Articles from the network need the extra `articles`: pip install 'ai-trends-mcp[articles]'; "
    "in a copy of the repository: pip install '.[articles]'."
)
"""Message where articles are fetched and the extra is not installed."""
ROBOT_NAME = USER_AGENT.partition(" ")[0]
"""Our name in a robots.txt."""
MAX_ROBOTS_BYTES = 2 * 2**20
"""Bytes of a robots.txt to fetch."""
_READ_BYTES, _READ_LINES = 500 * 2**10, 20_000
"""The part of these to read."""
_DAY_S, _SOON_S = 86_400.0, 300.0
"""Seconds for which rules are kept, and for which a site is left alone whose rules cannot be fetched."""
_SITES = 1_000
_AGENT_LINE = re.compile(r"\s*user[-\s]*agent\b\s*:?\s*([^#]*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]+", re.IGNORECASE)

RobotsFetch = Callable[[str], Awaitable[bytes]]
"""Fetches a robots.txt; raises `FetchError`."""


@dataclass
class _Site:
    free: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: float = float("-inf")
    rules: "Protego | None" = None
    fault: FetchError | None = None


class Robots:
    """The rules of sites, each fetched once a day."""

    def __init__(self, get: RobotsFetch, clock: Callable[[], float] = time.monotonic) -> None:
        """Fetch with `get`; the clock has seconds."""
        self._get = get
        self._clock = clock
        self._sites: dict[str, _Site] = {}

    async def admit(self, destination: Destination) -> float:
        """Return the seconds that the site wants between requests, if its rules allow this request.

        Raises:
            FetchError: if they forbid it, or cannot be had just now.
            StoreError: if the extra is not installed.
        """
        root = destination._replace(path="/robots.txt").url
        if root not in self._sites and len(self._sites) >= _SITES:
            self._sites.pop(next(iter(self._sites)))
        site = self._sites.setdefault(root, _Site())
        async with site.free:
            if site.until <= self._clock():
                await self._read(site, root)
        if site.fault:
            raise _unknown(destination, site.fault)
        if site.rules is None:
            return MIN_DELAY_S
        if not site.rules.can_fetch(destination.url, ROBOT_NAME):
            raise _forbidden(destination)
        return site.rules.crawl_delay(ROBOT_NAME) or MIN_DELAY_S

    async def _read(self, site: _Site, root: str) -> None:
        site.rules = site.fault = None
        try:
            content = await self._get(root)
            site.rules = await asyncio.to_thread(parse_robots, content)
        except FetchError as error:
            # A page in its place most often says politely that there is none.
            has_none = error.status is not None and (error.status == HTTPStatus.OK or error.permanent)
            site.fault = None if has_none else error
        site.until = self._clock() + (_SOON_S if site.fault else _DAY_S)


def parse_robots(content: bytes) -> "Protego":
    """Parse the rules for us and for everybody. Groups for other agents are dropped first, since their number has no limit.

    Raises:
        StoreError: if the extra is not installed.
    """
    try:
        from protego import Protego  # noqa: PLC0415 - an extra, loaded only when used
    except ImportError:
        raise StoreError(NEEDS_ARTICLES_EXTRA) from None
    text = content[:_READ_BYTES].decode("utf-8-sig", errors="replace")
    return Protego.parse("\n".join(map(_rename_agent, text.splitlines()[:_READ_LINES])))


def _rename_agent(line: str) -> str:
    agent = _AGENT_LINE.match(line)
    if not agent:
        return line
    product = _PRODUCT.match(agent[1])
    if product and product[0].lower() == ROBOT_NAME:
        return f"User-agent: {ROBOT_NAME}"
    return "User-agent: *" if agent[1].strip() == "*" else "User-agent: another"


def _forbidden(destination: Destination) -> FetchError:
    return FetchError(
        destination.url,
        "is not for programs, as the robots.txt of its site says",
        "What a site keeps programs out of is left alone",
        "Open the address in a browser, save the page, and add the file",
        permanent=True,
    )


def _unknown(destination: Destination, fault: FetchError) -> FetchError:
    problem = f"is not asked for, since the rules of its site cannot be had ({fault.address}: {fault.problem})"
    fix = f"{fault.fix}, or save the page in a browser and add the file"
    return FetchError(destination.url, problem, fault.allowed, fix)
