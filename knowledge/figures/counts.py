"""How many large AI models has each country released? As published, beside recounts of the dataset; never mixed."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from knowledge.datasets import counting
from knowledge.datasets import countries as known
from knowledge.datasets.model import LICENCE, PUBLISHER, Recount
from knowledge.datasets.vintages import VintageFolder
from knowledge.figures import messages, places, reconciliation
from knowledge.figures.published import CountSeries, PublishedCount, PublishedCounts, list_remarks
from knowledge.figures.reconciliation import Reading, VintageCount, find_reading
from knowledge.figures.recounts import Vintages
from knowledge.model.errors import UnanswerableError
from knowledge.model.periods import parse_period
from knowledge.model.records import Bilingual, CountingRule, Entity, Language, Population
from knowledge.queries.figure_answers import Behind, Check, CountedModel, CountryCounts, CountryRecount
from knowledge.queries.messages import SHARE_OF_KNOWN, UNKNOWN
from knowledge.queries.names import Names
from knowledge.queries.pagination import Detail, Page, room
from knowledge.store.store import StoreReader

_MOST_YEARS = 30
USUAL_PERIOD = "2020/2024"
"""The period of the published counts, where nothing else is asked for."""


@dataclass(frozen=True)
class CountsQuery:
    """What to count. Names of countries may be in either language, or codes."""

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
        """What a cursor belongs to."""
        one = (self.countries, self.period, self.per_year, self.rules, self.vintage, self.population, self.models_of)
        return "counts", *one, self.detail


@dataclass(frozen=True)
class CountsCalculator:
    """Counts what is asked for, each thing once: in tables at hand, else from the packaged recounts.

    Everything may raise `UnanswerableError`: for a vintage that is not there, and for years of a period without end.
    """

    published: PublishedCounts
    asked: CountsQuery
    language: Language
    folder: VintageFolder | None
    _of: dict[Population, Vintages] = field(default_factory=dict)

    @property
    def vintages(self) -> Vintages:
        """What can be recounted."""
        return self._vintages(self.asked.population)

    @property
    def rules(self) -> tuple[CountingRule, ...]:
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
        return {parse_period(one) for one in periods} == {parse_period(self.period)}

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
        reading = next(filter(None, map(_find_reading, self.published.sources)), None)
        if reading is None or not days:
            return days
        there = [VintageCount(day, {}) for day in days if day >= parse_period(reading.period)[1]]
        then = [reconciliation.find_nearest(reading, there).vintage] if there else []
        return tuple(dict.fromkeys([days[0], *then, *days]))

    @cached_property
    def periods(self) -> list[str]:
        """The whole period, or each of its years."""
        if not self.asked.per_year:
            return [self.period]
        first, last = parse_period(self.period)
        if date.min == first or date.max == last or last.year - first.year >= _MOST_YEARS:
            raise UnanswerableError(messages.YEARS_NEEDED.format(most=_MOST_YEARS).in_language(self.language))
        return [_within(year, first, last) for year in range(first.year, last.year + 1)]

    @property
    def is_before_all(self) -> bool:
        """Whether every vintage is of a day before the period."""
        return bool(self.days) and max(self.days) < parse_period(self.period)[0]

    @cached_property
    def _counted(self) -> list[tuple[str, Recount | None]]:
        """Each period by each vintage and rule; `None` where that needs rows that are not at hand."""
        return [
            (period, self.vintages.recount(day, rule, period))
            for day in self.days
            for rule in self.rules
            for period in self.periods
            if day >= parse_period(period)[0]
        ]

    def recounts(self, countries: Sequence[str]) -> list[CountryRecount]:
        """What could be counted, of these countries (alpha-3), of all where none is given."""
        there = (one for _, one in self._counted if one)
        return [_row(counting.select_countries(one, countries) if countries else one) for one in there]

    @property
    def lacking(self) -> list[str]:
        """Periods that some vintage, or any at all, cannot be recounted for."""
        if not self.days:
            return self.periods
        return list(dict.fromkeys(period for period, one in self._counted if not one))

    def check(self, source: CountSeries, count: PublishedCount) -> Check:
        """How a published count compares with recounts of the dataset that it reads."""
        reading = _find_reading(source)
        iso = self.published.entities[count.figure.subject].iso
        if reading is None or iso is None:
            publisher = self.published.name(source.publisher, self.language)
            return Check(
                verdict="not_covered",
                why=messages.UNKNOWN_READING.format(publisher=publisher).in_language(self.language),
            )
        vintages = self._vintages(reading.dataset)
        found = [VintageCount(day, _counts_by_rule(vintages, day, reading.period, iso)) for day in vintages.days]
        check = reconciliation.check_count(int(count.figure.value), reading, found, self.language)
        return check if self.asked.detail == "full" else check.model_copy(update={"vintages": None})

    def behind(self, code: str) -> Behind | None:
        """The models behind a country's count, in the vintage asked for or the newest; `None` where its rows are not at hand."""
        day = self.asked.vintage or self.vintages.newest_with_rows()
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


