"""Kinds of drafts against the quoted words."""

import pytest

from tests.knowledge.curation.verification.invented_articles import refuse


@pytest.mark.parametrize("kind", ["forecast", "hypothesis"])
def test_a_kind_that_the_words_give_no_ground_for_is_refused(kind: str) -> None:
    assert [refusal.about for refusal in refuse(kind=kind)] == ["kind"]
