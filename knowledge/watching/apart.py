"""Reads a feed in a process of its own, so that one made to wear its reader out costs seconds and is refused.

feedparser mends what is broken with patterns that take the square of a feed's length for some; a thread cannot be stopped, a process can.
"""

import asyncio
import os
import sys
from contextlib import suppress

from knowledge.errors import FetchError, StoreError
from knowledge.fetching.web import Page
from knowledge.model import Value
from knowledge.watching import feeds
from knowledge.watching.model import Feed

LONGEST_S = 20.0
"""Seconds that reading a feed may take."""
_MEMORY = 2**30
"""Bytes of memory that it may take, where the system can say so."""
_CPU_S = 60
"""Seconds of computing, where the system can say so."""


class _Outcome(Value):
    feed: Feed | None = None
    problem: str = ""
    mend: str = ""


async def read(page: Page, seconds: float = LONGEST_S) -> Feed:
    """The feed that a page is.

    Raises:
        FetchError: if it is none, or takes too long.
        StoreError: if the extra `articles` is not installed.
    """
    outcome = await _read(page, seconds)
    if outcome and outcome.feed:
        return outcome.feed
    if outcome is None:
        problem = (
            f"broke its reader, or could not be read within {seconds:g} seconds and {_MEMORY // 2**20:,} MiB of memory"
        )
        raise FetchError(page.url, problem, "A feed of RSS or Atom is needed", "See in a browser what is there")
    if not outcome.mend:
        raise StoreError(outcome.problem)
    raise FetchError(page.url, outcome.problem, "A feed of RSS or Atom is needed", outcome.mend, lasting=True)


async def _read(page: Page, seconds: float) -> _Outcome | None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from knowledge.watching import apart; apart.main()",
        page.url,
        page.charset,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"},
    )
    try:
        async with asyncio.timeout(seconds):
            said, _ = await child.communicate(page.body)
    except TimeoutError:
        return None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _Outcome.model_validate_json(said) if child.returncode == 0 else None


def main() -> None:
    """Read a feed from standard input, and write what became of it."""
    _bound()
    url, charset = sys.argv[1:]
    try:
        outcome = _Outcome(feed=feeds.read(sys.stdin.buffer.read(), url, charset))
    except feeds.NoFeedError as error:
        outcome = _Outcome(problem=str(error), mend=error.mend)
    except StoreError as error:
        outcome = _Outcome(problem=str(error))
    sys.stdout.buffer.write(outcome.model_dump_json().encode(errors="replace"))


def _bound() -> None:
    """Ask the system to end this process if it takes too much, also where whoever waits for it is gone."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _CPU_S)):
        hard = resource.getrlimit(kind)[1]
        with suppress(ValueError, OSError):  # not every system knows each of them
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
