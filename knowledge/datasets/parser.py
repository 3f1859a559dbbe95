"""Parser of Epoch AI's model tables: a bounded CSV file in, one vintage out."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar, get_args

from pydantic import ValidationError

from knowledge.datasets.columns import Columns, ColumnsError, find_columns
from knowledge.datasets.model import ModelTable
from knowledge.datasets.rows import Row
from knowledge.model import DatasetError, Population

_T = TypeVar("_T")
_POPULATION = re.compile(r"(large_scale|notable)(?=_ai_models|[._-])")
_VINTAGE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_BOM = b"\xef\xbb\xbf"
_RENEW = "Get the file once more from epoch.ai/data and pass it unchanged"


class TableLimits(NamedTuple):
    """Limits of a file. Epoch AI's largest table has 2 MB, 952 rows, 46 columns, 5 KB in a field."""

    file_bytes: int = 32 * 2**20
    line_bytes: int = 2**19
    rows: int = 50_000
    columns: int = 400


LIMITS = TableLimits()


class Identity(NamedTuple):
    """Population and day of a table, which its content does not tell."""

    population: Population
    vintage: date

    @property
    def file_name(self) -> str:
        """Return a file name that tells the identity."""
        return f"{self.population}_ai_models.{self.vintage}.csv"


def identify(file: str, population: Population | None = None, vintage: date | None = None) -> Identity:
    """Return the identity from the arguments, completed by the file name, such as `large_scale_ai_models.2026-02-16.csv`.

    Raises:
        DatasetError: if neither tells the population or the day, or they contradict each other.
    """
    population = _agreed(file, "--population", population, _population_in(file))
    vintage = _agreed(file, "--vintage", vintage, _vintage_in(file))
    if population is None:
        known = " or ".join(f"`{name}`" for name in get_args(Population))
        raise DatasetError(
            file, "does not say what its rows are", f"They may be {known}", "Say which with --population, or name it so"
        )
    if vintage is None:
        example = f"{population}_ai_models.2026-02-16.csv"
        raise DatasetError(
            file,
            "does not say which day it is of",
            "Vintages are days",
            f"Say which with --vintage, or name it {example}",
        )
    return Identity(population, vintage)


def read_table(file: Path, limits: TableLimits = LIMITS) -> ModelTable:
    """Read the table in a file whose name tells its identity.

    Raises:
        DatasetError: if the file is no complete table of models.
    """
    content = read_start(file, file.name, limits.file_bytes + 1)
    return parse_table(content, identify(file.name), file.name, limits)


def read_start(file: Path, name: str, count: int) -> bytes:
    """Read at most `count` bytes of a regular file: a pipe or a device may never end. `name` is for messages.

    Raises:
        DatasetError: if there is no such file, or it cannot be read.
    """
    try:
        exists, is_file = file.exists(), file.is_file()
        if is_file:
            with file.open("rb") as opened:
                return opened.read(count)
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise DatasetError(name, problem, "A file that you may read is needed", "Check its permissions") from error
    problem = "is a folder or a device, not a file" if exists else "there is no such file"
    raise DatasetError(name, problem, "A CSV file is needed", "Check its path")


def parse_table(content: bytes, identity: Identity, name: str, limits: TableLimits = LIMITS) -> ModelTable:
    """Parse a file's bytes. `name` is for messages.

    Raises:
        DatasetError: if they are no table of models, or exceed a limit.
    """
    return _Parser(content, identity, name, limits).parse()


