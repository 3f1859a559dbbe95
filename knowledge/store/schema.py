"""Tables of a library's file, and their upgrade from older versions."""

from knowledge.model import StoreError
from knowledge.store.database import Database

VERSION = 2
_HISTORY_SINCE = 2

_TABLES = """
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
CREATE INDEX IF NOT EXISTS fallen ON record (id) WHERE kind = 'claim' AND json_extract(json, '$.status') IS NOT NULL;
CREATE INDEX IF NOT EXISTS article_digest ON record (json_extract(json, '$.sha256')) WHERE kind = 'article';
CREATE INDEX IF NOT EXISTS article_copy ON record (json_extract(json, '$.syndicated_from')) WHERE kind = 'article';
CREATE TABLE IF NOT EXISTS text (       -- what the user brought
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    places TEXT NOT NULL                -- JSON: digest of a seal -> where its words begin and end in this body
);
CREATE TABLE IF NOT EXISTS log (        -- what happened, for ever
    seq INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    action TEXT NOT NULL,
    event TEXT NOT NULL,
    sha256 TEXT NOT NULL                -- of the link before and this event
);
CREATE INDEX IF NOT EXISTS log_subject ON log (subject);
CREATE INDEX IF NOT EXISTS log_action ON log (action);
CREATE TRIGGER IF NOT EXISTS log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER IF NOT EXISTS log_lasts BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'history is never removed'); END;
CREATE TABLE IF NOT EXISTS sketch (     -- samples of texts, by which copies are found
    sample INTEGER NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (sample, article)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sketch_article ON sketch (article);
CREATE TABLE IF NOT EXISTS progress (   -- how far long work has come: feeds, extractions
    work TEXT NOT NULL,
    item TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (work, item)
) WITHOUT ROWID;
"""


def read_version(database: Database) -> int:
    """Return the version of the tables; 0 where there are none.

    Raises:
        StoreError: if they are of a newer version than this one knows.
    """
    there = int(database.rows("PRAGMA user_version")[0][0])
    if there > VERSION:
        raise StoreError(
            "The library was made by a newer version of ai-trends-mcp; nothing in it was touched. "
            "Upgrade: pip install -U ai-trends-mcp. Or name another library with AI_TRENDS_LIBRARY."
        )
    return there


def create_tables(database: Database) -> bool:
    """Create missing tables, and return whether there are texts from before history was kept.

    What has to be done for these is up to the caller, within the same transaction.
    """
    there = read_version(database)
    for statement in _statements():
        database.run(statement)
    database.run(f"PRAGMA user_version = {VERSION}")
    return 0 < there < _HISTORY_SINCE


def _statements() -> list[str]:
    """Return the statements separately: a script would end the surrounding transaction."""
    return [statement for statement in _TABLES.split(";\n") if statement.strip()]
