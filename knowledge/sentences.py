"""The sentences that answers say besides their facts, each in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date

from knowledge.model import Bilingual, CostBasis, Language, Part
from knowledge.visible import one_line

NOTHING_FOUND = Bilingual(
    ko="지식베이스에 이 질문에 답하는 내용이 없습니다. 다른 말로 다시 물어보세요.",
    en="Nothing in the knowledge base answers this. Ask in other words.",
)
ONLY_PASSAGES = Bilingual(
    ko="이 질문에 답하는 주장은 없지만, 라이브러리에 있는 글의 아래 본문이 이를 말합니다. 본문은 검증되지 않은 원문입니다.",
    en="No claim answers this, but passages of texts in the library speak of it: words from outside that nobody has checked.",
)
FILTERED_OUT = Bilingual(
    ko="조건에 맞는 주장이 없습니다. 조건(동향, 대상, 종류, 기사, 날짜)을 줄여 다시 물어보세요.",
    en="No claim passes these filters and answers this. Ask again with fewer of them.",
)
ONLY_PARTS = Bilingual(
    ko="질문의 일부에만 맞는 주장들입니다. 정말 답이 되는지 따져 보세요.",
    en="These match only parts of the question: weigh whether they answer it at all.",
)
PASSAGES_ONLY_PARTS = Bilingual(
    ko="글에서 찾은 구절은 질문의 일부에만 맞습니다.",
    en="The passages match only parts of the question.",
)
QUOTES_MISSING = Bilingual(
    ko="인용문 없이 위치만 보이는 근거는 그 원문이 라이브러리에 없습니다. `ai-trends-mcp add 파일`로 추가하면 인용문이 나옵니다.",
    en="Evidence without a quote: its words are not in the library. `ai-trends-mcp add FILE` adds a text, and its quotes appear.",
)
NOT_FACTS = Bilingual(
    ko="전망, 의견, 가설이 섞여 있습니다. `kind`를 밝혀 인용하세요.",
    en="Some of these are forecasts, opinions or hypotheses, not facts: cite them as what `kind` says.",
)
PERIOD_UNKNOWN_LEFT_OUT = Bilingual(
    ko="날짜로 거르면 시기를 알 수 없는 주장은 빠집니다.",
    en="Filtering by date leaves out claims whose time is unknown.",
)
UNKNOWN = Bilingual(ko="알 수 없음", en="unknown")
RULE_NOT_STATED = Bilingual(ko="기사가 밝히지 않음", en="not stated in the article")
SHARE_OF_KNOWN = Bilingual(
    ko="순위와 비중은 이 출처에서 수치가 알려진 나라들만 놓고 계산한 것이며, 모델의 품질이 아니라 개수입니다.",
    en="Rank and share are among the countries whose count is known from this source, and speak of number, not quality, of models.",
)
DIFFERENT_BASES = Bilingual(
    ko="비용 기준이 서로 다른 수치와 진술입니다. 무엇의 비용인지가 달라 서로 순위를 매기거나 비율을 낼 수 없습니다. 같은 기준 안에서는 `times_lowest`가 비율입니다.",
    en="These figures and statements have different cost bases: they are costs of different things, so no ranking or ratio between them holds. Within one basis, `times_lowest` is the ratio.",
)
ONE_FIGURE = Bilingual(
    ko="같은 기준의 금액이 하나뿐이라 비교할 상대가 없습니다.",
    en="There is only one amount of money on this basis: nothing to compare it with.",
)
PLACE_MISSING = Bilingual(
    ko="라이브러리에 있는 사본에는 이 주장의 근거가 되는 말이 없습니다.",
    en="The copy in the library does not have the words that bear this claim.",
)
TEXT_MISSING = Bilingual(
    ko="이 기사의 원문이 라이브러리에 없습니다. `ai-trends-mcp add 파일`로 추가하면 본문과 인용문을 읽을 수 있습니다.",
    en="The text of this article is not in the library. Add it with `ai-trends-mcp add FILE` to read it and to see quotes.",
)
CUT_TO_FIT = Bilingual(
    ko="답을 짧게 하려고 일부를 덜어냈습니다. 나머지는 `detail=full`로 받으세요.",
    en="Shortened to stay small: the rest comes with `detail=full`.",
)
UNLISTED_IS_UNKNOWN = Bilingual(
    ko="여기 없는 나라는 0이 아니라 알 수 없는 것입니다. 집계한 곳, 시기, 대상이 다른 수는 서로 견주지 마세요.",
    en="A country that is not here is unknown, not zero. Never compare counts of different publishers, periods or populations.",
)
ONLY_NUMBERS = Bilingual(
    ko="수치 없이 비용을 말하는 주장과 효율·하드웨어의 수치는 표에 없습니다. compare_model_costs가 모두 보여 줍니다.",
    en="Claims about cost without a number, and figures of efficiency or hardware, have no row: compare_model_costs has them all.",
)
CATALOGUE_CUT = Bilingual(
    ko="일부만 적었습니다. 모든 기록은 resources/list에 있습니다.",
    en="Not everything is named here: resources/list has every record.",
)

STANDS_NO_LONGER = Bilingual(
    ko="이 주장은 철회되었거나 다른 주장으로 대체되어 더는 답에 나오지 않습니다. 까닭은 `history`에 있습니다.",
    en="This claim was retracted or superseded, and is no part of answers any more: `history` says why.",
)

BASES: dict[CostBasis, Bilingual] = {
    "final_training_run": Bilingual(
        ko="보도된 최종 학습 비용. 무엇까지 포함하는지는 밝혀지지 않음",
        en="the final training run, as reported; what it includes is not stated",
    ),
    "amortised_hardware_energy": Bilingual(
        ko="학습에 쓴 하드웨어 상각과 전력", en="amortised hardware and energy of training"
    ),
    "cloud_compute": Bilingual(ko="연산을 클라우드에서 빌릴 때의 값", en="price of the compute at cloud rates"),
    "hardware_purchase": Bilingual(ko="하드웨어 구입비", en="hardware bought"),
    "whole_development": Bilingual(
        ko="연구와 인력을 포함한 개발비 전체", en="whole development, research and staff included"
    ),
    "api_price": Bilingual(ko="API 정가", en="API list price"),
    "workload": Bilingual(ko="주어진 작업량의 비용", en="cost of a given workload"),
    "price_unspecified": Bilingual(
        ko="싸다거나 비싸다는 말. 무엇의 값인지는 밝혀지지 않음", en="cheap or dear; what is priced is not stated"
    ),
    "infrastructure": Bilingual(ko="데이터센터, 칩 같은 인프라 비용", en="infrastructure: data centres, chips"),
    "compute_efficiency": Bilingual(
        ko="연산, 크기, 에너지에 견준 성능", en="performance for compute, size or energy; not an amount of money"
    ),
}

PARTS: Mapping[Part, Bilingual] = {
    "total": Bilingual(ko="합계", en="total"),
    "input": Bilingual(ko="입력", en="input"),
    "cached_input": Bilingual(ko="캐시된 입력", en="cached input"),
    "output": Bilingual(ko="출력", en="output"),
}
"""What the parts of a cost are called."""


def as_of(day: date, language: Language) -> str:
    """That an answer is from what was known at the end of a day."""
    if language == "ko":
        return f"{day}(UTC)까지 이 지식베이스에 있던 것으로 답합니다. 그 뒤에 들어온 주장과 글은 빠지고, 그 뒤에 철회되거나 대체된 주장은 들어 있습니다."
    return f"As known at the end of {day} (UTC): what came in later is left out, and what was retracted or superseded later is in."


NAMES_SAID = 5
"""The most names from a question that notes say back."""
_LONGEST_NAME = 30
_MOST_THERE = 40
"""The most ids that a refusal lists: a library may have any number of articles."""


def said(names: Sequence[str], longest: int = _LONGEST_NAME) -> str:
    """Names from outside as an answer says them back, in quotation marks: not all of many, not all of a long one."""
    shown = [one_line(name) for name in names[:NAMES_SAID]]
    cut = [name if len(name) <= longest else f"{name[:longest]}…" for name in shown]
    return ", ".join(f"‘{name}’" for name in cut) + (", …" if len(names) > NAMES_SAID else "")


def words_unknown(words: Sequence[str], language: Language, *, found: bool) -> str:
    """Which words of a question nothing was found for, and what the answer was found by instead."""
    named = said(words)
    if language == "ko":
        return f"지식베이스에 없는 말: {named}." + (" 찾은 것은 나머지 말로 찾은 것입니다." if found else "")
    return f"Not in the knowledge base: {named}." + (" What was found was found by the other words." if found else "")


def words_respelt(words: Sequence[str], language: Language) -> str:
    """Which words of a question were looked for in another spelling than they are written in."""
    named = said(words)
    if language == "ko":
        return f"그대로는 없어서 비슷한 말로 찾은 말: {named}."
    return f"Nowhere as written, so looked for in a near spelling or in parts: {named}."


def figures_elsewhere(tools: Sequence[str], language: Language) -> str:
    """Articles say nothing, and a tool has the figures."""
    named = ", ".join(f"`{tool}`" for tool in tools)
    if language == "ko":
        return f"기사에는 이 질문에 답하는 내용이 없지만, 수치는 {named}에 있습니다. `next_calls`대로 부르세요."
    return f"No article here answers this, but {named} has figures: call it as `next_calls` says."


def nearest_trends(names: Sequence[str], language: Language) -> str:
    """Which trends come near a question that has no answer."""
    named = ", ".join(names)
    return f"가까운 동향: {named}" if language == "ko" else f"Trends that come near: {named}"


def name_unknown(name: str, near: Sequence[str], language: Language) -> str:
    """A name that is not there, and those like it."""
    there = ", ".join(near)
    if language == "ko":
        hint = f"비슷한 이름: {there}." if near else "이름으로 거르지 말고 말로 검색해 보세요."
        return f"{said([name])}은(는) 지식베이스에 없습니다. {hint}"
    hint = f"Names like it: {there}." if near else "Try it as words of a search."
    return f"{said([name])} is not in the knowledge base. {hint}"


def no_such(noun: Bilingual, name: str, there: Sequence[str], language: Language, meant: Sequence[str] = ()) -> str:
    """A name that must be there and is not; what may have been meant, or what is there."""
    if language == "ko":
        hint = f"혹시 {' / '.join(meant)}?" if meant else f"있는 것: {_some(there)}."
        return f"{noun.ko} ‘{name}’은(는) 지식베이스에 없습니다. {hint}"
    hint = f"Did you mean {' or '.join(meant)}?" if meant else f"It has: {_some(there)}."
    return f"There is no {noun.en} ‘{name}’ in the knowledge base. {hint}"


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_MOST_THERE]) + (", …" if len(ids) > _MOST_THERE else "")


def text_needed(article: str, *, is_other: bool, language: Language) -> str:
    """That claims can only be drawn from an article's very text."""
    if language == "ko":
        what = "라이브러리에 있는 것은 고친 사본이라" if is_other else "라이브러리에 원문이 없어"
        return f"기사 ‘{article}’은(는) {what} 주장을 적을 수 없습니다. `ai-trends-mcp add 파일`로 원문을 추가하세요."
    what = "only an altered copy of it is in the library" if is_other else "its text is not in the library"
    return f"No claims can be drawn from ‘{article}’: {what}. Add the very text: `ai-trends-mcp add FILE`."


