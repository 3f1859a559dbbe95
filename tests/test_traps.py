"""Easy mistakes with the five articles, tested through a client by the questions of people."""

from decimal import Decimal
from typing import Any

import pytest

from knowledge.library import SqliteStore
from knowledge.model.records import Article, Claim, Disagreement, Entity
from tests.conftest import Connect, ask


async def claim(store: SqliteStore, identity: str) -> Claim:
    (found,) = await store.find_claims("id", identity)
    return found


async def first(connect: Connect, query: str) -> dict[str, Any]:
    answer = await ask(connect, "search_trends", query=query, limit=1)
    item: dict[str, Any] = answer["items"][0]
    return item


# The count of models by country.


async def test_the_counts_are_those_of_the_article_with_period_and_publisher(connect: Connect) -> None:
    answer = await ask(connect, "get_country_model_counts", language="en")
    (source,) = answer["counts"]
    assert {row["iso"]: row["count"] for row in source["rows"]} == {"USA": 128, "CHN": 95, "KOR": 14, "FRA": 10}
    assert (source["publisher"], source["period"]) == ("Software Policy & Research Institute", "2020/2024")
    assert source["rule"] == "not stated in the article"
    assert any("271 worldwide" in note and "10^23 FLOP" in note for note in answer["notes"])


async def test_source_and_period_carry_over_to_korea_and_france(packaged: SqliteStore) -> None:
    leaders = {
        (await claim(packaged, f"korea-large-models.count-{name}")).evidence[-1].start for name in ("usa", "china")
    }
    for name in ("south-korea", "france"):
        carried = await claim(packaged, f"korea-large-models.count-{name}")
        assert [piece.role for piece in carried.evidence] == ["states", "context"]
        assert {carried.evidence[1].start} == leaders
        assert {(figure.period, figure.publisher) for figure in carried.figures} == {("2020/2024", "spri")}


async def test_france_has_a_count_but_no_stated_rank(connect: Connect) -> None:
    answer = await ask(connect, "get_country_model_counts", countries=["France"])
    (row,) = answer["counts"][0]["rows"]
    assert (row["count"], row["rank"]) == (10, 4)
    assert "stated_rank" not in row


async def test_korea_is_third_by_number_not_by_quality(connect: Connect) -> None:
    answer = await ask(connect, "get_country_model_counts", countries=["KOR"], language="en")
    assert "The rank is by number of models, not by quality." in answer["notes"]
    item = await first(connect, "한국 세계 3위는 무엇의 순위인가")
    assert "수" in item["statement"]
    assert "성능" in item["note"]


# Kimi K2.


async def test_kimi_k2_thinking_cost_4_6_million_dollars_to_train_on_a_basis_of_its_own(connect: Connect) -> None:
    answer = await ask(connect, "compare_model_costs", models=["Kimi K2"])
    training = next(group for group in answer["groups"] if group["basis"] == "final_training_run")
    assert training["items"][0]["claim"]["figures"] == ["US$4.6 million"]
    assert "what it includes is not stated" in training["meaning"]
    assert answer["not_comparable_because"]


async def test_kimi_k2_is_a_model_though_the_article_calls_it_a_company(packaged: SqliteStore) -> None:
    entities = await packaged.get(Entity, ("kimi-k2", "kimi-k2-thinking"))
    assert {(entity.type, entity.maker) for entity in entities.values()} == {("model", "moonshot-ai")}
    called = await claim(packaged, "china-ai-value.kimi-k2-called-maker-of-thinking")
    assert called.note
    assert "Moonshot AI" in called.note.en


async def test_no_claim_joins_kimi_and_moonshot_since_the_article_does_not(packaged: SqliteStore) -> None:
    for claim in await packaged.find_claims("article", "china-ai-value"):
        assert not ("Kimi" in claim.statement.en and "Moonshot" in claim.statement.en), claim.id


