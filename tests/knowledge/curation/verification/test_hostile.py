"""Hostile values in any field: each is answered, in characters that can be shown."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.text.sanitize import strip_hidden
from tests.knowledge.curation.verification.invented_articles import make_draft, make_figure_draft, verify

pytestmark = pytest.mark.slow

_WORDS = st.text(max_size=60) | st.sampled_from(
    [
        "9" * 300 + "%",
        "1e999",
        "-0",
        "∞",
        "\ud800",
        "\u202e70억 개",
        "다면 " * 20,
        '"' * 50,
        "1,2,3.4.5",
        "%p%p",
        "가람 2",
    ]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=8,
)
_FIELDS = st.sampled_from([*make_draft(), "figures", "speaker", "attribution", "period", "name", "why", "supersedes"])
_OF_FIGURE = st.sampled_from(["value", "upper", "raw", "unit", "period", "subject", "measure", "currency_year"])


def _is_shown(found: Any) -> bool:
    said = json.dumps([verdict.model_dump() for verdict in found.verdicts], ensure_ascii=False)
    return strip_hidden(said) == said and len(said) < 20_000


@given(_FIELDS, _JSON)
@settings(max_examples=300, deadline=None)
def test_any_value_in_any_field_is_answered(field: str, value: Any) -> None:
    changes: dict[str, Any] = {field: value}
    found = verify(make_draft(**changes), make_draft(), value)
    assert len(found.verdicts) == 3
    assert _is_shown(found)


@given(_OF_FIGURE, _JSON)
@settings(max_examples=200, deadline=None)
def test_any_value_in_a_figure_is_answered(field: str, value: Any) -> None:
    found = verify(make_figure_draft({field: value}))
    assert len(found.verdicts) == 1
    assert _is_shown(found)


@given(_WORDS, _WORDS)
@settings(max_examples=200, deadline=None)
def test_any_statement_is_answered(ko: str, en: str) -> None:
    assert _is_shown(verify(make_draft(statement_ko=ko, statement_en=en)))
