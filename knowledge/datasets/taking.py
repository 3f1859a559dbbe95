"""Takes a table in unless its bytes are there already: the same bytes are kept once, and what is replaced is told."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from knowledge.datasets.model import Snapshot
from knowledge.datasets.reading import Identity, check_file, identify, said_population, said_vintage
from knowledge.datasets.shelf import Shelf, digest
from knowledge.errors import DatasetError
from knowledge.model import Population

Outcome = Literal["taken in", "mended", "same bytes"]


class Taken(NamedTuple):
    """What became of a table."""

    snapshot: Snapshot
    """The vintage that is there now."""
    outcome: Outcome
    """`same bytes`: they were there, maybe under another day; `mended`: they were, and their file was gone or altered."""
    replaced: Snapshot | None = None
    """The vintage of the same day, of other bytes, whose place it took."""


def identified(file: str, population: Population | None, vintage: date | None) -> Identity:
    """What a file is, of which its name and what is given say the same.

    Raises:
        DatasetError: if they contradict each other, or neither says it.
    """
    if population:
        _check_name(file, "--population", population, said_population(file))
    if vintage:
        _check_name(file, "--vintage", vintage, said_vintage(file))
    return identify(file, population, vintage)


def clashes(
    files: Sequence[Path], population: Population | None, vintage: date | None
) -> Mapping[Identity, Sequence[Path]]:
    """Files of which only one can be kept, since they would be the same table of the same day."""
    found: dict[Identity, list[Path]] = {}
    for file in dict.fromkeys(files):
        with suppress(DatasetError):  # it is refused by itself
            found.setdefault(identified(file.name, population, vintage), []).append(file)
    return {identity: those for identity, those in found.items() if len(those) > 1}


def take(
    shelf: Shelf, file: Path, population: Population | None, vintage: date | None, *, even_if_smaller: bool = False
) -> Taken:
    """Take a file in that somebody has.

    Raises:
        DatasetError: as `Shelf.put`, and if what is given contradicts the file's name. What was there stays.
        UnwritableError: if the folder cannot be written.
    """
    check_file(file, file.name)
    return keep(shelf, file, identified(file.name, population, vintage), file.name, even_if_smaller=even_if_smaller)


def keep(shelf: Shelf, file: Path, identity: Identity, source: str, *, even_if_smaller: bool = False) -> Taken:
    """Keep a table, under its own day if its bytes were there and are damaged; raises as `Shelf.put` does."""
    same = _having(shelf, file, identity)
    if same and shelf.is_whole(same):
        return Taken(same, "same bytes")
    day = same.vintage if same else identity.vintage
    before = shelf.of(Identity(identity.population, day))
    kept = shelf.put(file, identity.population, day, source, even_if_smaller=even_if_smaller)
    replaced = before if before and before.sha256 != kept.sha256 else None
    return Taken(kept, "mended" if same else "taken in", replaced)


def _having(shelf: Shelf, file: Path, identity: Identity) -> Snapshot | None:
    """The vintage with the file's bytes: that of the same day before others."""
    if file.stat().st_size > shelf.limits.file_bytes:  # it is refused, and need not be read for that
        return None
    found = shelf.having(identity.population, digest(file))
    return next((one for one in found if one.vintage == identity.vintage), found[0] if found else None)


def _check_name(file: str, option: str, given: object, said: object | None) -> None:
    if said and said != given:
        raise DatasetError(
            file,
            f"its name says {said}, and {option} says {given}",
            "They must not contradict each other",
            f"Leave {option} out; if the name is wrong, rename the file",
        )
