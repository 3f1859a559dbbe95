"""Every number of a statement is found, and every year that words name or resolve to from the date of publication."""

from fractions import Fraction

import pytest

from knowledge.curation.verification.readers.numbers import find_numbers, find_numbers_within, find_times


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("모델 14개와 14 large-scale AI models", [14, 14]),
        ("세계 3위, third place, 세 번째", [3, 3, 3]),
        ("GPT-4와 H100", [4, 100]),
        ("2020~2024년", [2020, 2024]),
        ("in 2025, up", [2025]),
        ("costs tripled and sales doubled", [3, 2]),
        ("fell by a third", [Fraction(1, 3)]),
        ("3분의 1, 절반", [Fraction(1, 3), Fraction(1, 2)]),
        ("10 to 12 February 2026", [10, 12, 2, 2026]),
        ("a 200-million-parameter model", [200_000_000]),
        ("하반기 실적", [2]),
        ("모두를 둘러싼 만남", []),
        ("both of them did", []),
    ],
)
def test_numbers_are_found(words: str, values: list[int]) -> None:
    found = [end for number in find_numbers(words) for end in (number.value, number.upper) if end is not None]
    assert found == [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("4% 미만", "less_than"),
        ("4%보다 낮은", "less_than"),
        ("30곳 이상", "at_least"),
        ("more than double", "more_than"),
        ("short of the 70% it wanted", "less_than"),
        ("수조 개", "several"),
        ("4%", "exact"),
    ],
)
def test_what_bounds_a_number_is_read(words: str, bound: str) -> None:
    assert bound in find_numbers(words)[0].bounds


def test_a_bound_that_a_stretch_cuts_off_still_counts() -> None:
    text = "실업률은 4% 미만이다"
    [number] = find_numbers_within(text, 0, text.index("%") + 1)
    assert number.bounds == {"less_than"}
    assert list(find_numbers_within("가격은 1,460만 원", 5, 12)) == []


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
