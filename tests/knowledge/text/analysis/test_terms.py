import sys
from pathlib import Path

import pytest

from knowledge import open_knowledge
from knowledge.model.errors import StoreError
from knowledge.text.analysis import mecab, phonetic, terms

PLAIN = terms.get_analyzer("plain")


def everything_known(_term: str) -> int:
    return 1


def test_a_document_has_terms_in_fields_of_their_own() -> None:
    assert terms.document_terms("연구소가 Moonlight를 공개했다", PLAIN) == {
        "words": ["연구소", "moonlight", "공개"],
        "grams": ["연구", "구소", "소가", "공개", "개했", "했다"],
        "sounds": ["ANKS", "MNLPT", "MNLT", "KNK"],
    }


def test_a_question_looks_for_its_telling_words_and_pairs() -> None:
    [telling] = [word for word in terms.query_words("연구소는 무엇입니까", everything_known) if word.weight]
    assert (telling.weight, telling.terms) == (
        1.0,
        {("words", "연구소"): 1.0, ("grams", "연구"): 1.0, ("grams", "구소"): 1.0, ("grams", "소는"): 1.0},
    )
    assert (PLAIN.weights["words"], PLAIN.weights["grams"]) == (1.0, 0.75)


def test_an_english_name_is_looked_for_as_it_sounds() -> None:
    document = terms.document_terms("앤트로픽은 말했다", PLAIN)
    question = [part for word in terms.query_words("What did Anthropic say?", everything_known) for part in word.terms]
    assert set(document["sounds"]) & {term for field, term in question if field == "sounds"}


def test_a_word_that_stands_somewhere_is_never_mended() -> None:
    [word] = terms.query_words("연구사", everything_known)
    assert {term for field, term in word.terms if field == "words"} == {"연구사"}


def test_a_word_that_stands_nowhere_counts_more_as_it_is_than_as_what_it_may_mean() -> None:
    [word] = terms.query_words("연구사", lambda term: int(term == "연구소"))
    assert word.terms["words", "연구사"] > word.terms["words", "연구소"] > 0


def test_the_extra_adds_morphemes() -> None:
    pytest.importorskip("MeCab", reason="the extra `ko` is not installed")
    by = terms.get_analyzer("morphemes")
    assert terms.document_terms("용의자를 체포했다 ABC", by)["morphemes"] == ["용의", "자", "체포", "abc"]
    question = terms.query_morphemes("누가 용의자를 찔렀나", by)
    assert ("morphemes", "찌르") in question
    assert ("morphemes", "누구") not in question


def test_the_extra_hears_a_name_inside_a_longer_word() -> None:
    pytest.importorskip("MeCab", reason="the extra `ko` is not installed")
    code = phonetic.encode("trump")[0]
    assert code in terms.document_terms("트럼프대통령에게", terms.get_analyzer("morphemes"))["sounds"]
    assert code not in terms.document_terms("트럼프대통령에게", PLAIN)["sounds"]


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    mecab._tagger.cache_clear()
    monkeypatch.setitem(sys.modules, "MeCab", None)
    with pytest.raises(StoreError, match=r"needs the extra `ko`: pip install 'ai-trends-mcp\[ko\]'"):
        terms.get_analyzer("morphemes")
    mecab._tagger.cache_clear()


async def test_a_library_is_indexed_by_the_analyzer_that_was_set(tmp_path: Path) -> None:
    pytest.importorskip("MeCab", reason="the extra `ko` is not installed")
    library = tmp_path / "library.sqlite3"
    for analyzer in (PLAIN.name, terms.get_analyzer("morphemes").name):
        async with open_knowledge(library, analyzer=analyzer) as knowledge:
            assert (await knowledge.search("무인택시는 언제 나오나")).items[
                0
            ].id == "tech-2024-review.tesla-robotaxi-2026"
    names = [folder.name for folder in (tmp_path / "library.sqlite3.index").iterdir()]
    assert [sum(analyzer in name for name in names) for analyzer in ("plain", "morphemes")] == [1, 1]


async def test_without_the_extra_a_question_is_answered_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    mecab._tagger.cache_clear()
    monkeypatch.setitem(sys.modules, "MeCab", None)
    async with open_knowledge(None, analyzer="morphemes") as knowledge:
        with pytest.raises(StoreError, match="Without it, choose `plain`"):
            await knowledge.search("무인택시")
    mecab._tagger.cache_clear()
