"""Recorded claims and their later status: found at once, never overwritten, and answered as of a day."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge import KnowledgeBase
from knowledge.curation.record import ClaimsRecorded
from knowledge.editor import Editor
from knowledge.library import SqliteStore
from knowledge.model.errors import StoreError, UnanswerableError
from knowledge.model.records import Article, Claim, Entity
from knowledge.store.integrity import verify_records
from knowledge.store.records import Records
from knowledge.store.store import Filters, Question, StatusChange, Store, WriteConflict
from tests.knowledge.samples import ENTITIES, TRENDS
from tests.knowledge.samples import TEXT as MOONLIGHT
from tests.knowledge.stores import Open
from tests.knowledge.user_articles import CARMAKER, EARLIER, HOURS, TEXT, TODAY, add, add_with_claim, draft, record

ASKED = "은하자동차는 물류 로봇을 몇 대 움직이나?"
WHY = "The carmaker corrected its number."


@pytest.fixture
async def store(open_store: Open) -> AsyncIterator[Store]:
    """Open every store, with an article of the user's own and no claim of it."""
    async with open_store() as opened:
        yield opened


async def found(store: Store, question: str = ASKED) -> tuple[str, ...]:
    return (await store.search(Question(question))).claims


async def mark(store: Store, claim: str, status: str, instead: str | None = None) -> Claim:
    return await Editor(store, "a tester").change_status(claim, status, WHY, instead)  # type: ignore[arg-type]


async def test_a_recorded_claim_is_found_at_once_with_its_words(store: Store) -> None:
    _, claim = await add_with_claim(store)
    assert await found(store) == (claim,)
    (kept,) = await store.find_claims("id", claim)
    assert [piece.quote for piece in kept.evidence] == [
        "부산 공장에서 물류 로봇 240대를 운용한다고 밝혔다",
        "은하자동차는 3월",
    ]
    assert all(TEXT[piece.start : piece.end] == piece.quote for piece in kept.evidence)


async def test_an_entity_that_came_with_a_claim_can_be_named_at_once(store: Store) -> None:
    _, claim = await add_with_claim(store)
    view = await KnowledgeBase(store).entity("Galaxy Motors", language="en")
    assert (view.entity.id, [one.id for one in view.claims]) == ("galaxy-motors", [claim])


async def test_what_one_process_records_another_finds(open_kept: Open) -> None:
    async with open_kept() as one, open_kept() as other:
        assert await found(other) == ()
        _, claim = await add_with_claim(one)
        assert await found(other) == (claim,)
        await mark(one, claim, "retracted")
        assert await found(other) == ()


@pytest.mark.parametrize("work", ["reindexed", "index gone", "opened again"])
async def test_a_recorded_claim_is_found_whatever_became_of_the_index(
    open_kept: Open, tmp_path: Path, work: str
) -> None:
    async with open_kept() as store:
        _, claim = await add_with_claim(store)
        if work == "reindexed":
            _ = [step async for step in store.reindex()]
            assert await found(store) == (claim,)
    if work == "index gone":
        shutil.rmtree(tmp_path / "library" / "library.sqlite3.index")
    async with open_kept() as store:
        assert await found(store) == (claim,)


async def test_a_store_never_keeps_the_same_claim_twice(store: Store) -> None:
    article, claim = await add_with_claim(store)
    (kept,) = await store.find_claims("id", claim)
    other = kept.model_copy(update={"id": f"{article}.other"})
    assert await store.record_claims(article, [other], [], "a tester") == (WriteConflict(other.id, "duplicate", claim),)
    assert await store.get(Claim, (other.id,)) == {}


class Meeting(SqliteStore):
    """A store that delays writing claims until every writer's drafts are verified."""

    barrier: asyncio.Barrier

    async def record_claims(
        self,
        article: str,
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        by: str,
        replaced: Sequence[StatusChange] = (),
    ) -> tuple[WriteConflict, ...]:
        await self.barrier.wait()
        return await super().record_claims(article, claims, entities, by, replaced)


