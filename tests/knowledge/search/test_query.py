"""Parsed queries and the weights of their terms."""

import pytest

from knowledge.search import query
from knowledge.text.analysis.lexicon import Lexicon

NOTHING = Lexicon((), (), ())


def parse(text: str, stands: dict[str, int], every: int = 10, spoken: float = 0.0) -> query.ParsedQuery:
    return query.parse_query(text, NOTHING, lambda _, term: stands.get(term, 0), every, spoken=spoken)


def test_shares_add_up_and_the_rarer_word_has_the_larger_one() -> None:
    rare, common = parse("망원경 모형", {"망원경": 1, "모형": 9}).shares
    assert rare > common
    assert rare + common == pytest.approx(1)


def test_no_share_is_negative_where_an_index_counts_documents_that_were_replaced() -> None:
    assert all(share >= 0 for share in parse("망원경 모형", {"망원경": 300, "모형": 1}).shares)


def test_a_question_of_which_nothing_stands_anywhere_says_every_word() -> None:
    question = parse("자라나", {})
    assert question.is_unknown
    assert len(question.unknown_words) == 1


def test_a_name_in_brackets_behind_its_korean_one_is_not_asked_for_again() -> None:
    assert parse("별빛전자(Starlight) 망원경", {"별빛전자": 2, "망원경": 3}).unknown_names == ()
    assert [term.raw for term in parse("Starlight 망원경", {"망원경": 3}).unknown_names] == ["starlight"]


def test_the_capitals_of_a_headline_tell_no_names() -> None:
    assert parse("Factory Workers Build New Telescopes Near Town", {"telescop": 3}).unknown_names == ()


def test_words_of_a_language_that_the_texts_are_not_in_hardly_count() -> None:
    stands = {"nvidia": 3}
    home, abroad = (parse("which factories does Nvidia build abroad", stands, spoken=spoken) for spoken in (0.0, 0.5))
    name = next(place for place, term in enumerate(home.terms) if term.documents)
    assert abroad.shares[name] > home.shares[name]
