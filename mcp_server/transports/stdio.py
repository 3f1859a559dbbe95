"""The server on standard input and output."""

from typing import Any

from mcp.server import MCPServer
from mcp.server.stdio import stdio_server

from mcp_server.sdk import MessageReader, MessageWriter


async def serve(server: MCPServer[Any]) -> None:
    """Serve until the input ends or the client is gone."""
    sdk = server._lowlevel_server  # noqa: SLF001 - `MCPServer.run` takes no streams
    try:
        async with stdio_server() as (read, write):
            writer = MessageWriter(write)
            await sdk.run(MessageReader(read, writer), writer, sdk.create_initialization_options())
    except* BrokenPipeError:  # nobody reads the answers any more
        pass