Race = Callable[..., Awaitable[list[ClaimsRecorded]]]


@pytest.fixture
def race(tmp_path: Path, data: Path) -> Race:
    """Run concurrent writers of one library that are all verified before the first one writes."""
    file = tmp_path / "library" / "library.sqlite3"

    async def run(article: str, *calls: tuple[dict[str, Any], dict[str, Any]]) -> list[ClaimsRecorded]:
        async with AsyncExitStack() as stack:
            stores = [await stack.enter_async_context(Meeting(file, data)) for _ in calls]
            barrier = asyncio.Barrier(len(calls))
            for store in stores:
                store.barrier = barrier
            writers = [Editor(store, f"writer {number}") for number, store in enumerate(stores)]
            given = zip(writers, calls, strict=True)
            answers = await asyncio.gather(
                *(writer.record_claims(article, [told], [entity], "en") for writer, (told, entity) in given)
            )
        with closing(Records(file)) as records:
            assert verify_records(records).faults == ()
        return answers

    return run


async def test_of_writers_with_the_same_claim_one_records_it(race: Race, open_kept: Open) -> None:
    async with open_kept() as store:
        article = (await add(store)).article.id
        answers = await race(article, *((draft(name=f"robots-{one}"), CARMAKER) for one in range(4)))
        (claim,) = await store.find_claims("article", article)
        assert sorted(one.recorded for one in answers) == [(), (), (), (claim.id,)]
        refused = [one for one in answers if not one.recorded]
        assert [claim.id in one.verdicts[0].refusals[0].problem for one in refused] == [True] * 3
        assert [one.entity_verdicts[0].refusals[0].problem for one in refused] == [
            "the id ‘galaxy-motors’ is taken"
        ] * 3


async def test_writers_with_different_claims_record_all_of_them(race: Race, open_kept: Open) -> None:
    async with open_kept() as store:
        article = (await add(store)).article.id
        answers = await race(article, (draft(), CARMAKER), (draft(**HOURS), CARMAKER))
        assert {claim.id for claim in await store.find_claims("article", article)} == {
            f"{article}.robots",
            f"{article}.hours",
        }
        assert [one.verdicts[0].status for one in answers] == ["accepted", "accepted"]
        assert sorted(one.entity_verdicts[0].status for one in answers) == ["accepted", "refused"]


async def test_of_writers_with_the_same_id_one_has_it(race: Race, open_kept: Open) -> None:
    async with open_kept() as store:
        article = (await add(store)).article.id
        answers = await race(article, (draft(), CARMAKER), (draft(**HOURS | {"name": "robots"}), CARMAKER))
        (claim,) = await store.find_claims("article", article)
        assert sorted(one.recorded for one in answers) == [(), (claim.id,)]


async def test_a_new_name_is_given_once_and_claims_on_the_loser_are_refused(race: Race, open_kept: Open) -> None:
    async with open_kept() as store:
        article = (await add(store)).article.id
        others = draft(**HOURS | {"entities": ["galaxy-cars"]})
        answers = await race(article, (draft(), CARMAKER), (others, CARMAKER | {"id": "galaxy-cars"}))
        (claim,) = await store.find_claims("article", article)
        (lost,) = [one for one in answers if not one.recorded]
        assert (lost.verdicts[0].refusals[0].about, lost.entity_verdicts[0].refusals[0].about) == ("entities", "ko")
        ids = ("galaxy-motors", "galaxy-cars")
        assert set(await store.get(Entity, ids)) == claim.references


