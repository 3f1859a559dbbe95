"""Whatever a file is, it is read whole or refused with a sentence, in bounded memory."""

import os
import tracemalloc
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.datasets.parser import Identity, TableLimits, parse_table, read_table
from knowledge.model.errors import DatasetError
from tests.knowledge.datasets import epoch

pytestmark = pytest.mark.slow

GOOD = "\n".join(",".join(line) for line in (epoch.HEADER, epoch.row(), epoch.row("B"))).encode() + b"\n"
IDENTITY = Identity("large_scale", date(2026, 2, 16))


def _read(folder: Path, content: bytes, limits: TableLimits | None = None) -> None:
    file = folder / epoch.NAME
    file.write_bytes(content)
    read_table(file, limits or TableLimits())


def test_the_good_file_is_good(tmp_path: Path) -> None:
    _read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("content", "message"),
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
        (GOOD + b"C,Maker", "has fewer fields than the 5 columns of its header in the record at line 4"),
        (
            GOOD + b"C,Maker,2024,France,1e24,more\n",
            "has more fields than the 5 columns of its header in the record at line 4",
        ),
        (GOOD + b'\n\nC,"Ma\nker"\n', "in the record at line 6"),
        (
            GOOD + b'\n\nC,"Ma\nker",soon,France,1e24\n',
            "column for released of the record at line 6: \u2018soon\u2019 is no date",
        ),
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
        (GOOD + b"C" * 600_000, "has a line 4 that is too long"),
        (GOOD + b'C,"' + b"x\n" * 600_000, "has a field at line 4 that is too long"),
        (b",".join(b"c%d" % number for number in range(500)) + b"\n", "has 500 columns"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(content: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as refused:
        _read(tmp_path, content)
    assert message in str(refused.value)
    assert str(refused.value).startswith(f"{epoch.NAME}: ")
    assert refused.value.allowed
    assert refused.value.fix
    assert len(str(refused.value)) < 1000


def test_a_column_that_is_read_may_not_be_there_twice(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="‘confidence’ more than once"):
        read_table(epoch.write(tmp_path, (*epoch.row(), "", ""), header=(*epoch.HEADER, "Confidence", "confidence ")))


def test_a_notable_table_needs_its_costs(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="lacks the column for cost"):
        read_table(epoch.write(tmp_path, epoch.row(), name="notable_ai_models.2026-01-01.csv"))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (TableLimits(file_bytes=100), "is longer than 100 bytes"),
        (TableLimits(rows=1), "has more than 1 rows"),
        (TableLimits(line_bytes=60), "has a line 1 that is too long"),
        (TableLimits(columns=4), "has 5 columns. At most 4 are read"),
    ],
)
def test_a_limit_is_a_limit(limits: TableLimits, message: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=message):
        _read(tmp_path, GOOD, limits)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / epoch.NAME
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(pipe)
    with pytest.raises(DatasetError, match="not a file"):
        read_table(pipe)
    with pytest.raises(DatasetError, match="not a file"):
        read_table(tmp_path)


def test_what_is_too_long_is_not_read_whole(tmp_path: Path) -> None:
    huge = tmp_path / epoch.NAME
    with huge.open("wb") as opened:
        opened.truncate(2**34)  # of zeros that take no room
    tracemalloc.start()
    with pytest.raises(DatasetError, match="is longer than 4,194,304 bytes"):
        read_table(huge, TableLimits(file_bytes=4 * 2**20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 9 * 2**20


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
def test_a_hostile_file_takes_bounded_memory(begin: bytes, piece: bytes) -> None:
    limits = TableLimits(file_bytes=4 * 2**20)
    content = (begin + piece * (limits.file_bytes // len(piece) + 1))[: limits.file_bytes]
    tracemalloc.start()
    with pytest.raises(DatasetError):
        parse_table(content, IDENTITY, epoch.NAME, limits)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 * 2**20


@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_any_bytes_are_read_or_refused(noise: bytes, place: int) -> None:
    with suppress(DatasetError):
        assert parse_table(GOOD[:place] + noise + GOOD[place:], IDENTITY, epoch.NAME).models
