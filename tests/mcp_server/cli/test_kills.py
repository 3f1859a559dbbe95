"""Whatever is killed while it makes a library grow: what was acknowledged is there, what was not is gone whole, and the next start goes on."""

import asyncio
import json
import random
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge import KnowledgeBase
from knowledge.editor import Editor
from knowledge.export import formats
from knowledge.export.selection import collect_holdings as holdings_of
from knowledge.ingest.add import ArticleMetadata
from knowledge.ingest.feeds import FeedState
from knowledge.library import SqliteStore
from knowledge.model.records import Article, Claim
from knowledge.store.store import Question
from tests.conftest import ROOT
from tests.knowledge import origin as loopback
from tests.knowledge.ingest.test_feeds import item, rss
from tests.knowledge.origin import Origin
from tests.knowledge.samples import folder
from tests.mcp_server.cli.library_processes import NEWS, draft, held, long_text, name, text
from tests.mcp_server.transports.test_stdio import MODULE

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="this system has no such signals"), pytest.mark.slow]

_KILLS = 3
_PATIENCE_S = 120
_CLAIMS = 60


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return folder(tmp_path / "data")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library" / "library.sqlite3"


@contextmanager
def _running(*arguments: object) -> Iterator["subprocess.Popen[str]"]:
    """A process that makes a library grow; ended at the end."""
    command = [sys.executable, "-m", "tests.mcp_server.cli.library_processes", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _killed(process: "subprocess.Popen[str]", seconds: float) -> list[str]:
    """Kill a process some seconds after its first line, and return its output."""
    assert process.stdout
    first = process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    rest, complaints = process.communicate()
    assert complaints == ""
    lines = f"{first}{rest}".splitlines(keepends=True)
    return [line.strip() for line in lines if line.endswith("\n")]


async def _with_text(file: Path, data: Path, sentences: int = _CLAIMS) -> str:
    """A library with a text that claims can be drawn from; the id of its article."""
    async with SqliteStore(file, data) as store, Editor(store, "a test").open_importer() as importer:
        return (await importer.add_text(long_text(0, sentences), ArticleMetadata())).article.id


async def _passages(store: SqliteStore, number: int) -> bool:
    found = await KnowledgeBase(store).search(name(number))
    return any(name(number) in passage.text for passage in found.passages)


def _everywhere(*arguments: object) -> list[tuple[int, str, dict[str, int], dict[str, int]]]:
    """For each place at which something is killed: its status, what was acknowledged, what is there then, and after another try."""
    with _running("everywhere", *arguments) as process:
        printed, complaints = process.communicate(timeout=_PATIENCE_S)
    assert (process.returncode, complaints) == (0, "")
    lines = [json.loads(line) for line in printed.splitlines()]
    return [(*killed, again) for killed, (again,) in zip(lines[::2], lines[1::2], strict=True)]


@pytest.mark.parametrize("what", ["add", "record", "take_in", "start"])
async def test_killed_at_any_statement_it_is_done_whole_or_not_at_all(what: str, file: Path, data: Path) -> None:
    article = await _with_text(file, data)
    given: dict[str, tuple[object, ...]] = {
        "add": (1, 2),
        "record": (article, 0, 0, 1),
        "take_in": (await _exported(file.parent.parent / "other" / "library.sqlite3", data),),
        "start": (),
    }
    if what == "start":
        _age(file)
    ways = _everywhere(what, file, data, *given[what])
    *killed, (status, printed, done, _) = ways
    assert (status, printed != "") == (0, True)
    assert len(killed) >= 4
    for died, acknowledged, there, again in killed:
        assert died == -9
        assert again == done, "another try brings it"
        assert there == done or not acknowledged, "what was acknowledged is there"
    before = [there for _, _, there, _ in killed if there != done]
    assert all(there == before[0] for there in before), "what was not is gone whole"
    assert before or what == "start"


async def _exported(file: Path, data: Path) -> Path:
    """An export of a library with texts and claims of its own."""
    export = file.parent.with_suffix(".jsonl")
    async with SqliteStore(file, data) as store:
        editor = Editor(store, "another")
        async with editor.open_importer() as importer:
            article = (await importer.add_text(long_text(3, 30), ArticleMetadata())).article.id
            await importer.add_text(text(7), ArticleMetadata())
        await editor.record_claims(article, [draft(3, number) for number in range(3)], [], "en")
        holdings = await holdings_of(store, datetime.now(UTC), "0", with_texts=True)
    export.write_text(formats.write(holdings, "jsonl", "en"), encoding="utf-8")
    return export


def _age(file: Path) -> None:
    """Make a library one of the version before there was a history."""
    with closing(sqlite3.connect(file)) as connection:
        for what in ("TRIGGER log_stays", "TRIGGER log_lasts", "INDEX fallen", "TABLE log", "TABLE sketch"):
            connection.execute(f"DROP {what}")
        connection.execute("DROP TABLE progress")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


def test_what_the_command_line_acknowledged_is_there(file: Path, tmp_path: Path) -> None:
    environment = {"AI_TRENDS_LIBRARY": str(file), "PATH": "", "PYTHONIOENCODING": "utf-8"}
    sources = []
    for number in range(300):
        sources.append(tmp_path / f"{number}.txt")
        sources[-1].write_text(text(number), encoding="utf-8")
    chance = random.Random(6)
    acknowledged: list[str] = []
    for kill in range(_KILLS):
        command = [*MODULE, "add", *map(str, sources[kill * 100 : kill * 100 + 100])]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        ) as process:
            acknowledged += _killed(process, chance.random() / 2)
        there = held(file)
        assert there["text"] - len(acknowledged) in range(kill + 2)
    ids = [found[0] for line in acknowledged if (found := re.findall(r"text-[0-9a-f]{12}", line))]
    numbers = [int(Path(line.partition(":")[0]).stem) for line in acknowledged]
    assert len(ids) == len(acknowledged) > _KILLS
    asyncio.run(_all_found(file, ids, numbers))


