"""The tables of the records: the truth that every index is derived from.

Packaged knowledge is written once and again when it changes; a user's texts are never touched by that. Several processes
may have one file open: each write is one transaction, and readers see it whole or not at all.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from knowledge.curated import Curated
from knowledge.database import Database
from knowledge.errors import StoreError, UnwritableError
from knowledge.model import Article, Claim, Disagreement, Entity, Term, Trend, Value
from knowledge.store import Aspect, Text, aspects

SCHEMA_VERSION = 1
_TEXTS_AT_A_TIME = 100
"""Texts that are read at once; one takes 200 KB at the most."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (
    seq INTEGER PRIMARY KEY,            -- order of curation
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    packaged INTEGER NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (kind, id)
);
CREATE TABLE IF NOT EXISTS aspect (     -- what claims are looked up by
    aspect TEXT NOT NULL,
    value TEXT NOT NULL,
    record INTEGER NOT NULL REFERENCES record (seq) ON DELETE CASCADE,
    PRIMARY KEY (aspect, value, record)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS aspect_record ON aspect (record);
CREATE TABLE IF NOT EXISTS text (       -- what the user brought
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    places TEXT NOT NULL                -- JSON: digest of a seal -> where its words begin and end in this body
);
"""

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
    """The tables, behind one connection."""

    def __init__(self, file: Path | None, *, read_only: bool = False) -> None:
        """Open `file`, making it if need be; `None` keeps everything in memory.

        Args:
            file: the library.
            read_only: whether to do no more than read.

        Raises:
            StoreError: if the file is damaged, unreadable, or from a newer version.
        """
        self.is_kept = file is not None
        """Whether the records are in a file."""
        self.may_be_written = self.is_kept and not read_only
        """Whether they are in one that was opened for writing."""
        self._database = Database(file, read_only=read_only)
        try:
            self._prepare()
        except StoreError:
            self.close()
            raise

    @classmethod
    def opened(cls, file: Path) -> "Records":
        """The records in a file, to be read only where it cannot be opened for writing.

        Raises:
            StoreError: if neither does.
        """
        try:
            return cls(file)
        except UnwritableError:
            return cls(file, read_only=True)

    def copied(self) -> "Records":
        """The same in memory."""
        other = Records(None)
        other.close()
        other._database = self._database.copied()
        return other

    def close(self) -> None:
        self._database.close()

    def fingerprint(self) -> str | None:
        """The fingerprint of the packaged data that the records were made from."""
        rows = self._database.rows("SELECT value FROM meta WHERE key = 'fingerprint'")
        return rows[0][0] if rows else None

    def identity(self) -> str:
        """A name that this store has and no other, so that nothing derived from another is taken for its own."""
        found = self._database.rows("SELECT value FROM meta WHERE key = 'identity'")
        return str(found[0][0]) if found else ""

    def replace_packaged(
        self,
        knowledge: Curated,
        fingerprint: str,
        placed: Callable[[Text, Article, tuple[Claim, ...]], Text],
    ) -> None:
        """Put packaged knowledge in the place of the packaged knowledge that is there.

        The user's texts stay; `placed` says where the seals of the new claims stand in each.
        """
        with self._database.writing():
            if self.fingerprint() == fingerprint:
                return  # another process was faster
            kept = "kind = 'article' AND id IN (SELECT article FROM text)"  # the texts need their articles' records
            self._database.run(f"DELETE FROM record WHERE packaged AND NOT ({kept})")  # noqa: S608 - our own words
            values: Iterable[Value] = (
                *knowledge.articles,
                *knowledge.claims,
                *knowledge.trends,
                *knowledge.entities,
                *knowledge.disagreements,
                *knowledge.terms,
            )
            for value in values:
                self._put(value, packaged=True)
            self._database.run("INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?)", fingerprint)
            self._database.run("INSERT OR IGNORE INTO meta VALUES ('identity', ?)", secrets.token_hex(8))
            for _, text in self.texts_since(0):  # one at a time: there may be any number
                article = self.get(Article, [text.article])[text.article]
                places = placed(text, article, self.claims("article", [text.article])).places
                self._database.run(
                    "UPDATE text SET places = ? WHERE article = ?", json.dumps(dict(places)), text.article
                )

    def version(self) -> tuple[int, int]:
        """Something that is another after every write, by this process or another one."""
        return int(self._database.rows("PRAGMA data_version")[0][0]), self._database.changes()

    def ids(self, kind: type[Value]) -> tuple[str, ...]:
        """The ids of every record of a kind, in the order of curation."""
        return tuple(
            one for (one,) in self._database.rows("SELECT id FROM record WHERE kind = ? ORDER BY seq", _KINDS[kind])
        )

    def having(self, aspect: Aspect, value: str) -> tuple[tuple[int, str], ...]:
        """Place in the order of curation and id of each claim that has a value."""
        query = "SELECT seq, id FROM aspect JOIN record ON record = seq WHERE aspect = ? AND value = ?"
        return tuple((seq, one) for seq, one in self._database.rows(query, aspect, value))

    def all(self, kind: type[_V]) -> tuple[_V, ...]:
        """Every record of a kind, in the order of curation."""
        return self._values(kind, "SELECT json FROM record WHERE kind = ? ORDER BY seq", _KINDS[kind])

    def curated_articles(self) -> tuple[Article, ...]:
        """The articles that the packaged data has, not those of the user's own texts."""
        return self._values(Article, "SELECT json FROM record WHERE kind = 'article' AND packaged ORDER BY seq")

    def get(self, kind: type[_V], ids: Iterable[str]) -> dict[str, _V]:
        """Those of `ids` that are there, by id."""
        wanted = json.dumps(list(ids))
        rows = self._database.rows(
            "SELECT id, json FROM record WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
            _KINDS[kind],
            wanted,
        )
        return {identity: _parsed(kind, raw) for identity, raw in rows}

    def claims(self, aspect: Aspect, values: Iterable[str]) -> tuple[Claim, ...]:
        """The claims that stand and have one of the values, in the order of curation."""
        query = (
            "SELECT json FROM record WHERE seq IN "
            "(SELECT record FROM aspect WHERE aspect = ? AND value IN (SELECT value FROM json_each(?))) ORDER BY seq"
        )
        return tuple(one for one in self._values(Claim, query, aspect, json.dumps(list(values))) if one.stands)

    def put_text(self, text: Text, article: Article | None) -> None:
        """Keep a text, and the record of its article if that is new."""
        self.put_texts([(text, article)])

    def put_texts(self, texts: Iterable[tuple[Text, Article | None]]) -> None:
        """Keep texts, each with the record of its article if that is new: all of them or none."""
        with self._database.writing():
            for text, article in texts:
                if article is not None:
                    self._put(article, packaged=False)
                self._database.run("DELETE FROM text WHERE article = ?", text.article)
                self._database.run(
                    "INSERT INTO text (article, sha256, body, places) VALUES (?, ?, ?, ?)",
                    text.article,
                    text.sha256,
                    text.body,
                    json.dumps(dict(text.places)),
                )

    def text(self, article: str) -> Text | None:
        """The text of an article, if it is in the library."""
        return self.numbered_text(article)[1]

    def numbered_text(self, article: str) -> tuple[int, Text | None]:
        """The same with its sequence number, which no other text ever has; 0 where there is none."""
        rows = self._database.rows("SELECT seq, article, sha256, body, places FROM text WHERE article = ?", article)
        return next(((row[0], _text(*row[1:])) for row in rows), (0, None))

    def numbers_of_texts(self) -> dict[str, int]:
        """The sequence number of each article's text."""
        return dict(self._database.rows("SELECT article, seq FROM text"))

    def texts_since(self, seq: int) -> Iterator[tuple[int, Text]]:
        """The texts that came in after `seq`, oldest first; few are in memory at a time."""
        query = "SELECT seq, article, sha256, body, places FROM text WHERE seq > ? ORDER BY seq LIMIT ?"
        while rows := self._database.rows(query, seq, _TEXTS_AT_A_TIME):
            yield from ((row[0], _text(*row[1:])) for row in rows)
            seq = rows[-1][0]

    def count_texts(self, since: int = 0) -> int:
        """How many texts came in after a sequence number."""
        return int(self._database.rows("SELECT count(*) FROM text WHERE seq > ?", since)[0][0])

    def last_text(self) -> int:
        """The sequence number of the newest text, 0 when there is none."""
        return int(self._database.rows("SELECT coalesce(max(seq), 0) FROM text")[0][0])

    def is_writable(self) -> bool:
        """Whether something could be kept; nothing is."""
        try:
            with self._database.writing():
                return True
        except UnwritableError:
            return False

    def damage(self) -> str | None:
        """The first thing that SQLite finds wrong with the file."""
        found = str(self._database.rows("PRAGMA quick_check(1)")[0][0])
        return None if found == "ok" else found

    def _prepare(self) -> None:
        version = int(self._database.rows("PRAGMA user_version")[0][0])
        if version > SCHEMA_VERSION:
            raise StoreError(
                "The library was made by a newer version of ai-trends-mcp. Upgrade: pip install -U ai-trends-mcp."
            )
        if version < SCHEMA_VERSION:
            self._database.run("PRAGMA journal_mode = WAL")
            self._database.run_script(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")

    def _put(self, value: Value, *, packaged: bool) -> None:
        identity = getattr(value, "id")  # noqa: B009 - every kept value has an id, but `Value` does not declare it
        row = (_KINDS[type(value)], identity, packaged, value.model_dump_json(exclude_defaults=True))
        seq = self._database.run("INSERT OR REPLACE INTO record (kind, id, packaged, json) VALUES (?, ?, ?, ?)", *row)
        if isinstance(value, Claim):
            rows = [(aspect, key, seq) for aspect, key in aspects(value)]
            self._database.run_each("INSERT OR IGNORE INTO aspect VALUES (?, ?, ?)", rows)

    def _values(self, kind: type[_V], query: str, *parameters: str) -> tuple[_V, ...]:
        return tuple(_parsed(kind, raw) for (raw,) in self._database.rows(query, *parameters))


def _parsed(kind: type[_V], raw: str) -> _V:
    try:
        return kind.model_validate_json(raw)
    except ValidationError as error:
        raise StoreError(
            "The library was written by another version of ai-trends-mcp. Restart this one, or upgrade it: pip install -U ai-trends-mcp."
        ) from error


def _text(article: str, sha256: str, body: str, places: str) -> Text:
    return Text(article, sha256, body, {seal: (start, end) for seal, (start, end) in json.loads(places).items()})
