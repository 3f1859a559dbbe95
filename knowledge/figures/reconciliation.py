"""How does a published count compare with recounts of the dataset that it reads? Pure functions."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, NamedTuple

from pydantic import Field

from knowledge.figures.messages import RULES
from knowledge.model.periods import parse_period
from knowledge.model.records import Bilingual, CountingRule, Language, Period, Population, Slug, Value
from knowledge.queries.figure_answers import Check, Verdict
from knowledge.store import packaged


class Reading(Value):
    """A published count that was read off a dataset, as far as curators know from outside the article."""

    publisher: Slug
    """Who published the count."""
    population: Slug
    """The entity whose instances it counts."""
    period: Period
    """The time in which the models were released (EDTF)."""
    dataset: Population
    """The dataset that it reads."""
    as_of: Period
    """When it was published (EDTF)."""
    rows: Annotated[int, Field(gt=0)]
    """How many models it counts worldwide."""


class _Readings(Value):
    readings: tuple[Reading, ...]


@cache
def load_readings() -> tuple[Reading, ...]:
    """What is packaged."""
    text = packaged.get_packaged_folder().joinpath("readings.toml").read_text(encoding="utf-8")
    return _Readings.model_validate(tomllib.loads(text)).readings


def find_reading(publisher: str | None, population: str | None, period: str | None) -> Reading | None:
    """The reading that a count of this publisher, population and period is; `None` where nothing says so."""
    asked = (publisher, population, period)
    return next((one for one in load_readings() if (one.publisher, one.population, one.period) == asked), None)


_NEAR = Decimal("0.05")
"""How far a recount may be from a published count to be near it, as a share of that; one model is always near."""
_FITTING: tuple[Verdict, ...] = ("match", "near")
"""What a vintage may say for a count, the better first."""
_REASONS: Mapping[Verdict, Bilingual] = {
    "match": Bilingual(
        ko="‘{rules}’ 기준으로는 그 판과도 최신 판과도 같습니다.",
        en="By {rules} it equals the count of that vintage and of the newest.",
    ),
    "near": Bilingual(
        ko="‘{rules}’ 기준으로는 그 판과도 최신 판과도 같거나 비슷합니다.",
        en="By {rules} it equals the count of that vintage and of the newest, or is near it.",
    ),
    "revised": Bilingual(
        ko="‘{rules}’ 기준으로는 그 판과 같거나 비슷했으나 최신 판에서는 달라졌습니다.",
        en="By {rules} it equals the count of that vintage, or is near it; the newest differs.",
    ),
    "conflict": Bilingual(
        ko="발표 무렵의 판은 어느 기준(‘{rules}’)으로 세어도 이 수와 다릅니다.",
        en="By no rule ({rules}) is a vintage from around its publication near it.",
    ),
}


_AT = Bilingual(ko="발표 무렵", en="at publication")
_AFTER = Bilingual(ko="발표 {days}일 뒤", en="{days} days after publication")
_BEFORE = Bilingual(ko="발표 {days}일 전", en="{days} days before publication")
_ONE_VINTAGE = Bilingual(ko="{vintage} 판({when}): {counts}.", en="Vintage {vintage}, {when}: {counts}.")
_TWO_VINTAGES = Bilingual(
    ko="{vintage} 판({when}): {counts}. 최신 {newest} 판: {newest_counts}.",
    en="Vintage {vintage}, {when}: {counts}. Newest, {newest}: {newest_counts}.",
)
_NOT_COVERED = Bilingual(
    ko="{period} 전체를 담은 데이터셋 판이 없어 비교할 수 없습니다.",
    en="No known vintage of the dataset covers the whole of {period}.",
)


class VintageCount(NamedTuple):
    """One vintage's count of a country by each rule, of the published count's own period."""

    vintage: date
    counts: Mapping[CountingRule, int]


def check_count(published: int, reading: Reading, recounts: Sequence[VintageCount], language: Language) -> Check:
    """How a count, published as a reading of a dataset, compares with its vintages.

    A vintage of a day before the period's end covers only a part of it. Of the last one before the publication and the first
    one after it, that which fits better says whether the count was right then; the newest whether it still is, by the same rule.
    """
    covering = [one for one in recounts if one.vintage >= parse_period(reading.period)[1] and one.counts]
    if not covering:
        return Check(verdict="not_covered", why=_NOT_COVERED.format(period=reading.period).in_language(language))
    then = min(
        _around_publication(reading, covering), key=lambda one: (_best_fit(published, one), _distance(reading, one))
    )
    newest = max(covering, key=lambda one: one.vintage)
    fitting = _fitting_rules(published, then)
    verdict, rules = _overall(fitting, _fitting_rules(published, newest))
    why = _REASONS[verdict].format(rules=_rule_names(rules or list(then.counts)))
    return Check(
        verdict=verdict,
        why=f"{_describe(reading, then, newest).in_language(language)} {why.in_language(language)}",
        vintages={
            str(one.vintage): _vintage_verdict(published, one, fitting) if one in covering else "not_covered"
            for one in sorted(recounts, key=lambda one: one.vintage, reverse=True)
        },
    )


def find_nearest(reading: Reading, recounts: Sequence[VintageCount]) -> VintageCount:
    """The vintage nearest to the publication; of two as near, the later."""
    return min(recounts, key=lambda one: (_distance(reading, one), -one.vintage.toordinal()))


def _around_publication(reading: Reading, covering: Sequence[VintageCount]) -> list[VintageCount]:
    """The last vintage before the end of the publication's day or month, and the first after that."""
    last = parse_period(reading.as_of)[1]
    before = [one for one in covering if one.vintage <= last]
    after = [one for one in covering if one.vintage > last]
    return sorted(before, key=lambda one: one.vintage)[-1:] + sorted(after, key=lambda one: one.vintage)[:1]


