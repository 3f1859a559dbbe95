"""Events in the history of a library, and the status that they give a claim. Their hash chain is in `store.event_log`."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Literal, cast

from pydantic import AfterValidator, Field

from knowledge.model.records import ClaimId, Digest, Line, Status, Value

Action = Literal["added", "linked", "named", "recorded", "current", "superseded", "disputed", "retracted", "imported"]
"""A text was added, its record completed or linked to the one it is a copy of, an entity named, a claim recorded; the status that a claim got; an export taken in."""
Medium = Literal["text", "markdown", "html", "pdf"]

STATUSES: tuple[Action, ...] = ("current", "superseded", "disputed", "retracted")
"""The actions that give a claim a status."""


def _to_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


Moment = Annotated[datetime, AfterValidator(_to_utc)]
"""A moment in UTC, to the second."""


class Origin(Value):
    """The origin of a text in the library."""

    source: Line
    """The source: an address, a file's name, `standard input`, or `assistant`."""
    fetched: Moment
    """The moment of fetching or reading."""
    medium: Medium = "text"
    """The medium of the original."""
    charset: str | None = None
    """The charset of its bytes."""
    extractor: Line = "as it is"
    """The extractor of the text, with its version."""
    received: Digest | None = None
    """SHA-256 of the bytes as they came."""
    said: dict[str, str] = Field(default_factory=dict)
    """Its own metadata, verbatim with hidden characters, where that differs from the article's record."""


class Event(Value):
    """Something that happened to the knowledge; it is never changed and never taken back, only followed by another."""

    at: Moment
    """The moment."""
    by: Line
    """The actor: a person's, program's or model's name."""
    action: Action
    """The action."""
    subject: str
    """Id of the article, entity or claim that it was done to."""
    why: Line | None = None
    """Why."""
    instead: ClaimId | None = None
    """The claim that takes its place, or that speaks against it."""
    origin: Origin | None = None
    """Of a text: how it came."""
    record: str | None = None
    """The record as JSON, where it is new or changed."""


def serialize_event(event: Event) -> str:
    """Return an event as the JSON that the chain is made of."""
    return event.model_dump_json(exclude_none=True, exclude_defaults=True)


def sort_by_time(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events, oldest first; those of one second keep their order."""
    return tuple(sorted(events, key=lambda event: event.at))


def get_status(event: Event) -> Status | None:
    """Return the status that an event gave a claim, if it gave one."""
    return cast("Status", event.action) if event.action in STATUSES else None


def find_status_on(day: date, recorded: date | None, events: Sequence[Event], now: Status = "current") -> Status | None:
    """Return the status that a claim had at the end of a day (UTC); `None` if it was not there yet.

    Args:
        day: the day.
        recorded: the day on which it was recorded; `None` is unknown, and then it is taken to have been there always.
        events: what happened to it, oldest first.
        now: the status that it has; one that no event gave it, it came with.
    """
    if recorded and recorded > day:
        return None
    changes = [(event.at.date(), status) for event in events if (status := get_status(event))]
    before: Status = now if not changes else "retracted" if changes[0][1] == "current" else "current"
    return next((status for at, status in reversed(changes) if at <= day), before)
