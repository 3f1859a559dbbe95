"""Hostile files break a process that has nothing to lose, and the next file is read."""

import asyncio
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from knowledge import ingest
from knowledge.ingest import parsers, sandbox, sandbox_worker
from knowledge.ingest.reader import Reader
from knowledge.model.errors import IngestError
from tests.knowledge.ingest.sample_pages import PARAGRAPHS, SHAPES, page
from tests.knowledge.ingest.sample_pdfs import typed

GOOD = SHAPES[0].html.encode()
PARTS = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
SLOW = f"<!doctype html><html><body><p {' '.join(f'a{index}=x' for index in range(400_000))}>{PARAGRAPHS[0]}</p></body></html>".encode()
needs_posix = pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded, and processes are seen, on Linux")


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def read(reader: Reader, data: bytes) -> str:
    try:
        return (await reader.read(data, name="page.html")).body
    except IngestError as error:
        return str(error)


async def test_a_page_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    async with Reader(longest_s=4) as reader:
        assert "takes longer than 4 seconds" in await read(reader, SLOW)
        assert PARAGRAPHS[0] in await read(reader, GOOD)


@pytest.mark.parametrize(
    "hostile",
    [
        f"<!doctype html><html><body>{'<div>' * 100_000}{PARTS}",
        f"<!doctype html><html><body>{'<b>' * 100_000}{PARTS}",
        f"<!doctype html><html><body>{'<table><tr><td>' * 20_000}{PARTS}",
        f"<!doctype html><html><body>{'<ul><li>' * 20_000}{PARTS}",
        f'<!doctype html><html><body><p style="{"a" * 5_000_000}">{PARTS}',
        f"<!doctype html><html><body>{'<' * 1_000_000}{PARTS}",
        f"<!doctype html><html><body>{'&lt;' * 1_000_000}{PARTS}",
        f'<!doctype html><script type="application/ld+json">{"[" * 1_000_000}</script>{PARTS}',
        "<!doctype html>\0\x01\x08" + PARTS,
    ],
    ids=["div", "b", "tables", "lists", "style", "brackets", "entities", "json", "controls"],
)
async def test_a_page_that_is_made_to_break_readers_breaks_nothing(hostile: str) -> None:
    async with Reader(longest_s=8) as reader:
        await read(reader, hostile.encode())
        assert PARAGRAPHS[0] in await read(reader, GOOD)


async def test_a_pdf_that_unpacks_to_a_thousand_times_its_size_breaks_nothing() -> None:
    bomb = zlib.compress(b"BT /F1 1 Tf (" + b"a" * 50_000_000 + b") Tj ET", 9)
    data = typed([["Hello there, this is a page."]])
    start = data.index(b"<< /Length", data.index(b"6 0 obj"))
    end = data.index(b"endobj", start)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\n" % (len(bomb), bomb)
    async with Reader(longest_s=8) as reader:
        await read(reader, data[:start] + stream + data[end:])
        assert PARAGRAPHS[0] in await read(reader, GOOD)


@needs_posix
async def test_a_worker_that_dies_is_a_sentence_and_the_next_file_has_a_new_one() -> None:
    async with Reader() as reader:
        await read(reader, GOOD)
        first = reader._sandbox.pid
        assert first
        asking = asyncio.create_task(read(reader, SLOW))
        await asyncio.sleep(0.2)
        os.kill(first, 9)
        assert "breaks the program that reads it" in await asking
        assert PARAGRAPHS[0] in await read(reader, GOOD)
        assert reader._sandbox.pid != first
        assert not is_running(first)


@needs_posix
async def test_nothing_is_left_when_the_reader_closes_or_whoever_waits_gives_up() -> None:
    async with Reader() as reader:
        await read(reader, GOOD)
        idle = reader._sandbox.pid
        asking = asyncio.create_task(read(reader, SLOW))
        await asyncio.sleep(0.2)
        asking.cancel()
        await asyncio.wait([asking])
        assert idle
        assert not is_running(idle)
        assert PARAGRAPHS[0] in await read(reader, GOOD)
        last = reader._sandbox.pid
    assert last
    assert not is_running(last)


@needs_posix
async def test_a_worker_ends_when_its_parent_is_gone() -> None:
    code = (
        "import asyncio, sys, os\nfrom knowledge.ingest.reader import Reader\n"
        "async def go():\n reader = Reader()\n await reader.read(sys.stdin.buffer.read(), name='a.html')\n"
        " print(reader._sandbox.pid, flush=True)\n os._exit(1)\nasyncio.run(go())"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env={**os.environ}
    )
    pid, _ = await process.communicate(GOOD)
    for _ in range(100):
        if not is_running(int(pid)):
            break
        await asyncio.sleep(0.05)
    assert not is_running(int(pid))


@needs_posix
def test_a_worker_has_its_memory_bounded() -> None:
    code = "from knowledge.ingest import sandbox_worker\nsandbox_worker._bound_memory()\ntry:\n bytearray(3 * 2**30)\nexcept MemoryError:\n print('bounded')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "bounded\n"


async def test_several_files_at_once_are_read_one_after_the_other() -> None:
    pages = [
        page(f"<article><h1>글 {index}</h1>{PARTS}<p>이것은 글 {index}번이다.</p></article>") for index in range(5)
    ]
    async with Reader() as reader:
        found = await asyncio.gather(*(read(reader, text.encode()) for text in pages))
    assert [f"이것은 글 {index}번이다." in body for index, body in enumerate(found)] == [True] * 5


async def test_a_worker_in_a_folder_with_modules_of_its_own_loads_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    async with Reader() as reader:
        assert PARAGRAPHS[0] in await read(reader, GOOD)


def test_a_missing_library_is_told_and_a_failing_one_is_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "knowledge.ingest.pdf", raising=False)
    monkeypatch.delattr(ingest, "pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert sandbox_worker.answer(parsers.answer, {"medium": "pdf", "url": ""}, b"%PDF-1.4") == {"missing": True}
    assert sandbox_worker.answer(parsers.answer, {"medium": "html"}, b"<p>") == {"failed": "KeyError"}


async def test_what_is_no_message_is_not_believed() -> None:
    for bytes_ in (
        b"",
        b"\0\0",
        b"\xff" * 12,
        b"\0\0\0\2\0\0\0\0[]",
        b"\0\0\0\2\0\0\0\0{x",
        b"\0\0\0\2\0\0\0\0\xff\xff",
    ):
        stream = asyncio.StreamReader()
        stream.feed_data(bytes_)
        stream.feed_eof()
        with pytest.raises(sandbox.BrokenFrameError):
            await sandbox.receive_message(stream)
