"""The command `ask`."""

import argparse
import sys
from collections.abc import Iterable, Iterator

from mcp.client import Client
from mcp.types import CallToolResult, TextContent

from mcp_server.cli.serve import server


async def ask(options: argparse.Namespace) -> int:
    """Ask the server's tools through an MCP client, and the tools that its answer points to; print the answers and return the exit status."""
    question = " ".join(options.question).strip()
    if not question:
        print('Ask something: ai-trends-mcp ask "소버린 AI란?"', file=sys.stderr)
        return 2
    async with Client(server()) as client:
        found = await client.call_tool("search_trends", {"query": question})
        answers = [_text(found)]
        for call in (found.structured_content or {}).get("next_calls", ()):
            if call["tool"] != "get_trend":
                beside = await client.call_tool(call["tool"], call["arguments"])
                answers += [f"— {call['tool']} —\n{_text(beside)}"]
    print("\n\n".join(_each_note_once(answers)), file=sys.stderr if found.is_error else sys.stdout)
    return 1 if found.is_error else 0


def _each_note_once(answers: Iterable[str]) -> Iterator[str]:
    """Yield the answers, each without notes that an earlier answer has."""
    printed: set[str] = set()
    for answer in answers:
        lines = answer.splitlines()
        yield "\n".join(line for line in lines if line not in printed)
        printed.update(line for line in lines if line.startswith("* "))


def _text(result: CallToolResult) -> str:
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))
