"""Search through the front door: everyday questions find the right claim; what is not there is not found."""

import asyncio
import tomllib
from collections.abc import Sequence
from typing import NamedTuple

import pytest

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from knowledge.store.store import Question
from tests.conftest import ROOT, Connect, ask


class Asked(NamedTuple):
    ask: str
    right: frozenset[str]
    found: Sequence[str]


@pytest.fixture(scope="module")
def questions(packaged: SqliteStore) -> list[Asked]:
    """Every question of the set with what was found."""
    questions = tomllib.loads((ROOT / "tests" / "questions.toml").read_text(encoding="utf-8"))["questions"]

    async def ask_all() -> list[Asked]:
        found = [(await packaged.search(Question(question["ask"]))).claims[:5] for question in questions]
        return [
            Asked(question["ask"], frozenset(question["claims"]), ids)
            for question, ids in zip(questions, found, strict=True)
        ]

    return asyncio.run(ask_all())


def _share(several: Sequence[bool]) -> float:
    return sum(several) / len(several)


def test_the_right_claim_comes_first_mostly_and_soon_nearly_always(questions: list[Asked]) -> None:
    answerable = [question for question in questions if question.right]
    assert len(answerable) > 300
    assert _share([bool(question.right & set(question.found[:1])) for question in answerable]) >= 0.7
    assert _share([bool(question.right & set(question.found)) for question in answerable]) >= 0.83


def test_questions_with_nothing_behind_mostly_get_nothing(questions: list[Asked]) -> None:
    unanswerable = [question for question in questions if not question.right]
    assert len(unanswerable) == 200
    assert _share([not question.found for question in unanswerable]) >= 0.8
    assert sum(len(question.found) for question in unanswerable) / len(unanswerable) <= 1


@pytest.mark.parametrize(
    ("query", "claim"),
    [
        ("한국은 초거대 AI 모델을 몇 개 내놓았나?", "korea-large-models.count-south-korea"),
        ("한국은초거대AI모델을몇개내놓았나", "korea-large-models.count-south-korea"),
        ("How many large AI models has South Korea released?", "korea-large-models.count-south-korea"),
        ("미국의 초거대 AI 모델 수", "korea-large-models.count-usa"),
        ("엔비디아 주가 얼마나 올랐어?", "tech-2024-review.nvidia-share-price-rise"),
        ("Nvidia share price in 2024", "tech-2024-review.nvidia-share-price-rise"),
        ("안드레 카파시가 말한 인지 핵심의 크기", "ai-bubble-essay.karpathy-cognitive-core"),
        ("Karpathy cognitive core", "ai-bubble-essay.karpathy-cognitive-core"),
        ("How much did training Kimi K2 Thinking cost?", "china-ai-value.kimi-k2-thinking-training-cost"),
        ("무인택시는 언제 나오나", "tech-2024-review.tesla-robotaxi-2026"),
        ("사람의 뇌는 몇 와트를 쓰나", "ai-bubble-essay.brain-20-watts"),
        ("unemployment rate forecast", "ai-2026-outlook.unemployment-below-4-percent"),
        ("ＧＰＴ－４ｏ 멀티모달", "tech-2024-review.gpt-4o-multimodal"),
        ("韓國의 超巨大 모델 개수", "korea-large-models.count-south-korea"),
        ("Googel Wilow quantum chip", "tech-2024-review.google-willow-chip"),
        ("소버린 AI 설명좀", "korea-large-models.sovereign-ai-definition"),
        ("Kimi 학습에 460만달러", "china-ai-value.kimi-k2-thinking-training-cost"),
        ("Nvidai", "china-ai-value.jensen-huang-is-nvidia-ceo"),
        ("인공지능버블인가요", "ai-bubble-essay.everyone-asks-about-bubble"),
        ("ㅇㅂㄷㅇ 주가", "tech-2024-review.nvidia-share-price-rise"),
        ("엔비디아 주가 얼마나 올랐어 ㅋㅋ", "tech-2024-review.nvidia-share-price-rise"),
        ("isn’t Nvidia's share price up?", "tech-2024-review.nvidia-share-price-rise"),
    ],
)
async def test_everyday_questions_find_the_right_claim_first(connect: Connect, query: str, claim: str) -> None:
    answer = await ask(connect, "search_trends", query=query)
    assert answer["items"][0]["id"] == claim


