"""A long question loses its least telling words first, and no question makes the engine work without bound."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
import tantivy

from knowledge.library import SqliteStore
from knowledge.search import index, ranking, tantivy_queries, thresholds
from knowledge.store.store import Question

_LONGEST = 400
_MOST_LOOKUPS = 1_500
"""Of them, 1,000 are for mending."""
_MOST_SEARCHES = 40
"""One for what it asks, one for what documents have of it, one for each sound of a foreign name."""
_TEXTS = 13
_COMMON = "공장이 새로 들어선다는 소식에 마을 주민들이 크게 반긴다고 한다. "
_HOSTILE = {
    "no spaces": "가나다라마바사아자차카타파하거너더러" * 40,
    "one syllable again and again": "뷁" * _LONGEST,
    "single syllables": "가 각 간 갇 갈 감 갑 갓 강 개 객 " * 40,
    "many words": " ".join(f"낱말{chr(0xAC00 + number * 7)}" for number in range(100)),
    "many names": "OpenAI Google 엔비디아 한국 미국 중국 " * 20,
    "many numbers": " ".join(str(number) for number in range(150)),
    "many foreign names": "Stravinsky Rachmaninoff Shostakovich Prokofiev Tchaikovsky Mussorgsky Balakirev Glazunov "
    * 4,
    "many versions": " ".join(f"GPT-{number}" for number in range(1, 60)),
    "signs": "!?.,;:'\"()[]{}~*^+-/\\&|" * 20,
    "Hanja and full width": "中美日與韓ＡＩＧＰＴ" * 40,
}


@dataclass
class _Work:
    """Work of the engine for one question."""

    lookups: int = 0
    """Terms that are looked up: in how many documents each stands."""
    searches: int = 0
    postings: list[int] = field(default_factory=list)
    """Entries of the index that each search for the question's terms goes through."""
    read: int = 0
    """Documents that are read."""


class _Searcher:
    """The engine's searcher, which counts."""

    def __init__(self, usual: tantivy.Searcher, work: _Work) -> None:
        self._usual = usual
        self._work = work

    def __getattr__(self, name: str) -> Any:
        return getattr(self._usual, name)

    def doc_freq(self, field_name: str, term: str) -> int:
        self._work.lookups += 1
        return self._usual.doc_freq(field_name, term)

    def search(self, *arguments: Any, **named: Any) -> tantivy.SearchResult:
        self._work.searches += 1
        return self._usual.search(*arguments, **named)

    def doc(self, address: tantivy.DocAddress) -> tantivy.Document:
        self._work.read += 1
        return self._usual.doc(address)


@dataclass(frozen=True)
class _QueryBuilder(tantivy_queries.QueryBuilder):
    """Makes the queries, and counts what they go through."""

    searcher: tantivy.Searcher
    work: _Work

    def weighted(self, parts: dict[tuple[str, str], float]) -> tantivy.Query:
        self.work.postings.append(sum(self.searcher.doc_freq(*part) for part in parts))
        return super().weighted(parts)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> _Work:
    """Record the engine's work for questions from now on."""
    done = _Work()
    usual = index.Index._ranking

    def counted(self: index.Index) -> ranking.Ranking:
        made = usual(self)
        queries = _QueryBuilder(made.queries.schema, made.searcher, done)
        return replace(made, searcher=cast("tantivy.Searcher", _Searcher(made.searcher, done)), queries=queries)

    monkeypatch.setattr(index.Index, "_ranking", counted)
    return done


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE)
async def test_no_question_makes_the_engine_do_more_than_so_much(packaged: SqliteStore, work: _Work, text: str) -> None:
    await packaged.search(Question(text[:_LONGEST]))
    assert work.lookups <= _MOST_LOOKUPS
    assert work.searches <= _MOST_SEARCHES
    assert work.read <= thresholds.CLAIM_THRESHOLDS.candidates


@pytest.fixture
async def library(tmp_path: Path, data: Path) -> SqliteStore:
    store = SqliteStore(tmp_path / "library.sqlite3", data)
    for number in range(_TEXTS - 1):
        await store.add_text(f"공장 소식 {number}\n\n공장이 새로 들어선다는 소식에 마을 주민들이 크게 반긴다고 한다.\n")
    await store.add_text("별빛전자\n\n별빛전자의 공장이 새로 들어선다는 소식에 마을 주민들이 크게 반긴다고 한다.\n")
    return store


async def test_the_most_telling_word_is_looked_for_even_if_no_other_may_be(
    library: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question("별빛전자의 공장이 새로 들어선다는 소식에 마을 주민들이 반기나?")
    async with library as store:
        before = (await store.search(question)).passages
        monkeypatch.setattr(ranking, "_MAX_POSTINGS", 3)
        after = (await store.search(question)).passages
    assert before[0].text.startswith("별빛전자")
    assert after[0] == before[0]


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE)
async def test_no_question_makes_it_do_more_among_passages(library: SqliteStore, work: _Work, text: str) -> None:
    question = (_COMMON + text)[:_LONGEST]
    async with library as store:
        await store.search(Question(question))
    assert work.lookups <= 2 * _MOST_LOOKUPS
    assert work.searches <= 2 * _MOST_SEARCHES
    assert work.read <= thresholds.CLAIM_THRESHOLDS.candidates + thresholds.PASSAGE_THRESHOLDS.candidates


async def test_the_commonest_words_are_left_out_where_the_engine_would_go_through_too_much(
    library: SqliteStore, work: _Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with library as store:
        await store.search(Question(_COMMON))
        unbound = max(work.postings)
        work.postings.clear()
        monkeypatch.setattr(ranking, "_MAX_POSTINGS", 20)
        await store.search(Question(_COMMON))
    most = 20 + ranking._MIN_TERMS * _TEXTS
    assert 0 < max(work.postings) <= most < unbound
