"""Speakers and attributions of drafts against the text."""

from typing import Any

import pytest

from tests.knowledge.curation.verification.invented_articles import format_refusals, refuse, verdict

_SAID: dict[str, Any] = {
    "statement_ko": "민서준 대표는 가람 2가 틀리는 비율이 4% 미만이라고 말했다.",
    "statement_en": "Min Seo-jun said that Garam 2 errs in less than 4% of cases.",
    "quotes": ["가람 2의 응답 오류율은 4% 미만"],
    "context": [],
    "speaker": "민서준",
    "attribution": "direct",
}


@pytest.mark.parametrize(
    ("changes", "about", "why"),
    [
        ({"speaker": "han-doyun"}, "speaker", "민서준"),
        ({"speaker": "ines-halloran"}, "speaker", "does not name"),
        ({"speaker": "아무개"}, "speaker", "not in the knowledge base"),
        ({"speaker": None}, "speaker", "does not fit"),
        ({"attribution": "author"}, "speaker", "does not fit"),
    ],
)
def test_another_speaker_is_refused(changes: dict[str, Any], about: str, why: str) -> None:
    found = refuse(**_SAID | changes)
    assert about in {refusal.about for refusal in found}
    assert why in format_refusals(found)


def test_the_speaker_of_the_text_is_accepted() -> None:
    assert verdict(**_SAID).status == "accepted"


def test_words_without_quotation_marks_are_not_direct_and_without_reporting_not_indirect() -> None:
    plain: dict[str, Any] = {
        "quotes": ["직원 수는 1,400명에서 1,250명으로 감소했다."],
        "context": [],
        "speaker": "haesol-tech",
    }
    said_so: dict[str, Any] = {
        "statement_ko": "해솔테크의 직원 수는 줄었다.",
        "statement_en": "Haesol Tech's staff shrank.",
    }
    for attribution, why in (("direct", "quotation marks"), ("indirect", "reporting"), ("unnamed", "unnamed source")):
        assert why in format_refusals(refuse(**plain, **said_so, attribution=attribution))


def test_what_somebody_said_is_not_the_articles_own_voice() -> None:
    found = refuse(
        statement_ko="국내 시장은 1조 8천억 원이었다.",
        statement_en="The domestic market was 1.8 trillion won.",
        quotes=["2025년 시장 규모는 1조 8천억 원이었다."],
        context=[],
        entities=[],
    )
    assert [refusal.about for refusal in found] == ["attribution"]
    assert "pureun-research" in found[0].mend