async def test_an_older_claim_is_superseded_once(race: Race, open_kept: Open) -> None:
    async with open_kept() as store:
        article, older = await add_with_claim(store)
        again = draft(
            statement_ko="은하자동차 부산 공장의 물류용 기계는 모두 240대라고 회사가 알렸다.",
            statement_en="Galaxy Motors says that 240 machines carry goods at its Busan plant.",
            name="again",
            supersedes=older,
            why=WHY,
        )
        once_more = again | {
            "statement_ko": "로봇 240대가 은하자동차의 부산 생산 기지에서 물건을 나른다.",
            "statement_en": "In Busan, goods are hauled by 240 robots of Galaxy Motors.",
            "name": "once-more",
            "figures": [],
            "kind": "fact",
        }
        answers = await race(article, (again, CARMAKER), (once_more, CARMAKER))
        (claim,) = await store.find_claims("article", article)
        assert sorted(one.recorded for one in answers) == [(), (claim.id,)]
        (lost,) = [one for one in answers if not one.recorded]
        assert (lost.verdicts[0].refusals[0].about, lost.verdicts[0].refusals[0].problem) == (
            "supersedes",
            f"`{older}` no longer stands",
        )


async def test_words_that_stand_elsewhere_are_not_kept_whoever_checked_them(store: Store) -> None:
    article, claim = await add_with_claim(store)
    (kept,) = await store.find_claims("id", claim)
    shifted = kept.evidence[0].model_copy(update={"start": kept.evidence[0].start + 1})
    other = kept.model_copy(update={"id": f"{article}.other", "evidence": (shifted,)})
    with pytest.raises(StoreError, match=r"The words of text-.*\.other do not stand where it says"):
        await store.record_claims(article, [other], [], "a tester")
    assert await store.get(Claim, (other.id,)) == {}


async def test_many_who_record_at_once_lose_nothing(open_kept: Open) -> None:
    async with open_kept() as one, open_kept() as other:
        article = (await add(one)).article.id
        await record(one, article)
        texts = [f"{TEXT}\n\n{number}번째 속보이다." * 2 for number in range(3)]
        await asyncio.gather(
            record(other, article, draft(**HOURS)), *(add(store, text) for text in texts for store in (one, other))
        )
        assert {claim.id for claim in await one.find_claims("article", article)} == {
            f"{article}.robots",
            f"{article}.hours",
        }


async def test_a_claim_on_a_packaged_article_is_named_apart(open_store: Open, data: Path) -> None:
    file = data / "articles" / "moonlight.toml"
    curated = 'id = "moonlight"\ncurated = 2026-01-02\n'
    file.write_text(file.read_text(encoding="utf-8").replace('id = "moonlight"\n', curated), encoding="utf-8")
    told = draft(
        statement_ko="달빛연구소는 그해 상반기에 번역용 모형을 열네 개, 곧 14개 선보였다.",
        statement_en="Moonlight Lab showed 14 models for translation in the first half of the year.",
        quotes=["번역 모형 14개를 내놓았다고 밝혔다"],
        context=["달빛연구소는 올해 상반기에"],
        figures=[],
        kind="fact",
        entities=["moonlight-lab"],
        speaker="moonlight-lab",
        name="first-half",
    )
    async with open_store() as store:
        await add(store, MOONLIGHT)
        assert await record(store, "moonlight", told) == ("moonlight.own-first-half",)


@pytest.mark.parametrize("status", ["retracted", "superseded"])
async def test_what_no_longer_stands_is_in_no_answer(store: Store, status: str) -> None:
    article, claim = await add_with_claim(store)
    (other,) = await record(store, article, draft(**HOURS))
    knowledge = KnowledgeBase(store)
    assert claim in str(await knowledge.trend("translation", language="en", detail="full"))
    await mark(store, claim, status, other if status == "superseded" else None)
    answers = (
        await knowledge.search(ASKED),
        await knowledge.search(entities=["galaxy-motors"]),
        await knowledge.search(trends=["translation"]),
        await knowledge.trend("translation", language="en", detail="full"),
        await knowledge.article(article),
        await knowledge.entity("galaxy-motors"),
        await knowledge.catalogue(),
        await knowledge.country_counts(),
        await knowledge.compare_costs(),
        (await knowledge.table("counts")).rows,
        (await knowledge.table("costs")).rows,
        await knowledge.completions("claim", claim),
    )
    assert not [answer for answer in answers if claim in str(answer)]
    assert (await knowledge.catalogue()).measures.get("robots") is None