async def _all_found(file: Path, ids: list[str], numbers: list[int]) -> None:
    async with SqliteStore(file) as store:
        assert (await store.get(Article, tuple(ids))).keys() == set(ids)
        assert [number for number in numbers[:: max(1, len(numbers) // 8)] if not await _passages(store, number)] == []
        async with Editor(store, "a test").open_importer() as importer:
            assert not (await importer.add_text(text(999), ArticleMetadata())).again
        assert await _passages(store, 999)


async def test_claims_that_were_acknowledged_are_there(file: Path, data: Path) -> None:
    article = await _with_text(file, data)
    chance = random.Random(7)
    acknowledged: list[str] = []
    for kill in range(_KILLS):
        with _running("record", file, data, article, 0, kill * 20, kill * 20 + 20) as process:
            lines = await asyncio.to_thread(_killed, process, chance.random() / 2)
        acknowledged += [line.split()[1] for line in lines]
        held(file)
    async with SqliteStore(file, data) as store:
        assert set((await store.search(Question("공장 직원"))).claims) >= set(acknowledged)
        there = {claim.id for claim in await store.list_all(Claim)}
        left = [number for number in range(_CLAIMS) if f"{article}.plant-{number}" not in there]
        drafts = [draft(0, number) for number in left[:50]]
        recorded = await Editor(store, "a test").record_claims(article, drafts, [], "en")
        assert len(recorded.recorded) == len(drafts)


@pytest.fixture
def origin() -> Iterator[Origin]:
    """A server on loopback with a feed of articles."""
    with loopback.origin() as server:
        for number in range(20):
            server.has(f"/{number}", text(number).encode(), Content_Type="text/plain; charset=utf-8")
        body = rss(*(item(f"/{number}", title=f"소식 {number}") for number in range(20))).encode()
        server.answers["/feed"] = loopback.conditional(body, '"feed"', Content_Type="text/xml")
        yield server


async def test_a_watch_that_is_killed_goes_on_and_takes_no_page_twice(file: Path, data: Path, origin: Origin) -> None:
    url = f"http://{NEWS}:{origin.port}/feed"
    async with SqliteStore(file, data) as store:
        await Editor(store, "a test").feeds.watch(FeedState(url=url, added=datetime.now(UTC)))
    chance = random.Random(8)
    acknowledged: set[str] = set()
    for _ in range(_KILLS):
        with _running("watch", file, data, origin.port) as process:
            lines = await asyncio.to_thread(_killed, process, chance.random() / 5)
        acknowledged |= {article for line in lines for article in re.findall(r"text-[0-9a-f]{12}", line)}
        there = held(file)
        assert there["text"] >= len(acknowledged)
        assert there["progress"] == there["text"] + 1, "each text with the note that its page is done, and the feed"
    with _running("watch", file, data, origin.port) as process:
        printed, complaints = process.communicate(timeout=_PATIENCE_S)
    assert complaints == ""
    assert printed.splitlines()[-1] == f"taken {20 - there['text']}"
    assert held(file) | {"record": 0, "aspect": 0, "sketch": 0} == {
        "record": 0, "aspect": 0, "sketch": 0, "text": 20, "log": 20, "progress": 21
    }  # fmt: skip
    async with SqliteStore(file, data) as store:
        assert [number for number in range(0, 20, 5) if not await _passages(store, number)] == []


async def test_killed_while_the_index_is_brought_up_to_date_it_is_brought_up_by_the_next(
    file: Path, data: Path
) -> None:
    article = await _with_text(file, data)
    async with SqliteStore(file, data) as store:
        await KnowledgeBase(store).search("공장")
        drafts = [draft(0, number) for number in range(50)]
        await Editor(store, "a test").record_claims(article, drafts, [], "en")
    chance = random.Random(9)
    for _ in range(_KILLS):
        with _running("index", file, data) as process:
            await asyncio.to_thread(_killed, process, chance.random() / 5)
    async with SqliteStore(file, data) as store:
        found = await KnowledgeBase(store).search("공장 직원", limit=50)
        assert found.total == 50
    assert held(file)["text"] == 1


async def test_twenty_readers_and_three_writers_in_as_many_processes(file: Path, data: Path) -> None:
    stop = file.parent / "stop"
    with _running("crowd", file, data, 20, stop) as readers:  # the library is not there yet: one of them makes it
        assert readers.stdout
        assert await asyncio.to_thread(readers.stdout.readline) == "reading\n"
        article = await _with_text(file, data)
        with (
            _running("add", file, data, 1, 13) as adding,
            _running("record", file, data, article, 0, 0, 8, 2) as even,
            _running("record", file, data, article, 0, 1, 8, 2) as odd,
        ):
            outputs = [
                await asyncio.to_thread(process.communicate, timeout=_PATIENCE_S) for process in (adding, even, odd)
            ]
        stop.touch()
        read, complaints = await asyncio.to_thread(readers.communicate, timeout=_PATIENCE_S)
    assert [errors for _, errors in outputs] == ["", "", ""]
    assert (readers.returncode, len(re.findall("read(?!ing)", read)), complaints) == (0, 20, "")
    assert held(file)["text"] == 13
    acknowledged = {line.split()[1] for out, _ in outputs[1:] for line in out.splitlines()}
    assert acknowledged == {f"{article}.plant-{number}" for number in range(8)}
    async with SqliteStore(file, data) as store:
        assert {
            result.id for result in (await KnowledgeBase(store).search("공장 직원", limit=50)).items
        } == acknowledged
        assert [number for number in range(1, 13) if not await _passages(store, number)] == []


async def test_many_processes_start_at_once_on_a_library_of_an_older_version(
    file: Path, data: Path, tmp_path: Path
) -> None:
    await _with_text(file, data)
    _age(file)
    stop = tmp_path / "stop"
    stop.touch()
    with _running("crowd", file, data, 12, stop) as readers:
        read, complaints = await asyncio.to_thread(readers.communicate, timeout=_PATIENCE_S)
    assert (readers.returncode, len(re.findall("read(?!ing)", read)), complaints) == (0, 12, "")
    assert held(file)["log"] == 1