def _find_reading(source: CountSeries) -> Reading | None:
    return find_reading(source.publisher, source.population, source.period)


def _counts_by_rule(vintages: Vintages, day: date, period: str, iso: str) -> dict[CountingRule, int]:
    found = {rule: vintages.recount(day, rule, period) for rule in counting.RULES}
    return {rule: one.counts.get(iso, 0) for rule, one in found.items() if one}


def _within(year: int, first: date, last: date) -> str:
    """A year as a period, or what of it lies between two days."""
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


_MOST: dict[Detail, int] = {"brief": 60, "full": 600}


async def get_country_counts(
    store: StoreReader,
    folder: VintageFolder | None,
    asked: CountsQuery,
    language: Language,
    known_on: date | None = None,
) -> CountryCounts:
    """The counts of the named countries, of all where none is named.

    Raises:
        UnanswerableError: for a period without years where years are asked for, an unknown vintage, an unknown country whose
            models are asked for, or a foreign cursor.
    """
    published = await PublishedCounts.of(store, known_on)
    names = await Names.of(store, language)
    entities = {entity.id: entity for entity in await store.list_all(Entity)}
    codes = {name: _country_code(name, names, entities) for name in (*asked.countries, asked.models_of) if name}
    answering = _CountsAnswer(CountsCalculator(published, asked, language, folder), codes)
    # Tables are read and counted in; that takes a while the first time.
    return await asyncio.to_thread(answering.answer) if folder else answering.answer()


