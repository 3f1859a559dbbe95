"""The messages of answers on figures, in both languages."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from knowledge.model import Bilingual, CountingRule, Language, Population
from knowledge.queries import MOST_NAMES, quote_names

_LONGEST_MODEL = 40
"""The most characters of a model's name in a message: names often differ only at the end."""

MULTINATIONAL = Bilingual(
    ko="데이터셋의 ‘Multinational’은 나라가 아닙니다. 함께 적힌 나라가 있으면 그 나라로만 집계하고, 없으면 집계하지 않습니다.",
    en="‘Multinational’ in the dataset is not a country: such a model counts only for the countries listed with it, if any.",
)
NONE_LISTED = Bilingual(
    ko="0은 데이터셋에 그 나라의 모델이 없다는 뜻이지, 그 나라에서 나온 모델이 없다는 뜻이 아닙니다.",
    en="0 means that the dataset lists none, not that the country released none.",
)
MODELS_NEED_ROWS = Bilingual(
    ko="모델 목록을 보려면 데이터셋이 있어야 합니다. `ai-trends-mcp sync epoch`으로 받으세요.",
    en="The list of models needs the dataset itself: run `ai-trends-mcp sync epoch`.",
)
ALL_OLDER = Bilingual(
    ko="데이터셋의 판이 모두 이 기간보다 앞서 있어 집계할 수 없습니다.",
    en="Every known vintage predates this period, so nothing is counted.",
)
COVERS_A_PART = Bilingual(
    ko="기간이 끝나기 전에 나온 판은 그날까지의 모델만 집계합니다. 다른 판과 비교하지 마세요.",
    en="A vintage from within the period covers only part of it: do not compare it with others.",
)
COUNTED_FOR_EACH = Bilingual(
    ko="‘모든 나라’ 기준에서는 한 모델이 여러 나라에 집계되므로 나라별 수를 더하지 마세요. 홍콩은 중국과 따로 집계합니다.",
    en="With rule `any`, a model may count for several countries: do not add the counts up. Hong Kong is counted separately from China.",
)
OTHER_PERIOD = Bilingual(
    ko="기사의 수치는 질문한 기간이 아니라 기사에 나온 기간의 집계입니다.",
    en="The published counts are for their own `period`, not for the requested one.",
)
OTHER_POPULATION = Bilingual(
    ko="주목할 만한 모델(notable)은 대규모 모델과 다른 모집단입니다. 기사의 수치와 비교하거나 더하지 마세요.",
    en="Notable models are a different population from large-scale ones: do not compare or add them to the published counts.",
)

REPORTED = Bilingual(
    ko="기사 한 건이 보도한 수치입니다. 누가 한 말인지, 불확실한 점은 무엇인지는 출처 주장(`source`)에서 확인하세요.",
    en="Reported by one article: see the claim in `source` for the speaker, the evidence and any doubts.",
)
YEAR_NOT_STATED = Bilingual(ko="어느 해의 화폐 가치인지 밝히지 않음.", en="The currency year is not stated.")
RECKONED_OTHERWISE = Bilingual(
    ko="계산 방법이 따로 적혀 있어 이 기준과 다를 수 있으므로 비율을 계산하지 않습니다.",
    en="Its row describes its own method, which may differ from this basis, so no ratio is given.",
)
NO_DOLLAR_YEAR = Bilingual(
    ko="데이터셋에 연도 없이 적힌 금액은 어느 해의 달러인지 알 수 없어 비율을 계산하지 않습니다.",
    en="The dataset does not state the dollar year of some amounts, so no ratio is given for them.",
)
NEWEST_OF_MAKERS = Bilingual(
    ko="회사 이름으로 물으면 주요 계열의 최신 모델만 나옵니다. 다른 모델은 모델 이름으로 물어보세요.",
    en="For a company, only the newest model of a few main lines is shown: ask for others by name.",
)
WORKLOAD_NEEDS_TOKENS = Bilingual(
    ko="작업량의 비용을 계산하려면 `input_tokens`나 `output_tokens`(요청 한 건의 토큰 수)가 있어야 합니다.",
    en="The cost of a workload needs `input_tokens` or `output_tokens` (tokens per request).",
)
NAME_FOR_PRICES = Bilingual(
    ko="API 정가와 작업량의 비용은 `models`에 모델이나 회사 이름을 넣어야 나옵니다.",
    en="For API list prices and workload costs, name models or companies in `models`.",
)

