"""The messages of answers, in both languages."""

from collections.abc import Mapping, Sequence

from knowledge.model import Bilingual, CostBasis, CostPart
from knowledge.text import to_line

NOTHING_FOUND = Bilingual(
    ko="지식베이스에서 이 질문의 답을 찾지 못했습니다. 다른 표현으로 다시 물어보세요.",
    en="Nothing in the knowledge base answers this. Try other words.",
)
ONLY_PASSAGES = Bilingual(
    ko="이 질문에 답하는 주장은 없지만, 라이브러리의 글에서 관련 대목을 찾았습니다. 검증하지 않은 원문입니다.",
    en="No claim answers this, but texts in the library mention it. These passages are unverified.",
)
FILTERED_OUT = Bilingual(
    ko="조건에 맞는 주장이 없습니다. 조건(동향, 대상, 종류, 기사, 날짜)을 줄여 다시 물어보세요.",
    en="No claim matches both the question and these filters. Try fewer filters.",
)
ONLY_PARTS = Bilingual(
    ko="질문의 일부에만 맞는 주장입니다. 실제로 답이 되는지 확인하세요.",
    en="These match only parts of the question: check that they answer it.",
)
PASSAGES_ONLY_PARTS = Bilingual(
    ko="글에서 찾은 대목은 질문의 일부에만 맞습니다.",
    en="The passages match only parts of the question.",
)
QUOTES_MISSING = Bilingual(
    ko="인용문 없이 위치만 표시된 근거는 라이브러리에 원문이 없는 경우입니다. `ai-trends-mcp add 파일`로 원문을 추가하면 인용문이 표시됩니다.",
    en="Some evidence has no quote because its text is not in the library. Add the text with `ai-trends-mcp add FILE` to see quotes.",
)
NOT_FACTS = Bilingual(
    ko="전망, 의견, 가설이 섞여 있습니다. 사실이 아니라 전망, 의견, 가설로 인용하세요.",
    en="Some of these are forecasts, opinions or hypotheses: cite each as what its `kind` says, not as fact.",
)
PERIOD_UNKNOWN_LEFT_OUT = Bilingual(
    ko="날짜 조건을 쓰면 시기를 알 수 없는 주장은 제외됩니다.",
    en="Date filters exclude claims whose time is unknown.",
)
UNKNOWN = Bilingual(ko="알 수 없음", en="unknown")
RULE_NOT_STATED = Bilingual(ko="기사가 밝히지 않음", en="not stated in the article")
SHARE_OF_KNOWN = Bilingual(
    ko="순위와 비중은 이 출처에 수치가 있는 나라만 놓고 계산했습니다. 모델의 품질이 아니라 개수를 나타냅니다.",
    en="Rank and share cover only the countries that this source counts. They measure the number of models, not their quality.",
)
DIFFERENT_BASES = Bilingual(
    ko="비용 기준이 서로 다른 수치와 진술입니다. 비용에 포함된 항목이 다르므로 순위를 매기거나 비율을 계산하지 마세요. 같은 기준 안에서는 최저가 대비 배수(`times_lowest`)로 비교할 수 있습니다.",
    en="These figures and statements have different cost bases: they cover different things, so do not rank them or compute ratios between them. Within one basis, use `times_lowest`.",
)
ONE_FIGURE = Bilingual(
    ko="같은 기준의 금액이 하나뿐이라 비교할 대상이 없습니다.",
    en="This basis has only one amount, so there is nothing to compare.",
)
PLACE_MISSING = Bilingual(
    ko="라이브러리에 있는 사본에는 이 주장의 근거가 되는 대목이 없습니다.",
    en="The copy in the library does not contain the words that support this claim.",
)
TEXT_MISSING = Bilingual(
    ko="이 기사의 원문이 라이브러리에 없습니다. `ai-trends-mcp add 파일`로 추가하면 본문과 인용문을 읽을 수 있습니다.",
    en="The text of this article is not in the library. Add it with `ai-trends-mcp add FILE` to read it and to see quotes.",
)
CUT_TO_FIT = Bilingual(
    ko="답을 줄였습니다. 나머지는 `detail=full`로 볼 수 있습니다.",
    en="Shortened. Use `detail=full` for the rest.",
)
UNLISTED_IS_UNKNOWN = Bilingual(
    ko="목록에 없는 나라는 모델이 0개라는 뜻이 아니라 수를 알 수 없다는 뜻입니다. 집계 기관이나 시기, 대상이 다른 수치는 서로 비교하지 마세요.",
    en="A country that is not listed is unknown, not zero. Do not compare counts from different publishers, periods or populations.",
)
ONLY_NUMBERS = Bilingual(
    ko="수치 없이 비용을 언급한 주장과 효율·하드웨어 관련 수치는 이 표에 없습니다. `compare_model_costs`에서 확인하세요.",
    en="Cost claims without a number, and figures on efficiency or hardware, are not in this table: see `compare_model_costs`.",
)
CATALOGUE_CUT = Bilingual(
    ko="일부만 표시했습니다. 전체 목록은 resources/list에 있습니다.",
    en="This is not the full list: see resources/list.",
)

