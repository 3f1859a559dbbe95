"""Requests for unknown things, refused with -32602 and a helpful message in both eras."""

from collections.abc import Awaitable, Callable

import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import INTERNAL_ERROR, INVALID_PARAMS

from knowledge.library import SqliteStore
from tests.conftest import Connect, connect_to


async def _error(connect: Connect, request: Callable[[Client], Awaitable[object]]) -> tuple[int, str]:
    async with connect() as client:
        with pytest.raises(MCPError) as refused:
            await request(client)
        assert (await client.list_tools()).tools  # it goes on
    return refused.value.error.code, refused.value.error.message


async def test_an_unknown_tool(connect: Connect) -> None:
    code, sentence = await _error(connect, lambda client: client.call_tool("serch_trends", {"query": "AI"}))
    assert (code, sentence) == (INVALID_PARAMS, "Unknown tool `serch_trends`. Did you mean `search_trends`?")


async def test_a_tool_that_resembles_nothing(connect: Connect) -> None:
    code, sentence = await _error(connect, lambda client: client.call_tool("make_coffee", {}))
    assert (code, sentence[:46]) == (INVALID_PARAMS, "Unknown tool `make_coffee`. Known: search_tren")


async def test_a_very_long_name_is_cut(connect: Connect) -> None:
    _, sentence = await _error(connect, lambda client: client.call_tool("x" * 10_000, {}))
    assert len(sentence) < 300


async def test_an_unknown_prompt(connect: Connect) -> None:
    code, sentence = await _error(connect, lambda client: client.get_prompt("brief_on_trends", {"trend": "ai-bubble"}))
    assert (code, sentence) == (INVALID_PARAMS, "Unknown prompt `brief_on_trends`. Did you mean `brief_on_trend`?")


@pytest.mark.parametrize("arguments", [{}, None, {"trend": ""}, {"language": "ko"}])
async def test_a_missing_argument_of_a_prompt(connect: Connect, arguments: dict[str, str] | None) -> None:
    code, sentence = await _error(connect, lambda client: client.get_prompt("brief_on_trend", arguments))
    assert (code, sentence) == (INVALID_PARAMS, "`trend` is missing: A trend: 소버린 AI, AI bubble ...")


async def test_an_unknown_argument_of_a_prompt(connect: Connect) -> None:
    call = {"topic": "AI", "lang": "ko"}
    code, sentence = await _error(connect, lambda client: client.get_prompt("figures_on", call))
    assert (code, sentence) == (INVALID_PARAMS, "Unknown argument `lang`. Known: topic, language.")


@pytest.mark.parametrize(
    ("prompt", "arguments", "sentence"),
    [
        (
            "brief_on_trend",
            {"trend": "ai bubbel"},
            "There is no trend ‘ai bubbel’ in the knowledge base. Did you mean ‘ai-bubble’?",
        ),
        (
            "brief_on_trend",
            {"trend": "ai-bubble", "language": "fr"},
            "`language` cannot be `fr`: allowed are auto, ko, en.",
        ),
        ("check_text", {"text": "x" * 9_000}, "it may have at most 8000 characters."),
        ("profile", {"entity": "Antropic"}, "‘Antropic’ is not in the knowledge base. Similar names: "),
    ],
)
async def test_a_bad_argument_of_a_prompt(
    connect: Connect, prompt: str, arguments: dict[str, str], sentence: str
) -> None:
    code, message = await _error(connect, lambda client: client.get_prompt(prompt, arguments))
    assert code == INVALID_PARAMS
    assert sentence in message
    assert len(message) < 400


@pytest.mark.parametrize("listing", ["list_tools", "list_prompts", "list_resource_templates"])
async def test_a_cursor_that_was_never_given_out(connect: Connect, listing: str) -> None:
    code, sentence = await _error(connect, lambda client: getattr(client, listing)(cursor="bogus"))
    assert code == INVALID_PARAMS
    assert sentence.endswith("has one page. Leave `cursor` out.")


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_what_breaks_inside_a_prompt_stays_inside(mode: str) -> None:
    class Broken(SqliteStore):
        async def get_lexicon(self) -> object:  # type: ignore[override]
            raise RuntimeError("secret")

    async with Broken(None) as store:
        code, sentence = await _error(
            lambda: connect_to(store, mode), lambda client: client.get_prompt("figures_on", {"topic": "AI"})
        )
    assert code == INTERNAL_ERROR
    assert "secret" not in sentence