async def test_a_claim_that_no_longer_stands_is_shown_by_its_id_with_what_happened(store: Store) -> None:
    _, claim = await add_with_claim(store)
    await mark(store, claim, "retracted")
    view = await KnowledgeBase(store).claim(claim, language="en")
    assert view.claim.status == "retracted"
    assert [(one.action, one.by, one.why) for one in view.history] == [
        ("recorded", "a tester", None),
        ("retracted", "a tester", WHY),
    ]


async def test_a_claim_that_is_disputed_still_stands_and_says_so(store: Store) -> None:
    _, claim = await add_with_claim(store)
    await mark(store, claim, "disputed")
    (item,) = (await KnowledgeBase(store).search(ASKED)).items
    assert (item.id, item.status) == (claim, "disputed")


async def test_a_claim_that_stands_again_is_found_with_its_words(open_kept: Open, data: Path) -> None:
    async with open_kept() as store:
        _, claim = await add_with_claim(store)
        await mark(store, claim, "retracted")
    (data / "trends.toml").write_text(TRENDS.replace("번역하는", "통역하는"), encoding="utf-8")  # a newer package
    async with open_kept() as store:
        assert await found(store) == ()
        await mark(store, claim, "current")
        assert await found(store) == (claim,)
        (kept,) = await store.find_claims("id", claim)
        assert all(piece.quote for piece in kept.evidence)


async def test_a_draft_takes_the_place_of_an_older_claim(store: Store) -> None:
    article, claim = await add_with_claim(store)
    better = draft(
        statement_ko="은하자동차 부산 공장의 물류용 기계는 모두 240대라고 회사가 알렸다.",
        statement_en="Galaxy Motors says that 240 machines carry goods at its Busan plant.",
        name="robots-again",
        supersedes=claim,
        why=WHY,
    )
    (new,) = await record(store, article, better)
    assert await found(store) == (new,)
    (event,) = [event for event in await store.list_events(claim) if event.action == "superseded"]
    assert (event.instead, event.why, event.by) == (new, WHY, "a tester")


async def test_two_drafts_that_want_the_same_place_do_not_lose_each_other(store: Store) -> None:
    article, claim = await add_with_claim(store)
    drafts = [
        draft(
            statement_ko="은하자동차 부산 공장의 물류용 기계는 모두 240대라고 회사가 알렸다.",
            statement_en="Galaxy Motors says that 240 machines carry goods at its Busan plant.",
            name="again",
            supersedes=claim,
            why=WHY,
        ),
        draft(**HOURS, supersedes=claim, why=WHY),
    ]
    answer = await Editor(store, "a tester").record_claims(article, drafts, [], "en")
    assert answer.recorded == (f"{article}.again",)
    assert [one.about for one in answer.verdicts[1].refusals] == ["supersedes"]


async def test_faults_of_marking_are_sentences(store: Store) -> None:
    article, claim = await add_with_claim(store)
    (other,) = await record(store, article, draft(**HOURS))
    for arguments, said in (
        (("no.such", "retracted"), "There is no claim 'no.such'"),
        ((claim, "current"), "is current already"),
        ((claim, "superseded"), "needs the claim that takes its place"),
        ((claim, "superseded", claim), "cannot take its own place"),
        ((claim, "superseded", "no.such"), "There is no claim 'no.such' to take its place"),
    ):
        with pytest.raises(StoreError, match=said):
            await mark(store, *arguments)
    await mark(store, other, "retracted")
    with pytest.raises(StoreError, match="is retracted, so it takes no other's place"):
        await mark(store, claim, "superseded", other)


