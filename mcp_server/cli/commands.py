"""What the commands do."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager

from mcp.client import Client
from mcp.server import MCPServer
from mcp.types import CallToolResult, TextContent

from knowledge import KnowledgeBase, StoreError, open_knowledge
from knowledge.embedders import Where
from mcp_server.server import build_server
from mcp_server.settings import LIBRARY, HttpSettings, Settings


def opener(settings: Settings) -> Callable[[], AbstractAsyncContextManager[KnowledgeBase]]:
    """Opens the knowledge base as it was set."""
    return lambda: open_knowledge(
        settings.library, analyzer=settings.analyzer, words=settings.own_terms, embeddings=embeddings(settings)
    )


def embeddings(settings: Settings) -> Where | None:
    """Where embeddings come from, if anything is searched by meaning."""
    if not settings.dense:
        return None
    key = settings.dense_key.get_secret_value() if settings.dense_key else ""
    return Where(settings.dense, settings.dense_model or "", key)


def server(**options: bool | None) -> MCPServer[KnowledgeBase]:
    """The server over the user's library."""
    settings = Settings.read(**options)
    return build_server(opener(settings), may_write=settings.allow_write)


async def serve(options: dict[str, str | bool]) -> int:
    """Serve over HTTP, as the options and the environment say; the exit status."""
    from mcp_server.transports import http  # noqa: PLC0415 - stdio does without

    settings = HttpSettings.read(**options)
    return await http.serve(build_server(opener(settings), may_write=settings.allow_write), settings)


async def ask(question: str) -> int:
    """Ask the server's tools through an MCP client, and the tools that its answer points to; print the answers."""
    async with Client(server()) as client:
        found = await client.call_tool("search_trends", {"query": question})
        answers = [_text(found)]
        for call in (found.structured_content or {}).get("next_calls", ()):
            if call["tool"] != "get_trend":
                beside = await client.call_tool(call["tool"], call["arguments"])
                answers += [f"— {call['tool']} —\n{_text(beside)}"]
    print("\n\n".join(_each_note_once(answers)), file=sys.stderr if found.is_error else sys.stdout)
    return 1 if found.is_error else 0


async def reindex() -> int:
    """Make the full-text index of the library anew; say on standard error how far it has come."""
    settings = Settings.read()
    if settings.library is None:
        raise StoreError(f"{LIBRARY}=:memory: keeps no index. Name a file, or leave it out for the usual one.")
    async with opener(settings)() as knowledge:
        async for indexed in knowledge.reindex():
            what = "texts are indexed" if indexed.by == "words" else "claims and texts are embedded"
            print(f"{indexed.texts:,} of {indexed.of:,} {what}", file=sys.stderr, flush=True)
    print(f"{settings.library}: its index is made anew.")
    return 0


def _each_note_once(answers: Iterable[str]) -> Iterator[str]:
    """The answers without the notes that one before them has."""
    said: set[str] = set()
    for answer in answers:
        lines = answer.splitlines()
        yield "\n".join(line for line in lines if line not in said)
        said.update(line for line in lines if line.startswith("* "))


def _text(result: CallToolResult) -> str:
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))
