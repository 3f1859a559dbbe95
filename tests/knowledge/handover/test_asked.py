"""Questions on numbers of models by country and on costs are handed over to the tools that have them; no others are."""

import tomllib
from typing import Any

import pytest

from knowledge import KnowledgeBase
from knowledge.embedded import EmbeddedStore
from tests.conftest import ROOT, Connect, ask

COUNTS, COSTS = "get_country_model_counts", "compare_model_costs"


async def _call(knowledge: KnowledgeBase, question: str, tool: str) -> dict[str, Any] | None:
    """What the answer to a question says to call the tool with, but for the language."""
    answer = await knowledge.search(question)
    calls = [call.arguments for call in answer.next_calls if call.tool == tool]
    assert len(calls) < 2
    return {name: value for name, value in calls[0].items() if name != "language"} if calls else None


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        ("how many large models has each country released?", {}),
        ("Which country has the most AI models?", {}),
        ("AI 모델 제일 많은 나라", {}),
        ("how many large models did each country release per year?", {"per_year": True}),
        ("large models by country from March 2023 to June 2024", {"since": "2023-03", "until": "2024-06"}),
        ("나라별 초거대 AI 모델 수 2023년 3월부터 2024년 6월까지", {"since": "2023-03", "until": "2024-06"}),
        ("일본은 초거대 AI 모델을 몇 개 내놓았나?", {"countries": ["일본"]}),
        ("캐나다는 초거대 AI 모델을 몇 개 내놓았나?", {"countries": ["캐나다"]}),
        ("How many large models has the UK released?", {"countries": ["United Kingdom"]}),
        ("How many large models did Japan release?", {"countries": ["Japan"]}),
        ("how many AI models did the US and north korea release in 2024?", None),
        ("Japan vs Korea large models", {"countries": ["Japan", "South Korea"]}),
        ("한국과 일본의 초거대 모델 수 비교", {"countries": ["한국", "일본"]}),
        ("연도별 한국 초거대 모델 수", {"countries": ["한국"], "per_year": True}),
        ("2024년 대만과 우리나라의 초거대 모델 수", {"countries": ["대만", "한국"], "since": "2024", "until": "2024"}),
        ("South Korea AI model count since 2023", {"countries": ["South Korea"], "since": "2023"}),
        (
            "number of notable models of the Democratic Republic of the Congo and of Hong Kong",
            {"countries": ["Democratic Republic of the Congo", "Hong Kong"], "population": "notable"},
        ),
        ("which models are behind Korea's count?", {"models_of": "South Korea"}),
        ("한국의 초거대 모델은 어떤 것들이 있나?", {"models_of": "한국"}),
    ],
)
async def test_a_question_on_numbers_of_models_is_handed_over(
    knowledge: KnowledgeBase, question: str, arguments: dict[str, Any] | None
) -> None:
    if arguments is None:
        arguments = {"countries": ["United States", "North Korea"], "since": "2024", "until": "2024"}
    assert await _call(knowledge, question, COUNTS) == arguments


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        ("What did GPT-4 cost to train?", {"models": ["GPT-4"]}),
        ("GPT-4 가격", {"models": ["GPT-4"]}),
        ("What does Claude cost?", {"models": ["Claude"]}),
        ("클로드 소넷 4.5 가격", {"models": ["클로드 소넷 4.5"]}),
        ("딥시크 비용", {"models": ["딥시크"]}),
        ("딥시크 R1을 학습시키는 데 비용이 얼마나 들었나요?", {"models": ["딥시크 R1"]}),
        ("Kimi K2 API price per million tokens", {"models": ["Kimi K2"]}),
        ("GPT-4o 가격은?", {"models": ["GPT-4o"]}),
        ("GPT-4o의 API 단가", {"models": ["GPT-4o"]}),
        ("How much does GPT-4o cost?", {"models": ["GPT-4o"]}),
        ("compare GPT-5 and Claude Opus 4.5 prices", {"models": ["GPT-5", "Claude Opus 4.5"]}),
        ("GPT-4o랑 클로드 소넷 4.5 중에 뭐가 더 싸?", {"models": ["GPT-4o", "클로드 소넷 4.5"]}),
        ("오픈AI 모델 가격", {"models": ["오픈AI"]}),
        (
            "cost of 10,000 requests of 2,000 input tokens and 500 output tokens with GPT-4o",
            {"models": ["GPT-4o"], "input_tokens": 2_000, "output_tokens": 500, "requests": 10_000},
        ),
        (
            "GPT-4o로 입력 2,000토큰 출력 500토큰 요청 1만 건이면 비용은?",
            {"models": ["GPT-4o"], "input_tokens": 2_000, "output_tokens": 500, "requests": 10_000},
        ),
    ],
)
async def test_a_question_on_costs_is_handed_over(
    knowledge: KnowledgeBase, question: str, arguments: dict[str, Any]
) -> None:
    assert await _call(knowledge, question, COSTS) == arguments