STANDS_NO_LONGER = Bilingual(
    ko="이 주장은 철회되었거나 다른 주장으로 대체되어 더는 답에 나오지 않습니다. 이유는 `history`에 있습니다.",
    en="This claim was retracted or superseded and no longer appears in answers. See `history` for the reason.",
)

BASES: dict[CostBasis, Bilingual] = {
    "final_training_run": Bilingual(
        ko="보도된 최종 학습 비용. 무엇까지 포함하는지는 밝혀지지 않음",
        en="the final training run, as reported; what it includes is not stated",
    ),
    "amortised_hardware_energy": Bilingual(
        ko="학습에 쓴 하드웨어 상각과 전력", en="amortised hardware and energy of training"
    ),
    "cloud_compute": Bilingual(ko="클라우드에서 연산 자원을 빌리는 비용", en="price of the compute at cloud rates"),
    "hardware_purchase": Bilingual(ko="하드웨어 구입비", en="hardware purchases"),
    "whole_development": Bilingual(
        ko="연구와 인력을 포함한 개발비 전체", en="all development, including research and staff"
    ),
    "api_price": Bilingual(ko="API 정가", en="API list price"),
    "workload": Bilingual(ko="주어진 작업량의 비용", en="cost of a given workload"),
    "price_unspecified": Bilingual(
        ko="싸다거나 비싸다는 평가. 무엇의 가격인지는 밝혀지지 않음",
        en="called cheap or expensive; what is priced is not stated",
    ),
    "infrastructure": Bilingual(ko="데이터센터, 칩 같은 인프라 비용", en="infrastructure: data centres, chips"),
    "compute_efficiency": Bilingual(
        ko="연산량, 크기, 에너지 대비 성능(금액 아님)",
        en="performance per compute, size or energy; not an amount of money",
    ),
}

PARTS: Mapping[CostPart, Bilingual] = {
    "total": Bilingual(ko="합계", en="total"),
    "input": Bilingual(ko="입력", en="input"),
    "cached_input": Bilingual(ko="캐시된 입력", en="cached input"),
    "output": Bilingual(ko="출력", en="output"),
}
"""Names of the parts of a cost."""

