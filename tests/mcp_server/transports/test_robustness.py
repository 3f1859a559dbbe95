"""Malformed messages over HTTP and pipes: an error without internals, and a server that goes on answering."""

import json
from typing import Any

import pytest

from knowledge.library import SqliteStore
from tests.mcp_server.transports.serving import Asker, Writer, content, error, result, serving

PARSE_ERROR, INVALID_REQUEST, HEADER_MISMATCH = -32700, -32600, -32020
DEEP = "[" * 10_000 + "]" * 10_000
ERAS = pytest.mark.parametrize("era", ["modern", "legacy"])


def keeps_to_itself(answer: str) -> bool:
    return not [
        word for word in ("Traceback", "pydantic", "site-packages", ".py", "validation error") if word in answer
    ]


def spoiled(asker: Writer, arguments: str) -> str:
    """A call of `search_trends` with these arguments as they stand."""
    return json.dumps(asker.call("search_trends", "@")).replace('"@"', arguments)


NO_JSON: dict[str, bytes | str] = {
    "half a message": b'{"jsonrpc":',
    "nothing": b"",
    "bytes that are not UTF-8": b'{"jsonrpc":"2.0","id":1,"method":"\xff\xfe"}',
    "zeros": b"\x00\x00",
    "10,000 brackets": DEEP,
    "10,000 objects": '{"a":' * 10_000 + "1" + "}" * 10_000,
}


@ERAS
@pytest.mark.parametrize("body", NO_JSON.values(), ids=NO_JSON)
async def test_what_is_no_json_is_a_parse_error(packaged: SqliteStore, era: str, body: bytes | str) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        response = await asker.post_raw(body)
        await asker.is_answered()
    assert (response.status_code, error(response)["code"], content(response)["id"]) == (400, PARSE_ERROR, None)
    assert keeps_to_itself(response.text)


@ERAS
@pytest.mark.parametrize(
    "body", ["[]", "null", "5", '"text"', '{"jsonrpc":"2.0","id":1}', '{"id":1,"method":"tools/list"}']
)
async def test_what_is_no_message_is_an_invalid_request(packaged: SqliteStore, era: str, body: str) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        response = await asker.post_raw(body)
        await asker.is_answered()
    assert (response.status_code, error(response)["code"]) == (400, INVALID_REQUEST)
    assert keeps_to_itself(response.text)


@ERAS
async def test_a_batch_is_refused_in_a_sentence(packaged: SqliteStore, era: str) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        message = asker.call("search_trends", {})
        response = await asker.post_raw(json.dumps([message, message]))
        await asker.is_answered()
    assert (response.status_code, error(response)["code"]) == (400, INVALID_REQUEST)
    assert keeps_to_itself(response.text)
    assert len(error(response)["message"]) < 100


ODD_ARGUMENTS = {
    "nesting": '{"limit": %s}' % ("[" * 100 + "]" * 100),
    "10,000 levels": f'{{"limit": {DEEP}}}',
    "400 digits": '{"limit": %s}' % ("9" * 400),
    "5,000 digits": '{"limit": %s}' % ("9" * 5000),
    "no number": '{"limit": NaN}',
    "infinity": '{"limit": 1e999}',
    "a list": "[1]",
    "half of a surrogate pair": r'{"query": "\ud800 AI"}',
    "half of a surrogate pair as a name": r'{"trends": ["\udc00"]}',
    "half of a surrogate pair as a key": r'{"\ud800": 1}',
}


@ERAS
@pytest.mark.parametrize("arguments", ODD_ARGUMENTS.values(), ids=ODD_ARGUMENTS)
async def test_odd_arguments_are_refused(packaged: SqliteStore, era: str, arguments: str) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        response = await asker.post_raw(spoiled(asker, arguments))
        await asker.is_answered()
    answer = content(response)
    assert "error" in answer or answer["result"]["isError"]
    assert len(response.content) < 2000
    assert keeps_to_itself(response.text)


@ERAS
@pytest.mark.parametrize(
    "query", ["a\x00b", "\x00", "\u2028\u2029", "\ufeff", "\U0001f600" * 100, "\u202eAI", '"\\\n\r\t', "AI'); DROP"]
)
async def test_odd_characters_are_answered(packaged: SqliteStore, era: str, query: str) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        response = await asker.post(asker.call("search_trends", {"query": query, "limit": 1}))
        await asker.is_answered()
    assert not result(response).get("isError")


@ERAS
@pytest.mark.parametrize("id", ["x" * 10_000, 10**300, -1, 0, "", "한국"])
async def test_any_id_comes_back(packaged: SqliteStore, era: str, id: Any) -> None:  # noqa: A002
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        response = await asker.post(asker.call("search_trends", {"limit": 1}, id))
    assert content(response)["id"] == id


@ERAS
async def test_two_requests_with_one_id_are_both_answered(packaged: SqliteStore, era: str) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        for _ in range(2):
            await asker.is_answered()


@ERAS
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": None}, 400),
        ({"content_type": "text/plain"}, 400),
        ({"accept": None}, None),
        ({"accept": "text/html"}, 406),
        ({"accept": "application/json"}, 406),
        ({"mcp_protocol_version": "1999-01-01"}, 400),
        ({"mcp_protocol_version": "2026-07-28; x"}, 400),
        ({"mcp_session_id": "unknown"}, None),
    ],
)
async def test_wrong_headers_are_refused_with_a_reason(
    packaged: SqliteStore, era: str, headers: dict[str, str | None], status: int | None
) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, era)
        await asker.open()
        response = await asker.post(asker.call("search_trends", {"limit": 1}), **headers)
        await asker.is_answered()
    if status:
        assert response.status_code == status
    if response.status_code != 200:
        assert error(response)["message"]
    assert keeps_to_itself(response.text)


@pytest.mark.parametrize("header", ["mcp_method", "mcp_name"])
@pytest.mark.parametrize("value", [None, "", "tools/list", "get_trend", "=?base64?!!?="])
async def test_headers_that_differ_from_the_message_are_refused(
    packaged: SqliteStore, header: str, value: str | None
) -> None:
    async with serving(packaged) as http:
        asker = Asker(http, "modern")
        response = await asker.post(asker.call("search_trends", {}), **{header: value})
        await asker.is_answered()
    assert (response.status_code, error(response)["code"]) == (400, HEADER_MISMATCH)


@ERAS
async def test_a_body_that_is_too_large_is_refused(packaged: SqliteStore, era: str) -> None:
    async with serving(packaged, max_body=2000) as http:
        asker = Asker(http, era)
        await asker.open()
        response = await asker.post(asker.call("search_trends", {"query": "x" * 2000}))
        await asker.is_answered()
    assert response.status_code == 413
    assert error(response)["message"] == "The body is larger than 2000 bytes."


@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "DELETE", "HEAD", "TRACE"])
async def test_other_methods_are_refused(packaged: SqliteStore, method: str) -> None:
    async with serving(packaged) as http:
        response = await http.request(method, "/mcp")
        modern = await http.request(method, "/mcp", headers={"mcp-protocol-version": "2026-07-28"})
        await Asker(http, "modern").is_answered()
    assert response.status_code in {400, 405, 406}
    assert modern.status_code == 405
