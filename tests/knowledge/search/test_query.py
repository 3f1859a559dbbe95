"""What a question asks about, and how much each word of it weighs."""

import pytest

from knowledge.search import query
from knowledge.text.analysis.lexicon import Lexicon

NOTHING = Lexicon((), (), ())


def asked(text: str, stands: dict[str, int], every: int = 10, spoken: float = 0.0) -> query.ParsedQuery:
    return query.parse_query(text, NOTHING, lambda _, term: stands.get(term, 0), every, spoken=spoken)


def test_shares_add_up_and_the_rarer_word_has_the_larger_one() -> None:
    rare, common = asked("망원경 모형", {"망원경": 1, "모형": 9}).shares
    assert rare > common
    assert rare + common == pytest.approx(1)


def test_no_share_is_negative_where_an_index_counts_documents_that_were_replaced() -> None:
    assert all(share >= 0 for share in asked("망원경 모형", {"망원경": 300, "모형": 1}).shares)


def test_a_question_of_which_nothing_stands_anywhere_says_every_word() -> None:
    question = asked("자라나", {})
    assert question.is_unknown
    assert len(question.unknown_words) == 1


def test_a_name_in_brackets_behind_its_korean_one_is_not_asked_for_again() -> None:
    assert asked("별빛전자(Starlight) 망원경", {"별빛전자": 2, "망원경": 3}).unknown_names == ()
    assert [unit.raw for unit in asked("Starlight 망원경", {"망원경": 3}).unknown_names] == ["starlight"]


def test_the_capitals_of_a_headline_tell_no_names() -> None:
    assert asked("Factory Workers Build New Telescopes Near Town", {"telescop": 3}).unknown_names == ()


def test_words_of_a_language_that_the_texts_are_not_in_hardly_count() -> None:
    stands = {"nvidia": 3}
    home, abroad = (asked("which factories does Nvidia build abroad", stands, spoken=spoken) for spoken in (0.0, 0.5))
    name = next(place for place, unit in enumerate(home.units) if unit.documents)
    assert abroad.shares[name] > home.shares[name]
