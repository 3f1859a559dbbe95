"""Tests of the answers on single claims and entities."""

from pathlib import Path

import pytest

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from knowledge.queries import messages
from knowledge.queries.pagination import ANSWER_TOKENS, Detail, count_tokens
from tests.knowledge.samples import ARTICLE, ENTITIES, folder


async def test_an_entity_is_found_by_every_name_in_either_language(knowledge: KnowledgeBase) -> None:
    for name in ("openai", "OpenAI", "오픈AI", "오픈에이아이"):
        assert (await knowledge.entity(name)).entity.id == "openai"
    assert (await knowledge.entity("오픈AI")).language == "ko"
    assert (await knowledge.entity("KOR")).entity.name == "South Korea"


async def test_an_entity_says_who_makes_it_and_what_it_makes(knowledge: KnowledgeBase) -> None:
    assert (await knowledge.entity("Kimi K2")).entity.maker == "Moonshot AI"
    assert "Kimi K2" in (await knowledge.entity("moonshot-ai")).entity.makes


@pytest.mark.parametrize("detail", ["brief", "full"])
@pytest.mark.parametrize("name", ["south-korea", "한국", "big-tech", "amld-intelligence-summit"])
async def test_the_claims_of_an_entity_fit_and_the_rest_is_a_call_away(
    knowledge: KnowledgeBase, name: str, detail: Detail
) -> None:
    answer = await knowledge.entity(name, detail=detail)
    assert count_tokens(answer) <= ANSWER_TOKENS[detail]
    assert answer.claims
    assert bool(answer.next_calls) == (len(answer.claims) < answer.total)
    for call in answer.next_calls:
        assert call.tool == "search_trends"
        named = call.arguments["entities"]
        assert isinstance(named, list)
        found = await knowledge.search(entities=named, limit=50)
        assert found.total == answer.total


async def test_the_trends_of_an_entity_are_those_of_its_claims(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.entity("openai", detail="full")
    counted = {facet.trend: facet.claims for facet in answer.trends}
    assert len(answer.claims) == answer.total
    assert counted == {
        trend: sum(trend in (claim.trends or {}) for claim in answer.claims)
        for claim in answer.claims
        for trend in claim.trends or {}
    }


async def test_a_name_that_several_entities_share_is_noted(tmp_path: Path) -> None:
    twin = (
        ENTITIES.replace("moonlight-lab", "other-lab").replace("달빛연구소", "다른연구소").replace("Moonlight", "Other")
    )
    entities = (ENTITIES + twin).replace("[[entities]]\n", '[[entities]]\naliases = ["the lab"]\n')
    async with SqliteStore(None, folder(tmp_path, entities=entities)) as store:
        answer = await KnowledgeBase(store).entity("the lab")
    assert answer.entity.id == "moonlight-lab"
    assert messages.ALSO_NAMED.format(names="Other Lab").en in answer.notes


async def test_an_entity_without_claims_has_its_record(tmp_path: Path) -> None:
    silent = ENTITIES.replace("moonlight-lab", "silent")
    async with SqliteStore(None, folder(tmp_path, entities=ENTITIES + silent)) as store:
        answer = await KnowledgeBase(store).entity("silent")
    assert (answer.entity.id, answer.total, answer.claims, answer.notes, answer.next_calls) == ("silent", 0, (), (), ())


async def test_a_claim_is_shown_with_everything(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.claim("korea-large-models.count-south-korea", language="ko")
    assert answer.claim.original
    assert answer.claim.typed_figures
    assert answer.article.title == "초거대 AI 모델 개발 전쟁의 서막"
    assert [dispute.question for dispute in answer.disagreements] == [
        "AI에서 누가 앞서고 누가 뒤따르는가?",
        "한국은 AI에서 얼마나 강한가?",
    ]
    assert [call.tool for call in answer.next_calls] == ["read_article", "get_trend", "get_trend"]


async def test_a_retracted_claim_is_not_searched_but_shown_by_its_id(tmp_path: Path) -> None:
    retracted = ARTICLE.replace('kind = "figure"', 'kind = "figure"\nstatus = "retracted"')
    async with SqliteStore(None, folder(tmp_path, retracted)) as store:
        knowledge = KnowledgeBase(store)
        answer = await knowledge.claim("moonlight.models", language="en")
        found = await knowledge.search("달빛연구소")
    assert answer.claim.status == "retracted"
    assert "no longer appears in answers" in answer.notes[0]
    assert "moonlight.models" not in [item.id for item in found.items]