@pytest.mark.parametrize(
    "query",
    [
        "한국 AI 모델 몇개?",
        "South Korea AI model count",
        "Which country has the most AI models?",
        "AI 모델 제일 많은 나라",
    ],
)
async def test_a_question_for_counts_leads_to_the_counts(connect: Connect, query: str) -> None:
    answer = await ask(connect, "search_trends", query=query)
    assert answer["items"][0]["id"].startswith("korea-large-models.count-")
    assert answer["next_calls"][0]["tool"] == "get_country_model_counts"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("GPT-5", "gpt-5"),
        ("how much did GPT-4 cost", "gpt-4"),
        ("Llama 4", "llama-4"),
        ("how many models did japan release", "japan"),
        ("best pizza in seoul", "pizza"),
        ("독일은 모델 몇 개?", "독일"),
        ("일본은 초거대 모델을 몇 개 냈나?", "일본"),
        ("딥시크는 학습에 얼마를 썼나", "딥시크"),
        ("Samsung market share", "samsung"),
        ("ㅅㅅㅈㅈ 실적", "ㅅㅅㅈㅈ"),
        ("클로드", "클로드"),
        ("소프트뱅크", "소프트뱅크"),
        ("한국 축구", "축구"),
        ("drone", "drone"),
        ("How many models did Germany and Korea release", "germany"),
    ],
)
async def test_a_name_that_is_nowhere_is_not_answered_with_something_else(
    connect: Connect, query: str, name: str
) -> None:
    answer = await ask(connect, "search_trends", query=query)
    assert answer["items"] == []
    assert name in answer["unknown_words"]


async def test_claims_that_match_only_a_part_are_said_to(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="로보택시 보험료 할인 제도")
    assert not answer["items"] or any("match only parts" in note or "일부에만" in note for note in answer["notes"])
    nothing = await ask(
        connect, "search_trends", query="Is the Kimi K2 licence revocable by Moonshot lawyers in Delaware courts?"
    )
    assert nothing["items"] == []
    assert any(note.startswith("Nearest trends: ") for note in nothing["notes"])


@pytest.mark.parametrize("query", ["메타버스", "Antropic MCP"])
async def test_a_word_that_was_looked_for_in_another_spelling_is_said(connect: Connect, query: str) -> None:
    answer = await ask(connect, "search_trends", query=query, language="en")
    assert answer["items"]
    word = query.split(maxsplit=1)[0].lower()
    assert f"No match for ‘{word}’; searched for close spellings instead." in answer["notes"]


async def test_what_stands_beside_a_name_in_one_word_counts_too(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="엔비디아김치찌개")
    assert answer["unknown_words"] == ["김치찌개"]


async def test_hanja_are_korean(connect: Connect) -> None:
    assert (await ask(connect, "search_trends", query="韓國 人工知能"))["language"] == "ko"


async def test_an_english_word_that_is_nowhere_is_said_too(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="What is the price of gold?")
    assert answer["unknown_words"] == ["gold"]
    assert any("match only parts" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("query", "entity"), [("테슬라 주가", "tesla"), ("Tesla stock price", "tesla"), ("NVIDIA market cap", "nvidia")]
)
async def test_what_is_said_of_somebody_else_is_no_answer(connect: Connect, query: str, entity: str) -> None:
    answer = await ask(connect, "search_trends", query=query, detail="full", limit=20)
    assert all(entity in item["entities"] for item in answer["items"])


async def test_a_short_name_inside_a_longer_word_is_not_found_by_it(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="인텔")
    assert (answer["items"], answer["unknown_words"]) == ([], ["인텔"])


async def test_what_is_known_of_a_question_without_an_answer_is_said_to_come_near(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="What did Sam Altman say about AGI?")
    assert answer["items"] == []
    assert any(note.startswith("Nearest trends: ") and "AGI" in note for note in answer["notes"])


@pytest.mark.parametrize("query", ["김치찌개 맛있게 끓이는 법", "knitting patterns", "내일 서울 날씨 어때"])
async def test_nothing_comes_near_a_question_from_afar(connect: Connect, query: str) -> None:
    notes = (await ask(connect, "search_trends", query=query))["notes"]
    assert not [note for note in notes if note.startswith(("Nearest trends", "가까운 동향"))]


@pytest.mark.parametrize("query", ["EU AI Act fines", "DeepSeek training cost"])
async def test_a_first_word_that_can_only_be_a_name_is_one(connect: Connect, query: str) -> None:
    assert (await ask(connect, "search_trends", query=query))["items"] == []


async def test_claims_beside_an_unknown_word_are_never_said_to_fit_the_whole_question(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="딥시크 학습 비용")
    assert answer["unknown_words"] == ["딥시크"]
    assert any("일부에만" in note for note in answer["notes"])


async def test_another_phrasing_finds_what_the_first_does_not(connect: Connect) -> None:
    alone = await ask(connect, "search_trends", query="Kaparthy")
    both = await ask(connect, "search_trends", query="Kaparthy", queries=["안드레 카파시", ""])
    assert alone["items"] == []
    assert both["items"][0]["id"].startswith("ai-bubble-essay.karpathy")
    assert both["unknown_words"] == ["kaparthy"]
    assert both["language"] == "en"


