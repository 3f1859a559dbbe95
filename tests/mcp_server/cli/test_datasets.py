"""`ai-trends-mcp datasets` and `sync epoch`, as people type them."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.datasets import sync as dataset_sync
from knowledge.fetch.fetcher import Fetcher
from mcp_server.__main__ import main
from mcp_server.cli import datasets
from mcp_server.cli.progress import Progress
from mcp_server.settings import LIBRARY
from tests.conftest import ROOT
from tests.knowledge import origin as loopback
from tests.knowledge.datasets import epoch
from tests.knowledge.origin import Origin, conditional


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the library."""
    monkeypatch.setenv(LIBRARY, str(tmp_path / "library.sqlite3"))
    return tmp_path


def test_what_was_taken_in_is_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = epoch.many(folder, 1200)
    assert main(["sync", "epoch", "--from", str(file)]) == 0
    assert ": added as large-scale models of 2026-02-16, 1,200 rows." in capsys.readouterr().out
    assert main(["datasets"]) == 0
    printed = capsys.readouterr().out
    digest = json.loads((folder / "datasets" / "large_scale.2026-02-16.json").read_text(encoding="utf-8"))["sha256"]
    assert printed.startswith("large-scale models, 2026-02-16 (")
    for part in (" days old): 1,200 rows", digest, epoch.NAME, "CC BY 4.0. Epoch AI, ‘Data on AI Models’"):
        assert part in printed


def test_without_datasets_it_is_said_how_to_get_some(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["datasets"]) == 0
    assert "Download them with `ai-trends-mcp sync epoch`" in capsys.readouterr().out
    assert list(folder.iterdir()) == []


def test_a_refused_file_does_not_keep_the_others_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = folder / "large_scale_ai_models.2026-01-01.csv"
    bad.write_bytes(b"<html>")
    assert main(["sync", "epoch", "--from", str(bad), str(epoch.many(folder, 3))]) == 1
    output = capsys.readouterr()
    assert "models of 2026-02-16, 3 rows." in output.out
    assert "lacks the column for model" in output.err
    assert output.err.endswith("Nothing was changed.\n")


def test_population_and_vintage_can_be_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(epoch.many(folder, 3, "download.csv"))
    given = ["--population", "large_scale", "--vintage", "2025-03-04"]
    assert main(["sync", "epoch", "--from", file]) == 1
    assert main(["sync", "epoch", "--from", file, *given]) == 0
    assert main(["sync", "epoch", "--from", file, "--vintage", "yesterday"]) == 2
    output = capsys.readouterr()
    assert "large-scale models of 2025-03-04" in output.out
    assert "does not say what its rows are" in output.err
    assert "‘yesterday’ is not a date such as" in output.err


def _tables(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "datasets").glob("*")}