@dataclass(frozen=True)
class _CountsAnswer:
    counting: CountsCalculator
    codes: Mapping[str, str | None]
    """What the names stand for: alpha-3 codes; `None` for what is no country."""

    def answer(self) -> CountryCounts:
        names = self._asked.countries or tuple(filter(None, [self._asked.models_of]))
        wanted = list(dict.fromkeys(code for name in names if (code := self.codes[name])))
        nothing_known = bool(self._asked.countries) and not wanted
        counts = (
            ()
            if nothing_known
            else self.counting.published.shown(wanted, self._language, self._asked.detail, self.counting.check)
        )
        behind = self._behind()
        recounts = [] if nothing_known or self._asked.models_of else self.counting.recounts(wanted)
        frame = CountryCounts(
            language=self._language,
            counts=counts,
            not_found=tuple(name for name in self._asked.countries if not self.codes[name]),
            countries_known=tuple(self._known()),
            licence=LICENCE if recounts or behind else None,
            notes=tuple(self._notes(wanted, recounts, behind)),
        )
        if behind:
            return self._with_models(frame, behind)
        # A cursor is of these rows: where a table came meanwhile, the next page would repeat some of them.
        call = (*self._asked.call, [(one.vintage, one.rule, one.period, one.rows) for one in recounts])
        page = Page.at(self._asked.cursor, len(recounts), _MOST[self._asked.detail], self._language, *call)
        fitting, after = page.fill(recounts[page.window], room(frame, self._asked.detail))
        return frame.model_copy(update={"recounts": fitting, "cursor": after})

    def _with_models(self, frame: CountryCounts, behind: Behind) -> CountryCounts:
        head = frame.model_copy(update={"behind": behind.model_copy(update={"models": ()})})
        call = (*self._asked.call, behind.vintage, behind.count)
        page = Page.at(self._asked.cursor, behind.count, _MOST[self._asked.detail], self._language, *call)
        fitting, after = page.fill(behind.models[page.window], room(head, self._asked.detail))
        return frame.model_copy(update={"behind": behind.model_copy(update={"models": fitting}), "cursor": after})

    def _behind(self) -> Behind | None:
        named = self._asked.models_of
        if not named:
            return None
        if code := self.codes[named]:
            return self.counting.behind(code)
        if places.is_region(named):
            raise UnanswerableError(messages.REGIONS.in_language(self._language))
        raise UnanswerableError(messages.describe_unknown_countries(self._near([named])).in_language(self._language))

    def _notes(self, wanted: Sequence[str], recounts: Sequence[CountryRecount], behind: Behind | None) -> list[str]:
        everything = not self._asked.countries
        claims = self.counting.published.claims(wanted) if wanted or everything else []
        notes = [*self._on_countries(wanted)]
        if self.counting.is_before_all:
            notes.append(messages.ALL_OLDER.in_language(self._language))
        elif self._asked.models_of and not behind:
            notes.append(messages.MODELS_NEED_ROWS.in_language(self._language))
        elif not behind and (wanted or everything) and self.counting.lacking:
            notes.append(
                messages.describe_missing_recounts(self.counting.lacking, self._asked.population).in_language(
                    self._language
                )
            )
        if claims:
            notes.append(SHARE_OF_KNOWN.in_language(self._language))
        notes += [
            note.in_language(self._language) for note in self._on_recounts(recounts, behind, published=bool(claims))
        ]
        differing = self.counting.vintages.differing(USUAL_PERIOD)
        notes += [
            messages.TABLE_DIFFERS.format(vintage=str(one.vintage), sha256=one.sha256[:12]).in_language(self._language)
            for one in differing
        ]
        return notes + list_remarks(claims, self._language) + list(self.counting.vintages.faults.values())

    def _on_countries(self, wanted: Sequence[str]) -> Iterator[str]:
        missing = [name for name in self._asked.countries if not self.codes[name]]
        if any(places.is_region(name) for name in missing):
            yield messages.REGIONS.in_language(self._language)
        if unknown := [name for name in missing if not places.is_region(name)]:
            yield messages.describe_unknown_countries(self._near(unknown)).in_language(self._language)
        if unpublished := [code for code in wanted if code not in self.counting.published.countries]:
            names = [known.get_label(code, self._language) for code in unpublished]
            yield messages.describe_unpublished(names, self._known()).in_language(self._language)

    def _on_recounts(
        self, recounts: Sequence[CountryRecount], behind: Behind | None, *, published: bool
    ) -> Iterator[Bilingual]:
        counted: list[CountryRecount | Behind] = [*recounts, *([behind] if behind else [])]
        if counted:
            yield messages.MULTINATIONAL
        if published and self._asked.period and not self.counting.is_of_the_published_period:
            yield messages.OTHER_PERIOD
        if any(one.covers for one in counted):
            yield messages.COVERS_A_PART
        if any(one.rule == "any" for one in counted):
            yield messages.COUNTED_FOR_EACH
        if any(0 in one.counts.values() for one in recounts):
            yield messages.NONE_LISTED
        if self._asked.population == "notable":
            yield messages.OTHER_POPULATION

    def _near(self, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        entities = self.counting.published.entities.values()
        return {name: places.find_similar_countries(name, entities, self._language) for name in names}

    @property
    def _asked(self) -> CountsQuery:
        return self.counting.asked

    @property
    def _language(self) -> Language:
        return self.counting.language

    def _known(self) -> list[str]:
        return [one.name.in_language(self._language) for one in self.counting.published.countries.values()]


def _country_code(name: str, names: Names, entities: dict[str, Entity]) -> str | None:
    """The alpha-3 code of what was named: a country of the knowledge base, or any other."""
    isos = (iso for identity in names.find(name) if (iso := entities[identity].iso))
    return next(isos, None) or known.find_code(name)
