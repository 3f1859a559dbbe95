"""Whatever words from outside say, answers show them as quoted material and do nothing else with them."""

import json

import pytest
from mcp.client import Client

from knowledge.library import SqliteStore
from knowledge.queries.pagination import ANSWER_TOKENS, BYTES_PER_TOKEN
from knowledge.text.sanitize import HIDDEN_REMOVED, strip_hidden
from tests.conftest import connected
from tests.hostile.conftest import Library
from tests.hostile.library import MARK, NAMED, NO_NAMES, corpus
from tests.hostile.outputs import called, leaves, unquoted

pytestmark = pytest.mark.slow

QUOTED = {"quote", "text", "title", "author", "publisher", "url", "unknown_words", "by", "why"}
"""Fields for material from outside."""
GATED = {"statement", "original", "name", "aliases", "makes", "maker", "speaker", "model", "models", "source"}
"""Fields for names and statements, in which what passed the gate may stand too."""
LONGEST = {
    "text": 5_000,
    "title": 200,
    "author": 200,
    "publisher": 200,
    "url": 2_000,
    "quote": 600,
    "by": 250,
    "why": 300,
    "statement": 400,
    "name": 100,
}


def test_every_attempt_came_in_from_everywhere(library: Library) -> None:
    assert {place: came for place, came in library.came.items() if not came.startswith("text-")} == {}
    assert len(corpus()) >= 40
    assert sum(MARK in output.text for output in library.outputs) > 500


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_what_the_server_says_of_itself_stays_the_same(library: Library, era: str) -> None:
    async with SqliteStore(None) as empty, connected(empty, era, may_write=True) as client:
        before = await _face(client)
        listed_before = await _resources(client)
    async with connected(library.store, era, may_write=True) as client:
        assert await _face(client) == before
        listed = await _resources(client)
    new = {uri: entry for uri, entry in listed.items() if uri not in listed_before}
    assert {uri: listed[uri] for uri in listed_before} == listed_before
    assert all(entry["title"] == uri.rpartition("/")[2] for uri, entry in new.items())
    text = json.dumps(list(new.values()))
    assert MARK not in text
    assert NAMED not in text


async def _face(client: Client) -> str:
    parts = [
        await client.list_tools(),
        await client.list_prompts(),
        await client.list_resource_templates(),
    ]
    return "\n".join([client.instructions or "", *(part.model_dump_json() for part in parts)])


async def _resources(client: Client) -> dict[str, dict[str, str]]:
    found, cursor = {}, None
    while True:
        page = await client.list_resources(cursor=cursor)
        for resource in page.resources:
            dumped = resource.model_dump(mode="json", exclude_none=True)
            dumped["annotations"].pop("lastModified", None)
            dumped["annotations"].pop("last_modified", None)
            found[str(resource.uri)] = dumped
        cursor = page.next_cursor
        if not cursor:
            return found


def test_notes_and_next_calls_have_nothing_from_outside(library: Library) -> None:
    for output in library.outputs:
        data = output.data or {}
        text = json.dumps([data.get("notes"), data.get("next_calls")], ensure_ascii=False)
        is_quoted = f"‘{MARK}’" in text or "‘zqg" in text
        assert MARK not in text or is_quoted, (output.name, text)
        assert NAMED not in text or is_quoted, (output.name, text)


def test_in_structures_it_stands_only_in_fields_for_it(library: Library) -> None:
    found = {
        (key, output.name.split()[0])
        for output in library.outputs
        for key, text in leaves(output.data)
        if (MARK in text and key not in QUOTED | {"notes"})
        or (NAMED in text and key not in QUOTED | GATED | {"notes", "id", "article", "claim", "claims", "around"})
    }
    assert found == set()


def test_in_words_it_stands_only_within_quotation_marks(library: Library) -> None:
    wrong = {
        (output.name.split()[0], line[:120])
        for output in library.outputs
        if not output.name.endswith((".json", ".csv")) and not output.name.startswith("completion")
        for line in unquoted(output.text).split("\n")
        if MARK in line and f"‘{MARK}’" not in line and not line.startswith(("missing", "not found", "없음"))
    }
    assert wrong == set()


def test_no_line_is_one_that_somebody_else_wrote(library: Library) -> None:
    for output in library.outputs:
        if output.data is None:
            continue
        lines = output.text.split("\n")
        assert sum(line.startswith("* ") for line in lines) == len(output.data.get("notes", ())), output.name
        assert sum(line.startswith(("next: ", "이어서: ")) for line in lines) == len(output.data.get("next_calls", ()))
        assert not [line for line in lines if line.startswith((MARK, NAMED, "=", "+", "@"))], output.name
    for output in library.outputs:
        if not output.name.startswith(("completion", "costs")):
            assert not [
                line
                for line in output.text.split("\n")
                if line.lstrip().startswith((f"* {NAMED}", f"next: {NAMED}", MARK, NAMED))
            ], output.name