@pytest.mark.parametrize(
    "question",
    [
        "김치찌개 가격",
        "price of Bitcoin",
        "how many people live in Japan",
        "how many people in Japan use large language models?",
        "how many car models does Japan sell",
        "일본 자동차 모델 수",
        "how many countries use AI models?",
        "How many large models has OpenAI released?",
        "GPT-5 training cost",
        "GPT-4는 얼마나 똑똑한가?",
        "ChatGPT Plus montly price",
        "오픈AI 주가",
        "엔비디아 H100 가격",
        "구글 픽셀 가격",
        "삼성전자 가격",
        "claude monet painting price",
        "a haiku a day: what does the book cost?",
        "cost of living in Japan",
    ],
)
async def test_other_questions_are_not_handed_over(knowledge: KnowledgeBase, question: str) -> None:
    assert (await _call(knowledge, question, COUNTS), await _call(knowledge, question, COSTS)) == (None, None)


async def test_of_questions_without_an_answer_only_those_on_figures_are_handed_over(knowledge: KnowledgeBase) -> None:
    asked = tomllib.loads((ROOT / "tests/questions.toml").read_text(encoding="utf-8"))["questions"]
    unanswered = [one["ask"] for one in asked if not one.get("claims")]
    answers = [(one, await knowledge.search(one)) for one in unanswered]
    handed = {one for one, answer in answers if not answer.total and answer.next_calls}
    assert handed == {
        "딥시크는 모델 훈련에 얼마를 썼나요?",
        "일본은 초거대 AI 모델을 몇 개 냈나요?",
        "How much did DeepSeek spend on training R1?",
        "How many large AI models did Japan release?",
        "일본은 2020년부터 2024년까지 초거대 AI 모델을 몇 개 출시했나요?",
        "딥시크 R1을 학습시키는 데 비용이 얼마나 들었나요?",
        "How many AI models has India released so far?",
    }


async def test_the_other_phrasing_may_ask_what_the_first_does_not(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.search("일본 현황", queries=["How many large models did Japan release?"])
    assert answer.next_calls[0].tool == COUNTS


@pytest.mark.parametrize(
    "tool_and_question", [(COUNTS, "일본은 초거대 AI 모델을 몇 개 내놓았나?"), (COSTS, "GPT-4 가격")]
)
async def test_without_claims_the_answer_says_who_has_figures_and_that_call_has_them(
    connect: Connect, tool_and_question: tuple[str, str]
) -> None:
    tool, question = tool_and_question
    answer = await ask(connect, "search_trends", query=question)
    assert (answer["items"], answer["next_calls"][0]["tool"]) == ([], tool)
    assert [note for note in answer["notes"] if tool in note]
    assert not [note for note in answer["notes"] if "지식베이스에" in note]
    figures = await ask(connect, tool, **answer["next_calls"][0]["arguments"])
    assert figures.get("recounts") or figures.get("groups")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Frnace", "Did you mean France?"),
        ("대한민궁", "Did you mean South Korea?"),
        ("일봄", "Did you mean Japan?"),
        ("EU", "Regions such as the EU are not counted"),
        ("유럽", "Regions such as the EU are not counted"),
    ],
)
async def test_a_country_that_is_none_is_answered_with_what_may_be_meant(
    packaged: EmbeddedStore, name: str, said: str
) -> None:
    answer = await KnowledgeBase(packaged).country_counts([name], language="en")
    assert said in answer.notes[0]
    assert answer.not_found == (name,)


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        ("How many models in North America?", {"countries": ["North America"]}),
        ("유럽과 미국의 초거대 AI 모델 수", {"countries": ["미국", "유럽"]}),
        ("How many large models in New Mexico?", {}),
        ("How many large models has Northern Ireland?", {}),
        ("How many models did Jordan Peterson release?", {}),
        ("Mistral Large 2 price", {"models": ["Mistral Large 2"]}),
        ("GPT-5 turbo price", {"models": ["GPT-5 turbo"]}),
        ("GPT-4o realtime 가격", {"models": ["GPT-4o realtime"]}),
        ("DeepSeek R2 가격", {"models": ["DeepSeek R2"]}),
        ("2022년 이전 중국 초거대 모델 수", {"countries": ["중국"], "until": "2022"}),
        ("2022년 말까지 중국 초거대 모델 수", {"countries": ["중국"], "until": "2022"}),
        ("2023년 상반기 중국 초거대 모델 수", {"countries": ["중국"]}),
        ("large models by country before 2022", {"until": "2021"}),
        ("large models by country after 2022", {"since": "2023"}),
        (
            "입력 1.5만 토큰, 출력 3백 토큰 GPT-5 비용",
            {"models": ["GPT-5"], "input_tokens": 15_000, "output_tokens": 300},
        ),
        (
            "월 100만 요청, 입력 500토큰 출력 100토큰 GPT-5 비용",
            {"models": ["GPT-5"], "input_tokens": 500, "output_tokens": 100, "requests": 1_000_000},
        ),
        ("price per 1M input tokens of GPT-5", {"models": ["GPT-5"]}),
        ("입력 100만 토큰당 GPT-5 가격은?", {"models": ["GPT-5"]}),
    ],
)
async def test_what_is_handed_over_is_what_the_question_says_and_no_part_of_it(
    knowledge: KnowledgeBase, question: str, arguments: dict[str, Any]
) -> None:
    handed = [await _call(knowledge, question, tool) or {} for tool in (COUNTS, COSTS)]
    assert handed[0] | handed[1] == arguments
