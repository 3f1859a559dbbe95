"""Large AI models by country: published counts beside recounts of the dataset, never mixed."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from knowledge.datasets import LICENCE, PUBLISHER, Recount, VintageFolder, counting
from knowledge.datasets import countries as known
from knowledge.figures import messages, places, reconciliation
from knowledge.figures.published import CountSeries, PublishedCount, PublishedCounts, list_remarks
from knowledge.figures.reconciliation import Reading, VintageCount, find_reading
from knowledge.figures.recounts import Vintages
from knowledge.model import Bilingual, CountingRule, Entity, Language, Population, UnanswerableError, parse_period
from knowledge.queries import (
    SHARE_OF_KNOWN,
    UNKNOWN,
    Behind,
    Check,
    CountedModel,
    CountryCounts,
    CountryRecount,
    Detail,
    ListPage,
    Names,
    tokens_left,
)
from knowledge.store import StoreReader

_MOST_YEARS = 30
USUAL_PERIOD = "2020/2024"
"""The period of the published counts, where nothing else is asked for."""
_MOST: dict[Detail, int] = {"brief": 60, "full": 600}


@dataclass(frozen=True)
class CountsQuery:
    """Query for counts. Countries are given by name, in either language, or by code."""

    countries: tuple[str, ...] = ()
    period: str = ""
    """EDTF; empty for the period of the published counts."""
    per_year: bool = False
    rules: tuple[CountingRule, ...] = ()
    vintage: date | None = None
    population: Population = "large_scale"
    models_of: str = ""
    """A country whose models are listed instead of recounts."""
    cursor: str = ""
    detail: Detail = "brief"

    @property
    def call(self) -> tuple[object, ...]:
        """Return the arguments that a cursor belongs to."""
        arguments = (
            self.countries,
            self.period,
            self.per_year,
            self.rules,
            self.vintage,
            self.population,
            self.models_of,
        )
        return "counts", *arguments, self.detail


@dataclass(frozen=True)
class CountsCalculator:
    """Calculator of the counts that a query asks for, from tables at hand or else from the packaged recounts.

    Every member may raise `UnanswerableError`: for a missing vintage, and for the years of an open-ended period.
    """

    published: PublishedCounts
    query: CountsQuery
    language: Language
    folder: VintageFolder | None
    _loaded: dict[Population, Vintages] = field(default_factory=dict)

    @property
    def vintages(self) -> Vintages:
        """Return the vintages of the population that can be recounted."""
        return self._vintages(self.query.population)

    @property
    def rules(self) -> tuple[CountingRule, ...]:
        """Return the rules to count by."""
        return self.query.rules or counting.RULES

    @cached_property
    def period(self) -> str:
        """Return the whole period to count (EDTF)."""
        periods = [source.period for source in self.published.sources if source.period]
        return self.query.period or next(iter(periods), USUAL_PERIOD)

    @property
    def is_of_the_published_period(self) -> bool:
        """Check that the published counts are of the same period."""
        periods = {source.period for source in self.published.sources if source.period}
        return {parse_period(period) for period in periods} == {parse_period(self.period)}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Return the vintages to show: the newest, the nearest to a published reading, then the others, newest first."""
        days = self.vintages.days
        if self.query.vintage:
            if self.query.vintage not in days:
                raise UnanswerableError(
                    messages.MISSING_VINTAGE.format(
                        vintage=self.query.vintage, days=", ".join(map(str, days))
                    ).in_language(self.language)
                )
            return (self.query.vintage,)
        reading = next(filter(None, map(_find_reading, self.published.sources)), None)
        if reading is None or not days:
            return days
        covering = [VintageCount(day, {}) for day in days if day >= parse_period(reading.period)[1]]
        then = [reconciliation.find_nearest(reading, covering).vintage] if covering else []
        return tuple(dict.fromkeys([days[0], *then, *days]))

    @cached_property
    def periods(self) -> list[str]:
        """Return the whole period, or each of its years."""
        if not self.query.per_year:
            return [self.period]
        first, last = parse_period(self.period)
        if date.min == first or date.max == last or last.year - first.year >= _MOST_YEARS:
            raise UnanswerableError(messages.YEARS_NEEDED.format(most=_MOST_YEARS).in_language(self.language))
        return [_within(year, first, last) for year in range(first.year, last.year + 1)]

    @property
    def is_before_all(self) -> bool:
        """Check that every vintage predates the period."""
        return bool(self.days) and max(self.days) < parse_period(self.period)[0]

    @cached_property
    def _counted(self) -> list[tuple[str, Recount | None]]:
        """Return each period with its recount by each vintage and rule; `None` where its rows are not at hand."""
        return [
            (period, self.vintages.recount(day, rule, period))
            for day in self.days
            for rule in self.rules
            for period in self.periods
            if day >= parse_period(period)[0]
        ]

    def recounts(self, countries: Sequence[str]) -> list[CountryRecount]:
        """Return the available recounts of these countries (alpha-3), or of all if none is given."""
        available = (recount for _, recount in self._counted if recount)
        return [_row(counting.select_countries(recount, countries) if countries else recount) for recount in available]

    @property
    def lacking(self) -> list[str]:
        """Return the periods that some vintage cannot be recounted for."""
        if not self.days:
            return self.periods
        return list(dict.fromkeys(period for period, recount in self._counted if not recount))

    def check(self, source: CountSeries, count: PublishedCount) -> Check:
        """Compare a published count with recounts of the dataset that it reads."""
        reading = _find_reading(source)
        iso = self.published.entities[count.figure.subject].iso
        if reading is None or iso is None:
            publisher = self.published.get_name(source.publisher, self.language)
            return Check(
                verdict="not_covered",
                why=messages.UNKNOWN_READING.format(publisher=publisher).in_language(self.language),
            )
        vintages = self._vintages(reading.dataset)
        found = [VintageCount(day, _counts_by_rule(vintages, day, reading.period, iso)) for day in vintages.days]
        check = reconciliation.check_count(int(count.figure.value), reading, found, self.language)
        return check if self.query.detail == "full" else check.model_copy(update={"vintages": None})

    def behind(self, code: str) -> Behind | None:
        """Return the models behind a country's count in the requested vintage or the newest; `None` if its rows are not at hand."""
        day = self.query.vintage or self.vintages.newest_with_rows()
        table = self.vintages.table(day) if day else None
        if day is None or table is None or day < parse_period(self.period)[0]:
            return None
        rule = self.rules[0]
        models = counting.list_counted_models(table, rule, self.period, code)
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
                    model=model.model,
                    developers=model.developers,
                    released=model.released or UNKNOWN.in_language(self.language),
                    countries=model.countries,
                )
                for model in models
            ),
        )

    def _vintages(self, population: Population) -> Vintages:
        if population not in self._loaded:
            self._loaded[population] = Vintages.load(population, self.folder)
        return self._loaded[population]


