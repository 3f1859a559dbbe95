"""Parsing of model answers."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.extraction.parsing import parse_drafts
from knowledge.curation.extraction.types import UnreadableAnswerError
from tests.knowledge.curation.extraction.articles import older, size

WHOLE = json.dumps({"drafts": [size(), older()], "entities": []}, ensure_ascii=False)


@pytest.mark.parametrize(
    "answer",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"<think>The article says {{a}} and [b].</think>\n{WHOLE}",
        f"what the article says is clear.</think>{WHOLE}",
        f"Here are the drafts of {{the}} article:\n\n{WHOLE}\n\nTell me if you want more.",
        json.dumps([size(), older()]),
    ],
    ids=["bare", "fenced", "thought", "half a thought", "prose", "a list"],
)
def test_drafts_are_found_in_whatever_is_around_them(answer: str) -> None:
    assert parse_drafts(answer).drafts == (size(), older())


def test_of_an_answer_that_breaks_off_the_whole_drafts_are_used() -> None:
    second = WHOLE.index("누리 2")
    assert parse_drafts(WHOLE[: second + 10]).drafts == (size(),)
    assert parse_drafts("<think>hm</think>```json\n" + WHOLE[: second + 10]).drafts == (size(),)
    assert parse_drafts(WHOLE[: WHOLE.index('{"statement_ko": "누리 2')]).drafts == (size(),)
    assert parse_drafts(WHOLE.removesuffix(', "entities": []}')).drafts == (size(), older())


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("", "answer is empty"),
        ("<think>I wonder and wonder", "answer is empty"),
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        ("I cannot help with that.", "no drafts: ‘I cannot help with that.’"),
        ('{"drafts": "none"}', "no drafts"),
        ('{"claims": []}', "no drafts"),
        ("[1, 2]", "no drafts"),
        ("null", "no drafts"),
        ('{"drafts": [{"statement_ko": "누', "no drafts"),
        ("{" * 100_000, "no drafts"),
        ('{"a":' * 100_000, "no drafts"),
        ("[" * 100_000, "no drafts"),
        ('{"drafts": [{"statement_ko": "\\ud800"}]}', "no drafts"),
    ],
)
def test_an_answer_without_drafts_is_told_from_one_with_none(answer: str, message: str) -> None:
    with pytest.raises(UnreadableAnswerError, match=message):
        parse_drafts(answer)
    assert parse_drafts('{"drafts": [], "entities": []}').drafts == ()


def test_hidden_characters_of_an_answer_are_not_shown() -> None:
    with pytest.raises(UnreadableAnswerError) as caught:
        parse_drafts("\x1b[31mred\u202e no\u200b")
    assert str(caught.value).endswith("‘[31mred no’")


@given(st.integers(0, len(WHOLE)))
def test_no_half_draft_is_ever_used(cut: int) -> None:
    try:
        found = parse_drafts(WHOLE[:cut]).drafts
    except UnreadableAnswerError:
        return
    assert all(draft in (size(), older()) for draft in found)


@given(st.text(alphabet='{}[]",:drafts entis\\`<>/hk1', max_size=60))
def test_any_answer_is_parsed_or_refused(answer: str) -> None:
    with suppress(UnreadableAnswerError):
        parse_drafts(answer)
