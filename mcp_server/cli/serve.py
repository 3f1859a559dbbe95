"""The command `serve`, and the stdio server that runs when no command is typed."""

import argparse
import sys
from typing import TYPE_CHECKING

from knowledge import KnowledgeBase
from mcp_server.cli.library import opener
from mcp_server.cli.startup import garbage_collection_paused
from mcp_server.settings import HttpSettings, Settings, option

if TYPE_CHECKING:
    from mcp.server import MCPServer

_ON_A_TERMINAL = """\
ai-trends-mcp speaks the Model Context Protocol on standard input and output: an MCP client starts it, not a person.

  ask it yourself    ai-trends-mcp ask "한국은 초거대 AI 모델을 몇 개 내놓았나?"
  Claude Code        claude mcp add ai-trends -- ai-trends-mcp
  other clients      {"mcpServers": {"ai-trends": {"command": "ai-trends-mcp"}}}
  all commands       ai-trends-mcp --help
"""


def server(**options: bool | None) -> "MCPServer[KnowledgeBase]":
    """Return the server over the user's library."""
    return _server(Settings.read(**options))


def _server(settings: Settings) -> "MCPServer[KnowledgeBase]":
    from mcp_server.server import build_server  # noqa: PLC0415 - who only reads how to use the server need not wait

    return build_server(opener(settings), may_write=settings.allow_write)


async def serve_stdio(options: argparse.Namespace) -> int:
    """Serve on standard input and output until the input ends; on a terminal, print how to use the server instead."""
    if sys.stdin is None or sys.stdin.isatty():
        print(_ON_A_TERMINAL, end="")
        return 0
    with garbage_collection_paused():
        from mcp_server.transports import stdio  # noqa: PLC0415

        stdio_server = server(allow_write=options.allow_write)
    await stdio.serve(stdio_server)
    return 0


async def serve(options: argparse.Namespace) -> int:
    """Serve over HTTP with `--http`, else on standard input and output; return the exit status."""
    given = {name: value for name, value in vars(options).items() if name not in {"run", "http"} and value is not None}
    if options.http:
        from mcp_server.transports import http  # noqa: PLC0415 - stdio does without

        settings = HttpSettings.read(**given)
        return await http.serve(_server(settings), settings)
    if given.keys() - {"allow_write"}:
        names = ", ".join(option(name) for name in given if name != "allow_write")
        print(f"{names}: only over HTTP. Add --http.", file=sys.stderr)
        return 2
    return await serve_stdio(options)
