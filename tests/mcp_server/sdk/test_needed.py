"""The SDK behaves as each file of mcp_server/sdk says: where a test here fails, what the file adds for it can go."""

import asyncio
import contextlib
import inspect
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable

import httpx
import pytest
from mcp.client import Client
from mcp.server import MCPServer
from mcp.shared.exceptions import MCPError
from mcp.types import INTERNAL_ERROR, CallToolResult, TextContent

SCRIPT = """\
import asyncio
from mcp.server import MCPServer
server = MCPServer("bare")
@server.tool()
async def slow() -> str:
    await asyncio.sleep(0.3)
    return "done"
server.run()
"""
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
MODES = pytest.mark.parametrize("mode", ["auto", "legacy"])


def bare() -> MCPServer:
    server = MCPServer("bare")

    @server.tool()
    def echo(text: str = "") -> str:
        return text

    @server.prompt()
    def hello(name: str) -> str:
        return name

    return server


async def _called(mode: str, name: str, arguments: dict[str, object]) -> CallToolResult:
    async with Client(bare(), mode=mode) as client:
        result = await client.call_tool(name, arguments)
    assert isinstance(result, CallToolResult)
    return result


def _text(result: CallToolResult) -> str:
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


@MODES
async def test_request_validation_an_unknown_tool_is_a_tool_error(mode: str) -> None:
    assert (await _called(mode, "nope", {})).is_error


@MODES
async def test_request_validation_any_cursor_is_the_first_page(mode: str) -> None:
    async with Client(bare(), mode=mode) as client:
        assert (await client.list_tools(cursor="bogus")).tools


@MODES
@pytest.mark.parametrize(
    "request_prompt",
    [
        lambda client: client.get_prompt("nope"),
        lambda client: client.get_prompt("hello", {}),
        lambda client: client.get_prompt("hello", {"name": "a", "surname": "b"}),
    ],
)
async def test_request_validation_refusals_of_prompts_have_other_codes(
    mode: str, request_prompt: Callable[[Client], Awaitable[object]]
) -> None:
    async with Client(bare(), mode=mode) as client:
        with pytest.raises(MCPError) as refused:
            await request_prompt(client)
    assert refused.value.error.code == (INTERNAL_ERROR if mode == "auto" else 0)


@MODES
async def test_request_validation_unknown_arguments_are_dropped(mode: str) -> None:
    assert not (await _called(mode, "echo", {"txt": "a"})).is_error


@MODES
@pytest.mark.parametrize("value", [1, None])
async def test_request_validation_bad_arguments_come_back_as_a_dump(mode: str, value: object) -> None:
    assert "validation error for echoArguments" in _text(await _called(mode, "echo", {"text": value}))


def test_request_validation_nothing_lists_resources_on_request() -> None:
    assert "cursor" not in inspect.signature(MCPServer.list_resources).parameters


async def test_request_validation_completions_have_no_context() -> None:
    arguments: list[object] = []
    server = bare()

    async def complete(*given: object) -> None:
        arguments.extend(given)

    server.completion()(complete)  # type: ignore[no-untyped-call]
    async with Client(server) as client:
        await client.complete({"type": "ref/prompt", "name": "hello"}, {"name": "name", "value": ""})  # type: ignore[arg-type]
    assert len(arguments) == 3


async def test_http_replies_korean_is_escaped() -> None:
    app = bare().streamable_http_app(json_response=True, stateless_http=True)
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    params = {"name": "echo", "arguments": {"text": "한국"}, "_meta": meta}
    headers = {
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": "tools/call",
        "mcp-name": "echo",
    }
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app)
        http = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000"))
        request = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        response = await http.post("/mcp", json=request, headers=headers)
        refused = await http.post("/mcp", content="[]", headers=headers | {"content-type": "text/plain"})
    assert "\\ud55c\\uad6d" in response.text
    assert not refused.headers.get("content-type", "").startswith("application/json")


def _over_stdio(*lines: object) -> list[dict[str, object]]:
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO}
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    sent = "".join(json.dumps(line) + "\n" for line in (hello, ready, *lines))
    done = subprocess.run([sys.executable, "-c", SCRIPT], input=sent, capture_output=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


async def test_stdio_streams_lines_that_are_no_messages_get_no_answer() -> None:
    assert len(await asyncio.to_thread(_over_stdio, [], "text")) == 1


async def test_stdio_streams_running_requests_are_cut_off_at_the_end() -> None:
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "slow", "arguments": {}}}
    answers = await asyncio.to_thread(_over_stdio, call)
    assert [answer for answer in answers if answer["id"] == 2 and "result" in answer] == []
