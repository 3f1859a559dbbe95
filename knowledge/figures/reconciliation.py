"""Reconciliation of published counts with recounts of the dataset that they were read from.

`data/readings.toml` joins articles and datasets: which published counts are readings of which dataset.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, NamedTuple

from pydantic import Field

from knowledge.figures.messages import RULES
from knowledge.model import Bilingual, CountingRule, Language, Period, Population, Slug, Value, parse_period
from knowledge.queries import Check, CountVerdict
from knowledge.store import packaged

_NEAR = Decimal("0.05")
"""Share of a published count by which a near recount may differ; a difference of one model is always near."""
_FITTING: tuple[CountVerdict, ...] = ("match", "near")
"""Verdicts of a fitting vintage, the better first."""
_REASONS: Mapping[CountVerdict, Bilingual] = {
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


class Reading(Value):
    """A published count that was read from a dataset, as curators found outside the article."""

    publisher: Slug
    """Publisher of the count."""
    population: Slug
    """The entity whose instances it counts."""
    period: Period
    """Period in which the models were released (EDTF)."""
    dataset: Population
    """The dataset that it reads."""
    as_of: Period
    """Date of publication (EDTF)."""
    rows: Annotated[int, Field(gt=0)]
    """Number of models worldwide."""


class _Readings(Value):
    readings: tuple[Reading, ...]


@cache
def load_readings() -> tuple[Reading, ...]:
    """Return the packaged readings."""
    text = packaged.get_packaged_folder().joinpath("readings.toml").read_text(encoding="utf-8")
    return _Readings.model_validate(tomllib.loads(text)).readings


def find_reading(publisher: str | None, population: str | None, period: str | None) -> Reading | None:
    """Return the reading for a count of this publisher, population and period; `None` if there is none."""
    key = (publisher, population, period)
    return next(
        (reading for reading in load_readings() if (reading.publisher, reading.population, reading.period) == key), None
    )


class VintageCount(NamedTuple):
    """Count of a country in one vintage by each rule, for the period of the published count."""

    vintage: date
    counts: Mapping[CountingRule, int]


def check_count(published: int, reading: Reading, recounts: Sequence[VintageCount], language: Language) -> Check:
    """Compare a published reading of a dataset with the vintages of the dataset.

    A vintage from before the end of the period covers only part of it. Of the last vintage before publication and the first
    after it, the better fit decides if the count was right then; the newest decides if it still is, by the same rule.
    """
    covering = [count for count in recounts if count.vintage >= parse_period(reading.period)[1] and count.counts]
    if not covering:
        return Check(verdict="not_covered", why=_NOT_COVERED.format(period=reading.period).in_language(language))
    then = min(
        _around_publication(reading, covering),
        key=lambda count: (_best_fit(published, count), _distance(reading, count)),
    )
    newest = max(covering, key=lambda count: count.vintage)
    fitting = _fitting_rules(published, then)
    verdict, rules = _overall(fitting, _fitting_rules(published, newest))
    why = _REASONS[verdict].format(rules=_rule_names(rules or list(then.counts)))
    return Check(
        verdict=verdict,
        why=f"{_describe(reading, then, newest).in_language(language)} {why.in_language(language)}",
        vintages={
            str(count.vintage): _vintage_verdict(published, count, fitting) if count in covering else "not_covered"
            for count in sorted(recounts, key=lambda count: count.vintage, reverse=True)
        },
    )


def find_nearest(reading: Reading, recounts: Sequence[VintageCount]) -> VintageCount:
    """Return the vintage nearest to the publication; of two equally near, the later."""
    return min(recounts, key=lambda count: (_distance(reading, count), -count.vintage.toordinal()))


def _around_publication(reading: Reading, covering: Sequence[VintageCount]) -> list[VintageCount]:
    """Return the last vintage before the end of the day or month of publication, and the first after it."""
    last = parse_period(reading.as_of)[1]
    before = [count for count in covering if count.vintage <= last]
    after = [count for count in covering if count.vintage > last]
    return sorted(before, key=lambda count: count.vintage)[-1:] + sorted(after, key=lambda count: count.vintage)[:1]


def _distance(reading: Reading, count: VintageCount) -> int:
    """Return the days between a vintage and the publication."""
    first, last = parse_period(reading.as_of)
    return max((first - count.vintage).days, (count.vintage - last).days, 0)


def _overall(
    then: Mapping[CountingRule, CountVerdict], now: Mapping[CountingRule, CountVerdict]
) -> tuple[CountVerdict, list[CountingRule]]:
    """Return the verdict and its rules; a fit by a rule that did not fit at publication would be chance."""
    worse = {rule: max(then[rule], now[rule], key=_FITTING.index) for rule in then if rule in now}
    for verdict in _FITTING:
        if rules := [rule for rule, fit in worse.items() if fit == verdict]:
            return verdict, rules
    return ("revised", list(then)) if then else ("conflict", [])


def _vintage_verdict(published: int, count: VintageCount, then: Mapping[CountingRule, CountVerdict]) -> CountVerdict:
    fitting = _fitting_rules(published, count)
    fits = [verdict for rule, verdict in fitting.items() if rule in then or not then]
    return min(fits, key=_FITTING.index, default="revised" if then else "conflict")


def _fitting_rules(published: int, recounted: VintageCount) -> dict[CountingRule, CountVerdict]:
    """Return the rules by which a vintage gives the published count (match) or a number near it."""
    most = max(Decimal(1), _NEAR * published)
    near = {rule: value for rule, value in recounted.counts.items() if abs(value - published) <= most}
    return {rule: "match" if value == published else "near" for rule, value in near.items()}


def _best_fit(published: int, count: VintageCount) -> int:
    return min(map(_FITTING.index, _fitting_rules(published, count).values()), default=len(_FITTING))


def _describe(reading: Reading, then: VintageCount, newest: VintageCount) -> Bilingual:
    """Return the counts of the vintage nearest to the publication, and of the newest if that is another."""
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
