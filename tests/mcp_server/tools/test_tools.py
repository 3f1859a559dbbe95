"""Whole answers, as a client of either era gets them."""

from pathlib import Path

import pytest

from knowledge import KnowledgeBase
from knowledge.datasets.model import LICENCE
from knowledge.figures import messages
from knowledge.library import SqliteStore
from knowledge.model.records import Disagreement, Language, Trend
from knowledge.queries import pagination
from knowledge.queries.messages import QUOTES_MISSING, SHARE_OF_KNOWN
from tests.conftest import Connect, ask, ask_text, connect_to

EPOCH = (
    "The same number stands in SPRi's report of February 2025, which read Epoch AI's list of large-scale models (271 worldwide, "
    "2020 to 2024; models trained, or likely trained, with more than 10^23 FLOP); the article says none of this and gives no "
    "counting rule."
)


async def test_the_tools_are_these_and_only_read(connect: Connect) -> None:
    async with connect() as client:
        tools = (await client.list_tools()).tools
        instructions = client.instructions
    assert [tool.name for tool in tools] == [
        "search_trends",
        "get_trend",
        "get_country_model_counts",
        "compare_model_costs",
        "read_article",
    ]
    for tool in tools:
        assert tool.title
        assert tool.description
        assert tool.input_schema["additionalProperties"] is False
        assert all(field.get("description") for field in tool.input_schema["properties"].values())
        assert tool.output_schema
        assert tool.annotations
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert len(tool.description.encode()) < 2048
    assert instructions
    assert len(instructions.encode()) < 2048


@pytest.mark.parametrize("language", ["ko", "en"])
def test_where_no_country_is_counted_none_is_listed(language: Language) -> None:
    note = messages.describe_unpublished(["Japan"], []).in_language(language)
    assert not [word for word in ("count .", ": )", "()") if word in note]


async def test_the_count_of_one_country_and_of_one_that_is_not_there(connect: Connect) -> None:
    answer = await ask(connect, "get_country_model_counts", countries=["South Korea", "Japan"])
    recounts = answer.pop("recounts")
    assert [recount["counts"] for recount in recounts if recount["vintage"] == "2025-05-27"] == [
        {"KOR": 14, "JPN": 4}
    ] * 3
    assert answer == {
        "language": "en",
        "licence": LICENCE,
        "notes": [
            messages.describe_unpublished(["Japan"], ["United States", "China", "South Korea", "France"]).en,
            SHARE_OF_KNOWN.en,
            messages.MULTINATIONAL.en,
            messages.COVERS_A_PART.en,
            messages.COUNTED_FOR_EACH.en,
            "Source and period stand in the preceding sentence, on the US and China, and carry over.",
            "The rank is by number of models, not by quality.",
            EPOCH,
            QUOTES_MISSING.en,
        ],
        "next_calls": [],
        "counts": [
            {
                "publisher": "Software Policy & Research Institute",
                "period": "2020/2024",
                "population": "large-scale AI model",
                "rule": "not stated in the article",
                "dataset": "Epoch AI, large_scale",
                "as_of": "2025-02",
                "total": 271,
                "articles": ["korea-large-models"],
                "rows": [
                    {
                        "country": "South Korea",
                        "iso": "KOR",
                        "count": 14,
                        "rank": 3,
                        "stated_rank": 3,
                        "share_percent": 5.7,
                        "ratio_to_leader": 0.109,
                        "gap_to_leader": 114,
                        "claim": "korea-large-models.count-south-korea",
                        "evidence": [
                            {"article": "korea-large-models", "start": 866, "end": 912},
                            {"article": "korea-large-models", "start": 719, "end": 778},
                        ],
                        "check": {
                            "verdict": "match",
                            "why": "Vintage 2025-05-27, 88 days after publication: 14 (first, any, sole). Newest, 2026-02-16: "
                            "14 (first, any, sole). By first, any, sole it equals the count of that vintage and of the newest.",
                        },
                    }
                ],
            }
        ],
        "not_found": [],
        "countries_known": ["United States", "China", "South Korea", "France"],
    }


async def test_the_count_of_a_country_reads_well(connect: Connect) -> None:
    text = await ask_text(connect, "get_country_model_counts", countries=["South Korea"])
    assert text.splitlines()[:4] == [
        (
            "counted by: Software Policy & Research Institute · of: large-scale AI model · period: 2020–2024 · rule: not stated in the article"
            " · reads the dataset: Epoch AI, large_scale · published: 2025-02 · models in all: 271"
        ),
        "articles: korea-large-models",
        "South Korea (KOR): 14 — rank 3 · share 5.7% · of the leader 0.109 · behind the leader 114 · rank stated 3",
        "   evidence: korea-large-models 866-912; korea-large-models 719-778 · korea-large-models.count-south-korea",
    ]


