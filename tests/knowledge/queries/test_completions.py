"""Tests of completions: typed text matches the beginning or middle of a name, in any spelling."""

from pathlib import Path

import pytest

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from knowledge.model.records import Entity, Trend
from tests.knowledge.samples import ARTICLE, folder


@pytest.mark.parametrize("typed", ["소버린AI", "소버린 AI", "SOVEREIGN", "sovereign-a", "Ｓｏｖｅｒｅｉｇｎ"])
async def test_case_spaces_and_hyphens_are_ignored(knowledge: KnowledgeBase, typed: str) -> None:
    assert (await knowledge.completions("trend", typed))[0] == "sovereign-ai"


async def test_the_initials_of_a_korean_name_are_enough(knowledge: KnowledgeBase) -> None:
    assert (await knowledge.completions("entity", "ㅇㅂㄷ"))[0] == "nvidia"


async def test_empty_text_completes_to_everything(knowledge: KnowledgeBase) -> None:
    trends = await knowledge.store.list_all(Trend)
    assert await knowledge.completions("trend", "") == tuple(trend.id for trend in trends)
    assert await knowledge.completions("trend", "", names=True, language="ko") == tuple(
        trend.name.ko for trend in trends
    )


@pytest.mark.slow
async def test_every_name_is_completed_from_its_first_two_letters(knowledge: KnowledgeBase) -> None:
    for entity in await knowledge.store.list_all(Entity):
        for name in (entity.name.ko, entity.name.en, *entity.aliases):
            assert entity.id in await knowledge.completions("entity", name[:2])


async def test_a_claim_is_found_by_its_words(knowledge: KnowledgeBase) -> None:
    found = await knowledge.completions("claim", "한국은 2020~2024년에 초거대")
    assert found == ("korea-large-models.count-south-korea",)


async def test_a_retracted_claim_is_not_offered(tmp_path: Path) -> None:
    retracted = ARTICLE.replace('kind = "figure"', 'kind = "figure"\nstatus = "retracted"')
    async with SqliteStore(None, folder(tmp_path, retracted)) as store:
        assert await KnowledgeBase(store).completions("claim", "") == ()
