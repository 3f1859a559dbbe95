import re
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.model.records import Passage
from knowledge.search.passages import cut

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
    for passage in cut("moonlight", text):
        assert passage == Passage(
            article="moonlight", start=passage.start, end=passage.end, text=text[passage.start : passage.end]
        )


@given(TEXTS)
def test_passages_stand_in_order_and_do_not_overlap(text: str) -> None:
    passages = cut("moonlight", text)
    assert all(one.end <= other.start for one, other in pairwise(passages))


@given(TEXTS)
def test_passages_cover_all_text_that_is_not_blank(text: str) -> None:
    end = 0
    for passage in cut("moonlight", text):
        assert not text[end : passage.start].strip()
        end = passage.end
    assert not text[end:].strip()


@given(TEXTS)
def test_no_passage_is_blank(text: str) -> None:
    assert all(passage.text.strip() for passage in cut("moonlight", text))


@given(TEXTS)
def test_no_passage_goes_on_after_a_line_break_that_ends_a_paragraph(text: str) -> None:
    for passage in cut("moonlight", text):
        before, _, _ = passage.text.rpartition("\n")
        assert len(before.rstrip()) < 100


@given(TEXTS)
def test_only_a_passage_of_one_sentence_is_longer_than_500_code_points(text: str) -> None:
    for passage in cut("moonlight", text):
        assert len(passage.text) <= 500 or not re.search(r"[.!?。]\s+\S", passage.text)


def test_a_paragraph_is_one_passage() -> None:
    one, other = (SENTENCE * 6).strip(), ("별빛전자는 내일 헌 모형을 버린다. " * 6).strip()
    assert [passage.text for passage in cut("moonlight", f"{one}\n{other}")] == [one, other]


def test_a_heading_stays_with_the_paragraph_below_it() -> None:
    paragraph = (SENTENCE * 6).strip()
    assert [passage.text for passage in cut("moonlight", f"달빛 특집\n{paragraph}")] == [f"달빛 특집\n{paragraph}"]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    passages = cut("moonlight", SENTENCE * 60)
    assert len(passages) > 1
    assert max(len(passage.text) for passage in passages) <= 500
    assert all(passage.text.strip().endswith("만든다.") for passage in passages)
    assert all(passage.text.startswith("달빛연구소는") for passage in passages)


def test_a_point_within_a_number_ends_no_sentence() -> None:
    text = "가" * 490 + " 3.5배 " + "나" * 20
    assert [passage.text for passage in cut("moonlight", text)] == [text]


def test_a_sentence_that_is_too_long_stays_whole() -> None:
    long = "가나다 " * 300 + "끝."
    assert [passage.text for passage in cut("moonlight", f"{SENTENCE}{long} {SENTENCE}")][1] == long


def test_a_blank_text_has_no_passage() -> None:
    assert cut("moonlight", "") == cut("moonlight", " \n\n\t") == ()