def _find_reading(source: CountSeries) -> Reading | None:
    return find_reading(source.publisher, source.population, source.period)


def _counts_by_rule(vintages: Vintages, day: date, period: str, iso: str) -> dict[CountingRule, int]:
    found = {rule: vintages.recount(day, rule, period) for rule in counting.RULES}
    return {rule: recount.counts.get(iso, 0) for rule, recount in found.items() if recount}


def _within(year: int, first: date, last: date) -> str:
    """Return a year as a period, or the part of it that lies between two days."""
    start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return f"{year:04}" if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) else f"{start}/{end}"


def _covers(vintage: date, period: str) -> Literal["part"] | None:
    return None if vintage >= parse_period(period)[1] else "part"


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


async def get_country_counts(
    store: StoreReader,
    folder: VintageFolder | None,
    query: CountsQuery,
    language: Language,
    known_on: date | None = None,
) -> CountryCounts:
    """Return the counts of the named countries, or of all if none is named.

    Raises:
        UnanswerableError: for yearly counts of an open-ended period, an unknown vintage, an unknown country in `models_of`,
            or a foreign cursor.
    """
    published = await PublishedCounts.load(store, known_on)
    names = await Names.load(store, language)
    entities = {entity.id: entity for entity in await store.list_all(Entity)}
    codes = {name: _country_code(name, names, entities) for name in (*query.countries, query.models_of) if name}
    answer = _CountsAnswer(CountsCalculator(published, query, language, folder), codes)
    # Reading and counting tables takes a while the first time.
    return await asyncio.to_thread(answer.answer) if folder else answer.answer()


