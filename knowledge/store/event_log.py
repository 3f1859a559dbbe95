"""The chain of events in a library: appended to, read, verified, never changed."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain as joined

from pydantic import ValidationError

from knowledge.model import events as history
from knowledge.model.errors import UnreadableRecordError
from knowledge.model.events import Action, ChainLink, Event
from knowledge.store.database import Database

_AT_A_TIME = 1_000


class EventLog:
    """The events of one library. Appending stands in the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def last(self) -> tuple[int, str]:
        """The place of the newest event, counted from 1, and its link; 0 where there is none."""
        rows = self._database.rows("SELECT seq, sha256 FROM log ORDER BY seq DESC LIMIT 1")
        return (int(rows[0][0]), str(rows[0][1])) if rows else (0, history.GENESIS)

    def append(self, events: Iterable[Event]) -> None:
        """Put events at the end."""
        last, before = self.last
        for place, event in enumerate(events, start=last + 1):
            link = history.make_link(before, history.serialize_event(event))
            row = (place, event.subject, event.action, link.event, link.sha256)
            self._database.run("INSERT INTO log VALUES (?, ?, ?, ?, ?)", *row)
            before = link.sha256

    def list_for(self, *subjects: str) -> tuple[Event, ...]:
        """What happened to any of these, oldest first."""
        query = "SELECT event FROM log WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY seq"
        return _events(self._database.rows(query, json.dumps(subjects)))

    def list_by_action(self, *actions: Action) -> tuple[Event, ...]:
        """Everything of a kind that happened, oldest first."""
        query = "SELECT event FROM log WHERE action IN (SELECT value FROM json_each(?)) ORDER BY seq"
        return _events(self._database.rows(query, json.dumps(actions)))

    def find_newest(self, *actions: Action) -> int:
        """The place of the newest event of some kinds; 0 where there is none."""
        query = "SELECT coalesce(max(seq), 0) FROM log WHERE action IN (SELECT value FROM json_each(?))"
        return int(self._database.rows(query, json.dumps(actions))[0][0])

    def list_recorded(self) -> dict[str, tuple[int, date]]:
        """The place in the chain, and the day, of every claim that was recorded."""
        rows = self._database.rows(
            "SELECT subject, seq, json_extract(event, '$.at') FROM log WHERE action = 'recorded' ORDER BY seq"
        )
        return {subject: (seq, datetime.fromisoformat(at).date()) for subject, seq, at in rows}

    def iterate(self) -> Iterator[Event]:
        """Every event, in the order in which they came in: those of an import may be older than what is before them."""
        return (_event(link.event) for link in self.iterate_links())

    def iterate_links(self) -> Iterator[ChainLink]:
        """Every link, oldest first; few are in memory at a time."""
        return joined.from_iterable(self._pages())

    def find_first_broken(self) -> int | None:
        """The place of the first event that does not follow from the one before it; `None` if all do."""
        return history.find_broken_link(self.iterate_links())

    def _pages(self) -> Iterator[list[ChainLink]]:
        seen = 0
        query = "SELECT seq, event, sha256 FROM log WHERE seq > ? ORDER BY seq LIMIT ?"
        while rows := self._database.rows(query, seen, _AT_A_TIME):
            yield [ChainLink(event, sha256) for _, event, sha256 in rows]
            seen = rows[-1][0]


def _events(rows: Iterable[tuple[str, ...]]) -> tuple[Event, ...]:
    return history.sort_by_time(_event(event) for (event,) in rows)


def _event(raw: str) -> Event:
    try:
        return Event.model_validate_json(raw)
    except ValidationError as error:
        raise UnreadableRecordError("An event of the library's history") from error
