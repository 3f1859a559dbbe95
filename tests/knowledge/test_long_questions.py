"""A long question loses its least telling words first, and no question makes the engine work without bound."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge import matching, ranking
from knowledge.embedded import EmbeddedStore
from knowledge.store import Question

_LONGEST = 400
_MOST_TERMS = 500
_HOSTILE = {
    "no spaces": "가나다라마바사아자차카타파하거너더러" * 40,
    "one syllable again and again": "뷁" * _LONGEST,
    "single syllables": "가 각 간 갇 갈 감 갑 갓 강 개 객 " * 40,
    "many words": " ".join(f"낱말{chr(0xAC00 + number * 7)}" for number in range(100)),
    "many names": "OpenAI Google 엔비디아 한국 미국 중국 " * 20,
    "many numbers": " ".join(str(number) for number in range(150)),
    "many versions": " ".join(f"GPT-{number}" for number in range(1, 60)),
    "signs": "!?.,;:'\"()[]{}~*^+-/\\&|" * 20,
    "Hanja and full width": "中美日與韓ＡＩＧＰＴ" * 40,
}


@contextmanager
def _parts_of_queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many terms each search for documents has."""
    seen: list[int] = []
    usual = matching.Matching.weighted

    def counted(match: matching.Matching, parts: dict[tuple[str, str], float]) -> object:
        seen.append(len(parts))
        return usual(match, parts)

    monkeypatch.setattr(matching.Matching, "weighted", counted)
    yield seen


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE)
async def test_no_question_looks_for_more_than_so_many_terms(
    packaged: EmbeddedStore, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    with _parts_of_queries(monkeypatch) as seen:
        await packaged.find(Question(text[:_LONGEST]))
    assert max(seen, default=0) <= _MOST_TERMS


@pytest.fixture
async def library(tmp_path: Path, data: Path) -> EmbeddedStore:
    store = EmbeddedStore(tmp_path / "library.sqlite3", data)
    for number in range(12):
        await store.add_text(f"공장 소식 {number}\n\n공장이 새로 들어선다는 소식에 마을 주민들이 크게 반긴다고 한다.\n")
    await store.add_text("별빛전자\n\n별빛전자의 공장이 새로 들어선다는 소식에 마을 주민들이 크게 반긴다고 한다.\n")
    return store


async def test_the_most_telling_word_is_looked_for_even_if_no_other_may_be(
    library: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question("별빛전자의 공장이 새로 들어선다는 소식에 마을 주민들이 반기나?")
    async with library as store:
        before = (await store.find(question)).passages
        monkeypatch.setattr(ranking, "_MOST_POSTINGS", 3)
        after = (await store.find(question)).passages
    assert before[0].text.startswith("별빛전자")
    assert after[0] == before[0]
