"""Bundles of knowledge that leave or enter a library: records, their history and, on request, full texts. Pure values."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import ValidationError

from knowledge.model import Article, Claim, Disagreement, Entity, Event, Trend, get_status
from knowledge.text import anchoring

_SUBJECTS: dict[str, type[Article] | type[Entity]] = {"added": Article, "linked": Article, "named": Entity}


@dataclass(frozen=True)
class Bundle:
    """Records with their events and texts, each kind in the library's order."""

    exported: datetime
    """Time of the export, with its time zone; for a file that was read, the time of its newest event."""
    version: str
    """Of the package that took it out; empty for what was read from a file."""
    articles: tuple[Article, ...] = ()
    claims: tuple[Claim, ...] = ()
    """Of every status, with quotes where they are at hand."""
    trends: tuple[Trend, ...] = ()
    entities: tuple[Entity, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    events: tuple[Event, ...] = ()
    """History of these articles, entities and claims, oldest first."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Article id -> its full text, where that was asked for: the very text of the article's record, no other copy of it."""

    def __post_init__(self) -> None:
        """Refuse texts that are not those of the records: places of words say nothing about another copy.

        Raises:
            ValueError: if a text is not that of an article which is here.
        """
        digests = {article.id: article.sha256 for article in self.articles}
        if strange := [
            article for article, text in self.texts.items() if anchoring.digest(text) != digests.get(article)
        ]:
            raise ValueError(f"not the text of the article's record: {', '.join(strange)}")


def get_subject_type(event: Event) -> type[Article] | type[Claim] | type[Entity]:
    """Return the type of record that an event is about."""
    return _SUBJECTS.get(event.action, Claim)


def make_arrival_events(
    values: Iterable[Claim | Entity], events: Iterable[Event], at: Callable[[Claim | Entity], datetime]
) -> Iterator[Event]:
    """Return events that say how claims and entities came, for those of which no event has the record, as of packaged ones.

    Args:
        values: the claims and entities.
        events: what is known to have happened.
        at: when a value came.
    """
    events = tuple(events)
    there = {(get_subject_type(event), event.subject) for event in events if event.record}
    changed = {event.subject for event in events if get_status(event)}
    for value in values:
        if (type(value), value.id) not in there:
            bare = _came_as(value, changed) if isinstance(value, Claim) else value
            yield Event(
                at=at(value),
                by="ai-trends-mcp",
                action="recorded" if isinstance(value, Claim) else "named",
                subject=value.id,
                record=bare.model_dump_json(exclude_defaults=True),
            )


def _came_as(claim: Claim, changed: Container[str]) -> Claim:
    """Return a claim without quotes, with the status that it has where no event gave it that."""
    bare = _sealed_claim(claim)
    return bare.model_copy(update={"status": "current"}) if claim.id in changed else bare


def strip_text(bundle: Bundle) -> Bundle:
    """Return the bundle without the articles' words (quotes, texts, metadata of texts), fit to be published."""
    return replace(
        bundle,
        claims=tuple(map(_sealed_claim, bundle.claims)),
        events=tuple(map(_sealed_event, bundle.events)),
        texts={},
    )


def _sealed_claim(claim: Claim) -> Claim:
    if all(piece.quote is None for piece in claim.evidence):
        return claim
    evidence = tuple(piece.model_copy(update={"quote": None}) for piece in claim.evidence)
    return claim.model_copy(update={"evidence": evidence})


def _sealed_event(event: Event) -> Event:
    changed: dict[str, object] = {}
    if event.origin:
        source = event.origin.source.partition("?")[0] or event.origin.source  # a query may have a key in it
        changed["origin"] = event.origin.model_copy(update={"said": {}, "source": source})
    if event.record and get_subject_type(event) is Claim:
        changed["record"] = _sealed_record(event.record)
    return event.model_copy(update=changed) if changed else event


def _sealed_record(record: str) -> str | None:
    """Return a claim's JSON without quotes; `None` for an unreadable record, since it might contain any words."""
    try:
        claim = Claim.model_validate_json(record)
    except ValidationError:
        return None
    bare = _sealed_claim(claim)
    return record if bare is claim else bare.model_dump_json(exclude_defaults=True)
