"""Streamable HTTP: who may ask, how often, and how answers look on the wire."""

import json
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server import MCPServer
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, PromptReference

from knowledge.library import SqliteStore
from mcp_server.sdk.http_replies import readable, readable_events
from mcp_server.settings import HttpSettings, version
from mcp_server.transports.http import _listen, build_app
from mcp_server.transports.http_security import SESSIONS_PER_MINUTE
from tests.conftest import connect_to
from tests.mcp_server.transports.serving import URL, Asker, Writer, content, error, result, serving

TWICE = [("mcp-protocol-version", "2025-11-25"), ("mcp-protocol-version", "2026-07-28")]
ERAS = pytest.mark.parametrize("era", ["modern", "legacy"])


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_answers_over_http_are_those_in_memory(packaged: SqliteStore, mode: str) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("search_trends", {"query": "소버린 AI란?"}),
        ("get_trend", {"trend": "ai-bubble"}),
        ("get_country_model_counts", {}),
        ("compare_model_costs", {"models": ["Kimi K2"]}),
        ("read_article", {"article": "korea-large-models", "limit": 2}),
        ("search_trends", {"qurey": "AI"}),
    ]
    server = connect_to(packaged).server
    assert isinstance(server, MCPServer)
    app = build_app(server, HttpSettings(library=None))
    async with connect_to(packaged, mode) as client:
        expected = [await client.call_tool(tool, arguments) for tool, arguments in calls]
    async with (
        server.session_manager.run(),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as http,
        Client(streamable_http_client(f"{URL}/mcp", http_client=http), mode=mode) as client,
    ):
        answers = [await client.call_tool(tool, arguments) for tool, arguments in calls]
    assert answers == expected


REQUESTS: dict[str, Callable[[Client], Awaitable[Any]]] = {
    "tools": lambda client: client.list_tools(),
    "prompts": lambda client: client.list_prompts(),
    "templates": lambda client: client.list_resource_templates(),
    "resources": lambda client: client.list_resources(),
    "prompt": lambda client: client.get_prompt("brief_on_trend", {"trend": "소버린 AI"}),
    "resource": lambda client: client.read_resource("ai-trends://trends/소버린%20AI?language=ko"),
    "completion": lambda client: client.complete(PromptReference(name="profile"), {"name": "entity", "value": "오픈"}),
    "unknown tool": lambda client: client.call_tool("serch_trends", {}),
    "unknown prompt": lambda client: client.get_prompt("breif_on_trend", {}),
    "missing argument": lambda client: client.get_prompt("brief_on_trend", {}),
    "unknown resource": lambda client: client.read_resource("ai-trends://trends/tulips"),
    "unknown cursor": lambda client: client.list_resources(cursor="bogus"),
    "unknown cursor of tools": lambda client: client.list_tools(cursor="bogus"),
    "unknown completion": lambda client: client.complete(PromptReference(name="nope"), {"name": "x", "value": ""}),
}


async def _outcome(client: Client, request: str) -> object:
    try:
        return await REQUESTS[request](client)
    except MCPError as error:
        return error.error.code, error.error.message


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_other_requests_have_the_same_outcome_over_http_as_in_memory(packaged: SqliteStore, mode: str) -> None:
    async with connect_to(packaged, mode) as client:
        expected = {request: await _outcome(client, request) for request in REQUESTS}
    server = connect_to(packaged).server
    assert isinstance(server, MCPServer)
    app = build_app(server, HttpSettings(library=None))
    async with (
        server.session_manager.run(),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as http,
        Client(streamable_http_client(f"{URL}/mcp", http_client=http), mode=mode) as client,
    ):
        assert {request: await _outcome(client, request) for request in REQUESTS} == expected
    refused = {request: outcome for request, outcome in expected.items() if isinstance(outcome, tuple)}
    assert {code for code, _ in refused.values()} == {INVALID_PARAMS}
    assert len(refused) == sum(request.startswith(("unknown", "missing")) for request in REQUESTS)


@ERAS
async def test_korean_is_readable_on_the_wire(packaged: SqliteStore, era: str) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        response = await asker.post(asker.call("search_trends", {"query": "소버린 AI"}))
    assert "소버린" in response.content.decode("utf-8")
    assert b"\\u" not in response.content
    if "content-length" in response.headers:
        assert int(response.headers["content-length"]) == len(response.content)