AS_OF = Bilingual(
    ko="{day}(UTC) 기준으로 답합니다. 그 뒤에 추가된 주장과 글은 제외하고, 그 뒤에 철회되거나 대체된 주장은 포함합니다.",
    en="As known at the end of {day} (UTC): excludes what was added later, includes what was retracted or superseded later.",
)
BAD_CURSOR = Bilingual(
    ko="`cursor`가 이 호출에 맞는 값이 아닙니다. 같은 인자로 호출해 받은 값을 그대로 넣으세요. 그사이 지식베이스가 바뀌었다면 `cursor`를 빼고 처음부터 다시 호출하세요.",
    en="`cursor` does not belong to this call. Pass the one you got with the same arguments; if the knowledge base has changed since, leave it out to start again.",
)
DATES_REVERSED = Bilingual(
    ko="`since`({since})가 `until`({until})보다 늦습니다. 순서를 바꾸세요.",
    en="`since` ({since}) is later than `until` ({until}): swap them.",
)
BAD_DATE = Bilingual(
    ko="`{name}`의 값 ‘{value}’은(는) 날짜가 아닙니다. 2024, 2024-05, 2024-05-13처럼 쓰세요.", en="`{name}`: {why}."
)
RESPELT_WORDS = Bilingual(
    ko="{words}이(가) 없어 철자가 비슷한 말로 찾았습니다.",
    en="No match for {words}; searched for close spellings instead.",
)
NEAREST_TRENDS = Bilingual(ko="가까운 동향: {trends}", en="Nearest trends: {trends}")
FOUND_BY_MEANING = Bilingual(
    ko="단어가 아니라 의미로 찾은 결과: {ids}. 질문에 맞는지 확인하세요.",
    en="Found by meaning, not by words: {ids}. Check that they answer the question.",
)
MEANING_AWAITED = Bilingual(
    ko="의미 검색을 준비하고 있습니다({total:,}건 가운데 {done:,}건 완료). 잠시 뒤에 다시 물으면 결과가 더 나올 수 있습니다.",
    en="Search by meaning is being prepared ({done:,} of {total:,}). Ask again later for more results.",
)
MEANING_FAILED = Bilingual(
    ko="의미 검색에 실패해 단어로만 찾았습니다: {why}", en="Searched by words only, not by meaning: {why}"
)
TEXTS_LEFT_OUT = Bilingual(
    ko="라이브러리의 글 {total:,}개 가운데 {searched:,}개만 검색했습니다. 나머지는 아직 색인에 없습니다. 잠시 뒤에 다시 묻거나 `ai-trends-mcp reindex`를 실행하세요.",
    en="Only {searched:,} of the library's {total:,} texts were searched; the others are not indexed yet. Ask again later, or run `ai-trends-mcp reindex`.",
)
DRAFTS_REFUSED = Bilingual(
    ko="{count}건이 거절되었습니다. `refusals`에 적힌 이유와 방법에 따라 고친 뒤 거절된 것만 다시 제출하세요.",
    en="{count} refused: fix them as described in `refusals` and submit only those again.",
)
CLAIM_ELSEWHERE = Bilingual(
    ko="주장 ‘{claim}’은(는) 다른 기사에 있습니다. `article`에 `{article}`을(를) 넣으세요.",
    en="The claim ‘{claim}’ belongs to another article: ask with `article` `{article}`.",
)
ALSO_NAMED = Bilingual(ko="같은 이름의 다른 대상: {names}.", en="The same name also stands for {names}.")

MOST_NAMES = 5
"""The most names from a question in a message."""
_LONGEST_NAME = 30
_MOST_IDS = 40
"""The most ids in a refusal: a library may have any number of articles."""


def quote_names(names: Sequence[str], longest: int = _LONGEST_NAME) -> str:
    """Return names from outside in quotation marks; long names are cut, and so is a long list."""
    shown = [to_line(name) for name in names[:MOST_NAMES]]
    cut = [name if len(name) <= longest else f"{name[:longest]}…" for name in shown]
    return ", ".join(f"‘{name}’" for name in cut) + (", …" if len(names) > MOST_NAMES else "")


def list_ids(ids: Sequence[str]) -> str:
    """Return ids separated by commas, at most `_MOST_IDS` of them."""
    return ", ".join(ids[:_MOST_IDS]) + (", …" if len(ids) > _MOST_IDS else "")


_UNKNOWN_WORDS = Bilingual(ko="지식베이스에 없는 말: {words}.", en="Not in the knowledge base: {words}.")
_FOUND_OTHERWISE = Bilingual(
    ko="지식베이스에 {words}이(가) 없어 나머지 단어로 찾았습니다.",
    en="No match for {words}; searched for the other words only.",
)


def describe_unknown_words(words: Sequence[str], *, found: bool) -> Bilingual:
    """Return a note on the unknown words of a question; `found` if the other words matched."""
    return (_FOUND_OTHERWISE if found else _UNKNOWN_WORDS).format(words=quote_names(words))


FIGURES_ELSEWHERE = Bilingual(
    ko="이 질문에 답하는 기사는 없습니다. 질문에 나온 이름과 관련된 수치는 `{tool}`에 있으니 `next_calls`에 적힌 대로 호출하세요.",
    en="No article answers this. `{tool}` has figures on a name in the question: call it as shown in `next_calls`.",
)