async def test_as_of_a_day_it_is_as_it_was(store: Store) -> None:
    article, claim = await add_with_claim(store)
    knowledge = KnowledgeBase(store)
    for day, there in ((EARLIER, []), (TODAY, [claim])):
        search = await knowledge.search(ASKED, known_on=day.isoformat(), language="en")
        assert [item.id for item in search.items] == there
        assert bool(search.passages) == bool(there)
        assert any(day.isoformat() in note for note in search.notes)
        brief = await knowledge.trend("translation", known_on=day.isoformat(), detail="full")
        assert (claim in str(brief)) == bool(there)
    view = await knowledge.article(article, known_on=TODAY.isoformat())
    assert ([one.id for one in view.claims], view.text is not None) == ([claim], True)
    with pytest.raises(UnanswerableError, match=article):
        await knowledge.article(article, known_on=EARLIER.isoformat())


async def test_what_was_retracted_still_stood_on_the_day_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge.store import claims as store_claims  # noqa: PLC0415 - its clock is moved

    _, claim = await add_with_claim(store)

    class Tomorrow(store_claims.datetime):  # type: ignore[misc, name-defined]
        @classmethod
        def now(cls, tz: object = None) -> object:
            return super().now(tz) + timedelta(days=1)

    monkeypatch.setattr(store_claims, "datetime", Tomorrow)
    await mark(store, claim, "retracted")
    knowledge = KnowledgeBase(store)
    for days, there in ((0, [claim]), (1, []), (2, [])):
        day = (TODAY + timedelta(days=days)).isoformat()
        assert [one.id for one in (await knowledge.search(ASKED, known_on=day)).items] == there
        assert [one.id for one in (await knowledge.article(claim, known_on=day)).claims] == there
    assert (await knowledge.search(ASKED)).items == ()


async def test_what_a_curator_took_back_is_in_no_answer_as_of_any_day(open_store: Open, data: Path) -> None:
    file = data / "articles" / "moonlight.toml"
    taken_back = 'id = "moonlight.cost"\nstatus = "retracted"'
    file.write_text(file.read_text(encoding="utf-8").replace('id = "moonlight.cost"', taken_back), encoding="utf-8")
    async with open_store() as store:
        for day in (EARLIER, TODAY):
            claims = await store.find_claims("article", "moonlight", known_on=day)
            assert [claim.id for claim in claims] == ["moonlight.models"]


async def test_a_cursor_from_before_a_claim_fell_is_refused(store: Store) -> None:
    article, claim = await add_with_claim(store)
    await record(store, article, draft(**HOURS))
    knowledge = KnowledgeBase(store)
    first = await knowledge.search(trends=["translation"], limit=1, known_on=TODAY.isoformat())
    assert first.cursor
    again = await knowledge.search(trends=["translation"], limit=1, known_on=TODAY.isoformat(), cursor=first.cursor)
    assert again.items[0].id != first.items[0].id
    await mark(store, claim, "retracted")
    await mark(store, f"{article}.hours", "retracted")
    await mark(store, claim, "current")
    with pytest.raises(Exception, match=r"[Cc]ursor"):
        await knowledge.search(trends=["translation"], limit=1, known_on=TODAY.isoformat(), cursor=first.cursor)


async def test_a_side_of_a_disagreement_names_no_claim_that_fell(open_store: Open, data: Path) -> None:
    (data / "disagreements.toml").write_text(
        """[[disagreements]]
id = "how-much"
question.ko = "얼마나 번역하나?"
question.en = "How much is translated?"
trends = ["translation"]

[[disagreements.sides]]
position.ko = "많이"
position.en = "Much"
claims = ["moonlight.models"]

[[disagreements.sides]]
position.ko = "비싸게"
position.en = "At a price"
claims = ["moonlight.cost"]
""",
        encoding="utf-8",
    )
    async with open_store() as store:
        knowledge = KnowledgeBase(store)
        assert (await knowledge.trend("translation")).disagreements
        assert (await knowledge.claim("moonlight.models")).disagreements
        await mark(store, "moonlight.cost", "retracted")
        assert (await knowledge.trend("translation")).disagreements == ()
        assert (await knowledge.claim("moonlight.models")).disagreements == ()
        assert (await knowledge.catalogue()).disagreements == ()
        assert (await knowledge.trend("translation", known_on=EARLIER.isoformat())).disagreements


