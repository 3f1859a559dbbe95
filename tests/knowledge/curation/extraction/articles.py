"""Invented articles, with supported and unsupported drafts."""

from typing import Any

TITLE = "솔바람전자, 새 언어 모델 공개"
FIRST = """\
솔바람전자, 새 언어 모델 공개

솔바람전자가 12일 서울에서 새 언어 모델 ‘누리 3’을 선보였다. 누리 3의 매개변수는 90억 개이다. 앞선 제품인 누리 2의 매개변수는 310억 개였다.
솔바람전자의 직원은 1,250명이다. 회사는 내년에 부산 지사를 열 계획이라고 밝혔다.
"""
SECOND = """\
별내시는 지난 5월 시청 민원 창구에 음성 안내 로봇 12대를 들였다. 시는 안내 로봇이 하루 평균 300건의 질문에 답한다고 밝혔다.
시민단체는 “사투리를 알아듣지 못한다”고 지적했다. 별내시는 2027년까지 로봇을 40대로 늘릴 전망이다.
"""
ENTITIES = (
    {"id": "solbaram", "type": "company", "ko": "솔바람전자", "en": "Solbaram Electronics"},
    {"id": "nuri-3", "type": "model", "ko": "누리 3", "en": "Nuri 3"},
    {"id": "nuri-2", "type": "model", "ko": "누리 2", "en": "Nuri 2"},
)
"""New entities that the first article names."""


def size(**changes: Any) -> dict[str, Any]:
    """Make a draft that the first article supports, with changes."""
    return {
        "statement_ko": "솔바람전자의 누리 3은 매개변수가 90억 개이다.",
        "statement_en": "Solbaram Electronics' Nuri 3 has 9 billion parameters.",
        "kind": "fact",
        "quotes": ["누리 3의 매개변수는 90억 개이다."],
        "context": ["솔바람전자가 12일 서울에서 새 언어 모델"],
        "entities": ["solbaram", "nuri-3"],
    } | changes


def older(**changes: Any) -> dict[str, Any]:
    """Make a second supported draft."""
    return {
        "statement_ko": "누리 2의 매개변수는 310억 개였다.",
        "statement_en": "Nuri 2 had 31 billion parameters.",
        "kind": "fact",
        "quotes": ["앞선 제품인 누리 2의 매개변수는 310억 개였다."],
        "entities": ["nuri-2"],
    } | changes


def branch(**changes: Any) -> dict[str, Any]:
    """Make a third supported draft, a forecast."""
    return {
        "statement_ko": "솔바람전자는 부산에 지사를 열 계획이라고 밝혔다.",
        "statement_en": "Solbaram Electronics said that it plans to open a branch in Busan.",
        "kind": "forecast",
        "quotes": ["회사는 내년에 부산 지사를 열 계획이라고 밝혔다."],
        "context": ["솔바람전자의 직원은 1,250명이다."],
        "speaker": "solbaram",
        "attribution": "indirect",
        "entities": ["solbaram"],
    } | changes


WRONG = {
    "a number that the text has not": size(
        statement_ko="솔바람전자의 누리 3은 매개변수가 900억 개이다.",
        statement_en="Solbaram Electronics' Nuri 3 has 90 billion parameters.",
    ),
    "an invented quote": size(quotes=["누리 3은 세계에서 가장 뛰어난 모델이다."]),
    "a forecast as a fact": branch(
        kind="fact",
        statement_ko="솔바람전자는 부산에 지사를 열었다.",
        statement_en="Solbaram Electronics has opened a branch in Busan.",
    ),
    "an invented source": size(speaker="한국은행", attribution="indirect"),
    "no draft at all": {"claim": "누리 3은 좋다"},
}


def long_text(parts: int) -> str:
    """Write a text that is split into so many parts, each with one statement and its own number."""
    filler = "이 문단은 길이를 채우려고 지은 말이며 셀 것이 없다. " * 170
    return "\n\n".join(f"달못연구소 {name} 지부의 연구원은 {20 + at}명이다. {filler}" for at, name in _names(parts))


def branch_of(request_text: str) -> dict[str, Any]:
    """Make the draft on the part of the long text in the request."""
    at, name = next((at, name) for at, name in _names(20) if f"달못연구소 {name} 지부" in request_text)
    return {
        "statement_ko": f"달못연구소 {name} 지부에는 연구원 {20 + at}명이 있다.",
        "statement_en": f"The {name} branch of the Dalmot Institute has {20 + at} researchers.",
        "kind": "fact",
        "quotes": [f"달못연구소 {name} 지부의 연구원은 {20 + at}명이다."],
        "entities": ["dalmot"],
    }


DALMOT = {"id": "dalmot", "type": "organisation", "ko": "달못연구소", "en": "Dalmot Institute"}


def _names(count: int) -> list[tuple[int, str]]:
    places = "강릉 공주 군산 김해 나주 논산 대전 목포 문경 밀양 보령 부산 삼척 상주 서산 속초 순천 안동 여수 원주"
    return list(enumerate(places.split()[:count]))
