"""The index is derived: whatever happens to it, what SQLite has is found again, and nobody sees an error."""

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import tantivy

from knowledge.library import SqliteStore
from knowledge.search import index, searcher
from knowledge.store.records import Records
from knowledge.store.store import IndexProgress, Question, Store
from tests.conftest import ROOT
from tests.knowledge.samples import TEXT, TRENDS, folder

pytestmark = pytest.mark.slow

_KILLS = 5
_PATIENCE_S = 30
_NAMES = "가나다라마바사아자차카타파하"
_PROGRAMS = """
import asyncio, sys, time
from pathlib import Path
from knowledge.library import SqliteStore
from knowledge.store.store import Question
from tests.knowledge.search.test_durable_index import is_found, text

async def add(store, first, last):
    for number in range(first, last):
        await store.add_text(text(number))
        print(number, flush=True)
        await store.search(Question("공장"))

async def read(store, first, last):
    print("reading", flush=True)
    while not await is_found(store, last):
        time.sleep(0.01)
    print("found", flush=True)

async def main(what, file, data, first, last):
    async with SqliteStore(Path(file), Path(data)) as store:
        await globals()[what](store, int(first), int(last))

asyncio.run(main(*sys.argv[1:]))
"""


def text(number: int) -> str:
    """A text with a name that no other has."""
    return f"공장 소식 {number}\n\n{_name(number)}전자는 새 공장을 짓는다고 밝혔다. 주민들은 반긴다.\n"


def _name(number: int) -> str:
    return "".join(_NAMES[int(digit)] for digit in f"{number:05}")


async def is_found(store: Store, number: int) -> bool:
    """Check that the text of that number is found by its name, unchanged."""
    found = (await store.search(Question(f"{_name(number)}전자"))).passages
    return any(f"{_name(number)}전자" in passage.text for passage in found)


@contextmanager
def _running(what: str, file: Path, data: Path, first: int = 0, last: int = 0) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", _PROGRAMS, what, str(file), str(data), str(first), str(last)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline()


async def test_nothing_acknowledged_is_lost_when_a_process_is_killed(file: Path, data: Path) -> None:
    chance = random.Random(11)
    acknowledged: list[int] = []
    for kill in range(_KILLS):
        with _running("add", file, data, kill * 1000, kill * 1000 + 1000) as process:
            acknowledged.append(int(_first_line(process)))
            await asyncio.sleep(chance.random() / 2)
            process.kill()
            acknowledged += [int(line) for line in process.communicate()[0].splitlines() if line.strip()]
        async with SqliteStore(file, data) as store:
            missing = [number for number in acknowledged if not await is_found(store, number)]
        assert missing == []
    with closing(Records(file)) as records:
        assert records.texts.count() >= len(acknowledged)
        assert records.find_damage() is None


def test_several_readers_see_what_one_process_writes(file: Path, data: Path) -> None:
    with _running("read", file, data, 0, 9) as one, _running("read", file, data, 0, 9) as other:
        assert [_first_line(reader) for reader in (one, other)] == ["reading\n"] * 2
        with _running("add", file, data, 0, 10) as writer:
            said, complaints = writer.communicate(timeout=_PATIENCE_S)
        assert (said.split(), complaints) == ([str(number) for number in range(10)], "")
        assert [reader.communicate(timeout=_PATIENCE_S) for reader in (one, other)] == [("found\n", "")] * 2


async def test_two_processes_may_write_at_once(file: Path, data: Path) -> None:
    with _running("add", file, data, 0, 10) as one, _running("add", file, data, 100, 110) as other:
        ends = [writer.communicate(timeout=_PATIENCE_S)[1] for writer in (one, other)]
    assert ends == ["", ""]
    async with SqliteStore(file, data) as store:
        assert [await is_found(store, number) for number in (*range(10), *range(100, 110))] == [True] * 20


