"""Statements that say the reverse."""

import pytest

from tests.knowledge.curation.verification.invented_articles import ENGLISH, format_refusals, make_context, refuse


@pytest.mark.parametrize(
    ("quote", "ko", "en", "why"),
    [
        (
            "The company did not disclose how many chips it sold.",
            "회사는 칩 판매량을 밝혔다.",
            "The company disclosed its sales of chips.",
            "drops the negation",
        ),
        (
            "Revenue rose 35% to €420 million last year",
            "매출은 35% 감소했다.",
            "Revenue fell by 35%.",
            "the direction",
        ),
        (
            "Kestrel 3 finished third in a test of inference speed.",
            "케스트럴 3는 시험에서 3위로 마치지 못했다.",
            "Kestrel 3 did not finish third in the test.",
            "adds a negation",
        ),
    ],
)
def test_a_reversed_statement_is_refused(quote: str, ko: str, en: str, why: str) -> None:
    found = refuse(
        make_context(ENGLISH), quotes=[quote], context=[], entities=[], statement_ko=ko, statement_en=en, kind="fact"
    )
    assert why in format_refusals(found)
