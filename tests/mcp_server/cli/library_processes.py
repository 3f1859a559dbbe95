"""Processes that add to a library, for tests that kill them: `python -m tests.mcp_server.cli.library_processes WHAT LIBRARY ...`.

Each says a line as soon as something is acknowledged, and nothing else.
"""

import asyncio
import itertools
import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

from knowledge import KnowledgeBase
from knowledge.curation.record import ClaimsRecorded
from knowledge.editor import Editor
from knowledge.fetch.client import WebClient
from knowledge.fetch.url_policy import PublicHosts
from knowledge.ingest.add import ArticleMetadata
from knowledge.ingest.poller import FeedPoller
from knowledge.ingest.subscriptions import EntryImporter
from knowledge.library import SqliteStore
from knowledge.store.database import Database
from knowledge.store.integrity import verify_records
from knowledge.store.records import Records
from tests.knowledge.origin import HOST, resolver

NEWS = "news.example"
_NAMES = "가나다라마바사아자차카타파하"


def name(number: int) -> str:
    """A name that no other number has."""
    return "".join(_NAMES[int(digit)] for digit in f"{number:05}") + "전자"


def text(number: int) -> str:
    """A text that no other number has, and that is no copy of theirs."""
    words = " ".join(
        f"{name(number * 31 + place)}의 직원이 {name(number * 17 + place)}로 옮겼다." for place in range(9)
    )
    return f"공장 소식 {number}\n\n{name(number)}는 새 공장을 짓는다고 밝혔다. {words}\n"


def long_text(number: int, sentences: int) -> str:
    """A text with a sentence for each of some claims."""
    return f"인력 소식 {number}\n\n" + "".join(f"{_said(number, place)}\n" for place in range(sentences))


def draft(number: int, sentence: int) -> dict[str, Any]:
    """Make a draft that one of these texts supports."""
    return {
        "statement_ko": f"{name(sentence)}의 공장에서 직원 {100 + sentence}명이 일한다.",
        "statement_en": f"At the plant numbered so, {100 + sentence} employees work.",
        "kind": "fact",
        "quotes": [_said(number, sentence)],
        "name": f"plant-{sentence}",
    }


def _said(number: int, sentence: int) -> str:  # noqa: ARG001 - long_text has it
    return f"{name(sentence)}의 공장에서는 직원 {100 + sentence}명이 일한다."


async def add(store: SqliteStore, first: str, last: str) -> None:
    """Add texts; say their numbers and ids."""
    async with Editor(store, "a test").open_importer() as importer:
        for number in range(int(first), int(last)):
            added = await importer.add_text(text(number), ArticleMetadata())
            print(number, added.article.id, flush=True)


async def record(store: SqliteStore, article: str, number: str, first: str, last: str, step: str = "1") -> None:
    """Record claims one by one; say their ids."""
    editor = Editor(store, "a test")
    for sentence in range(int(first), int(last), int(step)):
        recorded = await editor.record_claims(article, [draft(int(number), sentence)], [], "en")
        _say(recorded, sentence)


def _say(recorded: ClaimsRecorded, sentence: int) -> None:
    print(sentence, *recorded.recorded, flush=True)


async def watch(store: SqliteStore, port: str) -> None:
    """A round over the feeds that are watched; say what was taken."""

    async def no_sleep(_: float) -> None:
        await asyncio.sleep(0)

    seconds = itertools.count(0, 100)
    web = WebClient(
        PublicHosts(frozenset({int(port)})),
        resolver=resolver({NEWS: [HOST]}),
        clock=lambda: float(next(seconds)),
        sleep=no_sleep,
    )
    editor = Editor(store, "a test")
    async with editor.open_importer() as importer, web:
        tally = await FeedPoller(
            web, editor.feeds, EntryImporter(importer), lambda *progress: print(progress[2], flush=True)
        ).poll()
    print("taken", tally.taken, flush=True)


async def take_in(store: SqliteStore, export: str) -> None:
    """Import an export."""
    imported, _ = await Editor(store, "a test").import_jsonl(Path(export).read_text(encoding="utf-8"), "export.jsonl")  # noqa: ASYNC240
    print("imported", imported.new, flush=True)