_UNKNOWN_NAME = Bilingual(
    ko="{name}은(는) 지식베이스에 없습니다. {hint}", en="{name} is not in the knowledge base. {hint}"
)
_SIMILAR_NAMES = Bilingual(ko="비슷한 이름: {names}.", en="Similar names: {names}.")
_SEARCH_INSTEAD = Bilingual(
    ko="이름으로 범위를 좁히지 말고 검색어로 찾아보세요.", en="Search for it by words instead of filtering by name."
)


def describe_unknown_name(name: str, similar: Sequence[str]) -> Bilingual:
    """Return the message that a name is unknown, with similar names."""
    hint = _SIMILAR_NAMES.format(names=", ".join(similar)) if similar else _SEARCH_INSTEAD
    return _UNKNOWN_NAME.format(name=quote_names([name]), hint=hint)


_MISSING = Bilingual(
    ko="{noun} ‘{name}’은(는) 지식베이스에 없습니다. {hint}",
    en="There is no {noun} ‘{name}’ in the knowledge base. {hint}",
)
_EXISTING = Bilingual(ko="사용할 수 있는 값: {ids}.", en="Available: {ids}.")


def describe_missing(noun: Bilingual, name: str, existing: Sequence[str], similar: Sequence[str] = ()) -> Bilingual:
    """Return the message that a record does not exist, with similar or existing ids."""
    hint = _EXISTING.format(ids=list_ids(existing))
    if similar:
        hint = Bilingual(ko=f"혹시 {' / '.join(similar)}?", en=f"Did you mean {' or '.join(similar)}?")
    return _MISSING.format(noun=noun, name=name, hint=hint)


_TEXT_MISSING = Bilingual(
    ko="기사 ‘{article}’은(는) 라이브러리에 원문이 없어 주장을 기록할 수 없습니다. `ai-trends-mcp add 파일`로 원문을 추가하세요.",
    en="No claims can be recorded from ‘{article}’: its text is not in the library. Add it with `ai-trends-mcp add FILE`.",
)
_TEXT_DIFFERS = Bilingual(
    ko="기사 ‘{article}’은(는) 라이브러리에 내용이 달라진 사본만 있어 주장을 기록할 수 없습니다. `ai-trends-mcp add 파일`로 원문을 추가하세요.",
    en="No claims can be recorded from ‘{article}’: the library has only an altered copy. Add the original with `ai-trends-mcp add FILE`.",
)


def describe_missing_text(article: str, *, has_copy: bool) -> Bilingual:
    """Return the message that an article's original text is missing, so that no claims can be recorded."""
    return (_TEXT_DIFFERS if has_copy else _TEXT_MISSING).format(article=article)


_FIGURES_DIFFER = Bilingual(
    ko="같은 대상과 시기를 두고 수치가 다른 주장이 있습니다: {claims}. 모두 그대로 두고, 엇갈리는 점으로 함께 표시합니다.",
    en="Other claims have different figures for the same subject and time: {claims}. All are kept and shown as a disagreement.",
)


def describe_differing_figures(claims: Sequence[str]) -> Bilingual:
    """Return a note on claims with other figures for the same subject and time."""
    return _FIGURES_DIFFER.format(claims=list_ids(claims))


_SINCE = Bilingual(ko="{day} 이후", en="since {day}")
_UNTIL = Bilingual(ko="{day}까지", en="until {day}")
_YEARS = Bilingual(ko="{first}~{last}", en="{first}–{last}")
_DAYS = Bilingual(ko="{first} ~ {last}", en="{first} – {last}")


def describe_period(period: str) -> Bilingual:
    """Return a period (EDTF) as written in headings: `2020–2024`, `since 2023-03`."""
    first, slash, last = period.partition("/")
    if not slash or first == last:
        return Bilingual(ko=first, en=first)
    if last == "..":
        return _SINCE.format(day=first)
    if first == "..":
        return _UNTIL.format(day=last)
    return (_YEARS if len(first) == len(last) == len("2020") else _DAYS).format(first=first, last=last)
