"""The yardstick: a bare server of the SDK with one tool that does nothing. `http` serves it over HTTP instead of stdio."""

import logging
import socket
import sys

from mcp.server import MCPServer

TOOL = "nothing"


async def nothing() -> str:
    """Do nothing."""
    return ""


def build() -> MCPServer:
    """The server."""
    server = MCPServer("bare", log_level="WARNING")
    server.add_tool(nothing)
    return server


def _serve_http() -> None:
    """Serve under uvicorn as our server is, on a free port; say where on standard error."""
    import uvicorn  # noqa: PLC0415 - stdio does without

    # With the protocol named, asyncio sends each piece of an answer at once.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        print(f"http://127.0.0.1:{listening.getsockname()[1]}/mcp", file=sys.stderr, flush=True)
        app = build().streamable_http_app()
        config = uvicorn.Config(app, http="h11", ws="none", log_level=logging.WARNING, access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    _serve_http() if "http" in sys.argv else build().run("stdio")
