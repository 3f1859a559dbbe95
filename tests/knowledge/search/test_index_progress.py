"""An index that is behind: asking how far it has come changes nothing, and answers say that texts were left out."""

import asyncio
import itertools
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from knowledge import StoreError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.library import SqliteStore
from knowledge.model.records import Language
from knowledge.queries.pagination import ANSWER_TOKENS, count_tokens
from knowledge.search import index, searcher
from knowledge.store.store import IndexProgress, Question
from tests.conftest import connect_to
from tests.knowledge.samples import TEXT
from tests.knowledge.stores import Open

_QUESTION = Question("별빛전자 공장")
_TEXT = "별빛전자의 새 공장\n\n별빛전자는 공장을 새로 짓는다.\n"
_MANY = 12
_SAID = {
    "ko": "라이브러리의 글 2개 가운데 1개만 검색했습니다. 나머지는 아직 색인에 없습니다.",
    "en": "Only 1 of the library's 2 texts were searched; the others are not indexed yet.",
}


@pytest.fixture
async def library(file: Path, data: Path) -> Path:
    """The file of a library with a text that is in its index."""
    async with SqliteStore(file, data) as store:
        await store.add_text(_TEXT)
        assert (await store.search(_QUESTION)).passages
    return file


def _contents(folder: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in folder.rglob("*") if one.is_file() and one.name != ".tantivy-meta.lock"}


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


async def test_asking_how_far_it_is_makes_no_library(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        assert await store.get_index_progress() == IndexProgress(0, 0)
    assert not file.parent.exists()


async def test_asking_how_far_it_is_changes_nothing(library: Path, data: Path) -> None:
    before = _contents(library.parent)
    async with SqliteStore(library, data) as store:
        assert await store.get_index_progress() == IndexProgress(1, 1)
    assert _contents(library.parent) == before
    shutil.rmtree(f"{library}.index")
    async with SqliteStore(library, data) as store:
        assert await store.get_index_progress() == IndexProgress(0, 1)
    assert [one.name for one in library.parent.iterdir()] == [library.name]


@pytest.mark.parametrize("new", ["the package's documents", "words of one's own", "packaged data"])
async def test_an_index_that_must_be_made_anew_has_no_text(
    library: Path, data: Path, monkeypatch: pytest.MonkeyPatch, new: str
) -> None:
    words = None
    if new == "the package's documents":
        monkeypatch.setattr(index, "VERSION", index.VERSION + 1)
    elif new == "words of one's own":
        words = library.with_name("terms.toml")
        _write(words, '[[terms]]\nid = "rocket"\nwords = ["로켓", "rocket"]\n')
    else:
        trends = data / "trends.toml"
        _write(trends, trends.read_text(encoding="utf-8").replace("번역", "통역"))
    before = _contents(library.parent)
    async with SqliteStore(library, data, words=words) as store:
        assert await store.get_index_progress() == IndexProgress(0, 1)
        assert _contents(library.parent) == before
        assert (await store.search(_QUESTION)).passages
        assert await store.get_index_progress() == IndexProgress(1, 1)


@pytest.mark.parametrize("which", ["meta.json", "*.fast"])
async def test_a_damaged_index_has_no_text_until_it_is_made_again(library: Path, data: Path, which: str) -> None:
    for one in library.with_name(f"{library.name}.index").glob(f"passages-*/{which}"):
        one.write_bytes(b"")
    async with SqliteStore(library, data) as store:
        assert await store.get_index_progress() == IndexProgress(0, 1)
        assert (await store.search(_QUESTION)).passages
        assert await store.get_index_progress() == IndexProgress(1, 1)


async def test_a_library_that_is_none_is_said(file: Path, data: Path) -> None:
    _write(file, "no database " * 100)
    async with SqliteStore(file, data) as store:
        with pytest.raises(StoreError, match="file is not a database"):
            await store.get_index_progress()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Questions that wait for no text; undone, they wait as usual."""
    with monkeypatch.context() as patch:
        yield patch


async def test_a_question_tells_which_texts_it_was_answered_without(
    open_store: Open, impatient: pytest.MonkeyPatch
) -> None:
    async with open_store() as store:
        await store.add_text(TEXT)
        assert (await store.search(_QUESTION)).index_progress is None
        await store.add_text(_TEXT)
        impatient.setattr(searcher, "_PATIENCE", 0.0)
        found = await store.search(_QUESTION)
        assert (found.passages, found.index_progress) == ((), IndexProgress(1, 2))
        impatient.undo()
        found = await store.search(_QUESTION)
        assert ([one.text for one in found.passages], found.index_progress) == ([_TEXT.rstrip()], None)


async def test_patience_ends_between_texts_that_came_in_together(
    open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()
    clock = SimpleNamespace(monotonic=lambda: float(next(ticks)), time=time.time, sleep=time.sleep)
    async with open_store() as store:
        for number in range(_MANY):
            await store.add_text(f"{number}. {_TEXT}")
        for module in (searcher, index):
            monkeypatch.setattr(module, "time", clock)
        behind = (await store.search(_QUESTION)).index_progress
    assert behind
    assert 0 < behind.texts < behind.total == _MANY


async def test_others_are_answered_while_texts_are_brought_in(
    open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searcher, "_STEP", 0.0)
    async with open_store() as store:
        for number in range(_MANY):
            await store.add_text(f"{number}. {_TEXT}")
        answering = asyncio.create_task(store.search(_QUESTION))
        seen = {0}
        while not answering.done():
            seen.add((await store.get_index_progress()).texts)
        assert (await answering).index_progress is None
    assert len(seen - {0, _MANY}) > 1


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_an_answer_says_in_the_askers_language_that_texts_were_left_out(
    impatient: pytest.MonkeyPatch, language: Language
) -> None:
    async with SqliteStore(None) as store:
        await store.add_text(TEXT)
        await store.search(_QUESTION)
        await store.add_text(_TEXT)
        impatient.setattr(searcher, "_PATIENCE", 0.0)
        knowledge = KnowledgeBase(store)
        nothing = await knowledge.search("별빛전자 공장", language=language)
        assert [note for note in nothing.notes if note.startswith(_SAID[language])]
        long = await knowledge.search("인공지능 AI", limit=50, language=language)
        assert len([note for note in long.notes if note.startswith(_SAID[language])]) == 1
        assert count_tokens(long) <= ANSWER_TOKENS["brief"]
        without = await knowledge.search("인공지능 AI", trends=["sovereign-ai"], language=language)
        assert not [note for note in without.notes if note.startswith(_SAID[language])]
        async with connect_to(store) as client:
            result = await client.call_tool("search_trends", {"query": "별빛전자 공장", "language": language})
        assert _SAID[language] in getattr(result.content[0], "text", "")
        impatient.undo()
        found = await knowledge.search("별빛전자 공장", language=language)
        assert found.passages
        assert not [note for note in found.notes if note.startswith(_SAID[language])]
