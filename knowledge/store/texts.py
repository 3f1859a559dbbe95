"""Table of the user's texts: each is kept as it came, and is never altered."""

import json
from collections.abc import Collection, Iterator, Mapping

from knowledge.model.errors import UnreadableRecordError
from knowledge.store.database import Database
from knowledge.store.store import StoredText

_AT_A_TIME = 100
"""Texts that are read at once; one takes 200 KB at the most."""
_COLUMNS = "seq, article, sha256, body, places"


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
