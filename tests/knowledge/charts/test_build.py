"""Charts built from answers: numbers, sources, and only comparable values."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from knowledge import KnowledgeBase
from knowledge.charts.build import build_chart, chart_pages
from knowledge.charts.model import BarChart, Panel, describe
from knowledge.figures import messages
from knowledge.model.errors import UnanswerableError
from knowledge.model.records import CostBasis, CostPart, Language, Population
from knowledge.queries.figure_answers import (
    CostComparison,
    CostFigure,
    CostGroup,
    CostSource,
    CountryCounts,
    CountryRecount,
)

WORLD = "USA CHN KOR FRA JPN GBR DEU CAN ISR SGP ARE RUS FIN AUS".split()


def labels(panel: Panel, series: int) -> list[str]:
    return [bar.label for bar in panel.series[series].bars]


def names(panel: Panel) -> list[str]:
    return [series.name for series in panel.series]


def apart(panel: Panel) -> list[str]:
    """Categories whose bar is marked as not comparable."""
    bars = panel.series[0].bars
    return [name for name, bar in zip(panel.categories, bars, strict=True) if bar.apart]


def recount(
    period: str, counts: dict[str, int], vintage: str = "2026-02-16", population: Population = "large_scale"
) -> CountryRecount:
    return CountryRecount(
        source="Epoch AI", population=population, vintage=vintage, rule="first", period=period, rows=9, counts=counts
    )


def cost(
    model: str,
    amount: str,
    kind: CostSource = "list_price",
    source: str = "OpenAI (genai-prices 0.2.3)",
    basis: CostBasis = "api_price",
    parts: Sequence[CostPart] = ("input",),
    **others: object,
) -> CostFigure:
    amounts = dict.fromkeys(parts, Decimal(amount))
    known: dict[str, object] = {"model": model, "cost_basis": basis, "said": f"US${amount}", "amounts": amounts}
    return CostFigure.model_validate(known | {"kind": kind, "source": source} | others)


def costs(*figures: CostFigure, language: Language = "en") -> BarChart:
    bases = dict.fromkeys(figure.cost_basis for figure in figures)
    groups = (
        CostGroup(basis=basis, meaning=basis, figures=tuple(figure for figure in figures if figure.cost_basis == basis))
        for basis in bases
    )
    return chart_pages([CostComparison(language=language, groups=tuple(groups))])


async def test_the_published_count_stands_beside_each_vintage(knowledge: KnowledgeBase) -> None:
    chart = await build_chart(lambda cursor: knowledge.country_counts(cursor=cursor, language="en"))
    (panel,) = chart.panels
    assert panel.heading == "Large-scale models (Epoch AI), 2020–2024"
    assert panel.categories == ("United States", "China", "South Korea", "France")
    assert [(series.role, series.name) for series in panel.series] == [
        ("published", "Software Policy & Research Institute, as published"),
        ("recount", "Epoch AI 2024-07-16, first country (until that day only)"),
        ("recount", "Epoch AI 2025-05-27, first country"),
        ("recount", "Epoch AI 2025-12-02, first country"),
        ("recount", "Epoch AI 2026-02-16, first country"),
        ("recount", "Epoch AI 2026-02-16, any country"),
        ("recount", "Epoch AI 2026-02-16, sole country"),
    ]
    assert labels(panel, 0) == ["128", "95", "14", "10"]
    assert labels(panel, 2) == ["129", "98", "14", "9"]
    assert panel.remark == "Not drawn: 6 more recounts, of other rules or vintages."
    text = describe(chart)
    assert "sole country: only models with one country listed" in text
    assert "Recounted but not drawn: United Kingdom" in text
    assert "A country that is not listed is unknown" not in text
    assert "Source: Software Policy & Research Institute (article korea-large-models)" in text
    assert any("2026-02-16" in source.vintage and "CC BY 4.0" in source.licence for source in chart.sources)


@pytest.mark.parametrize(("language", "expected"), [("ko", "발표 없음"), ("en", "not published")])
async def test_what_nobody_published_is_no_bar(knowledge: KnowledgeBase, language: Language, expected: str) -> None:
    chart = chart_pages([await knowledge.country_counts(["South Korea", "Japan"], detail="full", language=language)])
    published = chart.panels[0].series[0]
    assert [bar.value for bar in published.bars] == [14, None]
    assert published.bars[1].label == expected


async def test_published_counts_never_stand_beside_recounts_of_another_period(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.country_counts(since="2023", until="2023", detail="full", language="ko")
    recounts, published = chart_pages([answer]).panels
    assert recounts.heading == "대규모 모델(Epoch AI), 2023"
    assert {series.role for series in recounts.series} == {"recount"}
    assert published.heading == "대규모 모델(Epoch AI), 2020~2024"
    assert [series.role for series in published.series] == ["published"]


async def test_published_counts_never_stand_beside_another_population(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.country_counts(["한국"], detail="full", language="en")
    notable = recount("2020/2024", {"KOR": 7}, population="notable")
    chart = chart_pages([answer.model_copy(update={"recounts": (notable,)})])
    assert chart.title == "AI models by country"
    assert [(panel.heading, names(panel)) for panel in chart.panels] == [
        ("Notable models (Epoch AI), 2020–2024", ["Epoch AI 2026-02-16, first country"]),
        ("Large-scale models (Epoch AI), 2020–2024", ["Software Policy & Research Institute, as published"]),
    ]


async def test_a_count_that_reads_no_dataset_has_a_panel_of_its_own(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.country_counts(["KOR"], detail="full", language="en")
    other = answer.counts[0].model_copy(update={"dataset": None, "publisher": "Another", "population": "AI models"})
    headings = [panel.heading for panel in chart_pages([answer.model_copy(update={"counts": (other,)})]).panels]
    assert headings == ["Large-scale models (Epoch AI), 2020–2024", "AI models (as listed by Another), 2020–2024"]


async def test_years_stand_side_by_side_by_one_rule_in_one_vintage(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.country_counts(
        ["KOR", "FRA"], since="2021", until="2024", per_year=True, detail="full", language="en"
    )
    by_year, published = chart_pages([answer]).panels
    assert by_year.heading == "Large-scale models (Epoch AI), by year"
    assert by_year.categories == ("2021", "2022", "2023", "2024")
    assert names(by_year) == ["South Korea", "France"]
    assert labels(by_year, 0) == ["3", "0", "8", "3"]
    assert by_year.remark == "All by Epoch AI 2026-02-16, first country. Other vintages and rules are not drawn."
    assert published.categories == ("South Korea", "France")


def test_a_year_that_is_not_over_and_one_that_lacks_say_so() -> None:
    part = recount("2026", {"KOR": 1}).model_copy(update={"covers": "part"})
    older = recount("2024", {"KOR": 4}, vintage="2025-05-27")
    rows = (recount("2025", {"KOR": 2}), part, older)
    (panel,) = chart_pages([CountryCounts(language="en", counts=(), recounts=rows, countries_known=())]).panels
    assert panel.categories == ("2025", "2026 (until 2026-02-16 only)")
    assert panel.remark.endswith("Left out because this vintage is not counted for it: 2024.")


@pytest.mark.parametrize(
    ("period", "language", "expected"),
    [
        ("2023-03/2024-06", "en", "2023-03 – 2024-06"),
        ("2023/..", "en", "since 2023"),
        ("2023/..", "ko", "2023 이후"),
        ("../2024", "ko", "2024까지"),
        ("2024", "en", "2024"),
    ],
)
def test_a_period_is_said_in_words(period: str, language: Language, expected: str) -> None:
    answer = CountryCounts(language=language, counts=(), recounts=(recount(period, {"KOR": 1}),), countries_known=())
    assert chart_pages([answer]).panels[0].heading.endswith(f", {expected}")


async def test_all_ten_countries_that_were_named_are_drawn(knowledge: KnowledgeBase) -> None:
    chart = chart_pages([await knowledge.country_counts(WORLD[:10], detail="full", language="en")])
    assert len(chart.panels[0].categories) == 10
    assert "A country that is not listed is unknown, not zero." in describe(chart)


def test_countries_that_are_left_out_are_named() -> None:
    rows = tuple(recount("2024", dict.fromkeys(order, 2), vintage=day) for order, day in ((WORLD, "2025-05-27"), (WORLD[::-1], "2026-02-16")))  # fmt: skip
    chart = chart_pages([CountryCounts(language="ko", counts=(), recounts=rows, countries_known=())])
    assert len(chart.panels[0].categories) == 8
    text = describe(chart)
    assert "그리지 않은 나라: " in text
    assert "오스트레일리아" in text
    assert "목록에 없는 나라는" not in text


def test_a_panel_without_a_bar_says_that_there_is_none() -> None:
    rows = (recount("2021", {"ISL": 0}),)
    chart = chart_pages([CountryCounts(language="en", counts=(), recounts=rows, countries_known=())])
    assert "There are no bars to draw: every value is 0 or unknown.\nIceland: " in describe(chart)


async def test_each_basis_has_a_panel_of_its_own_on_a_log_axis(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.compare_costs(["GPT-4", "Kimi K2 Thinking"], detail="full", language="en")
    chart = chart_pages([answer])
    meanings = [group.meaning for group in answer.groups if group.figures]
    assert [panel.heading for panel in chart.panels] == [meaning[0].upper() + meaning[1:] for meaning in meanings]
    assert all(panel.log and panel.unit == "USD" for panel in chart.panels)
    assert "do not compare bars of different panels" in chart.subtitle
    assert "USD (2023)" in chart.panels[1].axis
    assert labels(chart.panels[1], 0) == ["about US$42.2 million"]
    assert "The currency year of these amounts is not stated" in chart.panels[2].remark
    assert names(chart.panels[-1]) == ["input", "cached input", "output"]
    gpt_4 = next(place for place, name in enumerate(chart.panels[-1].categories) if name.casefold() == "gpt-4")
    assert chart.panels[-1].series[1].bars[gpt_4].label == "not listed"


@pytest.mark.parametrize(("language", "expected"), [("ko", "출처가 약한"), ("en", "source chain is thin")])
async def test_what_is_doubtful_of_an_articles_figure_stands_below_it(
    knowledge: KnowledgeBase, language: Language, expected: str
) -> None:
    answer = await knowledge.compare_costs(["Kimi K2 Thinking"], detail="full", language=language)
    panel = chart_pages([answer]).panels[0]
    assert panel.categories[0].endswith(" *")
    assert panel.footnotes[0].startswith("* ")
    assert expected in panel.footnotes[0]
    assert panel.series[0].bars[0].source == {"ko": "기사 china-ai-value", "en": "article china-ai-value"}[language]
    assert "kimi-k2-thinking-training-cost" not in describe(chart_pages([answer]))


async def test_estimates_on_another_basis_and_guesses_are_marked(knowledge: KnowledgeBase) -> None:
    models = ["DeepSeek-V3", "GPT-4", "GPT-4o", "GPT-4.5"]
    answer = await knowledge.compare_costs(models, bases=["amortised_hardware_energy"], language="en")
    (panel,) = chart_pages([answer]).panels
    assert panel.categories == ("DeepSeek-V3 *", "GPT-4o †", "GPT-4", "GPT-4.5")
    assert apart(panel) == ["DeepSeek-V3 *"]
    assert "it is no estimate of depreciated hardware" in panel.footnotes[0]
    assert panel.footnotes[1] == "† Epoch AI's confidence: Speculative"
    assert "US$5.39 million (Epoch AI, not comparable with the others)" in describe(chart_pages([answer]))


def test_an_estimate_on_another_basis_is_not_comparable_with_a_single_one() -> None:
    otherwise = {"notes": (messages.RECKONED_OTHERWISE.ko,), "currency_year": 2023, "standing": "apart"}
    first, other = (
        cost(name, "5", "dataset", "Epoch AI", "amortised_hardware_energy", ("total",), **more)
        for name, more in (("A", {"currency_year": 2023}), ("B", otherwise))
    )
    assert apart(costs(first, other, language="ko").panels[0]) == ["B *"]


def test_a_figure_of_another_kind_or_year_is_not_comparable() -> None:
    others = [
        cost(f"M{place}", "5", "dataset", "Epoch AI", "whole_development", ("total",), currency_year=2023)
        for place in range(2)
    ]
    reported = cost("M2", "4", "article", "an-article.a-claim", "whole_development", ("total",))
    (panel,) = costs(reported, *others).panels
    assert apart(panel) == ["M2 * †"]
    assert panel.footnotes == (f"* {messages.REPORTED.en}", f"† {messages.YEAR_NOT_STATED.en}")


@pytest.mark.parametrize(("language", "expected"), [("en", "Resellers' prices for API use"), ("ko", "API 재판매 가격")])
def test_resellers_have_a_panel_of_their_own_and_no_two_bars_one_name(language: Language, expected: str) -> None:
    sources = ("HuggingFace (novita) (genai-prices 0.2.3)", "HuggingFace (together) (genai-prices 0.2.3)")
    resold = [cost("Llama", "1", "reseller", source) for source in sources]
    chart = costs(cost("GPT-5", "2"), *resold, cost("Llama", "3", "reseller", sources[0]), language=language)
    assert [panel.heading for panel in chart.panels] == ["Api_price", expected]
    assert chart.panels[1].categories == (
        "Llama (HuggingFace (novita))",
        "Llama (HuggingFace (together))",
        "Llama (HuggingFace (novita)) (2)",
    )


def test_a_provider_is_named_once_and_the_price_list_in_the_caption() -> None:
    chart = costs(cost("GPT-5", "2", parts=("input", "cached_input", "output"), as_of="2026-11-09"))
    assert [series.bars[0].source for series in chart.panels[0].series] == ["OpenAI", "", ""]
    assert [(source.name, source.vintage) for source in chart.sources] == [("genai-prices 0.2.3", "2026-11-09")]


async def test_the_workload_is_in_the_heading_and_amounts_alone_at_bars(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.compare_costs(
        ["GPT-4o", "Kimi K2 Thinking"], bases=["workload"], input_tokens=1000, output_tokens=500, language="en"
    )
    (panel,) = chart_pages([answer]).panels
    assert panel.heading == "Cost of a given workload: 1 request of 1,000 input and 500 output tokens"
    assert all(" " not in label for label in labels(panel, 0))
    assert not panel.log


def test_prices_that_are_far_apart_have_a_log_axis() -> None:
    assert not costs(cost("A", "1"), cost("B", "19")).panels[0].log
    assert costs(cost("A", "1"), cost("B", "20")).panels[0].log


def test_what_floats_made_of_a_price_is_not_shown() -> None:
    assert labels(costs(cost("A", "1.0399999999999998")).panels[0], 0) == ["US$1.04"]


@pytest.mark.parametrize(
    ("parts", "drawn"), [(("input",), 30), (("input", "cached_input", "output"), 20)], ids=["one part", "three parts"]
)
def test_a_panel_that_lacks_figures_says_so_and_keeps_both_ends(parts: tuple[CostPart, ...], drawn: int) -> None:
    (panel,) = costs(*(cost(f"M{place}", str(place), parts=parts) for place in range(1, 74))).panels
    assert len(panel.categories) == drawn
    assert (panel.categories[0], panel.categories[-1]) == ("M1", "M73")
    assert panel.remark.endswith(f"{drawn} of 73 are drawn, spread evenly from the lowest to the highest.")
    (left_out,) = panel.footnotes
    assert left_out.startswith("Not drawn: M")
    assert left_out.count(",") + 1 == 73 - drawn


def test_what_an_article_says_is_drawn_however_many_figures_there_are() -> None:
    estimates = [cost(f"M{place}", str(place), "dataset", "Epoch AI", "cloud_compute", ("total",)) for place in range(1, 90)]  # fmt: skip
    reported = cost("Reported", "44.5", "article", "an-article.a-claim", "cloud_compute", ("total",))
    assert "Reported *" in costs(*estimates, reported).panels[0].categories


async def test_a_maker_of_many_models_is_said_to_be_shown_in_part(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.compare_costs(["OpenAI"], detail="full", language="en")
    prices, newest = chart_pages([answer]).notes
    assert prices.startswith("API list prices: genai-prices")
    assert newest == messages.NEWEST_OF_MAKERS.en


@pytest.mark.parametrize(
    "answer", [CountryCounts(language="en", counts=(), countries_known=()), CostComparison(language="en", groups=())]
)
def test_an_answer_without_numbers_is_not_drawn(answer: CountryCounts | CostComparison) -> None:
    with pytest.raises(UnanswerableError, match="no numbers to draw"):
        chart_pages([answer])


async def test_an_hour_that_a_price_depends_on_is_a_footnote(knowledge: KnowledgeBase) -> None:
    at = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    answer = await knowledge.compare_costs(["DeepSeek V4.1 Flash", "GPT-5"], bases=["api_price"], at=at, language="en")
    chart = chart_pages([answer])
    assert any("depends on the hour" in note for note in chart.panels[0].footnotes)
    assert any("2026-11-20 02:00 UTC" in note for note in chart.notes)