async def index(store: SqliteStore) -> None:
    """Ask something, so that the indexes are made or brought up to date."""
    print("asking", flush=True)
    found = await KnowledgeBase(store).search("공장 직원")
    print("found", found.total, flush=True)


async def read(store: SqliteStore, stop: str) -> None:
    """Ask one question after the other until a file is there."""
    knowledge = KnowledgeBase(store)
    for number in itertools.count():
        await knowledge.search(f"{name(number % 50)} 공장 직원")
        if Path(stop).exists():  # noqa: ASYNC240
            break
        await asyncio.sleep(0.2)
    print("read", flush=True)


async def start(store: SqliteStore) -> None:
    """Open the library, and no more."""
    print("opened", len(await store.list_events()), flush=True)


def crowd(library: str, data: str, readers: str, stop: str) -> None:
    """So many readers, each a process."""
    children = [_forked(lambda: asyncio.run(main("read", library, data, stop))) for _ in range(int(readers))]
    print("reading", flush=True)
    sys.exit(max(_ended(child) for child in children))


def everywhere(what: str, library: str, data: str, *arguments: str) -> None:
    """Do something to copies of a library, killed before each statement that writes; say how the library is then.

    What is said each time: whether something was acknowledged, what is there after the kill, and after it was done again.
    """
    template = Path(library).parent
    for place in itertools.count(1):
        copy = template.with_name(f"killed-{place}")
        shutil.copytree(template, copy)
        there, file = str(copy / Path(library).name), copy / "said"
        status = _ended(_forked(lambda: _dying(place, file, what, there, data, *arguments)))  # noqa: B023 - runs at once
        _fine(
            _forked(
                lambda: print(json.dumps([status, file.read_text(encoding="utf-8"), held(Path(there))]), flush=True)  # noqa: B023
            )
        )
        _fine(_forked(lambda: _quietly(copy / "again", what, there, data, *arguments)))  # noqa: B023
        _fine(_forked(lambda: print(json.dumps([held(Path(there))]), flush=True)))  # noqa: B023
        shutil.rmtree(copy)
        if status == 0:
            return


def held(library: Path) -> dict[str, int]:
    """Count the rows of a library's tables, and check the library against its history."""
    with closing(Records(library)) as records:
        assert verify_records(records).faults == ()
        assert records.find_damage() is None
    with closing(sqlite3.connect(library)) as connection:
        assert connection.execute(_HALF).fetchall() == []
        tables = ("record", "text", "log", "sketch", "progress", "aspect")
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


_HALF = """
SELECT article FROM text WHERE article NOT IN (SELECT id FROM record WHERE kind = 'article')
    OR article NOT IN (SELECT article FROM sketch) OR article NOT IN (SELECT subject FROM log WHERE action = 'added')
UNION ALL SELECT article FROM sketch WHERE article NOT IN (SELECT article FROM text)
UNION ALL SELECT id FROM record WHERE kind = 'claim' AND seq NOT IN (SELECT record FROM aspect)
"""
"""Whatever is there in part."""


def _dying(place: int, path: Path, *arguments: str) -> None:
    left = itertools.count(place - 1, -1)

    def dying(really: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return really(*given)

        return run

    Database.run = dying(Database.run)  # type: ignore[method-assign]
    Database.run_many = dying(Database.run_many)  # type: ignore[method-assign]
    _quietly(path, *arguments)


def _quietly(path: Path, *arguments: str) -> None:
    """Do it; what it says goes into a file."""
    with path.open("w", encoding="utf-8") as opened, redirect_stdout(opened):
        asyncio.run(main(*arguments))


def _forked(work: Callable[[], None]) -> int:
    """Another process that does something; its id."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        sys.stdout.flush()
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the process ends
        traceback.print_exc()
    os._exit(status)


def _ended(child: int) -> int:
    """The status with which a process ends, the signal as a negative number where one ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _fine(child: int) -> None:
    assert _ended(child) == 0


async def main(what: str, library: str, data: str, *arguments: str) -> None:
    """Do one of these."""
    async with SqliteStore(Path(library), Path(data) if data else None) as store:
        await globals()[what](store, *arguments)


if __name__ == "__main__":
    if sys.argv[1] in {"crowd", "everywhere"}:
        globals()[sys.argv[1]](*sys.argv[2:])
    else:
        asyncio.run(main(*sys.argv[1:]))
