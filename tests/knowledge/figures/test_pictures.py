"""What a picture shows of an answer: its numbers, its sources, and no more than may be compared."""

import pytest

from knowledge import KnowledgeBase
from knowledge.comparisons import CostComparison, CountryCounts
from knowledge.errors import UnanswerableError
from knowledge.figures.bars import BarChart
from knowledge.figures.pictures import picture, picture_of
from knowledge.model import Language


def labels(chart: BarChart, series: int) -> list[str]:
    return [bar.label for bar in chart.panels[0].series[series].bars]


async def test_the_published_count_stands_beside_each_vintage(knowledge: KnowledgeBase) -> None:
    chart = await picture(lambda cursor: knowledge.country_counts(cursor=cursor, language="en"))
    (panel,) = chart.panels
    assert panel.categories == ("United States", "China", "South Korea", "France")
    assert [(one.role, one.name) for one in panel.series] == [
        ("published", "Software Policy & Research Institute, as published"),
        ("recount", "2024-07-16, first country"),
        ("recount", "2025-05-27, first country"),
        ("recount", "2025-12-02, first country"),
        ("recount", "2026-02-16, first country"),
        ("recount", "2026-02-16, any country"),
    ]
    assert labels(chart, 0) == ["128", "95", "14", "10"]
    assert labels(chart, 2) == ["129", "98", "14", "9"]
    assert any(
        "Epoch AI" in one.name and "2026-02-16" in one.vintage and "CC BY 4.0" in one.licence for one in chart.sources
    )


@pytest.mark.parametrize(("language", "said"), [("ko", "발표 없음"), ("en", "not published")])
async def test_what_nobody_published_is_no_bar(knowledge: KnowledgeBase, language: Language, said: str) -> None:
    chart = picture_of([await knowledge.country_counts(["South Korea", "Japan"], detail="full", language=language)])
    published = chart.panels[0].series[0]
    assert [bar.value for bar in published.bars] == [14, None]
    assert published.bars[1].label == said


async def test_each_basis_has_a_panel_of_its_own_on_a_log_axis(knowledge: KnowledgeBase) -> None:
    answer = await knowledge.compare_costs(["GPT-4", "Kimi K2 Thinking"], detail="full", language="en")
    chart = picture_of([answer])
    assert [panel.heading for panel in chart.panels] == [group.meaning for group in answer.groups if group.figures]
    assert all(panel.log and panel.unit == "USD" for panel in chart.panels)
    assert "never compare bars of different panels" in chart.subtitle
    assert "USD (2023)" in chart.panels[1].axis
    names = [one.name for one in chart.panels[-1].series]
    assert names == ["input", "cached input", "output"]
    gpt_4 = next(place for place, name in enumerate(chart.panels[-1].categories) if name.casefold() == "gpt-4")
    assert chart.panels[-1].series[1].bars[gpt_4].label == "not listed"


async def test_a_panel_that_lacks_figures_says_so(knowledge: KnowledgeBase) -> None:
    chart = await picture(lambda cursor: knowledge.compare_costs(cursor=cursor, language="en"))
    amortised = next(panel for panel in chart.panels if "amortised" in panel.heading)
    assert len(amortised.categories) == 16
    assert amortised.remark.startswith("Only the lowest 16 of ")


@pytest.mark.parametrize(
    "answer", [CountryCounts(language="en", counts=(), countries_known=()), CostComparison(language="en", groups=())]
)
def test_an_answer_without_numbers_is_not_drawn(answer: CountryCounts | CostComparison) -> None:
    with pytest.raises(UnanswerableError, match="no number to draw"):
        picture_of([answer])
