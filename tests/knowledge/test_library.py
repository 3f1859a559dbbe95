"""The default store: its file, the index beside it, and its cache of parsed records."""

import dataclasses
import sqlite3
from pathlib import Path

import pytest

from knowledge.library import SqliteStore
from knowledge.model.errors import StoreError
from knowledge.model.records import Claim, Trend
from knowledge.search import thresholds
from knowledge.store import packaged, snapshot
from knowledge.store.records import Records
from knowledge.store.snapshot import RecordSnapshot
from knowledge.store.store import Filters, Question, StoredText
from knowledge.store.upgrade import update_packaged
from knowledge.store.validation import RecordSet
from tests.knowledge.samples import ARTICLE, TEXT, TRENDS, folder
from tests.knowledge.store.test_store import found
from tests.knowledge.stores import Open


async def test_opening_does_nothing_until_something_is_asked(file: Path, data: Path) -> None:
    async with SqliteStore(file, data):
        assert not file.parent.exists()


async def test_data_that_a_newer_process_brings_is_seen_at_once(file: Path, data: Path, tmp_path: Path) -> None:
    newer = folder(tmp_path / "newer", trends=TRENDS.replace("번역", "통역"), article=ARTICLE.replace("모형", "악기"))
    async with SqliteStore(file, data) as store, SqliteStore(file, newer) as other:
        assert (await store.get_lexicon()).ids("통역") == frozenset()
        assert await found(store, "악기 발표") == ()
        await other.list_all(Trend)
        assert [trend.name.ko for trend in await store.list_all(Trend)] == ["통역"]
        assert (await store.get_lexicon()).ids("통역") == {"trend:translation"}
        assert await found(store, "악기 발표") == ("moonlight.models",)


async def test_records_are_parsed_once_until_somebody_writes(open_store: Open) -> None:
    async with open_store() as store:
        (first,) = await store.find_claims("id", "moonlight.models")
        (again,) = await store.find_claims("id", "moonlight.models")
        await store.add_text(TEXT)
        (after,) = await store.find_claims("id", "moonlight.models")
    assert first is again
    assert after is not first


def test_no_more_records_are_kept_parsed_than_may_be(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MOST_VALUES", 1)
    records = Records(None)
    update_packaged(records, packaged.load_folder(data), "first", lambda text, *_: text)
    kept = RecordSnapshot(records)
    for _ in range(2):
        assert [claim.id for claim in kept.list_all(Claim)] == ["moonlight.models", "moonlight.cost"]
        assert [claim.id for claim in kept.find_claims("article", ["moonlight"])] == [
            "moonlight.models",
            "moonlight.cost",
        ]
        assert kept.count_claims("trend", ["moonlight.models", "moonlight.cost", "nothing"]) == {"translation": 2}
    assert {kept._value.cache_info().currsize, kept._claim.cache_info().currsize} == {1}
    records.close()


async def test_a_library_that_another_version_wrote_is_said(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        await store.list_all(Trend)
        with sqlite3.connect(file) as connection:
            connection.execute(
                'UPDATE record SET json = \'{"id": "translation", "mood": "good"}\' WHERE kind = \'trend\''
            )
        connection.close()
        with pytest.raises(StoreError, match="another version of ai-trends-mcp"):
            await store.list_all(Trend)


async def test_where_many_documents_match_the_best_are_the_same(
    open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_store() as store:
        best, *_ = await found(store, "모형을 몇 개 발표했나?")
        monkeypatch.setattr(
            thresholds, "CLAIM_THRESHOLDS", dataclasses.replace(thresholds.CLAIM_THRESHOLDS, candidates=1)
        )
        assert await found(store, "모형을 몇 개 발표했나?") == (best,)
        assert await found(store, "모형을 몇 개 발표했나?", Filters(articles=("moonlight",))) == (best,)


async def test_an_index_that_was_deleted_is_made_again(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        expected = await found(store, "모형 발표")
    for path in sorted(file.with_suffix(".index").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    async with SqliteStore(file, data) as store:
        assert await found(store, "모형 발표") == expected


@pytest.mark.parametrize("damage", ["meta.json", "manifest.json", "*"])
async def test_a_damaged_index_is_made_again(file: Path, data: Path, damage: str) -> None:
    async with SqliteStore(file, data) as store:
        expected = await found(store, "모형 발표")
    assert expected
    for path in file.with_name(f"{file.name}.index").glob(f"*/{damage}"):
        path.unlink()
    async with SqliteStore(file, data) as store:
        assert await found(store, "모형 발표") == expected


async def test_a_new_library_does_not_use_the_index_of_an_old_one(file: Path, data: Path) -> None:
    async with SqliteStore(file, data) as store:
        await store.add_text("별빛전자의 새 공장\n\n별빛전자는 공장을 새로 짓는다.\n")
        assert (await store.search(Question("별빛전자 공장"))).passages
    for path in file.parent.glob(f"{file.name}*"):
        if path.is_file():
            path.unlink()
    async with SqliteStore(file, data) as store:
        assert (await store.search(Question("별빛전자 공장"))).passages == ()
        await store.add_text("은하전자의 새 공장\n\n은하전자는 공장을 새로 짓는다.\n")
        assert (await store.search(Question("은하전자 공장"))).passages


async def test_a_quotation_from_an_article_is_no_copy_of_it(texts: dict[str, str]) -> None:
    async with SqliteStore(None) as store:
        quoted = next(
            claim for claim in await store.find_claims("article", "korea-large-models") if len(claim.evidence) == 1
        )
        text = next(body for name, body in texts.items() if name.startswith("003"))
        words = text[quoted.evidence[0].start : quoted.evidence[0].end]
        added = await store.add_text(f"김치찌개 끓이는 법\n\n어느 글에 이런 말이 있다. {words} 아무튼 김치를 볶는다.\n")
    assert not added.known


async def test_a_library_that_cannot_be_written_still_answers(
    file: Path, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.parent.write_text("a file where the folder should be", encoding="utf-8")
    async with SqliteStore(file, data) as store:
        assert await found(store, "모형 발표")
        with pytest.raises(StoreError, match="cannot be written"):
            await store.add_text(TEXT)
    assert "its texts are not shown" in caplog.text


def test_a_write_that_fails_leaves_everything_as_it_was(file: Path, data: Path) -> None:
    file.parent.mkdir(parents=True)
    records = Records(file)
    knowledge = packaged.load_folder(data)
    update_packaged(records, knowledge, "first", lambda text, *_: text)
    records.keep_text(StoredText("moonlight", "0", TEXT, {}), None, (), ())

    def fails(*_: object) -> StoredText:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        update_packaged(records, RecordSet(), "second", fails)
    assert records.fingerprint() == "first"
    assert [claim.id for claim in records.list_all(Claim)] == ["moonlight.models", "moonlight.cost"]
    records.close()
