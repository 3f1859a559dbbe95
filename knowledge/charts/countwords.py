"""What a picture of counts says in words, in both languages."""

from collections.abc import Mapping

from knowledge.model import Bilingual, Population, Rule

TITLE = Bilingual(ko="나라별 AI 모델 수", en="AI models by country")
LARGE = Bilingual(ko="나라별 초거대 AI 모델 수", en="Large AI models by country")
APART = Bilingual(
    ko="칸마다 기간이나 모집단이 다르므로, 다른 칸의 막대끼리 견주지 마세요.",
    en="Each panel is another period or population: never compare bars of different panels.",
)
MODELS = Bilingual(ko="모델 수", en="Models")
POPULATIONS: Mapping[Population, Bilingual] = {
    "large_scale": Bilingual(ko="대규모 모델(Epoch AI)", en="Large-scale models (Epoch AI)"),
    "notable": Bilingual(ko="주목할 만한 모델(Epoch AI, ‘notable’)", en="Notable models (Epoch AI)"),
}
OWN_LIST = Bilingual(ko="{}({}의 목록)", en="{} (as listed by {})")
BY_YEAR = Bilingual(ko="{}, 연도별", en="{}, by year")
OF_ONE = Bilingual(
    ko="모두 {}로 센 수입니다. 다른 판과 기준은 그리지 않았습니다.",
    en="All by {}. Other vintages and rules are not drawn.",
)
OF_ONE_WHOLE = Bilingual(ko="모두 {}로 센 수입니다.", en="All by {}.")
PERIODS_LACKING = Bilingual(
    ko="이 판에서 셀 수 없어 뺀 기간: {}.", en="Left out, since this vintage is not counted for it: {}."
)
PUBLISHED = Bilingual(ko="{}, 발표값", en="{}, as published")
PUBLISHED_ALONE = Bilingual(
    ko="이 기간과 모집단의 발표값뿐이며, 그 재집계는 이 그림에 없습니다.",
    en="As published; no recount of this period and population is in this picture.",
)
UNPUBLISHED = Bilingual(ko="발표 없음", en="not published")
PART = Bilingual(ko="{} (그날까지)", en="{} (until that day only)")
UNTIL = Bilingual(ko="{}({}까지)", en="{} (until {} only)")
SERIES_LEFT_OUT = Bilingual(
    ko="재집계 {}개(이전 판의 다른 기준)는 그리지 않았습니다.",
    en="Not drawn: {} more recounts, of other rules or vintages.",
)
COUNTRIES_LEFT_OUT = Bilingual(
    ko="재집계에는 있으나 그리지 않은 나라: {}. 그 밖의 나라는 0이 아니라 알 수 없는 것입니다.",
    en="Recounted but not drawn: {}. Any other country is unknown, not zero.",
)
AND_MORE = Bilingual(ko="{} 외 {}개", en="{} and {} more")
RECOUNTED = Bilingual(
    ko="‘Epoch AI’와 날짜: 그날의 데이터셋을 다시 센 것. 기준 — {}.",
    en="‘Epoch AI’ with a day: our recount of the dataset as it was on that day. Rules: {}.",
)
MEANINGS: Mapping[Rule, Bilingual] = {
    "first": Bilingual(
        ko="개발사의 나라 가운데 맨 앞에 적힌 나라에만 셈",
        en="a model counts for the first of its developers' countries listed",
    ),
    "any": Bilingual(
        ko="적힌 나라마다 셈(합하면 겹침)", en="a model counts for each country listed, so sums count it twice"
    ),
    "sole": Bilingual(ko="적힌 나라가 하나일 때만 셈", en="only models with one country listed"),
}
"""What the rules are, behind their names."""
