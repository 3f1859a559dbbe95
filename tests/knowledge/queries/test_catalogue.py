"""Tests of the list of all records and of the overview."""

from datetime import date
from pathlib import Path

import pytest

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from knowledge.model.records import Article, Claim, Entity, Language, Trend
from knowledge.queries import messages
from knowledge.queries.catalogue import TOKENS
from knowledge.queries.pagination import BYTES_PER_TOKEN
from tests.knowledge.samples import ARTICLE, ENTITIES, TRENDS, folder


async def test_every_packaged_article_says_when_it_was_curated(knowledge: KnowledgeBase) -> None:
    articles = await knowledge.store.list_all(Article)
    assert {article.curated for article in articles} == {date(2026, 11, 22)}


async def test_the_list_has_every_record_once_in_the_order_of_curation(knowledge: KnowledgeBase) -> None:
    entries = await knowledge.entries()
    listed = [(entry.noun, entry.id) for entry in entries]
    assert listed == [
        *(("article", article.id) for article in await knowledge.store.list_all(Article)),
        *(("trend", trend.id) for trend in await knowledge.store.list_all(Trend)),
        *(("entity", entity.id) for entity in await knowledge.store.list_all(Entity)),
    ]
    claims = await knowledge.store.list_all(Claim)
    assert sum(entry.claims for entry in entries if entry.noun == "article") == len(claims) == 400
    openai = next(entry for entry in entries if entry.id == "openai")
    assert openai.claims == (await knowledge.entity("openai")).total


async def test_a_thing_changed_when_the_newest_article_with_claims_on_it_was_curated(tmp_path: Path) -> None:
    silent = ENTITIES.replace("moonlight-lab", "starlight")
    data = folder(tmp_path, ARTICLE.replace("length =", 'curated = "2025-03-01"\nlength ='), entities=ENTITIES + silent)
    newer = ARTICLE.replace("moonlight", "sunlight").replace("sunlight-lab", "moonlight-lab")
    newer = newer.replace("length =", 'curated = "2025-04-01"\nlength =')
    (data / "articles" / "sunlight.toml").write_text(newer, encoding="utf-8")
    async with SqliteStore(None, data) as store:
        entries = await KnowledgeBase(store).entries()
    assert {(entry.id, entry.claims, entry.changed) for entry in entries} == {
        ("moonlight", 1, date(2025, 3, 1)),
        ("sunlight", 1, date(2025, 4, 1)),
        ("translation", 2, date(2025, 4, 1)),
        ("moonlight-lab", 2, date(2025, 4, 1)),
        ("starlight", 0, None),
    }


async def test_a_claim_that_no_longer_stands_is_counted_nowhere(tmp_path: Path) -> None:
    retracted = ARTICLE.replace('kind = "figure"', 'kind = "figure"\nstatus = "retracted"')
    async with SqliteStore(None, folder(tmp_path, retracted)) as store:
        knowledge = KnowledgeBase(store)
        assert {entry.claims for entry in await knowledge.entries()} == {0}
        assert (await knowledge.catalogue()).kinds == {}


async def test_the_catalogue_names_everything(knowledge: KnowledgeBase) -> None:
    catalogue = await knowledge.catalogue(language="ko")
    assert [(article.id, article.claims) for article in catalogue.articles] == [
        ("ai-2026-outlook", 56),
        ("ai-bubble-essay", 130),
        ("china-ai-value", 63),
        ("korea-large-models", 80),
        ("tech-2024-review", 71),
    ]
    assert len(catalogue.trends) == 26
    assert sum(len(names) for names in catalogue.entities.values()) == 148
    assert catalogue.kinds["fact"] == 161
    assert catalogue.measures["models_released"] == 4
    assert len(catalogue.disagreements) == 17
    assert (catalogue.texts, catalogue.notes) == (0, ())


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_a_catalogue_of_a_large_knowledge_base_is_cut_and_says_so(tmp_path: Path, language: Language) -> None:
    entities = ENTITIES + "".join(
        f'[[entities]]\nid = "e{n}"\ntype = "company"\nname.ko = "{n}번째 회사"\nname.en = "company no. {n}"\n'
        for n in range(2000)
    )
    trends = TRENDS + "".join(TRENDS.replace('"translation"', f'"t{n}"', 1) for n in range(200))
    async with SqliteStore(None, folder(tmp_path, entities=entities, trends=trends)) as store:
        catalogue = await KnowledgeBase(store).catalogue(language=language)
    names = " ".join(name for group in catalogue.entities.values() for name in group)
    assert 1000 < len(names.encode()) < TOKENS * BYTES_PER_TOKEN
    assert len(catalogue.trends) == 60
    assert catalogue.notes == (messages.CATALOGUE_CUT.in_language(language),)
    assert next(iter(catalogue.entities)) == "organisation"  # the type of the only entity with a claim


async def test_texts_of_the_user_are_counted_not_named(tmp_path: Path) -> None:
    async with SqliteStore(None, folder(tmp_path)) as store:
        knowledge = KnowledgeBase(store)
        await knowledge.add_text("별빛 소식\n아무도 모르는 이야기이다.")
        catalogue = await knowledge.catalogue()
        entries = await knowledge.entries()
    assert (len(catalogue.articles), catalogue.texts) == (1, 1)
    assert "별빛" not in str(entries)
