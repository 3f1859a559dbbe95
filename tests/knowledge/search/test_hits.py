import random

from knowledge.search.hits import Hit, order_answers
from knowledge.text import near_duplicates

SAID = "한 연구소가 올해 상반기에 번역 모형 열네 개를 무료로 세상에 내놓았다고 밝혔다"


def groups(**said: str) -> dict[str, str]:
    return near_duplicates.group_repeats({key: near_duplicates.make_statement(key, text) for key, text in said.items()})


def test_statements_of_two_articles_that_differ_in_a_word_are_the_same() -> None:
    assert groups(one=SAID, other=f"{SAID} 어제") == {"other": "one"}


def test_a_third_is_the_same_as_the_first() -> None:
    assert groups(one=SAID, other=SAID, third=SAID) == {"other": "one", "third": "one"}


def test_statements_with_different_numbers_are_not() -> None:
    assert groups(one=f"{SAID} 14", other=f"{SAID} 15") == {}


def test_statements_of_one_article_are_not() -> None:
    said = near_duplicates.make_statement("one", SAID)
    assert near_duplicates.group_repeats({"a": said, "b": said}) == {}


def test_what_says_the_same_comes_last_and_is_not_hidden() -> None:
    hits = [Hit("a", 1.0, 1.0, same="a"), Hit("b", 0.9, 1.0, same="a"), Hit("c", 0.5, 1.0)]
    ranked = order_answers(hits)
    assert [hit.key for hit in ranked] == ["a", "c", "b"]
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)


def test_statements_that_come_one_by_one_are_grouped_as_if_all_had_come_at_once() -> None:
    chance = random.Random(3)
    words = [f"word{number}" for number in range(12)]
    said = {
        f"{number}": near_duplicates.Statement(f"{number}", frozenset(chance.sample(words, 10))) for number in range(60)
    }
    at_once = near_duplicates.group_repeats(said)
    assert at_once
    for count in range(1, len(said)):
        some = dict(list(said.items())[:count])
        assert near_duplicates.group_repeats(some) == {one: first for one, first in at_once.items() if one in some}
