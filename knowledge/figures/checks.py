"""How does a published count compare with recounts of the dataset that it reads? Pure functions."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from knowledge.comparisons import Check, Verdict
from knowledge.figures.readings import Reading
from knowledge.model import Bilingual, Language, Rule
from knowledge.period import bounds

_NEAR = Decimal("0.05")
"""How far a recount may be from a published count to be near it, as a share of that; one model is always near."""
_AGREES: tuple[Verdict, ...] = ("match", "near")
_REASONS: Mapping[Verdict, Bilingual] = {
    "match": Bilingual(
        ko="{rules} 기준으로 센 수와 같거나 가깝고, 지금도 그렇습니다.",
        en="By {rules} it agreed then, and still does.",
    ),
    "near": Bilingual(
        ko="{rules} 기준으로 센 수에 가깝고, 지금도 그렇습니다.", en="By {rules} it was near, and still is."
    ),
    "revised": Bilingual(
        ko="{rules} 기준으로는 그때 맞거나 가까웠고, 그 뒤 데이터셋이 바뀌었습니다.",
        en="By {rules} it agreed or was near then; the dataset has moved since.",
    ),
    "conflict": Bilingual(
        ko="그 무렵의 데이터셋에서 어느 기준({rules})으로도 나오지 않는 수입니다.",
        en="By no rule ({rules}) did the dataset of that time give this number.",
    ),
}


class Recounted(NamedTuple):
    """One vintage's count of a country by each rule, of the published count's own period."""

    vintage: date
    counts: Mapping[Rule, int]


def check(published: int, publisher: str, reading: Reading, recounts: Sequence[Recounted], language: Language) -> Check:
    """How a count, published as a reading of a dataset, compares with its vintages.

    A vintage of a day before the period's end covers only a part of it. Of the others the one nearest to the day of publication
    says whether the count was right then, the newest whether it still is.
    """
    covering = [one for one in recounts if one.vintage >= bounds(reading.period)[1] and one.counts]
    if not covering:
        return Check(verdict="not_covered", why=_nothing(reading, language))
    then = nearest(reading, covering)
    rules = _near(published, then) or tuple(then.counts)
    at_the_time = _agreement(published, then, rules) or "conflict"
    newest = max(covering, key=lambda one: one.vintage)
    verdicts = {
        str(one.vintage): _verdict(published, one, rules, at_the_time) if one in covering else "not_covered"
        for one in sorted(recounts, key=lambda one: one.vintage, reverse=True)
    }
    latest = verdicts[str(newest.vintage)]
    verdict = at_the_time if latest in _AGREES else latest
    said = _said(published, publisher, reading, then, newest, language)
    return Check(verdict=verdict, why=f"{said} {_reason(verdict, rules, language)}", vintages=verdicts)


def nearest(reading: Reading, recounts: Sequence[Recounted]) -> Recounted:
    """The vintage nearest to the publication; of two as near, the later."""
    first, last = bounds(reading.as_of)
    middle = first + (last - first) / 2
    return min(recounts, key=lambda one: (abs(one.vintage - middle), -one.vintage.toordinal()))


def _verdict(published: int, one: Recounted, rules: Sequence[Rule], at_the_time: Verdict) -> Verdict:
    if agreed := _agreement(published, one, rules):
        return agreed
    return "revised" if at_the_time in _AGREES else "conflict"


def _agreement(published: int, one: Recounted, rules: Sequence[Rule]) -> Verdict | None:
    """How near a vintage is by rules that were near at the time: by another rule it would be near by chance."""
    if any(one.counts.get(rule) == published for rule in rules):
        return "match"
    return "near" if set(rules) & set(_near(published, one)) else None


def _near(published: int, one: Recounted) -> tuple[Rule, ...]:
    """The rules by which a vintage's count is near."""
    most = max(Decimal(1), _NEAR * published)
    return tuple(rule for rule, count in one.counts.items() if abs(count - published) <= most)


def _reason(verdict: Verdict, rules: Sequence[Rule], language: Language) -> str:
    named = ", ".join(rules)
    return _REASONS[verdict].say(language).format(rules=named)


def _said(
    published: int, publisher: str, reading: Reading, then: Recounted, newest: Recounted, language: Language
) -> str:
    if language == "ko":
        said = f"{publisher}({reading.as_of}, 전체 {reading.rows}개): {published}. 가장 가까운 {then.vintage} 판: {_counts(then)}."
        return said if then == newest else f"{said} 최신 {newest.vintage} 판: {_counts(newest)}."
    said = f"{publisher} ({reading.as_of}, {reading.rows} in all): {published}. Nearest vintage, {then.vintage}: {_counts(then)}."
    return said if then == newest else f"{said} Newest, {newest.vintage}: {_counts(newest)}."


def _counts(one: Recounted) -> str:
    """`129 (first, any), 111 (sole)`."""
    rules: dict[int, list[str]] = {}
    for rule, count in one.counts.items():
        rules.setdefault(count, []).append(rule)
    return ", ".join(f"{count} ({', '.join(named)})" for count, named in rules.items())


def _nothing(reading: Reading, language: Language) -> str:
    if language == "ko":
        return f"{reading.period} 전체를 담은 데이터셋 판이 없어 견줄 수 없습니다."
    return f"No vintage of the dataset that is known here covers the whole of {reading.period}."
