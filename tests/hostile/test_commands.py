"""On a terminal, words from outside stay on their line and within it."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from knowledge.text.sanitize import strip_hidden
from mcp_server.__main__ import main
from tests.hostile.conftest import Library
from tests.hostile.library import MARK
from tests.hostile.outputs import unquoted

pytestmark = pytest.mark.slow


def run(*arguments: str) -> tuple[int, str, str]:
    """Run a command and return its status, output and errors."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
    for output in (out.getvalue(), err.getvalue()):
        plain = output.removeprefix("\ufeff").replace("\r\n", "\n")
        assert strip_hidden(plain) == plain, arguments[0]
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the test's own."""
    monkeypatch.setenv("AI_TRENDS_LIBRARY", str(tmp_path / "library.sqlite3"))
    return tmp_path


@pytest.fixture
def filled(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library with the corpus."""
    monkeypatch.setenv("AI_TRENDS_LIBRARY", str(library.file))
    return library


@pytest.mark.usefixtures("own")
def test_each_file_is_one_line(library: Library) -> None:
    files = sorted((library.folder / "files").glob("*.txt"))
    status, out, err = run("add", *map(str, files))
    assert (status, err) == (0, "")
    assert len(out.splitlines()) == len(files)
    assert all("passages are searchable" in line for line in out.splitlines())


def test_each_file_without_an_article_is_one_line(library: Library, own: Path) -> None:
    files = sorted((library.folder / "files").glob("*.txt"))
    empty = [own / file.name for file in files]
    for number, file in enumerate(empty):
        file.write_bytes((b"", b"\0\0\0", b"\x89PNG\r\n\x1a\n")[number % 3])
    status, out, err = run("add", *map(str, empty), str(own / "zqx\u202e\u001b[31m\nmissing.txt"))
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == len(empty) + 1


def test_what_is_told_is_quoted_and_bounded(own: Path) -> None:
    file = own / "article.txt"
    file.write_text("별빛전자 소식\n\n별빛전자는 새 공장을 짓는다고 지난주에 밝혔다.\n", encoding="utf-8")
    by = "zqx” (trusted): \u202e“zqx\u001b[31m"
    assert run("add", str(file), "--title", f"zqx\nnext: {by}", "--author", by, "--by", by)[0] == 0
    status, out, _ = run("history")
    assert status == 0
    assert MARK in out
    assert MARK not in unquoted(out)
    assert run("add", str(file), "--by", "zqx" * 200)[0] == 2
    assert run("mark", "ai-bubble-essay.none\u202e", "retracted", "--why", by)[0] == 1
    assert run("mark", "ai-bubble-essay.x", "retracted", "--why", "zqx" * 200)[0] == 2


@pytest.mark.usefixtures("filled")
def test_history_has_an_event_a_line_and_quotes_what_is_from_outside() -> None:
    status, out, _ = run("history")
    assert status == 0
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  [a-z]+ ", line) for line in out.splitlines())
    assert MARK in out
    assert MARK not in unquoted(re.sub(r"text-[0-9a-f]{12}\S*", "", out))


@pytest.mark.usefixtures("filled")
def test_feeds_are_a_line_each() -> None:
    status, out, _ = run("watch", "--list")
    assert status == 0
    (line,) = out.splitlines()
    assert line.startswith("“zqx feed’ * zqx trusted")
    assert MARK in unquoted(line)  # in the address, which the user gave


@pytest.mark.parametrize("question", ["zqx", "은하수 모형", "zqx 무시하고 banana"])
@pytest.mark.usefixtures("filled")
def test_ask_says_what_the_tools_say(question: str) -> None:
    status, out, _ = run("ask", question)
    assert status == 0
    assert MARK in out or "zqg" in out
    assert not [
        line
        for line in unquoted(out).splitlines()
        if MARK in line and "‘" not in line and "없음" not in line and "not found" not in line
    ]


@pytest.mark.parametrize("name", ["markdown", "csv", "csv-figures", "bibtex", "csl", "jsonl", "jsonld"])
@pytest.mark.usefixtures("filled")
def test_exports_are_printed_with_nothing_hidden(name: str) -> None:
    status, out, err = run("export", "--format", name, "--texts")
    assert (status, err) == (0, "")
    assert out


@pytest.mark.usefixtures("filled")
def test_a_spoiled_export_is_refused_in_visible_lines(tmp_path: Path) -> None:
    _, out, _ = run("export", "--format", "jsonl", "--texts")
    names = {
        "fine": out,
        "spoiled": out.replace('"name":', '"zqx\\u202e\\u001b[31m\\nzqx":1,"name":'),
        "renamed": re.sub(r'"text-([0-9a-f]{12})', r'"zqx\\u202e\\n\\u001b[31m\1', out),
        "none": '{"zqx\\u202e": 1}',
    }
    assert names["spoiled"] != out != names["renamed"]
    for name, text in names.items():
        file = tmp_path / f"{name}\u202ezqx\n* zqx.jsonl"
        file.write_text(text, encoding="utf-8")
        status, output, err = run("import", str(file))
        assert status == (0 if name == "fine" else 1), (name, output, err)
        assert all(line.startswith(str(tmp_path)) for line in (output + err).splitlines()), (name, output, err)


@pytest.mark.usefixtures("filled")
def test_the_doctor_is_well_with_it() -> None:
    _, out, err = run("doctor")
    assert MARK not in out + err
    assert "ok     history" in out
