"""Hanja are read as Koreans read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.analysis import hangul


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("人工知能 半導體", "인공지능 반도체"),
        ("美中 競爭", "미중 경쟁"),
        ("女性의 勞動", "여성의 노동"),
        ("理論과 歷史", "이론과 역사"),
        ("2024年 年間", "2024년 연간"),
        ("比率 確率 成功率", "비율 확률 성공률"),
        ("反 勞動, 北韓의", "반 노동, 북한의"),
    ],
)
def test_a_word_is_read_as_it_sounds_where_it_stands(written: str, read: str) -> None:
    assert hangul.to_hangul(written) == read


def test_a_character_that_is_not_common_stays() -> None:
    assert hangul.to_hangul("龘 한글 kana カ") == "龘 한글 kana カ"


@given(st.text())
def test_no_text_breaks_it_or_changes_its_length(text: str) -> None:
    assert len(hangul.to_hangul(text)) == len(text)
