"""Bar charts and their descriptions in words."""

import pytest
from pydantic import ValidationError

from knowledge.charts.model import Panel, Series, caption, describe
from tests.knowledge.charts.sample_charts import costs, count, counts


def test_a_chart_is_told_with_every_number_and_its_sources() -> None:
    text = describe(counts("en"))
    assert "France: SPRi, as published (Feb 2025) 10; 2025-05-27, first country 9; 2025-05-27, any country 20" in text
    assert text.endswith("Source: Epoch AI, ‘Data on AI Models’ (2025-05-27). CC BY 4.0")


def test_a_bar_is_told_with_its_source_and_what_is_not_known_as_that() -> None:
    text = describe(costs("en"))
    assert "Kimi K2 Thinking: US$4.6 million (AI Times)" in text
    assert "GPT-4: not known" in text


def test_sources_are_named_in_the_language_of_the_chart() -> None:
    assert caption(counts("ko")) == ("출처: Epoch AI, ‘Data on AI Models’ (2025-05-27). CC BY 4.0",)


def test_every_category_has_a_bar_of_every_series() -> None:
    with pytest.raises(ValidationError, match="'first' has 1 bars for 2 categories"):
        Panel(axis="Models", categories=("KOR", "USA"), series=(Series(name="first", bars=(count(1),)),))


def test_an_axis_has_a_known_currency() -> None:
    with pytest.raises(ValidationError, match=r"'dollars' is no currency that is known: .*USD"):
        Panel(axis="Price", unit="dollars", categories=("A",), series=(Series(name="", bars=(count(1),)),))
