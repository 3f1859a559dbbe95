"""Does a question ask for numbers of models by country, or for costs? Then which call of which tool has them. Never a guess."""

import re
from collections.abc import Mapping

from knowledge.answers import Call
from knowledge.datasets import countries
from knowledge.figures import placenames
from knowledge.handover import spans
from knowledge.handover.modelsasked import ModelNames
from knowledge.handover.usage import usage, without_usage
from knowledge.lexicon import Lexicon
from knowledge.model import Entity, Language

_KINDS = r"(?:초거대|대규모|초대형|거대|대형|인공지능|언어|파운데이션|프[런론]티어|AI|LLM)"
_SIZED = r"(?:large(?:[- ]scale)?|frontier|foundation|notable|big)"
_COUNT = re.compile(
    r"\b(?:how many|numbers? of|counts? of|(?:the )?most|fewest|more)\s+(?:[\w-]+\s+){0,3}(?:models|llms)\b"
    r"|\b(?:models?|llms?) (?:counts?|numbers?)\b|\b(?:models|llms) (?:by|per|of each|in each) (?:country|nation)"
    rf"|\b{_SIZED}\s+(?:[\w-]+\s+){{0,2}}(?:models|llms)\b.*\b(?:by|per) (?:country|nation|year)"
    r"|모델\s?(?:의\s?)?(?:개수|갯수|수(?![가-힣])|수[가는은를의도]|수에)"
    r"|모델[가-힣]{0,2}\s?(?:\S+\s+){0,2}몇\s?(?:개|종|가지|건)|몇\s?(?:개|종|가지)의?\s?(?:\S+\s+){0,3}모델"
    r"|모델[을를이가]?\s?(?:제일|가장|더)?\s?(?:\S+\s)?많",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:vs\.?|versus|compar\w+)(?:\s|$)|비교|대\s", re.IGNORECASE)
_LARGE = re.compile(
    rf"\b{_SIZED}\s+(?:[\w-]+\s+){{0,2}}(?:models|llms)\b|(?:초거대|대규모|초대형)\s?(?:AI|인공지능|언어)?\s?모델",
    re.IGNORECASE,
)
_BY_COUNTRY = re.compile(
    r"\b(?:by|per|each|every|which|what|all)\s+(?:countr|nation)|\bcountr(?:y|ies) (?:has|have|had|with|released)"
    r"|(?:나라|국가)\s?(?:별|마다)|각\s?(?:나라|국)|(?:어느|어떤|무슨|많은|적은|모든)\s?(?:나라|국가)|세계\s?각국",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:which|what|list|name)\b.*\bmodels\b.*\b(?:behind|count(?:ed)?|make up)\b|\bmodels (?:are )?behind\b"
    rf"|\b(?:which|list|name)\s+(?:[\w'’-]+\s+){{0,3}}{_SIZED}\s+(?:[\w-]+\s+){{0,2}}models"
    rf"|(?:초거대|대규모|초대형)\s?(?:AI|인공지능|언어)?\s?모델(?:의)?\s?(?:목록|명단|리스트|이름)"
    rf"|(?:어떤|무슨)\s?(?:{_KINDS}\s?)*모델.{{0,12}}(?:셌|센|집계|포함|들어)"
    rf"|(?:초거대|대규모|초대형)\s?(?:AI|인공지능|언어)?\s?모델(?:은|에는|엔|이)?\s?(?:어떤|무엇|뭐|무슨)",
    re.IGNORECASE,
)
_OTHER_MODELS = re.compile(
    r"\b(?:cars?|phones?|fashion|business|vehicles?|3d|parameters?|performance|quality|benchmarks?|cost|priced?|dollars?|people|users?)\b"
    r"|자동차|차종|휴대폰|스마트폰|패션|비즈니스|수익\s?모델|매개변수|파라미터|성능|품질|전략|기술력|비용|가격|사람|이용자|몇\s?(?:개\s?)?나라"
    r"|how many (?:countries|nations|companies)",
    re.IGNORECASE,
)
_NOTABLE = re.compile(r"\bnotable\b|주목할\s?만한", re.IGNORECASE)
_COST = re.compile(
    r"\b(?:costs?|costing|price[ds]?|prices|pricing|cheap(?:er|est)?|expensive|spen[dt]|spending)\b|\bhow much (?:is|are|for)\b"
    r"|\bper (?:million|1m)\b|가격|비용|요금|단가|정가|(?<![가-힣])값|얼마(?!나)|얼마나\s?(?:비싸|싸|저렴|들|드)|비싸|비싼|저렴|(?<![가-힣])(?:싼|싸(?![가-힣])|싸[다지나냐요])",
    re.IGNORECASE,
)
_OTHER_PRICES = re.compile(
    r"subscri|\bmon?thly\b|\bper month\b|\bstocks?\b|\bshares?\b|valuation|market cap|\bworth\b|revenue|\braised\b|\bstake\b|\bgpus?\b|\bchips?\b"
    r"|chat\s?gpt (?:plus|pro|go|team)\b|챗\s?(?:지피티|gpt)\s?(?:플러스|프로)|구독|한\s?달|요금제|월\s?요금|주가|주식|기업\s?가치|시가\s?총액|매출|칩|반도체",
    re.IGNORECASE,
)
_TRAINING = re.compile(r"\btrain(?:ed|ing)?\b|\bdevelop|학습|훈련|개발|만드는", re.IGNORECASE)


def for_counts(text: str, lexicon: Lexicon, entities: Mapping[str, Entity], language: Language) -> Call | None:
    """The call that has the numbers of models by country that a question asks for; `None` where it asks for none."""
    if _OTHER_MODELS.search(text) or _names_a_maker(text, lexicon, entities):
        return None
    codes = placenames.named(text, lexicon, entities)
    behind = len(codes) == 1 and _BEHIND.search(text)
    beside = len(codes) > 1 and _LARGE.search(text) and _BESIDE.search(text)
    together = placenames.regions(text)
    counted = _COUNT.search(text) and (codes or together or _BY_COUNTRY.search(text))
    if not (behind or beside or counted):
        return None
    since, until = spans.span(text)
    names = [*(countries.label(code, language) for code in codes), *together]
    arguments: dict[str, bool | int | str | list[str]] = {"models_of": names[0]} if behind else {"countries": names}
    arguments |= {"since": since, "until": until, "per_year": spans.by_year(text) and not behind}
    arguments["population"] = "notable" if _NOTABLE.search(text) else ""
    said = {name: value for name, value in arguments.items() if value}
    return Call(tool="get_country_model_counts", arguments={**said, "language": language})


def for_costs(text: str, models: ModelNames, language: Language) -> Call | None:
    """The call that has what a question asks for on costs of models that it names; `None` where it asks or names none."""
    if not asks_for_costs(text):
        return None
    named = models.named(_COST.sub(" , ", without_usage(text)), training=_TRAINING.search(text) is not None)
    if not named:
        return None
    return Call(tool="compare_model_costs", arguments={"models": list(named), **usage(text), "language": language})


def asks_for_costs(text: str) -> bool:
    """Whether a question has words for costs, and none for those of other things."""
    return _COST.search(text) is not None and not _OTHER_PRICES.search(text)


def _names_a_maker(text: str, lexicon: Lexicon, entities: Mapping[str, Entity]) -> bool:
    """Whether a question names a company: what it released is no country's number."""
    ids = {one.removeprefix("entity:") for mention in lexicon.mentions(text) for one in mention.ids}
    return any(entities[one].type == "company" for one in ids & entities.keys())