def test_a_day_that_contradicts_the_files_name_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older = epoch.many(folder, 3, "large_scale_ai_models.2025-12-02.csv")
    files = ["--from", str(older), str(epoch.many(folder, 4))]
    assert main(["sync", "epoch", *files, "--vintage", "2026-01-01"]) == 1
    assert main(["sync", "epoch", "--from", str(older), "--population", "notable"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{name}: its name says {named}, and {option} says {given}. They must not contradict each other. "
        f"Leave {option} out; if the name is wrong, rename the file. Nothing was changed."
        for name, named, option, given in (
            (older.name, "2025-12-02", "--vintage", "2026-01-01"),
            (epoch.NAME, "2026-02-16", "--vintage", "2026-01-01"),
            (older.name, "large_scale", "--population", "notable"),
        )
    ]
    assert _tables(folder) == {}
    assert main(["sync", "epoch", "--from", str(older), "--vintage", "2025-12-02"]) == 0


def test_several_files_are_not_taken_in_as_one_vintage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(epoch.many(folder, rows, f"{rows}.csv")) for rows in (3, 4)]
    given = ["--population", "large_scale", "--vintage", "2026-01-01"]
    assert main(["sync", "epoch", "--from", *files, *given]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(
        f"{files[0]}, {files[1]}: each would be the large-scale models of 2026-01-01, and only"
    )
    assert _tables(folder) == {}
    named = [epoch.many(folder, rows, f"large_scale.{rows}.csv") for rows in (3, 4)]
    named[1] = named[1].rename(folder / "notable.csv")
    assert main(["sync", "epoch", "--from", *map(str, named), "--vintage", "2026-01-01"]) == 1
    assert "lacks the column for cost" in capsys.readouterr().err  # it went by its own name


def test_the_same_bytes_are_kept_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = epoch.many(folder, 3)
    assert main(["sync", "epoch", "--from", str(file)]) == 0
    before = _tables(folder)
    copy = file.with_name("large_scale_ai_models.2026-03-01.csv")
    shutil.copy(file, copy)
    capsys.readouterr()
    for path in (copy, file):
        assert main(["sync", "epoch", "--from", str(path)]) == 0
        printed = capsys.readouterr().out
        assert printed == f"{path}: already here as large-scale models of 2026-02-16, 3 rows. Nothing was changed.\n"
    assert _tables(folder) == before


def test_a_vintage_whose_place_is_taken_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sync", "epoch", "--from", str(epoch.many(folder, 3))])
    digest = json.loads((folder / "datasets/large_scale.2026-02-16.json").read_text(encoding="utf-8"))["sha256"]
    assert "replaces" not in capsys.readouterr().out
    assert main(["sync", "epoch", "--from", str(epoch.many(folder, 4))]) == 0
    printed = capsys.readouterr().out
    assert printed.endswith(f" It replaces an earlier one (3 rows, sha256 {digest}).\n")


@pytest.mark.parametrize("harm", ["altered", "missing", "record"])
def test_a_damaged_vintage_is_marked_and_its_mend_works(
    harm: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = epoch.many(folder, 3)
    main(["sync", "epoch", "--from", str(file)])
    whole = _tables(folder)
    (table,) = (folder / "datasets").glob("*.csv")
    record = folder / "datasets" / "large_scale.2026-02-16.json"
    if harm == "missing":
        table.unlink()
    else:
        (table if harm == "altered" else record).write_bytes(b"{")
    capsys.readouterr()
    assert main(["datasets"]) == 1
    output = capsys.readouterr()
    assert ("DAMAGED" in output.out) == (harm != "record")
    assert f"{record.name}{'' if harm == 'missing' else f' and {table.name}'} from {folder / 'datasets'}." in output.err
    assert f"`ai-trends-mcp sync epoch --from {table if harm == 'record' else file.name}`" in output.err
    assert main(["sync", "epoch", "--from", str(table if harm == "record" else file)]) == 0
    assert ("repaired: large-scale" in capsys.readouterr().out) == (harm != "record")
    assert main(["datasets"]) == 0
    assert _tables(folder).keys() == whole.keys()


def test_a_table_that_no_record_names_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sync", "epoch", "--from", str(epoch.many(folder, 3))])
    (folder / "datasets" / "large_scale.2026-02-16.json").unlink()
    (table,) = (folder / "datasets").glob("*.csv")
    assert main(["datasets"]) == 0
    assert f"{table}: no record names this table, so it is not used. Remove it, or take" in capsys.readouterr().err
    assert main(["sync", "epoch", "--from", str(table)]) == 0
    assert main(["datasets"]) == 0
    assert capsys.readouterr().err == ""
    (folder / "datasets" / "large_scale.2026-02-16.json").unlink()
    table.write_bytes(b"{")
    main(["datasets"])
    assert capsys.readouterr().err.endswith("so it is not used. It was changed. Remove it.\n")


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


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Origin]:
    """A server on loopback that is asked instead of Epoch AI's."""
    with loopback.origin() as server:
        addresses = {
            "large_scale": (server.url("/large.csv"), server.url("/old.csv")),
            "notable": (server.url("/notable.csv"),),
        }
        monkeypatch.setattr(dataset_sync, "ADDRESSES", addresses)
        monkeypatch.setattr(datasets, "FETCHER", Fetcher(server.allowed))
        yield server


def _notable(folder: Path, rows: int) -> bytes:
    header = (*epoch.HEADER, "Training compute cost (2023 USD)")
    table = epoch.write(folder, *((*epoch.row(f"Model {number}"), "1000") for number in range(rows)), header=header)
    return table.read_bytes()


def test_both_tables_are_fetched(folder: Path, origin: Origin, capsys: pytest.CaptureFixture[str]) -> None:
    large = epoch.many(folder, 1200).read_bytes()
    origin.answers["/large.csv"] = conditional(large, '"a"', Last_Modified="Mon, 16 Feb 2026 10:00:00 GMT")
    origin.has("/notable.csv", _notable(folder, 3))
    assert main(["sync", "epoch"]) == 0
    output = capsys.readouterr()
    today = datetime.now(UTC).date()
    assert output.out.splitlines() == [
        (
            f"{origin.url('/large.csv')}: added as large-scale models of 2026-02-16, 1,200 rows. "
            "Its vintage is the date of its last change, according to the server."
        ),
        (
            f"{origin.url('/notable.csv')}: added as notable models of {today}, 3 rows. "
            "The server does not say when it changed, so its vintage is today (UTC)."
        ),
    ]
    assert output.err.startswith("Downloading large-scale models ...\n")
    assert "Downloading notable models ...\nDownloading notable models: " in output.err
    assert "\r" not in output.err
    assert main(["sync", "epoch"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{origin.url('/large.csv')}: already here as large-scale models of 2026-02-16, 1,200 rows. Nothing was changed.",
        f"{origin.url('/notable.csv')}: already here as notable models of {today}, 3 rows. Nothing was changed.",
    ]
    assert main(["datasets"]) == 0
    assert f"  from     {origin.url('/large.csv')}, " in capsys.readouterr().out


def test_one_population_is_fetched_alone(folder: Path, origin: Origin, capsys: pytest.CaptureFixture[str]) -> None:
    origin.has("/notable.csv", _notable(folder, 3))
    assert main(["sync", "epoch", "--population", "notable"]) == 0
    assert [path for path, _ in origin.requests] == ["/notable.csv"]
    assert ", 3 rows. " in capsys.readouterr().out


def test_what_cannot_be_fetched_keeps_nothing_else_out(
    folder: Path, origin: Origin, capsys: pytest.CaptureFixture[str]
) -> None:
    origin.has("/notable.csv", _notable(folder, 3))
    assert main(["sync", "epoch"]) == 1
    output = capsys.readouterr()
    assert "notable models of" in output.out
    assert "/large.csv and /old.csv: is answered with status 404" in output.err
    assert output.err.count("404") == 1
    name = f"large_scale_ai_models.{datetime.now(UTC).date()}.csv"
    *_, heading, address, command = output.err.splitlines()
    assert heading.startswith("To download by hand")
    assert address == f"  {origin.url('/large.csv')}  and save it as {name}"
    assert command == f"Copy it here, then run: ai-trends-mcp sync epoch --from {name}"
    assert "Traceback" not in output.err


def test_another_address_is_asked_and_it_is_said_why(
    folder: Path, origin: Origin, capsys: pytest.CaptureFixture[str]
) -> None:
    origin.has("/old.csv", epoch.many(folder, 3).read_bytes())
    assert main(["sync", "epoch", "--population", "large_scale"]) == 0
    output = capsys.readouterr()
    assert output.out.startswith(f"{origin.url('/old.csv')}: added as large-scale models of")
    assert "/large.csv: is answered with status 404" in output.err
    assert output.err.endswith("Another address was used instead.\n")


def test_a_fetched_table_that_shrank_is_taken_in_when_that_is_meant(
    folder: Path, origin: Origin, capsys: pytest.CaptureFixture[str]
) -> None:
    large = ["sync", "epoch", "--population", "large_scale"]
    origin.has("/large.csv", epoch.many(folder, 10).read_bytes(), Last_Modified="Mon, 16 Feb 2026 10:00:00 GMT")
    assert main(large) == 0
    origin.has("/large.csv", epoch.many(folder, 5).read_bytes())
    assert main(large) == 1
    errors = capsys.readouterr().err
    assert f"{origin.url('/large.csv')}: has 5 rows, a fifth or more fewer than the 10 of 2026-02-16" in errors
    assert errors.endswith("Nothing was changed.\n")
    assert main([*large, "--even-if-smaller"]) == 0


def test_a_day_is_given_to_files_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "epoch", "--vintage", "2026-02-16"]) == 2
    assert capsys.readouterr().err.startswith("--vintage: only with --from FILE.")
    assert list(folder.iterdir()) == []


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_few_elsewhere() -> None:
    terminal, pipe = _Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        with Progress("Fetching", stream) as progress:
            for come in range(0, 2_000_001, 10_000):
                progress(come, 2_000_000)
            progress(7, None)
    assert terminal.getvalue().count("\n") == 1
    assert "\rFetching: 1,000,000 of 2,000,000 bytes, 50%" in terminal.getvalue()
    last = terminal.getvalue().rpartition("\r")[2]
    assert (last.rstrip(), len(last)) == ("Fetching: 7 bytes", len("Fetching: 2,000,000 of 2,000,000 bytes, 100%\n"))
    assert pipe.getvalue().splitlines() == ["Fetching ..."] + [
        f"Fetching: {come:,} of 2,000,000 bytes, {share}%"
        for come, share in ((500_000, 25), (1_000_000, 50), (1_500_000, 75), (2_000_000, 100))
    ]


