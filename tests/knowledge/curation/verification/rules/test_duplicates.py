"""Claims that are there already."""

from typing import Any

from tests.knowledge.curation.verification.ground import draft, ground, judged, said, table


def test_the_same_claim_twice_in_a_call_is_accepted_once() -> None:
    found = judged(draft(), draft(name="again"))
    assert [one.status for one in found.verdicts] == ["accepted", "refused"]
    assert found.claims[0].id in found.verdicts[1].refusals[0].problem


def test_a_claim_of_the_article_or_of_a_copy_of_it_is_named() -> None:
    [claim] = judged(draft(name="first")).claims
    there = claim.model_copy(update={"id": "a-copy.first", "article": "a-copy"})
    for known in (claim, there):
        again = judged(draft(), on=ground(claims=(known,)))
        assert known.id in said(list(again.verdicts[0].refusals))


def test_the_same_figure_on_the_same_words_is_the_same_claim() -> None:
    other: dict[str, Any] = {
        "statement_ko": "70억 개가 가람 2의 매개변수 수이다.",
        "statement_en": "7 billion is Garam 2's parameter count.",
    }
    found = judged(table(), table(**other))
    assert [one.status for one in found.verdicts] == ["accepted", "refused"]


def test_a_draft_may_repeat_the_claim_that_it_supersedes() -> None:
    [old] = judged(draft(name="first")).claims
    on = ground(claims=(old,))
    found = judged(draft(supersedes=old.id, why="The entity was missing."), on=on)
    assert [(one.claim, one.older) for one in found.replacements] == [(found.claims[0].id, old.id)]
    assert found.claims[0].id != old.id
    assert "why: is missing" in said(list(judged(draft(supersedes=old.id), on=on).verdicts[0].refusals))
    wrong = judged(draft(supersedes="other.claim", why="Because."), on=on).verdicts[0]
    assert "not a claim of this article" in said(list(wrong.refusals))


def test_a_draft_supersedes_only_what_rests_on_its_words_or_measures_the_same() -> None:
    other = draft(
        statement_ko="가람 2는 회사의 시험에서 두 번째였다.",
        statement_en="Garam 2 came second in the company's own test.",
        quotes=["가람 2는 사내 평가에서 경쟁 제품 다섯 종 가운데 2위를 기록했다."],
        context=[],
        entities=["garam-2"],
    )
    [old] = judged(other).claims
    found = judged(draft(supersedes=old.id, why="It is wrong."), on=ground(claims=(old,)))
    assert found.replacements == ()
    assert "`ai-trends-mcp mark`" in said(list(found.verdicts[0].refusals))
    [measured] = judged(table(name="first")).claims
    moved = measured.model_copy(update={"evidence": old.evidence})
    again = judged(table(supersedes=moved.id, why="On other words."), on=ground(claims=(moved,)))
    assert [one.older for one in again.replacements] == [moved.id]
