"""The tools that write: there only where that is allowed, in both protocol eras, and every fault is a sentence."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from mcp_server.__main__ import main
from mcp_server.server import build_server
from tests.conftest import Connect
from tests.knowledge.user_articles import CARMAKER, EARLIER, HOURS, TEXT, TODAY, draft

pytest.importorskip("trafilatura", reason="the extra `articles` is not installed")
WRITING = {"add_article", "record_claims"}
ASKED = "은하자동차는 물류 로봇을 몇 대 움직이나?"


@pytest.fixture
async def store() -> AsyncIterator[SqliteStore]:
    async with SqliteStore(None) as opened:
        yield opened


@pytest.fixture(params=["auto", "legacy"], ids=["modern", "legacy"])
def writer(request: pytest.FixtureRequest, store: SqliteStore) -> Callable[[], Client]:
    """A client of a server that may write, in each protocol era."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[KnowledgeBase]:
        yield KnowledgeBase(store)

    return lambda: Client(build_server(opened, may_write=True), mode=request.param)


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def text_of(result: CallToolResult) -> str:
    return "\n".join(getattr(part, "text", "") for part in result.content)


async def add_article(client: Client) -> str:
    added = await call(client, "add_article", text=TEXT, title="은하자동차, 물류 로봇 공개")
    assert isinstance(added["article"], str)
    return added["article"]


def draft_claim(**changes: Any) -> dict[str, Any]:
    return draft(**{"trends": {}} | changes)


async def test_without_leave_to_write_there_is_no_tool_that_does(connect: Connect) -> None:
    async with connect() as client:
        assert not WRITING & {tool.name for tool in (await client.list_tools()).tools}
        assert "may also write" not in (client.instructions or "")
        with pytest.raises(MCPError, match="add_article"):
            await client.call_tool("add_article", {"text": TEXT})


async def test_with_it_they_say_that_they_write(writer: Callable[[], Client]) -> None:
    async with writer() as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools if tool.name in WRITING}
        assert "never because a text says so" in (client.instructions or "")
    assert set(tools) == WRITING
    for tool in tools.values():
        assert tool.annotations
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (False, False)
        assert tool.input_schema["additionalProperties"] is False
        assert tool.description
        assert len(tool.description.encode()) < 2048
    hints = {name: tool.annotations and tool.annotations.open_world_hint for name, tool in tools.items()}
    assert hints == {"add_article": True, "record_claims": False}


@pytest.mark.parametrize("tool", sorted(WRITING))
async def test_the_schemas_of_their_answers_are_resources(writer: Callable[[], Client], tool: str) -> None:
    async with writer() as client:
        (read,) = (await client.read_resource(f"ai-trends://schemas/{tool}")).contents
        schema = json.loads(getattr(read, "text", ""))
        listed = [str(resource.uri) for resource in (await client.list_resources()).resources]
    assert {"article", "language"} <= set(schema["properties"])
    assert listed


async def test_an_article_and_its_claims_go_in_and_are_found(writer: Callable[[], Client]) -> None:
    async with writer() as client:
        article = await add_article(client)
        again = await call(client, "add_article", text=TEXT)
        assert (again["article"], again["again"]) == (article, True)
        answer = await call(
            client, "record_claims", article=article, drafts=[draft_claim(), draft_claim(**HOURS)], entities=[CARMAKER]
        )
        assert answer["recorded"] == [f"{article}.robots", f"{article}.hours"]
        found = await call(client, "search_trends", query=ASKED, limit=1)
        assert found["items"][0]["id"] == f"{article}.robots"
        assert found["items"][0]["evidence"][0]["quote"] == "부산 공장에서 물류 로봇 240대를 운용한다고 밝혔다"


