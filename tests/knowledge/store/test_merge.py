"""Exports imported again: the same knowledge, without changes to existing records."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge import KnowledgeBase
from knowledge.editor import Editor
from knowledge.export import formats
from knowledge.export.selection import collect_holdings, find_claims
from knowledge.library import SqliteStore
from knowledge.model.events import Event
from knowledge.model.records import Article, Claim, Entity, Trend
from knowledge.store.bundle import strip_text
from knowledge.store.integrity import verify_records
from knowledge.store.store import Store
from tests.knowledge.samples import ARTICLE, TRENDS, folder
from tests.knowledge.samples import TEXT as MOONLIGHT
from tests.knowledge.store.test_claims import ASKED, WHY, found, mark
from tests.knowledge.user_articles import EARLIER, HOURS, TEXT, TODAY, add, add_with_claim, draft, record

_NOW = datetime(2026, 6, 1, tzinfo=UTC)


@asynccontextmanager
async def opened(folder: Path, name: str) -> AsyncIterator[SqliteStore]:
    async with SqliteStore(folder / f"{name}.sqlite3", folder / "data") as store:
        yield store
        assert verify_records(store._records).faults == ()


async def exported(store: Store, way: str = "plain") -> str:
    claims = await find_claims(store, ASKED, (), (), "ko") if way == "by query" else None
    holdings = await collect_holdings(store, _NOW, "1", claims=claims, with_texts=way == "texts")
    return formats.write(strip_text(holdings) if way == "sealed" else holdings, "jsonl", "ko")


async def take(store: Store, document: str, *, marks: bool = True) -> tuple[int, tuple[str, ...]]:
    """Import an export; return the number of new records and the reasons for refusals."""
    imported, refused = await Editor(store, "an importer").import_jsonl(document, "export.jsonl", marks=marks)
    return imported.new, tuple(map(str, refused))


async def full(store: Store) -> tuple[str, str, str]:
    """Return a library with two articles, and claims that were retracted, restored, superseded and disputed."""
    await add(store, MOONLIGHT)
    article, claim = await add_with_claim(store)
    await mark(store, "moonlight.models", "disputed")
    await mark(store, claim, "retracted")
    await mark(store, claim, "current")
    (other,) = await record(store, article, draft(**HOURS))
    await mark(store, other, "retracted")
    return article, claim, other


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("way", ["plain", "texts", "sealed", "by query"])
async def test_what_is_imported_and_exported_again_is_the_same_bytes(tmp_path: Path, way: str) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        await full(one)
        document = await exported(one, way)
        assert (await take(two, document))[1] == ()
        assert await exported(two, way) == document
        before = await two.list_events()
        assert await take(two, document) == (0, ())
        assert await two.list_events() == before
        assert await take(one, document) == (0, ())


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("way", ["plain", "texts"])
async def test_an_article_that_was_completed_later_keeps_its_whole_history(tmp_path: Path, way: str) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        await add(one)
        completed = await add(one, publisher="새벽신문")
        assert completed.article.publisher == "새벽신문"
        document = await exported(one, way)
        assert (await take(two, document))[1] == ()
        assert [event.action for event in await two.list_events(completed.article.id)] == ["added", "linked"]
        assert await exported(two, way) == document


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("way", ["plain", "texts", "sealed", "by query"])
async def test_it_is_the_same_bytes_in_a_library_that_has_nothing_else(tmp_path: Path, way: str) -> None:
    nothing = folder(tmp_path / "nothing")
    for file in nothing.rglob("*.toml"):
        if file.name != "terms.toml":
            file.unlink() if file.parent.name == "articles" else file.write_text("", encoding="utf-8")
    async with opened(tmp_path, "one") as one, SqliteStore(tmp_path / "two.sqlite3", nothing) as two:
        await full(one)
        document = await exported(one, way)
        assert await two.list_all(Claim) == ()
        assert (await take(two, document))[1] == ()
        assert await exported(two, way) == document
        assert verify_records(two._records).faults == ()
        assert await take(one, await exported(two, way)) == (0, ())
        assert not [article for article in await two.list_all(Article) if article.curated]


@pytest.mark.usefixtures("data")
async def test_what_was_imported_is_found_with_its_words_and_its_past(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        article, claim, other = await full(one)
        await found(two)  # its names were read before
        await take(two, await exported(one, "texts"))
        assert await found(two) == (claim,)
        assert [one.action for one in (await KnowledgeBase(two).claim(claim)).history] == [
            "recorded",
            "retracted",
            "current",
        ]
        view = await KnowledgeBase(two).article(article, known_on=TODAY.isoformat())
        assert (view.text is not None, [one.id for one in view.claims]) == (True, [claim])
        await mark(two, other, "current")
        assert all(piece.quote for one in await two.find_claims("id", other) for piece in one.evidence)


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("first", ["text", "claims"])
async def test_claims_and_their_text_may_come_in_either_order(tmp_path: Path, first: str) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        _, claim, _ = await full(one)
        document = await exported(one, "sealed")
        if first == "text":
            await add(two)
        await take(two, document)
        added = await add(two)
        (kept,) = await two.find_claims("id", claim)
        assert all(piece.quote and TEXT[piece.start : piece.end] == piece.quote for piece in kept.evidence)
        assert len([one for one in await two.list_all(Article) if one.id.startswith("text-")]) == 1
        assert added.again == (first == "text")


@pytest.mark.usefixtures("data")
async def test_a_claim_that_is_otherwise_here_stays_with_its_own_past(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        _, claim = await add_with_claim(one)
        await mark(one, claim, "retracted")
        article = (await add(two)).article.id
        await record(two, article, draft(statement_en="Galaxy Motors has 240 robots in its Busan works."))
        imported, _ = await Editor(two, "an importer").import_jsonl(await exported(one), "export.jsonl")
        assert imported.kept == (claim,)
        assert (await two.get(Claim, (claim,)))[claim].status == "current"
        assert [event.action for event in await two.list_events(claim)] == ["recorded"]


@pytest.mark.usefixtures("data")
async def test_the_same_claim_of_two_libraries_has_the_status_of_what_happened_last(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        _, claim = await add_with_claim(one)
        await add_with_claim(two)
        await mark(one, claim, "disputed")
        records = two._records
        (kept,) = await two.find_claims("id", claim)
        later = datetime(TODAY.year + 1, 1, 1, tzinfo=UTC)
        event = Event(at=later, by="a tester", action="retracted", subject=claim, why=WHY)
        records.replace(kept.model_copy(update={"status": "retracted"}), [event])
        await take(two, await exported(one))
        assert (await two.get(Claim, (claim,)))[claim].status == "retracted"  # a later one
        assert [one.action for one in await two.list_events(claim)] == ["recorded", "disputed", "retracted"]


@pytest.mark.usefixtures("data")
async def test_a_copy_that_is_imported_is_linked_to_the_text_that_is_here(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        echo = (await add(one, f"다른 신문의 제목\n\n{TEXT}")).article.id
        article, _ = await add_with_claim(two)
        await take(two, await exported(one, "texts"))
        assert (await two.get(Article, (echo,)))[echo].syndicated_from == article


@pytest.mark.usefixtures("data")
async def test_an_imported_trend_has_its_name_at_once(tmp_path: Path) -> None:
    trends = TRENDS.replace("translation", "hauling").replace("번역하는", "나르는").replace('"번역"', '"짐 나르기"')
    other = folder(tmp_path / "other", ARTICLE.replace("trends.translation", "trends.hauling"), trends=trends)
    async with SqliteStore(None, other) as one, opened(tmp_path, "two") as two:
        document = await exported(one)
        await found(two)
        await take(two, document)
        assert "hauling" in {trend.id for trend in await two.list_all(Trend)}
        assert (await KnowledgeBase(two).trend("짐 나르기")).id == "hauling"


@pytest.mark.usefixtures("data")
async def test_what_is_damaged_is_refused_item_by_item(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        article, claim, _ = await full(one)
        document = (await exported(one)).replace("Busan.", "Busan.\\u202e", 1).replace('"raw":"240대"', '"raw":""')
        new, refused = await take(two, document)
        assert any(claim in fault for fault in refused)
        assert new > 0
        assert set(await two.get(Article, (article,))) == {article}
        assert await two.get(Claim, (claim,)) == {}


async def test_what_a_package_left_out_does_not_spoil_an_export(tmp_path: Path, data: Path) -> None:
    async with opened(tmp_path, "one") as one:
        await mark(one, "moonlight.models", "disputed")
    file = data / "articles" / "moonlight.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("moonlight.models", "moonlight.count"), encoding="utf-8")
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        assert (await take(two, await exported(one)))[1] == ()


async def test_a_claim_that_came_retracted_stays_so_and_is_in_the_history(tmp_path: Path, data: Path) -> None:
    file = data / "articles" / "moonlight.toml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(
        whole.replace('id = "moonlight.cost"', 'id = "moonlight.cost"\nstatus = "retracted"'), encoding="utf-8"
    )
    async with opened(tmp_path, "one") as one:
        document = await exported(one)
    file.write_text(whole.partition('[[claims]]\nid = "moonlight.cost"')[0], encoding="utf-8")
    async with opened(tmp_path, "two") as two:
        await take(two, document)
        assert (await two.get(Claim, ("moonlight.cost",)))["moonlight.cost"].status == "retracted"
        assert await two.find_claims("article", "moonlight", known_on=EARLIER) == (
            await two.find_claims("id", "moonlight.models")
        )


@pytest.mark.usefixtures("data")
async def test_a_library_of_the_first_version_keeps_its_texts(tmp_path: Path) -> None:
    file = tmp_path / "one.sqlite3"
    async with opened(tmp_path, "one") as one:
        article = (await add(one)).article.id
    _as_of_version_1(file)
    before = file.read_bytes()
    async with opened(tmp_path, "one") as one:
        assert (await one.get_text(article)) is not None
        (event,) = await one.list_events(article)
        assert (event.action, event.why) == ("added", "It was here before history was kept.")
        copy = await add(one, f"다른 제목\n\n{TEXT}")
        assert copy.copy_of == article
        await record(one, article)
        assert (await KnowledgeBase(one).article(article, known_on=TODAY.isoformat())).text
    assert file.read_bytes() != before


@pytest.mark.usefixtures("data")
async def test_a_library_of_the_first_version_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    from knowledge.store.records import Records  # noqa: PLC0415 - for this alone

    file = tmp_path / "one.sqlite3"
    async with opened(tmp_path, "one") as one:
        article = (await add(one)).article.id
    _as_of_version_1(file)
    before = file.read_bytes()
    records = Records(file, read_only=True)
    assert records.texts.get(article)
    assert [event.action for event in records.event_log.list_for(article)] == ["added"]
    assert not records.may_be_written
    records.close()
    assert file.read_bytes() == before


def _as_of_version_1(file: Path) -> None:
    """Reduce a library to what the first version had."""
    connection = sqlite3.connect(file)
    indexes = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND name <> 'aspect_record'"
    ).fetchall()
    for (name,) in indexes:
        connection.execute(f"DROP INDEX {name}")
    for table in ("log", "sketch", "progress"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


@pytest.mark.usefixtures("data")
async def test_nobody_elses_file_takes_claims_that_are_here_out_of_answers_unasked(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        await mark(one, "moonlight.models", "retracted")
        document = await exported(one)
        imported, _ = await Editor(two, "an importer").import_jsonl(document, "export.jsonl")
        assert imported.unmarked == ("moonlight.models",)
        assert (await two.find_claims("id", "moonlight.models"))[0].status == "current"
        assert await two.list_events("moonlight.models") == ()
        imported, _ = await Editor(two, "an importer").import_jsonl(document, "export.jsonl", marks=True)
        assert (imported.changed, await two.find_claims("id", "moonlight.models")) == (1, ())


@pytest.mark.usefixtures("data")
async def test_words_that_do_not_stand_in_the_text_at_hand_bring_no_claim_in(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        article, claim = await add_with_claim(one)
        holdings = await collect_holdings(one, _NOW, "1")
        (own,) = await one.find_claims("id", claim)
        seal = own.evidence[0]
        moved = seal.model_copy(update={"start": seal.start + 9, "end": seal.end + 9, "quote": None})
        forged = own.model_copy(update={"id": f"{article}.forged", "evidence": (moved,)})
        await add(two)
        mine = (await record(two, article))[0]
        imported = await two.import_bundle(replace(holdings, claims=(*holdings.claims, forged), events=()), "a", "b")
        assert imported.ungrounded == (forged.id,)
        (kept,) = await two.find_claims("id", mine)
        assert kept.evidence[0].quote == own.evidence[0].quote


@pytest.mark.usefixtures("data")
async def test_a_claim_whose_text_is_not_here_is_said_to_be_unchecked_until_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        _, claim = await add_with_claim(one)
        await take(two, await exported(one))
        answer = await KnowledgeBase(two).claim(claim, language="en")
        assert answer.claim.note == "Imported from another library and not verified here: its text is missing."
        await add(two)
        assert (await KnowledgeBase(two).claim(claim)).claim.note is None


@pytest.mark.usefixtures("data")
async def test_what_is_imported_takes_nobodys_name(tmp_path: Path) -> None:
    async with opened(tmp_path, "one") as one, opened(tmp_path, "two") as two:
        await add_with_claim(one)
        holdings = await collect_holdings(one, _NOW, "1")
        shadows = [
            entity.model_copy(update={"aliases": ("달빛연구소", "은하차")}) if entity.id == "galaxy-motors" else entity
            for entity in holdings.entities
        ]
        await two.import_bundle(replace(holdings, entities=tuple(shadows), events=()), "a", "b")
        (taken,) = (await two.get(Entity, ("galaxy-motors",))).values()
        assert taken.aliases == ("은하차",)
