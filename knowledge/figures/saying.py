"""What answers on figures say besides: sentences in both languages."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from knowledge import sentences
from knowledge.model import Bilingual, Language, Population, Rule

_LONGEST_MODEL = 40
"""Letters of a model's name that are said back: what tells it from others stands at its end."""

MULTINATIONAL = Bilingual(
    ko="데이터셋의 ‘Multinational’은 나라가 아니어서, 함께 적힌 나라로만 세고 없으면 세지 않습니다.",
    en="‘Multinational’ in the dataset is no country: such a model counts for the countries beside it, or nowhere.",
)
NONE_LISTED = Bilingual(
    ko="0은 데이터셋에 그 나라 모델이 없다는 뜻이지, 내놓은 모델이 없다는 뜻이 아닙니다.",
    en="0 means that the dataset lists none, not that the country released none.",
)
MODELS_NEED_ROWS = Bilingual(
    ko="모델 목록을 보려면 데이터셋 자체가 있어야 합니다. `ai-trends-mcp sync epoch`으로 받으세요.",
    en="The list of models needs the dataset itself: `ai-trends-mcp sync epoch` fetches it.",
)
ALL_OLDER = Bilingual(
    ko="아는 판이 모두 이 기간보다 앞선 것이어서 셀 수 없습니다.",
    en="Every vintage that is known here is of a day before this period, so nothing is counted.",
)
COVERS_A_PART = Bilingual(
    ko="기간이 끝나기 전의 판은 그날까지의 모델만 센 것입니다(`covers`: part). 다른 판과 견주지 마세요.",
    en="A vintage of a day within the period covers a part of it: do not compare it with others.",
)
COUNTED_FOR_EACH = Bilingual(
    ko="`any`는 한 모델을 여러 나라에 세므로 나라별 수를 더하지 마세요. 홍콩은 중국과 따로 셉니다.",
    en="By `any` a model counts for several countries: do not add them up. Hong Kong is apart from China.",
)
OTHER_PERIOD = Bilingual(
    ko="기사의 수는 질문한 기간이 아니라 `period`에 적힌 기간의 것입니다.",
    en="The published counts are of their own `period`, not of the one asked for.",
)
OTHER_POPULATION = Bilingual(
    ko="‘notable’은 대규모 모델과 다른 모집단입니다. 기사의 수와 견주거나 더하지 마세요.",
    en="Notable models are another population than large-scale ones: never compare or add them to the published counts.",
)

REPORTED = Bilingual(
    ko="기사 하나가 전한 수치입니다. 누가 어디서 말했고 무엇이 의심스러운지는 이 주장(`source`)에 있습니다.",
    en="One reported figure: who says so, where, and what is doubtful is at the claim named as `source`.",
)
YEAR_NOT_STATED = Bilingual(ko="어느 해의 돈인지는 밝히지 않음.", en="Which year's money it is, is not stated.")
RECKONED_OTHERWISE = Bilingual(
    ko="계산 방법이 따로 적힌 수치로, 이 기준과 다를 수 있어 비율을 내지 않습니다.",
    en="Its row says how it was reckoned, which may not be as this basis has it: no ratio.",
)
NO_DOLLAR_YEAR = Bilingual(
    ko="연도가 없는 데이터셋 금액은 어느 해의 달러인지 적혀 있지 않아 비율을 내지 않습니다.",
    en="Amounts of the dataset without a year: their column does not say which year's dollars they are, so no ratio is given.",
)
NEWEST_OF_MAKERS = Bilingual(
    ko="회사 이름에는 그 회사의 몇 계열에서 가장 새 모델만 보입니다. 다른 모델은 이름으로 물어보세요.",
    en="For a maker, the newest model of a few of its lines is shown: ask for others by name.",
)
WORKLOAD_NEEDS_TOKENS = Bilingual(
    ko="작업량의 비용은 `input_tokens`나 `output_tokens`(요청 한 건의 토큰 수)가 있어야 계산합니다.",
    en="The cost of a workload needs `input_tokens` or `output_tokens`, those of one request.",
)
NAME_FOR_PRICES = Bilingual(
    ko="API 정가와 작업량의 비용은 모델이나 회사 이름(`models`)을 넣어야 나옵니다.",
    en="API list prices, and workloads, come when `models` names models or makers.",
)

