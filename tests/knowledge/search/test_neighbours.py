"""Passages of a user's texts that answer together, and names in them that are known by their sound."""

import pytest

from knowledge.library import EmbeddedStore
from knowledge.store.store import Question

TEXT = (
    "별빛일보\n\n"
    "별빛전자의 HBM 출하량이 올해 크게 늘었다고 업계는 전한다. 장비를 더 들였고 사람도 새로 뽑았다고 한다.\n\n"
    "새 공정의 수율이 60%를 넘었다고 한다. 작곡가 스트라빈스키의 오페라가 이 도시에서 열린다는 소식도 있다.\n"
)


@pytest.mark.parametrize("number", ["", "4"])
@pytest.mark.parametrize("question", ["HBM 수율", "HBM 출하량"])
async def test_words_in_neighbouring_passages_answer_together(question: str, number: str) -> None:
    async with EmbeddedStore(None) as store:
        await store.add_text(TEXT.replace("HBM", f"HBM{number}"))
        found = await store.search(Question(question))
        assert found.passages
        assert found.whole_passages


async def test_words_that_stand_far_apart_answer_in_part() -> None:
    far, away = TEXT.rstrip().rsplit("\n\n", 1)
    between = "\n\n".join(f"{place}번째로 다른 이야기를 하나 길게 늘어놓아 사이를 벌린다. " * 2 for place in range(3))
    async with EmbeddedStore(None) as store:
        await store.add_text(f"{far}\n\n{between}\n\n{away}\n")
        found = await store.search(Question("HBM 수율"))
        assert found.passages
        assert not found.whole_passages


async def test_a_name_in_latin_letters_finds_a_passage_by_its_sound() -> None:
    async with EmbeddedStore(None) as store:
        await store.add_text(TEXT)
        assert (await store.search(Question("What about Stravinsky?"))).passages
        assert (await store.search(Question("What about Rachmaninoff?"))).passages == ()


@pytest.mark.parametrize(("question", "found"), [("별빛", True), ("출하", True), ("스트", False)])
async def test_a_short_word_is_found_in_one_a_little_longer_that_begins_so(question: str, found: bool) -> None:
    async with EmbeddedStore(None) as store:
        await store.add_text(TEXT)
        answer = await store.search(Question(question))
        assert bool(answer.passages) is found
        assert (answer.unknown_words == ()) is found


async def test_a_korean_name_finds_it_in_latin_letters() -> None:
    async with EmbeddedStore(None) as store:
        await store.add_text("The opera\n\nA city far away hears Stravinsky tonight, and the mayor is glad of it.\n")
        assert (await store.search(Question("스트라빈스키"))).passages
        assert (await store.search(Question("라흐마니노프"))).passages == ()


async def test_the_same_news_in_two_papers_does_not_crowd_out_others() -> None:
    async with EmbeddedStore(None) as store:
        for paper in ("별빛일보", "달빛일보"):
            await store.add_text(
                f"{paper}\n\n별빛전자는 수율이 60%를 넘었다고 밝혔고 장비를 더 들이기로 했다고 전했다.\n"
            )
        await store.add_text(
            "은하일보\n\n다른 회사도 수율을 올리려고 공정을 손보며 사람을 새로 뽑는다는 이야기가 있다.\n"
        )
        first, second, third = (one.article for one in (await store.search(Question("수율"))).passages)
    assert {first, third} != {second}
