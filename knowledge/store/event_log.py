"""The append-only, hash-chained log of events in a library."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain as joined

from pydantic import ValidationError

from knowledge.model import Action, ChainLink, Event, UnreadableRecordError
from knowledge.model import events as history
from knowledge.store.database import Database

_AT_A_TIME = 1_000


class EventLog:
    """Events of one library. Appending needs the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def last(self) -> tuple[int, str]:
        """Return the position of the newest event, counted from 1, and its link; 0 and the genesis link for an empty log."""
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
        """Return the events of some subjects, oldest first."""
        query = "SELECT event FROM log WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY seq"
        return _events(self._database.rows(query, json.dumps(subjects)))

    def list_by_action(self, *actions: Action) -> tuple[Event, ...]:
        """Return every event with one of these actions, oldest first."""
        query = "SELECT event FROM log WHERE action IN (SELECT value FROM json_each(?)) ORDER BY seq"
        return _events(self._database.rows(query, json.dumps(actions)))

    def find_newest(self, *actions: Action) -> int:
        """Return the position of the newest event with one of these actions; 0 if there is none."""
        query = "SELECT coalesce(max(seq), 0) FROM log WHERE action IN (SELECT value FROM json_each(?))"
        return int(self._database.rows(query, json.dumps(actions))[0][0])

    def list_recorded(self) -> dict[str, tuple[int, date]]:
        """Return the position and day of recording of every recorded claim, by claim id."""
        rows = self._database.rows(
            "SELECT subject, seq, json_extract(event, '$.at') FROM log WHERE action = 'recorded' ORDER BY seq"
        )
        return {subject: (seq, datetime.fromisoformat(at).date()) for subject, seq, at in rows}

    def iterate(self) -> Iterator[Event]:
        """Yield every event in log order: imported ones may be older than those before them."""
        return (_event(link.event) for link in self.iterate_links())

    def iterate_links(self) -> Iterator[ChainLink]:
        """Yield every link, oldest first, in pages."""
        return joined.from_iterable(self._pages())

    def find_first_broken(self) -> int | None:
        """Return the position of the first event that does not follow from the one before it; `None` if all do."""
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
