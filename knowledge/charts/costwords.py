"""What a picture of costs says in words, in both languages."""

from knowledge.model import Bilingual

TITLE = Bilingual(ko="AI 모델의 비용", en="What AI models cost")
APART = Bilingual(
    ko="칸마다 무엇의 비용인지가 다르므로, 다른 칸의 막대끼리 견주지 마세요.",
    en="Each panel is the cost of another thing: never compare bars of different panels.",
)
RESOLD = Bilingual(ko="{} — 재판매 가격", en="{}, resellers' prices")
PRICES_RESOLD = Bilingual(ko="API 재판매 가격", en="Resellers' prices for API use")
UNLISTED = Bilingual(ko="목록에 없음", en="not listed")
AMOUNT = Bilingual(ko="금액", en="Amount")
PER_MILLION = Bilingual(ko="100만 토큰당 금액", en="Amount per million tokens")
NO_YEAR = Bilingual(
    ko="어느 해의 달러(돈)인지 밝혀지지 않아 비율을 낼 수 없습니다.",
    en="Which year's money these amounts are is not stated: no ratio holds.",
)
STANDARD = Bilingual(
    ko="표준 서비스의 기본 구간 가격이며, 실제 청구와 다를 수 있습니다.",
    en="Standard service, base tier; a bill may differ.",
)
SOME_DRAWN = Bilingual(
    ko="{of}개 가운데 {drawn}개만, 가장 낮은 것부터 가장 높은 것까지 고르게 골라 그렸습니다.",
    en="{drawn} of {of} are drawn, spread evenly from the lowest to the highest.",
)
LEFT_OUT = Bilingual(ko="그리지 않은 모델: {}.", en="Not drawn: {}.")
