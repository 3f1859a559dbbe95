"""The commands that make a library grow, as people type them."""

import io
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mcp_server.__main__ import main
from mcp_server.settings import LIBRARY
from tests.knowledge.user_articles import TEXT

pytestmark = pytest.mark.slow

ASKED = "은하자동차 물류 로봇 240대"
PAGE = (
    "<html><head><title>은하자동차, 물류 로봇 공개</title><meta charset='{charset}'></head><body><article><h1>은하자동차</h1>"
    + "".join(f"<p>{word}</p>" for word in TEXT.split("\n\n"))
    + "</article></body></html>"
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library, and the current folder for files."""
    file = tmp_path / "library" / "library.sqlite3"
    monkeypatch.setenv(LIBRARY, str(file))
    monkeypatch.chdir(tmp_path)
    return file


@pytest.fixture
def run(library: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Types a command; its status, and what it printed."""
    del library

    def typed(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main(list(words))
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        output = capsys.readouterr()
        assert "Traceback" not in output.err
        return status, output.out, output.err

    return typed


def _text() -> str:
    Path("article.txt").write_text(TEXT, encoding="utf-8")
    return "article.txt"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("one.txt", TEXT.encode()),
        ("one.txt", TEXT.encode("euc-kr", "replace")),
        ("one.txt", b"\xef\xbb\xbf" + TEXT.encode()),
        ("one.md", f"# 은하자동차\n\n{TEXT}".encode()),
        ("one.html", PAGE.format(charset="utf-8").encode()),
        ("one.html", PAGE.format(charset="euc-kr").encode("euc-kr", "replace")),
        ("one.html", PAGE.format(charset="utf-8").encode("euc-kr", "replace")),
    ],
    ids=["text", "EUC-KR", "byte-order mark", "Markdown", "HTML", "EUC-KR page", "mislabelled page"],
)
def test_files_of_each_kind_are_taken_and_found(run: Run, name: str, data: bytes) -> None:
    pytest.importorskip("trafilatura", reason="the extra `articles` is not installed")
    Path(name).write_bytes(data)
    status, out, err = run("add", name)
    assert (status, err) == (0, "")
    assert out.startswith(f"{name}: text-")
    assert "240대를 운용한다고" in run("ask", ASKED)[1]


def test_standard_input_is_taken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    status, out, _ = run("add", "-", "--title", "은하 소식", "--publisher", "가상 신문", "--published", "2026-03-01")
    assert status == 0
    assert "“은하 소식”" in out


def test_one_bad_file_does_not_lose_the_others(run: Run) -> None:
    Path("folder").mkdir()
    Path("empty.txt").write_bytes(b"")
    Path("noise.bin").write_bytes(bytes(range(256)) * 20)
    status, out, err = run("add", "nowhere.txt", "folder", "empty.txt", "noise.bin", _text())
    assert status == 1
    assert out.startswith("article.txt: text-")
    lines = err.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["nowhere.txt", "folder", "empty.txt", "noise.bin"]
    assert lines[0] == "nowhere.txt: is not there. See its name."
    assert lines[1] == f"folder: is a folder. Name its files: ai-trends-mcp add {Path('folder') / '*.txt'}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "www.example.org",
            "www.example.org: there is no such file. If it is an address, write https://www.example.org",
        ),
        (
            "example.org/news",
            "example.org/news: there is no such file. If it is an address, write https://example.org/news",
        ),
        ("ftp://example.org/a", "ftp://example.org/a: is asked for by ftp, and not by http or https."),
        ("file:///etc/passwd", "file:///etc/passwd: is asked for by file, and not by http or https."),
        ("HTTPS://127.0.0.1/", "HTTPS://127.0.0.1/: is at 127.0.0.1"),
    ],
)
def test_what_is_no_address_is_told_what_to_write(run: Run, source: str, expected: str) -> None:
    status, out, err = run("add", source)
    assert (status, out) == (1, "")
    assert err.startswith(expected)


def test_a_library_that_is_a_folder_is_told_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("folder").mkdir()
    monkeypatch.setenv(LIBRARY, "folder")
    status, _, err = run("add", _text())
    assert status == 1
    assert "is a folder. Name a file in it" in err
    assert "library    folder is a folder" in run("doctor")[1]


def test_what_is_told_of_an_article_goes_with_one_only(run: Run) -> None:
    status, _, err = run("add", _text(), "article.txt", "--title", "은하 소식")
    assert (status, "describe a single article" in err) == (2, True)


def test_the_same_file_twice_is_one_article(run: Run) -> None:
    run("add", _text())
    assert "already in your library" in run("add", "article.txt")[1]


def test_a_library_that_keeps_nothing_takes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIBRARY, ":memory:")
    for words in (("add", _text()), ("mark", "one.two", "retracted", "--why", "x"), ("import", "article.txt")):
        status, _, err = run(*words)
        assert status != 0
        assert "keeps nothing" in err


def test_feeds_are_listed_and_forgotten(run: Run) -> None:
    assert run("watch", "--list") == (0, "", "")
    status, _, err = run("watch", "--forget", "https://example.org/rss.xml")
    assert (status, "is not being watched" in err) == (1, True)
    status, _, err = run("watch")
    assert (status, "No feeds are being watched" in err) == (2, True)
    status, _, err = run("watch", "feed.xml")
    assert (status, "No feeds are being watched" in err) == (1, False)
    assert err.startswith("feed.xml: is no address of http or https.")
    assert "No feed was added." in err
    status, _, err = run("watch", "--every", "0")
    assert (status, "is not a number of minutes" in err) == (2, True)