async def test_the_ranking_in_which_kimi_is_second_is_not_named(packaged: SqliteStore) -> None:
    second = await claim(packaged, "china-ai-value.kimi-k2-thinking-ranked-second")
    (figure,) = second.figures
    assert (figure.measure, figure.value) == ("rank", Decimal(2))
    assert figure.rule
    assert "name" in figure.rule.en


async def test_a_recent_earnings_call_is_not_dated(packaged: SqliteStore) -> None:
    assert (await claim(packaged, "china-ai-value.microsoft-agi-not-soon")).asserted is None


# The bubble essay.


@pytest.mark.parametrize(
    ("identity", "value", "unit", "bound"),
    [
        ("giotto-200m-parameters", "200000000", "parameters", "exact"),
        ("karpathy-cognitive-core", "1000000000", "parameters", "exact"),
        ("karpathy-twenty-years", "20", "years", "exact"),
        ("brain-20-watts", "20", "watts", "about"),
    ],
)
async def test_the_sizes_in_the_bubble_essay(
    packaged: SqliteStore, identity: str, value: str, unit: str, bound: str
) -> None:
    figure = (await claim(packaged, f"ai-bubble-essay.{identity}")).figures[0]
    assert (figure.value, figure.unit, figure.bound) == (Decimal(value), unit, bound)


async def test_karpathys_core_is_an_idea_and_twenty_years_away(packaged: SqliteStore) -> None:
    assert (await claim(packaged, "ai-bubble-essay.karpathy-cognitive-core")).kind == "hypothesis"
    assert (await claim(packaged, "ai-bubble-essay.karpathy-twenty-years")).kind == "forecast"


async def test_numbers_of_thought_experiments_are_hypotheses(packaged: SqliteStore) -> None:
    imagined = {"compute_share", "infrastructure_surplus_share", "efficiency_gain_per_year", "efficiency_gain"}
    claims = [claim for measure in imagined for claim in await packaged.find_claims("measure", measure)]
    assert {str(figure.value) for claim in claims for figure in claim.figures} >= {"1", "99", "10", "2", "100"}
    assert {claim.kind for claim in claims} == {"hypothesis"}


async def test_three_to_five_years_is_the_expected_life_of_the_hardware(packaged: SqliteStore) -> None:
    (figure,) = (await claim(packaged, "ai-bubble-essay.hardware-life-3-to-5-years")).figures
    assert (figure.measure, figure.value, figure.upper, figure.bound) == (
        "hardware_lifetime",
        Decimal(3),
        Decimal(5),
        "between",
    )


async def test_no_bubble_now_but_tomorrow_may_differ(connect: Connect) -> None:
    answer = await ask(connect, "get_trend", trend="ai-bubble", detail="full", language="en")
    essay = {
        position["stance"]: {claim["id"] for claim in position["claims"] if claim["id"].startswith("ai-bubble-essay.")}
        for position in answer["positions"]
    }
    assert {"ai-bubble-essay.wrong-to-call-it-bubble", "ai-bubble-essay.hard-to-argue-bubble"} <= essay["disputes"]
    assert "ai-bubble-essay.tomorrow-different-story" in essay["qualifies"]
    assert "ai-bubble-essay.scenario-bubble-conditions-met" in essay["qualifies"]


async def test_the_german_edition_has_no_year_and_the_summit_has_its_days(packaged: SqliteStore) -> None:
    assert (await claim(packaged, "ai-bubble-essay.book-german-mid-november")).period is None
    assert (await claim(packaged, "ai-bubble-essay.amld-date-and-place")).period == "2026-02-10/2026-02-12"


# The review of 2024.


async def test_180_percent_is_a_lower_bound_of_2024(packaged: SqliteStore) -> None:
    (figure,) = (await claim(packaged, "tech-2024-review.nvidia-share-price-rise")).figures
    assert (figure.value, figure.bound, figure.unit, figure.period) == (Decimal(180), "at_least", "percent", "2024")


