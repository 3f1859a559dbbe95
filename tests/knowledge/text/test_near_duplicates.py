"""Copies of one text: found however they come, one source, and never what only looks alike."""

import random
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge import KnowledgeBase
from knowledge.library import SqliteStore
from knowledge.model.records import Article, Bilingual
from knowledge.store.store import Store
from knowledge.text import near_duplicates
from tests.knowledge.samples import TEXT as MOONLIGHT
from tests.knowledge.stores import Open
from tests.knowledge.user_articles import CARMAKER, TEXT, add, draft, record

FOOT = (
    "무단 전재와 재배포를 금한다. 제보는 편집국으로 보내면 된다. 이 신문은 언론윤리강령을 지킨다. "
    "매일 아침 소식을 받아 보려면 구독을 누르면 된다. 많이 본 기사와 오늘의 날씨는 첫 화면에 있다."
)
_WHO = "달빛 별빛 은하 새벽 바다 해솔 가람 푸른 늘봄 한울 미르 다온".split()
_WHAT = "번역 모형 음성 합성 추천 검색 반도체 전력 규제 교육 의료 물류".split()
_DID = "발표했다 밝혔다 줄였다 늘렸다 검토한다 우려했다 시작했다 미뤘다 공개했다 중단했다".split()


def text(seed: int, paragraphs: int = 5, who: str = "") -> str:
    """An invented text."""
    chance = random.Random(seed)
    return "\n\n".join(
        " ".join(
            f"{who or chance.choice(_WHO)} 조합은 {chance.choice(_WHO)} 지역의 {chance.choice(_WHAT)} {chance.choice(_WHAT)} 사업을 "
            f"{chance.randint(2, 99)}개 {chance.choice(_WHAT)} 기관과 함께 {chance.choice(_DID)}."
            for _ in range(3)
        )
        for _ in range(paragraphs)
    )


def inserted(body: str) -> str:
    first, _, rest = body.partition("\n\n")
    return f"{first}\n\n{text(99, 1)}\n\n{rest}"


COPIES: dict[str, Callable[[str], str]] = {
    "another headline and byline": lambda body: f"아주 다른 제목\n김새벽 기자\n\n{body}",
    "its end cut off": lambda body: body[: int(len(body) * 0.6)],
    "a paragraph more": inserted,
    "other blanks": lambda body: body.replace(" ", "\u00a0 ").replace(". ", ".\n\n"),
    "boilerplate around": lambda body: f"{FOOT}\n{body}\n{FOOT}",
    "hidden characters": lambda body: "\u200b\u3164".join(body[at : at + 9] for at in range(0, len(body), 9)),
    "paragraphs moved": lambda body: "\n\n".join(reversed(body.split("\n\n"))),
    "a word in forty replaced": lambda body: " ".join(
        "다른말" if at % 40 == 7 else word for at, word in enumerate(body.split(" "))
    ),
}
FORECAST = (
    "{}의 날씨이다. 아침 기온은 {}도, 낮 기온은 {}도이다. 미세먼지는 보통이고 비가 올 확률은 {}퍼센트이다. 바람은 초속 {}미터로 분다. "
    "내일은 대체로 맑고 모레부터 흐려진다. 외출할 때는 겉옷을 챙기는 것이 좋다. 더 자세한 예보는 누리집에서 볼 수 있다. 물결은 잔잔하다. 다음 예보는 저녁에 나온다."
)
OTHERS = {
    "the same topic": (text(1, who="달빛"), text(2, who="달빛")),
    "a paragraph quoted": (text(3, 6), f"{text(4, 3)}\n\n{text(3, 6).split(chr(10))[2]}\n\n{text(5, 2)}"),
    "the same boilerplate": (f"{text(6)}\n{FOOT}", f"{text(7)}\n{FOOT}"),
    "a brief on it": (text(8, 8), f"{text(8, 8).split(chr(10))[0]} {FOOT}"),
    "short texts": ("달빛 조합은 모형을 발표했다.", "달빛 조합은 모형을 발표했다."),
    "one form, other numbers": (FORECAST.format("서울", 3, 11, 20, 4), FORECAST.format("부산", 8, 17, 60, 9)),
}


@pytest.fixture
async def store(open_store: Open) -> AsyncIterator[Store]:
    async with open_store() as opened:
        yield opened


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
async def test_a_near_copy_is_one_source_with_the_text_that_came_before(
    store: Store, copied: Callable[[str], str]
) -> None:
    first = await add(store, text(1))
    second = await add(store, copied(text(1)))
    assert (second.copy_of, second.article.syndicated_from) == (first.article.id,) * 2
    kept = await store.get_text(second.article.id)
    assert kept
    assert kept.body == copied(text(1))  # whatever it is a copy of, it is kept as it came


@pytest.mark.parametrize("pair", OTHERS.values(), ids=OTHERS)
async def test_what_only_looks_alike_is_not_linked(store: Store, pair: tuple[str, str]) -> None:
    await add(store, pair[0])
    second = await add(store, f"{pair[1]}\n")
    assert (second.copy_of, second.copies) == (None, ())


def test_most_of_many_copies_are_found_and_nothing_else() -> None:
    pairs = [(text(seed), copied(text(seed))) for seed in range(20) for copied in COPIES.values()]
    others = [(text(seed), text(seed + 1_000)) for seed in range(100)]
    assert all(
        near_duplicates.is_copy(*pair) and near_duplicates.fingerprint(pair[0]) & near_duplicates.fingerprint(pair[1])
        for pair in pairs
    )
    assert not any(near_duplicates.is_copy(*pair) for pair in others)


