"""How many large AI models has each country released? As published, beside recounts of the dataset; never mixed."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from knowledge import sentences
from knowledge.comparisons import Behind, Check, CountedModel, CountryCounts, CountryRecount
from knowledge.datasets import countries as known
from knowledge.datasets import recounting
from knowledge.datasets.model import LICENCE, PUBLISHER, Recount
from knowledge.datasets.shelf import Shelf
from knowledge.errors import UnanswerableError
from knowledge.figures import checks, placenames, saying
from knowledge.figures.checks import Recounted
from knowledge.figures.published import Count, Published, Source, remarks
from knowledge.figures.readings import Reading, reading_of
from knowledge.figures.recounts import Vintages, chosen
from knowledge.model import Bilingual, Entity, Language, Population, Rule
from knowledge.naming import Names
from knowledge.pages import Detail, Page, room
from knowledge.period import bounds
from knowledge.store import Store

_MOST: dict[Detail, int] = {"brief": 60, "full": 600}
_MOST_YEARS = 30
_USUAL_PERIOD = "2020/2024"
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


async def country_counts(store: Store, shelf: Shelf | None, asked: CountsAsked, language: Language) -> CountryCounts:
    """The counts of the named countries, of all where none is named.

    Raises:
        UnanswerableError: for a period without years where years are asked for, an unknown vintage, an unknown country whose
            models are asked for, or a foreign cursor.
    """
    published = await Published.of(store)
    names = await Names.of(store, language)
    entities = {entity.id: entity for entity in await store.all(Entity)}
    codes = {name: _code(name, names, entities) for name in (*asked.countries, asked.models_of) if name}
    counting = _Counting(published, asked, language, codes, shelf)
    # Tables are read and counted in; that takes a while the first time.
    return await asyncio.to_thread(counting.answer) if shelf else counting.answer()


@dataclass(frozen=True)
class _Counting:
    published: Published
    asked: CountsAsked
    language: Language
    codes: dict[str, str | None]
    shelf: Shelf | None

    @cached_property
    def vintages(self) -> Vintages:
        """What can be recounted."""
        return Vintages.of(self.asked.population, self.shelf)

    def answer(self) -> CountryCounts:
        names = self.asked.countries or tuple(filter(None, [self.asked.models_of]))
        wanted = list(dict.fromkeys(code for name in names if (code := self.codes[name])))
        nothing_known = bool(self.asked.countries) and not wanted
        counts = () if nothing_known else self.published.shown(wanted, self.language, self.asked.detail, self._check)
        behind = self._behind() if self.asked.models_of else None
        recounts = [] if nothing_known or self.asked.models_of else self._recounts(wanted)
        frame = CountryCounts(
            language=self.language,
            counts=counts,
            not_found=tuple(name for name in self.asked.countries if not self.codes[name]),
            countries_known=tuple(one.name.say(self.language) for one in self.published.countries.values()),
            licence=LICENCE if recounts or behind else None,
            notes=tuple(self._notes(wanted, recounts, behind)),
        )
        if behind:
            return self._with_models(frame, behind)
        # A cursor is of these rows: where a table came meanwhile, the next page would repeat some of them.
        call = (*self.asked.call, [(one.vintage, one.rule, one.period, one.rows) for one in recounts])
        page = Page.at(self.asked.cursor, len(recounts), _MOST[self.asked.detail], self.language, *call)
        fitting, after = page.fill(recounts[page.window], room(frame, self.asked.detail))
        return frame.model_copy(update={"recounts": fitting, "cursor": after})

    @property
    def _period(self) -> str:
        periods = [source.period for source in self.published.sources if source.period]
        return self.asked.period or next(iter(periods), _USUAL_PERIOD)

    def _days(self) -> tuple[date, ...]:
        """The vintages to show: the newest, the one nearest to a published reading, then the others, newest first."""
        days = self.vintages.days
        if self.asked.vintage:
            if self.asked.vintage not in days:
                raise UnanswerableError(saying.no_vintage(self.asked.vintage, days, self.language))
            return (self.asked.vintage,)
        reading = next(filter(None, map(_reading, self.published.sources)), None)
        if reading is None or not days:
            return days
        there = [Recounted(day, {}) for day in days if day >= bounds(reading.period)[1]]
        then = [checks.nearest(reading, there).vintage] if there else []
        return tuple(dict.fromkeys([days[0], *then, *days]))

    def _recounts(self, countries: Sequence[str]) -> list[CountryRecount]:
        return [
            _row(chosen(recount, countries))
            for day in self._days()
            for rule in self.asked.rules or recounting.RULES
            for period in self._periods()
            if day >= bounds(period)[0] and (recount := self.vintages.recount(day, rule, period))
        ]

    @cached_property
    def _lacking(self) -> list[str]:
        """Periods that some vintage cannot be recounted for, since its rows are not at hand."""
        rule = (*self.asked.rules, *recounting.RULES)[0]
        days = self._days()
        if not days:
            return self._periods()
        there = [(day, period) for day in days for period in self._periods() if day >= bounds(period)[0]]
        return list(dict.fromkeys(period for day, period in there if not self.vintages.recount(day, rule, period)))

    def _periods(self) -> list[str]:
        if not self.asked.per_year:
            return [self._period]
        first, last = bounds(self._period)
        if date.min == first or date.max == last or last.year - first.year >= _MOST_YEARS:
            raise UnanswerableError(saying.years_without_end(_MOST_YEARS, self.language))
        return [_within(year, first, last) for year in range(first.year, last.year + 1)]

    def _check(self, source: Source, count: Count) -> Check:
        reading = _reading(source)
        iso = self.published.entities[count.figure.subject].iso
        if reading is None or iso is None:
            publisher = self.published.name(source.publisher, self.language)
            return Check(verdict="not_covered", why=saying.no_reading(publisher, self.language))
        vintages = (
            self.vintages if reading.dataset == self.asked.population else Vintages.of(reading.dataset, self.shelf)
        )
        found = [Recounted(day, _by_rule(vintages, day, reading.period, iso)) for day in vintages.days]
        check = checks.check(int(count.figure.value), reading, found, self.language)
        return check if self.asked.detail == "full" else check.model_copy(update={"vintages": None})

    def _behind(self) -> Behind | None:
        code = self.codes[self.asked.models_of]
        if code is None:
            if placenames.is_region(self.asked.models_of):
                raise UnanswerableError(saying.REGIONS.say(self.language))
            raise UnanswerableError(saying.no_country(self._near([self.asked.models_of]), self.language))
        day = self.asked.vintage or self.vintages.newest_with_rows()
        table = self.vintages.table(day) if day else None
        if day is None or table is None or day < bounds(self._period)[0]:
            return None
        rule = (*self.asked.rules, *recounting.RULES)[0]
        models = recounting.behind(table, rule, self._period, code)
        return Behind(
            country=code,
            source=PUBLISHER,
            vintage=str(day),
            rule=rule,
            period=self._period,
            covers=_covers(day, self._period),
            count=len(models),
            models=tuple(
                CountedModel(
                    model=one.model,
                    developers=one.developers,
                    released=one.released or sentences.UNKNOWN.say(self.language),
                    countries=one.countries,
                )
                for one in models
            ),
        )

    def _with_models(self, frame: CountryCounts, behind: Behind) -> CountryCounts:
        head = frame.model_copy(update={"behind": behind.model_copy(update={"models": ()})})
        call = (*self.asked.call, behind.vintage, behind.count)
        page = Page.at(self.asked.cursor, behind.count, _MOST[self.asked.detail], self.language, *call)
        fitting, after = page.fill(behind.models[page.window], room(head, self.asked.detail))
        return frame.model_copy(update={"behind": behind.model_copy(update={"models": fitting}), "cursor": after})

    def _notes(self, wanted: Sequence[str], recounts: Sequence[CountryRecount], behind: Behind | None) -> list[str]:
        everything = not self.asked.countries
        claims = self.published.claims(wanted) if wanted or everything else []
        notes = [*self._on_countries(wanted)]
        days = self._days()
        if days and max(days) < bounds(self._period)[0]:
            notes.append(saying.ALL_OLDER.say(self.language))
        elif self.asked.models_of and not behind:
            notes.append(saying.MODELS_NEED_ROWS.say(self.language))
        elif not behind and (wanted or everything) and self._lacking:
            notes.append(saying.rows_needed(self._lacking, self.asked.population, self.language))
        if claims:
            notes.append(sentences.SHARE_OF_KNOWN.say(self.language))
        notes += [note.say(self.language) for note in self._on_recounts(recounts, behind, published=bool(claims))]
        differing = self.vintages.differing(_USUAL_PERIOD)
        notes += [saying.differs(str(one.vintage), one.sha256, self.language) for one in differing]
        return notes + remarks(claims, self.language) + list(self.vintages.faults.values())

    def _on_countries(self, wanted: Sequence[str]) -> Iterator[str]:
        missing = [name for name in self.asked.countries if not self.codes[name]]
        if any(placenames.is_region(name) for name in missing):
            yield saying.REGIONS.say(self.language)
        if unknown := [name for name in missing if not placenames.is_region(name)]:
            yield saying.no_country(self._near(unknown), self.language)
        if unpublished := [code for code in wanted if code not in self.published.countries]:
            names = [known.label(code, self.language) for code in unpublished]
            yield saying.unpublished(names, list(self._known()), self.language)

    def _on_recounts(
        self, recounts: Sequence[CountryRecount], behind: Behind | None, *, published: bool
    ) -> Iterator[Bilingual]:
        counted: list[CountryRecount | Behind] = [*recounts, *([behind] if behind else [])]
        if counted:
            yield saying.MULTINATIONAL
        if published and self.asked.period and not self._is_of_the_published_period():
            yield saying.OTHER_PERIOD
        if any(one.covers for one in counted):
            yield saying.COVERS_A_PART
        if any(one.rule == "any" for one in counted):
            yield saying.COUNTED_FOR_EACH
        if any(0 in one.counts.values() for one in recounts):
            yield saying.NONE_LISTED
        if self.asked.population == "notable":
            yield saying.OTHER_POPULATION

    def _near(self, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        entities = self.published.entities.values()
        return {name: placenames.near(name, entities, self.language) for name in names}

    def _is_of_the_published_period(self) -> bool:
        periods = {source.period for source in self.published.sources if source.period}
        return {bounds(period) for period in periods} == {bounds(self._period)}

    def _known(self) -> list[str]:
        return [one.name.say(self.language) for one in self.published.countries.values()]


def _code(name: str, names: Names, entities: dict[str, Entity]) -> str | None:
    """The alpha-3 code of what was named: a country of the knowledge base, or any other."""
    isos = (iso for identity in names.find(name) if (iso := entities[identity].iso))
    return next(isos, None) or known.asked(name)


def _reading(source: Source) -> Reading | None:
    return reading_of(source.publisher, source.population, source.period)


def _by_rule(vintages: Vintages, day: date, period: str, iso: str) -> dict[Rule, int]:
    found = {rule: vintages.recount(day, rule, period) for rule in recounting.RULES}
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
