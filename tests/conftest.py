"""Fixtures of all tests: the packaged knowledge in memory, and clients of both protocol eras."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from mcp_server.server import build_server

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
ARTICLES = SHARED / "articles"

Connect = Callable[[], Client]


@pytest.fixture(scope="session")
def packaged() -> Iterator[SqliteStore]:
    """The packaged knowledge in memory; made once, since making it takes most of a second."""
    store = SqliteStore(None)
    yield store
    asyncio.run(store.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """The founding articles' texts by file name."""
    if not ARTICLES.is_dir():
        pytest.skip(f"the founding articles are not at hand: {ARTICLES.name}/ is not beside the project")
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(ARTICLES.glob("*.txt"))}


@pytest.fixture
def knowledge(packaged: SqliteStore) -> KnowledgeBase:
    return KnowledgeBase(packaged)


@pytest.fixture(params=["auto", "legacy"], ids=["modern", "legacy"])
def connect(request: pytest.FixtureRequest, packaged: SqliteStore) -> Connect:
    """Opens a client of the server over the packaged knowledge, in each protocol era."""
    return lambda: connect_to(packaged, request.param)


def connect_to(
    store: SqliteStore, mode: str = "auto", library: Path | None = None, *, may_write: bool = False
) -> Client:
    """A client, in memory, of a server over `store`; datasets are those beside `library`."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[KnowledgeBase]:
        yield KnowledgeBase(store, library)

    return Client(build_server(opened, may_write=may_write), mode=mode)


def connected(store: SqliteStore, mode: str = "auto", *, may_write: bool = False) -> Client:
    """A client, in memory, of a server over `store` that may write, or may not."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[KnowledgeBase]:
        yield KnowledgeBase(store)

    return Client(build_server(opened, may_write=may_write), mode=mode)


@contextmanager
def only_readable(folder: Path) -> Iterator[None]:
    """A folder, and all in it, that this process cannot write: not even as root, which is another user meanwhile."""
    if os.name == "nt":
        pytest.skip("this system has no permissions of that kind")
    inside = list(folder.rglob("*"))
    for path in (folder, *inside):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.parent.chmod(0o755)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        for path in (folder, *inside):
            if path.exists():
                path.chmod(0o755 if path.is_dir() else 0o644)


async def ask(connect: Connect, tool: str, **arguments: Any) -> dict[str, Any]:
    """Call a tool and return its structured content."""
    async with connect() as client:
        result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


async def ask_text(connect: Connect, tool: str, **arguments: Any) -> str:
    """Call a tool and return its text, also of an error."""
    async with connect() as client:
        result = await client.call_tool(tool, arguments)
    return "\n".join(getattr(part, "text", "") for part in result.content)


def strings(value: Any) -> Iterator[str]:
    """Every string in nested data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)
