"""Malformed drafts lose themselves and no others."""

from typing import Any

import pytest

from knowledge.curation.verification import Draft
from tests.knowledge.curation.verification.invented_articles import (
    format_refusals,
    make_draft,
    make_figure_draft,
    verify,
)


@pytest.mark.parametrize(
    ("bad", "about", "why"),
    [
        ({}, "statement_ko", "is missing"),
        (make_draft(kind="rumour"), "kind", "Write one of figure, fact"),
        (make_draft(quotes="매개변수를 70억 개로 줄였다"), "quotes", "Write it as a list"),
        (make_draft(quotes=[]), "quotes", "Give at least 1"),
        (make_draft(quotes=["x" * 601]), "quotes.1", "Cut it to 600"),
        (make_draft(entitys=["x"]), "entitys", "Did you mean ‘entities’"),
        (make_draft(trends=["small-models"]), "trends", "object of names and stances"),
        (make_draft(figures=[{"measure": "x"}]), "figures.1.subject", "is missing"),
        (make_figure_draft({"bound": "roughly"}), "figures.1.bound", "Write one of exact"),
        (make_draft(name="Not A Slug"), "name", "Write it like"),
        ("a string", "draft", "Write it as an object"),
        (None, "draft", "Write it as an object"),
        ([[]] * 3, "draft", "Write it as an object"),
    ],
)
def test_a_malformed_draft_is_refused_with_what_is_allowed(bad: Any, about: str, why: str) -> None:
    found = verify(bad, make_draft())
    assert [verdict.status for verdict in found.verdicts] == ["refused", "accepted"]
    refusals = [verdict for verdict in found.verdicts[0].refusals if verdict.about == about]
    assert why in format_refusals(refusals)


def test_the_schema_is_small_and_says_what_each_field_is() -> None:
    schema = Draft.model_json_schema()
    assert len(str(schema)) < 7000
    assert schema["properties"]["quotes"]["maxItems"] == 5
    assert "letter for letter" in schema["properties"]["quotes"]["description"]