async def test_a_question_does_not_wait_for_ever_for_another_writer(
    file: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SqliteStore(file, data) as store:
        await store.add_text(text(1))
        assert await is_found(store, 1)
        await store.add_text(text(2))
        with _locked(_passages(file)):
            monkeypatch.setattr(searcher, "_PATIENCE", 0.1)
            assert [await is_found(store, number) for number in (1, 2)] == [True, False]
        assert await is_found(store, 2)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    opened = tantivy.Index.open(str(folder))
    opened.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = opened.writer(heap_size=15_000_000, num_threads=1)
    yield
    writer.rollback()
    del writer


def _passages(file: Path) -> Path:
    (found,) = file.with_name(f"{file.name}.index").glob("passages-*")
    return found


def _truncate(one: Path) -> None:
    one.write_bytes(one.read_bytes()[: one.stat().st_size // 2])


@pytest.mark.parametrize(
    "damage",
    [_truncate, lambda one: one.write_bytes(b""), lambda one: one.write_bytes(b"\xff" * 64), Path.unlink],
    ids=["half", "empty", "nonsense", "gone"],
)
@pytest.mark.parametrize("which", ["meta.json", "*.store", "*.idx", "*.term", "*.fast", "manifest.json"])
async def test_a_damaged_index_of_texts_is_made_again(
    file: Path, data: Path, which: str, damage: Callable[[Path], None]
) -> None:
    async with SqliteStore(file, data) as store:
        await store.add_text(text(1))
        assert await is_found(store, 1)
    for one in _passages(file).glob(which):
        damage(one)
    async with SqliteStore(file, data) as store:
        assert await is_found(store, 1)
        await store.add_text(text(2))
        assert [await is_found(store, number) for number in (1, 2)] == [True, True]


async def test_a_process_killed_before_it_wrote_checksums_costs_no_index(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        await store.add_text(text(1))
        assert await is_found(store, 1)
        manifest = _passages(file) / "manifest.json"
        before = manifest.read_bytes()
        await store.add_text(text(2))
        assert await is_found(store, 2)
    manifest.write_bytes(before)
    made = _passages(file).stat().st_ino
    async with SqliteStore(file, data) as store:
        assert [await is_found(store, number) for number in (1, 2)] == [True, True]
        await store.add_text(text(3))
        assert await is_found(store, 3)
    assert _passages(file).stat().st_ino == made
    assert set(json.loads(manifest.read_bytes())["checksums"]) == {
        one.name for one in _passages(file).glob("[0-9a-f]*")
    }


async def test_what_a_killed_process_left_unfinished_is_no_index(file: Path, data: Path) -> None:
    left = file.with_name(f"{file.name}.index") / "unfinished-left"
    left.mkdir(parents=True)
    (left / "meta.json").write_text("{", encoding="utf-8")
    async with SqliteStore(file, data) as store:
        await store.add_text(text(1))
        assert await is_found(store, 1)


async def test_making_the_index_anew_says_how_far_it_is(
    file: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_PASSAGES_A_COMMIT", 2)
    async with SqliteStore(file, data) as store:
        for number in range(5):
            await store.add_text(text(number))
        said = [one async for one in store.reindex()]
        assert said == [IndexProgress(0, 5), IndexProgress(2, 5), IndexProgress(4, 5), IndexProgress(5, 5)]
        assert [await is_found(store, number) for number in range(5)] == [True] * 5


async def test_a_server_goes_on_while_another_process_makes_the_index_anew(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as server, SqliteStore(file, data) as other:
        await server.add_text(text(1))
        assert await is_found(server, 1)
        async for _ in other.reindex():
            assert await is_found(server, 1)
        await server.add_text(text(2))
        assert [await is_found(store, number) for store in (server, other) for number in (1, 2)] == [True] * 4


async def test_questions_are_answered_while_the_index_is_made(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        for number in range(20):
            await store.add_text(text(number))

        async def ask() -> bool:
            return bool((await store.search(Question("모형을 몇 개 발표했나?"))).claims)

        making = asyncio.create_task(_finish(store))
        answers = [await ask() for _ in range(20)]
        await making
    assert answers == [True] * 20


async def _finish(store: Store) -> None:
    async for _ in store.reindex():
        pass


async def test_nothing_is_quoted_from_a_text_that_took_the_place_of_the_one_found(
    file: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question("소장은 웃었나?")
    async with SqliteStore(file, data) as store:
        await store.add_text(f"실린 날은 알 수 없다.\n\n{TEXT}")
        (before,) = (await store.search(question)).passages
        await store.add_text(TEXT)
        with _locked(_passages(file)), monkeypatch.context() as impatient:
            impatient.setattr(searcher, "_PATIENCE", 0.1)
            found = await store.search(question)
            assert (found.passages, found.index_progress) == ((), IndexProgress(0, 1))
        (after,) = (await store.search(question)).passages
    assert (after.text, after.start < before.start) == (before.text, True)


def _indexes(file: Path) -> set[str]:
    return {one.name for one in file.with_name(f"{file.name}.index").iterdir()}


def _age(file: Path, days: int = 2) -> None:
    """Have the indexes of a library, as they say, not been changed for days."""
    then = time.time() - days * 24 * 60 * 60
    for one in file.with_name(f"{file.name}.index").iterdir():
        os.utime(one, (then, then))


async def test_making_an_index_removes_none_that_others_use(file: Path, data: Path) -> None:
    words = file.parent.with_name("terms.toml")
    words.write_text('[[terms]]\nid = "rocket"\nwords = ["로켓", "rocket"]\n', encoding="utf-8")
    async with SqliteStore(file, data) as store:
        await store.add_text(text(1))
        assert await is_found(store, 1)
        before = _indexes(file)
        _age(file)
        async with SqliteStore(file, data, words=words) as other:
            assert await is_found(other, 1)
        assert len(before) == 2
        assert before < _indexes(file)
        assert await is_found(store, 1)


async def test_an_index_of_older_data_is_removed_after_a_day(file: Path, data: Path, tmp_path: Path) -> None:
    newer = folder(tmp_path / "newer", trends=TRENDS.replace("번역", "통역"))
    for days, left in ((0, 4), (2, 2)):
        async with SqliteStore(file, data) as store:
            await store.add_text(text(1))
            assert await is_found(store, 1)
        before = _indexes(file)
        _age(file, days)
        async with SqliteStore(file, newer) as store:
            assert await is_found(store, 1)
        assert len(_indexes(file)) == left
        assert (before <= _indexes(file)) == (not days)
        shutil.rmtree(file.parent)


async def test_an_index_that_another_process_removes_first_is_no_obstacle(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        await store.add_text(text(1))
        assert await is_found(store, 1)
    for name in _indexes(file):
        gone = file.with_name(f"{file.name}.index") / name
        shutil.rmtree(gone)
        gone.with_name(f"{name}-gone").symlink_to(gone.with_name("nowhere"))
    async with SqliteStore(file, data) as store:
        assert await is_found(store, 1)
    async with SqliteStore(file, data) as store:
        assert await store.get_index_progress() == IndexProgress(1, 1)
