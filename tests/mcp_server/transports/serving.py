"""The server over HTTP without a network, and raw requests of both protocol eras."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from mcp_server.server import build_server
from mcp_server.settings import HttpSettings
from mcp_server.transports.http import build_app

URL = "http://127.0.0.1:8000"
_META = "io.modelcontextprotocol/"
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


class Writer:
    """Writes requests of one era as a client would, so that a test can spoil them."""

    def __init__(self, era: str) -> None:
        self.era = era
        self.headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}

    def hello(self) -> dict[str, Any]:
        """The older era's handshake."""
        client = {"name": "test", "version": "1"}
        return self.message("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client})

    def message(self, method: str, params: dict[str, Any], id: Any = 1) -> dict[str, Any]:  # noqa: A002
        if self.era == "modern":
            meta = {f"{_META}protocolVersion": "2026-07-28", f"{_META}clientCapabilities": {}}
            params = {**params, "_meta": meta}
        return {"jsonrpc": "2.0", "id": id, "method": method, "params": params}

    def call(self, tool: str, arguments: Any, id: Any = 1) -> dict[str, Any]:  # noqa: A002
        return self.message("tools/call", {"name": tool, "arguments": arguments}, id)

    def headers_of(self, message: Any) -> dict[str, str]:
        if self.era == "legacy" or not isinstance(message, dict):
            return self.headers
        name = (message.get("params") or {}).get("name")
        routed = {"mcp-protocol-version": "2026-07-28", "mcp-method": message["method"]}
        return {**self.headers, **routed, **({"mcp-name": name} if name else {})}


class Asker(Writer):
    """Sends them."""

    def __init__(self, http: httpx.AsyncClient, era: str) -> None:
        super().__init__(era)
        self.http = http

    async def open(self) -> None:
        """Shake hands, in the older era."""
        if self.era == "modern":
            return
        opened = await self.post(self.hello())
        assert opened.status_code == 200, opened.text
        self.headers |= {"mcp-protocol-version": "2025-11-25", "mcp-session-id": opened.headers["mcp-session-id"]}
        await self.post(INITIALIZED)

    async def post(self, message: Any, **headers: str | None) -> httpx.Response:
        """Send a message, with headers changed or (`None`) left out; underscores stand for hyphens."""
        changed = self.headers_of(message) | {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in changed.items() if value is not None}
        return await self.http.post("/mcp", content=json.dumps(message), headers=sent)

    async def post_raw(self, body: bytes | str) -> httpx.Response:
        """Send these bytes as if they were a tool call."""
        return await self.http.post("/mcp", content=body, headers=self.headers_of(self.call("search_trends", {})))

    async def is_answered(self) -> None:
        """A good question still gets its answer."""
        answer = result(await self.post(self.call("get_country_model_counts", {"countries": "한국"})))
        assert answer["structuredContent"]["counts"][0]["rows"][0]["count"] == 14


def content(response: httpx.Response) -> dict[str, Any]:
    """The JSON-RPC message in a response, from a JSON body or its last event."""
    text = response.text
    if response.headers["content-type"].startswith("text/event-stream"):
        text = [line for line in text.splitlines() if line.startswith("data: {")][-1].removeprefix("data: ")
    message = json.loads(text)
    assert isinstance(message, dict)
    return message


def result(response: httpx.Response) -> dict[str, Any]:
    """The result in a response."""
    found = content(response)["result"]
    assert isinstance(found, dict)
    return found


def error(response: httpx.Response) -> dict[str, Any]:
    """The error in a response."""
    found = content(response)["error"]
    assert isinstance(found, dict)
    return found


@asynccontextmanager
async def serving(store: SqliteStore, client: str = "127.0.0.1", **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A plain HTTP client of the whole app over `store`, in memory; no rate limit unless asked for."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[KnowledgeBase]:
        yield KnowledgeBase(store)

    server = build_server(opened)
    app = build_app(server, HttpSettings(library=None, **{"rate_limit": 0, **settings}))
    async with (
        server.session_manager.run(),
        httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(client, 50000)), base_url=URL) as http,
    ):
        yield http
