"""The user's own synonyms: added to the packaged ones, with faults reported entry by entry."""

from pathlib import Path

import pytest

from knowledge import KnowledgeBase, StoreError, open_knowledge
from knowledge.model.records import Term
from knowledge.store import synonyms

OWN = """
[[terms]]
id = "eye-doctor"
words = ["안과의사", "eye doctor"]

[[terms]]
id = "release"
words = ["방출한다던데", "put on the shelves"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "terms.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


async def _first(knowledge: KnowledgeBase, query: str) -> list[str]:
    return [item.id for item in (await knowledge.search(query)).items[:1]]


def test_entries_are_read_in_their_order(file: Path) -> None:
    assert synonyms.read_synonyms(file)[0] == Term(id="eye-doctor", words=("안과의사", "eye doctor"))
    assert synonyms.hash_synonyms(synonyms.read_synonyms(file)) != synonyms.hash_synonyms(
        synonyms.read_synonyms(file)[:1]
    )
    assert synonyms.hash_synonyms(()) == ""


async def test_a_word_of_ones_own_finds_what_is_worded_otherwise(tmp_path: Path) -> None:
    words = tmp_path / "terms.toml"
    words.write_text('[[terms]]\nid = "robotaxi"\nwords = ["로보택시", "자율택시", "grumblecab"]\n', encoding="utf-8")
    async with open_knowledge(None) as knowledge:
        assert await _first(knowledge, "grumblecab") == []
    async with open_knowledge(None, words=words) as knowledge:
        assert await _first(knowledge, "grumblecab") == await _first(knowledge, "로보택시") != []


async def test_an_index_is_made_anew_when_the_words_change(tmp_path: Path) -> None:
    library, words = tmp_path / "library.sqlite3", tmp_path / "terms.toml"
    async with open_knowledge(library) as knowledge:
        assert await _first(knowledge, "grumblecab") == []
    words.write_text('[[terms]]\nid = "robotaxi"\nwords = ["로보택시", "grumblecab"]\n', encoding="utf-8")
    async with open_knowledge(library, words=words) as knowledge:
        assert await _first(knowledge, "grumblecab") != []


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ('[[terms]]\nid = "one"\nwords = ["하나"]', "one: words: Tuple should have at least 2 items"),
        ('[[terms]]\nid = "Big One"\nwords = ["하나", "one"]', "Big One: id: String should match pattern"),
        ('[[terms]]\nwords = ["하나", "one"]', "entry 1: id: Field required"),
        ('[[terms]]\nid = "one"\nwords = ["하나", "one"]\nlang = "ko"', "one: lang: Extra inputs are not permitted"),
        ('[[terms]]\nid = "one"\nwords = ["하나", "one"]\n' * 2, "one: the id is used 2 times"),
        ('[[words]]\nid = "one"', "words: is not read"),
        ('terms = "one"', "terms: is no list of entries"),
        ("terms = [1]", "entry 1: Input should be"),
        ("terms = [", "is not TOML in UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_file_entry_and_mend(file: Path, written: str, sentence: str) -> None:
    file.write_text(written, encoding="utf-8")
    with pytest.raises(StoreError) as wrong:
        synonyms.read_synonyms(file)
    assert f"{file}" in str(wrong.value)
    assert sentence in str(wrong.value)
    assert "Write [[terms]] with an id in small Latin letters and two words or more" in str(wrong.value)


async def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    async with open_knowledge(None, words=tmp_path / "none.toml") as knowledge:
        with pytest.raises(StoreError, match=r"none\.toml cannot be read: .* Name another file, or leave it out\."):
            await knowledge.search("로보택시")
