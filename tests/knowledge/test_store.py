"""What every store does; each test runs on a store in memory and on one in a file."""

import asyncio
import dataclasses
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import curated, cutoff, snapshot
from knowledge.embedded import EmbeddedStore
from knowledge.errors import StoreError
from knowledge.model import Article, Claim, Trend
from knowledge.records import Records
from knowledge.snapshot import Snapshot
from knowledge.store import Filters, Question, Store, Text
from tests.knowledge.samples import ARTICLE, COST, COUNT, MONEY, TEXT, TRENDS, folder, sealed

Open = Callable[[], Store]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An invented article with two claims."""
    claim = ARTICLE[ARTICLE.index("[[claims]]") :].partition("[[claims.figures]]")[0]
    second = claim.replace("moonlight.models", "moonlight.cost").replace(
        "모형 열네 개를 발표했다", "학습에 큰돈을 썼다고 한다"
    )
    second = second.replace("presented fourteen models", "reportedly spent a fortune on training").rstrip()
    return folder(
        tmp_path / "data", f'{ARTICLE}\n{second}\nperiod = "2024"\ncost_basis = "training"\n{MONEY}{sealed(COST)}'
    )


@pytest.fixture(params=["memory", "file"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path, data: Path) -> Open:
    """Opens the same store again and again when it is in a file, a new one in memory."""
    file = tmp_path / "library" / "library.sqlite3" if request.param == "file" else None
    return lambda: EmbeddedStore(file, data)


async def found(store: Store, text: str, filters: Filters | None = None) -> tuple[str, ...]:
    return (await store.find(Question(text, filters or Filters()))).claims


async def test_it_keeps_what_was_curated_in_that_order(open_store: Open) -> None:
    async with open_store() as store:
        assert [article.id for article in await store.all(Article)] == ["moonlight"]
        assert [claim.id for claim in await store.all(Claim)] == ["moonlight.models", "moonlight.cost"]
        assert set(await store.get(Trend, ("translation", "nowhere"))) == {"translation"}
        assert [claim.id for claim in await store.claims("measure", "training_cost")] == ["moonlight.cost"]
        assert [claim.id for claim in await store.claims("cost_basis", "training")] == ["moonlight.cost"]
        assert [claim.id for claim in await store.claims("id", "moonlight.cost", "moonlight.models")] == [
            "moonlight.models",
            "moonlight.cost",
        ]


@pytest.mark.parametrize(
    "question",
    ["연구소는 모형을 몇 개 발표했나?", "연구소가모형을몇개발표했나", "How many models did the laboratory present?"],
)
async def test_it_finds_the_claim_that_answers_first(open_store: Open, question: str) -> None:
    async with open_store() as store:
        assert (await found(store, question))[0] == "moonlight.models"


async def test_it_finds_nothing_rather_than_something_far_off(open_store: Open) -> None:
    async with open_store() as store:
        nothing = await store.find(Question("김치찌개는 어떻게 끓이나요?"))
    assert (nothing.claims, nothing.passages) == ((), ())
    assert "김치찌개" in nothing.unknown_words


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), ("moonlight.models", "moonlight.cost")),
        (Filters(kinds=("forecast",)), ()),
        (Filters(articles=("moonlight",), trends=("translation",)), ("moonlight.models", "moonlight.cost")),
        (Filters(entities=("moonlight-lab",)), ("moonlight.models", "moonlight.cost")),
        (Filters(since="2024-06"), ("moonlight.cost",)),
        (Filters(until="2023"), ()),
    ],
)
async def test_without_words_it_gives_all_that_the_filters_let_through(
    open_store: Open, filters: Filters, ids: tuple[str, ...]
) -> None:
    async with open_store() as store:
        assert await found(store, "", filters) == ids


async def test_a_text_gives_claims_their_quotes_and_can_be_searched(open_store: Open) -> None:
    async with open_store() as store:
        (before, _) = await store.claims("article", "moonlight")
        added = await store.add_text(TEXT)
        (after, _) = await store.claims("article", "moonlight")
        passages = (await store.find(Question("소장은 웃었나?"))).passages
    assert [piece.quote for piece in before.evidence] == [None]
    assert (added.known, added.claims, added.missing) == (True, 2, 0)
    assert [piece.quote for piece in after.evidence] == [TEXT[one.start : one.end] for one in before.evidence]
    assert passages
    assert all(passage.text == TEXT[passage.start : passage.end] for passage in passages)


async def test_a_worse_copy_does_not_take_the_place_of_a_better_one(open_store: Open) -> None:
    async with open_store() as store:
        await store.add_text(TEXT)
        await store.add_text(TEXT.partition("연구소가 밝힌")[0])
        text = await store.text("moonlight")
    assert text is not None
    assert text.body == TEXT


async def test_an_empty_text_is_refused(open_store: Open) -> None:
    async with open_store() as store:
        with pytest.raises(StoreError, match="The text is empty"):
            await store.add_text(" \n")


async def test_it_answers_many_at_once(open_store: Open) -> None:
    async with open_store() as store:
        answers = await asyncio.gather(*(found(store, "모형 발표") for _ in range(20)), store.add_text(TEXT))
    assert len({str(answer) for answer in answers[:-1]}) == 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library" / "library.sqlite3"


async def test_opening_does_nothing_until_something_is_asked(file: Path, data: Path) -> None:
    async with EmbeddedStore(file, data):
        assert not file.parent.exists()


async def test_what_one_process_adds_another_finds(file: Path, data: Path) -> None:
    async with EmbeddedStore(file, data) as one, EmbeddedStore(file, data) as other:
        assert (await other.find(Question("소장은 웃었나?"))).passages == ()
        await one.add_text(TEXT)
        assert (await other.find(Question("소장은 웃었나?"))).passages


async def test_quotes_of_a_text_that_another_process_adds_are_seen_at_once(file: Path, data: Path) -> None:
    async with EmbeddedStore(file, data) as one, EmbeddedStore(file, data) as other:
        (before,) = await other.claims("id", "moonlight.models")
        await one.add_text(TEXT)
        (after,) = await other.claims("id", "moonlight.models")
    assert [piece.quote for piece in before.evidence] == [None]
    assert [piece.quote for piece in after.evidence] == [COUNT]


async def test_data_that_a_newer_process_brings_is_seen_at_once(file: Path, data: Path, tmp_path: Path) -> None:
    newer = folder(tmp_path / "newer", trends=TRENDS.replace("번역", "통역"), article=ARTICLE.replace("모형", "악기"))
    async with EmbeddedStore(file, data) as one, EmbeddedStore(file, newer) as other:
        assert (await one.lexicon()).ids("통역") == frozenset()
        assert await found(one, "악기 발표") == ()
        await other.all(Trend)
        assert [trend.name.ko for trend in await one.all(Trend)] == ["통역"]
        assert (await one.lexicon()).ids("통역") == {"trend:translation"}
        assert await found(one, "악기 발표") == ("moonlight.models",)


async def test_records_are_parsed_once_until_somebody_writes(open_store: Open) -> None:
    async with open_store() as store:
        (first,) = await store.claims("id", "moonlight.models")
        (again,) = await store.claims("id", "moonlight.models")
        await store.add_text(TEXT)
        (after,) = await store.claims("id", "moonlight.models")
    assert first is again
    assert after is not first


def test_no_more_records_are_kept_parsed_than_may_be(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MOST_VALUES", 1)
    records = Records(None)
    records.replace_packaged(curated.load(data), "first", lambda text, *_: text)
    kept = Snapshot(records)
    for _ in range(2):
        assert [claim.id for claim in kept.all(Claim)] == ["moonlight.models", "moonlight.cost"]
        assert [claim.id for claim in kept.claims("article", ["moonlight"])] == ["moonlight.models", "moonlight.cost"]
        assert kept.count("trend", ["moonlight.models", "moonlight.cost", "nothing"]) == {"translation": 2}
    assert {kept._value.cache_info().currsize, kept._claim.cache_info().currsize} == {1}
    records.close()


async def test_a_library_that_another_version_wrote_is_said(file: Path, data: Path) -> None:
    async with EmbeddedStore(file, data) as store:
        await store.all(Trend)
        with sqlite3.connect(file) as connection:
            connection.execute(
                'UPDATE record SET json = \'{"id": "translation", "mood": "good"}\' WHERE kind = \'trend\''
            )
        connection.close()
        with pytest.raises(StoreError, match="another version of ai-trends-mcp"):
            await store.all(Trend)


async def test_where_many_documents_match_the_best_are_the_same(
    open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_store() as store:
        best, *_ = await found(store, "모형을 몇 개 발표했나?")
        monkeypatch.setattr(cutoff, "CLAIMS", dataclasses.replace(cutoff.CLAIMS, candidates=1))
        assert await found(store, "모형을 몇 개 발표했나?") == (best,)
        assert await found(store, "모형을 몇 개 발표했나?", Filters(articles=("moonlight",))) == (best,)


async def test_texts_stay_when_the_packaged_data_changes(file: Path, data: Path) -> None:
    async with EmbeddedStore(file, data) as store:
        await store.add_text(TEXT)
        await found(store, "모형")
    changed = (data / "trends.toml").read_text(encoding="utf-8").replace("번역", "통역")
    (data / "trends.toml").write_text(changed, encoding="utf-8")
    async with EmbeddedStore(file, data) as store:
        assert (await store.all(Trend))[0].name.ko == "통역"
        assert await store.text("moonlight")
        assert (await store.find(Question("소장은 웃었나?"))).passages
        assert [piece.quote for claim in await store.claims("id", "moonlight.models") for piece in claim.evidence] != [
            None
        ]


async def test_an_index_that_was_deleted_is_made_again(file: Path, data: Path) -> None:
    async with EmbeddedStore(file, data) as store:
        expected = await found(store, "모형 발표")
    for one in sorted(file.with_suffix(".index").rglob("*"), reverse=True):
        one.rmdir() if one.is_dir() else one.unlink()
    async with EmbeddedStore(file, data) as store:
        assert await found(store, "모형 발표") == expected


@pytest.mark.parametrize("damage", ["meta.json", "complete", "*"])
async def test_a_damaged_index_is_made_again(file: Path, data: Path, damage: str) -> None:
    async with EmbeddedStore(file, data) as store:
        expected = await found(store, "모형 발표")
    assert expected
    for one in file.with_name(f"{file.name}.index").glob(f"*/{damage}"):
        one.unlink()
    async with EmbeddedStore(file, data) as store:
        assert await found(store, "모형 발표") == expected


async def test_a_new_library_does_not_use_the_index_of_an_old_one(file: Path, data: Path) -> None:
    async with EmbeddedStore(file, data) as store:
        await store.add_text("별빛전자의 새 공장\n\n별빛전자는 공장을 새로 짓는다.\n")
        assert (await store.find(Question("별빛전자 공장"))).passages
    for one in file.parent.glob(f"{file.name}*"):
        if one.is_file():
            one.unlink()
    async with EmbeddedStore(file, data) as store:
        assert (await store.find(Question("별빛전자 공장"))).passages == ()
        await store.add_text("은하전자의 새 공장\n\n은하전자는 공장을 새로 짓는다.\n")
        assert (await store.find(Question("은하전자 공장"))).passages


async def test_quotes_stay_when_a_claim_is_sealed_anew(file: Path, data: Path) -> None:
    async with EmbeddedStore(file, data) as store:
        await store.add_text(TEXT)
    sealed_anew = (
        (data / "articles" / "moonlight.toml").read_text(encoding="utf-8").replace(sealed(COUNT), sealed(COST))
    )
    (data / "articles" / "moonlight.toml").write_text(
        sealed_anew.replace('raw = "14개"', 'raw = "460만 달러"').replace('value = "14"', 'value = "4600000"'),
        encoding="utf-8",
    )
    async with EmbeddedStore(file, data) as store:
        (claim,) = await store.claims("id", "moonlight.models")
    assert [piece.quote for piece in claim.evidence] == [COST]


async def test_many_texts_do_not_push_claims_out(open_store: Open) -> None:
    async with open_store() as store:
        before = await found(store, "연구소는 모형을 몇 개 발표했나?")
        for number in range(30):
            await store.add_text(
                f"글 {number}\n\n연구소가 모형 발표를 {number}번 했다는 이야기를 길게 늘어놓는다.\n" * 3
            )
        after = await found(store, "연구소는 모형을 몇 개 발표했나?")
    assert set(before) <= set(after)


async def test_a_quotation_from_an_article_is_no_copy_of_it(texts: dict[str, str]) -> None:
    async with EmbeddedStore(None) as store:
        quoted = next(
            claim for claim in await store.claims("article", "korea-large-models") if len(claim.evidence) == 1
        )
        text = next(one for name, one in texts.items() if name.startswith("003"))
        words = text[quoted.evidence[0].start : quoted.evidence[0].end]
        added = await store.add_text(f"김치찌개 끓이는 법\n\n어느 글에 이런 말이 있다. {words} 아무튼 김치를 볶는다.\n")
    assert not added.known


async def test_a_retracted_claim_is_not_given(tmp_path: Path) -> None:
    data = folder(tmp_path / "data", ARTICLE.replace('kind = "figure"', 'kind = "figure"\nstatus = "retracted"'))
    async with EmbeddedStore(None, data) as store:
        assert await found(store, "모형을 몇 개 발표했나?") == ()
        assert await store.claims("article", "moonlight") == ()


async def test_an_unknown_text_becomes_an_article_of_its_own(open_store: Open) -> None:
    async with open_store() as store:
        added = await store.add_text("별빛전자의 새 공장\n\n별빛전자는 공장을 새로 짓는다.\n")
        assert (added.known, added.article.title) == (False, "별빛전자의 새 공장")
        assert added.article.id in await store.get(Article, (added.article.id,))
        assert (await store.find(Question("별빛전자 공장"))).passages[0].article == added.article.id


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "\u00a0 "),
        lambda text: "머리말\r\n\r\n" + text.replace("\n", "\r\n\r\n"),
    ],
    ids=["wrapped", "odd blanks", "more lines"],
)
async def test_a_copy_with_other_blanks_is_recognised_and_quoted(open_store: Open, wrap: Callable[[str], str]) -> None:
    async with open_store() as store:
        added = await store.add_text(wrap(TEXT))
        claims = await store.claims("article", "moonlight")
    assert (added.article.id, added.claims, added.missing) == ("moonlight", 2, 0)
    assert [piece.quote for claim in claims for piece in claim.evidence] == [COUNT, COST]


async def test_a_book_is_refused(open_store: Open) -> None:
    async with open_store() as store:
        with pytest.raises(StoreError, match="an article has 100,000 at most"):
            await store.add_text("가 " * 60_000)


async def test_a_long_first_line_is_cut_for_the_title(open_store: Open) -> None:
    async with open_store() as store:
        title = (await store.add_text("# " + "새 공장 " * 100)).article.title
    assert title
    assert (title[:4], title[-1], len(title) <= 200) == ("새 공장", "장", True)


async def test_a_library_that_cannot_be_written_still_answers(
    file: Path, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.parent.write_text("a file where the folder should be", encoding="utf-8")
    async with EmbeddedStore(file, data) as store:
        assert await found(store, "모형 발표")
        with pytest.raises(StoreError, match="cannot be written"):
            await store.add_text(TEXT)
    assert "its texts are not shown" in caplog.text


def test_a_write_that_fails_leaves_everything_as_it_was(file: Path, data: Path) -> None:
    file.parent.mkdir(parents=True)
    records = Records(file)
    knowledge = curated.load(data)
    records.replace_packaged(knowledge, "first", lambda text, *_: text)
    records.put_text(Text("moonlight", "0", TEXT, {}), None)

    def fails(*_: object) -> Text:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        records.replace_packaged(curated.Curated(), "second", fails)
    assert records.fingerprint() == "first"
    assert [claim.id for claim in records.all(Claim)] == ["moonlight.models", "moonlight.cost"]
    records.close()
