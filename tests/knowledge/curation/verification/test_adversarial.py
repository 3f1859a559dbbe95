"""Drafts that are right, and drafts that are wrong in one subtle way: how many of each does the gate tell?"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.knowledge.curation.verification.invented_articles import ENGLISH, KOREAN, make_context, verify

_TABLE = tomllib.loads(Path(__file__).with_name("drafts.toml").read_text(encoding="utf-8"))
_TEXTS = {"ko": KOREAN, "en": ENGLISH}
DRAFTS = [(text, one) for text, drafts in _TABLE.items() for one in drafts]


def _verdict(text: str, one: dict[str, Any]) -> tuple[str, str]:
    draft = {name: value for name, value in one.items() if name not in {"wrong", "missed"}}
    verdict = verify(draft, on=make_context(_TEXTS[text])).verdicts[0]
    return verdict.status, " | ".join(f"{one.about}: {one.problem}" for one in verdict.refusals)


@pytest.mark.parametrize(("text", "one"), [case for case in DRAFTS if "wrong" not in case[1]])
def test_a_right_draft_is_accepted(text: str, one: dict[str, Any]) -> None:
    assert _verdict(text, one) == ("accepted", "")


@pytest.mark.parametrize(("text", "one"), [case for case in DRAFTS if "wrong" in case[1]])
def test_a_draft_that_is_wrong_in_one_way_is_refused(text: str, one: dict[str, Any]) -> None:
    """Those marked as missed hold what a reader without understanding cannot tell; the mark goes when one is told."""
    status, _ = _verdict(text, one)
    assert status == ("accepted" if one.get("missed") else "refused"), one["wrong"]


def test_half_of_them_are_wrong() -> None:
    wrong = [one for _, one in DRAFTS if "wrong" in one]
    assert len(DRAFTS) >= 60
    assert len(wrong) >= len(DRAFTS) // 2
    assert sum(bool(one.get("missed")) for one in wrong) <= len(wrong) // 8
