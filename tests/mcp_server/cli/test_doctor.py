"""The doctor says of each thing whether it works and what to do where it does not, and changes nothing."""

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from knowledge import open_knowledge
from knowledge.datasets.vintages import VintageFolder
from knowledge.figures.pricing import genai_prices
from knowledge.search import index
from knowledge.store import schema
from knowledge.text.analysis import mecab
from mcp_server.cli import doctor
from mcp_server.settings import LIBRARY, variable, version
from tests.conftest import only_readable
from tests.knowledge.datasets import epoch
from tests.knowledge.search import tiny_model
from tests.mcp_server.transports.test_stdio import run


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of the library, with the slow checks of the transports switched off."""
    file = tmp_path / "library.sqlite3"
    monkeypatch.setenv(LIBRARY, str(file))
    for transport in ("stdio", "HTTP"):
        monkeypatch.delitem(doctor.CHECKS, transport)
    return file


async def _use(library: Path, text: str = "") -> None:
    """Ask the library something; add a text and search for it, if there is one."""
    async with open_knowledge(library) as knowledge:
        await knowledge.trend("ai-bubble")
        if text:
            await knowledge.add_text(text)
            await knowledge.search(text.split(maxsplit=1)[0])


def _examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str]]:
    """The exit status, and what was said of each thing."""
    status = asyncio.run(doctor.doctor(Namespace()))
    output = capsys.readouterr()
    assert output.err == ""
    assert "Traceback" not in output.out
    *lines, _ = output.out.replace("\n" + " " * 18, " ").splitlines()
    return status, {line[7:18].strip(): line[:7] + line[18:] for line in lines}


@pytest.mark.slow
def test_where_all_is_well_it_says_so_of_everything(tmp_path: Path) -> None:
    done = run({**os.environ, LIBRARY: str(tmp_path / "library.sqlite3")}, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    *lines, last = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["ok", name] for name in doctor.CHECKS]
    assert f"ai-trends-mcp {version()}, " in done.stdout
    assert done.stdout.count("speaks MCP 2026-07-28 and 2025-11-25; ") == 2
    assert last == "All is well."
    assert list(tmp_path.iterdir()) == []


def test_a_library_in_use_is_described_and_left_as_it_is(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_use(library, "달빛연구소의 새 모형\n\n달빛연구소는 은하수 모형을 내년 봄에 공개한다고 밝혔다.\n"))
    before = library.read_bytes()
    status, report = _examined(capsys)
    assert status == 0
    assert report["library"] == f"ok     {library}: 1 texts, readable and writable; its index is complete"
    assert library.read_bytes() == before


def test_texts_that_are_not_in_the_index_are_counted_and_left_alone(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_use(library, "달빛연구소의 새 모형\n\n달빛연구소는 은하수 모형을 내년 봄에 공개한다고 밝혔다.\n"))
    monkeypatch.setattr(index, "VERSION", index.VERSION + 1)
    folders = sorted(Path(f"{library}.index").iterdir())
    status, report = _examined(capsys)
    assert status == 0
    assert report["library"] == (
        f"ok     {library}: 1 texts, readable and writable; 0 of them are indexed: "
        "each question adds some, `ai-trends-mcp reindex` all"
    )
    assert sorted(Path(f"{library}.index").iterdir()) == folders


def test_an_index_that_cannot_be_named_is_not_looked_at(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_use(library))
    library.with_name("terms.toml").write_text("[[terms]]\n", encoding="utf-8")
    status, report = _examined(capsys)
    assert status == 1
    assert report["library"].endswith("readable and writable; its index cannot be checked: see `analyzer` and `words`")


def test_a_library_without_an_index_is_well(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_use(library))
    shutil.rmtree(f"{library}.index")
    assert "0 texts, readable and writable; the first question builds its index" in _examined(capsys)[1]["library"]


@pytest.mark.usefixtures("library")
def test_a_library_in_memory_is_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(LIBRARY, ":memory:")
    assert _examined(capsys)[1]["library"] == "ok     in memory: texts are not saved"


def test_a_library_that_is_none_is_to_be_moved_away(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library.write_text("no database " * 100, encoding="utf-8")
    status, report = _examined(capsys)
    assert status == 1
    assert report["library"].startswith(
        f"WRONG  {library}: the library cannot be used: file is not a database "
        "-> Move it away, or choose another file with AI_TRENDS_LIBRARY. Then restore a backup"
    )


def test_a_library_of_a_newer_version_asks_for_an_upgrade(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(library) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    status, report = _examined(capsys)
    assert status == 1
    assert (
        "was made by a newer version of ai-trends-mcp; nothing in it was touched. Upgrade: pip install -U ai-trends-mcp"
        in report["library"]
    )


def test_a_damaged_library_is_said(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_use(library))
    with library.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\xff" * 4096 * 8)
    status, report = _examined(capsys)
    assert status == 1
    assert report["library"].startswith("WRONG")
    assert "-> Move it away" in report["library"]


def test_a_library_whose_folder_cannot_be_made_is_said(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library.write_text("a file", encoding="utf-8")
    monkeypatch.setenv(LIBRARY, str(library / "library.sqlite3"))
    status, report = _examined(capsys)
    assert status == 1
    assert f"{library} is not a writable folder -> Make it writable, or choose another" in report["library"]


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder with a library in use, that this process cannot write, not even as root."""
    folder = Path(tempfile.mkdtemp()) / "library"
    folder.mkdir()
    asyncio.run(_use(folder / "used.sqlite3", "별빛전자의 새 공장\n\n별빛전자는 공장을 새로 짓는다.\n"))
    with only_readable(folder):
        yield folder
    shutil.rmtree(folder.parent)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("name", "what"),
    [("new.sqlite3", "created"), ("used.sqlite3", "written: its 1 texts can be read, but none added")],
)
def test_a_library_that_cannot_be_written_is_said(
    read_only: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, what: str
) -> None:
    monkeypatch.setenv(LIBRARY, str(read_only / name))
    status, report = _examined(capsys)
    assert status == 1
    assert report["library"].startswith(f"WRONG  {read_only / name}")
    assert f" cannot be {what}" in report["library"]
    assert report["library"].endswith("-> Make it writable, or choose another file with AI_TRENDS_LIBRARY.")


