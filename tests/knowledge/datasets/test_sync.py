"""A table is fetched once, kept under its day, and fetched again only where that brings something; nothing is ever lost."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from knowledge.datasets import atomic_files, sync
from knowledge.datasets.sync import SyncResult
from knowledge.datasets.vintages import VintageFolder
from knowledge.fetch.fetcher import Fetcher
from knowledge.fetch.url_policy import AllowedHosts
from knowledge.model.errors import DatasetError, StoreError, UnwritableError
from tests.conftest import ROOT
from tests.knowledge import origin as loopback
from tests.knowledge.datasets import epoch
from tests.knowledge.origin import Origin, answer, conditional, dripping

MODIFIED = "Mon, 16 Feb 2026 10:00:00 GMT"


@pytest.fixture
def origin() -> Iterator[Origin]:
    """A server on loopback."""
    with loopback.origin() as server:
        yield server


@pytest.fixture
def vintages(tmp_path: Path) -> VintageFolder:
    return VintageFolder(tmp_path / "datasets")


def _table(folder: Path, rows: int) -> bytes:
    return epoch.many(folder, rows).read_bytes()


async def _sync(vintages: VintageFolder, origin: Origin, *paths: str, even_if_smaller: bool = False) -> SyncResult:
    addresses = [origin.url(path) for path in paths or ("/a.csv",)]
    return await sync.sync(vintages, "large_scale", Fetcher(origin.allowed), addresses, even_if_smaller=even_if_smaller)


def _kept(vintages: VintageFolder) -> list[tuple[str, int]]:
    return [(str(record.vintage), len(vintages.table(record).models)) for record in vintages.vintages()]


def _run(code: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    environment = {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=False, capture_output=True)


def _today() -> date:
    return datetime.now(UTC).date()


async def test_a_table_is_kept_under_the_day_of_its_last_change(
    vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    url = origin.has("/a.csv", _table(tmp_path, 5), Last_Modified=MODIFIED, Content_Type="text/csv")
    synced = await _sync(vintages, origin)
    assert (synced.outcome, synced.dated_by, synced.address, synced.failed) == ("added", "server", url, ())
    assert (synced.record.vintage, synced.record.source) == (date(2026, 2, 16), url)
    assert vintages.vintages() == (synced.record,)
    assert not list(vintages.path.glob("*.part"))


@pytest.mark.parametrize("modified", [None, "some day", "far"])
async def test_without_such_a_day_it_is_of_today(
    modified: str | None, vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    ahead = format_datetime(datetime.now(UTC) + timedelta(days=9), usegmt=True)
    headers = {"Last_Modified": ahead if modified == "far" else modified} if modified else {}
    origin.has("/a.csv", _table(tmp_path, 5), **headers)
    synced = await _sync(vintages, origin)
    assert (synced.record.vintage, synced.dated_by) == (_today(), "today")


async def test_an_unchanged_table_is_neither_fetched_nor_kept_twice(
    vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    table = _table(tmp_path, 5)
    origin.answers["/a.csv"] = conditional(table, '"one"', Last_Modified=MODIFIED)
    first = await _sync(vintages, origin)
    again = await _sync(vintages, origin)
    assert (again.outcome, again.record) == ("not modified", first.record)
    assert origin.requests[1][1]["if-none-match"] == '"one"'
    assert origin.requests[1][1]["if-modified-since"] == MODIFIED
    origin.has("/b.csv", table)  # the same bytes elsewhere, of a later day
    elsewhere = await _sync(vintages, origin, "/b.csv")
    assert (elsewhere.outcome, elsewhere.record) == ("unchanged", first.record)
    assert vintages.vintages() == (first.record,)
    assert "if-none-match" not in origin.requests[2][1]


async def test_a_changed_table_stands_beside_the_older_one(
    vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    origin.answers["/a.csv"] = conditional(_table(tmp_path, 5), '"one"', Last_Modified=MODIFIED)
    await _sync(vintages, origin)
    origin.answers["/a.csv"] = conditional(_table(tmp_path, 6), '"two"')
    synced = await _sync(vintages, origin)
    assert (synced.outcome, origin.requests[1][1]["if-none-match"]) == ("added", '"one"')
    assert _kept(vintages) == [(str(_today()), 6), ("2026-02-16", 5)]
    await _sync(vintages, origin)
    assert origin.requests[2][1]["if-none-match"] == '"two"'


@pytest.mark.parametrize("harm", ["altered", "missing", "unrecorded"])
async def test_nothing_is_asked_by_a_vintage_that_is_not_there_whole(
    harm: str, vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    origin.answers["/a.csv"] = conditional(_table(tmp_path, 5), '"one"')
    old = vintages.add(epoch.many(tmp_path, 5, "large_scale.2025-01-01.csv")).record
    await _sync(vintages, origin)
    (table,) = vintages.path.glob("*.csv")
    if harm == "altered":
        table.write_bytes(b"x")
    elif harm == "missing":
        table.unlink()
    else:
        next(vintages.path.glob("*.json")).unlink()
    synced = await _sync(vintages, origin)
    assert all("if-none-match" not in headers for _, headers in origin.requests)
    assert synced.outcome == ("added" if harm == "unrecorded" else "repaired")
    assert _kept(vintages) == [(str(_today() if harm == "unrecorded" else old.vintage), 5)]


async def test_what_cannot_be_read_of_what_was_said_is_not_sent(
    vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    origin.answers["/a.csv"] = conditional(_table(tmp_path, 5), '"one"')
    await _sync(vintages, origin)
    (seen,) = vintages.path.glob("*.seen")
    seen.write_text("{", encoding="utf-8")
    assert (await _sync(vintages, origin)).outcome == "unchanged"
    assert "if-none-match" not in origin.requests[1][1]
    assert (await _sync(vintages, origin)).outcome == "not modified"


async def test_the_next_address_is_asked_where_one_gives_nothing(
    vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    origin.has("/page.csv", b"<!doctype html><p>Log in")
    origin.has("/b.csv", _table(tmp_path, 5))
    synced = await _sync(vintages, origin, "/none.csv", "/page.csv", "/b.csv")
    assert synced.address == origin.url("/b.csv")
    assert [str(failure).partition(". ")[0] for failure in synced.failed] == [
        f"{origin.url('/none.csv')}: is answered with status 404 (Not Found)",
        f"{origin.url('/page.csv')}: is answered with a web page (text/html)",
    ]


async def test_where_no_address_gives_anything_each_reason_is_said(vintages: VintageFolder, origin: Origin) -> None:
    origin.answers["/b.csv"] = answer(b"", 503)
    with pytest.raises(StoreError) as failed:
        await _sync(vintages, origin, "/a.csv", "/b.csv")
    for part in ("/a.csv: is answered with status 404", "/b.csv: is answered with status 503", "Nothing was changed."):
        assert part in str(failed.value)
    assert vintages.vintages() == ()


async def test_one_reason_of_several_addresses_is_said_once(vintages: VintageFolder, origin: Origin) -> None:
    with pytest.raises(sync.NothingFetchedError) as failed:
        await _sync(vintages, origin, "/a.csv", "/b.csv")
    assert str(failed.value).startswith(f"{origin.url('/a.csv')} and /b.csv: is answered with status 404 (Not Found). ")
    assert str(failed.value).count("404") == 1
    assert failed.value.address == origin.url("/a.csv")


async def test_what_a_fetched_table_takes_the_place_of_is_told(
    vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    origin.has("/a.csv", _table(tmp_path, 5), Last_Modified=MODIFIED)
    first = await _sync(vintages, origin)
    origin.has("/a.csv", _table(tmp_path, 6), Last_Modified=MODIFIED)
    assert (first.replaced, (await _sync(vintages, origin)).replaced) == (None, first.record)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"Model,Organization\nA,B\n", "lacks the column for released, countries, compute"),
        (b"Model,Org\xff\n", "is not UTF-8"),
        (b"hello", "lacks the column"),
        (b"", "has 7 rows, a fifth or more fewer than the 10 of 2026-02-16"),
    ],
)
async def test_a_table_that_lost_something_is_refused_and_the_older_one_stays(
    content: bytes, problem: str, vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    origin.answers["/a.csv"] = conditional(_table(tmp_path, 10), '"one"', Last_Modified=MODIFIED)
    await _sync(vintages, origin)
    before = {file.name: file.read_bytes() for file in vintages.path.iterdir()}
    origin.answers["/a.csv"] = conditional(content or _table(tmp_path, 7), '"two"')
    with pytest.raises(DatasetError, match=problem) as refused:
        await _sync(vintages, origin)
    assert refused.value.file == origin.url("/a.csv")
    assert {file.name: file.read_bytes() for file in vintages.path.iterdir()} == before
    if not content:
        assert (await _sync(vintages, origin, even_if_smaller=True)).record.rows == 7


@pytest.mark.parametrize("step", [0, 1, 2, 3, 4])
async def test_a_process_that_dies_at_any_step_leaves_a_whole_vintage_in_force(
    step: int, vintages: VintageFolder, origin: Origin, tmp_path: Path
) -> None:
    origin.answers["/a.csv"] = conditional(_table(tmp_path, 5), '"one"', Last_Modified=MODIFIED)
    await _sync(vintages, origin)
    new = conditional(_table(tmp_path, 6), '"two"', Last_Modified="Tue, 17 Feb 2026 10:00:00 GMT")
    origin.answers["/a.csv"] = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nabc") if step == 0 else new
    code = f"""\
