"""How far long work has come, in the library's file: what was fetched of feeds, which articles were drafted from."""

from knowledge.store.database import Database


class ProgressTable:
    """Notes of one library, by work and item. Writing stands in the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, work: str) -> dict[str, str]:
        """Every item of a work with its note, as JSON."""
        return dict(self._database.rows("SELECT item, json FROM progress WHERE work = ? ORDER BY item", work))

    def note(self, work: str, item: str) -> str | None:
        """The note on one item."""
        rows = self._database.rows("SELECT json FROM progress WHERE work = ? AND item = ?", work, item)
        return str(rows[0][0]) if rows else None

    def keep(self, work: str, item: str, note: str | None) -> None:
        """Keep a note on an item; `None` forgets the item."""
        if note is None:
            self._database.run("DELETE FROM progress WHERE work = ? AND item = ?", work, item)
        else:
            self._database.run("INSERT OR REPLACE INTO progress VALUES (?, ?, ?)", work, item, note)