@pytest.mark.usefixtures("library")
def test_the_analyzer_is_named_and_whether_its_extra_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("MeCab", reason="the extra `ko` is not installed")
    assert _examined(capsys)[1]["analyzer"] == "ok     plain; the extra `ko` is installed"
    monkeypatch.setenv(variable("analyzer"), "morphemes")
    assert _examined(capsys)[1]["analyzer"] == "ok     morphemes; the extra `ko` is installed"


@pytest.mark.usefixtures("library")
def test_an_analyzer_without_its_extra_is_told_how_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "has_extra", lambda _: False)
    assert _examined(capsys)[1]["analyzer"] == "ok     plain; the extra `ko` is not installed"
    mecab._tagger.cache_clear()
    monkeypatch.setitem(sys.modules, "MeCab", None)
    monkeypatch.setenv(variable("analyzer"), "morphemes")
    status, report = _examined(capsys)
    assert status == 1
    assert report["analyzer"].startswith(
        "WRONG  morphemes: the extra `ko` is not installed -> The analyzer `morphemes`"
    )
    assert "pip install 'ai-trends-mcp[ko]'" in report["analyzer"]


@pytest.mark.usefixtures("library")
def test_search_by_meaning_is_off_or_said_how_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _examined(capsys)[1]["meaning"] == "ok     off: only words are searched"
    monkeypatch.setenv(variable("dense"), str(tmp_path / "none"))
    status, report = _examined(capsys)
    assert status == 1
    assert report["meaning"].startswith(f"WRONG  There is no folder {tmp_path / 'none'}. Name one with an ONNX model")
    pytest.importorskip("fastembed", reason="the extra `dense` is not installed")
    model = tiny_model.make(tmp_path / "model")
    monkeypatch.setenv(variable("dense"), str(model))
    assert _examined(capsys)[1]["meaning"] == f"ok     {model}: {tiny_model.LENGTH} dimensions"


