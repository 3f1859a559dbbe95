"""Bad input gets a sentence that says what was wrong, what is allowed, what to try."""

from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import PromptReference

from knowledge.library import SqliteStore
from knowledge.queries import pagination
from knowledge.store.store import Question, SearchResult
from tests.conftest import Connect, ask, ask_text, connect_to


async def _refused(client: Client, tool: str, arguments: dict[str, Any]) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return "\n".join(getattr(part, "text", "") for part in result.content)


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("search_trends", {"qurey": "AI"}, "Unknown argument `qurey`. Did you mean `query`?"),
        (
            "search_trends",
            {"query": "AI", "zzz": 1},
            "Unknown argument `zzz`. Known: query, queries, trends, entities,",
        ),
        (
            "search_trends",
            {"query": "AI", "limit": 0},
            "`limit` cannot be `0`: it must be 1 or more.",
        ),
        (
            "search_trends",
            {"query": "AI", "kinds": ["rumour"]},
            "`kinds` cannot be `rumour`: allowed are figure, fact, forecast,",
        ),
        (
            "search_trends",
            {"query": "AI", "kinds": ["opinions"]},
            "`kinds` cannot be `opinions`: allowed are figure, fact, forecast, opinion, hypothesis, definition; did you mean `opinion`?",
        ),
        ("search_trends", {"query": "AI", "limit": "five"}, "`limit` cannot be `five`: it must be a whole number."),
        ("search_trends", {"query": "AI", "limit": 10**9}, "`limit` cannot be `1000000000`: it must be 50 or less."),
        ("search_trends", {"query": {"a": 1}}, '`query` cannot be `{"a": 1}`: it must be text.'),
        ("search_trends", {"trends": [""]}, "`trends` cannot be ``: it may not be empty."),
        ("search_trends", {"trends": ["x"] * 11}, "it may have at most 10 items."),
        (
            "read_article",
            {"article": "ai-2026-outlook", "claim": "x.y"},
            "Unknown argument `claim`. Known: article, around,",
        ),
        ("get_trend", {}, "`trend` is missing: Id or name of a trend"),
        (
            "search_trends",
            {"query": "AI", "since": "last year"},
            "`since`: 'last year' is not a date: write 2024, 2024-05,",
        ),
        (
            "search_trends",
            {"since": "2025", "until": "2024"},
            "`since` (2025) is later than `until` (2024): swap them.",
        ),
        ("search_trends", {"query": "AI", "cursor": "nonsense"}, "`cursor` does not belong to this call."),
        (
            "search_trends",
            {"query": "AI", "trends": ["tulips"]},
            "There is no trend ‘tulips’ in the knowledge base. Available: ",
        ),
        (
            "search_trends",
            {"query": "AI", "entities": ["Antropic"]},
            "‘Antropic’ is not in the knowledge base. Similar names: ",
        ),
        (
            "get_trend",
            {"trend": "ai bubbel"},
            "There is no trend ‘ai bubbel’ in the knowledge base. Did you mean ‘ai-bubble’?",
        ),
        (
            "read_article",
            {"article": "china-ai-value", "around": "korea-large-models.count-china"},
            "The claim ‘korea-large-models.count-china’ belongs to another article: ask with `article` `korea-large-models`.",
        ),
        ("get_trend", {"trend": "김치"}, "동향 ‘김치’는 지식베이스에 없습니다. 사용할 수 있는 값: "),
        (
            "read_article",
            {"article": "ai-2026-outlook", "around": "x.y", "language": "en"},
            "There is no claim ‘x.y’ in the knowledge base.",
        ),
        (
            "read_article",
            {"article": "nowhere", "language": "en"},
            "There is no article ‘nowhere’ in the knowledge base. Available: ",
        ),
    ],
)
async def test_a_bad_call_is_answered_with_what_to_do(
    connect: Connect, tool: str, arguments: dict[str, Any], sentence: str
) -> None:
    async with connect() as client:
        answer = await _refused(client, tool, arguments)
    assert sentence in answer
    assert "Traceback" not in answer
    assert "pydantic" not in answer


async def test_a_long_bad_value_is_cut(connect: Connect) -> None:
    answer = await ask_text(connect, "search_trends", query="x" * 5000)
    assert len(answer) < 300
    assert "at most 400 characters" in answer


async def test_a_cursor_of_another_question_is_refused(connect: Connect) -> None:
    first = await ask(connect, "search_trends", query="AI", limit=1)
    answer = await ask_text(connect, "search_trends", query="에이전트", limit=1, cursor=first["cursor"])
    assert "`cursor`가 이 호출에 맞는 값이 아닙니다." in answer


async def test_a_cursor_past_the_end_is_refused(connect: Connect) -> None:
    beyond = pagination.write_cursor(1_000, "article", "ai-2026-outlook", "", "brief") or ""
    answer = await ask_text(connect, "read_article", article="ai-2026-outlook", cursor=beyond)
    assert "`cursor` does not belong to this call." in answer
    beyond = pagination.write_cursor(1_000, "costs", [], [], "brief") or ""
    assert "`cursor` does not belong" in await ask_text(connect, "compare_model_costs", cursor=beyond)


async def test_null_for_an_argument_is_as_good_as_leaving_it_out(connect: Connect) -> None:
    without = await ask(connect, "search_trends", query="소버린 AI")
    assert without == await ask(connect, "search_trends", query="소버린 AI", since=None, trends=None, cursor=None)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_library_that_cannot_be_used_is_said_without_where_it_is(tmp_path: Path, mode: str) -> None:
    file = tmp_path / "library.sqlite3"
    file.write_text("no database " * 100, encoding="utf-8")
    async with SqliteStore(file) as store, connect_to(store, mode) as client:
        messages = [await _refused(client, "search_trends", {"query": "AI"})]
        for request in (
            client.read_resource("ai-trends://catalogue"),
            client.get_prompt("profile", {"entity": "OpenAI"}),
            client.list_resources(),
            client.complete(PromptReference(name="profile"), {"name": "entity", "value": "오픈"}),
        ):
            with pytest.raises(MCPError) as refused:
                await request
            messages.append(refused.value.error.message)
    assert all(sentence.startswith("The library cannot be used: file is not a database.") for sentence in messages), (
        messages
    )
    assert str(tmp_path) not in "".join(messages)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_what_breaks_inside_stays_inside(mode: str) -> None:
    class Broken(SqliteStore):
        async def search(self, question: Question) -> SearchResult:
            raise RuntimeError(f"secret {question}")

    async with Broken(None) as store, connect_to(store, mode) as client:
        result = await client.call_tool("search_trends", {"query": "AI"})
    assert result.is_error
    assert "secret" not in str(result)


async def test_a_single_name_is_taken_for_a_list_of_one(connect: Connect) -> None:
    kinds = await ask(connect, "search_trends", kinds="figure", limit=1)
    assert kinds["items"][0]["kind"] == "figure"
    answer = await ask(connect, "get_country_model_counts", countries="한국")
    assert answer == await ask(connect, "get_country_model_counts", countries=["한국"])
