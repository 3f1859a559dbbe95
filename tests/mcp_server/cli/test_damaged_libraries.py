"""A library that is full, damaged, altered or of another version: a sentence from every command, nothing lost, and the doctor knows."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.mcp_server.cli.library_processes import held, text
from tests.mcp_server.transports.test_processes import run

pytestmark = pytest.mark.slow

COMMANDS = (
    ["ask", "공장"],
    ["add", "FILE"],
    ["watch", "--list"],
    ["mark", "no.claim", "retracted", "--why", "wrong"],
    ["history"],
    ["export", "--format", "jsonl", "--texts"],
    ["reindex"],
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with some texts."""
    files = []
    for number in range(8):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(text(number), encoding="utf-8")
    file = tmp_path / "library" / "library.sqlite3"
    assert run("add", *map(str, files), AI_TRENDS_LIBRARY=str(file)).returncode == 0
    return file


def _said(library: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    another = library.parent.with_name("another.txt")
    another.write_text(text(99), encoding="utf-8")
    given = [str(another) if word == "FILE" else word for word in command]
    done = run(*given, AI_TRENDS_LIBRARY=str(library))
    assert "Traceback" not in done.stderr, command
    return done


def _ruined(library: Path) -> None:
    with library.open("r+b") as opened:
        for page in range(3, library.stat().st_size // 4096):
            opened.seek(page * 4096)
            opened.write(os.urandom(2000))


def _headless(library: Path) -> None:
    with library.open("r+b") as opened:
        opened.write(b"X" * 16)


def _altered(*statements: str) -> Callable[[Path], None]:
    def alter(library: Path) -> None:
        with closing(sqlite3.connect(library)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return alter


_FORGET = "DROP TRIGGER log_stays"
_UNINDEXED = ("DROP INDEX article_digest", "DROP INDEX article_copy")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (_ruined, "file is damaged"),
        (_headless, "file is not a database"),
        (_altered(_FORGET, "UPDATE log SET event = replace(event, '공장', '시장') WHERE seq = 3"), "event 3 of the hi"),
        (_altered(_FORGET, "UPDATE log SET event = '{bad' WHERE seq = 3"), "event 3 of the history does not follow"),
        (_altered("UPDATE text SET body = replace(body, '공장', '시장') WHERE seq = 3"), "was altered"),
        (
            _altered(*_UNINDEXED, "UPDATE record SET json = '{bad' WHERE id LIKE 'text-%'"),
            "A record of the library cannot be read",
        ),
        (_altered("UPDATE text SET places = '{' WHERE seq = 2"), "is noted of the text of"),
    ],
    ids=["pages", "header", "event", "no event", "text", "record", "places"],
)
def test_what_is_damaged_or_altered_is_said(library: Path, harm: Callable[[Path], None], sentence: str) -> None:
    harm(library)
    for command in (["ask", "공장"], ["add", "FILE"], ["history"], ["export", "--format", "jsonl", "--texts"]):
        _said(library, *command)
    found = _said(library, "doctor").stdout
    assert sentence in " ".join(found.split())
    assert "WRONG" in found
    assert "backup" in found


def test_nothing_touches_a_library_of_a_newer_version(library: Path) -> None:
    _altered("PRAGMA user_version = 999")(library)
    before = library.read_bytes()
    for command in COMMANDS:
        done = _said(library, *command)
        assert done.returncode == 1
        assert "was made by a newer version of ai-trends-mcp; nothing in it was touched." in done.stderr
        assert library.read_bytes() == before
    assert [path.name for path in library.parent.iterdir()] == [library.name]


_FULL = """
import asyncio, resource, signal, sys
from pathlib import Path
from knowledge import StoreError
from knowledge.library import SqliteStore
from tests.mcp_server.cli.library_processes import text

async def main(file):
    async with SqliteStore(file) as store:
        await store.add_text(text(50))
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        log = file.with_name(file.name + "-wal")
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 9000, limits[1]))
        for number in range(51, 99):
            try:
                await store.add_text(text(number))
            except StoreError as error:
                print(error)
                break
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        print((await store.add_text(text(99))).again)

asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such limits")
def test_where_there_is_no_room_it_is_said_nothing_is_lost_and_it_goes_on_afterwards(library: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(library)], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    message, again = done.stdout.splitlines()
    assert message.startswith("The library's disk cannot be read or written: disk I/O error.")
    assert (again, done.stderr) == ("False", "")
    assert held(library)["text"] >= 10


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_an_export_that_finds_no_room_says_so(library: Path) -> None:
    done = run("export", "--format", "csv", "--out", "/dev/full", AI_TRENDS_LIBRARY=str(library))
    assert (done.returncode, done.stderr) == (
        1,
        "/dev/full cannot be written: No space left on device. Choose another with --out.\n",
    )
    assert Path("/dev/full").is_char_device()
