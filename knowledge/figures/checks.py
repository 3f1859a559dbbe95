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
_FITTING: tuple[Verdict, ...] = ("match", "near")
"""What a vintage may say for a count, the better first."""
_REASONS: Mapping[Verdict, Bilingual] = {
    "match": Bilingual(
        ko="{rules} 기준으로는 그 판과도 최신 판과도 같습니다.",
        en="By {rules} it is the number of that vintage and of the newest.",
    ),
    "near": Bilingual(
        ko="{rules} 기준으로는 그 판과도 최신 판과도 같거나 가깝습니다.",
        en="By {rules} it is the number of that vintage and of the newest, or near it.",
    ),
    "revised": Bilingual(
        ko="{rules} 기준으로는 그 판과 같거나 가까웠고, 최신 판은 달라졌습니다.",
        en="By {rules} it is the number of that vintage, or near it; the newest has moved away.",
    ),
    "conflict": Bilingual(
        ko="발표 무렵의 판에서는 어느 기준({rules})으로도 이 수에 가깝지 않습니다.",
        en="By no rule ({rules}) do the vintages about its publication come near it.",
    ),
}


class Recounted(NamedTuple):
    """One vintage's count of a country by each rule, of the published count's own period."""

    vintage: date
    counts: Mapping[Rule, int]


def check(published: int, reading: Reading, recounts: Sequence[Recounted], language: Language) -> Check:
    """How a count, published as a reading of a dataset, compares with its vintages.

    A vintage of a day before the period's end covers only a part of it. Of the last one before the publication and the first
    one after it, that which fits better says whether the count was right then; the newest whether it still is, by the same rule.
    """
    covering = [one for one in recounts if one.vintage >= bounds(reading.period)[1] and one.counts]
    if not covering:
        return Check(verdict="not_covered", why=_nothing(reading, language))
    then = min(_about(reading, covering), key=lambda one: (_best(published, one), _distance(reading, one)))
    newest = max(covering, key=lambda one: one.vintage)
    fitting = _fitting(published, then)
    verdict, rules = _overall(fitting, _fitting(published, newest))
    said = _said(reading, then, newest, language)
    return Check(
        verdict=verdict,
        why=f"{said} {_REASONS[verdict].in_language(language).format(rules=', '.join(rules or then.counts))}",
        vintages={
            str(one.vintage): _of_vintage(published, one, fitting) if one in covering else "not_covered"
            for one in sorted(recounts, key=lambda one: one.vintage, reverse=True)
        },
    )


def nearest(reading: Reading, recounts: Sequence[Recounted]) -> Recounted:
    """The vintage nearest to the publication; of two as near, the later."""
    return min(recounts, key=lambda one: (_distance(reading, one), -one.vintage.toordinal()))


def _about(reading: Reading, covering: Sequence[Recounted]) -> list[Recounted]:
    """The last vintage before the end of the publication's day or month, and the first after that."""
    last = bounds(reading.as_of)[1]
    before = [one for one in covering if one.vintage <= last]
    after = [one for one in covering if one.vintage > last]
    return sorted(before, key=lambda one: one.vintage)[-1:] + sorted(after, key=lambda one: one.vintage)[:1]


def _distance(reading: Reading, one: Recounted) -> int:
    """Days between a vintage and the publication."""
    first, last = bounds(reading.as_of)
    return max((first - one.vintage).days, (one.vintage - last).days, 0)


def _overall(then: Mapping[Rule, Verdict], now: Mapping[Rule, Verdict]) -> tuple[Verdict, list[Rule]]:
    """The verdict, and the rules that it goes by: by another rule than fitted then, a count would fit by chance."""
    worse = {rule: max(then[rule], now[rule], key=_FITTING.index) for rule in then if rule in now}
    for verdict in _FITTING:
        if rules := [rule for rule, one in worse.items() if one == verdict]:
            return verdict, rules
    return ("revised", list(then)) if then else ("conflict", [])


def _of_vintage(published: int, one: Recounted, then: Mapping[Rule, Verdict]) -> Verdict:
    fitting = _fitting(published, one)
    fits = [verdict for rule, verdict in fitting.items() if rule in then or not then]
    return min(fits, key=_FITTING.index, default="revised" if then else "conflict")


def _fitting(published: int, one: Recounted) -> dict[Rule, Verdict]:
    """The rules by which a vintage gives the published count, or a number near it."""
    most = max(Decimal(1), _NEAR * published)
    near = {rule: count for rule, count in one.counts.items() if abs(count - published) <= most}
    return {rule: "match" if count == published else "near" for rule, count in near.items()}


def _best(published: int, one: Recounted) -> int:
    return min(map(_FITTING.index, _fitting(published, one).values()), default=len(_FITTING))


def _said(reading: Reading, then: Recounted, newest: Recounted, language: Language) -> str:
    days = _distance(reading, then)
    after = then.vintage > bounds(reading.as_of)[1]
    if language == "ko":
        when = f"발표 {days}일 {'뒤' if after else '전'}" if days else "발표 무렵"
        said = f"{then.vintage} 판({when}): {_counts(then)}."
        return said if then == newest else f"{said} 최신 {newest.vintage} 판: {_counts(newest)}."
    when = f"{days} days {'after' if after else 'before'} publication" if days else "at publication"
    said = f"Vintage {then.vintage}, {when}: {_counts(then)}."
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