PRICES = Bilingual(ko="API 정가:", en="API list prices:")
NOTHING_TO_DRAW = Bilingual(
    ko="그릴 수치가 없습니다. 나라나 모델, 조건을 바꾸어 물어보세요.",
    en="There is no number to draw: ask for other countries, models or bases.",
)
RULES: Mapping[Rule, Bilingual] = {
    "first": Bilingual(ko="첫 나라", en="first country"),
    "any": Bilingual(ko="모든 나라", en="any country"),
    "sole": Bilingual(ko="나라가 하나뿐인 모델", en="sole country"),
}
"""What the counting rules are called."""

REGIONS = Bilingual(
    ko="유럽연합 같은 지역은 세지 않습니다. 그 안의 나라를 하나하나 물어보세요.",
    en="Regions such as the EU are not counted: ask for each of their countries.",
)


def no_country(near: Mapping[str, Sequence[str]], language: Language) -> str:
    """Names that stand for no country, with the countries that are spelled like them."""
    said = sentences.said(list(near))
    meant = ", ".join(dict.fromkeys(one for name in list(near)[: sentences.NAMES_SAID] for one in near[name]))
    if language == "ko":
        hint = f"혹시 {meant}? " if meant else ""
        return f"{said}: 여기서 아는 나라가 아닙니다. {hint}나라 이름(한국어, 영어)이나 KOR, KR 같은 ISO 코드로 물어보세요."
    hint = f"Did you mean {meant}? " if meant else ""
    return f"{said}: no country that is known here. {hint}Give a name in Korean or English, or an ISO code such as KOR or KR."


def unpublished(names: Sequence[str], known: Sequence[str], language: Language) -> str:
    """Countries that no article counts."""
    named, there = ", ".join(names), ", ".join(known)
    if language == "ko":
        others = f"(있는 나라: {there})" if known else ""
        return f"{named}: 기사에 모델 수가 없습니다{others}. 없다는 것이 0개라는 뜻은 아닙니다."
    return f"{named}: no article gives a count, which does not mean none.{f' Articles count {there}.' if known else ''}"


def no_vintage(vintage: date, days: Sequence[date], language: Language) -> str:
    """A vintage that is not there."""
    there = ", ".join(map(str, days))
    if language == "ko":
        return f"{vintage} 판이 없습니다. 있는 판: {there}. `ai-trends-mcp sync epoch`으로 더 받을 수 있습니다."
    return f"There is no vintage {vintage}. There are: {there}. `ai-trends-mcp sync epoch` fetches more."


def no_reading(publisher: str, language: Language) -> str:
    """A count of which nothing says that it reads a dataset."""
    if language == "ko":
        return f"{publisher}의 수가 어느 데이터셋을 읽은 것인지 알 수 없어 견주지 않았습니다."
    return f"Nothing says which dataset the count of {publisher} reads, so it is compared with none."


def years_without_end(most: int, language: Language) -> str:
    """Years of a period that has no end, or too many of them."""
    if language == "ko":
        return f"`per_year`에는 `since`와 `until`이 모두 있어야 하고 {most}년을 넘을 수 없습니다. 예: since=2020, until=2024."
    return f"`per_year` needs both `since` and `until`, at most {most} years apart: since=2020, until=2024."


def confidence(said: str, language: Language) -> str:
    """How sure the dataset is of a row."""
    return f"Epoch AI의 확신도: {said}" if language == "ko" else f"Epoch AI's confidence: {said}"


def prices_of(source: str, version: str, as_of: date, at: datetime, language: Language) -> str:
    """Which list the prices are from, and at which moment they hold."""
    moment = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if language == "ko":
        return f"{PRICES.ko} {source} {version}({as_of} 이후의 데이터), {moment} 기준. 표준 서비스의 기본 구간이며, 일괄(batch) 등은 다르고 청구액과 다를 수 있습니다."
    return f"{PRICES.en} {source} {version} (data of {as_of} or later) as they hold at {moment}; standard service, base tier. Batch and the like differ, and so may a bill."