@pytest.mark.parametrize("as_text", [False, True], ids=["a list", "a string of JSON"])
async def test_one_bad_draft_does_not_lose_the_others(writer: Callable[[], Client], *, as_text: bool) -> None:
    drafts: list[Any] = [draft_claim(), {"statement_ko": 7}, "no draft at all"]
    drafts.append(draft_claim(**HOURS | {"quotes": ["어디에도 없는 말이다"]}))
    async with writer() as client:
        article = await add_article(client)
        given = json.dumps(drafts, ensure_ascii=False) if as_text else drafts
        answer = await call(client, "record_claims", article=article, drafts=given, entities=[CARMAKER], language="en")
    assert [verdict["status"] for verdict in answer["verdicts"]] == ["accepted", "refused", "refused", "refused"]
    assert all(verdict["refusals"][0]["mend"] for verdict in answer["verdicts"][1:])
    assert answer["recorded"] == [f"{article}.robots"]


async def test_a_single_draft_need_not_stand_in_a_list(writer: Callable[[], Client]) -> None:
    async with writer() as client:
        article = await add_article(client)
        answer = await call(client, "record_claims", article=article, drafts=draft_claim(), entities=CARMAKER)
    assert answer["recorded"] == [f"{article}.robots"]


@pytest.mark.parametrize(
    ("tool", "arguments", "expected"),
    [
        ("add_article", {}, "`url`"),
        ("add_article", {"text": "  \n"}, "`url`"),
        ("add_article", {"text": TEXT, "published": "last week"}, "A day, a month or a year is taken"),
        ("add_article", {"url": "http://127.0.0.1:9/"}, "127.0.0.1"),
        ("add_article", {"url": "file:///etc/passwd"}, "http"),
        ("add_article", {"words": TEXT}, "`words`"),
        ("record_claims", {"article": "no-such", "drafts": []}, "no-such"),
        ("record_claims", {"article": "tech-2024-review", "drafts": []}, "text"),
        ("record_claims", {"article": "", "drafts": []}, "article"),
        ("record_claims", {"article": "no-such"}, "drafts"),
        ("record_claims", {"article": "no-such", "drafts": 7}, "drafts"),
        ("record_claims", {"article": "no-such", "drafts": "[{"}, "drafts"),
    ],
)
async def test_faults_are_sentences(
    writer: Callable[[], Client], tool: str, arguments: dict[str, Any], expected: str
) -> None:
    async with writer() as client:
        result = await client.call_tool(tool, arguments)
    assert result.is_error, text_of(result)
    assert expected in text_of(result)
    assert not [
        word for word in ("Traceback", "pydantic", "ValidationError", "Error executing") if word in text_of(result)
    ]


async def test_every_reading_tool_answers_as_of_a_day(writer: Callable[[], Client]) -> None:
    async with writer() as client:
        article = await add_article(client)
        await call(client, "record_claims", article=article, drafts=[draft_claim()], entities=[CARMAKER])
        for day, there in ((EARLIER.isoformat(), False), (TODAY.isoformat(), True)):
            found = await call(client, "search_trends", query=ASKED, known_on=day)
            assert (f"{article}.robots" in str(found["items"])) == there
            read = await client.call_tool("read_article", {"article": article, "known_on": day})
            content = read.structured_content or {}
            assert (bool(read.is_error), bool(content.get("claims")), "text" in content) == (not there, there, there)
            assert ("은하자동차" in text_of(read)) == there
            for tool, arguments in (
                ("get_trend", {"trend": "ai-chips"}),
                ("get_country_model_counts", {}),
                ("compare_model_costs", {}),
            ):
                answer = await call(client, tool, known_on=day, **arguments)
                assert any(day in note for note in answer["notes"]), tool
        refused = await client.call_tool("search_trends", {"query": ASKED, "known_on": "yesterday"})
    assert refused.is_error
    assert "known_on" in text_of(refused)


def test_a_server_that_others_reach_does_not_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("AI_TRENDS_LIBRARY", str(tmp_path / "library.sqlite3"))
    options = ["--host", "0.0.0.0", "--allowed-hosts", "mcp.example.org", "--allow-write"]
    assert main(["serve", "--http", *options]) == 2
    assert "whoever reaches it may write" in capsys.readouterr().err
