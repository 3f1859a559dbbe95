"""Behaviour of every store; each test runs on every engine of `stores.py`, persistence tests on persistent engines."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import KnowledgeBase
from knowledge.model.errors import StoreError, UnanswerableError
from knowledge.model.records import Article, Claim, Trend
from knowledge.store.store import Filters, IndexProgress, Question, Store
from tests.knowledge.samples import ARTICLE, COST, COUNT, TEXT, folder, sealed
from tests.knowledge.stores import Open


async def found(store: Store, text: str, filters: Filters | None = None) -> tuple[str, ...]:
    return (await store.search(Question(text, filters or Filters()))).claims


async def test_it_keeps_what_was_curated_in_that_order(open_store: Open) -> None:
    async with open_store() as store:
        assert [article.id for article in await store.list_all(Article)] == ["moonlight"]
        assert [claim.id for claim in await store.list_all(Claim)] == ["moonlight.models", "moonlight.cost"]
        assert set(await store.get(Trend, ("translation", "nowhere"))) == {"translation"}
        assert [claim.id for claim in await store.find_claims("measure", "training_cost")] == ["moonlight.cost"]
        assert [claim.id for claim in await store.find_claims("cost_basis", "final_training_run")] == ["moonlight.cost"]
        assert [claim.id for claim in await store.find_claims("id", "moonlight.cost", "moonlight.models")] == [
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
        nothing = await store.search(Question("김치찌개는 어떻게 끓이나요?"))
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
        (before, _) = await store.find_claims("article", "moonlight")
        added = await store.add_text(TEXT)
        (after, _) = await store.find_claims("article", "moonlight")
        passages = (await store.search(Question("소장은 웃었나?"))).passages
    assert [piece.quote for piece in before.evidence] == [None]
    assert (added.known, added.claims, added.missing) == (True, 2, 0)
    assert [piece.quote for piece in after.evidence] == [TEXT[one.start : one.end] for one in before.evidence]
    assert passages
    assert all(passage.text == TEXT[passage.start : passage.end] for passage in passages)


async def test_a_worse_copy_does_not_take_the_place_of_a_better_one(open_store: Open) -> None:
    async with open_store() as store:
        await store.add_text(TEXT)
        await store.add_text(TEXT.partition("연구소가 밝힌")[0])
        text = await store.get_text("moonlight")
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


async def test_what_one_process_adds_another_finds(open_kept: Open) -> None:
    async with open_kept() as one, open_kept() as other:
        assert (await other.search(Question("소장은 웃었나?"))).passages == ()
        await one.add_text(TEXT)
        assert (await other.search(Question("소장은 웃었나?"))).passages


async def test_quotes_of_a_text_that_another_process_adds_are_seen_at_once(open_kept: Open) -> None:
    async with open_kept() as one, open_kept() as other:
        (before,) = await other.find_claims("id", "moonlight.models")
        await one.add_text(TEXT)
        (after,) = await other.find_claims("id", "moonlight.models")
    assert [piece.quote for piece in before.evidence] == [None]
    assert [piece.quote for piece in after.evidence] == [COUNT]


async def test_texts_stay_when_the_packaged_data_changes(open_kept: Open, data: Path) -> None:
    async with open_kept() as store:
        await store.add_text(TEXT)
        await found(store, "모형")
    changed = (data / "trends.toml").read_text(encoding="utf-8").replace("번역", "통역")
    (data / "trends.toml").write_text(changed, encoding="utf-8")
    async with open_kept() as store:
        assert (await store.list_all(Trend))[0].name.ko == "통역"
        assert await store.get_text("moonlight")
        assert (await store.search(Question("소장은 웃었나?"))).passages
        assert [
            piece.quote for claim in await store.find_claims("id", "moonlight.models") for piece in claim.evidence
        ] != [None]


async def test_quotes_stay_when_a_claim_is_sealed_anew(open_kept: Open, data: Path) -> None:
    async with open_kept() as store:
        await store.add_text(TEXT)
    sealed_anew = (
        (data / "articles" / "moonlight.toml").read_text(encoding="utf-8").replace(sealed(COUNT), sealed(COST))
    )
    (data / "articles" / "moonlight.toml").write_text(
        sealed_anew.replace('raw = "14개"', 'raw = "460만 달러"').replace('value = "14"', 'value = "4600000"'),
        encoding="utf-8",
    )
    async with open_kept() as store:
        (claim,) = await store.find_claims("id", "moonlight.models")
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


async def test_a_retracted_claim_is_not_given(open_store: Open, tmp_path: Path) -> None:
    data = folder(tmp_path / "other", ARTICLE.replace('kind = "figure"', 'kind = "figure"\nstatus = "retracted"'))
    async with open_store(data) as store:
        assert await found(store, "모형을 몇 개 발표했나?") == ()
        assert await store.find_claims("article", "moonlight") == ()


async def test_an_unknown_text_becomes_an_article_of_its_own(open_store: Open) -> None:
    async with open_store() as store:
        added = await store.add_text("별빛전자의 새 공장\n\n별빛전자는 공장을 새로 짓는다.\n")
        assert (added.known, added.article.title) == (False, "별빛전자의 새 공장")
        assert added.article.id in await store.get(Article, (added.article.id,))
        assert (await store.search(Question("별빛전자 공장"))).passages[0].article == added.article.id


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
        claims = await store.find_claims("article", "moonlight")
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


async def test_what_it_finds_by_can_be_made_anew(open_store: Open) -> None:
    async with open_store() as store:
        await store.add_text(TEXT)
        before = await store.search(Question("소장은 웃었나?"))
        said = [one async for one in store.reindex()]
        assert (said[0], said[-1]) == (IndexProgress(0, 1), IndexProgress(1, 1))
        assert await store.search(Question("소장은 웃었나?")) == before


async def test_it_says_how_many_texts_can_be_found(open_store: Open) -> None:
    async with open_store() as store:
        assert await store.get_index_progress() == IndexProgress(0, 0)
        await store.add_text(TEXT)
        assert await store.get_index_progress() == IndexProgress(0, 1)
        assert (await store.search(Question("소장은 웃었나?"))).index_progress is None
        assert await store.get_index_progress() == IndexProgress(1, 1)


async def test_what_one_process_brings_in_another_counts(open_kept: Open) -> None:
    async with open_kept() as one, open_kept() as other:
        await other.search(Question("소장은 웃었나?"))
        await one.add_text(TEXT)
        assert await other.get_index_progress() == IndexProgress(0, 1)
        await one.search(Question("소장은 웃었나?"))
        assert await other.get_index_progress() == IndexProgress(1, 1)


async def test_a_cursor_of_other_data_is_refused(open_kept: Open, tmp_path: Path) -> None:
    newer = folder(tmp_path / "newer", ARTICLE.replace("열네", "열다섯"))
    async with open_kept() as store:
        cursor = (await KnowledgeBase(store).search(limit=1)).cursor
        assert cursor
        assert (await KnowledgeBase(store).search(limit=1, cursor=cursor)).items
    async with open_kept(newer) as store:
        with pytest.raises(UnanswerableError, match="cursor"):
            await KnowledgeBase(store).search(limit=1, cursor=cursor)
