"""Texts in parts."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.extraction.parts import preceding_text, split_text


@given(st.text(alphabet="가나. \n", max_size=300), st.integers(1, 80))
def test_parts_are_the_whole_text_in_order_and_none_is_longer(text: str, longest: int) -> None:
    cut = list(split_text(text, 0, longest))
    assert "".join(text[one.start : one.end] for one in cut) == text
    assert all(0 < len(one) <= longest for one in cut)


def test_a_text_is_cut_between_paragraphs_where_there_are_any() -> None:
    text = "가나다라.\n마바사.\n\n아자차카타파하. 거너더러."
    one, other = split_text(text, 0, 18)
    assert text[one.start : one.end] == "가나다라.\n마바사.\n\n"
    assert preceding_text(text, other) == "가나다라.\n마바사."
    assert preceding_text(text, one) == ""