def _distance(reading: Reading, one: VintageCount) -> int:
    """Days between a vintage and the publication."""
    first, last = parse_period(reading.as_of)
    return max((first - one.vintage).days, (one.vintage - last).days, 0)


def _overall(
    then: Mapping[CountingRule, Verdict], now: Mapping[CountingRule, Verdict]
) -> tuple[Verdict, list[CountingRule]]:
    """The verdict, and the rules that it goes by: by another rule than fitted then, a count would fit by chance."""
    worse = {rule: max(then[rule], now[rule], key=_FITTING.index) for rule in then if rule in now}
    for verdict in _FITTING:
        if rules := [rule for rule, one in worse.items() if one == verdict]:
            return verdict, rules
    return ("revised", list(then)) if then else ("conflict", [])


def _vintage_verdict(published: int, one: VintageCount, then: Mapping[CountingRule, Verdict]) -> Verdict:
    fitting = _fitting_rules(published, one)
    fits = [verdict for rule, verdict in fitting.items() if rule in then or not then]
    return min(fits, key=_FITTING.index, default="revised" if then else "conflict")


def _fitting_rules(published: int, one: VintageCount) -> dict[CountingRule, Verdict]:
    """The rules by which a vintage gives the published count, or a number near it."""
    most = max(Decimal(1), _NEAR * published)
    near = {rule: count for rule, count in one.counts.items() if abs(count - published) <= most}
    return {rule: "match" if count == published else "near" for rule, count in near.items()}


def _best_fit(published: int, one: VintageCount) -> int:
    return min(map(_FITTING.index, _fitting_rules(published, one).values()), default=len(_FITTING))


def _describe(reading: Reading, then: VintageCount, newest: VintageCount) -> Bilingual:
    """Return what the vintage nearest to the publication counts, and the newest where that is another."""
    days = _distance(reading, then)
    when = (_AFTER if then.vintage > parse_period(reading.as_of)[1] else _BEFORE).format(days=days) if days else _AT
    template = _ONE_VINTAGE if then == newest else _TWO_VINTAGES
    return template.format(
        vintage=then.vintage,
        when=when,
        counts=_format_counts(then),
        newest=newest.vintage,
        newest_counts=_format_counts(newest),
    )


def _format_counts(recounted: VintageCount) -> Bilingual:
    """Return the counts with their rules: `129 (first, any), 111 (sole)`."""
    rules: dict[int, list[CountingRule]] = {}
    for rule, count in recounted.counts.items():
        rules.setdefault(count, []).append(rule)
    counts = [(count, _rule_names(named)) for count, named in rules.items()]
    return Bilingual(
        ko=", ".join(f"{count}(‘{named.ko}’)" for count, named in counts),
        en=", ".join(f"{count} ({named.en})" for count, named in counts),
    )


def _rule_names(rules: Sequence[CountingRule]) -> Bilingual:
    return Bilingual(ko="’, ‘".join(RULES[rule].ko for rule in rules), en=", ".join(rules))
