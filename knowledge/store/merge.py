"""Merging of a bundle into a library: only new records are added, and existing ones change only through later events."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from knowledge.model import Article, Claim, Disagreement, Entity, Event, Trend
from knowledge.model import events as history
from knowledge.store import add_text, copies
from knowledge.store.bundle import Bundle, make_arrival_events
from knowledge.store.records import Records
from knowledge.store.store import ImportResult, StoredText
from knowledge.text import anchoring, near_duplicates

_Record = Article | Claim | Entity | Trend | Disagreement


@dataclass
class _Counts:
    new: int = 0
    same: int = 0
    kept: list[str] = field(default_factory=list)
    ungrounded: list[str] = field(default_factory=list)


def import_bundle(records: Records, bundle: Bundle, by: str, source: str, *, marks: bool = False) -> ImportResult:
    """Take in what is new, with its history: all of it or nothing.

    Args:
        records: where to.
        bundle: valid and complete in itself, as `export.jsonl_reader` returns it.
        by: the person who imports it.
        source: what it is from, such as a file's name.
        marks: whether existing claims get the status that they have in the bundle.
    """
    with records.writing():
        past = tuple(records.event_log.iterate())
        there = {history.serialize_event(event) for event in past}
        came = {event.subject for event in past if event.action == "added"}
        counts = _Counts()
        values = list(_new(records, bundle, counts))
        own = {value.id: value for value in values}
        new = set(own)
        known = {article.id for article in bundle.articles}
        records.insert(values)
        texts = [article for article, body in bundle.texts.items() if _take_text(records, article, body)]
        events = [
            event for event in bundle.events if history.serialize_event(event) not in there and _is_its_own(event, own)
        ]
        events = [
            event
            for event in events
            if _is_taken(event, new, (*counts.kept, *counts.ungrounded), {*texts} | (known - came))
        ]
        unmarked = () if marks else _unmarked(records, events, new)
        events = [event for event in events if event.subject not in unmarked]
        events += _recorded(values, events, bundle)
        if values or texts or events:
            records.event_log.append([Event(at=datetime.now(UTC), by=by, action="imported", subject=source), *events])
        _arrived(records, texts, by)
        _place(records, {value.article for value in values if isinstance(value, Claim)})
        changed = _follow(records, {event.subject for event in events}, new)
    return ImportResult(
        counts.new, counts.same, len(texts), changed, tuple(counts.kept), tuple(counts.ungrounded), tuple(unmarked)
    )


def _new(records: Records, bundle: Bundle, counts: _Counts) -> Iterator[_Record]:
    """Yield the records that are not here, and count the others; an existing record stays as it is."""
    kinds: tuple[tuple[_Record, ...], ...] = (
        bundle.articles,
        bundle.entities,
        bundle.trends,
        bundle.disagreements,
        bundle.claims,
    )
    taken = {
        name.casefold()
        for entity in records.list_all(Entity)
        for name in (entity.name.ko, entity.name.en, *entity.aliases)
    }
    for values in kinds:
        for value in values:
            here = records.get(type(value), [value.id]).get(value.id)
            if here is None and isinstance(value, Claim) and not _is_borne(records, bundle, value):
                counts.ungrounded.append(value.id)
            elif here is None:
                counts.new += 1
                yield _unassuming(value, taken)
            elif _is_same(here, value):
                counts.same += 1
                _quote(records, here, value)
            else:
                counts.kept.append(value.id)


def _is_borne(records: Records, bundle: Bundle, claim: Claim) -> bool:
    """Check a claim's words against its text, if that very text is here or in the bundle."""
    article = next(article for article in bundle.articles if article.id == claim.article)
    kept = records.texts.get(article.id)
    body = kept.body if kept and kept.sha256 == article.sha256 else bundle.texts.get(article.id)
    if body is None:
        return True  # nobody can tell here, which its answers say
    return all(anchoring.digest(body[piece.start : piece.end]) == piece.sha256 for piece in claim.evidence)


def _unassuming(value: _Record, taken: Collection[str]) -> _Record:
    """Return a new record stripped of what would rank it above existing ones: aliases that are taken, and the mark of curation."""
    if isinstance(value, Entity):
        aliases = tuple(alias for alias in value.aliases if alias.casefold() not in taken)
        return value.model_copy(update={"aliases": aliases})
    return value.model_copy(update={"curated": None}) if isinstance(value, Article) else value


def _is_its_own(event: Event, values: Mapping[str, _Record]) -> bool:
    """Check that an event's copy of a new record agrees with the record, which may have been completed since."""
    value = values.get(event.subject)
    if event.record is None or value is None or event.action == "linked":
        return True
    then, now = _bare(type(value).model_validate_json(event.record)), _bare(value)
    completed = {name: getattr(now, name) for name in type(then).model_fields if getattr(then, name) is None}
    return then.model_copy(update=completed if isinstance(then, Article) else {}) == now


