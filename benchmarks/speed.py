"""Latency and memory of a library by its number of passages; each step runs in its own process."""

import asyncio
import multiprocessing
import os
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from benchmarks import bare, libraries
from benchmarks.calls import Call
from benchmarks.figures import percentile, table
from benchmarks.libraries import LIBRARY, Built
from benchmarks.systems import any_trigram
from benchmarks.wires import Memory
from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from knowledge.search import passages
from knowledge.store.records import Records
from knowledge.store.store import Question
from mcp_server.server import build_server

_R = TypeVar("_R")
_WARMING = 20
"""Questions that are asked before the clock runs; they are not asked again."""
_TRIGRAM_LIMIT = 100_000
"""Passages from which on the baseline takes longer than anyone waits."""
_TRIGRAM_QUESTIONS = 60
_MS = 1000


class Spread(NamedTuple):
    """Milliseconds that half, and 99 of 100, stay below."""

    p50: float
    p99: float


class Timing(NamedTuple):
    """Latency of questions of one kind."""

    kind: str
    engine: Spread
    """The store alone: claims and passages, ranked."""
    call: Spread
    """The tool, from message to message."""
    nothing: Spread
    """A tool that does nothing, in between."""
    trigram: Spread | None
    """SQLite's FTS5 with its trigram tokenizer."""


class Measured(NamedTuple):
    """Measurements of one library."""

    built: Built
    memory_mb: float
    """Of the process that answered, after everything was asked; without the files of the index, which are mapped."""
    before_mb: float
    """The same before the library was opened."""
    timings: list[Timing]


def measure(sizes: Iterable[int], words: list[str], keep: Path | None) -> list[Measured]:
    """Make libraries of so many passages from the words of texts, and ask them; in `keep` they stay for the next time."""
    with tempfile.TemporaryDirectory() as temporary:
        return [_measure((keep or Path(temporary)) / str(size), size, words) for size in sizes]


def report(measured: Sequence[Measured]) -> str:
    """Two tables."""
    head = ["passages", "added, texts/s", "indexed, passages/s", "records MB", "index MB", "peak MB, making"]
    head += ["MB, before", "MB, answering"]
    made = [
        [f"{value:,.0f}" for value in (*library.built, library.before_mb, library.memory_mb)] for library in measured
    ]
    columns = ["engine p50", "p99", "call p50", "p99", "nothing p50", "call / nothing", "FTS5 trigram p50", "p99"]
    answered = [
        [f"{library.built.passages:,}: {timing.kind}", *_cells(timing)]
        for library in measured
        for timing in library.timings
    ]
    return "\n" + table(head, made) + "\n\n" + table(["milliseconds", *columns], answered)


def as_data(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [
        {
            **library.built._asdict(),
            "memory_mb": library.memory_mb,
            "asked": [timing._asdict() for timing in library.timings],
        }
        for library in measured
    ]


def _cells(timing: Timing) -> list[str]:
    ratio = timing.call.p50 / timing.nothing.p50
    values = (*timing.engine, *timing.call, timing.nothing.p50, ratio, *(timing.trigram or ()))
    cells = [f"{value:.1f}" for value in values]
    return cells if timing.trigram else [*cells, "", ""]


def _measure(folder: Path, size: int, words: list[str]) -> Measured:
    built = _apart(_build, folder, size, words)
    before, memory, timings = _apart(_ask, folder)
    trigrams = _apart(_ask_trigrams, folder) if size <= _TRIGRAM_LIMIT else {}
    return Measured(built, memory, before, [timing._replace(trigram=trigrams.get(timing.kind)) for timing in timings])


def _apart(work: Callable[..., _R], *arguments: Any) -> _R:
    """Do it in a process of its own, so that memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _build(folder: Path, size: int, words: list[str]) -> Built:
    return asyncio.run(libraries.build(folder, size, words))


def _ask(folder: Path) -> tuple[float, float, list[Timing]]:
    before = _memory_mb()
    store = SqliteStore(folder / LIBRARY)

    @asynccontextmanager
    async def opened() -> AsyncIterator[KnowledgeBase]:
        yield KnowledgeBase(store)

    with closing(Memory(bare.build(), "modern")) as without, closing(Memory(build_server(opened), "modern")) as ours:
        timings = [_kind(kind, some, store, without, ours) for kind, some in libraries.questions(folder).items()]
    memory = _memory_mb()
    asyncio.run(store.__aexit__(None, None, None))
    return before, memory, timings


def _kind(kind: str, some: Sequence[str], store: SqliteStore, without: Memory, ours: Memory) -> Timing:
    """Half of the questions go to the store, half through the tool: none is asked twice."""
    calls = [Call("search_trends", {"query": query}) for query in some[1::2]]
    ours.time(calls[:_WARMING])
    engine = asyncio.run(_find(store, some[::2]))
    tool = [call.seconds for call in ours.time(calls[_WARMING:])]
    nothing = [call.seconds for call in without.time([Call(bare.TOOL)] * len(tool))]
    return Timing(kind, _spread(engine), _spread(tool), _spread(nothing), None)


async def _find(store: SqliteStore, some: Sequence[str]) -> list[float]:
    seconds = []
    for query in some:
        start = time.perf_counter()
        await store.search(Question(query))
        seconds.append(time.perf_counter() - start)
    return seconds[_WARMING:]


def _ask_trigrams(folder: Path) -> dict[str, Spread]:
    """The same questions of a baseline over the same passages."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='trigram')")
        connection.executemany("INSERT INTO texts VALUES (?)", _bodies(folder / LIBRARY))
        questions = libraries.questions(folder).items()
        return {
            kind: _spread([_trigrams(connection, query) for query in some[:_TRIGRAM_QUESTIONS]])
            for kind, some in questions
        }


def _bodies(file: Path) -> Iterable[tuple[str]]:
    records = Records(file)
    for _, text in records.texts.iterate_since(0):
        yield from ((split_passage.text,) for split_passage in passages.split_passages(text.article, text.body))
    records.close()


def _trigrams(connection: sqlite3.Connection, question: str) -> float:
    start = time.perf_counter()
    if match := any_trigram(question):
        connection.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10", (match,)).fetchall()
    return time.perf_counter() - start


def _spread(seconds: Sequence[float]) -> Spread:
    return Spread(percentile(seconds, 50) * _MS, percentile(seconds, 99) * _MS)


def _memory_mb() -> float:
    """Resident memory of this process, without mapped files; 0 where the system does not tell."""
    file = Path(f"/proc/{os.getpid()}/statm")
    _, resident, mapped, *_ = map(int, file.read_text(encoding="ascii").split()) if file.exists() else (0, 0, 0)
    return (resident - mapped) * os.sysconf("SC_PAGE_SIZE") / 1_000_000
