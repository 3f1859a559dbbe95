"""Condition: how is the library in a file?"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from knowledge.store.integrity import Verified, verify
from knowledge.store.records import Records


@dataclass(frozen=True)
class Condition:
    """What can be said of a library without asking it anything."""

    texts: int
    """How many texts its user added."""
    writable: bool
    indexed: bool
    """Whether its index is there; the first question makes it where it is not."""
    damage: str | None
    """What SQLite finds wrong with the file."""


def condition(library: Path) -> Condition:
    """The condition of the library in that file, which must be there.

    Raises:
        StoreError: if it cannot be opened: it is no library, from a newer version, or not readable.
    """
    records = Records.opened(library)
    try:
        return Condition(
            texts=records.texts.count(),
            writable=records.is_writable(),
            indexed=any(library.with_name(f"{library.name}.index").glob("claims-*")),
            damage=records.damage(),
        )
    finally:
        records.close()


def verified(library: Path) -> Verified:
    """Whether the library in that file is what its history says.

    Raises:
        StoreError: if it cannot be opened.
    """
    with closing(Records.opened(library)) as records:
        return verify(records)
