"""The texts of charts, in both languages."""

from collections.abc import Mapping

from knowledge.model import Bilingual, CountingRule, Population

NO_BARS = Bilingual(
    ko="그릴 막대가 없습니다. 모든 값이 0이거나 알려지지 않았습니다.",
    en="There are no bars to draw: every value is 0 or unknown.",
)
SOURCE = Bilingual(ko="출처: {source}", en="Source: {source}")
LOGARITHMIC = Bilingual(
    ko="로그 축: 막대 길이는 값에 비례하지 않음", en="log scale: bar lengths are not proportional to values"
)
PANELS_LEFT_OUT = Bilingual(ko="그리지 않은 칸: {panels}.", en="Panels not drawn: {panels}.")
NOT_COMPARABLE = Bilingual(ko="다른 막대와 비교할 수 없음", en="not comparable with the others")
ARTICLE = Bilingual(ko="기사 {id}", en="article {id}")

# Counts

COUNTS_TITLE = Bilingual(ko="나라별 AI 모델 수", en="AI models by country")
LARGE_COUNTS_TITLE = Bilingual(ko="나라별 초거대 AI 모델 수", en="Large AI models by country")
COUNT_PANELS = Bilingual(
    ko="칸마다 기간이나 모집단이 다르므로, 다른 칸의 막대와 비교하지 마세요.",
    en="Each panel has another period or population: do not compare bars of different panels.",
)
MODELS = Bilingual(ko="모델 수", en="Models")
POPULATIONS: Mapping[Population, Bilingual] = {
    "large_scale": Bilingual(ko="대규모 모델(Epoch AI)", en="Large-scale models (Epoch AI)"),
    "notable": Bilingual(ko="주목할 만한 모델(Epoch AI, ‘notable’)", en="Notable models (Epoch AI)"),
}
OWN_LIST = Bilingual(ko="{population}({publisher}의 목록)", en="{population} (as listed by {publisher})")
BY_YEAR = Bilingual(ko="{population}, 연도별", en="{population}, by year")
COUNTED_BY = Bilingual(ko="모두 ‘{rule}’ 기준으로 센 수입니다.", en="All by {rule}.")
COUNTED_BY_ONE_OF = Bilingual(
    ko="모두 ‘{rule}’ 기준으로 센 수입니다. 다른 판과 기준은 그리지 않았습니다.",
    en="All by {rule}. Other vintages and rules are not drawn.",
)
PERIODS_LEFT_OUT = Bilingual(
    ko="이 판으로 셀 수 없어 뺀 기간: {periods}.", en="Left out because this vintage is not counted for it: {periods}."
)
PUBLISHED = Bilingual(ko="{publisher}, 발표값", en="{publisher}, as published")
PUBLISHED_ALONE = Bilingual(
    ko="이 기간과 모집단의 발표값입니다. 재집계는 이 그림에 없습니다.",
    en="As published; this picture has no recount of this period and population.",
)
UNPUBLISHED = Bilingual(ko="발표 없음", en="not published")
PARTIAL = Bilingual(ko="{series} (그날까지)", en="{series} (until that day only)")
PARTIAL_PERIOD = Bilingual(ko="{period}({day}까지)", en="{period} (until {day} only)")
SERIES_LEFT_OUT = Bilingual(
    ko="재집계 {count}개(이전 판의 다른 기준)는 그리지 않았습니다.",
    en="Not drawn: {count} more recounts, of other rules or vintages.",
)
COUNTRIES_LEFT_OUT = Bilingual(
    ko="재집계에는 있으나 그리지 않은 나라: {countries}. 그 밖의 나라는 0개가 아니라 알 수 없는 것입니다.",
    en="Recounted but not drawn: {countries}. Any other country is unknown, not zero.",
)
AND_MORE = Bilingual(ko="{countries} 외 {count}개", en="{countries} and {count} more")
RECOUNTED = Bilingual(
    ko="‘Epoch AI’와 날짜: 그날의 데이터셋을 다시 센 것. 기준 — {rules}.",
    en="‘Epoch AI’ with a day: our recount of the dataset as of that day. Rules: {rules}.",
)
RULE_MEANINGS: Mapping[CountingRule, Bilingual] = {
    "first": Bilingual(
        ko="개발사의 나라 가운데 맨 앞에 적힌 나라로만 셈",
        en="a model counts for the first listed of its developers' countries",
    ),
    "any": Bilingual(
        ko="적힌 나라마다 셈(합하면 중복됨)", en="a model counts for each country listed, so sums count it twice"
    ),
    "sole": Bilingual(ko="적힌 나라가 하나일 때만 셈", en="only models with one country listed"),
}

# Costs

COSTS_TITLE = Bilingual(ko="AI 모델의 비용", en="What AI models cost")
COST_PANELS = Bilingual(
    ko="칸마다 무엇의 비용인지가 다르므로, 다른 칸의 막대와 비교하지 마세요.",
    en="Each panel is the cost of something else: do not compare bars of different panels.",
)
RESOLD = Bilingual(ko="{meaning} — 재판매 가격", en="{meaning}, resellers' prices")
PRICES_RESOLD = Bilingual(ko="API 재판매 가격", en="Resellers' prices for API use")
UNLISTED = Bilingual(ko="목록에 없음", en="not listed")
AMOUNT = Bilingual(ko="금액", en="Amount")
PER_MILLION = Bilingual(ko="100만 토큰당 금액", en="Amount per million tokens")
NO_YEAR = Bilingual(
    ko="어느 해의 화폐 가치인지 밝혀지지 않아 비율을 낼 수 없습니다.",
    en="The currency year of these amounts is not stated, so no ratio is given.",
)
STANDARD = Bilingual(
    ko="표준 서비스의 기본 구간 가격이며, 실제 청구액과 다를 수 있습니다.",
    en="Standard service, base tier; a bill may differ.",
)
SOME_DRAWN = Bilingual(
    ko="{total}개 가운데 가장 낮은 것부터 가장 높은 것까지 고르게 {drawn}개만 골라 그렸습니다.",
    en="{drawn} of {total} are drawn, spread evenly from the lowest to the highest.",
)
MODELS_LEFT_OUT = Bilingual(ko="그리지 않은 모델: {models}.", en="Not drawn: {models}.")