async def test_two_phrasings_agree_on_what_comes_first(connect: Connect) -> None:
    query, other = "How much did training Kimi K2 Thinking cost?", "키미 K2 씽킹 학습 비용"
    answer = await ask(connect, "search_trends", query=query, queries=[other])
    assert answer["items"][0]["id"] == "china-ai-value.kimi-k2-thinking-training-cost"


async def test_pages_stay_as_they_are_while_a_text_is_added() -> None:
    async with SqliteStore(None) as store:
        knowledge = KnowledgeBase(store)
        whole = await knowledge.search("중국 AI", limit=50, detail="full")
        first = await knowledge.search("중국 AI", limit=3)
        await store.add_text("중국 AI 소식\n\n중국 AI 기업이 새 모델을 내놓았다.\n")
        second = await knowledge.search("중국 AI", limit=3, cursor=first.cursor or "")
    assert [item.id for item in (*first.items, *second.items)] == [item.id for item in whole.items[:6]]


@pytest.mark.parametrize("query", ["🦉", "!!!???", "…"])
async def test_what_has_no_words_finds_nothing(connect: Connect, query: str) -> None:
    assert (await ask(connect, "search_trends", query=query))["items"] == []


@pytest.mark.parametrize("spelling", ["앤트로픽", "앤스로픽", "엔쓰로픽", "Anthropic", "anthropic's"])
async def test_a_name_is_found_in_every_spelling(connect: Connect, spelling: str) -> None:
    answer = await ask(connect, "search_trends", query=spelling)
    assert {item["id"] for item in answer["items"]} >= {
        "ai-2026-outlook.anthropic-builds-mcp",
        "china-ai-value.chamath-moonshot-much-cheaper",
    }


async def test_a_name_that_is_not_there_is_said(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="What is Claude Opus's context window?")
    assert answer["items"] == []
    assert answer["unknown_words"][:2] == ["claude", "opus"]
    assert answer["notes"][0].startswith("No article answers this. `compare_model_costs` has figures")
    assert any(note.startswith("Not in the knowledge base: ‘claude’, ‘opus’") for note in answer["notes"])


async def test_where_nothing_is_known_of_any_name_the_answer_says_only_that(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="What is Falcon's context window?")
    assert (answer["items"], answer["next_calls"]) == ([], [])
    assert answer["notes"][0] == "Nothing in the knowledge base answers this. Try other words."


async def test_us_is_no_country_unless_written_so(connect: Connect) -> None:
    small = await ask(connect, "search_trends", query="tell us about world models")
    assert small["items"][0]["id"].startswith("ai-2026-outlook.")
    large = await ask(connect, "get_country_model_counts", countries=["US"])
    assert large["counts"][0]["rows"][0]["iso"] == "USA"


async def test_pages_follow_each_other_without_gap_or_repeat(connect: Connect) -> None:
    cursor, seen = "", []
    async with connect() as client:
        while True:
            arguments = {"query": "중국 AI", "limit": 7, "cursor": cursor}
            page = (await client.call_tool("search_trends", arguments)).structured_content
            assert page is not None
            seen += [item["id"] for item in page["items"]]
            cursor = page.get("cursor", "")
            if not cursor:
                break
    assert len(seen) == len(set(seen)) == page["total"]


@pytest.mark.parametrize(
    ("filters", "start"),
    [
        ({"trends": ["소버린 AI"]}, "korea-large-models."),
        ({"entities": ["오픈AI"], "articles": ["tech-2024-review"]}, "tech-2024-review."),
        ({"kinds": ["figure"], "since": "2024", "until": "2024"}, ""),
        ({"articles": ["ai-bubble-essay"], "kinds": ["definition"]}, "ai-bubble-essay."),
    ],
)
async def test_filters_hold_for_every_item(connect: Connect, filters: dict[str, object], start: str) -> None:
    answer = await ask(connect, "search_trends", limit=50, detail="full", **filters)
    assert answer["items"]
    for item in answer["items"]:
        assert item["id"].startswith(start)
        assert item["kind"] in filters.get("kinds", [item["kind"]])  # type: ignore[operator]


async def test_facets_count_the_claims_found(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="소버린 AI", limit=50, detail="full")
    assert answer["total"] == len(answer["items"])
    for facet in answer["trends"]:
        assert facet["claims"] == sum(facet["trend"] in item["trends"] for item in answer["items"])


async def test_an_answer_speaks_the_language_of_the_question(connect: Connect) -> None:
    korean = await ask(connect, "search_trends", query="월드 모델이란?", limit=1)
    english = await ask(connect, "search_trends", query="What is a world model?", limit=1)
    assert (korean["language"], english["language"]) == ("ko", "en")
    assert korean["items"][0]["id"] == english["items"][0]["id"]
    assert korean["items"][0]["statement"] != english["items"][0]["statement"]
    named = await ask(connect, "search_trends", query="What does 카파시 say about AGI?", limit=1)
    assert named["language"] == "en"
