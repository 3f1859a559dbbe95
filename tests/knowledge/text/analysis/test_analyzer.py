import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.text.analysis import analyzer
from knowledge.text.analysis.analyzer import (
    Word,
    extract_words,
    fold,
    has_hangul,
    may_be_name,
    strip_suffixes,
    tokenize,
    weigh_words,
)
from knowledge.text.analysis.hangul import is_hangul

HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1, max_size=8)


def terms(text: str) -> list[str]:
    return [word.term for word in extract_words(text)]


def _content(question: list[Word]) -> list[Word]:
    return [word for word, weight in weigh_words(question) if weight]


@pytest.mark.parametrize(
    "word", ["연구소가", "연구소는", "연구소를", "연구소에서", "연구소의", "연구소와", "연구소부터"]
)
def test_a_korean_noun_has_one_term_whatever_particle_follows(word: str) -> None:
    assert terms(word) == ["연구소"]


@pytest.mark.parametrize("word", ["공개했다", "공개한다", "공개하는", "공개하고"])
def test_a_verb_made_of_a_noun_has_the_term_of_the_noun(word: str) -> None:
    assert terms(word) == ["공개"]


@pytest.mark.parametrize(("one", "other"), [("model", "models"), ("trained", "training"), ("Moonlight's", "moonlight")])
def test_english_words_are_stemmed(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_a_korean_word_counts_once_as_term_and_once_as_pairs_of_syllables() -> None:
    assert extract_words("연구소가") == [Word("연구소가", "연구소", ("연구", "구소", "소가"))]


def test_a_word_of_one_syllable_is_its_own_pair() -> None:
    assert extract_words("달") == [Word("달", "달", ("달",))]


def test_a_latin_word_has_no_pairs_of_syllables() -> None:
    assert extract_words("Moon") == [Word("moon", "moon")]


@given(HANGUL.filter(lambda word: len(word) > 1), HANGUL, HANGUL)
def test_a_compound_holds_the_pairs_of_every_word_inside_it(word: str, before: str, after: str) -> None:
    compound = extract_words(before + word + after)
    assume(compound)
    pairs = {word[start : start + 2] for start in range(len(word) - 1)}
    assert pairs <= set(compound[0].grams)


@given(HANGUL)
def test_stripping_only_shortens_and_leaves_something(word: str) -> None:
    stem = strip_suffixes(word)
    assert word.startswith(stem)
    assert stem


@pytest.mark.parametrize(("word", "noun"), [("뇌는", "뇌"), ("암을", "암"), ("별이", "별"), ("칩에서", "칩")])
def test_a_noun_of_one_syllable_loses_the_commonest_particles(word: str, noun: str) -> None:
    assert strip_suffixes(word) == noun


@pytest.mark.parametrize("word", ["국가", "마을", "나이", "가을", "효과", "아이", "가"])
def test_a_noun_that_only_ends_like_a_particle_stays(word: str) -> None:
    assert strip_suffixes(word) == word


def test_stop_words_and_particles_that_stand_alone_are_no_words() -> None:
    assert extract_words("the of 은 를") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-4o와 6,500개", ["gpt", "4o", "와", "6500", "개"]),
        ("3.5배, 1,234,567.8원!", ["3.5", "배", "1234567.8", "원"]),
        ("Moonlight's 모형", ["moonlight's", "모형"]),
        ("AI연구소", ["ai", "연구소"]),
        ("ＡＩ　모형", ["ai", "모형"]),
        ("", []),
        (" ?!…· ", []),
    ],
)
def test_a_token_is_a_run_of_one_script(text: str, expected: list[str]) -> None:
    assert tokenize(text) == expected


@given(st.text())
def test_tokens_are_neither_blank_nor_broken(text: str) -> None:
    for token in tokenize(text):
        assert token
        assert not set(token) & set(", \n\t")


@given(st.text())
def test_any_text_has_words_each_with_a_term(text: str) -> None:
    assert all(word.term and word.raw for word in extract_words(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ＧＰＴ－４", "gpt-4"), ("AI", "ai"), ("㎏", "kg"), ("美 연구소", "미 연구소"), ("北·美", "북·미")],
)
def test_folding_makes_wide_upper_case_and_hanja_forms_plain(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_text_is_analysed_alike_composed_and_decomposed() -> None:
    assert extract_words("\u1103\u1161\u11af\u1107\u1175\u11be") == extract_words("달빛")


def test_a_question_keeps_the_words_that_say_what_it_is_about() -> None:
    assert _content(extract_words("달빛연구소는 무엇을 공개했나요, 알려줘"))[0].term == "달빛연구소"
    assert [word.raw for word in _content(extract_words("모형이란 무엇인가?"))] == ["모형이란"]


@pytest.mark.parametrize("asking", ["무엇입니까", "누구인가요", "어떻게", "있습니까", "않은", "한다면", "따르면"])
def test_words_that_ask_or_join_tell_nothing_in_any_form(asking: str) -> None:
    assert analyzer.weigh_word(asking) == 0


def test_a_vague_word_tells_half() -> None:
    assert [(word.raw, weight) for word, weight in analyzer.weigh_words(extract_words("달빛연구소의 이름"))] == [
        ("달빛연구소의", 1.0),
        ("이름", 0.5),
    ]


def test_a_question_of_asking_words_only_keeps_them() -> None:
    assert [word.raw for word in _content(extract_words("무엇인가?"))] == ["무엇인가"]


@given(st.lists(HANGUL | st.sampled_from(["무엇", "왜", "누가", "the", "model"])).map(" ".join))
def test_the_words_of_a_question_are_words_of_its_text_and_never_none_without_need(text: str) -> None:
    every, kept = extract_words(text), _content(extract_words(text))
    assert [word for word in every if word in kept] == kept
    assert bool(kept) is bool(every)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("moonlight", "달빛과 moonlight 중 누가 앞서나"),
        ("moonlight", "what did Moonlight say"),
        ("m3", "what does m3 cost"),
        ("별빛전자", "별빛전자 모형"),
    ],
)
def test_a_word_that_looks_like_a_name_may_be_one(word: str, text: str) -> None:
    assert may_be_name(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("which", "Which models are cheap"),
        ("비싸나요", "모형은 왜 비싸나요"),
        ("앞서나요", "누가 앞서나요"),
        ("달", "달 모형"),
    ],
)
def test_a_word_that_only_asks_or_tells_is_no_name(word: str, text: str) -> None:
    assert not may_be_name(word, text)


def test_hangul_is_told_from_other_scripts() -> None:
    assert [is_hangul(word) for word in ("달빛", "moon", "月", "3개")] == [True, False, False, False]
    assert [has_hangul(text) for text in ("moon 달", "ㅋㅋ", "moon 月 3", "")] == [True, True, False, False]


def test_terms_have_a_version_that_an_index_can_remember() -> None:
    assert analyzer.VERSION >= 1
