"""Tables of records and texts: the truth that every index is derived from.

Packaged knowledge is written once and again when it changes; a user's texts are kept as they came and never touched by that.
Several processes may have one file open: each write is one transaction, and readers see it whole or not at all.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from knowledge.model import (
    Article,
    Claim,
    Disagreement,
    Entity,
    Event,
    StoreError,
    Term,
    Trend,
    UnreadableRecordError,
    UnwritableError,
    Value,
)
from knowledge.store import schema
from knowledge.store.database import Database
from knowledge.store.event_log import EventLog
from knowledge.store.store import Aspect, StoredText
from knowledge.text import near_duplicates

_AT_A_TIME = 100
"""Texts that are read at once; one takes 200 KB at the most."""
_COLUMNS = "seq, article, sha256, body, places"


def list_aspects(claim: Claim) -> Iterator[tuple[Aspect, str]]:
    """Yield every aspect of a claim with its value."""
    yield "id", claim.id
    yield "article", claim.article
    yield from (("trend", trend) for trend in claim.trends)
    yield from (("measure", figure.measure) for figure in claim.figures)
    if claim.cost_basis:
        yield "cost_basis", claim.cost_basis


class TextTable:
    """Texts of one library. Writing needs the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, text: StoredText) -> None:
        """Keep a text, in the place of the copy of its article that is there."""
        self._database.run("DELETE FROM text WHERE article = ?", text.article)
        self._database.run(
            "INSERT INTO text (article, sha256, body, places) VALUES (?, ?, ?, ?)",
            text.article,
            text.sha256,
            text.body,
            json.dumps(dict(text.places)),
        )

    def set_places(self, article: str, places: Mapping[str, tuple[int, int]]) -> None:
        """Say where seals stand in the text of an article, all of them."""
        self._database.run("UPDATE text SET places = ? WHERE article = ?", json.dumps(dict(places)), article)

    def get(self, article: str) -> StoredText | None:
        """Return the text of an article, if it is in the library."""
        return self.get_numbered(article)[1]

    def get_numbered(self, article: str) -> tuple[int, StoredText | None]:
        """Return the text of an article with its unique sequence number; 0 and `None` where there is none."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM text WHERE article = ?", article)  # noqa: S608 - our own words
        return next(((row[0], _text(*row[1:])) for row in rows), (0, None))

    def list_numbers(self) -> dict[str, int]:
        """Return the sequence number of each article's text, by article id."""
        return dict(self._database.rows("SELECT article, seq FROM text"))

    def iterate_since(self, seq: int) -> Iterator[tuple[int, StoredText]]:
        """Yield the texts added after `seq`, oldest first, in pages."""
        query = f"SELECT {_COLUMNS} FROM text WHERE seq > ? ORDER BY seq LIMIT ?"  # noqa: S608 - our own words
        while rows := self._database.rows(query, seq, _AT_A_TIME):
            yield from ((row[0], _text(*row[1:])) for row in rows)
            seq = rows[-1][0]

    def count(self, since: int = 0) -> int:
        """Count the texts added after a sequence number."""
        return int(self._database.rows("SELECT count(*) FROM text WHERE seq > ?", since)[0][0])

    @property
    def last(self) -> int:
        """Return the sequence number of the newest text; 0 if there is none."""
        return int(self._database.rows("SELECT coalesce(max(seq), 0) FROM text")[0][0])

    def set_samples(self, article: str, samples: Collection[int]) -> None:
        """Keep the samples by which copies of an article's text are found."""
        self._database.run("DELETE FROM sketch WHERE article = ?", article)
        self._database.run_many("INSERT INTO sketch VALUES (?, ?)", [(sample, article) for sample in samples])

    def find_similar(self, samples: Collection[int], most: int) -> tuple[str, ...]:
        """Return the articles whose texts share samples, most shared first."""
        query = (
            "SELECT article FROM sketch WHERE sample IN (SELECT value FROM json_each(?)) "
            "GROUP BY article ORDER BY count(*) DESC, article LIMIT ?"
        )
        return tuple(article for (article,) in self._database.rows(query, json.dumps(list(samples)), most))


