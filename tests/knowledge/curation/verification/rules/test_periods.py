"""Periods of drafts: EDTF, and years that the quoted words have."""

import pytest

from knowledge.curation.verification.rules.periods import check_period
from tests.knowledge.curation.verification.invented_articles import format_refusals, refuse


@pytest.mark.parametrize("period", ["soon", "2024-13", "2025/2024"])
def test_a_period_that_is_not_edtf_is_refused(period: str) -> None:
    violation = check_period("period", period, {2024})
    assert violation
    assert "EDTF" in violation.problem.en


def test_a_year_that_is_not_quoted_is_refused_but_words_may_be_asserted_when_published() -> None:
    assert "‘2024’ is not in the quoted words" in format_refusals(refuse(period="2024"))
    assert not refuse(asserted="2026-03-12")