@pytest.mark.skipif(os.name == "nt", reason="this system has no such signal")
def test_ctrl_c_leaves_nothing_half_done(folder: Path, origin: Origin) -> None:
    origin.answers["/large.csv"] = loopback.dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + b"a" * 300)
    code = f"""\
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs tests in the background has it ignored
from knowledge.datasets import sync as dataset_sync
from knowledge.fetch.url_policy import AllowedHosts
from knowledge.fetch.fetcher import Fetcher
from mcp_server import __main__
from mcp_server.cli import datasets
dataset_sync.ADDRESSES = {{"large_scale": ("{origin.url("/large.csv")}",), "notable": ()}}
datasets.FETCHER = Fetcher(AllowedHosts(frozenset({{"127.0.0.1"}}), frozenset({{{origin.port}}})))
raise SystemExit(__main__.main(["sync", "epoch"]))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        next(line for line in running.stderr if "bytes" in line)
        assert list((folder / "datasets").glob("*.part"))
        running.send_signal(signal.SIGINT)
        errors = running.stderr.read()
    assert running.returncode == 130
    assert "Traceback" not in errors
    assert list((folder / "datasets").iterdir()) == []


def test_curators_check_the_packaged_figures_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "knowledge" / "data", data)
    assert main(["curate", "check", "--data", str(data)]) == 0
    assert "72 recounts, costs of " in capsys.readouterr().out
    recounts = (data / "recounts.toml").read_text(encoding="utf-8")
    (data / "recounts.toml").write_text(recounts.replace("USA = ", "XYZ = ", 1), encoding="utf-8")
    (data / "costs.toml").unlink()
    assert main(["curate", "check", "--data", str(data)]) == 1
    output = capsys.readouterr()
    assert "XYZ, which are no countries" in output.err
    assert "costs.toml: the file: cannot be read" in output.err
    assert f"0 recounts, costs of 0 models, {len(output.err.splitlines())} faults" in output.out


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
from mcp_server.cli import serve

async def main():
    async with Client(serve.server()) as client:
        await client.list_tools()

asyncio.run(main())
print([name for name in sys.modules if name.startswith("knowledge.datasets") or name == "mcp_server.cli.datasets"])
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
