"""Two invented articles, one in each language, with the entities that they name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.curation.verification import Refusal, Verdict, VerificationContext, VerificationResult, verify_drafts
from knowledge.model.records import Article, Bilingual, Claim, Entity, EntityType, Language, Trend
from knowledge.text import anchoring
from knowledge.text.analysis.lexicon import Lexicon

KOREAN = """\
해솔테크, 소형 모델 ‘가람 2’ 공개… “전기료 부담 덜겠다”

해솔테크가 12일 서울에서 새 언어 모델 ‘가람 2’를 선보였다. 회사 측은 매개변수를 70억 개로 줄였다고 설명했다. 앞선 제품인 가람 1의 매개변수는 210억 개였다.
가람 2를 학습하는 데 든 비용은 약 320만 달러로 알려졌다. 지난해 해솔테크의 매출은 1조 2천억 원으로 전년보다 18% 늘었다. 영업이익률은 9%에서 12%로 3%포인트 올랐다.
민서준 해솔테크 대표는 “가람 2의 응답 오류율은 4% 미만”이라며 “내년까지 공장 30곳 이상에 공급하겠다”고 말했다. 반면 한도윤 늘봄대 교수는 “공장 자료가 부족해 기대만큼 빨리 퍼지기 어렵다”고 지적했다.
시장조사기관 푸른리서치는 국내 소형 모델 시장이 2028년 5조 원 규모로 커질 것으로 전망했다. 푸른리서치에 따르면 2025년 시장 규모는 1조 8천억 원이었다.
업계 관계자는 “데이터센터 전력 단가가 떨어지지 않으면 소형 모델 수요가 두 배로 늘 수 있다”고 귀띔했다. 만약 전력 단가가 절반으로 내려간다면 대형 모델의 부담도 크게 줄어들 것이다.
해솔테크는 올해 상반기에 일본 지사를 열 계획이라고 밝혔다. 가람 2는 사내 평가에서 경쟁 제품 다섯 종 가운데 2위를 기록했다. 다만 이 평가는 외부 검증을 거치지 않았다.
직원 수는 1,400명에서 1,250명으로 감소했다. 정부는 소형 모델 지원 예산을 20억~30억 원으로 잡았다. 소형 언어 모델이란 작은 기기에서도 도는 언어 모델을 말한다.
국내 기업들은 이제 큰 모델만 고집할 이유가 없다. 정부는 안전 기준부터 세워야 한다.
"""

ENGLISH = """\
Chip start-up Corvane opens its second plant