class _Parser:
    """Parser of one file."""

    def __init__(self, content: bytes, identity: Identity, name: str, limits: TableLimits) -> None:
        self._content = content
        self._identity = identity
        self._name = name
        self._limits = limits
        self._reader = csv.DictReader(self._lines(), strict=True)

    def parse(self) -> ModelTable:
        limit = self._limits.file_bytes
        if len(self._content) > limit:
            allowed = f"At most {limit:,} bytes are read"
            raise self._refusal(f"is longer than {limit:,} bytes", allowed, "Pass one table by itself")
        columns = self._columns()
        rows = [self._row(columns, record) for record in self._records()]
        if not rows:
            raise self._refusal("has no rows", "A table of models has at least one")
        return ModelTable(
            population=self._identity.population,
            vintage=self._identity.vintage,
            sha256=hashlib.sha256(self._content).hexdigest(),
            models=tuple(row.listed_model() for row in rows),
            columns=columns.headers(),
            unknown_countries=tuple(dict.fromkeys(name for row in rows for name in row.unknown_countries)),
        )

    def _lines(self) -> Iterator[str]:
        for number, line in enumerate(io.BytesIO(self._content.removeprefix(_BOM)), 1):
            if len(line) > self._limits.line_bytes:
                allowed = f"A line may have {self._limits.line_bytes:,} bytes"
                raise self._refusal(f"has a line {number} that is too long", allowed)
            try:
                text = line.decode()
            except UnicodeDecodeError as error:
                fix = "Save it as UTF-8, or get it once more from epoch.ai/data"
                raise self._refusal(f"is not UTF-8 at line {number}", "Text in UTF-8 is read", fix) from error
            if "\0" in text:
                raise self._refusal(f"has a NUL character in line {number}", "Text in UTF-8 without NULs is read")
            yield text

    def _columns(self) -> Columns:
        try:
            header = self._reader.fieldnames or ()
        except csv.Error as error:
            raise self._malformed(error, 1) from error
        if len(header) > self._limits.columns:
            raise self._refusal(f"has {len(header):,} columns", f"At most {self._limits.columns} are read")
        try:
            return find_columns(header, self._identity.population)
        except ColumnsError as error:
            raise self._refusal(str(error), error.allowed) from error

    def _records(self) -> Iterator[dict[str, str]]:
        """Yield the records, without empty lines and records of empty cells."""
        count = 0
        while (record := self._next()) is not None:
            count += 1
            if count > self._limits.rows:
                raise self._refusal(
                    f"has more than {self._limits.rows:,} rows", f"At most {self._limits.rows:,} are read"
                )
            if None in record or None in record.values():
                than = f"{'more' if None in record else 'fewer'} fields than the {len(self._reader.fieldnames or ())} columns"
                problem = f"has {than} of its header in the record at line {self._line(record)}"
                raise self._refusal(problem, "Each record has a field for each column")
            if any(map(str.strip, record.values())):
                yield record

    def _next(self) -> dict[str, str] | None:
        begin = self._reader.reader.line_num + 1
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise self._malformed(error, begin) from error

    def _row(self, columns: Columns, record: dict[str, str]) -> Row:
        try:
            row = Row.model_validate(columns.cells(record))
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            column = "cost" if fault["loc"][0] == "costs" else fault["loc"][0]
            reason = fault.get("ctx", {}).get("error", fault["msg"])
            problem = f"cannot be read in the column for {column} of the record at line {self._line(record)}: {reason}"
            raise self._refusal(problem, "Every cell that is read must be as its column says") from error
        if row.model is None:
            problem = f"names no model in the record at line {self._line(record)}"
            raise self._refusal(problem, "Every row names its model")
        return row

    def _line(self, record: dict[str, str]) -> int:
        """Return the first line of the record last read."""
        cells = [cell for value in record.values() if value for cell in ([value] if isinstance(value, str) else value)]
        return self._reader.reader.line_num - sum(cell.count("\n") for cell in cells)

    def _malformed(self, error: csv.Error, begin: int) -> DatasetError:
        if "unexpected end" in str(error):
            problem = f"ends inside a quoted field of the record that begins at line {begin}: it is truncated"
            return self._refusal(problem, "A whole file is needed")
        if "field limit" in str(error):
            allowed = f"A field may have {csv.field_size_limit():,} characters"
            return self._refusal(f"has a field at line {begin} that is too long", allowed)
        line = self._reader.reader.line_num
        return self._refusal(f"is not CSV at line {line} ({error})", "CSV as in RFC 4180 is read")

    def _refusal(self, problem: str, allowed: str, fix: str = _RENEW) -> DatasetError:
        return DatasetError(self._name, problem, allowed, fix)


def _agreed(file: str, option: str, given: _T | None, in_name: _T | None) -> _T | None:
    if given and in_name and given != in_name:
        raise DatasetError(
            file,
            f"its name says {in_name}, and {option} says {given}",
            "They must not contradict each other",
            f"Leave {option} out; if the name is wrong, rename the file",
        )
    return given or in_name


def _population_in(file: str) -> Population | None:
    match = _POPULATION.search(file)
    return next(name for name in get_args(Population) if name == match[1]) if match else None


def _vintage_in(file: str) -> date | None:
    match = _VINTAGE.search(file)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None