@pytest.mark.parametrize("texts", [0, 3, 9])
async def test_an_agency_is_the_source_even_of_what_came_before(store: Store, texts: int) -> None:
    papers = [(await add(store, f"{number}면\n\n{text(1)}")).article.id for number in range(texts)]
    agency = await add(store, text(1), publisher="연합뉴스")
    papers.append((await add(store, f"끝 면\n\n{text(1)}")).article.id)
    assert agency.copy_of is None
    assert sorted(agency.copies) == sorted(papers[:-1])
    for paper in (await store.get(Article, tuple(papers))).values():
        assert paper.syndicated_from == agency.article.id


@pytest.mark.parametrize(
    ("first", "second", "original"),
    [
        ("2026-03-02", "2026-03-01", 1),
        ("2026-03-01", "2026-03-02", 0),
        ("2026-03-01", "2026-03-01", 0),
        ("2026-03", "2026-02-01", 0),
        (None, "2026-02-01", 0),
        ("2026-03-01", None, 0),
    ],
)
async def test_the_earlier_day_is_the_source_where_both_are_known(
    store: Store, first: str | None, second: str | None, original: int
) -> None:
    ids = [
        (await add(store, text(1), published=first)).article.id,
        (await add(store, f"다른 면\n\n{text(1)}", published=second)).article.id,
    ]
    articles = await store.get(Article, tuple(ids))
    assert articles[ids[original]].syndicated_from is None
    assert articles[ids[1 - original]].syndicated_from == ids[original]


@pytest.mark.parametrize("publisher", ["Grandpa Daily", "AFPX", "뉴스1004"])
def test_a_paper_is_no_agency_because_its_name_has_one_in_it(publisher: str) -> None:
    paper, other = _article("one", publisher=publisher), _article("two")
    assert not near_duplicates.is_original(paper, other)
    assert near_duplicates.is_original(_article("one", publisher="연합뉴스TV"), other)


def test_a_curated_article_is_never_a_copy_of_a_users() -> None:
    curated, agency = _article("one", curated=date(2026, 1, 1)), _article("two", publisher="Reuters")
    assert near_duplicates.is_original(curated, agency)
    assert not near_duplicates.is_original(agency, curated)
    assert near_duplicates.find_original(curated, [agency]) is None


async def test_a_users_text_becomes_a_copy_when_the_curated_one_comes(open_store: Open, data: Path) -> None:
    file = data / "articles" / "moonlight.toml"
    curated_on = 'id = "moonlight"\ncurated = 2026-01-02\n'
    file.write_text(file.read_text(encoding="utf-8").replace('id = "moonlight"\n', curated_on), encoding="utf-8")
    long = f"{MOONLIGHT}\n{text(1, 3)}"
    async with open_store() as store:
        article = (await store.get(Article, ("moonlight",)))["moonlight"]
        first = await add(store, text(1, 3))
        curated = await add(store, long)
        assert curated.article.id == article.id
        assert (await store.get(Article, (article.id,)))[article.id].syndicated_from is None
        assert (await store.get(Article, (first.article.id,)))[first.article.id].syndicated_from == article.id


async def test_the_same_text_twice_is_one_article_wherever_it_is_from(store: Store) -> None:
    first = await add(store, f"\ufeff{text(1)}\r\n")
    second = await add(store, f"{text(1)}\n", publisher="다른 신문")
    assert (first.article.id, second.again) == (second.article.id, True)
    assert len(await store.list_all(Article)) == 2


async def test_ten_echoes_are_one_source_in_every_answer() -> None:
    async with SqliteStore(None) as store:
        trend = next(one.id for one in await KnowledgeBase(store).entries() if one.noun == "trend")
        ids = [(await add(store, f"{number}번째 신문\n\n{TEXT}")).article.id for number in range(10)]
        told = draft(trends={trend: "supports"}, figures=[], kind="fact")
        (claim,) = await record(store, ids[3], told)
        again = await _refused(store, ids[5], told)
        assert any(claim in one for one in again)
        (other,) = await record(
            store,
            ids[5],
            told
            | {
                "statement_ko": "부산에서 은하자동차가 굴리는 운반 기계는 240대에 이른다고 회사는 말한다.",
                "statement_en": "In Busan the company's hauling machines number 240, says Galaxy Motors.",
                "name": "other",
            },
        )
        knowledge = KnowledgeBase(store)
        brief = await knowledge.trend(trend, detail="full", language="en")
        supporting = next(one for one in brief.positions if one.stance == "supports")
        assert len([one for one in supporting.articles if one.startswith("text-")]) == 1
        assert {claim, other} <= {one.id for one in supporting.claims}
        view = await knowledge.article(ids[0])
        assert sorted(view.article.copies) == sorted(ids[1:])


async def _refused(store: Store, article: str, told: dict[str, object]) -> list[str]:
    from knowledge.editor import Editor  # noqa: PLC0415 - for this alone

    answer = await Editor(store, "a tester").record_claims(article, [told], [CARMAKER], "en")
    return [one.problem for one in answer.verdicts[0].refusals]


def _article(identity: str, *, publisher: str | None = None, curated: date | None = None) -> Article:
    about = Bilingual(ko="지어낸 글", en="An invented text")
    return Article(id=identity, about=about, publisher=publisher, curated=curated, length=1, sha256="0" * 64)