def test_nothing_hidden_comes_out(library: Library) -> None:
    for output in library.outputs:
        assert strip_hidden(output.text.replace("\r\n", "\n")) == output.text.replace("\r\n", "\n"), output.name
        for _, text in leaves(output.data):
            assert strip_hidden(text) == text, output.name


def test_everything_is_bounded(library: Library) -> None:
    for output in library.outputs:
        for key, text in leaves(output.data):
            assert len(text) <= LONGEST.get(key, 4_000), (output.name, key)
        if output.data:
            most = ANSWER_TOKENS["full" if '"full"' in output.name else "brief"] * BYTES_PER_TOKEN
            assert len(output.text.encode()) <= most * 1.1, output.name


async def test_the_store_has_the_words_as_they_came_and_places_count_them(library: Library) -> None:
    words = {attempt.id: attempt.words for attempt in corpus()}
    for place, article in library.came.items():
        attempt, _, kind = place.partition(" ")
        if kind not in {".txt", "auto"} or attempt == "ground":
            continue
        text = await library.store.get_text(article)
        assert text
        assert words[attempt].replace("\r", "\n").split("\n")[0].strip() in text.body
    flagged = 0
    for output in library.outputs:
        if "read_article" not in output.name or not output.data or "text" not in output.data:
            continue
        shown = output.data["text"]
        text = await library.store.get_text(shown["article"])
        assert text
        stored = text.body[shown["start"] : shown["end"]]
        assert shown["text"] == strip_hidden(stored)
        assert shown.get("flag") == (HIDDEN_REMOVED if stored != shown["text"] else None)
        flagged += "flag" in shown
    assert flagged > 50


async def test_names_that_are_none_are_refused_and_said_back_short(library: Library) -> None:
    async with connected(library.store, may_write=True) as client:
        entities = [
            {"id": f"m{number}", "type": "person", "ko": name, "en": name} for number, name in enumerate(NO_NAMES)
        ]
        entities += [{"id": "x", "type": "person", "ko": MARK, "en": MARK, MARK * 3_000: MARK * 9_000}]
        arguments = {"article": library.came["ground auto"], "drafts": [{"kind": MARK * 3_000}], "entities": entities}
        answer = await called(client, "record_claims", arguments)
    assert [entity_verdict["status"] for entity_verdict in answer.data["entity_verdicts"]] == ["refused"] * len(
        entities
    )
    assert strip_hidden(answer.text) == answer.text
    assert len(answer.text) < 8_000
    assert all(
        line.startswith(("articles", "기사", "entities", "대상", "draft", "초안", "   ", "* "))
        for line in answer.text.split("\n")
    )


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_what_is_asked_is_said_back_in_one_line(library: Library, era: str) -> None:
    async with connected(library.store, era, may_write=True) as client:
        for attempt in corpus():
            words = attempt.words[:60]
            for tool, arguments in (
                ("read_article", {"article": words}),
                ("read_article", {"article": "ai-bubble-essay", "around": words}),
                ("get_trend", {"trend": words}),
                ("search_trends", {"query": "AI", "entities": [words]}),
                ("search_trends", {"query": "AI", "since": words[:20]}),
                ("search_trends", {"query": attempt.words[:400]}),
                ("search_trends", {words: words}),
                ("compare_model_costs", {"models": [words]}),
                ("get_country_model_counts", {"countries": [words]}),
                ("record_claims", {"article": words, "drafts": []}),
                ("add_article", {"url": attempt.words[:1000]}),
                ("add_article", {"text": "", "published": words[:20]}),
            ):
                answer = await called(client, tool, arguments)
                assert strip_hidden(answer.text) == answer.text, (tool, arguments)
                if answer.data is None:
                    assert "\n" not in answer.text
                    assert len(answer.text) < 3_000
                else:
                    notes = [line for line in answer.text.split("\n") if line.startswith("* ")]
                    assert len(notes) == len(answer.data.get("notes", ()))


async def test_a_text_to_check_stays_in_its_frame(library: Library) -> None:
    async with connected(library.store) as client:
        for attempt in corpus():
            result = await client.get_prompt("check_text", {"text": attempt.words[:8_000]})
            material = result.messages[1].content.text  # type: ignore[union-attr]
            assert material.startswith("<text>\n")
            assert material.endswith("\n</text>")
            inside = material.removeprefix("<text>\n").removesuffix("\n</text>")
            assert "</text" not in "".join(inside.split()).lower()
            assert strip_hidden(material) == material
