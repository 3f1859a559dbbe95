"""Quotes stand in the stored text exactly once, or the model is told what to do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.curation.verification.readers.quotes import QuoteSpan, SourceText, find_nearest
from knowledge.curation.verification.rules.wording import anchor_quotes
from knowledge.text import anchoring
from tests.knowledge.curation.verification.invented_articles import (
    ENGLISH,
    KOREAN,
    format_refusals,
    make_article,
    make_context,
    make_draft,
    refuse,
    verdict,
    verify,
)


def test_a_quote_may_have_other_blanks_and_quotation_marks_and_seals_the_texts_own_words() -> None:
    quote = "앞선 제품인\n  가람 1의  매개변수는"
    claim = verify(make_draft(quotes=["매개변수를 70억 개로 줄였다", quote], context=['새 언어 모델 "가람 2"를']))
    assert [KOREAN[piece.start : piece.end] for piece in claim.claims[0].evidence] == [
        "매개변수를 70억 개로 줄였다",
        "앞선 제품인 가람 1의 매개변수는",
        "새 언어 모델 ‘가람 2’를",
    ]


def test_hidden_characters_of_the_text_stand_in_no_quotes_way() -> None:
    body = KOREAN.replace("70억 개로", "70억\u200b 개\u202e로")
    [claim] = verify(make_draft(), on=make_context(body)).claims
    words = body[claim.evidence[0].start : claim.evidence[0].end]
    assert words == "매개변수를 70억\u200b 개\u202e로 줄였다"
    assert anchoring.digest(words) == claim.evidence[0].sha256


def test_a_quote_with_one_word_changed_is_refused_with_the_words_that_are_there() -> None:
    found = refuse(quotes=["매개변수를 70억 개로 늘렸다고 설명했다"])
    assert [refusal.about for refusal in found] == ["quotes.1"]
    assert "매개변수를 70억 개로 줄였다고 설명했다" in found[0].mend


def test_nothing_is_offered_where_nothing_is_near() -> None:
    assert find_nearest("전혀 다른 이야기를 하는 낯선 문장", SourceText(KOREAN)) is None


def test_a_quote_that_stands_twice_is_refused_with_its_places() -> None:
    found = format_refusals(refuse(make_context(ENGLISH), quotes=["Kestrel 3"]))
    assert "occurs 2 times in the text (" in found
    assert "Extend it until it occurs once" in found


@pytest.mark.parametrize("quote", ["210억 개였다. 가람 3", "  1 ", "가람", "0억 개로 줄였다", "매개변수를 7"])
def test_a_quote_that_is_too_short_or_cuts_a_number_is_refused(quote: str) -> None:
    assert any(refusal.about == "quotes.1" for refusal in refuse(quotes=[quote]))


def test_a_quote_that_is_given_twice_is_one_piece_of_evidence() -> None:
    quote = "매개변수를 70억 개로 줄였다"
    [claim] = verify(make_draft(quotes=[quote, quote])).claims
    assert [piece.role for piece in claim.evidence] == ["states", "context"]


def test_a_negation_may_not_be_cut_off() -> None:
    found = refuse(quotes=["이 평가는 외부 검증을 거치"], context=["가람 2는 사내 평가에서"])
    assert any("negation" in refusal.problem for refusal in found)


@given(st.integers(0, len(ENGLISH) - 1), st.integers(6, 120))
@settings(max_examples=150, deadline=None)
def test_whatever_anchors_is_a_stretch_of_the_text(start: int, length: int) -> None:
    quote = ENGLISH[start : start + length]
    for found in anchor_quotes([quote], "states", SourceText(ENGLISH)):
        if isinstance(found, QuoteSpan):
            assert ENGLISH[found.start : found.end].split() == quote.split()
            evidence = found.evidence(ENGLISH, "corvane-plant")
            assert anchoring.find_sealed(ENGLISH, evidence) == found.start


@given(st.text(max_size=300), st.text(min_size=1, max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_text_and_no_quote_breaks_it(body: str, quote: str) -> None:
    kept = anchoring.normalise(body) or "x"
    for found in anchor_quotes([quote], "states", SourceText(kept)):
        if isinstance(found, QuoteSpan):
            assert kept[found.start : found.end]


@given(st.text(min_size=1, max_size=200), st.sampled_from(["quotes", "context"]))
@settings(max_examples=60, deadline=None)
def test_every_accepted_claim_leads_back_to_the_text(quote: str, field: str) -> None:
    on = make_context()
    for claim in verify(make_draft(**{field: [quote]}), make_draft(), on=on).claims:
        for piece in claim.evidence:
            assert anchoring.digest(on.body[piece.start : piece.end]) == piece.sha256
            assert piece.quote is None


def test_the_text_has_to_be_the_articles() -> None:
    other = make_context().article
    assert other.sha256 != make_article("another", "garam-launch", None).sha256
    assert verdict().status == "accepted"