def _unmarked(records: Records, events: Iterable[Event], new: Collection[str]) -> tuple[str, ...]:
    """Return the existing claims whose status the bundle would change: no file withdraws claims unless asked to."""
    subjects = {event.subject for event in events if history.get_status(event)} - set(new)
    return tuple(sorted(records.get(Claim, subjects)))


def _quote(records: Records, here: _Record, value: _Record) -> None:
    """Keep the words of a claim that is here without them: of a packaged one until the next version of the package."""
    if not isinstance(here, Claim) or not isinstance(value, Claim):
        return
    evidence = tuple(
        piece.model_copy(update={"quote": piece.quote or other.quote})
        for piece, other in zip(here.evidence, value.evidence, strict=True)
    )
    if evidence != here.evidence and records.texts.get(here.article) is None:
        records.replace(here.model_copy(update={"evidence": evidence}))


def _bare(value: _Record) -> _Record:
    """Return a record without what depends on available texts or later events."""
    if isinstance(value, Claim):
        evidence = tuple(piece.model_copy(update={"quote": None}) for piece in value.evidence)
        return value.model_copy(update={"evidence": evidence, "status": "current"})
    if isinstance(value, Article):
        return value.model_copy(update={"syndicated_from": None, "curated": None})
    return value


def _is_same(here: _Record, value: _Record) -> bool:
    """Check that two records are equal, apart from what an import strips."""
    if isinstance(here, Entity) and isinstance(value, Entity):
        return set(here.aliases) <= set(value.aliases) and here == value.model_copy(update={"aliases": here.aliases})
    return _bare(here) == _bare(value)


def _is_taken(event: Event, new: Collection[str], kept: Collection[str], awaited: Collection[str]) -> bool:
    """Check that an imported event concerns a record as it is here.

    It is not of one that is otherwise here; and how a record came that was here is known, but for articles (`awaited`) whose
    text was not.
    """
    if event.subject in kept:
        return False
    return (
        history.get_status(event) is not None
        or event.subject in new
        or (event.action == "added" and event.subject in awaited)
    )


def _take_text(records: Records, article: str, body: str) -> bool:
    """Keep a text, unless the very one is there."""
    kept = records.texts.get(article)
    record = records.get(Article, [article])[article]
    if record.sha256 != anchoring.digest(body) or (kept and kept.sha256 == record.sha256):
        return False
    records.keep_text(StoredText(article, record.sha256, body, {}), None, near_duplicates.fingerprint(body), ())
    return True


def _arrived(records: Records, texts: Iterable[str], by: str) -> None:
    """Log new texts without an event of their own, locate the seals in them, and link copies."""
    texts = tuple(texts)
    now = datetime.now(UTC)
    for article in texts:
        if not any(event.action == "added" for event in records.event_log.list_for(article)):
            records.event_log.append([Event(at=now, by=by, action="added", subject=article)])
    _place(records, texts)
    for article in texts:
        _link(records, article, by, now)


def _link(records: Records, identity: str, by: str, now: datetime) -> None:
    article, text = records.get(Article, [identity])[identity], records.texts.get(identity)
    if text is None or article.syndicated_from:
        return

    def make_event(linked: Article) -> Event:
        record = linked.model_dump_json(exclude_defaults=True)
        return Event(at=now, by=by, action="linked", subject=linked.id, record=record)

    found = copies.find_copies(records, article, text.body, near_duplicates.fingerprint(text.body))
    copies_of_it = [article] if found.original else found.copies
    deque(copies.link_copies(records, copies_of_it, (found.original or article).id, make_event), maxlen=0)


def _place(records: Records, articles: Iterable[str]) -> None:
    """Say where the words of claims stand in texts that are here."""
    for identity in articles:
        if text := records.texts.get(identity):
            article = records.get(Article, [identity])[identity]
            records.texts.set_places(
                identity, add_text.place_seals(text, article, records.list_claims_of(identity)).places
            )


def _recorded(values: Iterable[_Record], events: Iterable[Event], bundle: Bundle) -> Iterator[Event]:
    """Return events of new records that come without one of their own: of when their file says that they came, else of now."""
    now = datetime.now(UTC)
    came = {event.subject: event.at for event in reversed(bundle.events) if event.record}
    new = [value for value in values if isinstance(value, Claim | Entity)]
    return make_arrival_events(new, events, lambda value: came.get(value.id, now))


def _follow(records: Records, subjects: Iterable[str], new: Collection[str]) -> int:
    """Give claims the status of the latest that happened to them, here or elsewhere; how many changed that were here."""
    changed = 0
    for claim in records.get(Claim, subjects).values():
        statuses = [status for event in records.event_log.list_for(claim.id) if (status := history.get_status(event))]
        if statuses and claim.status != statuses[-1]:
            records.replace(claim.model_copy(update={"status": statuses[-1]}))
            changed += claim.id not in new
    return changed