def test_marks_are_made_and_told(run: Run) -> None:
    claim = "tech-2024-review.nvidia-share-price-rise"
    status, out, _ = run("mark", claim, "retracted", "--why", "A slip\nof the pen.", "--by", "Sae\u202e Byeok")
    assert (status, f"{claim} is now retracted" in out) == (0, True)
    assert claim not in run("ask", "엔비디아 주가는 얼마나 올랐나?")[1]
    (line,) = run("history", claim)[1].splitlines()
    assert re.fullmatch(rf"\S+ \S+ UTC  retracted  {re.escape(claim)} \(“Sae Byeok”\): “A slip of the pen\.”", line)
    status, out, err = run("history", "no.such")
    assert (status, out) == (1, "")
    assert err.startswith("Not found: no.such")


@pytest.mark.parametrize(
    ("words", "status", "expected"),
    [
        (("no.such", "retracted", "--why", "x"), 1, "There is no claim 'no.such'"),
        (("no.such", "wrong", "--why", "x"), 2, "invalid choice"),
        (("no.such", "retracted"), 2, "--why"),
        (("no.such", "retracted", "--why", "  "), 2, "must have 1 to"),
        (("tech-2024-review.nvidia-share-price-rise", "superseded", "--why", "x"), 1, "needs the claim"),
        (("tech-2024-review.nvidia-share-price-rise", "current", "--why", "x"), 1, "is current already"),
    ],
)
def test_faults_of_marking_are_sentences(run: Run, words: tuple[str, ...], status: int, expected: str) -> None:
    found, out, err = run("mark", *words)
    assert (found, out) == (status, "")
    assert expected in err


@pytest.mark.parametrize("options", [(), ("--texts",), ("--sealed",), ("--query", "엔비디아 주가")])
def test_an_export_is_imported_and_exported_again_as_the_same(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    def exported(name: str) -> bytes:
        assert run("export", "--format", "jsonl", *options, "--out", name)[0] == 0
        return Path(name).read_bytes()

    run("add", _text())
    run("mark", "tech-2024-review.nvidia-share-price-rise", "disputed", "--why", "Others say less.")
    first = exported("first.jsonl")
    assert run("export", "--format", "jsonl", *options)[1].encode() == first
    monkeypatch.setenv(LIBRARY, str(tmp_path / "other.sqlite3"))
    status, out, err = run("import", "first.jsonl", "--marks")
    assert (status, err) == (0, "")
    assert out.startswith("first.jsonl: ")
    assert exported("second.jsonl") == first
    assert "0 new records" in run("import", "first.jsonl")[1]
    assert exported("third.jsonl") == first


def test_what_is_no_export_is_refused(run: Run) -> None:
    Path("broken.jsonl").write_text('{"format":"ai-trends-mcp",', encoding="utf-8")
    Path("noise.jsonl").write_bytes(b"\xff\xfe\xff")
    Path("folder.jsonl").mkdir()
    names = ("broken", "noise", "nowhere", "folder")
    status, out, err = run("import", *(f"{name}.jsonl" for name in names))
    assert (status, out) == (1, "")
    assert [line.partition(":")[0] for line in err.splitlines()] == [f"{name}.jsonl" for name in names]


def test_json_ld_is_for_others_and_not_imported(run: Run) -> None:
    assert run("export", "--format", "jsonld", "--out", "first.jsonld")[0] == 0
    status, out, err = run("import", "first.jsonld")
    assert (status, out) == (1, "")
    assert "is JSON-LD, which is written for other programs and not read." in err
    assert "`ai-trends-mcp export --format jsonl`" in err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no device without an end")
def test_of_a_device_without_an_end_no_more_is_read_than_may_be_taken(run: Run) -> None:
    status, out, err = run("import", "/dev/zero")
    assert (status, out) == (1, "")
    assert err.startswith("/dev/zero: is larger than 67,108,864 bytes. Export in parts")


def test_a_damaged_item_is_refused_and_the_rest_taken(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", _text())
    run("export", "--format", "jsonl", "--out", "first.jsonl")
    document = Path("first.jsonl").read_text(encoding="utf-8")
    Path("first.jsonl").write_text(document.replace('"raw":"180%', '"raw":"'), encoding="utf-8")
    monkeypatch.setenv(LIBRARY, str(tmp_path / "other.sqlite3"))
    status, out, err = run("import", "first.jsonl", "--marks")
    assert status == 1
    assert "first.jsonl: refused: " in err
    assert "new record, " in out


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("csv", r"\d+ claims from \d+ articles"),
        ("csv-figures", r"\d+ figures from \d+ claims"),
        ("bibtex", r"\d+ articles"),
    ],
)
def test_what_was_written_is_told(run: Run, format: str, expected: str) -> None:  # noqa: A002
    status, _, err = run("export", "--format", format, "--out", "out.txt")
    assert status == 0
    assert re.fullmatch(rf"out\.txt: {expected}\.", err.strip())
    status, _, err = run("export", "--out", "no/such/out.txt")
    assert (status, Path("no").exists()) == (1, False)
    assert "is not a folder" in err


def test_sealed_and_texts_exclude_each_other(run: Run) -> None:
    status, _, err = run("export", "--sealed", "--texts")
    assert (status, "Give only one of them" in err) == (2, True)


def test_the_doctor_says_how_the_history_is(run: Run, library: Path) -> None:
    run("add", _text())
    out = "".join(run("doctor")[1:])
    assert "1 events, each linked to the one before" in out
    connection = sqlite3.connect(library)
    connection.executescript("DROP TRIGGER log_stays; UPDATE log SET event = replace(event, 'added', 'named');")
    connection.close()
    status, *output = run("doctor")
    assert status != 0
    assert "event 1 of the history does not follow" in "".join(output)
