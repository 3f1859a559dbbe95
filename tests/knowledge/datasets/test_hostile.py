"""Whatever a file is, it is read whole or refused with a sentence, in bounded memory."""

import io
import os
import tracemalloc
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.datasets.reading import read
from knowledge.datasets.stream import Limits, Stream
from knowledge.errors import DatasetError
from tests.knowledge.datasets import epoch

GOOD = "\n".join(",".join(line) for line in (epoch.HEADER, epoch.row(), epoch.row("B"))).encode() + b"\n"


def _read(folder: Path, content: bytes, limits: Limits | None = None) -> None:
    file = folder / epoch.NAME
    file.write_bytes(content)
    read(file, limits=limits or Limits())


def test_the_good_file_is_good(tmp_path: Path) -> None:
    _read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lacks the column for model, developers, released, countries, compute"),
        (b"<html>not found</html>\n", "lacks the column for model"),
        (GOOD.replace(b"Publication date", b"When"), "lacks the column for released"),
        (GOOD.replace(b",", b";"), "lacks the column for model"),
        (GOOD.replace(b"Organization", b"Model", 1), "lacks the column for developers"),
        (GOOD.replace(b"Publication date", b"model", 1).replace(b"Organization", b"Publication date", 1), "lacks"),
        (GOOD.splitlines(keepends=True)[0], "has no rows"),
        (GOOD.decode().encode("utf-16"), "is not UTF-8 at line 1"),
        (GOOD.replace(b"Maker", "제작".encode("cp949")), "is not UTF-8 at line 2"),
        (GOOD.replace(b"Maker", b"Ma\0ker"), "NUL character in line 2"),
        (GOOD + b'C,"Maker, which', "ends inside a quoted field of the record that begins at line 4"),
        (GOOD + b"C,Maker", "has 2 fields in the record at line 4, and 5 columns"),
        (GOOD + b"C,Maker,2024,France,1e24,more\n", "has 6 fields"),
        (GOOD + b'C,"Mak"er,2024,France,1e24\n', "is not CSV at line 4"),
        (GOOD.replace(b"\n", b"\r"), "is not CSV at line 1"),
        (GOOD + b",Maker,2024,France,1e24\n", "names no model in the record at line 4"),
        (GOOD + b"C,Maker,soon,France,1e24\n", "‘soon’ is no date"),
        (GOOD + b"C,Maker,2024-02-30,France,1e24\n", "is no day of the calendar"),
        (GOOD + b"C,Maker,2024,France,=1+1\n", "‘=1+1’ is no number"),
        (GOOD + b"C,Maker,2024,France,NaN\n", "‘NaN’ is no number"),
        (GOOD + b"C,Maker,2024,France,-5\n", "‘-5’ is no number"),
        (GOOD + b"C,Maker,2024,France,1e999999999\n", "is no number"),
        (GOOD + b"C" * 400 + b",Maker,2024,France,1\n", "a name of 400 characters"),
        (GOOD + b"C,Maker,2024,France," + b"1" * 140_000 + b"\n", "has a field at line 4 that is too long"),
        (GOOD + b"C" * 600_000, "has a record at line 4 that is too long"),
        (GOOD + b'C,"' + b"x\n" * 600_000, "has a field at line 4 that is too long"),
        (b",".join(b"c%d" % number for number in range(500)) + b"\n", "has 500 columns"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as refused:
        _read(tmp_path, content)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{epoch.NAME}: ")
    assert refused.value.allowed
    assert refused.value.mend
    assert len(str(refused.value)) < 1000


def test_a_column_that_is_read_may_not_be_there_twice(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="‘confidence’ more than once"):
        read(epoch.write(tmp_path, (*epoch.row(), "", ""), header=(*epoch.HEADER, "Confidence", "confidence ")))


def test_a_notable_table_needs_its_costs(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="lacks the column for cost"):
        read(epoch.write(tmp_path, epoch.row(), name="notable_ai_models.2026-01-01.csv"))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(file_bytes=100), "is longer than 100 bytes"),
        (Limits(rows=1), "has more than 1 rows"),
        (Limits(lines=2), "has more than 2 lines"),
    ],
)
def test_a_limit_is_a_limit(limits: Limits, said: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=said):
        _read(tmp_path, GOOD, limits)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / epoch.NAME
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(pipe)
    with pytest.raises(DatasetError, match="not a file"):
        read(pipe)
    with pytest.raises(DatasetError, match="not a file"):
        read(tmp_path, "notable", vintage=None, name=epoch.NAME)


class _Endless(io.RawIOBase):
    """A file of gigabytes that are made when they are read."""

    def __init__(self, begin: bytes, piece: bytes) -> None:
        self._begin, self.given = begin, 0
        self._line = piece if piece.endswith(b"\n") else piece * 2**20

    def readline(self, size: int | None = -1, /) -> bytes:
        line, self._begin = (self._begin or self._line)[:size], b""
        self.given += len(line)
        return line


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"", b"x,"),
        (b"", b'"x'),
        (GOOD.splitlines(keepends=True)[0], b"x"),
        (GOOD.splitlines(keepends=True)[0], b'"\n'),
        (GOOD.splitlines(keepends=True)[0], b"\n"),
        (GOOD.splitlines(keepends=True)[0], b"A,Maker,2024,France,1\n"),
    ],
    ids=["header", "quoted header", "field", "quoted field", "empty lines", "rows"],
)
def test_gigabytes_are_refused_in_bounded_memory(begin: bytes, piece: bytes) -> None:
    limits = Limits(file_bytes=4 * 2**20, lines=50_000)
    endless = _Endless(begin, piece)
    tracemalloc.start()
    with pytest.raises(DatasetError):
        for _ in Stream(cast(BinaryIO, endless), epoch.NAME, limits).records():
            pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert endless.given < 5 * 2**20
    assert peak < 24 * 2**20


@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_any_bytes_are_read_or_refused(noise: bytes, place: int) -> None:
    stream = Stream(io.BytesIO(GOOD[:place] + noise + GOOD[place:]), epoch.NAME)
    with suppress(DatasetError):
        assert all(stream.records())
        assert stream.bytes == len(GOOD) + len(noise)
