"""Names in a question, or the claims shown, lead to the one tool that has figures on them."""

from typing import Any

import pytest

from knowledge import KnowledgeBase
from knowledge.figures.routing import find_models
from knowledge.library import SqliteStore
from tests.conftest import Connect, ask

COUNTS, COSTS = "get_country_model_counts", "compare_model_costs"
LISTED = (
    "GPT-5",
    "GPT-4o",
    "gpt-4o-mini",
    "Claude Opus 4.5",
    "Mistral Large",
    "DeepSeek R1",
    "o3",
    "Phi-4",
    "Nova Pro",
)


async def _figure_calls(knowledge: KnowledgeBase, *phrasings: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the calls of figure tools that the answer to a question has, without the language."""
    answer = await knowledge.search(phrasings[0], queries=phrasings[1:])
    calls = [call for call in answer.next_calls if call.tool in {COUNTS, COSTS}]
    return [
        (call.tool, {name: value for name, value in call.arguments.items() if name != "language"}) for call in calls
    ]


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("GPT-4o의 API 단가", ("GPT-4o",)),
        ("GPT-4o랑 클로드 오퍼스 4.5 중에 뭐가 더 싸?", ("GPT-4o", "클로드 오퍼스 4.5")),
        ("compare GPT-5 and Claude Opus 4.5's prices", ("GPT-5", "Claude Opus 4.5")),
        ("GPT-4o mini, GPT-5", ("GPT-4o mini", "GPT-5")),
        ("딥시크 R1을 학습시키는 데", ("딥시크 R1",)),
        ("Phi-4 or o3?", ("Phi-4", "o3")),
        ("What does Claude cost?", ("Claude",)),
        ("Claude와 GPT", ("Claude", "GPT")),
        # A version or variant more is another model, and none is made up of what stands apart.
        ("GPT-5 turbo price", ("GPT-5 turbo",)),
        ("DeepSeek R2 가격", ("DeepSeek R2",)),
        ("Mistral Large 2", ("Mistral Large 2",)),
        ("GPT-6는?", ("GPT-6",)),
        # Companies, products and plain words are no models; nor are families that nothing is listed of.
        ("딥시크와 Mistral의 투자", ()),
        ("챗GPT 이용자 수", ()),
        ("a haiku a day", ()),
        ("오픈AI 2024년 매출 3조", ()),
        ("엔비디아 H100", ()),
        ("Nova Pro", ()),
        ("하이퍼클로바X", ()),
        (" ' . ", ()),
    ],
)
def test_models_are_found_by_the_names_that_are_listed(text: str, models: tuple[str, ...]) -> None:
    assert find_models(text, LISTED) == models


@pytest.mark.parametrize(
    ("question", "call"),
    [
        ("일본은 초거대 AI 모델을 몇 개 내놓았나?", (COUNTS, {"countries": ["일본"]})),
        ("How many large models has the UK released?", (COUNTS, {"countries": ["United Kingdom"]})),
        ("한국과 일본의 초거대 모델 수 비교", (COUNTS, {"countries": ["한국", "일본"]})),
        ("Which country has the most AI models?", (COUNTS, {})),
        ("What did GPT-4 cost to train?", (COSTS, {"models": ["GPT-4"]})),
        ("Kimi K2 학습비", (COSTS, {"models": ["Kimi K2"]})),
        ("Moonshot AI 모델은 얼마나 싸다고 하나요?", (COSTS, {"models": ["문샷AI"]})),
        ("아마존과 구글의 자체 칩", (COSTS, {"models": ["아마존", "구글"]})),
        ("How much did DeepSeek spend on training?", None),
        ("오픈AI 주가", None),
        ("How many large models has OpenAI released?", None),
        ("how many people live in Japan", None),
        ("visa requirements for Vietnam", None),
        ("김치찌개 가격", None),
    ],
)
async def test_a_question_leads_to_one_figure_tool_at_most(
    knowledge: KnowledgeBase, question: str, call: tuple[str, dict[str, Any]] | None
) -> None:
    assert await _figure_calls(knowledge, question) == ([call] if call else [])


async def test_the_other_phrasing_may_have_the_name(knowledge: KnowledgeBase) -> None:
    calls = await _figure_calls(knowledge, "초거대 모델 현황", "How many large models did Japan release?")
    assert calls == [(COUNTS, {"countries": ["일본"]})]


async def test_the_price_list_is_left_alone_where_no_word_is_like_a_model(packaged: SqliteStore) -> None:
    class WithoutPrices(KnowledgeBase):
        def _models_with_costs(self) -> tuple[str, ...]:
            raise AssertionError("the price list was read")

    for question in ("한국은 초거대 AI 모델을 몇 개 내놓았나?", "Is there an AI bubble in 2026?", "오픈AI 가격"):
        assert (await WithoutPrices(packaged).search(question)).items


@pytest.mark.parametrize(
    ("tool", "question"), [(COUNTS, "일본은 초거대 AI 모델을 몇 개 내놓았나?"), (COSTS, "GPT-4 가격")]
)
async def test_without_claims_the_answer_says_which_tool_has_figures_and_the_call_brings_them(
    connect: Connect, tool: str, question: str
) -> None:
    answer = await ask(connect, "search_trends", query=question)
    assert (answer["items"], answer["next_calls"][0]["tool"]) == ([], tool)
    assert [note for note in answer["notes"] if tool in note]
    assert not [note for note in answer["notes"] if "지식베이스에서 이 질문의" in note]
    figures = await ask(connect, tool, **answer["next_calls"][0]["arguments"])
    assert figures.get("recounts") or figures.get("groups")
