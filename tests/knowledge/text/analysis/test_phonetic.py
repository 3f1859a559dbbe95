import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.analysis.phonetic import MIN_CONSONANTS, encode


@pytest.mark.parametrize(
    ("latin", "korean"),
    [
        ("anthropic", "앤트로픽"),
        ("karpathy", "카파시"),
        ("microsoft", "마이크로소프트"),
        ("gemini", "제미나이"),
        ("transformer", "트랜스포머"),
        ("scotland", "스코틀랜드"),
        ("liverpool", "리버풀"),
        ("english", "잉글리시"),
    ],
)
def test_a_name_sounds_alike_in_both_scripts(latin: str, korean: str) -> None:
    assert set(encode(latin)) & set(encode(korean))


@pytest.mark.parametrize(("one", "other"), [("앤트로픽", "앤스로픽"), ("앤트로픽", "엔쓰로픽"), ("캐버노", "카바노")])
def test_a_name_sounds_alike_in_every_korean_spelling(one: str, other: str) -> None:
    assert encode(one) == encode(other) != ()


@pytest.mark.parametrize("word", ["", "ai", "구글", "4o", "2026", "月", "don't"])
def test_what_is_too_short_or_no_word_of_one_script_has_no_code(word: str) -> None:
    assert not [code for code in encode(word) if len(code) < MIN_CONSONANTS]


@given(
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=30)
    | st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")))
)
def test_a_word_has_few_codes(word: str) -> None:
    assert len(encode(word)) <= 8
