"""Modality of words in both languages."""

import pytest

from knowledge.curation.verification.readers import factuality


@pytest.mark.parametrize(
    "words",
    [
        "커질 것으로 전망된다",
        "늘어날 것이다",
        "is expected to grow",
        "will employ 900 people",
        "내다봤다",
        "줄 것으로 보인다",
    ],
)
def test_words_that_look_ahead(words: str) -> None:
    assert factuality.is_forecast(words)


@pytest.mark.parametrize(
    "words", ["느는 것이다", "알고 계실 것입니다", "예측하는 기술", "he was willing", "a forecasting tool"]
)
def test_words_that_do_not_look_ahead(words: str) -> None:
    assert not factuality.is_forecast(words)


def test_a_contrast_supposes_nothing() -> None:
    assert not factuality.is_supposition("작년이 살피는 해였다면 올해는 보여 주는 해다")
    assert factuality.is_supposition("값이 내린다면 수요가 는다")
    assert factuality.is_supposition("If prices doubled, the plant would have to close.")


def test_the_rest_of_a_clause_counts_that_a_quote_breaks_off() -> None:
    body = "공실률이 5% 미만으로 안정될 것이라고 내다봤다. 끝."
    assert factuality.is_forecast(factuality.rest_of_clause(body, body.index("될"), through=True))
    assert factuality.rest_of_clause(body, body.index("이 5%"), through=False) == ""
