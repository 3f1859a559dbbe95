"""Completions in either language: ids for resource templates, names for prompts."""

import pytest
from mcp.client import Client
from mcp.server import MCPServer
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, Completion, PromptReference, ResourceTemplateReference

from knowledge import KnowledgeBase
from tests.conftest import Connect

PATHS = {
    "trend": "trends/{trend}{?language}",
    "entity": "entities/{entity}{?language}",
    "article": "articles/{article}{?language}",
    "claim": "claims/{claim}{?language}",
    "language": "catalogue{?language}",
    "table": "{table}.csv",
    "tool": "schemas/{tool}",
}


def _template(path: str) -> ResourceTemplateReference:
    return ResourceTemplateReference(uri=f"ai-trends://{path}")


async def _complete(client: Client, name: str, typed: str) -> Completion:
    done = await client.complete(_template(PATHS[name]), {"name": name, "value": typed})
    return done.completion


@pytest.mark.parametrize(
    ("name", "typed", "first"),
    [
        ("trend", "소버린", ["sovereign-ai"]),
        ("trend", "SOVER", ["sovereign-ai"]),
        ("trend", "소버린ai", ["sovereign-ai"]),
        ("trend", "bubble", ["ai-bubble"]),
        ("entity", "오픈a", ["openai"]),
        ("entity", "KOR", ["south-korea"]),
        ("entity", "대한민국", ["south-korea"]),
        ("article", "초거대", ["korea-large-models"]),
        ("article", "ai-", ["ai-2026-outlook", "ai-bubble-essay"]),
        ("claim", "korea-large-models.count-s", ["korea-large-models.count-south-korea"]),
        ("language", "", ["ko", "en"]),
        ("language", "K", ["ko"]),
        ("table", "co", ["counts", "costs"]),
        ("tool", "get_", ["get_trend", "get_country_model_counts"]),
        ("trend", "김치찌개", []),
        ("trend", "x" * 100_000, []),
    ],
)
async def test_a_variable_of_an_address_is_completed_to_an_id(
    connect: Connect, name: str, typed: str, first: list[str]
) -> None:
    async with connect() as client:
        done = await _complete(client, name, typed)
    assert done.values[: len(first)] == first
    assert done.values or not first
    assert done.total == len(done.values)
    assert done.has_more is False


async def test_what_begins_with_the_text_comes_before_what_contains_it(connect: Connect) -> None:
    async with connect() as client:
        done = await _complete(client, "entity", "open")
    assert done.values == ["openai", "o1", "sora", "open-source-ai", "chinese-ai-models"]


async def test_a_long_list_is_cut_and_says_how_long_it_is(connect: Connect) -> None:
    async with connect() as client:
        done = await _complete(client, "claim", "")
    assert (len(done.values), done.total, done.has_more) == (100, 400, True)


@pytest.mark.parametrize(
    ("prompt", "argument", "typed", "language", "first"),
    [
        ("brief_on_trend", "trend", "소버린", None, "소버린 AI(AI 주권)"),
        ("brief_on_trend", "trend", "sovereign", None, "Sovereign AI"),
        ("brief_on_trend", "trend", "주권", "en", "소버린 AI(AI 주권)"),
        ("brief_on_trend", "trend", "", "ko", "초거대 AI 모델 개발 경쟁"),
        ("brief_on_trend", "trend", "", None, "Race to build large-scale AI models"),
        ("compare_articles", "topic", "거품", None, "AI 거품 논쟁"),
        ("profile", "entity", "오픈", None, "오픈AI"),
        ("profile", "entity", "openai", None, "OpenAI"),
        ("profile", "language", "", None, "auto"),
    ],
)
async def test_an_argument_of_a_prompt_is_completed_to_a_name_in_the_script_that_is_typed(
    connect: Connect, prompt: str, argument: str, typed: str, language: str | None, first: str
) -> None:
    chosen = {"language": language} if language else None
    async with connect() as client:
        done = await client.complete(PromptReference(name=prompt), {"name": argument, "value": typed}, chosen)
    assert done.completion.values[0] == first


@pytest.mark.parametrize("reference", [PromptReference(name="check_text"), _template("trends/{trend}{?language}")])
@pytest.mark.parametrize("argument", ["text", "entity", "nonsense"])
async def test_what_cannot_be_completed_is_left_alone(
    connect: Connect, reference: PromptReference | ResourceTemplateReference, argument: str
) -> None:
    async with connect() as client:
        done = await client.complete(reference, {"name": argument, "value": "o"})
    assert (done.completion.values, done.completion.total) == ([], 0)


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        (PromptReference(name="profil"), "Unknown prompt `profil`. Did you mean `profile`?"),
        (_template("trends/{name}"), "Unknown resource template `ai-trends://trends/{name}`. Did you mean `ai-trends:"),
    ],
)
async def test_a_reference_to_nothing_is_refused_with_what_there_is(
    connect: Connect, reference: PromptReference | ResourceTemplateReference, sentence: str
) -> None:
    async with connect() as client:
        with pytest.raises(MCPError) as refused:
            await client.complete(reference, {"name": "name", "value": ""})
    assert refused.value.code == INVALID_PARAMS
    assert sentence in refused.value.message


async def test_the_server_says_that_it_completes(connect: Connect) -> None:
    async with connect() as client:
        assert client.server_capabilities
        assert client.server_capabilities.completions is not None


async def test_what_an_application_adds_around_the_server_is_listed_and_not_refused(connect: Connect) -> None:
    client = connect()
    server = client.server
    assert isinstance(server, MCPServer)
    _add_to(server)
    async with client:
        prompt = await client.complete(PromptReference(name="greet"), {"name": "who", "value": "a"})
        template = await client.complete(ResourceTemplateReference(uri="test://{id}"), {"name": "id", "value": ""})
        first = (await client.list_resources()).resources[0]
    assert prompt.completion.values == template.completion.values == []
    assert first.uri == "test://static"


def _add_to(server: MCPServer[KnowledgeBase]) -> None:
    @server.prompt()
    def greet(who: str) -> str:
        return who

    @server.resource("test://{id}")
    def echo_id(id: str) -> str:  # noqa: A002
        return id

    @server.resource("test://static")
    def static() -> str:
        return "static"