PRICES = Bilingual(ko="API 정가:", en="API list prices:")
"""Start of the note on the price list."""
_PRICE_LIST = Bilingual(
    ko="{lead} {source} {version}({as_of} 이후의 데이터), {moment} 기준. 표준 서비스의 기본 구간이며, 일괄(batch) 처리 등의 요금은 다르며, 실제 청구액과도 다를 수 있습니다.",
    en="{lead} {source} {version} (data of {as_of} or later), as of {moment}; standard service, base tier. Batch and other rates differ, and so may an actual bill.",
)
NOTHING_TO_DRAW = Bilingual(
    ko="그릴 수치가 없습니다. 나라나 모델, 조건을 바꿔 물어보세요.",
    en="There are no numbers to draw: try other countries, models or bases.",
)
RULES: Mapping[CountingRule, Bilingual] = {
    "first": Bilingual(ko="첫 나라", en="first country"),
    "any": Bilingual(ko="모든 나라", en="any country"),
    "sole": Bilingual(ko="나라가 하나뿐인 모델", en="sole country"),
}
"""Names of the counting rules."""

REGIONS = Bilingual(
    ko="유럽연합 같은 지역은 집계하지 않습니다. 그 안의 나라를 하나씩 물어보세요.",
    en="Regions such as the EU are not counted: ask for their countries instead.",
)

MISSING_VINTAGE = Bilingual(
    ko="{vintage} 판이 없습니다. 있는 판: {days}. `ai-trends-mcp sync epoch`으로 더 받을 수 있습니다.",
    en="There is no vintage {vintage}. Available: {days}. `ai-trends-mcp sync epoch` fetches more.",
)
UNKNOWN_READING = Bilingual(
    ko="{publisher}의 집계가 어느 데이터셋을 바탕으로 했는지 알 수 없어 비교하지 않았습니다.",
    en="The dataset behind the count by {publisher} is unknown, so it is not compared.",
)
YEARS_NEEDED = Bilingual(
    ko="`per_year`에는 `since`와 `until`이 모두 있어야 하고 {most}년을 넘을 수 없습니다. 예: since=2020, until=2024.",
    en="`per_year` needs both `since` and `until`, at most {most} years apart: since=2020, until=2024.",
)
WITHOUT_COST = Bilingual(
    ko="{names}: 기사, 데이터셋, 가격 목록 어디에도 비용 수치가 없습니다.",
    en="{names}: no cost figure in the articles, the dataset or the price list.",
)
TABLE_DIFFERS = Bilingual(
    ko="{vintage} 판은 라이브러리의 표(sha256 {sha256}…)로 집계했는데, 패키지에 든 같은 날의 재집계와 다릅니다. 파일의 출처를 확인하세요.",
    en="{vintage} is counted from your library's table (sha256 {sha256}…), which differs from the packaged recounts of that day: check where the file comes from.",
)
_LISTED_WITHOUT_COST = Bilingual(
    ko="Epoch AI의 데이터셋에 비용 없이 올라 있는 모델: {names}.",
    en="Epoch AI's dataset lists {names} without a cost.",
)
_ONLY_RESOLD = Bilingual(
    ko="{names}: 개발사의 정가가 목록에 없고 재판매 가격만 있습니다. 정가와 비교하지 마세요.",
    en="{names}: no list price from the maker, only resellers' prices. Do not compare these with list prices.",
)
_OTHER_SNAPSHOT = Bilingual(
    ko="{names}: 모델 이름에 붙은 날짜가 질문과 다르거나 한쪽에만 있습니다.",
    en="{names}: the date in the listed name differs from yours, or only one of the two names has a date.",
)


CONFIDENCE = Bilingual(ko="Epoch AI의 확신도:", en="Epoch AI's confidence:")
"""Start of the note on a row's confidence."""
_CONFIDENCES = {
    "Confident": Bilingual(ko="확실", en="Confident"),
    "Likely": Bilingual(ko="유력", en="Likely"),
    "Speculative": Bilingual(ko="추정", en="Speculative"),
    "Unknown": Bilingual(ko="알 수 없음", en="Unknown"),
}


def describe_confidence(confidence: str) -> Bilingual:
    """Return a note on the dataset's confidence in a row."""
    level = _CONFIDENCES.get(confidence, confidence)
    return Bilingual(ko="{lead} {level}", en="{lead} {level}").format(lead=CONFIDENCE, level=level)


def describe_price_list(source: str, version: str, as_of: date, at: datetime) -> Bilingual:
    """Return a note on the price list and the moment for which its prices hold."""
    moment = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return _PRICE_LIST.format(lead=PRICES, source=source, version=version, as_of=as_of, moment=moment)


def describe_listed_without_cost(models: Sequence[str]) -> Bilingual:
    """Return a note on models that the dataset lists without a cost."""
    return _LISTED_WITHOUT_COST.format(names=quote_names(models, _LONGEST_MODEL))


def describe_only_resold(models: Sequence[str]) -> Bilingual:
    """Return a note on models with resellers' prices only."""
    return _ONLY_RESOLD.format(names=quote_names(models, _LONGEST_MODEL))


