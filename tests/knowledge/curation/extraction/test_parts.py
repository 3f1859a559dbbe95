"""Splitting of texts into parts."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.extraction.parts import preceding_text, split_text


@given(st.text(alphabet="가나. \n", max_size=300), st.integers(1, 80))
def test_parts_are_the_whole_text_in_order_and_none_is_longer(text: str, longest: int) -> None:
    cut = list(split_text(text, 0, longest))
    assert "".join(text[part.start : part.end] for part in cut) == text
    assert all(0 < len(part) <= longest for part in cut)


def test_a_text_is_cut_between_paragraphs_where_there_are_any() -> None:
    text = "가나다라.\n마바사.\n\n아자차카타파하. 거너더러."
    first, second = split_text(text, 0, 18)
    assert text[first.start : first.end] == "가나다라.\n마바사.\n\n"
    assert preceding_text(text, second) == "가나다라.\n마바사."
    assert preceding_text(text, first) == ""
