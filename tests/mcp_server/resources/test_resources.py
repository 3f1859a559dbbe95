"""Every record can be read by its address, every address is listed or described, and a wrong one gets a sentence."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, ResourceLink, TextResourceContents

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from knowledge.model.records import Language
from knowledge.queries.answers import Answer
from knowledge.queries.pagination import ANSWER_TOKENS, BYTES_PER_TOKEN
from mcp_server.rendering.labels import label
from mcp_server.rendering.links import links
from mcp_server.rendering.text import render
from mcp_server.resources.listing import list_resources
from mcp_server.sdk.request_validation import RESOURCES_PER_PAGE
from tests.conftest import Connect, ask, connect_to
from tests.knowledge.samples import ARTICLE, folder
from tests.mcp_server.rendering.test_text import CALLS, _leaves, in_text

CLAIM = "korea-large-models.count-south-korea"
TABLES = ("counts", "costs")


async def _read(connect: Connect, uri: str) -> str:
    async with connect() as client:
        (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents)
    assert content.uri == uri
    return content.text


async def _refusal(connect: Connect, uri: str) -> str:
    async with connect() as client:
        with pytest.raises(MCPError) as refused:
            await client.read_resource(uri)
    assert refused.value.code == INVALID_PARAMS
    return refused.value.message


async def test_the_templates_tell_what_they_are(connect: Connect) -> None:
    async with connect() as client:
        templates = (await client.list_resource_templates()).resource_templates
    assert [(template.uri_template, template.mime_type) for template in templates] == [
        ("ai-trends://catalogue{?language}", "text/plain"),
        ("ai-trends://articles/{article}{?language}", "text/plain"),
        ("ai-trends://claims/{claim}{?language}", "text/plain"),
        ("ai-trends://trends/{trend}{?language}", "text/plain"),
        ("ai-trends://entities/{entity}{?language}", "text/plain"),
        ("ai-trends://{table}.csv", "text/csv"),
        ("ai-trends://{table}.json", "application/json"),
        ("ai-trends://schemas/{tool}", "application/json"),
    ]
    for template in templates:
        assert template.title
        assert template.description
        assert template.annotations
        assert template.annotations.audience == ["user", "assistant"]
        assert template.annotations.priority is not None


async def test_the_pages_of_the_list_make_up_the_whole(connect: Connect, knowledge: KnowledgeBase) -> None:
    async with connect() as client:
        first = await client.list_resources()
        second = await client.list_resources(cursor=first.next_cursor)
        again = await client.list_resources()
    assert len(first.resources) == RESOURCES_PER_PAGE
    assert second.next_cursor is None
    resources = [*first.resources, *second.resources]
    assert resources == await list_resources(knowledge)
    assert len({resource.uri for resource in resources}) == len(resources) == 10 + 5 + 26 + 148
    assert again == first


async def test_every_listed_resource_tells_what_it_is(knowledge: KnowledgeBase) -> None:
    resources = {list_resource.name: list_resource for list_resource in await list_resources(knowledge)}
    assert list(resources)[:11] == [
        "catalogue",
        *(f"{table}.{ending}" for table in TABLES for ending in ("csv", "json")),
        *(f"schemas/{tool}" for tool in ("search_trends", "get_trend", "get_country_model_counts")),
        *(f"schemas/{tool}" for tool in ("compare_model_costs", "read_article")),
        "articles/ai-2026-outlook",
    ]
    trend = resources["trends/sovereign-ai"]
    assert (trend.title, trend.description) == ("소버린 AI(AI 주권) · Sovereign AI", "Trend with 14 claims.")
    assert resources["entities/openai"].title == "오픈AI · OpenAI"
    for name, resource in resources.items():
        assert resource.title
        assert resource.description
        assert resource.mime_type
        assert resource.annotations
        changed = None if name.startswith("schemas/") else "2026-11-22T00:00:00Z"
        assert resource.annotations.last_modified == changed, name


async def test_a_resource_says_when_it_changed(tmp_path: Path) -> None:
    data = folder(tmp_path, ARTICLE.replace("length =", 'curated = "2025-03-01"\nlength ='))
    async with SqliteStore(None, data) as store:
        changed = {
            list_resource.name: list_resource.annotations and list_resource.annotations.last_modified
            for list_resource in await list_resources(KnowledgeBase(store))
        }
    day = "2025-03-01T00:00:00Z"
    assert changed["catalogue"] == changed["articles/moonlight"] == changed["trends/translation"] == day


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_every_listed_resource_can_be_read_within_bounds(packaged: SqliteStore, mode: str) -> None:
    most = ANSWER_TOKENS["full"] * BYTES_PER_TOKEN
    async with connect_to(packaged, mode) as client:
        for list_resource in await list_resources(KnowledgeBase(packaged)):
            (content,) = (await client.read_resource(list_resource.uri)).contents
            assert isinstance(content, TextResourceContents)
            assert content.mime_type == list_resource.mime_type
            assert 0 < len(content.text.encode()) <= most, list_resource.uri


@pytest.mark.parametrize("cursor", ["nonsense", "MTAw", "MTAwLjAwMDAwMDAw", "🙂"])
async def test_a_cursor_that_was_never_given_out_is_refused(connect: Connect, cursor: str) -> None:
    async with connect() as client:
        with pytest.raises(MCPError, match="Pass the one you got") as refused:
            await client.list_resources(cursor=cursor)
    assert refused.value.code == INVALID_PARAMS


async def test_a_text_that_the_user_adds_is_listed_and_read() -> None:
    async with SqliteStore(None) as store, connect_to(store) as client:
        first = await client.list_resources()
        await KnowledgeBase(store).add_text("달빛 소식\n달빛연구소가 지어낸 이야기를 내놓았다.")
        with pytest.raises(MCPError, match="Pass the one you got"):  # the list is another now
            await client.list_resources(cursor=first.next_cursor)
        catalogue, *others = await list_resources(KnowledgeBase(store))
        (own,) = [other for other in others if "text-" in other.uri]
        (content,) = (await client.read_resource(own.uri)).contents
    assert own.description == "A text that the user added."
    assert own.title == own.name.removeprefix("articles/")
    assert own.annotations
    assert catalogue.annotations
    assert own.annotations.last_modified is catalogue.annotations.last_modified is None
    assert isinstance(content, TextResourceContents)
    assert "달빛연구소가 지어낸 이야기" in content.text


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_the_catalogue_fits_into_4000_tokens(connect: Connect, language: str) -> None:
    text = await _read(connect, f"ai-trends://catalogue?language={language}")
    assert len(text.encode()) <= 4_000 * BYTES_PER_TOKEN
    for part in ("ai-bubble-essay", "sovereign-ai", "models_released 4", "OpenAI" if language == "en" else "오픈AI"):
        assert part in text


async def test_a_record_says_what_the_tool_says_in_full(connect: Connect) -> None:
    answer = await ask(connect, "get_trend", trend="sovereign-ai", detail="full", language="ko")
    text = await _read(connect, "ai-trends://trends/sovereign-ai?language=ko")
    assert answer["summary"] in text
    claims = [claim for position in answer["positions"] for claim in position["claims"]]
    assert len(claims) == 14
    for claim in claims:
        assert claim["statement"] in text
        assert claim["original"] in text
        assert claim["evidence"][0]["sha256"] in text


@pytest.mark.parametrize("name", ["sovereign-ai", "%EC%86%8C%EB%B2%84%EB%A6%B0%20AI", "소버린 AI", "Sovereign%20AI"])
async def test_a_trend_is_read_by_id_and_by_name(connect: Connect, name: str) -> None:
    text = await _read(connect, f"ai-trends://trends/{name}")
    assert text.startswith("Sovereign AI (sovereign-ai)\n")


async def test_an_entity_is_its_names_its_trends_and_its_claims(connect: Connect) -> None:
    text = await _read(connect, "ai-trends://entities/오픈AI")
    assert text.startswith("openai: “OpenAI” · company\nin the other language: 오픈AI\n")
    assert "makes: GPT-3, GPT-4o, o1, Sora, ChatGPT" in text
    assert "Frontier models and their capabilities (frontier-models) 12" in text
    assert "claims found: 15" in text
    assert "15. [" in text


async def test_a_claim_is_told_with_its_article_and_its_disagreements(connect: Connect) -> None:
    text = await _read(connect, f"ai-trends://claims/{CLAIM}?language=ko")
    assert text.startswith("[수치] SPRi(소프트웨어정책연구소) 분석에서 한국은")
    assert "근거: korea-large-models 866-912 sha256:" in text
    assert "엇갈리는 점: 한국은 AI에서 얼마나 강한가?" in text
    assert "제목: “초거대 AI 모델 개발 전쟁의 서막”" in text
    assert f"read_article(article='korea-large-models', around='{CLAIM}', language='ko')" in text


async def test_an_article_that_does_not_fit_says_which_call_brings_the_rest(connect: Connect) -> None:
    text = await _read(connect, "ai-trends://articles/ai-bubble-essay")
    call = text.rpartition("next: read_article(")[2].removesuffix(")")
    arguments = dict(part.split("=", 1) for part in call.split(", "))
    shown = text.count("\n   evidence: ")
    rest = await ask(connect, "read_article", **{name: value.strip("'") for name, value in arguments.items()})
    assert rest["total"] == 130
    assert shown + len(rest["claims"]) <= 130
    assert rest["claims"][0]["id"] not in text


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_a_record_says_in_text_everything_that_is_in_its_structure(
    knowledge: KnowledgeBase, language: Language
) -> None:
    answers: list[Answer] = [
        await knowledge.catalogue(language=language),
        *[
            await knowledge.claim(claim, language=language)
            for claim in (CLAIM, "china-ai-value.kimi-k2-thinking-training-cost")
        ],
        *[
            await knowledge.entity(word, detail="full", language=language)
            for word in ("kimi-k2", "south-korea", "spri")
        ],
    ]
    for answer in answers:
        text = render(answer)
        for key, value in _leaves(answer.model_dump(mode="json", exclude_none=True)):
            expected = label(value, language) if key in {"type", "action"} else in_text(key, value, language)
            assert key == "language" or expected in text, f"{key} = {value!r}"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("trends/tulips", "There is no trend ‘tulips’ in the knowledge base. Available: "),
        ("trends/ai-bubbel", "There is no trend ‘ai-bubbel’ in the knowledge base. Did you mean ‘ai-bubble’?"),
        ("trends/김치?language=ko", "동향 ‘김치’는 지식베이스에 없습니다. 사용할 수 있는 값: "),
        ("entities/Antropic", "‘Antropic’ is not in the knowledge base. Similar names: Anthropic."),
        ("articles/nowhere", "There is no article ‘nowhere’ in the knowledge base. Available: ai-2026-outlook,"),
        ("claims/korea-large-models.count-korea", "Available: korea-large-models.count-south-korea,"),
        ("claims/nowhere.x", "There is no claim ‘nowhere.x’ in the knowledge base. Available: ai-2026-outlook.…"),
        ("prices.csv", "There is no table ‘prices’ in the knowledge base. Available: counts, costs."),
        ("schemas/get_trends", "Unknown tool `get_trends`. Did you mean `get_trend`?"),
        ("trends/ai-bubble?language=fr", "`language` cannot be `fr`: it is `en` or `ko`."),
        ("trends/", "`` is no id or name: these have 1 to 100 characters"),
        ("trends/a%0Ab", "`a b` is no id or name: these have 1 to 100 characters that can be seen."),
        ("entities/" + "x" * 5000, "x...` is no id or name"),
        ("articles/..%2Fsecrets", "Unknown resource `ai-trends://articles/..%2Fsecrets`. Addresses: ai-trends://cat"),
        ("trends/ai-bubble?lang=ko", "Unknown variable `lang`. Known: language."),
        ("catalogue?languge=ko", "Unknown variable `languge`. Did you mean `language`?"),
        ("trend/ai-bubble", "Unknown resource `ai-trends://trend/ai-bubble`. Addresses: ai-trends://catalogue{?lang"),
    ],
)
async def test_a_wrong_address_is_answered_with_what_there_is(connect: Connect, path: str, sentence: str) -> None:
    message = await _refusal(connect, f"ai-trends://{path}")
    assert sentence in message
    assert len(message) < 800
    assert "Traceback" not in message


async def test_what_breaks_inside_a_resource_stays_inside() -> None:
    class Broken(SqliteStore):
        async def find_claims(self, *_: Any, **__: Any) -> Any:
            raise RuntimeError("secret")

    async with Broken(None) as store, connect_to(store) as client:
        with pytest.raises(MCPError) as refused:
            await client.read_resource("ai-trends://trends/ai-bubble")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("table", TABLES)
async def test_csv_and_json_hold_the_same_figures(connect: Connect, table: str) -> None:
    written = list(csv.reader(io.StringIO(await _read(connect, f"ai-trends://{table}.csv"), newline="")))
    table_data = json.loads(await _read(connect, f"ai-trends://{table}.json"))
    assert written[0] == list(table_data["columns"])
    assert all(table_data["columns"].values())
    assert written[1:] == [["" if cell is None else str(cell) for cell in row.values()] for row in table_data["rows"]]


async def test_the_counts_are_those_of_the_tool(connect: Connect) -> None:
    answer = await ask(connect, "get_country_model_counts")
    rows = json.loads(await _read(connect, "ai-trends://counts.json"))["rows"]
    (source,) = answer["counts"]
    assert {(row["iso"], row["subject_en"], row["value"], row["claim"]) for row in rows} == {
        (row["iso"], row["country"], row["count"], row["claim"]) for row in source["rows"]
    }
    for row in rows:
        assert (row["publisher_en"], row["population_en"]) == (source["publisher"], source["population"])
        assert (row["period"], row["bound"], row["unit"], row["rule_en"]) == ("2020/2024", "exact", "models", None)
    evidence = {row["claim"]: row["evidence"] for row in rows}[CLAIM]
    assert evidence == "korea-large-models 866-912; korea-large-models 719-778"


async def test_the_costs_are_those_of_the_tool(connect: Connect) -> None:
    answer = await ask(connect, "compare_model_costs", detail="full")
    claims = {item["claim"]["id"]: item["claim"] for group in answer["groups"] for item in group["items"]}
    rows = json.loads(await _read(connect, "ai-trends://costs.json"))["rows"]
    figures = [
        (claim["id"], figure["raw"])
        for claim in claims.values()
        for figure in claim.get("typed_figures", ())
        if figure["unit"].isupper() or claim["cost_basis"] not in {"compute_efficiency", "infrastructure"}
    ]
    assert sorted((row["claim"], row["raw"]) for row in rows) == sorted(figures)
    for row in rows:
        claim = claims[row["claim"]]
        assert (row["cost_basis"], row["statement_en"]) == (claim["cost_basis"], claim["statement"])
        assert row["kind"] == claim["kind"]
    (price,) = [row for row in rows if row["unit"] == "USD"]
    assert (price["value"], price["cost_basis"]) == (4_600_000, "final_training_run")


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=lambda value: json.dumps(value, ensure_ascii=False))
async def test_an_answer_fits_the_complete_schema_of_its_tool(
    connect: Connect, tool: str, arguments: dict[str, Any]
) -> None:
    schema = json.loads(await _read(connect, f"ai-trends://schemas/{tool}"))
    jsonschema.validate(await ask(connect, tool, **arguments), schema)


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=lambda value: json.dumps(value, ensure_ascii=False))
async def test_an_answer_leads_to_resources_that_can_be_read(
    packaged: SqliteStore, tool: str, arguments: dict[str, Any]
) -> None:
    found = await _links(KnowledgeBase(packaged), tool, arguments)
    assert len(found) <= 6
    assert sum(len(link.model_dump_json(by_alias=True, exclude_none=True).encode()) for link in found) <= 700
    assert found or "김치찌개" in str(arguments)
    async with connect_to(packaged) as client:
        for link in found:
            (content,) = (await client.read_resource(link.uri)).contents
            assert content.mime_type == link.mime_type


async def test_the_links_of_an_answer_are_its_articles_and_trends(knowledge: KnowledgeBase) -> None:
    trend = [link.uri for link in links(await knowledge.trend("open-source-ai", language="ko"))]
    assert trend[0] == "ai-trends://trends/open-source-ai?language=ko"
    assert "ai-trends://articles/china-ai-value?language=ko" in trend[1:]
    counts = [link.uri for link in links(await knowledge.country_counts())]
    assert counts == ["ai-trends://counts.csv", "ai-trends://articles/korea-large-models"]
    assert links(await knowledge.search("김치찌개 끓이는 법")) == []


async def _links(knowledge: KnowledgeBase, tool: str, arguments: dict[str, Any]) -> list[ResourceLink]:
    named = dict(arguments)
    if tool == "search_trends":
        return links(await knowledge.search(named.pop("query", ""), **named))
    if tool == "get_trend":
        return links(await knowledge.trend(named.pop("trend"), **named))
    if tool == "get_country_model_counts":
        return links(await knowledge.country_counts(named.pop("countries", ()), **named))
    if tool == "compare_model_costs":
        return links(await knowledge.compare_costs(named.pop("models", ()), **named))
    return links(await knowledge.article(named.pop("article"), **named))
