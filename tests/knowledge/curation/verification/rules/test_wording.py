"""Statements in our own plain words."""

from typing import Any

import pytest

from tests.knowledge.curation.verification.invented_articles import format_refusals, make_context, refuse, verdict


@pytest.mark.parametrize(
    ("about", "statement", "why"),
    [
        ("statement_ko", "가람 2를 학습하는 데 든 비용은 약 320만 달러로 알려졌다.", "copies the wording"),
        ("statement_ko", "가람 2는 매개변수가 70억 개이다.\u202e", "hidden characters"),
        ("statement_ko", "가람 2는 매개변수가\n70억 개이다.", "hidden characters, line breaks"),
        ("statement_ko", "가람 2는 70억 개, https://example.org 참조", "address"),
        ("statement_en", "Garam 2 has <b>7 billion</b> parameters.", "markup"),
        ("statement_en", "Garam 2 has 7 billion parameters. ![x](y) `run`", "markup"),
        ("statement_ko", "Garam 2 has 7 billion parameters.", "is not Korean"),
        ("statement_en", "가람 2는 매개변수가 70억 개이다.", "is not English"),
    ],
)
def test_a_statement_that_is_not_fit_to_be_kept_is_refused(about: str, statement: str, why: str) -> None:
    changes: dict[str, Any] = {about: statement}
    found = refuse(**changes)
    assert why in format_refusals([refusal for refusal in found if refusal.about == about])


def test_names_and_titles_may_be_shared() -> None:
    title = "해솔테크, 소형 모델 ‘가람 2’ 공개… “전기료 부담 덜겠다”"
    statement = "해솔테크의 글 제목은 ‘해솔테크, 소형 모델 '가람 2' 공개… "
    assert "worded" not in format_refusals(
        refuse(make_context(title=title), statement_ko=statement + "…’이며 70억 개를 말한다.")
    )
    assert verdict().status == "accepted"
