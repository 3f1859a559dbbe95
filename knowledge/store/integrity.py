"""Checks of a library's file: its condition at a glance, and its texts and records against the event log. Read-only."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from knowledge.model import Article, Claim, Entity, UnreadableRecordError
from knowledge.model import events as history
from knowledge.store.records import Records
from knowledge.text import anchoring

_Record = Article | Claim | Entity


class IntegrityReport(NamedTuple):
    """Result of checking a library against its history."""

    events: int
    """Number of events in the chain."""
    last: str
    """Its last link: whoever knows it can tell later that nothing before it was changed or cut off."""
    faults: tuple[str, ...]
    """Differences from the history, the first of them."""


_MOST_FAULTS = 5


def verify_records(records: Records) -> IntegrityReport:
    """Hold the chain, the texts, and what was recorded of the user's own against each other."""
    place, last = records.event_log.last
    faults = list(islice(_readable_faults(records), _MOST_FAULTS))
    return IntegrityReport(place, last, tuple(faults))


def _readable_faults(records: Records) -> Iterator[str]:
    """Yield every fault, up to the first record that cannot be read."""
    try:
        yield from _faults(records)
    except UnreadableRecordError as error:
        yield str(error).partition(":")[0]


def _faults(records: Records) -> Iterator[str]:
    if broken := records.event_log.find_first_broken():
        yield f"event {broken} of the history does not follow from the one before it: it was changed, put in or taken out"
    yield from _altered_texts(records)
    yield from _misplaced(records)
    expected = _expected(records)
    own: list[_Record] = [*records.list_own(Article), *records.list_own(Entity), *records.list_own(Claim)]
    for value in own:
        then = expected.get(value.id)
        if then is None and not isinstance(value, Article):  # of texts from before history was kept there is no record
            yield f"{value.id} is in no event of the history"
        elif then is not None and then != _json(value):
            yield f"{value.id} is not as the history says"
    there = {
        identity for kind in (Article, Entity, Claim) for identity in records.list_ids(kind)
    }  # some may be packaged by now
    yield from (
        f"{identity} is missing: the history says that it came" for identity in expected if identity not in there
    )


def _altered_texts(records: Records) -> Iterator[str]:
    own = {article.id: article.sha256 for article in records.list_own(Article)}
    for _, text in records.texts.iterate_since(0):
        if not anchoring.digest(text.body) == text.sha256 == own.get(text.article, text.sha256):
            yield f"the text of {text.article} was altered"


def _misplaced(records: Records) -> Iterator[str]:
    """Yield noted places of seals whose words do not have the seal's digest."""
    for _, text in records.texts.iterate_since(0):
        for seal, (start, end) in text.places.items():
            words = text.body[start:end]
            if seal not in {anchoring.digest(words), anchoring.digest(anchoring.collapse_whitespace(words)[0])}:
                yield f"the place {start}-{end} that is noted in the text of {text.article} has other words"


def _expected(records: Records) -> dict[str, str]:
    """Return the user's records as the log's last event of each left them, as JSON by id."""
    found: dict[str, str] = {}
    for event in sorted(
        history.sort_by_time(records.event_log.iterate()), key=lambda event: history.get_status(event) is not None
    ):
        if event.record and (event.action == "linked" or event.subject not in found):
            is_claim = event.action == "recorded"
            found[event.subject] = _json(Claim.model_validate_json(event.record)) if is_claim else event.record
        elif (status := history.get_status(event)) and event.subject in found:
            claim = Claim.model_validate_json(found[event.subject])
            found[event.subject] = _json(claim.model_copy(update={"status": status}))
    return found


def _json(value: _Record) -> str:
    if isinstance(
        value, Claim
    ):  # one that came with an export may have its quotes with it: their digests are in the event
        bare = tuple(piece.model_copy(update={"quote": None}) for piece in value.evidence)
        value = value.model_copy(update={"evidence": bare})
    return value.model_dump_json(exclude_defaults=True)


@dataclass(frozen=True)
class LibraryCondition:
    """State of a library that can be read without opening its index."""

    texts: int
    """Number of texts added by the user."""
    writable: bool
    indexed: bool
    """True if its index exists; otherwise the first question builds it."""
    damage: str | None
    """Damage to the file, as found by SQLite."""


def inspect_library(library: Path) -> LibraryCondition:
    """Return the condition of an existing library.

    Raises:
        StoreError: if it cannot be opened: it is no library, from a newer version, or not readable.
    """
    records = Records.open(library)
    try:
        return LibraryCondition(
            texts=records.texts.count(),
            writable=records.is_writable(),
            indexed=any(library.with_name(f"{library.name}.index").glob("claims-*")),
            damage=records.find_damage(),
        )
    finally:
        records.close()


def verify_library(library: Path) -> IntegrityReport:
    """Verify an existing library against its history.

    Raises:
        StoreError: if it cannot be opened.
    """
    with closing(Records.open(library)) as records:
        return verify_records(records)