import asyncio, os
from pathlib import Path
from knowledge.datasets import atomic_files, sync
from knowledge.datasets.vintages import VintageFolder
from knowledge.fetch.url_policy import AllowedHosts
from knowledge.fetch.fetcher import Fetcher
left = [{step} - 2]
really = atomic_files.place
def place(file, target):
    if left[0] == 0:
        os._exit(9)
    left[0] -= 1
    really(file, target)
def add(*_, **__):
    os._exit(9)
def on_progress(*_):
    if {step} == 0:
        os._exit(9)
if {step} == 1:
    VintageFolder.add = add
atomic_files.place = place
fetcher = Fetcher(AllowedHosts(frozenset({{"{loopback.HOST}"}}), frozenset({{{origin.port}}})))
asyncio.run(sync.sync(VintageFolder(Path("datasets")), "large_scale", fetcher, ["{origin.url("/a.csv")}"], on_progress))
"""
    died = await asyncio.to_thread(_run, code, tmp_path)
    assert (died.returncode, died.stderr) == (9, b"")
    older = [("2026-02-16", 5)]
    newer = [("2026-02-17", 6), *older]
    assert _kept(vintages) == (newer if step == 4 else older)
    origin.answers["/a.csv"] = new
    await _sync(vintages, origin)
    assert _kept(vintages) == newer
    assert (await _sync(vintages, origin)).outcome == "not modified"


@pytest.mark.parametrize("step", ["place", "write"])
def test_who_stops_it_loses_nothing(
    step: str, vintages: VintageFolder, origin: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin.has("/a.csv", _table(tmp_path, 5))
    asyncio.run(_sync(vintages, origin))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    origin.has("/a.csv", _table(tmp_path, 6))
    monkeypatch.setattr(atomic_files, step, stop)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(_sync(vintages, origin))
    monkeypatch.undo()
    assert [rows for _, rows in _kept(vintages)] == [5]
    assert not list(vintages.path.glob("*.part"))
    asyncio.run(_sync(vintages, origin))
    assert [rows for _, rows in _kept(vintages)] == [6]


async def test_a_folder_that_cannot_be_made_is_said(origin: Origin, tmp_path: Path) -> None:
    origin.has("/a.csv", _table(tmp_path, 5))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnwritableError, match="cannot be written"):
        await _sync(VintageFolder(tmp_path / "file"), origin)


def test_only_epoch_ai_is_asked_and_over_https() -> None:
    allowed = Fetcher(sync.ALLOWED).policy
    hosts = {allowed.parse(url).host for urls in sync.ADDRESSES.values() for url in urls}
    assert hosts == {"epoch.ai"}
    assert isinstance(allowed, AllowedHosts)
    assert allowed.hosts == {"epoch.ai", "www.epoch.ai"}
    assert allowed.loopback_ports == frozenset()