async def test_countries_go_by_name_in_either_language_and_by_code(connect: Connect) -> None:
    expected = await ask(connect, "get_country_model_counts", countries=["South Korea"])
    for name in ("한국", "한국의", "대한민국", "KR", "KOR", "Korea", "Republic of Korea"):
        answer = await ask(connect, "get_country_model_counts", countries=[name], language="en")
        assert answer == expected, name


async def test_a_question_about_a_share_price(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="엔비디아 주가는 얼마나 올랐나?", limit=1)
    assert answer == {
        "language": "ko",
        "notes": [QUOTES_MISSING.ko],
        "next_calls": [{"tool": "get_trend", "arguments": {"trend": "ai-chips", "language": "ko"}}],
        "items": [
            {
                "id": "tech-2024-review.nvidia-share-price-rise",
                "kind": "figure",
                "statement": "엔비디아 주가는 2024년에만 180% 이상 올랐다.",
                "attribution": "author",
                "figures": ["180% 이상"],
                "period": "2024",
                "evidence": [
                    {"article": "tech-2024-review", "start": 93, "end": 120},
                    {"article": "tech-2024-review", "start": 17, "end": 40},
                ],
                "note": "'이상'은 180%를 포함하는 하한이다. 정확한 값, 기준일, 출처는 글에 없다.",
            }
        ],
        "total": 1,
        "trends": [{"trend": "ai-chips", "name": "AI 칩과 반도체 제재", "claims": 1}],
        "passages": [],
        "unknown_words": [],
    }


async def test_costs_are_grouped_by_basis_and_what_is_not_known_is_said(connect: Connect) -> None:
    answer = await ask(connect, "compare_model_costs", models=["Kimi K2 Thinking", "EXAONE", "Claude"])
    groups = {group["basis"]: group for group in answer["groups"]}
    assert list(groups) == ["final_training_run", "api_price", "price_unspecified"]
    kinds = [item["claim"]["kind"] for item in groups["final_training_run"]["items"]]
    assert kinds == sorted(kinds, key=lambda kind: kind != "figure")
    assert groups["final_training_run"]["items"][0]["claim"]["figures"] == ["US$4.6 million"]
    assert groups["final_training_run"]["items"][0]["models"] == ["Kimi K2 Thinking", "Kimi K2"]
    assert answer["without_figures"] == ["EXAONE"]
    assert [ambiguou["name"] for ambiguou in answer["ambiguous"]] == ["Claude"]
    assert answer["unknown"] == []
    assert "do not rank them or compute ratios between them" in answer["not_comparable_because"]


async def test_a_maker_has_the_figures_of_what_it_makes(connect: Connect) -> None:
    answer = await ask(connect, "compare_model_costs", models=["Moonshot AI", "LG AI Research"])
    assert answer["without_figures"] == ["LG AI Research"]


async def test_a_filter_by_basis_does_not_make_a_known_figure_unknown(connect: Connect) -> None:
    answer = await ask(connect, "compare_model_costs", models=["Kimi K2"], bases=["whole_development"])
    assert answer["groups"] == []
    assert answer["without_figures"] == []


