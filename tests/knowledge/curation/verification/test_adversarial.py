"""Right drafts, and drafts that are wrong in one subtle way."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.knowledge.curation.verification.invented_articles import ENGLISH, KOREAN, make_context, verify

_TABLE = tomllib.loads(Path(__file__).with_name("drafts.toml").read_text(encoding="utf-8"))
_TEXTS = {"ko": KOREAN, "en": ENGLISH}
DRAFTS = [(text, draft) for text, drafts in _TABLE.items() for draft in drafts]


def _verdict(text: str, draft: dict[str, Any]) -> tuple[str, str]:
    clean = {name: value for name, value in draft.items() if name not in {"wrong", "missed"}}
    verdict = verify(clean, on=make_context(_TEXTS[text])).verdicts[0]
    return verdict.status, " | ".join(f"{refusal.about}: {refusal.problem}" for refusal in verdict.refusals)


@pytest.mark.parametrize(("text", "draft"), [case for case in DRAFTS if "wrong" not in case[1]])
def test_a_right_draft_is_accepted(text: str, draft: dict[str, Any]) -> None:
    assert _verdict(text, draft) == ("accepted", "")


@pytest.mark.parametrize(("text", "draft"), [case for case in DRAFTS if "wrong" in case[1]])
def test_a_draft_that_is_wrong_in_one_way_is_refused(text: str, draft: dict[str, Any]) -> None:
    """Those marked as missed hold what a reader without understanding cannot tell; the mark goes when one is told."""
    status, _ = _verdict(text, draft)
    assert status == ("accepted" if draft.get("missed") else "refused"), draft["wrong"]


def test_half_of_them_are_wrong() -> None:
    wrong = [draft for _, draft in DRAFTS if "wrong" in draft]
    assert len(DRAFTS) >= 60
    assert len(wrong) >= len(DRAFTS) // 2
    assert sum(bool(draft.get("missed")) for draft in wrong) <= len(wrong) // 8
