"""`ai-trends-mcp datasets` and `sync epoch --from`, as people type them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mcp_server.__main__ import main
from mcp_server.settings import LIBRARY
from tests.conftest import ROOT
from tests.knowledge.datasets import epoch


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the library is."""
    monkeypatch.setenv(LIBRARY, str(tmp_path / "library.sqlite3"))
    return tmp_path


def test_what_was_taken_in_is_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = epoch.many(folder, 1200)
    assert main(["sync", "epoch", "--from", str(file)]) == 0
    assert "large-scale models of 2026-02-16, 1,200 rows, are taken in." in capsys.readouterr().out
    assert main(["datasets"]) == 0
    said = capsys.readouterr().out
    digest = json.loads((folder / "datasets" / "large_scale.2026-02-16.json").read_text(encoding="utf-8"))["sha256"]
    assert said.startswith("large-scale models, 2026-02-16 (")
    for part in (" days old): 1,200 rows", digest, epoch.NAME, "CC BY 4.0. Epoch AI, ‘Data on AI Models’"):
        assert part in said


def test_without_datasets_it_is_said_how_to_get_some(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["datasets"]) == 0
    assert "sync epoch --from FILE" in capsys.readouterr().out
    assert list(folder.iterdir()) == []


def test_a_refused_file_does_not_keep_the_others_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = folder / "large_scale_ai_models.2026-01-01.csv"
    bad.write_bytes(b"<html>")
    assert main(["sync", "epoch", "--from", str(bad), str(epoch.many(folder, 3))]) == 1
    said = capsys.readouterr()
    assert "3 rows, are taken in" in said.out
    assert "lacks the column for model" in said.err
    assert said.err.endswith("Nothing was changed.\n")


def test_population_and_vintage_can_be_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(epoch.many(folder, 3, "download.csv"))
    given = ["--population", "large_scale", "--vintage", "2025-03-04"]
    assert main(["sync", "epoch", "--from", file]) == 1
    assert main(["sync", "epoch", "--from", file, *given]) == 0
    assert main(["sync", "epoch", "--from", file, "--vintage", "yesterday"]) == 2
    said = capsys.readouterr()
    assert "large-scale models of 2025-03-04" in said.out
    assert "does not say what its rows are" in said.err
    assert "‘yesterday’ is no day" in said.err


def test_a_smaller_file_is_taken_in_when_that_is_meant(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sync", "epoch", "--from", str(epoch.many(folder, 10))])
    smaller = ["sync", "epoch", "--from", str(epoch.many(folder, 5))]
    assert main(smaller) == 1
    assert "takes it with --even-if-smaller" in capsys.readouterr().err
    assert main([*smaller, "--even-if-smaller"]) == 0


def test_a_broken_record_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sync", "epoch", "--from", str(epoch.many(folder, 3))])
    (folder / "datasets" / "notable.2026-01-01.json").write_bytes(b"")
    assert main(["datasets"]) == 1
    assert "notable.2026-01-01.json: cannot be read" in capsys.readouterr().err


def test_a_library_in_memory_keeps_no_datasets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(LIBRARY, ":memory:")
    assert main(["datasets"]) == 1
    assert "keeps no datasets" in capsys.readouterr().err


def test_curators_make_the_packaged_figures_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(epoch.real(f"large_scale_ai_models.{vintage}.csv")) for vintage in epoch.VINTAGES]
    files += [str(epoch.real("notable_ai_models.2025-12-02.csv"))]
    assert main(["curate", "figures", *files, "--data", str(tmp_path)]) == 0
    assert "72 recounts" in capsys.readouterr().out
    assert (tmp_path / "recounts.toml").read_bytes() == (ROOT / "knowledge/data/recounts.toml").read_bytes()
    assert main(["curate", "figures", *files, "--data", str(tmp_path / "none")]) == 1


def test_a_server_starts_without_datasets() -> None:
    code = """\
import asyncio, sys
from mcp.client import Client
from mcp_server import commands

async def main():
    async with Client(commands.server()) as client:
        await client.list_tools()

asyncio.run(main())
print([name for name in sys.modules if name.startswith("knowledge.datasets") or name == "mcp_server.vintages"])
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={LIBRARY: ":memory:", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
