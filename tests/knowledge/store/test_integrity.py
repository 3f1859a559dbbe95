"""Detection of every change made around the library's own interface, and of nothing else."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.store import event_log
from knowledge.store.integrity import IntegrityReport, verify_records
from knowledge.store.records import Records
from knowledge.text import anchoring
from tests.knowledge.samples import TEXT as MOONLIGHT
from tests.knowledge.store.test_claims import mark
from tests.knowledge.stores import Open
from tests.knowledge.user_articles import HOURS, add_with_claim, draft, record

_UNGUARDED = "DROP TRIGGER log_stays; DROP TRIGGER log_lasts;"


@pytest.fixture
async def claim(open_kept: Open) -> str:
    """Return a library with two texts, two claims, and one claim that was retracted and restored."""
    async with open_kept() as store:
        await store.add_text(MOONLIGHT)
        article, claim = await add_with_claim(store)
        (other,) = await record(store, article, draft(**HOURS))
        await mark(store, other, "retracted")
        await mark(store, other, "current")
        await mark(store, "moonlight.models", "disputed")
        await mark(store, claim, "superseded", other)
    return claim


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library" / "library.sqlite3"


def looked_at(library: Path) -> IntegrityReport:
    records = Records(library)
    try:
        return verify_records(records)
    finally:
        records.close()


@pytest.mark.usefixtures("claim")
def test_a_library_that_was_used_is_as_its_history_says(library: Path) -> None:
    found = looked_at(library)
    assert found.faults == ()
    assert found.events == 9  # two texts, one entity, two claims, four marks
    assert len(found.last) == 64


@pytest.mark.usefixtures("claim")
@pytest.mark.parametrize("statement", ["UPDATE log SET event = '{}' WHERE seq = 2", "DELETE FROM log WHERE seq = 2"])
def test_the_history_cannot_be_changed_by_mistake(library: Path, statement: str) -> None:
    with sqlite3.connect(library) as connection, pytest.raises(sqlite3.IntegrityError, match="history is never"):
        connection.execute(statement)
    connection.close()


@pytest.mark.usefixtures("claim")
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE log SET event = replace(event, 'a tester', 'nobody') WHERE seq = 3", "event 3 of the history"),
        ("DELETE FROM log WHERE seq = 2", "event 2 of the history"),
        ("UPDATE text SET body = replace(body, '240', '250')", "was altered"),
        ("UPDATE record SET json = replace(json, '240', '250') WHERE id LIKE '%.robots'", "is not as the history says"),
        (
            "UPDATE record SET json = replace(json, '부산', '대구') WHERE id LIKE '%.robots'",
            "is not as the history says",
        ),
        ("UPDATE record SET json = replace(json, 'superseded', 'disputed')", "is not as the history says"),
        ("DELETE FROM record WHERE id LIKE '%.robots'", "is missing: the history says that it came"),
        ("DELETE FROM record WHERE id = 'galaxy-motors'", "galaxy-motors is missing"),
        (
            "INSERT INTO record (kind, id, packaged, json) SELECT kind, id || '-b', 0, replace(json, 'motors', 'motors-b') FROM record WHERE id = 'galaxy-motors'",
            "is in no event of the history",
        ),
    ],
)
def test_what_was_altered_behind_its_back_is_named(library: Path, statement: str, said: str) -> None:
    connection = sqlite3.connect(library)
    connection.executescript(f"{_UNGUARDED} {statement};")
    connection.close()
    assert said in looked_at(library).faults[0]


@pytest.mark.usefixtures("claim")
def test_a_text_that_was_altered_with_its_digest_is_named(library: Path) -> None:
    connection = sqlite3.connect(library)
    ((seq, body),) = connection.execute("SELECT seq, body FROM text WHERE article LIKE 'text-%'").fetchall()
    other = body.replace("240", "250")
    digest = anchoring.digest(other)
    connection.execute("UPDATE text SET body = ?, sha256 = ? WHERE seq = ?", (other, digest, seq))
    connection.commit()
    connection.close()
    assert any("was altered" in fault for fault in looked_at(library).faults)


def test_every_link_depends_on_all_before_it() -> None:
    links = [event_log.make_link(event_log.GENESIS, "one")]
    links.append(event_log.make_link(links[-1].sha256, "two"))
    links.append(event_log.make_link(links[-1].sha256, "three"))
    assert event_log.find_broken_link(links) is None
    assert event_log.find_broken_link([]) is None
    spoilt: tuple[tuple[Callable[[], list[event_log.ChainLink]], int], ...] = (
        (lambda: links[1:], 1),
        (lambda: [links[0], links[2]], 2),
        (lambda: [links[0], links[1]._replace(event="2"), links[2]], 2),
        (lambda: [links[1], links[0], links[2]], 1),
        (lambda: [*links, links[2]], 4),
    )
    for spoil, place in spoilt:
        assert event_log.find_broken_link(spoil()) == place
