"""A library's records, with the packaged knowledge in them: opened, made, or read into memory where they cannot be written."""

import logging
from contextlib import closing
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.model.errors import UnwritableError
from knowledge.store import add_text, packaged
from knowledge.store.records import Records
from knowledge.store.renewing import renew

_LOG = logging.getLogger(__name__)


def opened(file: Path | None, data: Traversable, fingerprint: str) -> Records:
    """The records in a file, with the knowledge of a data folder.

    Args:
        file: the library, made where there is none; `None` keeps everything in memory.
        data: the data folder.
        fingerprint: its fingerprint, by which is known whether the records have that knowledge.

    Raises:
        StoreError: if the file is no library, is damaged, or from a newer version.
    """
    records = _records(file)
    if records.fingerprint() == fingerprint:
        return records
    knowledge = packaged.load(data)
    try:
        renew(records, knowledge, fingerprint, add_text.placed)
    except UnwritableError as error:
        _LOG.warning("The library cannot be written, its texts are read into memory: %s", error)
        with closing(records):
            records = records.copied()
        renew(records, knowledge, fingerprint, add_text.placed)
    return records


def _records(file: Path | None) -> Records:
    """The records in a file; in memory where there is none, or where it can be neither made nor read."""
    if file is None:
        return Records(None)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return Records.opened(file)
    except (UnwritableError, OSError) as error:
        _LOG.warning("The library cannot be used, its texts are not shown: %s", error)
        return Records(None)
