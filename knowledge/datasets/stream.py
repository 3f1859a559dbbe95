"""Reads a CSV file that may be anything, record by record: what is in memory at once is one record, and bounded."""

import csv
import hashlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from knowledge.errors import DatasetError

AGAIN = "Get the file once more from epoch.ai/data and hand it over unchanged"
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Limits(NamedTuple):
    """What a file may have at the most. Epoch AI's largest table has 2 MB, 952 rows, 46 columns, 5 KB in a field."""

    file_bytes: int = 32 * 2**20
    line_bytes: int = 2**19
    record_bytes: int = 2**20
    lines: int = 1_000_000
    rows: int = 50_000
    columns: int = 400


LIMITS = Limits()


class Stream:
    """The records of a CSV file, with the number of the line that each begins at and a digest of what was read."""

    def __init__(self, file: BinaryIO, name: str, limits: Limits = LIMITS) -> None:
        self._file = file
        self._name = name
        self._limits = limits
        self._digest = hashlib.sha256()
        self._lines = 0
        self._record_bytes = 0
        self.bytes = 0
        """How many bytes were read."""
        self.line = 0
        """The line that the last record begins at."""

    @property
    def sha256(self) -> str:
        """The digest of the bytes read so far."""
        return self._digest.hexdigest()

    def records(self) -> Iterator[list[str]]:
        """Each record's fields; empty lines are none.

        Raises:
            DatasetError: where the file is no CSV in UTF-8, ends within a field, or passes a limit.
        """
        reader = csv.reader(self._decoded(), strict=True)
        while (record := self._next(reader)) is not None:
            if record:
                yield record

    def refusal(self, problem: str, allowed: str, mend: str = AGAIN) -> DatasetError:
        """What is wrong with this file."""
        return DatasetError(self._name, problem, allowed, mend)

    def _next(self, reader: Iterator[list[str]]) -> list[str] | None:
        self.line = self._lines + 1
        self._record_bytes = 0
        try:
            return next(reader, None)
        except csv.Error as error:
            raise self._malformed(str(error)) from error

    def _malformed(self, error: str) -> DatasetError:
        if "unexpected end" in error:
            problem = f"ends inside a quoted field of the record that begins at line {self.line}: it is truncated"
            return self.refusal(problem, "A whole file is needed")
        if "field limit" in error:
            return self.refusal(f"has a field at line {self.line} that is too long", self._allowed_in_a_record())
        return self.refusal(f"is not CSV at line {self._lines} ({error})", "CSV as in RFC 4180 is read")

    def _decoded(self) -> Iterator[str]:
        # A line is never asked for whole: one without an end would fill the memory before csv could refuse it.
        while line := self._file.readline(self._limits.line_bytes + 1):
            self._lines += 1
            self._weigh(line)
            try:
                yield (line.removeprefix(_BOM) if self._lines == 1 else line).decode()
            except UnicodeDecodeError as error:
                raise self._not_utf8() from error

    def _weigh(self, line: bytes) -> None:
        self.bytes += len(line)
        self._record_bytes += len(line)
        self._digest.update(line)
        if self._lines == 1 and line.startswith(_UTF16):
            raise self._not_utf8()
        if b"\0" in line:
            raise self.refusal(f"has a NUL character in line {self._lines}", "Text in UTF-8 without NULs is read")
        if self._lines > self._limits.lines:
            problem = f"has more than {self._limits.lines:,} lines"
            raise self.refusal(problem, f"At most {self._limits.lines:,} lines are read")
        if self.bytes > self._limits.file_bytes:
            allowed = f"At most {self._limits.file_bytes:,} bytes are read"
            raise self.refusal(f"is longer than {self._limits.file_bytes:,} bytes", allowed)
        if len(line) > self._limits.line_bytes or self._record_bytes > self._limits.record_bytes:
            raise self.refusal(f"has a record at line {self.line} that is too long", self._allowed_in_a_record())

    def _not_utf8(self) -> DatasetError:
        mend = "Save it as UTF-8, or get it once more from epoch.ai/data"
        return self.refusal(f"is not UTF-8 at line {self._lines}", "Text in UTF-8 is read", mend)

    def _allowed_in_a_record(self) -> str:
        line, record = self._limits.line_bytes, self._limits.record_bytes
        return f"A line may have {line:,} bytes, a record {record:,}, a field {csv.field_size_limit():,} characters"