async def test_a_cost_never_stands_without_its_basis(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", query="How much did training Kimi K2 Thinking cost?", limit=1)
    assert (answer["items"][0]["figures"], answer["items"][0]["cost_basis"]) == (
        ["US$4.6 million"],
        "final_training_run",
    )


async def test_full_detail_has_the_figures_as_data(connect: Connect) -> None:
    answer = await ask(
        connect, "search_trends", query="하이퍼클로바X는 한국어 데이터를 몇 배 학습했나", limit=1, detail="full"
    )
    (figure,) = answer["items"][0]["typed_figures"]
    assert (figure["value"], figure["unit"], figure["compared_to"]) == ("6500", "times", "gpt-3")


async def test_every_statement_about_cost_can_be_reached(connect: Connect, packaged: SqliteStore) -> None:
    cursor, seen = "", []
    async with connect() as client:
        while True:
            page = (await client.call_tool("compare_model_costs", {"cursor": cursor})).structured_content
            assert page is not None
            seen += [item["claim"]["id"] for group in page["groups"] for item in group["items"]]
            cursor = page.get("cursor", "")
            if not cursor:
                break
    articles = await packaged.find_claims("article", *{claim.partition(".")[0] for claim in seen})
    assert sorted(seen) == sorted(claim.id for claim in articles if claim.cost_basis)


async def test_a_trend_in_brief_shows_stances_holders_and_disagreements(connect: Connect) -> None:
    answer = await ask(connect, "get_trend", trend="AI 거품")
    assert (answer["id"], answer["language"]) == ("ai-bubble", "ko")
    assert [position["stance"] for position in answer["positions"]] == ["supports", "qualifies", "disputes"]
    assert {article for position in answer["positions"] for article in position["articles"]} >= {
        "ai-bubble-essay",
        "ai-2026-outlook",
    }
    assert any(
        "거품" in disagreement["question"] and len(disagreement["sides"]) >= 2
        for disagreement in answer["disagreements"]
    )
    assert answer["related"]


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_every_trend_shows_a_claim_of_each_stance_it_has(packaged: SqliteStore, language: Language) -> None:
    for trend in await packaged.list_all(Trend):
        brief = await KnowledgeBase(packaged).trend(trend.id, language=language)
        assert all(position.claims for position in brief.positions), trend.id
        assert pagination.count_tokens(brief) <= pagination.ANSWER_TOKENS["brief"], trend.id
        claims = await packaged.find_claims("trend", trend.id)
        assert sum(position.total for position in brief.positions) == len(claims)


async def test_a_full_brief_has_every_claim_and_disagreement(packaged: SqliteStore) -> None:
    brief = await KnowledgeBase(packaged).trend("ai-bubble", detail="full", language="en")
    shown = {claim.id for position in brief.positions for claim in position.claims}
    assert shown == {claim.id for claim in await packaged.find_claims("trend", "ai-bubble")}
    about = [
        disagreement for disagreement in await packaged.list_all(Disagreement) if "ai-bubble" in disagreement.trends
    ]
    assert [disagreement.question for disagreement in brief.disagreements] == [
        disagreement.question.en for disagreement in about
    ]


async def test_a_trend_goes_by_id_name_or_alias(connect: Connect) -> None:
    by_id = await ask(connect, "get_trend", trend="sovereign-ai", language="ko")
    for name in ("소버린 AI", "소버린AI", "sovereign AI", "AI 주권"):
        assert await ask(connect, "get_trend", trend=name, language="ko") == by_id


async def test_an_article_without_its_text_says_how_to_add_it(connect: Connect) -> None:
    answer = await ask(connect, "read_article", article="ai-2026-outlook", limit=1, language="en")
    record = answer["article"]
    assert (record["title"], record["publisher"], record["editor"], record["published"]) == (
        "“거대 AI의 종말?” 2026년, 판도가 완전히 뒤집힌다",
        "AI PICK",
        "이도윤",
        "2026-01-03T00:24",
    )
    assert record["unknown"] == ["author", "url"]
    assert answer["total"] > 50
    assert "text" not in answer
    assert "`ai-trends-mcp add FILE`" in answer["notes"][0]


async def test_with_its_text_an_article_shows_quotes_and_the_text_around_a_claim(
    texts: dict[str, str], tmp_path: Path
) -> None:
    text = next(text for name, text in texts.items() if name.startswith("003"))
    async with SqliteStore(tmp_path / "library.sqlite3") as store:
        await store.add_text(text)
        identity = "korea-large-models.count-south-korea"
        async with connect_to(store) as client:
            arguments = {"article": "korea-large-models", "around": identity}
            view = (await client.call_tool("read_article", arguments)).structured_content
            found = (await client.call_tool("search_trends", {"query": "한국 모델 수"})).structured_content
    assert view
    assert found
    shown = view["text"]
    assert shown["text"] == text[shown["start"] : shown["end"]]
    assert shown["start"] <= 866
    assert shown["end"] >= 912
    evidence = [
        piece for item in found["items"] for piece in item["evidence"] if piece["article"] == "korea-large-models"
    ]
    assert evidence
    assert all(piece["quote"] == text[piece["start"] : piece["end"]] for piece in evidence)
    assert found["passages"]


async def test_hidden_characters_of_a_text_are_removed_and_flagged() -> None:
    async with SqliteStore(None) as store:
        await store.add_text("별빛\u200b전자의 새 공장\n\n별빛전자는 공장을\u202e 새로 짓는다고 지난주에 밝혔다.\n")
        async with connect_to(store) as client:
            result = await client.call_tool("search_trends", {"query": "별빛전자 공장"})
    assert result.structured_content
    (passage,) = result.structured_content["passages"]
    assert passage["flag"] == "hidden characters removed"
    text = "".join(getattr(part, "text", "") for part in result.content)
    assert "[hidden characters removed]" in text
    assert not {"\u200b", "\u202e"} & set(passage["text"] + text)
