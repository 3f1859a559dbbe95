"""A changed byte in a file of the index: the question is answered as before, or told what to do; never anything else."""

import asyncio
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, StoreError
from knowledge.library import SqliteStore
from knowledge.search import index, ranking
from knowledge.store.store import IndexProgress, Question, SearchResult, Store
from tests.conftest import connect_to
from tests.knowledge.samples import TEXT

_QUESTIONS = ("소장은 웃었나?", "모형을 몇 개 발표했나?", "번역")
_TRIES = 50
_PLACES = 4
"""Places of each file that are changed, besides its middle."""
_PARTS = (".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term", "meta.json", "manifest.json")


async def _answers(store: Store) -> list[SearchResult]:
    return [await store.search(Question(one)) for one in _QUESTIONS]


@pytest.fixture
async def library(file: Path, data: Path) -> Path:
    """The file of a library with a text that is in its index."""
    async with SqliteStore(file, data) as store:
        await store.add_text(TEXT)
        assert (await store.search(Question(_QUESTIONS[0]))).passages
    return file


def _files(library: Path, kind: str, part: str) -> list[Path]:
    return list(library.with_name(f"{library.name}.index").glob(f"{kind}-*/*{part}"))


def _changes(size: int) -> Iterator[tuple[int, int]]:
    """Places in a file, and what is changed there: a bit."""
    chance = random.Random(size)
    for place in (size // 2, *(chance.randrange(size) for _ in range(_PLACES))):
        yield place, 1 << chance.randrange(8)


@contextmanager
def _changed(library: Path, one: Path, place: int, bits: int) -> Iterator[None]:
    """The library with another byte in a file of its index; afterwards it is as it was."""
    before = library.parent.with_name("before")
    shutil.copytree(library.parent, before)
    _change(one, place, bits)
    yield
    for _ in range(_TRIES):  # a thread of the engine may still write a file that it had begun
        shutil.rmtree(library.parent, ignore_errors=True)
        if not library.parent.exists():
            break
        time.sleep(0.1)
    before.rename(library.parent)


def _change(one: Path, place: int, bits: int) -> None:
    with one.open("r+b") as opened:
        opened.seek(place)
        (byte,) = opened.read(1)
        opened.seek(place)
        opened.write(bytes([byte ^ bits]))


@pytest.mark.parametrize("kind", ["claims", "passages"])
@pytest.mark.parametrize("part", _PARTS)
async def test_a_changed_byte_changes_no_answer(library: Path, data: Path, kind: str, part: str) -> None:
    async with SqliteStore(library, data) as store:
        expected = await _answers(store)
    (one,) = _files(library, kind, part)
    for place, bits in _changes(one.stat().st_size):
        with _changed(library, one, place, bits):
            async with SqliteStore(library, data) as store:
                assert await _answers(store) == expected, f"{place}: {bits}"


@pytest.mark.parametrize("kind", ["claims", "passages"])
@pytest.mark.parametrize("part", _PARTS)
async def test_a_byte_that_changes_under_a_running_server_never_ends_it(
    library: Path, data: Path, kind: str, part: str
) -> None:
    (one,) = _files(library, kind, part)
    for place, bits in _changes(one.stat().st_size):
        with _changed(library, one, place, 0):
            async with SqliteStore(library, data) as store:
                expected = await _answers(store)
                _change(one, place, bits)
                assert await _answers(store) == expected, f"{place}: {bits}"


@pytest.mark.parametrize("kind", ["claims", "passages"])
@pytest.mark.parametrize("stored", ['{"documents": 1, "checksums": null}', '{"documents": "1", "checksums": {}}', "[]"])
async def test_a_manifest_of_another_form_is_damage(library: Path, data: Path, kind: str, stored: str) -> None:
    async with SqliteStore(library, data) as store:
        expected = await _answers(store)
    (manifest,) = _files(library, kind, "manifest.json")
    manifest.write_text(stored, encoding="ascii")
    async with SqliteStore(library, data) as store:
        assert await _answers(store) == expected


async def test_texts_are_added_to_an_index_that_was_damaged_long_after_it_was_opened(
    library: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_SURE_S", 0.0)
    (one,) = _files(library, "passages", ".fast")
    async with SqliteStore(library, data) as store:
        assert (await store.search(Question(_QUESTIONS[0]))).passages
        _change(one, one.stat().st_size // 2, 0xFF)
        await store.add_text("별빛전자의 새 공장\n\n별빛전자는 공장을 새로 짓는다.\n")
        found = [(await store.search(Question(text))).passages for text in (_QUESTIONS[0], "별빛전자 공장")]
        assert all(found)
        assert await store.get_index_progress() == IndexProgress(2, 2)


async def test_a_damaged_index_is_not_taken_for_one_with_texts(library: Path, data: Path) -> None:
    (one,) = _files(library, "passages", ".store")
    _change(one, 0, 0xFF)
    async with SqliteStore(library, data) as store:
        assert await store.get_index_progress() == IndexProgress(0, 1)


async def test_a_client_is_answered_over_a_damaged_index(library: Path, data: Path) -> None:
    for kind in ("claims", "passages"):
        for part in (".fast", ".term", ".store"):
            (one,) = _files(library, kind, part)
            _change(one, one.stat().st_size // 2, 0xFF)
    async with SqliteStore(library, data) as store, connect_to(store) as client:
        result = await client.call_tool("search_trends", {"query": _QUESTIONS[1]})
    assert not result.is_error
    assert "모형 열네 개" in getattr(result.content[0], "text", "")


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes no question."""

    def panics(*_: object) -> None:
        raise type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})("mid > len")

    monkeypatch.setattr(ranking.Ranking, "rank", panics)


@pytest.mark.usefixtures("refusing")
async def test_what_cannot_be_mended_is_said(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        with pytest.raises(StoreError, match="ai-trends-mcp reindex"):
            await KnowledgeBase(store).search(_QUESTIONS[1])
        async with connect_to(store) as client:
            result = await client.call_tool("search_trends", {"query": _QUESTIONS[1]})
    assert result.is_error
    assert "ai-trends-mcp reindex" in getattr(result.content[0], "text", "")


@pytest.mark.usefixtures("refusing")
async def test_a_question_that_the_engine_cannot_take_does_not_cost_the_index_each_time(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        made = []
        for _ in range(3):
            with pytest.raises(StoreError):
                await store.search(Question(_QUESTIONS[1]))
            (meta,) = _files(file, "claims", "meta.json")
            made.append(meta.stat().st_mtime_ns)
    assert len(set(made)) == 1


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, asyncio.CancelledError, GeneratorExit])
def test_what_ends_a_program_or_a_task_is_no_damage(kind: type[BaseException]) -> None:
    with pytest.raises(kind), index.convert_engine_errors():
        raise kind