async def test_health_is_told(packaged: SqliteStore) -> None:
    async with serving(packaged) as http:
        response = await http.get("/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "version": version()})


@pytest.mark.parametrize("path", ["/mcp", "/health", "/elsewhere"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", ""])
async def test_a_foreign_host_is_refused_everywhere(packaged: SqliteStore, path: str, host: str) -> None:
    async with serving(packaged) as http:
        response = await http.post(path, headers={"host": host})
    assert response.status_code == 421
    assert "AI_TRENDS_ALLOWED_HOSTS" in error(response)["message"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
async def test_a_foreign_origin_is_refused(packaged: SqliteStore, origin: str) -> None:
    async with serving(packaged) as http:
        response = await http.get("/health", headers={"origin": origin})
    assert response.status_code == 403
    assert "AI_TRENDS_ALLOWED_ORIGINS" in error(response)["message"]


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:1234", "http://localhost:5173", 200),
        ("[::1]:8000", "https://[::1]", 200),
        ("mcp.example.org", "https://app.example.org", 200),
        ("mcp.example.org:8443", "https://app.example.org:8443", 200),
        ("fixed.example.org:8443", None, 200),
        ("fixed.example.org", None, 421),
        ("fixed.example.org:1", None, 421),
        ("mcp.example.org", "http://app.example.org", 403),
        ("mcp.example.org", "https://mcp.example.org", 403),
    ],
)
async def test_hosts_and_origins_that_are_set_are_let_in_beside_loopbacks(
    packaged: SqliteStore, host: str, origin: str | None, status: int
) -> None:
    allowed: dict[str, Any] = {
        "allowed_hosts": ("mcp.example.org", "fixed.example.org:8443"),
        "allowed_origins": ("https://app.example.org",),
    }
    async with serving(packaged, **allowed) as http:
        response = await http.get("/health", headers={"host": host} | ({"origin": origin} if origin else {}))
    assert response.status_code == status


@ERAS
async def test_a_client_that_asks_too_often_is_told_when_to_ask_again(packaged: SqliteStore, era: str) -> None:
    async with serving(packaged, rate_limit=6) as http:
        asker = Asker(http, era)
        await asker.open()
        responses = [await asker.post(asker.call("search_trends", {})) for _ in range(7)]
    assert responses[0].status_code == 200
    assert responses[-1].status_code == 429
    assert 1 <= int(responses[-1].headers["retry-after"]) <= 10
    assert error(responses[-1])["message"] == (
        f"Too many requests from this address. Ask again in {responses[-1].headers['retry-after']} s."
    )


async def test_refused_hosts_and_health_checks_take_nothing_of_the_allowance(packaged: SqliteStore) -> None:
    async with serving(packaged, rate_limit=1) as http:
        for _ in range(50):
            assert (await http.get("/health")).status_code == 200
            assert (await http.post("/mcp", headers={"host": "evil.example"})).status_code == 421
        await Asker(http, "modern").is_answered()
        assert (await http.post("/mcp")).status_code == 429
        assert (await http.get("/health")).status_code == 200


async def test_one_client_cannot_take_all_sessions_of_the_older_era(packaged: SqliteStore) -> None:
    async with serving(packaged, rate_limit=100_000) as http:
        for _ in range(SESSIONS_PER_MINUTE):
            await http.post("/mcp")
        refused = await http.post("/mcp")
        await Asker(http, "modern").is_answered()
    assert refused.status_code == 429
    assert error(refused)["message"].startswith("Too many new sessions from this address.")


@pytest.mark.parametrize("headers", [[], [("mcp-protocol-version", "2025-11-25")], TWICE])
async def test_no_header_gets_more_sessions(packaged: SqliteStore, headers: list[tuple[str, str]]) -> None:
    async with serving(packaged, rate_limit=100_000) as http:
        statuses = [(await http.post("/mcp", headers=headers)).status_code for _ in range(SESSIONS_PER_MINUTE + 1)]
    assert statuses.count(429) == 1


async def test_a_client_that_opens_too_many_sessions_can_still_use_those_it_has(packaged: SqliteStore) -> None:
    async with serving(packaged, rate_limit=SESSIONS_PER_MINUTE + 20) as http:
        legacy = Asker(http, "legacy")
        await legacy.open()
        for _ in range(3 * SESSIONS_PER_MINUTE):
            await http.post("/mcp")
        await legacy.is_answered()


async def test_one_subscriber_of_ipv6_is_one_client(packaged: SqliteStore) -> None:
    async with serving(packaged, client="2001:db8::1", rate_limit=1) as http:
        assert (await http.put("/mcp")).status_code == 405
        http._transport.client = ("2001:db8::2", 50000)  # type: ignore[attr-defined]
        assert (await http.put("/mcp")).status_code == 429
        http._transport.client = ("2001:db8:0:1::1", 50000)  # type: ignore[attr-defined]
        assert (await http.put("/mcp")).status_code == 405


async def test_a_host_in_capitals_is_the_same(packaged: SqliteStore) -> None:
    async with serving(packaged, allowed_hosts="mcp.example.org") as http:
        for host in ("LOCALHOST:8000", "MCP.example.ORG"):
            assert (await http.get("/health", headers={"host": host})).status_code == 200


async def test_what_opens_no_session_takes_nothing_of_their_allowance(packaged: SqliteStore) -> None:
    async with serving(packaged, rate_limit=100_000) as http:
        for method in ("GET", "PUT", "DELETE", "OPTIONS") * SESSIONS_PER_MINUTE:
            refused = await http.request(method, "/mcp")
            assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
            assert "mcp-session-id" not in refused.headers
        legacy = Asker(http, "legacy")
        await legacy.open()
        await legacy.is_answered()


@pytest.mark.parametrize("origin", ["https://app.example.org", "http://localhost:3000"])
async def test_a_web_page_of_an_allowed_origin_can_ask(packaged: SqliteStore, origin: str) -> None:
    asker = Writer("modern")
    message = asker.call("get_country_model_counts", {})
    wanted = {"origin": origin, "access-control-request-method": "POST"}
    named = ", ".join(asker.headers_of(message))
    async with serving(packaged, allowed_origins="https://app.example.org") as http:
        preflight = await http.options("/mcp", headers=wanted | {"access-control-request-headers": named})
        answer = await http.post("/mcp", json=message, headers=asker.headers_of(message) | {"origin": origin})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == origin
    assert preflight.headers["access-control-allow-headers"] == named
    assert answer.headers["access-control-allow-origin"] == origin
    assert "counts" in result(answer)["structuredContent"]


@pytest.mark.parametrize(
    "origin", ["https://app.example.org.evil.example", "http://localhost.evil.example:3000", "null"]
)
async def test_a_web_page_of_another_origin_cannot(packaged: SqliteStore, origin: str) -> None:
    wanted = {"origin": origin, "access-control-request-method": "POST"}
    async with serving(packaged, allowed_origins="https://app.example.org") as http:
        preflight = await http.options("/mcp", headers=wanted)
        answer = await http.post("/mcp", json={}, headers={"origin": origin})
    assert (preflight.status_code, answer.status_code) == (400, 403)
    assert "access-control-allow-origin" not in {**preflight.headers, **answer.headers}


async def test_no_page_of_this_machine_writes_unless_its_origin_is_set(packaged: SqliteStore) -> None:
    async with serving(packaged, allow_write=True) as http:
        assert (await http.get("/health", headers={"origin": "http://127.0.0.1:8000"})).status_code == 403
        assert (await http.get("/health")).status_code == 200
    async with serving(packaged, allow_write=True, allowed_origins="http://localhost:5173") as http:
        statuses = [
            (await http.get("/health", headers=headers)).status_code
            for headers in ({"origin": "http://localhost:3000"}, {"origin": "http://localhost:5173"}, {})
        ]
        preflight = await http.options(
            "/mcp", headers={"origin": "http://localhost:3000", "access-control-request-method": "POST"}
        )
    assert (statuses, preflight.status_code) == ([403, 200, 200], 400)


@pytest.mark.parametrize("path", ["/", "/elsewhere", "/mcp/x"])
async def test_another_path_is_told_where_the_endpoint_is(packaged: SqliteStore, path: str) -> None:
    async with serving(packaged, path="/mcp") as http:
        response = await http.get(path)
    assert response.status_code == 404
    assert error(response)["message"] == "There is nothing here. The MCP endpoint is /mcp."


async def test_the_path_can_be_set(packaged: SqliteStore) -> None:
    async with serving(packaged, path="/kb") as http:
        asker = Asker(http, "modern")
        message = asker.call("get_country_model_counts", {})
        response = await http.post("/kb", json=message, headers=asker.headers_of(message))
        assert (await asker.post(message)).status_code == 404
    assert not result(response).get("isError")


@given(st.recursive(st.text() | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none(), st.lists))
def test_any_json_stays_the_same_when_it_is_made_readable(value: Any) -> None:
    escaped = json.dumps({"a": value}).encode()
    assert json.loads(readable(escaped)) == {"a": value}


def test_what_utf8_cannot_say_stays_escaped() -> None:
    assert readable(b'{"a":"\\ud800 \\uc18c"}') == b'{"a":"\\ud800 \\uc18c"}'


def test_events_are_readable_and_stay_events() -> None:
    event = b'event: message\r\ndata: {"a":"\\uc18c\\u2028"}\r\n\r\n'
    assert readable_events(event + b": ping\r\n\r\n") == (
        'event: message\r\ndata: {"a":"소\\u2028"}\r\n\r\n: ping\r\n\r\n'.encode()
    )
    assert readable_events(event[:30]) == event[:30]


async def test_an_answer_with_every_line_end_arrives_whole_in_an_event(packaged: SqliteStore) -> None:
    odd = "a\u2028b\u0085c\u2029d"
    async with serving(packaged) as http:
        asker = Asker(http, "legacy")
        await asker.open()
        response = await asker.post(asker.call("get_trend", {"trend": odd}))
    assert len([line for line in response.text.splitlines() if line]) == 2
    assert content(response)["result"]["isError"]


def test_answers_leave_at_once() -> None:
    with _listen("127.0.0.1", 0) as listening:  # else asyncio lets small packets wait, some 40 ms each
        assert listening.proto == socket.IPPROTO_TCP
