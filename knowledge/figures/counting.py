"""What is counted for a question: vintages, rules and periods, how published counts compare, and the models behind a count."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from knowledge.datasets import counting
from knowledge.datasets.model import PUBLISHER, Recount
from knowledge.datasets.vintages import VintageFolder
from knowledge.figures import messages, reconciliation
from knowledge.figures.published import Count, Published, Source
from knowledge.figures.readings import Reading, reading_of
from knowledge.figures.reconciliation import Recounted
from knowledge.figures.recounts import Vintages
from knowledge.model.errors import UnanswerableError
from knowledge.model.periods import bounds
from knowledge.model.records import Language, Population, Rule
from knowledge.queries.figure_answers import Behind, Check, CountedModel, CountryRecount
from knowledge.queries.messages import UNKNOWN
from knowledge.queries.pagination import Detail

_MOST_YEARS = 30
USUAL_PERIOD = "2020/2024"
"""The period of the published counts, where nothing else is asked for."""


@dataclass(frozen=True)
class CountsAsked:
    """What to count. Names of countries may be in either language, or codes."""

    countries: tuple[str, ...] = ()
    period: str = ""
    """EDTF; empty for the period of the published counts."""
    per_year: bool = False
    rules: tuple[Rule, ...] = ()
    vintage: date | None = None
    population: Population = "large_scale"
    models_of: str = ""
    """A country whose models are listed instead of recounts."""
    cursor: str = ""
    detail: Detail = "brief"

    @property
    def call(self) -> tuple[object, ...]:
        """What a cursor belongs to."""
        one = (self.countries, self.period, self.per_year, self.rules, self.vintage, self.population, self.models_of)
        return "counts", *one, self.detail


@dataclass(frozen=True)
class Counting:
    """Counts what is asked for, each thing once: in tables at hand, else from the packaged recounts.

    Everything may raise `UnanswerableError`: for a vintage that is not there, and for years of a period without end.
    """

    published: Published
    asked: CountsAsked
    language: Language
    folder: VintageFolder | None
    _of: dict[Population, Vintages] = field(default_factory=dict)

    @property
    def vintages(self) -> Vintages:
        """What can be recounted."""
        return self._vintages(self.asked.population)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules to count by."""
        return self.asked.rules or counting.RULES

    @cached_property
    def period(self) -> str:
        """The time to count models of (EDTF), all years together."""
        periods = [source.period for source in self.published.sources if source.period]
        return self.asked.period or next(iter(periods), USUAL_PERIOD)

    @property
    def is_of_the_published_period(self) -> bool:
        """Whether published counts are of the same time."""
        periods = {source.period for source in self.published.sources if source.period}
        return {bounds(one) for one in periods} == {bounds(self.period)}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The vintages to show: the newest, the one nearest to a published reading, then the others, newest first."""
        days = self.vintages.days
        if self.asked.vintage:
            if self.asked.vintage not in days:
                raise UnanswerableError(
                    messages.MISSING_VINTAGE.format(
                        vintage=self.asked.vintage, days=", ".join(map(str, days))
                    ).in_language(self.language)
                )
            return (self.asked.vintage,)
        reading = next(filter(None, map(_reading, self.published.sources)), None)
        if reading is None or not days:
            return days
        there = [Recounted(day, {}) for day in days if day >= bounds(reading.period)[1]]
        then = [reconciliation.nearest(reading, there).vintage] if there else []
        return tuple(dict.fromkeys([days[0], *then, *days]))

    @cached_property
    def periods(self) -> list[str]:
        """The whole period, or each of its years."""
        if not self.asked.per_year:
            return [self.period]
        first, last = bounds(self.period)
        if date.min == first or date.max == last or last.year - first.year >= _MOST_YEARS:
            raise UnanswerableError(messages.YEARS_NEEDED.format(most=_MOST_YEARS).in_language(self.language))
        return [_within(year, first, last) for year in range(first.year, last.year + 1)]

    @property
    def is_before_all(self) -> bool:
        """Whether every vintage is of a day before the period."""
        return bool(self.days) and max(self.days) < bounds(self.period)[0]

    @cached_property
    def _counted(self) -> list[tuple[str, Recount | None]]:
        """Each period by each vintage and rule; `None` where that needs rows that are not at hand."""
        return [
            (period, self.vintages.recount(day, rule, period))
            for day in self.days
            for rule in self.rules
            for period in self.periods
            if day >= bounds(period)[0]
        ]

    def recounts(self, countries: Sequence[str]) -> list[CountryRecount]:
        """What could be counted, of these countries (alpha-3), of all where none is given."""
        there = (one for _, one in self._counted if one)
        return [_row(counting.of_countries(one, countries) if countries else one) for one in there]

    @property
    def lacking(self) -> list[str]:
        """Periods that some vintage, or any at all, cannot be recounted for."""
        if not self.days:
            return self.periods
        return list(dict.fromkeys(period for period, one in self._counted if not one))

    def check(self, source: Source, count: Count) -> Check:
        """How a published count compares with recounts of the dataset that it reads."""
        reading = _reading(source)
        iso = self.published.entities[count.figure.subject].iso
        if reading is None or iso is None:
            publisher = self.published.name(source.publisher, self.language)
            return Check(
                verdict="not_covered",
                why=messages.UNKNOWN_READING.format(publisher=publisher).in_language(self.language),
            )
        vintages = self._vintages(reading.dataset)
        found = [Recounted(day, _by_rule(vintages, day, reading.period, iso)) for day in vintages.days]
        check = reconciliation.check(int(count.figure.value), reading, found, self.language)
        return check if self.asked.detail == "full" else check.model_copy(update={"vintages": None})

    def behind(self, code: str) -> Behind | None:
        """The models behind a country's count, in the vintage asked for or the newest; `None` where its rows are not at hand."""
        day = self.asked.vintage or self.vintages.newest_with_rows()
        table = self.vintages.table(day) if day else None
        if day is None or table is None or day < bounds(self.period)[0]:
            return None
        rule = self.rules[0]
        models = counting.behind(table, rule, self.period, code)
        return Behind(
            country=code,
            source=PUBLISHER,
            vintage=str(day),
            rule=rule,
            period=self.period,
            covers=_covers(day, self.period),
            count=len(models),
            models=tuple(
                CountedModel(
                    model=one.model,
                    developers=one.developers,
                    released=one.released or UNKNOWN.in_language(self.language),
                    countries=one.countries,
                )
                for one in models
            ),
        )

    def _vintages(self, population: Population) -> Vintages:
        if population not in self._of:
            self._of[population] = Vintages.of(population, self.folder)
        return self._of[population]


def _reading(source: Source) -> Reading | None:
    return reading_of(source.publisher, source.population, source.period)


def _by_rule(vintages: Vintages, day: date, period: str, iso: str) -> dict[Rule, int]:
    found = {rule: vintages.recount(day, rule, period) for rule in counting.RULES}
    return {rule: one.counts.get(iso, 0) for rule, one in found.items() if one}


def _within(year: int, first: date, last: date) -> str:
    """A year as a period, or what of it lies between two days."""
    start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return f"{year:04}" if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) else f"{start}/{end}"


def _covers(vintage: date, period: str) -> Literal["part"] | None:
    return None if vintage >= bounds(period)[1] else "part"


def _row(recount: Recount) -> CountryRecount:
    return CountryRecount(
        source=PUBLISHER,
        population=recount.population,
        vintage=str(recount.vintage),
        rule=recount.rule,
        period=recount.period,
        covers=_covers(recount.vintage, recount.period),
        rows=recount.rows,
        without_country=recount.without_country,
        undated=recount.undated,
        counts=recount.counts,
    )
