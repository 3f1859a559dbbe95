"""Statements in our own plain words, and claims that are there already."""

from typing import Any

import pytest

from tests.knowledge.curation.verification.invented_articles import (
    format_refusals,
    make_context,
    make_draft,
    make_figure_draft,
    refuse,
    verdict,
    verify,
)


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


def test_the_same_claim_twice_in_a_call_is_accepted_once() -> None:
    found = verify(make_draft(), make_draft(name="again"))
    assert [verdict.status for verdict in found.verdicts] == ["accepted", "refused"]
    assert found.claims[0].id in found.verdicts[1].refusals[0].problem


def test_a_claim_of_the_article_or_of_a_copy_of_it_is_named() -> None:
    [claim] = verify(make_draft(name="first")).claims
    there = claim.model_copy(update={"id": "a-copy.first", "article": "a-copy"})
    for known in (claim, there):
        again = verify(make_draft(), on=make_context(claims=(known,)))
        assert known.id in format_refusals(list(again.verdicts[0].refusals))


def test_the_same_figure_on_the_same_words_is_the_same_claim() -> None:
    other: dict[str, Any] = {
        "statement_ko": "70억 개가 가람 2의 매개변수 수이다.",
        "statement_en": "7 billion is Garam 2's parameter count.",
    }
    found = verify(make_figure_draft(), make_figure_draft(**other))
    assert [verdict.status for verdict in found.verdicts] == ["accepted", "refused"]


def test_a_draft_may_repeat_the_claim_that_it_supersedes() -> None:
    [old] = verify(make_draft(name="first")).claims
    on = make_context(claims=(old,))
    found = verify(make_draft(supersedes=old.id, why="The entity was missing."), on=on)
    assert [(replacement.claim, replacement.older) for replacement in found.replacements] == [
        (found.claims[0].id, old.id)
    ]
    assert found.claims[0].id != old.id
    assert "why: is missing" in format_refusals(list(verify(make_draft(supersedes=old.id), on=on).verdicts[0].refusals))
    wrong = verify(make_draft(supersedes="other.claim", why="Because."), on=on).verdicts[0]
    assert "not a claim of this article" in format_refusals(list(wrong.refusals))


def test_a_draft_supersedes_only_what_rests_on_its_words_or_measures_the_same() -> None:
    other = make_draft(
        statement_ko="가람 2는 회사의 시험에서 두 번째였다.",
        statement_en="Garam 2 came second in the company's own test.",
        quotes=["가람 2는 사내 평가에서 경쟁 제품 다섯 종 가운데 2위를 기록했다."],
        context=[],
        entities=["garam-2"],
    )
    [old] = verify(other).claims
    found = verify(make_draft(supersedes=old.id, why="It is wrong."), on=make_context(claims=(old,)))
    assert found.replacements == ()
    assert "`ai-trends-mcp mark`" in format_refusals(list(found.verdicts[0].refusals))
    [measured] = verify(make_figure_draft(name="first")).claims
    moved = measured.model_copy(update={"evidence": old.evidence})
    again = verify(make_figure_draft(supersedes=moved.id, why="On other words."), on=make_context(claims=(moved,)))
    assert [replacement.older for replacement in again.replacements] == [moved.id]
