"""The append-only log of events in a library, in a hash chain, so that a change of the past shows.

Each link is the SHA-256 of the link before it and of its own event: whoever alters, leaves out or puts in an event breaks
every link after it. Only the end can be cut off unseen, by somebody who does not know an earlier last link.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain as joined
from typing import NamedTuple

from pydantic import ValidationError

from knowledge.model import Action, Event, UnreadableRecordError, serialize_event, sort_by_time
from knowledge.store.database import Database

_AT_A_TIME = 1_000
GENESIS = "0" * 64
"""The link before the first."""


class ChainLink(NamedTuple):
    """An event as it stands in the chain."""

    event: str
    """The event as JSON, byte for byte what the link was made of."""
    sha256: str


def make_link(before: str, event: str) -> ChainLink:
    """Return the link of an event that follows the link `before`."""
    return ChainLink(event, hashlib.sha256(f"{before}\n{event}".encode()).hexdigest())


def find_broken_link(links: Iterable[ChainLink]) -> int | None:
    """Return the position, from 1, of the first link that does not follow from its predecessor; `None` if all do."""
    before = GENESIS
    for place, current in enumerate(links, start=1):
        if make_link(before, current.event) != current:
            return place
        before = current.sha256
    return None


class EventLog:
    """Events of one library. Appending needs the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def last(self) -> tuple[int, str]:
        """Return the position of the newest event, counted from 1, and its link; 0 and the genesis link for an empty log."""
        rows = self._database.rows("SELECT seq, sha256 FROM log ORDER BY seq DESC LIMIT 1")
        return (int(rows[0][0]), str(rows[0][1])) if rows else (0, GENESIS)

    def append(self, events: Iterable[Event]) -> None:
        """Put events at the end."""
        last, before = self.last
        for place, event in enumerate(events, start=last + 1):
            link = make_link(before, serialize_event(event))
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
        return find_broken_link(self.iterate_links())

    def _pages(self) -> Iterator[list[ChainLink]]:
        seen = 0
        query = "SELECT seq, event, sha256 FROM log WHERE seq > ? ORDER BY seq LIMIT ?"
        while rows := self._database.rows(query, seen, _AT_A_TIME):
            yield [ChainLink(event, sha256) for _, event, sha256 in rows]
            seen = rows[-1][0]


def _events(rows: Iterable[tuple[str, ...]]) -> tuple[Event, ...]:
    return sort_by_time(_event(event) for (event,) in rows)


def _event(raw: str) -> Event:
    try:
        return Event.model_validate_json(raw)
    except ValidationError as error:
        raise UnreadableRecordError("An event of the library's history") from error
