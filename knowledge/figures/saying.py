"""What answers on figures say besides: sentences in both languages."""

from collections.abc import Sequence
from datetime import date

from knowledge.model import Bilingual, Language

MULTINATIONAL = Bilingual(
    ko="데이터셋의 ‘Multinational’은 나라가 아닙니다. 그 모델은 함께 적힌 나라로 세고, 없으면 어디에도 세지 않습니다(`without_country`).",
    en="‘Multinational’ in the dataset is no country: such a model counts for the countries listed beside it, or nowhere (`without_country`).",
)
NONE_LISTED = Bilingual(
    ko="0은 데이터셋에 그 나라 모델이 없다는 뜻이지, 내놓은 모델이 없다는 뜻이 아닙니다.",
    en="0 means that the dataset lists none, not that the country released none.",
)
ROWS_NEEDED = Bilingual(
    ko="이 기간이나 모델 목록은 데이터셋 자체가 있어야 합니다. `ai-trends-mcp sync epoch`으로 받으세요. 그 전에는 2020~2024년과 그 각 해의 재집계만 있습니다.",
    en="This period, or the list of models, needs the dataset itself: `ai-trends-mcp sync epoch` fetches it. Without it there are recounts of 2020 to 2024 and of each of these years.",
)
OTHER_PERIOD = Bilingual(
    ko="기사의 수는 물은 기간이 아니라 그 기간(`period`)의 것입니다.",
    en="The published counts are of their own `period`, not of the one asked for.",
)
OTHER_POPULATION = Bilingual(
    ko="‘notable’은 대규모 모델과 다른 모집단입니다. 기사의 수와 견주거나 더하지 마세요.",
    en="Notable models are another population than large-scale ones: never compare or add them to the published counts.",
)


def no_country(names: Sequence[str], language: Language) -> str:
    """Names that stand for no country."""
    said = ", ".join(f"‘{name[:30]}’" for name in names[:5])
    if language == "ko":
        return f"{said}: 여기서 아는 나라가 아닙니다. 나라 이름(한국어, 영어)이나 KOR, KR 같은 ISO 코드로 물어보세요."
    return f"{said}: no country that is known here. Give a name in Korean or English, or an ISO code such as KOR or KR."


def unpublished(names: Sequence[str], known: Sequence[str], language: Language) -> str:
    """Countries that no article counts."""
    named, there = ", ".join(names), ", ".join(known)
    if language == "ko":
        return f"{named}: 기사에 모델 수가 없습니다(있는 나라: {there}). 없다는 것이 0개라는 뜻은 아닙니다."
    return f"{named}: no article gives a count, which does not mean none. Articles count {there}."


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
