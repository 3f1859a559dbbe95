"""Vintages stand side by side; what is refused, or stopped half-way, leaves the older copy in force."""

import errno
import hashlib
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.datasets import atomic_files
from knowledge.datasets.model import CITATION
from knowledge.datasets.vintages import VintageFolder
from knowledge.model.errors import DatasetError, UnwritableError
from tests.conftest import ROOT
from tests.knowledge.datasets import epoch

OLDER, NEWER = "large_scale_ai_models.2025-01-01.csv", "large_scale_ai_models.2026-01-01.csv"


def _state(vintages: VintageFolder) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in vintages.path.iterdir()}


def test_every_real_vintage_is_kept_beside_the_others(tmp_path: Path) -> None:
    vintages = VintageFolder.beside(tmp_path / "library.sqlite3")
    assert vintages.vintages() == ()
    names = [f"large_scale_ai_models.{vintage}.csv" for vintage in epoch.VINTAGES] + [
        "notable_ai_models.2025-12-02.csv"
    ]
    for name in names:
        vintages.add(epoch.real(name))
    kept = vintages.vintages()
    assert [(record.population, str(record.vintage), record.rows) for record in kept] == [
        ("large_scale", "2026-02-16", 485),
        ("large_scale", "2025-12-02", 473),
        ("large_scale", "2025-05-27", 311),
        ("large_scale", "2024-07-16", 192),
        ("notable", "2025-12-02", 952),
    ]
    for record in kept:
        content = epoch.real(record.source).read_bytes()
        assert (record.sha256, record.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
        assert record.licence.startswith("CC BY 4.0")
        assert CITATION in record.licence
        assert record.days_old(date(2026, 2, 26)) == (date(2026, 2, 26) - record.vintage).days
        assert datetime.now(UTC) - record.retrieved < timedelta(minutes=10)
        assert len(vintages.table(record).models) == record.rows
    assert {record.population for record in vintages.vintages("notable")} == {"notable"}


def test_a_vintage_says_where_it_is_from(tmp_path: Path) -> None:
    added = VintageFolder(tmp_path / "datasets").add(
        epoch.many(tmp_path, 3, "download.csv"), "large_scale", date(2026, 1, 1), "https://epoch.ai/data/x.csv"
    )
    kept = added.record
    assert (kept.source, kept.vintage) == ("https://epoch.ai/data/x.csv", date(2026, 1, 1))


@pytest.mark.parametrize("rows", [80, 50, 1])
def test_a_file_that_lost_a_fifth_is_refused(rows: int, tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    vintages.add(epoch.many(tmp_path, 100, OLDER))
    before = _state(vintages)
    with pytest.raises(DatasetError, match=f"has {rows} rows, a fifth or more fewer than the 100 of 2025-01-01"):
        vintages.add(epoch.many(tmp_path, rows, NEWER))
    assert _state(vintages) == before
    vintages.add(epoch.many(tmp_path, rows, NEWER), even_if_smaller=True)
    assert [record.rows for record in vintages.vintages()] == [rows, 100]


def test_a_file_may_lose_less_and_an_older_vintage_may_be_smaller(tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    vintages.add(epoch.many(tmp_path, 100, NEWER))
    vintages.add(epoch.many(tmp_path, 10, OLDER))
    vintages.add(epoch.many(tmp_path, 81, NEWER))
    assert [record.rows for record in vintages.vintages()] == [81, 10]


@pytest.mark.parametrize("content", [b"", b"Model,Organization\nA,B\n", b"\xff\xfe\x00", b"\0" * 100])
def test_a_refused_file_loses_nothing(content: bytes, tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    vintages.add(epoch.many(tmp_path, 3, NEWER))
    before = _state(vintages)
    (tmp_path / NEWER).write_bytes(content)
    with pytest.raises(DatasetError):
        vintages.add(tmp_path / NEWER)
    assert _state(vintages) == before


def test_what_is_not_there_is_said_before_all_else(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="there is no such file"):
        VintageFolder(tmp_path / "datasets").add(tmp_path / "unnamed.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_vintage_of_a_day_to_come_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is yet to come"):
        VintageFolder(tmp_path / "datasets").add(epoch.many(tmp_path, 3, "large_scale_ai_models.2999-01-01.csv"))


@pytest.mark.parametrize("step", ["place", "write"])
def test_a_crash_leaves_the_old_vintage_in_force(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    old = vintages.add(epoch.many(tmp_path, 3, NEWER)).record

    def crash(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic_files, step, crash)
    with pytest.raises(KeyboardInterrupt):
        vintages.add(epoch.many(tmp_path, 4, NEWER))
    monkeypatch.undo()
    assert vintages.vintages() == (old,)
    assert len(vintages.table(old).models) == 3
    new = vintages.add(epoch.many(tmp_path, 5, NEWER)).record
    assert vintages.vintages() == (new,)


@pytest.mark.parametrize("step", ["place", "write"])
def test_a_process_that_dies_leaves_the_old_vintage_in_force(step: str, tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    old = vintages.add(epoch.many(tmp_path, 3, NEWER)).record
    code = f"""\
import os
from pathlib import Path
from knowledge.datasets import atomic_files, vintages
atomic_files.{step} = lambda *_: os._exit(9)
vintages.VintageFolder(Path("datasets")).add(Path("{NEWER}"))
"""
    epoch.many(tmp_path, 4, NEWER)
    died = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=False)
    assert died.returncode == 9
    assert vintages.vintages() == (old,)
    assert len(vintages.table(old).models) == 3
    new = vintages.add(tmp_path / NEWER).record
    assert vintages.vintages() == (new,)


def test_a_copy_that_is_cut_off_at_any_point_is_never_in_force(tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    old = vintages.add(epoch.many(tmp_path, 3, NEWER)).record
    whole = epoch.many(tmp_path, 4, NEWER).read_bytes()
    for length in range(0, len(whole), 7):
        (vintages.path / "abc.part").write_bytes(whole[:length])
        assert vintages.vintages() == (old,)


def test_what_nobody_names_goes_after_an_hour(tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    vintages.add(epoch.many(tmp_path, 3, NEWER))
    left = [vintages.path / "left.part", vintages.path / "large_scale.2024-01-01.0123.csv"]
    for file in left:
        file.write_bytes(b"half")
    vintages.add(epoch.many(tmp_path, 4, NEWER))
    assert all(file.exists() for file in left)
    for file in left:
        os.utime(file, (time.time() - 7200,) * 2)
    vintages.add(epoch.many(tmp_path, 5, NEWER))
    assert not any(file.exists() for file in left)


def test_a_changed_file_is_not_taken_for_what_was_kept(tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    kept = vintages.add(epoch.many(tmp_path, 3, NEWER)).record
    (file,) = vintages.path.glob("*.csv")
    file.write_bytes(epoch.many(tmp_path, 4).read_bytes())
    with pytest.raises(DatasetError, match="was changed after it was kept"):
        vintages.table(kept)
    file.unlink()
    with pytest.raises(DatasetError, match="is missing"):
        vintages.table(kept)


@pytest.mark.parametrize("content", [b"", b"Model,Other\nA,B\n", b"\xff", b'"'])
def test_what_is_said_of_a_changed_file_is_that_and_nothing_of_its_cells(content: bytes, tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    kept = vintages.add(epoch.many(tmp_path, 3, NEWER)).record
    vintages.table_file(kept).write_bytes(content)
    with pytest.raises(DatasetError) as refused:
        vintages.table(kept)
    assert str(refused.value) == (
        f"{vintages.table_file(kept).name}: was changed after it was kept. Its rows are not used. "
        f"Take it in again: `ai-trends-mcp sync epoch --from {NEWER}`."
    )


def test_a_replaced_table_goes_at_once(tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    vintages.add(epoch.many(tmp_path, 3, NEWER))
    time.sleep(0.05)  # a file's time is as coarse as the system's clock
    kept = vintages.add(epoch.many(tmp_path, 4, NEWER)).record
    assert list(vintages.path.glob("*.csv")) == [vintages.table_file(kept)]
    assert vintages.unnamed() == ()


def test_a_record_that_cannot_be_read_is_told_and_hides_no_other(tmp_path: Path) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    kept = vintages.add(epoch.many(tmp_path, 3, NEWER)).record
    (vintages.path / "large_scale.2024-01-01.json").write_text("{", encoding="utf-8")
    assert vintages.vintages() == (kept,)
    assert [fault.file.name for fault in vintages.faults()] == ["large_scale.2024-01-01.json"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "datasets").write_text("a file", encoding="utf-8")
    with pytest.raises(UnwritableError, match="What was there is unchanged"):
        VintageFolder(tmp_path / "datasets").add(epoch.many(tmp_path, 3))


@pytest.mark.parametrize("step", ["place", "write"])
def test_a_full_disk_is_said_and_loses_nothing(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vintages = VintageFolder(tmp_path / "datasets")
    kept = vintages.add(epoch.many(tmp_path, 3, NEWER)).record

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic_files, step, full)
    with pytest.raises(UnwritableError, match=r"No space left.* whether its disk has room"):
        vintages.add(epoch.many(tmp_path, 4, NEWER))
    assert vintages.vintages() == (kept,)
    assert len(vintages.table(kept).models) == 3
    assert not list(vintages.path.glob("*.part"))