@dataclass(frozen=True)
class _CountsAnswer:
    calculator: CountsCalculator
    codes: Mapping[str, str | None]
    """Alpha-3 codes by the given names; `None` for a name of no country."""

    def answer(self) -> CountryCounts:
        names = self._query.countries or tuple(filter(None, [self._query.models_of]))
        wanted = list(dict.fromkeys(code for name in names if (code := self.codes[name])))
        nothing_known = bool(self._query.countries) and not wanted
        counts = (
            ()
            if nothing_known
            else self.calculator.published.list_sources(
                wanted, self._language, self._query.detail, self.calculator.check
            )
        )
        behind = self._behind()
        recounts = [] if nothing_known or self._query.models_of else self.calculator.recounts(wanted)
        frame = CountryCounts(
            language=self._language,
            counts=counts,
            not_found=tuple(name for name in self._query.countries if not self.codes[name]),
            countries_known=tuple(self._known()),
            licence=LICENCE if recounts or behind else None,
            notes=tuple(self._notes(wanted, recounts, behind)),
        )
        if behind:
            return self._with_models(frame, behind)
        # A cursor belongs to these rows: after a new table, the next page would repeat some of them.
        call = (
            *self._query.call,
            [(recount.vintage, recount.rule, recount.period, recount.rows) for recount in recounts],
        )
        page = ListPage.at(self._query.cursor, len(recounts), _MOST[self._query.detail], self._language, *call)
        fitting, after = page.fill(recounts[page.window], tokens_left(frame, self._query.detail))
        return frame.model_copy(update={"recounts": fitting, "cursor": after})

    def _with_models(self, frame: CountryCounts, behind: Behind) -> CountryCounts:
        head = frame.model_copy(update={"behind": behind.model_copy(update={"models": ()})})
        call = (*self._query.call, behind.vintage, behind.count)
        page = ListPage.at(self._query.cursor, behind.count, _MOST[self._query.detail], self._language, *call)
        fitting, after = page.fill(behind.models[page.window], tokens_left(head, self._query.detail))
        return frame.model_copy(update={"behind": behind.model_copy(update={"models": fitting}), "cursor": after})

    def _behind(self) -> Behind | None:
        named = self._query.models_of
        if not named:
            return None
        if code := self.codes[named]:
            return self.calculator.behind(code)
        if places.is_region(named):
            raise UnanswerableError(messages.REGIONS.in_language(self._language))
        raise UnanswerableError(messages.describe_unknown_countries(self._near([named])).in_language(self._language))

    def _notes(self, wanted: Sequence[str], recounts: Sequence[CountryRecount], behind: Behind | None) -> list[str]:
        everything = not self._query.countries
        claims = self.calculator.published.list_claims(wanted) if wanted or everything else []
        notes = [*self._on_countries(wanted)]
        if self.calculator.is_before_all:
            notes.append(messages.ALL_OLDER.in_language(self._language))
        elif self._query.models_of and not behind:
            notes.append(messages.MODELS_NEED_ROWS.in_language(self._language))
        elif not behind and (wanted or everything) and self.calculator.lacking:
            notes.append(
                messages.describe_missing_recounts(self.calculator.lacking, self._query.population).in_language(
                    self._language
                )
            )
        if claims:
            notes.append(SHARE_OF_KNOWN.in_language(self._language))
        notes += [
            note.in_language(self._language) for note in self._on_recounts(recounts, behind, published=bool(claims))
        ]
        differing = self.calculator.vintages.list_differing(USUAL_PERIOD)
        notes += [
            messages.TABLE_DIFFERS.format(vintage=str(record.vintage), sha256=record.sha256[:12]).in_language(
                self._language
            )
            for record in differing
        ]
        return notes + list_remarks(claims, self._language) + list(self.calculator.vintages.faults.values())

    def _on_countries(self, wanted: Sequence[str]) -> Iterator[str]:
        missing = [name for name in self._query.countries if not self.codes[name]]
        if any(places.is_region(name) for name in missing):
            yield messages.REGIONS.in_language(self._language)
        if unknown := [name for name in missing if not places.is_region(name)]:
            yield messages.describe_unknown_countries(self._near(unknown)).in_language(self._language)
        if unpublished := [code for code in wanted if code not in self.calculator.published.countries]:
            names = [known.get_label(code, self._language) for code in unpublished]
            yield messages.describe_unpublished(names, self._known()).in_language(self._language)

    def _on_recounts(
        self, recounts: Sequence[CountryRecount], behind: Behind | None, *, published: bool
    ) -> Iterator[Bilingual]:
        counted: list[CountryRecount | Behind] = [*recounts, *([behind] if behind else [])]
        if counted:
            yield messages.MULTINATIONAL
        if published and self._query.period and not self.calculator.is_of_the_published_period:
            yield messages.OTHER_PERIOD
        if any(recount.covers for recount in counted):
            yield messages.COVERS_A_PART
        if any(recount.rule == "any" for recount in counted):
            yield messages.COUNTED_FOR_EACH
        if any(0 in recount.counts.values() for recount in recounts):
            yield messages.NONE_LISTED
        if self._query.population == "notable":
            yield messages.OTHER_POPULATION

    def _near(self, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        entities = self.calculator.published.entities.values()
        return {name: places.find_similar_countries(name, entities, self._language) for name in names}

    @property
    def _query(self) -> CountsQuery:
        return self.calculator.query

    @property
    def _language(self) -> Language:
        return self.calculator.language

    def _known(self) -> list[str]:
        return [country.name.in_language(self._language) for country in self.calculator.published.countries.values()]


def _country_code(name: str, names: Names, entities: dict[str, Entity]) -> str | None:
    """Return the alpha-3 code of a country, known to the knowledge base or not; `None` if it is none."""
    isos = (iso for identity in names.find(name) if (iso := entities[identity].iso))
    return next(isos, None) or known.find_code(name)
