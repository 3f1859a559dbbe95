"""Reads one vintage of Epoch AI's model tables from a file, or says why not."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar, get_args

from knowledge.datasets import cells
from knowledge.datasets.columns import AMORTISED, Columns, ColumnsError, columns
from knowledge.datasets.model import ListedModel, Table, TrainingCost
from knowledge.datasets.stream import LIMITS, Limits, Stream
from knowledge.errors import DatasetError
from knowledge.model import Population

_T = TypeVar("_T")
_POPULATION = re.compile(r"(large_scale|notable)(?=_ai_models|[._-])")
_VINTAGE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


class Identity(NamedTuple):
    """What a file is: nothing in it says so."""

    population: Population
    vintage: date


class _Row(NamedTuple):
    model: ListedModel
    unknown_countries: tuple[str, ...]


def identify(file: str, population: Population | None = None, vintage: date | None = None) -> Identity:
    """What is given, and what the file's name says of the rest, as in `large_scale_ai_models.2026-02-16.csv`.

    Raises:
        DatasetError: if neither says what the rows are, or which day they are of.
    """
    population = population or said_population(file)
    vintage = vintage or said_vintage(file)
    if population is None:
        known = " or ".join(f"`{one}`" for one in get_args(Population))
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


def said_population(file: str) -> Population | None:
    """What a file's name says of its rows."""
    match = _POPULATION.search(file)
    return next(one for one in get_args(Population) if one == match[1]) if match else None


def said_vintage(file: str) -> date | None:
    """The day that a file's name says."""
    match = _VINTAGE.search(file)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def named(identity: Identity) -> str:
    """A name of a file that says what it is."""
    return f"{identity.population}_ai_models.{identity.vintage}.csv"


def check_file(file: Path, name: str) -> None:
    """Refuse what is not there, and what may never end, such as a pipe or a device.

    Raises:
        DatasetError: if there is no such file.
    """
    try:
        exists, is_file = file.exists(), file.is_file()
    except OSError as error:
        raise unreadable(name, error) from error
    if not is_file:
        problem = "is a folder or a device, not a file" if exists else "there is no such file"
        raise DatasetError(name, problem, "A CSV file is needed", "See whether its path is right")


def unreadable(name: str, error: OSError) -> DatasetError:
    """What the system says of a file that it does not let us read."""
    problem = f"cannot be read ({error.strerror})"
    return DatasetError(name, problem, "A file that you may read is needed", "See to its permissions")


def read(
    file: Path,
    population: Population | None = None,
    vintage: date | None = None,
    name: str | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """The table in `file`; what is not given is told from its name. `name` is what refusals call it.

    Memory is bounded by `limits`, whatever the file is.

    Raises:
        DatasetError: if the file is no table of models that can be read whole.
    """
    name = name or file.name
    check_file(file, name)
    identity = identify(name, population, vintage)
    try:
        with file.open("rb") as opened:
            return _table(Stream(opened, name, limits), identity, limits)
    except OSError as error:
        raise unreadable(name, error) from error


def _table(stream: Stream, identity: Identity, limits: Limits) -> Table:
    records = stream.records()
    header = next(records, [])
    found = _columns(stream, header, identity.population, limits)
    rows = list(_rows(stream, records, found, limits.rows))
    if not rows:
        raise stream.refusal("has no rows", "A table of models has at least one")
    return Table(
        population=identity.population,
        vintage=identity.vintage,
        sha256=stream.sha256,
        models=tuple(row.model for row in rows),
        columns=found.named(header),
        unknown_countries=tuple(dict.fromkeys(name for row in rows for name in row.unknown_countries)),
    )


def _columns(stream: Stream, header: Sequence[str], population: Population, limits: Limits) -> Columns:
    if len(header) > limits.columns:
        raise stream.refusal(f"has {len(header):,} columns", f"At most {limits.columns} are read")
    try:
        return columns(header, population)
    except ColumnsError as error:
        raise stream.refusal(str(error), error.allowed) from error


def _rows(stream: Stream, records: Iterator[list[str]], found: Columns, most: int) -> Iterator[_Row]:
    for number, record in enumerate(records):
        if number == most:
            raise stream.refusal(f"has more than {most:,} rows", f"At most {most:,} are read")
        if len(record) != found.width:
            problem = f"has {len(record):,} fields in the record at line {stream.line}, and {found.width} columns"
            raise stream.refusal(problem, "Each record has a field for each column")
        if any(map(str.strip, record)):
            yield _row(stream, record, found)


def _row(stream: Stream, record: Sequence[str], found: Columns) -> _Row:
    def cell(column: str, meaning: Callable[[str], _T], place: int | None = None) -> _T:
        where = found.places.get(column) if place is None else place
        try:
            return meaning("" if where is None else record[where])
        except ValueError as error:
            problem = f"cannot be read in the column for {column} of the record at line {stream.line}: {error}"
            raise stream.refusal(problem, "Every cell that is read must be as its column says") from error

    model = cell("model", cells.name)
    if model is None:
        raise stream.refusal(f"names no model in the record at line {stream.line}", "Every row names its model")
    places = cell("countries", cells.places)
    noted = bool(cell("cost_notes", str.strip))
    listed = ListedModel(
        model=model,
        developers=cell("developers", cells.names),
        released=cell("released", cells.released),
        countries=places.codes,
        multinational=places.multinational,
        compute=cell("compute", cells.amount),
        costs=tuple(
            TrainingCost(
                basis=cost.basis,
                amount=amount,
                currency_year=cost.currency_year,
                column=cost.header,
                noted=noted and cost.basis == AMORTISED,
            )
            for cost in found.costs
            if (amount := cell("cost", cells.amount, cost.place)) is not None
        ),
        confidence=cell("confidence", cells.name),
    )
    return _Row(listed, places.unknown)