def drafts_refused(count: int, language: Language) -> str:
    """That some drafts have to be mended."""
    if language == "ko":
        return f"{count}건이 거절되었습니다. 까닭과 고칠 방법(`refusals`)대로 고쳐 그것만 다시 내세요."
    return f"{count} refused: mend them as `refusals` says, and send only those again."


def figures_differ(claims: Sequence[str], language: Language) -> str:
    """That older claims have other figures for the same thing and time."""
    there = _some(list(claims))
    if language == "ko":
        return (
            f"같은 대상과 시기의 수치가 다른 주장이 있습니다: {there}. 어느 쪽도 지우지 않고 엇갈리는 점으로 보입니다."
        )
    return f"Other claims have different figures for the same thing and time: {there}. Both stay, and are shown as a disagreement."


def claim_elsewhere(claim: str, article: str, language: Language) -> str:
    """A claim that was looked for in the wrong article."""
    if language == "ko":
        return f"주장 ‘{claim}’은(는) 다른 기사의 것입니다. `article`에 `{article}`을 넣으세요."
    return f"The claim ‘{claim}’ is of another article: ask with `article` `{article}`."


def also_named(names: Sequence[str], language: Language) -> str:
    """What else has the name that was asked for."""
    there = ", ".join(names)
    return f"같은 이름의 다른 대상: {there}." if language == "ko" else f"The same name also stands for {there}."