async def test_ten_ja_years_in_five_minutes_is_googles_word(packaged: SqliteStore) -> None:
    willow = await claim(packaged, "tech-2024-review.willow-five-minutes")
    assert {(figure.value, figure.unit) for figure in willow.figures} == {
        (Decimal(5), "minutes"),
        (Decimal("1e25"), "years"),
    }
    assert (willow.speaker, willow.attribution) == ("google", "indirect")


async def test_ten_ja_years_reads_the_same_in_both_languages(connect: Connect) -> None:
    for language, written in (("ko", "10자년"), ("en", "10 septillion years")):
        answer = await ask(connect, "search_trends", query="윌로우 10자 년", limit=1, language=language)
        assert written in answer["items"][0]["figures"]


async def test_the_robotaxi_is_an_announcement_for_2026(packaged: SqliteStore) -> None:
    robotaxi = await claim(packaged, "tech-2024-review.tesla-robotaxi-2026")
    assert (robotaxi.kind, robotaxi.speaker, robotaxi.period) == ("fact", "tesla", "2026")


async def test_the_year_of_agents_is_a_forecast_for_2025(packaged: SqliteStore) -> None:
    agents = await claim(packaged, "tech-2024-review.2025-year-of-agents")
    assert (agents.kind, agents.period, agents.attribution) == ("forecast", "2025", "unnamed")


async def test_last_year_places_chatgpt_in_2023(packaged: SqliteStore) -> None:
    heralded = await claim(packaged, "tech-2024-review.chatgpt-heralded-generative-ai")
    assert heralded.period == "2023"
    assert heralded.note
    assert "2022" in heralded.note.en


# The outlook on 2026.


async def test_unemployment_below_4_percent_is_a_forecast_and_stays_below(connect: Connect) -> None:
    item = await first(connect, "2026년 실업률은?")
    assert (item["kind"], item["figures"], item["speaker"]) == ("forecast", ["4% 미만"], "키안 카탄포루시")


@pytest.mark.parametrize(
    ("query", "start"),
    [
        ("소형 언어 모델이란?", "ai-2026-outlook."),
        ("월드 모델이란 무엇인가", "ai-2026-outlook.world-model"),
        ("자동화가 아니라 증강", "ai-2026-outlook.augmentation"),
        ("MCP는 누가 만드나", "ai-2026-outlook."),
    ],
)
async def test_the_outlooks_subjects_are_found(connect: Connect, query: str, start: str) -> None:
    assert (await first(connect, query))["id"].startswith(start)


# All of them.


async def test_what_an_article_does_not_say_is_unknown(packaged: SqliteStore) -> None:
    articles = await packaged.get(
        Article, ("ai-2026-outlook", "china-ai-value", "ai-bubble-essay", "korea-large-models", "tech-2024-review")
    )
    assert {article.published for article in articles.values()} == {"2026-01-03T00:24", None}
    assert {article.author for article in articles.values()} == {None}
    assert {article.url for article in articles.values()} == {None}
    assert articles["ai-2026-outlook"].editor == "이도윤"
    assert articles["ai-bubble-essay"].title is None
    assert articles["tech-2024-review"].title is None


async def test_a_forecast_is_never_shown_as_a_fact(connect: Connect) -> None:
    answer = await ask(connect, "search_trends", kinds=["forecast"], limit=50)
    assert answer["total"] > 30
    assert {item["kind"] for item in answer["items"]} == {"forecast"}
    assert any("forecasts, opinions or hypotheses" in note for note in answer["notes"])


async def test_what_the_articles_disagree_on_is_there(packaged: SqliteStore) -> None:
    disagreements = {disagreement.id: disagreement for disagreement in await packaged.list_all(Disagreement)}
    assert {"is-ai-a-bubble", "does-scale-decide", "what-happens-to-jobs"} <= set(disagreements)
    about = " ".join(disagreement.question.en for disagreement in disagreements.values())
    for subject in ("bubble", "AGI", "job", "agent"):
        assert subject in about
    for disagreement in disagreements.values():
        articles = {identity.partition(".")[0] for side in disagreement.sides for identity in side.claims}
        assert len(articles) > 1 or disagreement.id == "how-strong-is-korea"