def describe_other_snapshot(models: Sequence[str]) -> Bilingual:
    """Return a note on figures of another snapshot than the requested one."""
    return _OTHER_SNAPSHOT.format(names=quote_names(models, _LONGEST_MODEL))


_UNKNOWN_COUNTRY = Bilingual(
    ko="{names}: 알 수 없는 나라입니다. 나라 이름(한국어, 영어)이나 KOR, KR 같은 ISO 코드로 물어보세요.",
    en="{names}: not a known country. Give a name in Korean or English, or an ISO code such as KOR or KR.",
)
_MISSPELT_COUNTRY = Bilingual(
    ko="{names}: 알 수 없는 나라입니다. 혹시 {similar}? 나라 이름(한국어, 영어)이나 KOR, KR 같은 ISO 코드로 물어보세요.",
    en="{names}: not a known country. Did you mean {similar}? Give a name in Korean or English, or an ISO code such as KOR or KR.",
)


def describe_unknown_countries(near: Mapping[str, Sequence[str]]) -> Bilingual:
    """Return a note on unknown countries, with countries spelled like them."""
    similar = ", ".join(dict.fromkeys(country for name in list(near)[:MOST_NAMES] for country in near[name]))
    template = _MISSPELT_COUNTRY if similar else _UNKNOWN_COUNTRY
    return template.format(names=quote_names(list(near)), similar=similar)


_UNPUBLISHED = Bilingual(
    ko="{names}: 기사에 모델 수가 없습니다. 없다는 것이 0개라는 뜻은 아닙니다.",
    en="{names}: no article gives a count, which does not mean zero.",
)
_PUBLISHED_OTHERS = Bilingual(
    ko="{names}: 기사에 모델 수가 없습니다(있는 나라: {known}). 없다는 것이 0개라는 뜻은 아닙니다.",
    en="{names}: no article gives a count, which does not mean zero. Articles count {known}.",
)


def describe_unpublished(names: Sequence[str], known: Sequence[str]) -> Bilingual:
    """Return a note on countries without a published count, with those that have one."""
    template = _PUBLISHED_OTHERS if known else _UNPUBLISHED
    return template.format(names=", ".join(names), known=", ".join(known))


_MORE_TO_NAME = Bilingual(
    ko="{name}: 이름이 정확히 일치하는 모델의 수치는 없습니다. ‘{candidate}’을(를) 찾는다면 그 이름으로 다시 물어보세요.",
    en="{name}: no figure for a model of exactly this name. If you mean ‘{candidate}’, ask by that name.",
)
_AMBIGUOUS = Bilingual(
    ko="{name}: 이 이름을 쓰는 모델이 여럿이어서 하나를 고르지 않았습니다. `ambiguous`의 이름으로 다시 물어보세요.",
    en="{name} stands for several models, so none was chosen: ask with a name from `ambiguous`.",
)


def describe_ambiguous(name: str, candidates: Sequence[str]) -> Bilingual:
    """Return a note on a name of several models, or on a name that is only part of a model's."""
    template = _MORE_TO_NAME if len(candidates) == 1 else _AMBIGUOUS
    return template.format(name=quote_names([name]), candidate=candidates[0])


_IN_PRICES_OF = Bilingual(ko="{amount} ({year}년 화폐 가치)", en="{amount} (in {year} prices)")


def format_amount(amount: str, year: int | None, language: Language) -> str:
    """Return an amount with the year of its currency, if known."""
    return amount if year is None else _IN_PRICES_OF.format(amount=amount, year=year).in_language(language)


_RECOUNTS_MISSING = Bilingual(
    ko="{periods}의 재집계가 없는 판이 있습니다. `ai-trends-mcp sync epoch`으로 데이터셋을 받으면 셀 수 있습니다. {packaged}",
    en="Not every vintage is recounted for {periods}. To count it, fetch the dataset with `ai-trends-mcp sync epoch`. {packaged}",
)
_PACKAGED: Mapping[Population, Bilingual] = {
    "large_scale": Bilingual(
        ko="패키지에 든 재집계는 2020~2024년 전체와 그 각 해(`per_year`)의 것뿐입니다.",
        en="The package has recounts of 2020 to 2024 and, with `per_year`, of each of these years.",
    ),
    "notable": Bilingual(
        ko="이 모집단의 재집계는 패키지에 없습니다.", en="The package has no recounts of this population."
    ),
}


def describe_missing_recounts(periods: Sequence[str], population: Population) -> Bilingual:
    """Return a note on periods without recounts, with the packaged ones."""
    return _RECOUNTS_MISSING.format(periods=", ".join(periods), packaged=_PACKAGED[population])