def _text(article: str, sha256: str, body: str, places: str) -> StoredText:
    try:
        return StoredText(
            article, sha256, body, {seal: (start, end) for seal, (start, end) in json.loads(places).items()}
        )
    except (ValueError, AttributeError, TypeError) as error:
        raise UnreadableRecordError(f"What is noted of the text of {article}") from error


class ProgressTable:
    """Notes on long work (feeds fetched, articles drafted from), by work and item. Writing needs the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_work(self, work: str) -> dict[str, str]:
        """Return every item of a work with its note, as JSON."""
        return dict(self._database.rows("SELECT item, json FROM progress WHERE work = ? ORDER BY item", work))

    def get(self, work: str, item: str) -> str | None:
        """Return the note on one item."""
        rows = self._database.rows("SELECT json FROM progress WHERE work = ? AND item = ?", work, item)
        return str(rows[0][0]) if rows else None

    def set(self, work: str, item: str, note: str | None) -> None:
        """Keep a note on an item; `None` forgets the item."""
        if note is None:
            self._database.run("DELETE FROM progress WHERE work = ? AND item = ?", work, item)
        else:
            self._database.run("INSERT OR REPLACE INTO progress VALUES (?, ?, ?)", work, item, note)


_PACKAGE = "ai-trends-mcp"
_BEFORE = "It was here before history was kept."

_KINDS: dict[type[Value], str] = {
    Article: "article",
    Claim: "claim",
    Trend: "trend",
    Entity: "entity",
    Disagreement: "disagreement",
    Term: "term",
}
_V = TypeVar("_V", bound=Value)


class Records:
    """Tables of one library, behind one connection."""

    def __init__(self, file: Path | None, *, read_only: bool = False) -> None:
        """Open `file`, making it if need be; `None` keeps everything in memory.

        Args:
            file: the library.
            read_only: whether to do no more than read.

        Raises:
            StoreError: if the file is damaged, unreadable, or from a newer version.
        """
        self.is_kept = file is not None
        """True if the records are in a file."""
        self.may_be_written = self.is_kept and not read_only
        """True if the file was opened for writing."""
        self._database = Database(file, read_only=read_only)
        try:
            self._prepare()
        except StoreError:
            self.close()
            raise

    @classmethod
    def open(cls, file: Path) -> "Records":
        """Open the records in a file, read-only where it cannot be opened for writing.

        Raises:
            StoreError: if neither does.
        """
        try:
            return cls(file)
        except UnwritableError:
            return cls(file, read_only=True)

    def copy_to_memory(self) -> "Records":
        """Return an in-memory copy of the records."""
        other = Records(None)
        other.close()
        other._database = self._database.copy_to_memory()
        return other

    def close(self) -> None:
        self._database.close()

    def fingerprint(self) -> str | None:
        """Return the fingerprint of the packaged data in the records."""
        rows = self._database.rows("SELECT value FROM meta WHERE key = 'fingerprint'")
        return rows[0][0] if rows else None

    def identity(self) -> str:
        """Return this library's unique name, by which anything derived from it is recognised."""
        found = self._database.rows("SELECT value FROM meta WHERE key = 'identity'")
        return str(found[0][0]) if found else ""

    def drop_packaged(self) -> None:
        """Take packaged records out, but for those of articles that texts and claims of the user's own need."""
        kept = (
            "kind = 'article' AND (id IN (SELECT article FROM text) OR id IN (SELECT value FROM aspect "
            "JOIN record AS own ON own.seq = aspect.record WHERE aspect = 'article' AND NOT own.packaged))"
        )
        self._database.run(f"DELETE FROM record WHERE packaged AND NOT ({kept})")  # noqa: S608 - our own words

    def put_packaged(self, values: Iterable[Value], fingerprint: str) -> None:
        """Put packaged records in, which were made from data of that fingerprint."""
        for value in values:
            self._put(value, packaged=True)
        self._database.run("INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?)", fingerprint)
        self._database.run("INSERT OR IGNORE INTO meta VALUES ('identity', ?)", secrets.token_hex(8))

    def list_articles_with_text(self) -> tuple[Article, ...]:
        """Return the articles whose texts are here."""
        query = "SELECT json FROM record WHERE kind = 'article' AND id IN (SELECT article FROM text)"
        return self._values(Article, query)

    def version(self) -> tuple[int, int]:
        """Return a value that differs after every write, by this process or another one."""
        return int(self._database.rows("PRAGMA data_version")[0][0]), self._database.count_changes()

    def list_ids(self, kind: type[Value]) -> tuple[str, ...]:
        """Return the ids of every record of a kind, in the order of curation."""
        return tuple(
            identity
            for (identity,) in self._database.rows("SELECT id FROM record WHERE kind = ? ORDER BY seq", _KINDS[kind])
        )

    def find_by_aspect(self, aspect: Aspect, value: str) -> tuple[tuple[int, str], ...]:
        """Return the position in the order of curation and the id of each claim with a value."""
        query = "SELECT seq, id FROM aspect JOIN record ON record = seq WHERE aspect = ? AND value = ?"
        return tuple((seq, identity) for seq, identity in self._database.rows(query, aspect, value))

    def list_all(self, kind: type[_V]) -> tuple[_V, ...]:
        """Return every record of a kind, in the order of curation."""
        return self._values(kind, "SELECT json FROM record WHERE kind = ? ORDER BY seq", _KINDS[kind])

    def list_curated_articles(self) -> tuple[Article, ...]:
        """Return the packaged articles, without those of the user's own texts."""
        return self._values(Article, "SELECT json FROM record WHERE kind = 'article' AND packaged ORDER BY seq")

    def list_own(self, kind: type[_V]) -> tuple[_V, ...]:
        """Return every record of a kind that is the user's own, oldest first."""
        return self._values(kind, "SELECT json FROM record WHERE kind = ? AND NOT packaged ORDER BY seq", _KINDS[kind])

    def get(self, kind: type[_V], ids: Iterable[str]) -> dict[str, _V]:
        """Return those of `ids` that exist, by id."""
        wanted = json.dumps(list(ids))
        rows = self._database.rows(
            "SELECT id, json FROM record WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
            _KINDS[kind],
            wanted,
        )
        return {identity: _parsed(kind, raw) for identity, raw in rows}

    def find_claims(self, aspect: Aspect, values: Iterable[str]) -> tuple[Claim, ...]:
        """Return the standing claims with one of the values, in the order of curation."""
        query = (
            "SELECT json FROM record WHERE seq IN "
            "(SELECT record FROM aspect WHERE aspect = ? AND value IN (SELECT value FROM json_each(?))) ORDER BY seq"
        )
        return tuple(claim for claim in self._values(Claim, query, aspect, json.dumps(list(values))) if claim.stands)

    def list_claims_of(self, article: str) -> tuple[Claim, ...]:
        """Return all claims of an article, including those that no longer stand: they may stand again."""
        query = (
            "SELECT json FROM record WHERE seq IN (SELECT record FROM aspect WHERE aspect = 'article' AND value = ?) "
            "ORDER BY seq"
        )
        return self._values(Claim, query, article)

    def list_copies(self, articles: Collection[str]) -> tuple[Article, ...]:
        """Return the articles recorded as copies of any of these."""
        query = (
            "SELECT json FROM record WHERE kind = 'article' AND json_extract(json, '$.syndicated_from') IS NOT NULL "
            "AND json_extract(json, '$.syndicated_from') IN (SELECT value FROM json_each(?)) ORDER BY seq"
        )
        return self._values(Article, query, json.dumps(list(articles)))

    def list_without_text(self, sha256: str) -> tuple[Article, ...]:
        """Return the articles with this digest whose text is not here."""
        query = (
            "SELECT json FROM record WHERE kind = 'article' AND json_extract(json, '$.sha256') = ? "
            "AND id NOT IN (SELECT article FROM text) ORDER BY seq"
        )
        return self._values(Article, query, sha256)

    def keep_text(
        self, text: StoredText, article: Article | None, samples: Collection[int], events: Iterable[Event]
    ) -> None:
        """Keep a text, the record of its article if that is new, and what happened."""
        with self.writing():
            if article is not None:
                self._put(article, packaged=False)
            self.texts.put(text)
            self.texts.set_samples(text.article, samples)
            self.event_log.append(events)

    def insert(self, values: Iterable[Value]) -> None:
        """Put in new records of the user's own, of any kind."""
        for value in values:
            self._put(value, packaged=False)

    def replace(self, value: Claim | Article, events: Iterable[Event] = ()) -> None:
        """Put a changed record in the place of the one that is there, and say what happened."""
        raw = value.model_dump_json(exclude_defaults=True)
        with self.writing():
            self._database.run(
                "UPDATE record SET json = ? WHERE kind = ? AND id = ?", raw, _KINDS[type(value)], value.id
            )
            self.event_log.append(events)

    def writing(self) -> AbstractContextManager[None]:
        """Open a transaction, committed whole or rolled back; a nested one joins the outer one.

        Raises:
            UnwritableError: if nothing can be.
        """
        return self._database.writing()

    def list_fallen(self) -> tuple[str, ...]:
        """Return the ids of the claims that no longer stand."""
        query = "SELECT id, json FROM record WHERE kind = 'claim' AND json_extract(json, '$.status') IS NOT NULL"
        return tuple(identity for identity, raw in self._database.rows(query) if not _parsed(Claim, raw).stands)

    def is_writable(self) -> bool:
        """Check that a write would succeed, without writing."""
        try:
            with self.writing():
                return True
        except UnwritableError:
            return False

    def find_damage(self) -> str | None:
        """Return the first fault that SQLite finds in the file, or `None`."""
        found = str(self._database.rows("PRAGMA quick_check(1)")[0][0])
        return None if found == "ok" else found

    def _prepare(self) -> None:
        if schema.read_version(self._database) == schema.VERSION:
            return
        if self._database.is_read_only:  # of an older version: what is missing is made in memory
            self._database, older = self._database.copy_to_memory(), self._database
            older.close()
        self._database.run("PRAGMA journal_mode = WAL")
        with self._database.writing():
            if schema.create_tables(self._database):
                self._catch_up()

    def _catch_up(self) -> None:
        """Say of texts that came before history was kept that they are here, and find copies of them by."""
        now = datetime.now(UTC)
        for _, text in self.texts.iterate_since(0):
            self.texts.set_samples(text.article, near_duplicates.fingerprint(text.body))
            self.event_log.append([Event(at=now, by=_PACKAGE, action="added", subject=text.article, why=_BEFORE)])

    @property
    def texts(self) -> TextTable:
        """Return the table of texts."""
        return TextTable(self._database)

    @property
    def event_log(self) -> EventLog:
        """Return the event log."""
        return EventLog(self._database)

    @property
    def progress(self) -> ProgressTable:
        """Return the table of progress notes."""
        return ProgressTable(self._database)

    def _put(self, value: Value, *, packaged: bool) -> None:
        identity = getattr(value, "id")  # noqa: B009 - every kept value has an id, but `Value` does not declare it
        row = (_KINDS[type(value)], identity, packaged, value.model_dump_json(exclude_defaults=True))
        seq = self._database.run("INSERT OR REPLACE INTO record (kind, id, packaged, json) VALUES (?, ?, ?, ?)", *row)
        if isinstance(value, Claim):
            rows = [(aspect, key, seq) for aspect, key in list_aspects(value)]
            self._database.run_many("INSERT OR IGNORE INTO aspect VALUES (?, ?, ?)", rows)

    def _values(self, kind: type[_V], query: str, *parameters: str) -> tuple[_V, ...]:
        return tuple(_parsed(kind, raw) for (raw,) in self._database.rows(query, *parameters))


def _parsed(kind: type[_V], raw: str) -> _V:
    try:
        return kind.model_validate_json(raw)
    except ValidationError as error:
        raise UnreadableRecordError("A record of the library") from error