def listed_without_cost(names: Sequence[str], language: Language) -> str:
    """Models that the dataset has and gives no cost for."""
    named = sentences.said(names, _LONGEST_MODEL)
    if language == "ko":
        return f"Epoch AI의 데이터셋에 비용 없이 올라 있는 모델: {named}."
    return f"Epoch AI's dataset lists {named} and gives no cost."


def only_resold(names: Sequence[str], language: Language) -> str:
    """Models that only resellers list."""
    named = sentences.said(names, _LONGEST_MODEL)
    if language == "ko":
        return f"{named}: 만든 곳의 정가가 목록에 없고 재판매 가격만 있습니다. 정가와 견주지 마세요."
    return (
        f"{named}: no list price of its maker, only resellers' prices, which are not to be compared with list prices."
    )


def other_snapshot(names: Sequence[str], language: Language) -> str:
    """Figures of a model's other snapshot than was asked for."""
    named = sentences.said(names, _LONGEST_MODEL)
    if language == "ko":
        return f"{named}: 이름의 날짜가 질문과 다르거나 한쪽에만 있는 모델의 수치입니다."
    return f"{named}: what is listed differs from the name in its date, or in having one."


def ambiguous(name: str, candidates: Sequence[str], language: Language) -> str:
    """A name that several models share, or of which one has more to it."""
    said = sentences.said([name])
    if len(candidates) == 1:
        if language == "ko":
            return f"{said}: 꼭 이 이름인 모델의 수치는 없습니다. ‘{candidates[0]}’을 뜻했다면 그 이름으로 다시 물어보세요."
        return f"{said}: no figure for a model of just this name. If you mean ‘{candidates[0]}’, ask by that name."
    if language == "ko":
        return f"{said}: 여러 모델의 이름이어서 하나를 고르지 않았습니다. `ambiguous`의 이름으로 다시 물어보세요."
    return f"{said} stands for several models, so none was taken for it: ask with a name from `ambiguous`."


def without_any(names: Sequence[str], language: Language) -> str:
    """Models that no source has a cost of."""
    named = ", ".join(names)
    if language == "ko":
        return f"{named}: 기사, 데이터셋, 가격 목록 어디에도 비용 수치가 없습니다."
    return f"{named}: no cost figure in the articles, the dataset or the price list."


def in_money_of(said: str, year: int | None, language: Language) -> str:
    """An amount with the year whose money it is, where that is known."""
    if year is None:
        return said
    return f"{said} ({year}년 화폐 가치)" if language == "ko" else f"{said} (in money of {year})"


def rows_needed(periods: Sequence[str], population: Population, language: Language) -> str:
    """Periods that vintages are not recounted for."""
    named = ", ".join(periods)
    packaged = population == "large_scale"
    if language == "ko":
        there = (
            "함께 들어 있는 재집계는 2020~2024년과 그 각 해의 것뿐입니다(각 해는 `per_year`)."
            if packaged
            else "이 모집단의 재집계는 함께 들어 있지 않습니다."
        )
        return f"{named}의 재집계가 없는 판이 있습니다. `ai-trends-mcp sync epoch`으로 데이터셋을 받으면 셀 수 있습니다. {there}"
    there = (
        "The package has recounts of 2020 to 2024 and, with `per_year`, of each of these years."
        if packaged
        else "The package has no recounts of this population."
    )
    return f"Not recounted in every vintage: {named}. That needs the dataset itself: `ai-trends-mcp sync epoch` fetches it. {there}"


def differs(vintage: str, sha256: str, language: Language) -> str:
    """A table that counts otherwise than what is packaged of the same day."""
    mark = f"sha256 {sha256[:12]}…"
    if language == "ko":
        return f"{vintage} 판은 라이브러리의 표({mark})로 셌는데, 함께 들어 있는 같은 날의 재집계와 다릅니다. 파일의 출처를 확인하세요."
    return f"{vintage} is counted in your library's table ({mark}), which differs from the packaged recounts of that day: see where the file is from."
