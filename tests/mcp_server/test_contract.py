"""The public face as clients see it. A change shows as a diff of `__snapshots__`; accept it with `pytest --snapshot-update`."""

import json
import math
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import jsonschema
import pytest
from mcp.client import Client
from mcp.types import Prompt, Tool
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from knowledge.library import SqliteStore
from mcp_server.prompts.read import PROMPTS
from mcp_server.tools import schemas
from mcp_server.tools.answer_tool import answer_type
from mcp_server.tools.read import TOOLS
from tests.conftest import Connect, ask, connect_to
from tests.mcp_server.rendering.test_text import CALLS

MOST_TOKENS = 3_000
BYTES_PER_TOKEN = 3.9
"""Bytes that a token of these schemas takes at the least: o200k and cl100k were measured at 4.1 and 4.2 for the densest tool."""
_LISTED = 12
"""Resources at the head of the list that are snapshots: those that are no single record, and two articles."""
MOST_BYTES = 2_048
"""Length at which hosts cut a description or instructions."""


Face = dict[str, dict[str, Any]]
"""Descriptions of a server's features, by name."""


@pytest.fixture
def public(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(JSONSnapshotExtension)


async def _in_both_eras(packaged: SqliteStore, show: Callable[[Client], Awaitable[Face]]) -> Face:
    """Return the same description for clients of both eras, and check that it is the same."""
    async with connect_to(packaged, "auto") as modern, connect_to(packaged, "legacy") as legacy:
        face = await show(modern)
        assert await show(legacy) == face
    return face


def wire(value: Any) -> dict[str, Any]:
    """A value as it goes over the wire."""
    dumped: dict[str, Any] = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return dumped


async def _tools(connect: Connect) -> list[Tool]:
    async with connect() as client:
        return (await client.list_tools()).tools


async def _prompts(connect: Connect) -> list[Prompt]:
    async with connect() as client:
        return (await client.list_prompts()).prompts


async def test_the_tools(packaged: SqliteStore, public: SnapshotAssertion) -> None:
    async def show(client: Client) -> Face:
        return {tool.name: wire(tool) for tool in (await client.list_tools()).tools}

    for name, tool in (await _in_both_eras(packaged, show)).items():
        assert tool == public(name=name)


@pytest.mark.parametrize("tool", [function for _, function in TOOLS], ids=lambda tool: tool.__name__)
def test_the_answers(tool: Any, public: SnapshotAssertion) -> None:
    assert schemas.complete(answer_type(tool)) == public(name=tool.__name__)


async def test_the_prompts(packaged: SqliteStore, public: SnapshotAssertion) -> None:
    async def show(client: Client) -> Face:
        return {prompt.name: wire(prompt) for prompt in (await client.list_prompts()).prompts}

    for name, prompt in (await _in_both_eras(packaged, show)).items():
        assert prompt == public(name=name)


async def test_the_resources(packaged: SqliteStore, public: SnapshotAssertion) -> None:
    async def show(client: Client) -> Face:
        templates = (await client.list_resource_templates()).resource_templates
        listed = (await client.list_resources()).resources
        return {template.name: wire(template) for template in [*templates, *listed[:_LISTED]]}

    for name, resource in (await _in_both_eras(packaged, show)).items():
        assert resource == public(name=name)


async def test_the_server(packaged: SqliteStore, public: SnapshotAssertion) -> None:
    async def show(client: Client) -> Face:
        about = wire(client.server_info) | {"instructions": client.instructions}
        return {"server": about | {"version": "", "capabilities": wire(client.server_capabilities)}}

    assert await _in_both_eras(packaged, show) == public


async def test_the_list_of_tools_is_small(connect: Connect, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = {tool.name: _tokens(wire(tool)) for tool in await _tools(connect)}
    with capsys.disabled():
        print("\ntools/list:", ", ".join(f"{name} {size}" for name, size in sizes.items()), "=", sum(sizes.values()))
    assert sum(sizes.values()) <= MOST_TOKENS


def _tokens(value: object) -> int:
    return math.ceil(len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) / BYTES_PER_TOKEN)


async def test_everything_has_a_title_and_a_short_description(connect: Connect) -> None:
    async with connect() as client:
        descriptions = [client.instructions or ""]
        named: list[Any] = [*(await client.list_tools()).tools, *(await client.list_prompts()).prompts]
        named += (await client.list_resource_templates()).resource_templates
        named += (await client.list_resources()).resources
    assert all(entry.title for entry in named)
    descriptions += [entry.description or "" for entry in named]
    assert all(descriptions)
    assert max(len(entry.encode()) for entry in descriptions) <= MOST_BYTES


async def test_every_property_is_described(connect: Connect) -> None:
    for tool in await _tools(connect):
        complete = schemas.complete(answer_type({function.__name__: function for _, function in TOOLS}[tool.name]))
        for schema in (tool.input_schema, tool.output_schema or {}, complete):
            assert not [name for name, property_ in _properties(schema) if not property_.get("description")], tool.name
    for prompt in await _prompts(connect):
        assert all(argument.description for argument in prompt.arguments or ())


def _properties(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for child in schema.values():
            yield from _properties(child)
    elif isinstance(schema, list):
        for child in schema:
            yield from _properties(child)


async def test_tools_and_prompts_come_in_the_order_in_which_they_are_written(connect: Connect) -> None:
    assert [tool.name for tool in await _tools(connect)] == [function.__name__ for _, function in TOOLS]
    assert [prompt.name for prompt in await _prompts(connect)] == [function.__name__ for _, function in PROMPTS]


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=lambda value: json.dumps(value, ensure_ascii=False))
async def test_an_answer_is_what_its_schemas_say(connect: Connect, tool: str, arguments: dict[str, Any]) -> None:
    answer = await ask(connect, tool, **arguments)
    function = {function.__name__: function for _, function in TOOLS}[tool]
    for schema in (schemas.compact(answer_type(function)), schemas.complete(answer_type(function))):
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(answer, schema)
        assert not set(answer) - set(schema["properties"])


async def test_results_say_how_long_they_may_be_kept(connect: Connect) -> None:
    async with connect() as client:
        if client.protocol_version < "2026":
            pytest.skip("cache hints came with 2026-07-28")
        tools = await client.list_tools()
        prompts = await client.list_prompts()
        listed = await client.list_resources()
        templates = await client.list_resource_templates()
        read = await client.read_resource("ai-trends://catalogue")
        discovered = await client.session.discover()
    fixed = (tools, prompts, templates, discovered)
    assert [(result.ttl_ms, result.cache_scope) for result in fixed] == [(86_400_000, "public")] * 4
    assert [(result.ttl_ms, result.cache_scope) for result in (listed, read)] == [(60_000, "private")] * 2
