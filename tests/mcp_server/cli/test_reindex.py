"""`ai-trends-mcp reindex`, as people type it: whatever became of the index, afterwards every text is found."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.search import index
from mcp_server.__main__ import main
from mcp_server.settings import LIBRARY, variable
from tests.knowledge.search import tiny_model

_TITLES = ("달빛연구소", "별빛전자", "은하자동차")
_ASKED = "은하자동차는 무엇을 공개하나?"
_ANSWER = "은하자동차는 새 모형을 내년 봄에 공개한다고 밝혔다."


def _remove(folder: Path) -> None:
    shutil.rmtree(folder)


def _empty(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"")


def _spoil(folder: Path) -> None:
    """Damage that opening an index does not notice."""
    for path in folder.glob("*/*.term"):
        path.write_bytes(b"\xff" * path.stat().st_size)


def _leave(_: Path) -> None:
    pass


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A library with three texts in its index."""
    file = tmp_path / "library.sqlite3"
    monkeypatch.setenv(LIBRARY, str(file))
    for title in _TITLES:
        text = f"{title}의 새 모형\n\n{title}는 새 모형을 내년 봄에 공개한다고 밝혔다.\n"
        tmp_path.joinpath(f"{title}.txt").write_text(text, encoding="utf-8")
    assert main(["add", *(str(tmp_path / f"{title}.txt") for title in _TITLES)]) == 0
    assert main(["ask", _ASKED]) == 0
    assert _ANSWER in capsys.readouterr().out
    return file


@pytest.mark.parametrize("damage", [_remove, _empty, _spoil, _leave])
def test_a_text_is_found_whatever_became_of_the_index(
    library: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None]
) -> None:
    damage(library.with_name(f"{library.name}.index"))
    assert main(["reindex"]) == 0
    output = capsys.readouterr()
    assert output.out == f"{library}: index rebuilt.\n"
    assert output.err.splitlines() == ["0 of 3 texts indexed", "3 of 3 texts indexed"]
    assert main(["ask", _ASKED]) == 0
    assert _ANSWER in capsys.readouterr().out


def test_it_says_on_standard_error_how_far_it_has_come(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(index, "_PASSAGES_A_COMMIT", 1)
    assert main(["reindex"]) == 0
    output = capsys.readouterr()
    assert output.out == f"{library}: index rebuilt.\n"
    assert output.err.splitlines() == [f"{texts} of 3 texts indexed" for texts in range(4)]


@pytest.mark.usefixtures("library")
def test_what_texts_mean_follows_where_that_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("fastembed", reason="the extra `dense` is not installed")
    monkeypatch.setenv(variable("dense"), str(tiny_model.make(tmp_path / "model")))
    assert main(["reindex"]) == 0
    *steps, last = capsys.readouterr().err.splitlines()
    assert "3 of 3 texts indexed" in steps
    done, _, total, *rest = last.split()
    assert (done, rest) == (total, ["claims", "and", "texts", "embedded"])


def test_a_library_that_is_not_there_yet_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "new" / "library.sqlite3"
    monkeypatch.setenv(LIBRARY, str(file))
    assert main(["reindex"]) == 0
    assert tuple(capsys.readouterr()) == (f"{file}: index rebuilt.\n", "0 of 0 texts indexed\n")


def test_a_library_in_memory_has_no_index_to_make(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(LIBRARY, ":memory:")
    assert main(["reindex"]) == 1
    text = "AI_TRENDS_LIBRARY=:memory: keeps no index. Set it to a file, or unset it to use the default one.\n"
    assert tuple(capsys.readouterr()) == ("", text)


def test_a_library_that_cannot_be_written_is_said_and_its_index_kept(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(LIBRARY, str(library / "library.sqlite3"))
    assert main(["reindex"]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.splitlines()[-1].startswith(
        "The library cannot be written. Name another file with AI_TRENDS_LIBRARY"
    )


def test_a_library_that_is_none_is_said_and_nothing_removed(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = sorted(library.with_name(f"{library.name}.index").iterdir())
    for path in library.parent.glob(f"{library.name}-*"):
        path.unlink()
    library.write_text("no database " * 100, encoding="utf-8")
    assert main(["reindex"]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert "cannot be used: file is not a database." in output.err
    assert "Traceback" not in output.err
    assert sorted(library.with_name(f"{library.name}.index").iterdir()) == kept


def test_a_library_of_a_newer_version_keeps_its_index(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(library) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert main(["reindex"]) == 1
    assert "was made by a newer version of ai-trends-mcp;" in capsys.readouterr().err
    assert list(library.with_name(f"{library.name}.index").iterdir())


def test_words_of_ones_own_that_cannot_be_read_are_said_before_anything_is_removed(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = sorted(library.with_name(f"{library.name}.index").iterdir())
    own = library.with_name("terms.toml")
    own.write_text('[[terms]]\nid = "rocket"\n', encoding="utf-8")
    assert main(["reindex"]) == 1
    assert f"{own}: rocket: words: Field required" in capsys.readouterr().err
    assert sorted(library.with_name(f"{library.name}.index").iterdir()) == kept


def test_what_it_does_not_take_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["reindex", "library.sqlite3"])
    assert done.value.code == 2
    assert "unrecognized arguments: library.sqlite3" in capsys.readouterr().err
