"""Costs of models for clients of either era: articles, estimates and list prices on one page, never on one scale."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge import KnowledgeBase
from knowledge.datasets.vintages import VintageFolder
from knowledge.library import SqliteStore
from tests.conftest import Connect, ask, ask_text, connect_to
from tests.knowledge.datasets import epoch

TOOL = "compare_model_costs"
ESTIMATED = ["amortised_hardware_energy", "cloud_compute", "hardware_purchase"]


async def pages(connect: Connect, **arguments: Any) -> list[dict[str, Any]]:
    """All groups of all pages of an answer."""
    groups: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = await ask(connect, TOOL, **arguments, cursor=cursor)
        groups += answer["groups"]
        cursor = answer.get("cursor", "")
        if not cursor:
            return groups


async def figures(connect: Connect, **arguments: Any) -> list[dict[str, Any]]:
    return [figure for group in await pages(connect, **arguments) for figure in group["figures"]]


def on(basis: str, found: list[dict[str, Any]], model: str = "") -> list[dict[str, Any]]:
    return [figure for figure in found if figure["cost_basis"] == basis and model in figure["model"]]


async def test_gpt_4_costs_three_things_on_three_bases(connect: Connect) -> None:
    found = await figures(connect, models=["GPT-4"], language="en")
    estimated = {figure["cost_basis"]: figure for figure in found if figure["kind"] == "dataset"}
    assert {basis: figure["said"] for basis, figure in estimated.items()} == {
        "amortised_hardware_energy": "about US$42.2 million (in 2023 prices)",
        "cloud_compute": "about US$81.4 million",
        "hardware_purchase": "about US$806 million",
    }
    assert estimated["amortised_hardware_energy"]["currency_year"] == 2023
    assert "currency_year" not in estimated["cloud_compute"]
    assert {figure["as_of"] for figure in estimated.values()} == {"2025-12-02"}
    assert not any("times_lowest" in figure for figure in estimated.values())


async def test_bases_are_never_divided_by_one_another(connect: Connect) -> None:
    answer = await ask(connect, TOOL, models=["GPT-4"], language="en")
    assert "do not rank them or compute ratios between them" in answer["not_comparable_because"]
    alone = await ask(connect, TOOL, models=["GPT-4"], bases=["cloud_compute"], language="en")
    assert "only one amount" in alone["not_comparable_because"]


async def test_every_figure_has_a_basis_an_amount_in_words_and_a_source(connect: Connect) -> None:
    found = await figures(connect, models=["OpenAI", "Anthropic", "GPT-4", "Kimi K2 Thinking"], input_tokens=1000)
    assert {figure["kind"] for figure in found} == {"article", "dataset", "list_price"}
    for figure in found:
        assert figure["cost_basis"]
        assert figure["said"]
        assert figure["source"]
        assert all(Decimal(amount) > 0 for amount in figure["amounts"].values())


async def test_ratios_hold_within_one_basis_and_among_what_is_shown(connect: Connect) -> None:
    models = ["GPT-4", "GPT-4o", "Claude 3.5 Sonnet", "Grok 4", "Llama 3.1-405B"]
    answer = await ask(connect, TOOL, models=models, bases=ESTIMATED, detail="full")
    found = {group["basis"]: group["figures"] for group in answer["groups"]}
    amortised = [figure for figure in found["amortised_hardware_energy"] if "times_lowest" in figure]
    least = min(Decimal(figure["amounts"]["total"]) for figure in amortised)
    assert min(Decimal(figure["times_lowest"]["total"]) for figure in amortised) == 1
    for figure in amortised:
        exact = Decimal(figure["amounts"]["total"]) / least
        assert abs(exact - Decimal(figure["times_lowest"]["total"])) <= exact / 100
    (grok,) = on("amortised_hardware_energy", found["amortised_hardware_energy"], "Grok 4")
    assert "times_lowest" not in grok  # its row says how it was reckoned
    assert len(found["cloud_compute"]) > 1
    assert not any("times_lowest" in figure for figure in found["cloud_compute"])  # dollars of no stated year


async def test_ratios_of_a_page_are_to_what_is_on_it(connect: Connect) -> None:
    arguments: dict[str, Any] = {"models": ["Moonshot AI", "OpenAI", "Anthropic"], "bases": ["api_price"]}
    cursor = ""
    while True:
        answer = await ask(connect, TOOL, **arguments, cursor=cursor)
        shown = [figure for group in answer["groups"] for figure in group["figures"] if "times_lowest" in figure]
        assert not shown or min(Decimal(figure["times_lowest"]["input"]) for figure in shown) == 1
        cursor = answer.get("cursor", "")
        if not cursor:
            return


async def test_kimi_k2_thinking_is_one_reported_figure_with_a_thin_source(connect: Connect) -> None:
    answer = await ask(connect, TOOL, models=["Kimi K2 Thinking"], language="en")
    group = next(candidate for candidate in answer["groups"] if candidate["basis"] == "final_training_run")
    (figure,) = group["figures"]
    assert (figure["said"], figure["kind"]) == ("US$4.6 million", "article")
    assert figure["source"] == "china-ai-value.kimi-k2-thinking-training-cost"
    assert any("Reported by one article" in note for note in figure["notes"])
    claim = group["items"][0]["claim"]
    assert claim["id"] == figure["source"]
    assert "source chain is thin" in claim["note"]
    assert claim["evidence"]
    assert any("lists ‘Kimi K2 Thinking’ without a cost" in note for note in answer["notes"])


async def test_whether_moonshot_is_cheaper_gets_the_claim_and_the_prices_to_check_it_by(connect: Connect) -> None:
    answer = await ask(connect, TOOL, models=["Moonshot AI", "OpenAI", "Anthropic"], language="en")
    groups = {group["basis"]: group for group in answer["groups"]}
    claim = groups["price_unspecified"]["items"][0]["claim"]
    assert claim["speaker"] == "Chamath Palihapitiya"
    assert claim["evidence"]
    makers = {figure["source"].partition(" (")[0] for figure in groups["api_price"]["figures"]}
    assert makers == {"Moonshot AI", "OpenAI", "Anthropic"}
    assert any("data of 20" in note and "or later" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("name", "developers", "not_its"),
    [
        ("LG AI Research", set(), {"Transformer", "PaLM (540B)"}),  # which are of Google Research
        ("xAI", {"Grok 4"}, set()),  # and no explainability
        ("구글", {"Gemini 1.5 Pro"}, {"GPT-4"}),  # of Google DeepMind
        ("딥시크", {"DeepSeek-V3"}, set()),  # of which the knowledge base has no entity
    ],
)
async def test_a_maker_is_told_by_its_whole_name(
    connect: Connect, name: str, developers: set[str], not_its: set[str]
) -> None:
    models = {figure["model"] for figure in await figures(connect, models=[name], bases=ESTIMATED)}
    assert developers <= models
    assert not models & not_its


@pytest.mark.parametrize("name", ["Claude", "GPT", "클로드", "Gemini 3", "Kimi", "키미", "Grok"])
async def test_a_name_of_several_models_is_answered_with_them(connect: Connect, name: str) -> None:
    answer = await ask(connect, TOOL, models=[name])
    (ambiguous,) = answer["ambiguous"]
    assert ambiguous["name"] == name
    assert len(ambiguous["candidates"]) > 1
    assert not any(group["basis"] == "api_price" for group in answer["groups"])


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("GPT-4", "GPT-4o"),
        ("Kimi K2 Thinking", "Kimi K2.5"),
        ("Claude 3.5 Sonnet", "Claude 3.7 Sonnet"),
        ("Llama 3.1-405B", "Llama 3.1-70B"),
        ("o1", "o1-mini"),
        ("DeepSeek-V3", "DeepSeek-V3.1"),
    ],
)
async def test_a_near_name_is_never_taken_for_another(connect: Connect, query: str, other: str) -> None:
    models = {
        figure["model"].casefold() for figure in await figures(connect, models=[query], bases=["api_price", *ESTIMATED])
    }
    assert models
    assert other.casefold() not in models
    others = {figure["model"] for figure in await figures(connect, models=[other], bases=["api_price", *ESTIMATED])}
    assert not models & {name.casefold() for name in others}


async def test_a_slip_is_answered_with_near_names_and_no_price(connect: Connect) -> None:
    answer = await ask(connect, TOOL, models=["gtp-4o"], language="en")
    (name,) = answer["unknown"]
    assert name["near"]
    assert answer["groups"] == []


async def test_200m_is_not_200b(packaged: SqliteStore, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite3"
    header = (*epoch.HEADER, "Training compute cost (2023 USD)")
    rows = [(*epoch.row("Tiny 200M"), "200"), (*epoch.row("Tiny 200B"), "200000000"), (*epoch.row("Tiny 2B"), "")]
    VintageFolder.beside(library).add(
        epoch.write(tmp_path, *rows, header=header, name="notable_ai_models.2026-03-01.csv")
    )
    opened = lambda: connect_to(packaged, library=library)  # noqa: E731
    assert [figure["amounts"]["total"] for figure in await figures(opened, models=["tiny-200m"])] == ["200"]
    assert [figure["amounts"]["total"] for figure in await figures(opened, models=["Tiny 200B"])] == ["200000000"]
    without = await ask(opened, TOOL, models=["Tiny 2B"], language="en")
    assert any("lists ‘Tiny 2B’ without a cost" in note for note in without["notes"])
    assert without["groups"] == []


async def test_an_older_table_than_the_packaged_costs_is_not_used(packaged: SqliteStore, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite3"
    header = (*epoch.HEADER, "Training compute cost (2023 USD)")
    table = epoch.write(tmp_path, (*epoch.row("GPT-4"), "1"), header=header, name="notable_ai_models.2024-03-01.csv")
    VintageFolder.beside(library).add(table)
    found = await figures(lambda: connect_to(packaged, library=library), models=["GPT-4"], bases=ESTIMATED)
    assert {figure["as_of"] for figure in found} == {"2025-12-02"}


async def test_a_model_on_its_way_out_is_said_to_be(connect: Connect) -> None:
    (price,) = await figures(connect, models=["Kimi K2 Thinking"], bases=["api_price"], language="en")
    assert "The provider lists this model as deprecated." in price["notes"]


async def test_of_many_resellers_the_cheapest_and_the_dearest_are_named(connect: Connect) -> None:
    found = await figures(connect, models=["Llama 3.3 70B"], bases=["api_price"], language="en")
    assert [figure["kind"] for figure in found] == ["reseller", "reseller"]
    assert all("a reseller's price" in figure["notes"][0] for figure in found)


async def test_the_newest_table_at_hand_is_used(packaged: SqliteStore, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite3"
    VintageFolder.beside(library).add(epoch.real("notable_ai_models.2025-12-02.csv"))
    found = await figures(lambda: connect_to(packaged, library=library), models=["AlphaZero"], bases=ESTIMATED)
    assert {figure["model"] for figure in found} == {"AlphaZero"}


@pytest.mark.parametrize(
    ("name", "candidate"), [("Gemini Ultra", "Gemini 1.0 Ultra"), ("GPT-3", "GPT-3 175B (davinci)")]
)
async def test_one_candidate_is_offered_and_not_taken(connect: Connect, name: str, candidate: str) -> None:
    answer = await ask(connect, TOOL, models=[name], bases=ESTIMATED, language="en")
    assert [ambiguous["candidates"] for ambiguous in answer["ambiguous"]] == [[candidate]]
    assert answer["groups"] == []
    assert answer["without_figures"] == []
    assert any(f"If you mean ‘{candidate}’" in note for note in answer["notes"])


async def test_training_a_snapshot_did_not_cost_what_its_elder_cost(connect: Connect) -> None:
    assert await figures(connect, models=["DeepSeek V3-0324"], bases=ESTIMATED) == []
    assert await figures(connect, models=["DeepSeek-V3"], bases=ESTIMATED)


@pytest.mark.parametrize("name", ["Zhipu GLM-4.5", "Cohere Command R+", "OpenAI GPT-4", "앤트로픽 클로드 소넷 4.5"])
async def test_a_maker_before_the_models_name_is_no_part_of_it(connect: Connect, name: str) -> None:
    assert await figures(connect, models=[name], bases=["api_price"])


async def test_a_dataset_does_not_hide_what_the_price_list_has(packaged: SqliteStore, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite3"
    header = (*epoch.HEADER, "Training compute cost (2023 USD)")
    table = epoch.write(tmp_path, (*epoch.row("Claude"), ""), header=header, name="notable_ai_models.2026-03-01.csv")
    VintageFolder.beside(library).add(table)
    answer = await ask(lambda: connect_to(packaged, library=library), TOOL, models=["Claude"])
    assert len(answer["ambiguous"][0]["candidates"]) > 5


async def test_an_hour_that_matters_is_said_and_gives_no_ratio(packaged: SqliteStore) -> None:
    knowledge = KnowledgeBase(packaged)
    arguments: dict[str, Any] = {"bases": ["workload"], "input_tokens": 1_000, "output_tokens": 1_000, "language": "en"}
    totals = set()
    for hour in (2, 12, 17):
        at = datetime(2026, 11, 20, hour, 30, tzinfo=UTC)
        answer = await knowledge.compare_costs(["DeepSeek V4.1 Flash", "GPT-4o mini"], **arguments, at=at)
        (deepseek,) = (figure for group in answer.groups for figure in group.figures if "DeepSeek" in figure.model)
        totals.add(deepseek.amounts["total"])
        assert deepseek.times_lowest is None
        assert any("depends on the hour" in note for note in deepseek.notes)
        assert any(f"2026-11-20 {hour:02}:30 UTC" in note for note in answer.notes)
    assert len(totals) == 2


async def test_a_request_that_a_model_refuses_is_no_measure(connect: Connect) -> None:
    arguments: dict[str, Any] = {"models": ["GPT-4.1", "GPT-4"], "bases": ["workload"], "language": "en"}
    found = await figures(connect, **arguments, input_tokens=500_000, output_tokens=1)
    assert not any("times_lowest" in figure for figure in found)
    assert any("may be refused" in note for figure in found for note in figure["notes"])


async def test_amounts_are_written_without_exponents(connect: Connect) -> None:
    arguments: dict[str, Any] = {"models": ["GPT-4.1"], "bases": ["workload"], "language": "en"}
    (figure,) = await figures(connect, **arguments, input_tokens=1_000_000, requests=10_000)
    assert figure["amounts"] == {"total": "20000"}
    assert "E+" not in await ask_text(connect, TOOL, **arguments, input_tokens=1_000_000, requests=10_000)


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        ({"models": ["GPT-4"], "bases": ["workload"]}, "needs `input_tokens` or `output_tokens`"),
        ({"models": ["GPT-4"], "requests": 500}, "needs `input_tokens` or `output_tokens`"),
        ({"input_tokens": 1_000}, "name models or companies in `models`"),
    ],
)
async def test_half_a_workload_says_what_is_missing(connect: Connect, arguments: dict[str, Any], note: str) -> None:
    assert note in await ask_text(connect, TOOL, **arguments, language="en")


async def test_many_long_and_ambiguous_names_stay_within_the_budget(connect: Connect) -> None:
    names = ["GPT", "Claude", "Gemini", "Llama", "Qwen", "Mistral", "Grok", "GLM", "x" * 60, "가" * 60]
    cursor = ""
    async with connect() as client:
        while True:
            result = await client.call_tool(TOOL, {"models": names, "cursor": cursor})
            assert result.structured_content
            assert (
                len(json.dumps(result.structured_content, ensure_ascii=False, separators=(",", ":")).encode()) <= 5_000
            )
            cursor = result.structured_content.get("cursor", "")
            if not cursor:
                return


async def test_a_workload_is_billed_request_by_request(connect: Connect) -> None:
    arguments: dict[str, Any] = {"models": ["GPT-4"], "bases": ["workload"], "language": "en"}
    (figure,) = await figures(connect, **arguments, input_tokens=1_000, output_tokens=500, requests=100)
    assert figure["amounts"] == {"total": "6"}
    assert figure["said"] == "US$6 (100 requests of 1,000 input and 500 output tokens)"
    (single,) = await figures(connect, **arguments, input_tokens=1_000, output_tokens=500)
    assert single["amounts"] == {"total": "0.06"}


async def test_a_small_bill_is_never_told_as_nothing(connect: Connect) -> None:
    (figure,) = await figures(connect, models=["GPT-5"], bases=["workload"], input_tokens=10, language="en")
    assert figure["said"].startswith("US$0.0000125 (1 request of 10 input")
    assert figure["amounts"] == {"total": "0.0000125"}


async def test_a_million_tokens_is_not_priced_as_one_long_request(connect: Connect) -> None:
    found = await figures(connect, models=["gpt-5.4"], input_tokens=1_000, requests=1_000)
    (price,), (workload,) = on("api_price", found), on("workload", found)
    assert Decimal(workload["amounts"]["total"]) == Decimal(price["amounts"]["input"])
    (long,) = on("workload", await figures(connect, models=["gpt-5.4"], input_tokens=300_000, language="en"))
    assert any("more than 272,000 input tokens" in note for note in long["notes"])


async def test_a_resellers_price_is_said_to_be_one_and_never_compared(connect: Connect) -> None:
    answer = await ask(connect, TOOL, models=["Llama 3.1 405B", "GPT-4"], bases=["api_price"], language="en")
    found = answer["groups"][0]["figures"]
    assert {figure["kind"] for figure in found} == {"reseller", "list_price"}
    assert not any("times_lowest" in figure for figure in found)
    assert any("no list price from the maker" in note for note in answer["notes"])


async def test_money_reads_in_both_languages(connect: Connect) -> None:
    korean = await ask_text(connect, TOOL, models=["GPT-4"], language="ko")
    assert "약 4,220만 달러" in korean
    assert "100만 토큰당 입력 30 달러, 출력 60 달러" in korean


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"input_tokens": -1}, "`input_tokens`"),
        ({"input_tokens": 10, "requests": 0}, "`requests`"),
        ({"bases": ["training"]}, "`bases` cannot be `training`: allowed are final_training_run"),
        ({"cursor": "abc"}, "`cursor` does not belong"),
    ],
)
async def test_what_cannot_be_asked_is_said(connect: Connect, arguments: dict[str, Any], sentence: str) -> None:
    assert sentence in await ask_text(connect, TOOL, **arguments, language="en")


async def test_every_page_is_of_the_same_list(connect: Connect) -> None:
    arguments: dict[str, Any] = {"models": ["OpenAI", "Anthropic", "Google"], "language": "en"}
    brief = [(figure["model"], figure["cost_basis"]) for figure in await figures(connect, **arguments)]
    assert len(brief) == len(set(brief))
    assert len(on("api_price", await figures(connect, **arguments))) == 12
