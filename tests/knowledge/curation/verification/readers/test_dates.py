"""Years that words name, or resolve to from the date of publication."""

import pytest

from knowledge.curation.verification.readers.dates import find_times
from knowledge.curation.verification.readers.numbers import find_numbers


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
    found = find_times(words, find_numbers(words), "2026-03-12")
    assert found.years == years


def test_without_a_date_of_publication_the_words_themselves_are_the_base() -> None:
    words = "2024년 업계를 돌아본다. 지난해에는"
    assert find_times(words, find_numbers(words), None).years == {2023, 2024}
