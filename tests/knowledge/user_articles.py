"""Invented articles of a user, and drafts that their text supports."""

from datetime import UTC, date, datetime
from typing import Any

from knowledge.editor import Editor
from knowledge.store.store import AddedText, Store, TextMetadata

TEXT = (
    "은하자동차, 물류 로봇 공개\n\n"
    "은하자동차는 3월 부산 공장에서 물류 로봇 240대를 운용한다고 밝혔다. 회사는 지난해 로봇 개발에 310억 원을 썼다.\n\n"
    "은하자동차의 운반 시간은 하루 9시간에서 6시간으로 줄었다. 담당 임원은 작업자가 무거운 짐을 들 일이 없어졌다고 설명했다. "
    "야간에는 로봇이 스스로 충전대를 찾아가며, 새벽에는 다음 날 쓸 부품을 미리 옮겨 놓는다.\n\n"
    "부품사 솔찬기계는 로봇 팔의 관절을 납품했다. 두 회사는 내년에 광주 공장에도 같은 설비를 들이기로 했다. "
    "시험에는 달빛연구소도 참여했다. 노동조합은 일자리가 줄지 않는지 지켜보겠다고 말했다.\n"
)
TODAY = datetime.now(UTC).date()
EARLIER = date(2020, 1, 1)
"""A day before anything that a test does."""
CARMAKER = {
    "id": "galaxy-motors",
    "type": "company",
    "ko": "은하자동차",
    "en": "Galaxy Motors",
}


def draft(**changes: Any) -> dict[str, Any]:
    """Return a draft that the text supports, with changes."""
    return {
        "statement_ko": "은하자동차는 부산에 있는 사업장에서 물류 로봇 240대를 움직인다.",
        "statement_en": "Galaxy Motors runs 240 logistics robots at its site in Busan.",
        "kind": "figure",
        "quotes": ["부산 공장에서 물류 로봇 240대를 운용한다고 밝혔다"],
        "context": ["은하자동차는 3월"],
        "entities": ["galaxy-motors"],
        "trends": {"translation": "supports"},
        "figures": [{"measure": "robots", "subject": "galaxy-motors", "value": "240", "unit": "items", "raw": "240대"}],
        "speaker": "galaxy-motors",
        "attribution": "indirect",
        "name": "robots",
    } | changes


HOURS = {
    "statement_ko": "은하자동차에서 짐을 옮기는 데 드는 시간이 하루 6시간으로 짧아졌다.",
    "statement_en": "At Galaxy Motors hauling now takes 6 hours a day.",
    "kind": "fact",
    "quotes": ["은하자동차의 운반 시간은 하루 9시간에서 6시간으로 줄었다"],
    "context": [],
    "figures": [],
    "speaker": None,
    "attribution": "author",
    "name": "hours",
}


async def add(store: Store, text: str = TEXT, **known: Any) -> AddedText:
    """Add a text."""
    return await store.add_text(text, TextMetadata(by="a tester", **known))


async def record(store: Store, article: str, *drafts: dict[str, Any]) -> tuple[str, ...]:
    """Record drafts on an article; return the claims' ids."""
    answer = await Editor(store, "a tester").record_claims(article, drafts or [draft()], [CARMAKER], "en")
    assert len(answer.recorded) == len(drafts or [1]), answer.verdicts
    return answer.recorded


async def add_with_claim(store: Store) -> tuple[str, str]:
    """Add an article and a claim of it; return both ids."""
    article = (await add(store)).article.id
    (claim,) = await record(store, article)
    return article, claim
