"""Years, months and days against the words and the date of publication."""

import pytest

from knowledge.curation.verification.readers.dates import check, find_times
from knowledge.curation.verification.readers.numbers import find_numbers
from tests.knowledge.curation.verification.invented_articles import format_refusals, make_article, refuse


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("지난해 매출", {2025}),
        ("올해 상반기", {2026}),
        ("내년 3월", {2027}),
        ("2024년과 이듬해", {2024, 2025, 2027}),
        ("last year and next year", {2025, 2027}),
        ("매출이 늘었다", set()),
    ],
)
def test_relative_years_are_those_of_the_publication(words: str, years: set[int]) -> None:
    found = find_times(words, find_numbers(words), make_article("x", "an-article", "2026-03-12"))
    assert found.years == years


def test_without_a_date_of_publication_the_words_themselves_are_the_base() -> None:
    words = "2024년 업계를 돌아본다. 지난해에는"
    assert find_times(words, find_numbers(words), make_article("x", "an-article", None)).years == {2023, 2024}


@pytest.mark.parametrize("period", ["soon", "2024-13", "2025/2024"])
def test_a_period_that_is_none_is_refused(period: str) -> None:
    fault = check("period", period, {2024})
    assert fault
    assert "EDTF" in fault.problem.en


def test_a_year_that_nobody_says_is_refused_and_the_date_of_publication_may_be_when_it_was_said() -> None:
    assert "‘2024’ is not in the quoted words" in format_refusals(refuse(period="2024"))
    assert not refuse(asserted="2026-03-12")
