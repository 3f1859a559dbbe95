"""Packaged knowledge in a library's records: put in when new, replaced when the package has a newer version; the user's own stays."""

import logging
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.model import Article, Claim, Entity, Event, Trend, UnwritableError, events
from knowledge.store import add_text, packaged
from knowledge.store.records import Records
from knowledge.store.store import StoredText
from knowledge.store.validation import RecordSet

_LOG = logging.getLogger(__name__)


def open_records(file: Path | None, data: Traversable, fingerprint: str) -> Records:
    """Return the records in a file, with the knowledge of a data folder.

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
    knowledge = packaged.load_folder(data)
    try:
        update_packaged(records, knowledge, fingerprint, add_text.place_seals)
    except UnwritableError as error:
        _LOG.warning("The library cannot be written, its texts are read into memory: %s", error)
        with closing(records):
            records = records.copy_to_memory()
        update_packaged(records, knowledge, fingerprint, add_text.place_seals)
    return records


def _records(file: Path | None) -> Records:
    """Open the records in a file; in memory where there is none, or where it can be neither made nor read."""
    if file is None:
        return Records(None)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return Records.open(file)
    except (UnwritableError, OSError) as error:
        _LOG.warning("The library cannot be used, its texts are not shown: %s", error)
        return Records(None)


_LEFT_OUT = "The packaged data no longer has it; claims here name it."
_PACKAGE = "ai-trends-mcp"

PlaceSeals = Callable[[StoredText, Article, tuple[Claim, ...]], StoredText]
"""Says where the seals of an article's claims stand in a text of it."""


def update_packaged(records: Records, knowledge: RecordSet, fingerprint: str, placed: PlaceSeals) -> None:
    """Put packaged knowledge in the place of the packaged knowledge that is there: all of it or nothing."""
    with records.writing():
        if records.fingerprint() == fingerprint:
            return  # another process was faster
        replaced = (
            {entity.id: entity for entity in records.list_all(Entity)},
            {trend.id: trend for trend in records.list_all(Trend)},
        )
        records.drop_packaged()
        values = (knowledge.articles, knowledge.claims, knowledge.trends, knowledge.entities, knowledge.disagreements)
        records.put_packaged([value for kind in (*values, knowledge.terms) for value in kind], fingerprint)
        _keep_what_is_named(records, *replaced)
        _mark_again(records)
        for _, text in records.texts.iterate_since(0):  # one at a time: there may be any number
            article = records.get(Article, [text.article])[text.article]
            places = placed(text, article, records.list_claims_of(text.article)).places
            records.texts.set_places(text.article, places)


def _keep_what_is_named(records: Records, entities: Mapping[str, Entity], trends: Mapping[str, Trend]) -> None:
    """Keep entities and trends that the packaged data no longer has and that the user's own claims name, or texts' articles."""
    now = datetime.now(UTC)
    for identity in sorted(_named(records, entities) - {*records.list_ids(Entity), *records.list_ids(Trend)}):
        if entity := entities.get(identity):
            raw = entity.model_dump_json(exclude_defaults=True)
            event = Event(at=now, by=_PACKAGE, action="named", subject=identity, why=_LEFT_OUT, record=raw)
            records.insert([entity])
            records.event_log.append([event])
        elif trend := trends.get(identity):
            records.insert([trend.model_copy(update={"related": ()})])


def _named(records: Records, entities: Mapping[str, Entity]) -> set[str]:
    own = records.list_own(Claim)
    named = {name for claim in own for name in (*claim.references, *claim.trends)}
    named.update(name for article in records.list_articles_with_text() for name in article.cites)
    named.update(filter(None, (entity.maker for entity in records.list_own(Entity))))
    return named | {maker for name in named if (entity := entities.get(name)) and (maker := entity.maker)}


def _mark_again(records: Records) -> None:
    """Give claims of the packaged data the status that they were given in this library."""
    changes = {event.subject: event for event in records.event_log.list_by_action(*events.STATUSES)}
    for claim in records.get(Claim, changes).values():
        status = events.get_status(changes[claim.id])
        withdrawn = not claim.stands and status in {"current", "disputed"}  # its curators have said more since
        if status and claim.status != status and not withdrawn:
            records.replace(claim.model_copy(update={"status": status}))
