"""The server that the conformance suite asks: ours, behind its own HTTP face, with the suite's fixtures beside its tools.

Run it with `python -m tests.conformance.app`; it says on standard error where it listens.
"""

import asyncio
import sys
import warnings
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.prompts.base import Prompt
from mcp.shared.exceptions import MCPDeprecationWarning
from mcp.types import EmptyResult, SetLevelRequestParams, SubscribeRequestParams, UnsubscribeRequestParams

from knowledge import KnowledgeBase, open_knowledge
from mcp_server.server import build_server
from mcp_server.settings import HttpSettings
from mcp_server.transports.http import serve
from tests.conformance import asking, content


def conformance_server() -> MCPServer[KnowledgeBase]:
    """Our server over knowledge in memory, with the fixtures added."""
    server = build_server(lambda: open_knowledge(None))
    for tool in (*content.TOOLS, *asking.TOOLS):
        server.add_tool(tool, structured_output=False)
    server._tool_manager._tools["json_schema_2020_12_tool"].parameters = content.SCHEMA
    for uri, mime_type, resource in content.RESOURCES:
        server.resource(uri, mime_type=mime_type)(resource)
    for prompt in (*content.PROMPTS, asking.test_input_required_result_prompt):
        server.add_prompt(Prompt.from_function(prompt))
    _accept_methods_of_the_old_era(server)
    return server


def _accept_methods_of_the_old_era(server: MCPServer[Any]) -> None:
    """Ours logs nothing to clients and changes nothing to subscribe to; the suite requires both of the old era."""

    async def accept(_: Any, __: Any) -> EmptyResult:
        return EmptyResult()

    old = {
        "logging/setLevel": SetLevelRequestParams,
        "resources/subscribe": SubscribeRequestParams,
        "resources/unsubscribe": UnsubscribeRequestParams,
    }
    for method, params in old.items():
        server._lowlevel_server.add_request_handler(method, params, accept)


if __name__ == "__main__":
    # Without rate limit, or the suite, which opens a session for each scenario, would meet that of new sessions.
    warnings.simplefilter("ignore", MCPDeprecationWarning)  # the suite of the old era wants logs and sampling
    sys.exit(asyncio.run(serve(conformance_server(), HttpSettings(library=None, port=0, rate_limit=0))))
