"""What the commands do."""

import sys
from collections.abc import Iterable
from pathlib import Path

from mcp.client import Client
from mcp.server import MCPServer
from mcp.types import CallToolResult, TextContent

from knowledge import KnowledgeBase, StoreError, open_knowledge
from mcp_server.server import build_server
from mcp_server.settings import Settings


def server() -> MCPServer[KnowledgeBase]:
    """The server over the user's library."""
    settings = Settings.read()
    return build_server(lambda: open_knowledge(settings.library))


async def ask(question: str) -> int:
    """Ask the server's tools through an MCP client, and the tools that its answer points to; print the answers."""
    async with Client(server()) as client:
        found = await client.call_tool("search_trends", {"query": question})
        print(_text(found))
        if found.is_error:
            return 1
        for call in (found.structured_content or {}).get("next_calls", ()):
            if call["tool"] == "get_trend":
                continue
            print(f"\n— {call['tool']} —")
            print(_text(await client.call_tool(call["tool"], call["arguments"])))
    return 0


async def add(files: Iterable[Path]) -> int:
    """Take the texts in files into the library, each by itself; print what became of them."""
    failed = 0
    async with open_knowledge(Settings.read().library) as knowledge:
        for file in files:
            try:
                added = await knowledge.add_text(_read(file))
            except StoreError as error:
                failed += 1
                print(f"{file}: {error}", file=sys.stderr)
                continue
            name = added.article.title or added.article.about.ko
            if added.known:
                print(f"{file}: {added.article.id} — {name}: {added.claims} claims now show their quotes.", end="")
                print(f" {added.missing} do not: this copy lacks their words." if added.missing else "")
            else:
                print(f"{file}: {added.article.id} — {name}: its passages can be searched; it has no claims.")
    return 1 if failed else 0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise StoreError("is not UTF-8 text. Save it as UTF-8 and add it again.") from error
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}.") from error


def _text(result: CallToolResult) -> str:
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))