def bad_cursor(language: Language) -> str:
    """A cursor of another call."""
    if language == "ko":
        return "`cursor`가 이 질문의 것이 아닙니다. 같은 인자로 받은 값을 그대로 주세요. 그사이 지식베이스가 바뀌었으면 빼고 처음부터 다시 부르세요."
    return "`cursor` does not belong to this call. Give back the one you got with the same arguments; if the knowledge base has changed since, leave it out to start again."


def backward(since: str, until: str, language: Language) -> str:
    """Dates that leave no time between them."""
    if language == "ko":
        return f"`since`({since})가 `until`({until})보다 늦습니다. 순서를 바꾸세요."
    return f"`since` ({since}) is later than `until` ({until}): swap them."


def bad_date(name: str, value: str, why: str, language: Language) -> str:
    """A date that is none."""
    if language == "ko":
        return f"`{name}`의 값 ‘{value}’은(는) 날짜가 아닙니다. 2024, 2024-05, 2024-05-13처럼 쓰세요."
    return f"`{name}`: {why}."


def texts_left_out(texts: int, of: int, language: Language) -> str:
    """The index of the library's texts is behind."""
    if language == "ko":
        return f"라이브러리의 글 {of:,}개 가운데 {texts:,}개만 찾아보았습니다. 나머지는 아직 색인에 없습니다. 조금 뒤에 다시 묻거나 `ai-trends-mcp reindex`를 실행하세요."
    return f"Only {texts:,} of the library's {of:,} texts were searched, the others are not in its index yet: ask again a little later, or run `ai-trends-mcp reindex`."


def by_meaning(found: Sequence[str], language: Language) -> str:
    """Claims and passages that words do not find."""
    named = ", ".join(found)
    if language == "ko":
        return f"낱말이 아니라 뜻으로 찾은 것: {named}. 질문에 맞는지 확인하세요."
    return f"Found by meaning, not by words: {named}. Check that they speak about the question."


def meaning_awaited(done: int, total: int, language: Language) -> str:
    """Search by meaning does not cover everything yet."""
    if language == "ko":
        return f"뜻으로 찾기를 준비하고 있습니다({total:,}건 가운데 {done:,}건). 조금 뒤에 다시 물으면 더 나올 수 있습니다."
    return f"Search by meaning is being prepared ({done:,} of {total:,}): ask again a little later for what it may add."


def meaning_fails(why: str, language: Language) -> str:
    """Only words were searched."""
    if language == "ko":
        return f"뜻으로 찾기가 되지 않아 낱말로만 찾았습니다: {why}"
    return f"Only words were searched, not meaning: {why}"