def test_everyday_words_of_ones_own_are_counted_or_their_faults_said(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _examined(capsys)[1]["words"] == "ok     the packaged everyday words, and none of your own"
    own = library.with_name("terms.toml")
    own.write_text('[[terms]]\nid = "rocket"\nwords = ["로켓", "rocket"]\n', encoding="utf-8")
    assert _examined(capsys)[1]["words"].endswith(f"and 1 entries of your own from {own}")
    own.write_text('[[terms]]\nid = "rocket"\n', encoding="utf-8")
    status, report = _examined(capsys)
    assert status == 1
    assert f"{own}: rocket: words: Field required" in report["words"]


def test_datasets_are_counted_with_the_age_of_the_newest(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    none = "ok     none: the packaged figures are used; `ai-trends-mcp sync epoch` downloads tables"
    assert _examined(capsys)[1]["datasets"] == none
    vintages = VintageFolder.beside(library)
    for rows, day in ((3, "2025-01-01"), (4, "2026-02-16")):
        vintages.add(epoch.many(tmp_path, rows, f"large_scale_ai_models.{day}.csv"))
    status, report = _examined(capsys)
    age = vintages.vintages()[0].days_old(datetime.now(UTC).date())
    assert status == 0
    assert (
        report["datasets"] == f"ok     2 vintages; the newest of large-scale models is of 2026-02-16, {age:,} days old"
    )


@pytest.mark.parametrize("harm", ["record", "altered", "missing", "older"])
def test_a_dataset_that_is_not_what_was_kept_is_said_with_its_mend(
    harm: str, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vintages = VintageFolder.beside(library)
    for rows, day in ((3, "2025-01-01"), (4, "2026-02-16")):
        vintages.add(epoch.many(tmp_path, rows, f"large_scale_ai_models.{day}.csv"))
    older, newer = sorted(vintages.path.glob("*.csv"))
    table = newer.name
    if harm == "record":
        newer = vintages.path / "large_scale.2026-02-16.json"
    harmed = older if harm == "older" else newer
    harmed.unlink() if harm == "missing" else harmed.write_bytes(b"{")
    status, report = _examined(capsys)
    assert status == 1
    assert report["datasets"].startswith("WRONG  ")
    assert str(harmed) in report["datasets"]
    day = "2025-01-01" if harm == "older" else "2026-02-16"
    again = vintages.path / table if harm == "record" else f"large_scale_ai_models.{day}.csv"
    files = {"record": f"{newer.name} and {table}", "missing": f"large_scale.{day}.json"}
    either = files.get(harm, f"large_scale.{day}.json and {harmed.name}")
    assert f"`ai-trends-mcp sync epoch --from {again}`. Or remove {either} from {vintages.path}." in report["datasets"]


def test_of_several_damaged_datasets_one_is_said_and_the_rest_counted(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vintages = VintageFolder.beside(library)
    for rows, day in ((3, "2025-01-01"), (4, "2026-02-16")):
        added = vintages.add(epoch.many(tmp_path, rows, f"large_scale_ai_models.{day}.csv"))
        vintages.table_file(added.record).unlink()
    assert "is missing; 1 more: see `ai-trends-mcp datasets` -> " in _examined(capsys)[1]["datasets"]


def test_a_table_that_no_record_names_is_mentioned(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vintages = VintageFolder.beside(library)
    kept = vintages.add(epoch.many(tmp_path, 3)).record
    vintages.record_file(kept).unlink()
    status, report = _examined(capsys)
    assert status == 0
    assert report["datasets"].endswith(f"; {vintages.table_file(kept)} has no record: see `ai-trends-mcp datasets`")


@pytest.mark.usefixtures("library")
def test_list_prices_are_named_with_their_day(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = _examined(capsys)[1]["prices"]
    assert (
        report == f"ok     genai-prices {genai_prices.get_version()}, data of {genai_prices.get_data_date()} or later"
    )

    def none() -> str:
        raise metadata.PackageNotFoundError(genai_prices.PACKAGE)

    monkeypatch.setattr(genai_prices, "get_version", none)
    status, by_name = _examined(capsys)
    assert status == 1
    assert by_name["prices"].startswith("WRONG  genai-prices is not installed -> Install it again")


@pytest.mark.usefixtures("library")
def test_pictures_are_drawn_or_it_is_said_what_they_need(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if doctor.has_extra("charts"):
        assert _examined(capsys)[1]["pictures"] == "ok     the extra `charts` is installed; font NotoSansKR-Regular.otf"
    monkeypatch.setattr(doctor, "has_extra", lambda _: False)
    status, report = _examined(capsys)
    assert (status, report["pictures"]) == (
        0,
        "ok     the extra `charts` is not installed; for pictures: pip install 'ai-trends-mcp[charts]'",
    )

    def unreadable() -> None:
        raise OSError(2, "No such file")

    monkeypatch.setattr(doctor, "has_extra", lambda _: True)
    monkeypatch.setattr(doctor, "load_typeface", unreadable)
    assert _examined(capsys)[1]["pictures"].startswith("WRONG  the font cannot be read: [Errno 2] No such file -> ")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("extra", "module"), [("articles", "trafilatura"), ("extract", "openai")])
def test_it_is_said_how_an_extra_is_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], extra: str, module: str
) -> None:
    def found(name: str) -> object:
        return None if name == module else object()

    monkeypatch.setattr(doctor, "util", SimpleNamespace(find_spec=found))
    status, report = _examined(capsys)
    assert status == 0
    assert report[extra].startswith(f"ok     the extra `{extra}` is not installed; for ")
    assert report[extra].endswith(f": pip install 'ai-trends-mcp[{extra}]'")
    monkeypatch.setattr(doctor, "util", SimpleNamespace(find_spec=lambda _: object()))
    assert _examined(capsys)[1][extra].startswith(f"ok     the extra `{extra}` is installed, for ")


@pytest.mark.usefixtures("library")
def test_a_library_in_memory_has_no_datasets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(LIBRARY, ":memory:")
    assert _examined(capsys)[1]["datasets"].startswith("ok     in memory: no datasets are kept")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("AI_TRENDS_LIBRAY", "x", "AI_TRENDS_LIBRAY is not a setting -> Did you mean AI_TRENDS_LIBRARY?"),
        (variable("port"), "many", "AI_TRENDS_PORT cannot be 'many'"),
        (variable("host"), "0.0.0.0", "‘0.0.0.0’ can be reached from other machines"),
    ],
)
@pytest.mark.usefixtures("library")
def test_a_setting_that_cannot_be_used_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(name, value)
    status, report = _examined(capsys)
    assert status == 1
    assert sentence in report["settings"]
    assert report["knowledge"].startswith("ok ")


@pytest.mark.usefixtures("library")
def test_whatever_else_breaks_is_said_on_one_line_and_the_rest_is_examined(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def breaks() -> str:
        raise ExceptionGroup("several", [RuntimeError("out of\nluck")])

    monkeypatch.setitem(doctor.CHECKS, "Python", breaks)
    status, report = _examined(capsys)
    assert status == 1
    assert report["Python"].startswith("WRONG  out of luck (RuntimeError) -> Install it again")
    assert report["library"].startswith("ok ")


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "tantivy.py").write_text("raise ImportError('no engine today')", encoding="utf-8")
    broken = {"PYTHONPATH": str(tmp_path), LIBRARY: ":memory:", variable("rate_limit"): "many"}
    done = run({**os.environ, **broken}, "doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert "WRONG  settings   AI_TRENDS_RATE_LIMIT cannot be 'many'" in done.stdout
    assert "WRONG  knowledge  no engine today (ImportError)\n" in done.stdout
    assert "WRONG  HTTP       the server stopped: AI_TRENDS_RATE_LIMIT cannot be 'many'" in done.stdout
    assert done.stdout.endswith("To fix: settings, knowledge, HTTP.\n")


def test_a_package_that_nothing_works_without_is_said(tmp_path: Path) -> None:
    (tmp_path / "pydantic.py").write_text("raise ModuleNotFoundError('No module named pydantic')", encoding="utf-8")
    done = run({**os.environ, "PYTHONPATH": str(tmp_path)}, "doctor")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "No module named pydantic. Install ai-trends-mcp again: pip install --force-reinstall ai-trends-mcp\n"
    )


@pytest.mark.parametrize(
    ("here", "bounds", "within"),
    [("2.3.0", "<3,>=2.3", True), ("3.0", "<3,>=2.3", False), ("2.2.9", "<3,>=2.3", False), ("0.27.0", ">=0.25", True)],
)
def test_versions_are_held_against_what_the_package_asks_for(here: str, bounds: str, within: bool) -> None:
    assert doctor._is_within(here, bounds) is within