async def test_a_new_package_keeps_marks_claims_and_what_they_name(open_kept: Open, data: Path) -> None:
    async with open_kept() as store:
        await add(store, MOONLIGHT)
        article, claim = await add_with_claim(store)
        named = {"entities": ["galaxy-motors", "moonlight-lab"], "context": ["시험에는 달빛연구소도 참여했다"]}
        (about_lab,) = await record(store, article, draft(**HOURS | named))
        await mark(store, "moonlight.models", "disputed")
    empty = ENTITIES.replace("moonlight-lab", "sunlight-lab").replace("달빛", "햇빛").replace("Moon", "Sun")
    (data / "articles" / "moonlight.toml").unlink()
    (data / "entities.toml").write_text(empty, encoding="utf-8")
    (data / "trends.toml").write_text(
        TRENDS.replace("translation", "reading").replace("번역", "읽기"), encoding="utf-8"
    )
    async with open_kept() as store:
        assert {one.id for one in await store.find_claims("article", article)} == {claim, about_lab}
        assert set(await store.get(Entity, ("moonlight-lab", "sunlight-lab"))) == {"moonlight-lab", "sunlight-lab"}
        assert set(await store.get(Article, ("moonlight",))) == {"moonlight"}
        knowledge = KnowledgeBase(store)
        assert [one.id for one in (await knowledge.entity("Moonlight Lab")).claims] == [about_lab]
        assert (await knowledge.trend("translation")).positions[0].total == 2
        assert isinstance(store, SqliteStore)
        assert verify_records(store._records).faults == ()


async def test_a_mark_on_a_packaged_claim_outlasts_a_new_package(open_kept: Open, data: Path) -> None:
    async with open_kept() as store:
        await mark(store, "moonlight.models", "retracted")
        await mark(store, "moonlight.cost", "retracted")
        await mark(store, "moonlight.cost", "current")
    (data / "trends.toml").write_text(TRENDS.replace("번역하는", "통역하는"), encoding="utf-8")
    async with open_kept() as store:
        assert [one.id for one in await store.find_claims("article", "moonlight")] == ["moonlight.cost"]


@pytest.mark.parametrize(
    "aspect", [lambda claim: Filters(articles=(claim,)), lambda _: Filters(trends=("translation",))]
)
async def test_filters_let_new_claims_through(store: Store, aspect: Callable[[str], Filters]) -> None:
    article, claim = await add_with_claim(store)
    assert claim in (await store.search(Question("", aspect(article)))).claims


async def test_a_text_that_is_not_that_of_the_record_bears_no_claims(store: Store) -> None:
    await add(store, f"{MOONLIGHT}\n덧붙임이 있다.")
    with pytest.raises(UnanswerableError, match="only an altered copy"):
        await Editor(store, "a tester").record_claims("moonlight", [draft()], [CARMAKER], "en")


@pytest.mark.usefixtures("data")
async def test_what_becomes_known_of_a_text_later_completes_its_record_and_changes_nothing(store: Store) -> None:
    first = await add(store, publisher="은하신문")
    again = await add(store, publisher="딴신문", published="2026-03-01")
    assert (again.again, again.article.publisher, again.article.published) == (True, "은하신문", "2026-03-01")
    events = await store.list_events(first.article.id)
    assert [event.action for event in events] == ["added", "linked"]
