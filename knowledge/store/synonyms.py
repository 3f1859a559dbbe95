"""The user's own synonyms, beside the packaged ones, from a file in the format of `data/terms.toml`."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.model import StoreError, Term

_SHAPE = 'Write [[terms]] with an id in small Latin letters and two words or more, as in id = "launch", words = ["출시", "launch"]'


def read_synonyms(file: Path) -> tuple[Term, ...]:
    """Return the terms in a file, in order; one with the id of a packaged term adds its words to that.

    Raises:
        StoreError: if the file cannot be read, or anything in it is wrong: every fault with file, entry and fix.
    """
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise StoreError(f"{file} cannot be read: {error.strerror}. Name another file, or leave it out.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StoreError(f"{file} is not TOML in UTF-8: {error}. {_SHAPE}.") from None
    entries = raw.get("terms", [])
    faults = [f"{name}: is not read" for name in raw if name != "terms"]
    if not isinstance(entries, list):
        faults.append("terms: is no list of entries")
    terms, wrong = _terms(entries if isinstance(entries, list) else [])
    faults += [*wrong, *_twice(terms)]
    if faults:
        raise StoreError("\n".join(f"{file}: {fault}. {_SHAPE}." for fault in faults))
    return tuple(terms)


def hash_synonyms(terms: Iterable[Term]) -> str:
    """Return a short digest of the terms; empty where there are none."""
    lines = "\n".join(term.model_dump_json() for term in terms)
    return hashlib.sha256(lines.encode()).hexdigest()[:8] if lines else ""


def _terms(entries: list[Any]) -> tuple[list[Term], list[str]]:
    """Return the valid entries as terms, and the faults of the others."""
    terms, faults = [], []
    for place, entry in enumerate(entries, 1):
        try:
            terms.append(Term.model_validate(entry))
        except ValidationError as error:
            name = entry.get("id") if isinstance(entry, dict) else None
            faults += [f"{name or f'entry {place}'}: {_told(fault)}" for fault in error.errors(include_url=False)]
    return terms, faults


def _told(fault: Any) -> str:
    where = ".".join(map(str, fault["loc"]))
    return f"{where}: {fault['msg']}" if where else str(fault["msg"])


def _twice(terms: list[Term]) -> Iterator[str]:
    ids = [term.id for term in terms]
    yield from (
        f"{identity}: the id is used {ids.count(identity)} times"
        for identity in dict.fromkeys(ids)
        if ids.count(identity) > 1
    )
