import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.analysis import analyzer, spelling
from knowledge.text.analysis.spelling import join, split

HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), max_size=20)


def meant(word: str, known: spelling.DocumentFrequency) -> tuple[str, ...]:
    return spelling.correct(analyzer.make_word(word), known)


def known(*terms: str):  # type: ignore[no-untyped-def]
    return lambda term: int(term in terms)


@pytest.mark.parametrize("slip", ["달연빛구소", "달빛연구조", "달빝연구소", "달빛여구소", "달빛연구구소"])
def test_a_slip_means_the_word_that_stands_somewhere(slip: str) -> None:
    assert meant(slip, known("달빛연구소")) == ("달빛연구소",)


@pytest.mark.parametrize("slip", ["starlgiht", "starligt", "starlightt", "starlicht", "sttarlight"])
def test_a_latin_word_is_meant_however_one_letter_is_misspelt(slip: str) -> None:
    assert meant(slip, known("starlight")) == ("starlight",)


@pytest.mark.parametrize("word", ["xtarlight", "moan", "morn", "starlight7", "clown", "moont"])
def test_another_first_letter_a_short_word_or_a_digit_is_no_slip(word: str) -> None:
    assert meant(word, known("starlight", "moon", "starlight8", "crown")) == ()


def test_a_slip_that_may_mean_several_words_means_the_commonest_first() -> None:
    documents = {"연구소": 1, "연구수": 5}
    assert meant("연구사", lambda term: documents.get(term, 0)) == ("연구수", "연구소")


def test_among_short_words_no_letter_is_changed() -> None:
    assert meant("모댈", known("모델")) == ()


def test_neighbours_that_are_one_word_elsewhere_are_joined() -> None:
    first, second = analyzer.extract_words("인공 지능이")
    word = join(first, second, known("인공지능"))
    assert word is not None
    assert word.term == "인공지능"
    assert join(first, second, known()) is None


def test_a_word_without_spaces_is_cut_into_words_and_asking_is_left_out() -> None:
    found, stretches = split("달빛연구소는무엇입니까", known("달빛", "연구소"))
    assert [word.term for word in found] == ["달빛", "연구소"]
    assert stretches == ("달빛연구소는",)


def test_a_word_not_made_of_known_words_is_left_whole() -> None:
    assert split("달빛연구소", known()) == ((), ())


@given(HANGUL)
def test_no_word_breaks_it(word: str) -> None:
    assert meant(word, known()) == ()
    assert split(word, known())[0] == () or word
