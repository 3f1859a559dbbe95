"""Reconciliation of published counts with datasets, for every outcome."""

from datetime import date

import pytest

from knowledge.figures.reconciliation import (
    Reading,
    VintageCount,
    check_count,
    find_nearest,
    find_reading,
    load_readings,
)
from knowledge.model.records import CountingRule
from knowledge.queries.figure_answers import Check

READING = Reading(
    publisher="spri", population="models", period="2020/2024", dataset="large_scale", as_of="2025-02", rows=271
)


def recounted(day: str, first: int, any_: int, sole: int) -> VintageCount:
    counts: dict[CountingRule, int] = {"first": first, "any": any_, "sole": sole}
    return VintageCount(date.fromisoformat(day), counts)


def checked(published: int, *recounts: VintageCount) -> Check:
    return check_count(published, READING, recounts, "en")


def test_the_same_number_by_some_rule_is_a_match() -> None:
    assert checked(14, recounted("2025-05-27", 14, 15, 13)).verdict == "match"


@pytest.mark.parametrize(("published", "counted"), [(10, 9), (10, 11), (1, 2), (100, 105), (128, 129)])
def test_one_model_or_a_twentieth_away_is_near(published: int, counted: int) -> None:
    assert checked(published, recounted("2025-05-27", counted, counted, counted)).verdict == "near"


@pytest.mark.parametrize(("published", "counted"), [(10, 8), (100, 106), (0, 2)])
def test_farther_away_is_a_conflict_where_nothing_explains_it(published: int, counted: int) -> None:
    result = checked(published, recounted("2025-05-27", counted, counted, counted))
    assert result.verdict == "conflict"
    assert "By no rule (first, any, sole)" in result.why


def test_what_was_right_then_and_is_not_now_was_revised() -> None:
    result = checked(128, recounted("2025-05-27", 129, 129, 111), recounted("2026-02-16", 155, 155, 134))
    assert result.verdict == "revised"
    assert result.vintages == {"2026-02-16": "revised", "2025-05-27": "near"}
    assert "129 (first, any), 111 (sole)" in result.why
    assert "155 (first, any), 134 (sole)" in result.why


def test_a_rule_that_was_far_off_then_does_not_make_it_near_now() -> None:
    # 134 by `sole` is near 128 by chance: by that rule it was 111 at the time.
    result = checked(128, recounted("2025-05-27", 129, 129, 111), recounted("2026-02-16", 155, 155, 128))
    assert result.verdict == "revised"


def test_what_was_the_same_then_and_is_near_now_is_near() -> None:
    assert checked(14, recounted("2025-05-27", 14, 14, 14), recounted("2026-02-16", 15, 15, 15)).verdict == "near"


def test_one_rule_must_fit_both_then_and_now() -> None:
    # By `any` it was 100 then, by `first` it is 100 now: no single rule gives it both times.
    result = checked(100, recounted("2025-05-27", 96, 100, 60), recounted("2026-02-16", 100, 140, 60))
    assert (result.verdict, "By first it" in result.why) == ("near", True)
    assert (
        checked(100, recounted("2025-05-27", 90, 100, 60), recounted("2026-02-16", 100, 140, 60)).verdict == "revised"
    )


def test_the_vintages_before_and_after_the_publication_both_count() -> None:
    result = checked(10, recounted("2025-01-10", 9, 9, 9), recounted("2025-03-20", 12, 12, 12))
    assert result.verdict == "revised"
    assert "Vintage 2025-01-10, 22 days before publication: 9" in result.why


def test_how_far_off_the_vintage_is_is_said() -> None:
    assert "Vintage 2027-02-28, 730 days after publication: 14" in checked(14, recounted("2027-02-28", 14, 14, 14)).why


def test_the_day_of_the_periods_end_covers_it_and_the_day_before_does_not() -> None:
    assert checked(14, recounted("2024-12-31", 14, 14, 14)).verdict == "match"
    assert checked(14, recounted("2024-12-30", 14, 14, 14)).verdict == "not_covered"


def test_a_vintage_of_a_day_within_the_period_covers_it_in_part_only() -> None:
    result = checked(128, recounted("2024-07-16", 128, 128, 128))
    assert (result.verdict, result.vintages) == ("not_covered", None)
    both = checked(128, recounted("2024-07-16", 80, 80, 79), recounted("2025-05-27", 128, 128, 111))
    assert both.vintages == {"2025-05-27": "match", "2024-07-16": "not_covered"}
    assert both.verdict == "match"


def test_without_any_vintage_nothing_is_covered() -> None:
    assert checked(128).verdict == "not_covered"


def test_the_nearest_vintage_is_the_one_of_the_fewest_days_apart() -> None:
    days = [recounted(day, 1, 1, 1) for day in ("2024-07-16", "2025-01-10", "2025-05-27", "2026-02-16")]
    assert find_nearest(READING, days).vintage == date(2025, 1, 10)
    tied = [recounted(day, 1, 1, 1) for day in ("2025-01-31", "2025-03-01")]
    assert find_nearest(READING, tied).vintage == date(2025, 3, 1)


def test_the_packaged_reading_is_the_one_of_the_article() -> None:
    assert find_reading("spri", "large-scale-ai-model", "2020/2024") == load_readings()[0]
    assert find_reading("spri", "large-scale-ai-model", "2020/2023") is None
    assert find_reading(None, "large-scale-ai-model", "2020/2024") is None
