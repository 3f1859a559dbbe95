"""Passages: how a text is cut, which of them answer together, and names known by their sound."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.library import SqliteStore
from knowledge.model.records import Passage
from knowledge.search.passages import split_passages
from knowledge.store.store import Question

SENTENCE = "달빛연구소는 오늘도 새 모형을 만든다. "
TEXTS = (
    st.text("가나 .!?\n", max_size=80)
    | st.text(max_size=200)
    | st.lists(
        st.sampled_from([SENTENCE, "별이 뜬다!\n", "\n\n", "끝없는 말 " * 60, "“왔나?” 물었다. ", "3.5배 "]),
        max_size=60,
    ).map("".join)
)


@given(TEXTS)
@example("")
@example("\n \n")
def test_every_passage_is_the_slice_of_the_text_that_it_says(text: str) -> None:
    for passage in split_passages("moonlight", text):
        assert passage == Passage(
            article="moonlight", start=passage.start, end=passage.end, text=text[passage.start : passage.end]
        )


@given(TEXTS)
def test_passages_stand_in_order_and_do_not_overlap(text: str) -> None:
    passages = split_passages("moonlight", text)
    assert all(one.end <= other.start for one, other in pairwise(passages))


@given(TEXTS)
def test_passages_cover_all_text_that_is_not_blank(text: str) -> None:
    end = 0
    for passage in split_passages("moonlight", text):
        assert not text[end : passage.start].strip()
        end = passage.end
    assert not text[end:].strip()


@given(TEXTS)
def test_no_passage_is_blank(text: str) -> None:
    assert all(passage.text.strip() for passage in split_passages("moonlight", text))


@given(TEXTS)
def test_no_passage_goes_on_after_a_line_break_that_ends_a_paragraph(text: str) -> None:
    for passage in split_passages("moonlight", text):
        before, _, _ = passage.text.rpartition("\n")
        assert len(before.rstrip()) < 100


@given(TEXTS)
def test_only_a_passage_of_one_sentence_is_longer_than_500_code_points(text: str) -> None:
    for passage in split_passages("moonlight", text):
        assert len(passage.text) <= 500 or not re.search(r"[.!?。]\s+\S", passage.text)


def test_a_paragraph_is_one_passage() -> None:
    one, other = (SENTENCE * 6).strip(), ("별빛전자는 내일 헌 모형을 버린다. " * 6).strip()
    assert [passage.text for passage in split_passages("moonlight", f"{one}\n{other}")] == [one, other]


def test_a_heading_stays_with_the_paragraph_below_it() -> None:
    paragraph = (SENTENCE * 6).strip()
    assert [passage.text for passage in split_passages("moonlight", f"달빛 특집\n{paragraph}")] == [
        f"달빛 특집\n{paragraph}"
    ]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    passages = split_passages("moonlight", SENTENCE * 60)
    assert len(passages) > 1
    assert max(len(passage.text) for passage in passages) <= 500
    assert all(passage.text.strip().endswith("만든다.") for passage in passages)
    assert all(passage.text.startswith("달빛연구소는") for passage in passages)


def test_a_point_within_a_number_ends_no_sentence() -> None:
    text = "가" * 490 + " 3.5배 " + "나" * 20
    assert [passage.text for passage in split_passages("moonlight", text)] == [text]


def test_a_sentence_that_is_too_long_stays_whole() -> None:
    long = "가나다 " * 300 + "끝."
    assert [passage.text for passage in split_passages("moonlight", f"{SENTENCE}{long} {SENTENCE}")][1] == long


def test_a_blank_text_has_no_passage() -> None:
    assert split_passages("moonlight", "") == split_passages("moonlight", " \n\n\t") == ()


TEXT = (
    "별빛일보\n\n"
    "별빛전자의 HBM 출하량이 올해 크게 늘었다고 업계는 전한다. 장비를 더 들였고 사람도 새로 뽑았다고 한다.\n\n"
    "새 공정의 수율이 60%를 넘었다고 한다. 작곡가 스트라빈스키의 오페라가 이 도시에서 열린다는 소식도 있다.\n"
)


@pytest.mark.parametrize("number", ["", "4"])
@pytest.mark.parametrize("question", ["HBM 수율", "HBM 출하량"])
async def test_words_in_neighbouring_passages_answer_together(question: str, number: str) -> None:
    async with SqliteStore(None) as store:
        await store.add_text(TEXT.replace("HBM", f"HBM{number}"))
        found = await store.search(Question(question))
        assert found.passages
        assert found.whole_passages


async def test_words_that_stand_far_apart_answer_in_part() -> None:
    far, away = TEXT.rstrip().rsplit("\n\n", 1)
    between = "\n\n".join(f"{place}번째로 다른 이야기를 하나 길게 늘어놓아 사이를 벌린다. " * 2 for place in range(3))
    async with SqliteStore(None) as store:
        await store.add_text(f"{far}\n\n{between}\n\n{away}\n")
        found = await store.search(Question("HBM 수율"))
        assert found.passages
        assert not found.whole_passages


async def test_a_name_in_latin_letters_finds_a_passage_by_its_sound() -> None:
    async with SqliteStore(None) as store:
        await store.add_text(TEXT)
        assert (await store.search(Question("What about Stravinsky?"))).passages
        assert (await store.search(Question("What about Rachmaninoff?"))).passages == ()


@pytest.mark.parametrize(("question", "found"), [("별빛", True), ("출하", True), ("스트", False)])
async def test_a_short_word_is_found_in_one_a_little_longer_that_begins_so(question: str, found: bool) -> None:
    async with SqliteStore(None) as store:
        await store.add_text(TEXT)
        answer = await store.search(Question(question))
        assert bool(answer.passages) is found
        assert (answer.unknown_words == ()) is found


async def test_a_korean_name_finds_it_in_latin_letters() -> None:
    async with SqliteStore(None) as store:
        await store.add_text("The opera\n\nA city far away hears Stravinsky tonight, and the mayor is glad of it.\n")
        assert (await store.search(Question("스트라빈스키"))).passages
        assert (await store.search(Question("라흐마니노프"))).passages == ()


async def test_the_same_news_in_two_papers_does_not_crowd_out_others() -> None:
    async with SqliteStore(None) as store:
        for paper in ("별빛일보", "달빛일보"):
            await store.add_text(
                f"{paper}\n\n별빛전자는 수율이 60%를 넘었다고 밝혔고 장비를 더 들이기로 했다고 전했다.\n"
            )
        await store.add_text(
            "은하일보\n\n다른 회사도 수율을 올리려고 공정을 손보며 사람을 새로 뽑는다는 이야기가 있다.\n"
        )
        first, second, third = (one.article for one in (await store.search(Question("수율"))).passages)
    assert {first, third} != {second}
