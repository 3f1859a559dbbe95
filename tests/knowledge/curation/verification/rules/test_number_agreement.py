"""Numbers of statements against the words."""

import pytest

from tests.knowledge.curation.verification.invented_articles import format_refusals, make_draft, refuse, verify


@pytest.mark.parametrize(
    ("ko", "en", "why"),
    [
        ("가람 2는 매개변수가 700억 개이다.", "Garam 2 has 70 billion parameters.", "not in the quoted words"),
        ("가람 2는 매개변수가 70억 개 이하이다.", "Garam 2 has at most 7 billion parameters.", "another bound"),
        ("가람 2는 매개변수가 70억 개이다.", "Garam 2 has 70 billion parameters.", "in the other language"),
        ("가람 2는 매개변수가 70억 개이다.", "Garam 2 is a small model.", "lacks ‘70억 개’"),
        ("가람 2는 값이 70억 원이다.", "Garam 2 costs 7 billion won.", "another unit"),
    ],
)
def test_a_number_that_the_words_do_not_bear_out_is_refused(ko: str, en: str, why: str) -> None:
    assert why in format_refusals(refuse(statement_ko=ko, statement_en=en))


def test_digits_of_a_name_that_the_text_has_are_no_amount() -> None:
    assert not refuse(
        statement_ko="가람 2는 매개변수가 70억 개로 줄었다.", statement_en="Garam 2 shrank to 7 billion parameters."
    )


def test_all_faults_come_at_once_and_in_the_language_asked_for() -> None:
    bad = make_draft(
        statement_ko="가람 2는 2031년에 매개변수가 99억 개이다.",
        statement_en="In 2031 Garam 2 has 9.9 billion parameters.",
        kind="forecast",
        entities=["nobody-known"],
        trends={"no-such-trend": "supports"},
        period="2031",
    )
    english, korean = (verify(bad, language=language).verdicts[0].refusals for language in ("en", "ko"))
    assert {refusal.about for refusal in english} >= {
        "statement_ko",
        "statement_en",
        "kind",
        "entities.1",
        "trends",
        "period",
    }
    assert len(english) == len(korean)
    assert "인용한 말" in format_refusals(list(korean))