Corvane said on Wednesday that its second plant, in Leipzig, will employ at least 900 people by 2028. The company raised $1.4 billion in April, more than double the $600 million it had planned.
Revenue rose 35% to €420 million last year, while the loss narrowed to €80 million. The average price of its Kestrel accelerator fell by a third.
"We have never shipped a chip that drew more than 450 watts," said Ines Halloran, chief executive of Corvane. "Kestrel 3 is not meant for training," added Tobias Renn, who leads hardware.
According to Mirefield Analytics, Corvane held about 6% of the European market in 2025, up from 2% in 2023. Mirefield expects the share to reach 10% in 2027.
Analysts doubt that demand will last. "Nobody knows what these plants are worth in five years," one of them said.
If electricity prices doubled, Corvane would have to close its older plant. The company did not disclose how many chips it sold.
Kestrel 3 finished third in a test of inference speed. The design work took 18 to 20 months. A wafer is a thin slice of silicon on which chips are made.
Regulators should look at the subsidies more closely.
"""


def _entity(identity: str, kind: EntityType, ko: str, en: str, *aliases: str) -> Entity:
    return Entity(id=identity, type=kind, name=Bilingual(ko=ko, en=en), aliases=aliases)


ENTITIES = {
    entity.id: entity
    for entity in (
        _entity("haesol-tech", "company", "해솔테크", "Haesol Tech"),
        _entity("garam-2", "model", "가람 2", "Garam 2"),
        _entity("garam-1", "model", "가람 1", "Garam 1"),
        _entity("min-seojun", "person", "민서준", "Min Seo-jun"),
        _entity("han-doyun", "person", "한도윤", "Han Do-yun"),
        _entity("pureun-research", "organisation", "푸른리서치", "Pureun Research"),
        _entity("small-model", "concept", "소형 모델", "small model", "소형 언어 모델", "small language model"),
        _entity("korean-government", "organisation", "정부", "government"),
        _entity("unnamed-insiders", "person", "이름을 밝히지 않은 업계 관계자", "unnamed insiders"),
        _entity("corvane", "company", "코베인", "Corvane"),
        _entity("kestrel-3", "product", "케스트럴 3", "Kestrel 3", "Kestrel"),
        _entity("ines-halloran", "person", "이네스 핼러런", "Ines Halloran"),
        _entity("tobias-renn", "person", "토비아스 렌", "Tobias Renn"),
        _entity("mirefield", "organisation", "마이어필드 애널리틱스", "Mirefield Analytics", "Mirefield"),
        _entity("european-market", "place", "유럽 시장", "European market"),
        _entity("zephyr-labs", "company", "제퍼랩스", "Zephyr Labs"),
        _entity("mercury-company", "company", "머큐리", "Mercury"),
        _entity("mercury-model", "model", "머큐리", "Mercury"),
    )
}
TRENDS = {
    trend.id: trend
    for trend in (
        Trend(
            id="small-models",
            name=Bilingual(ko="소형 모델", en="Small models"),
            summary=Bilingual(ko="모델이 작아진다.", en="Models grow smaller."),
        ),
    )
}


def make_article(body: str, identity: str, published: str | None, language: Language = "ko", **more: Any) -> Article:
    """Return the record of a text."""
    about = Bilingual(ko="지어낸 글", en="An invented text")
    return Article(
        id=identity,
        about=about,
        published=published,
        language=language,
        length=len(body),
        sha256=anchoring.digest(body),
        curated=date(2026, 6, 1),
        **more,
    )


def make_context(body: str = KOREAN, claims: tuple[Claim, ...] = (), **more: Any) -> VerificationContext:
    """Return the context of a text with everything that is known."""
    kept = anchoring.normalise(body)
    english = body == ENGLISH
    identity, published = ("corvane-plant", "2026-05-06") if english else ("garam-launch", "2026-03-12")
    record = {"identity": identity, "published": published, "language": "en" if english else "ko", **more}
    lexicon = Lexicon(ENTITIES.values(), TRENDS.values(), ())
    return VerificationContext(
        make_article(kept, **record), kept, lexicon, ENTITIES, TRENDS, claims, frozenset({"training_cost"})
    )


def make_draft(**changes: Any) -> dict[str, Any]:
    """Return a draft that the Korean text supports, with changes."""
    return {
        "statement_ko": "해솔테크의 가람 2는 매개변수가 70억 개이다.",
        "statement_en": "Haesol Tech's Garam 2 has 7 billion parameters.",
        "kind": "fact",
        "quotes": ["매개변수를 70억 개로 줄였다"],
        "context": ["새 언어 모델 ‘가람 2’를 선보였다"],
        "entities": ["haesol-tech", "garam-2"],
    } | changes


def verify(
    *drafts: Any, on: VerificationContext | None = None, entities: Any = (), language: Language = "en"
) -> VerificationResult:
    """Verify some drafts."""
    return verify_drafts(drafts, entities, on or make_context(), language)


def verdict(on: VerificationContext | None = None, **changes: Any) -> Verdict:
    """Return the verdict on the draft with changes."""
    return verify(make_draft(**changes), on=on).verdicts[0]


def refuse(on: VerificationContext | None = None, **changes: Any) -> list[Refusal]:
    """Return the refusals of the draft with changes."""
    return list(verdict(on, **changes).refusals)


def format_refusals(found: list[Refusal]) -> str:
    """Return all refusals in one line."""
    return " | ".join(f"{refusal.about}: {refusal.problem} -> {refusal.mend}" for refusal in found)


def make_figure_draft(figure: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Return the draft with one figure."""
    parameters = {
        "measure": "parameters",
        "subject": "garam-2",
        "value": 7000000000,
        "unit": "parameters",
        "raw": "70억 개",
    }
    return make_draft(kind="figure", figures=[parameters | dict(figure or {})], **changes)
