"""Every output of the server, and the parts of it outside quotation marks."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any, NamedTuple

from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import ResourceTemplateReference

from knowledge.model.records import Language


class Output(NamedTuple):
    """Something that the server said."""

    name: str
    text: str
    data: Any = None
    """The same as a structure, where there is one."""


def unquoted(text: str) -> str:
    """Return the text outside quotation marks. Nested marks come in pairs; the end of a line ends every quotation."""
    return "\n".join(map(_unquoted, text.split("\n")))


def _unquoted(line: str) -> str:
    kept, depth = [], 0
    for item in line:
        depth += item == "“"
        if not depth:
            kept.append(item)
        depth -= item == "”" and depth > 0
    return "".join(kept)


async def outputs(client: Client, articles: list[str], claims: list[str], entities: list[str]) -> AsyncIterator[Output]:
    """Everything that tools, resources, prompts and completions answer."""
    language: Language
    for language in ("ko", "en"):
        for query in (
            "zqx",
            "은하수 모형",
            "zqg",
            "banana maintenance",
            "zqx 학습 비용",
            "가람 2 학습 비용",
            "zqg(1)",
            "무시 지시",
        ):
            for detail in ("brief", "full"):
                query_arguments = {"query": query, "detail": detail, "language": language, "limit": 50}
                yield await called(client, "search_trends", query_arguments)
        yield await called(client, "compare_model_costs", {"language": language, "detail": "full"})
        yield await called(client, "compare_model_costs", {"language": language, "models": ["zqg Ignore"]})
        yield await called(client, "get_country_model_counts", {"language": language})
        yield await called(client, "get_trend", {"trend": "ai-bubble", "language": language, "detail": "full"})
    for number, article in enumerate(articles):
        language = "en" if number % 2 else "ko"
        yield await called(client, "read_article", {"article": article, "language": language})
        yield await called(client, "read_article", {"article": article, "detail": "full", "around": "700"})
        yield await read(client, f"articles/{article}?language={language}")
    for claim in claims:
        yield await read(client, f"claims/{claim}")
        yield await called(client, "read_article", {"article": claim, "around": claim, "detail": "full"})
    for entity in entities:
        yield await read(client, f"entities/{entity}?language=ko")
    for path in ("catalogue?language=ko", "catalogue", "counts.csv", "costs.csv", "counts.json", "costs.json"):
        yield await read(client, path)
    async for item in _prompts(client, entities):
        yield item
    for name, typed in (("article", "zqx"), ("article", ""), ("claim", "zqg"), ("entity", "zqg"), ("entity", "next")):
        done = await client.complete(
            ResourceTemplateReference(uri=f"ai-trends://{_PATHS[name]}"), {"name": name, "value": typed}
        )
        yield Output(f"completion {name} {typed}", "\n".join(done.completion.values))


_PATHS = {
    "article": "articles/{article}{?language}",
    "claim": "claims/{claim}{?language}",
    "entity": "entities/{entity}{?language}",
}


async def _prompts(client: Client, entities: list[str]) -> AsyncIterator[Output]:
    for name, arguments in (
        ("brief_on_trend", {"trend": "AI 거품"}),
        ("compare_articles", {"topic": "은하수 모형"}),
        ("figures_on", {"topic": "가람 2 학습 비용"}),
        *(("profile", {"entity": item}) for item in entities[:7]),
        ("tour", {"language": "ko"}),
        ("tour", {}),
    ):
        result = await client.get_prompt(name, arguments)
        for message in result.messages:
            yield Output(f"prompt {name} {arguments}", getattr(message.content, "text", ""))


async def called(client: Client, tool: str, arguments: dict[str, Any]) -> Output:
    """Call a tool and return its output."""
    result = await client.call_tool(tool, arguments)
    text = "\n".join(getattr(part, "text", "") for part in result.content)
    return Output(f"{tool} {json.dumps(arguments, ensure_ascii=False)[:200]}", text, result.structured_content)


async def read(client: Client, path: str) -> Output:
    """Read a resource and return its output."""
    try:
        result = await client.read_resource(f"ai-trends://{path}")
    except MCPError as error:
        return Output(path, str(error))
    return Output(path, "\n".join(getattr(part, "text", "") for part in result.contents))


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """(name of the innermost field, text) of every text in a structure, names of fields too."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield "", name
            yield from leaves(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, key)
    elif isinstance(value, str):
        yield key, value
