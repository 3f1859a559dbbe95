"""Kinds of drafts, and statements that reverse, deny or swap, against the quoted words."""

import pytest

from tests.knowledge.curation.verification.invented_articles import (
    ENGLISH,
    KOREAN,
    format_refusals,
    make_context,
    refuse,
)

_LINES = """\
다온은 신형 칩을 제때 내놓는 데 실패했다.
누리소프트는 고객 자료를 넘겼다는 보도를 부인했다.
누리소프트가 장부를 고쳤다는 의혹이 나왔다.
공장을 닫는다는 소문은 사실무근이라는 답이 왔다.
다온은 공장을 매각할 의향이 없다고 했다.
다온은 내년부터 칩을 두 배로 공급하겠다고 밝혔다.
다온이 누리소프트를 인수하는 계약을 마쳤다.
"""

_ON = make_context(KOREAN + _LINES)


@pytest.mark.parametrize(
    ("line", "ko", "en", "why"),
    [
        (0, "다온이 새 칩을 시간에 맞춰 선보였다.", "Daon brought its new chip out in time.", "deny or doubt"),
        (1, "누리소프트가 고객의 자료를 건넸다.", "Nurisoft handed over data of its customers.", "deny or doubt"),
        (2, "누리소프트가 회계 장부에 손을 댔다.", "Nurisoft tampered with its books.", "deny or doubt"),
        (3, "공장이 문을 닫는다.", "The plant closes its gates.", "deny or doubt"),
        (4, "다온이 공장을 판다.", "Daon sells its plant.", "deny or doubt"),
        (5, "다온이 칩을 두 배로 공급했다고 발표했다.", "Daon announced that it doubled its supply.", "going to do"),
        (6, "누리소프트가 다온을 인수했다.", "Nurisoft bought Daon.", "swaps who"),
    ],
)
def test_a_statement_that_twists_the_words_is_refused(line: int, ko: str, en: str, why: str) -> None:
    quote = _LINES.splitlines()[line]
    found = refuse(_ON, quotes=[quote], context=[], entities=[], statement_ko=ko, statement_en=en)
    assert why in format_refusals(found)


@pytest.mark.parametrize(
    ("line", "ko", "en"),
    [
        (0, "다온은 새 칩을 시간에 맞춰 선보이지 못했다.", "Daon failed to bring its new chip out in time."),
        (
            2,
            "누리소프트가 장부에 손을 댔다는 의심을 받는다.",
            "Nurisoft is suspected of having tampered with its books.",
        ),
        (5, "다온은 칩 공급을 두 배로 늘리겠다고 발표했다.", "Daon announced that it will double its supply of chips."),
        (6, "누리소프트는 다온에 인수됐다.", "Nurisoft was bought by Daon."),
        (6, "다온이 누리소프트를 사들였다.", "Daon bought Nurisoft."),
    ],
)
def test_a_statement_that_keeps_the_sense_is_accepted(line: int, ko: str, en: str) -> None:
    quote = _LINES.splitlines()[line]
    assert refuse(_ON, quotes=[quote], context=[], entities=[], statement_ko=ko, statement_en=en) == []


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


@pytest.mark.parametrize("kind", ["forecast", "hypothesis"])
def test_a_kind_that_the_words_give_no_ground_for_is_refused(kind: str) -> None:
    assert [refusal.about for refusal in refuse(kind=kind)] == ["kind"]
