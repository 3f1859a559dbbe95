"""Tests of pages, token budgets and cursors."""

import math
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel

from knowledge.model.errors import UnanswerableError
from knowledge.model.records import Language
from knowledge.queries.pagination import (
    ANSWER_TOKENS,
    BYTES_PER_TOKEN,
    ListPage,
    count_tokens,
    fill_page,
    read_cursor,
    write_cursor,
)

LANGUAGES: tuple[Language, ...] = get_args(Language)
CALLS = st.lists(st.text(max_size=10) | st.integers() | st.none() | st.tuples(st.text(max_size=5)), max_size=4)


class Item(BaseModel):
    text: str
    remark: str | None = None


ITEMS = st.lists(st.text(max_size=60).map(lambda text: Item(text=text)), max_size=12)


def test_a_value_takes_a_token_for_every_two_and_a_half_bytes_of_its_json_rounded_up() -> None:
    json = '{"text":"달빛"}'.encode()
    assert BYTES_PER_TOKEN == 2.5
    assert count_tokens(Item(text="달빛")) == math.ceil(len(json) / 2.5)


def test_what_is_unknown_takes_no_room() -> None:
    assert count_tokens(Item(text="달빛", remark=None)) < count_tokens(Item(text="달빛", remark=""))


def test_a_full_answer_has_more_room_than_a_brief_one() -> None:
    assert ANSWER_TOKENS["brief"] < ANSWER_TOKENS["full"]


@given(ITEMS, st.integers(1, 5), st.integers(0, 80))
def test_pages_read_one_after_another_hold_every_item_once(items: list[Item], limit: int, tokens: int) -> None:
    read: list[Item] = []
    start: int | None = 0
    while start is not None:
        page, following = fill_page(items, start, limit, tokens)
        assert len(page) <= limit
        assert following is None or following == start + len(page) > start
        read += page
        start = following
    assert read == items


@given(ITEMS, st.integers(1, 5), st.integers(0, 80))
def test_windows_followed_by_their_cursors_hold_every_item_once(items: list[Item], limit: int, tokens: int) -> None:
    read: list[Item] = []
    cursor: str | None = ""
    while cursor is not None:
        page = ListPage.at(cursor, len(items), limit, "en", "question")
        shown, cursor = page.fill(items[page.window], tokens)
        read += shown
    assert read == items


@given(st.integers(1, 9), st.integers(0, 9))
def test_a_cursor_past_the_end_is_refused(total: int, beyond: int) -> None:
    cursor = write_cursor(total + beyond, "question") or ""
    with pytest.raises(UnanswerableError):
        ListPage.at(cursor, total, 5, "en", "question")


@given(ITEMS, st.integers(1, 5), st.integers(0, 80))
def test_a_page_of_several_items_fits_and_could_hold_no_more(items: list[Item], limit: int, tokens: int) -> None:
    page, following = fill_page(items, 0, limit, tokens)
    assert len(page) <= 1 or sum(map(count_tokens, page)) <= tokens
    if following is not None and len(page) < limit:
        assert sum(map(count_tokens, page)) + count_tokens(items[following]) > tokens


def test_an_item_that_fits_no_page_has_one_to_itself() -> None:
    items = [Item(text="가" * 900), Item(text="나")]
    assert fill_page(items, 0, 10, 100) == ((items[0],), 1)


def test_a_page_past_the_end_is_empty_and_the_last() -> None:
    assert fill_page([Item(text="가")], 5, 10, 100) == ((), None)


@given(st.integers(0, 10**6), CALLS, st.sampled_from(LANGUAGES))
def test_a_cursor_leads_back_to_its_place_in_the_same_call(start: int, call: list[object], language: Language) -> None:
    cursor = write_cursor(start, *call)
    assert cursor is not None
    assert read_cursor(cursor, language, *call) == start


@given(st.integers(0, 10**6), CALLS, CALLS)
def test_a_cursor_of_another_call_is_refused(start: int, call: list[object], other: list[object]) -> None:
    assume(call != other)
    with pytest.raises(UnanswerableError):
        read_cursor(write_cursor(start, *call) or "", "ko", *other)


@given(st.text(min_size=1, max_size=40) | st.text("ABCDabcd0123-_=", min_size=1))
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(UnanswerableError):
        read_cursor(cursor, "en", "question")


def test_a_refused_cursor_is_answered_in_the_language_of_the_question_with_what_to_do() -> None:
    with pytest.raises(UnanswerableError, match="빼고 처음부터 다시"):
        read_cursor("x", "ko")
    with pytest.raises(UnanswerableError, match="leave it out to start again"):
        read_cursor("x", "en")


def test_no_cursor_is_the_first_page() -> None:
    assert read_cursor("", "ko", "question") == 0


def test_after_the_last_page_there_is_no_cursor() -> None:
    assert write_cursor(None, "question") is None


def test_a_cursor_can_stand_in_an_address_as_it_is() -> None:
    cursor = write_cursor(1234, "질문??>>") or ""
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert cursor.isascii()
