"""The chart of counts: a panel for each population and period, published counts beside recounts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from knowledge.charts import messages
from knowledge.charts.model import Bar, BarChart, ChartSource, Panel, Series, name_article, number_duplicates
from knowledge.datasets import CITATION, LICENCE, countries
from knowledge.figures import NONE_LISTED, RULES
from knowledge.model import Language, Population, parse_period
from knowledge.queries import UNLISTED_IS_UNKNOWN, CountryCounts, CountryRecount, CountSource, describe_period

_MOST_COUNTRIES = 12
"""Most countries in a panel: as many as a question can name."""
_MOST_UNNAMED = 8
_MOST_SERIES = 7
_MOST_PANELS = 8
_NAMED_LEFT_OUT = 12
"""Omitted countries that a note names."""


class _PanelKey(NamedTuple):
    """The properties that the counts of one panel share; no other counts are comparable."""

    heading: str
    first: str
    last: str


def chart_counts(answer: CountryCounts) -> BarChart:
    """Return the chart of an answer that has a count or a recount."""
    return _CountsChart(answer).chart()


class _CountsChart:
    def __init__(self, answer: CountryCounts) -> None:
        self.answer = answer
        self.language: Language = answer.language
        self.codes = _drawn_countries(answer)
        self.drawn: list[CountryRecount] = []
        """The recounts drawn so far."""
        self._called: dict[tuple[str, str], str] = {}

    def chart(self) -> BarChart:
        panels, left_out = self._panels()
        large = all(recount.population == "large_scale" for recount in self.answer.recounts)
        return BarChart(
            language=self.language,
            title=(messages.LARGE_COUNTS_TITLE if large else messages.COUNTS_TITLE).in_language(self.language),
            subtitle=messages.COUNT_PANELS.in_language(self.language) if len(panels) > 1 else "",
            direction="columns",
            panels=tuple(panels),
            notes=tuple(self._notes(panels, left_out)),
            sources=tuple(self._sources()),
        )

    def _panels(self) -> tuple[list[Panel], list[str]]:
        if len({recount.period for recount in self.answer.recounts}) > 1:
            by_kind = self._by_kind(())
            panels = [self._by_year(self.answer.recounts)]
        else:
            by_kind, panels = self._by_kind(self.answer.recounts), []
        for kind, (published, recounts) in by_kind.items():
            if len(panels) < _MOST_PANELS:
                panels.append(self._panel(kind, published, recounts))
        return panels, [kind.heading for kind in list(by_kind)[_MOST_PANELS:]]

    def _by_kind(
        self, recounts: Sequence[CountryRecount]
    ) -> dict[_PanelKey, tuple[list[CountSource], list[CountryRecount]]]:
        kinds: dict[_PanelKey, tuple[list[CountSource], list[CountryRecount]]] = {}
        for source in self.answer.counts:
            kinds.setdefault(self._kind(self._population_of(source), source.period), ([], []))[0].append(source)
        for recount in recounts:
            kinds.setdefault(self._kind(self._population(recount.population), recount.period), ([], []))[1].append(
                recount
            )
        return dict(sorted(kinds.items(), key=lambda kind: not kind[1][1]))  # those with recounts come first

    def _kind(self, population: str, period: str) -> _PanelKey:
        try:
            first, last = map(str, parse_period(period))
        except ValueError:  # nobody says which time it is of
            first = last = period
        # The same days may be written as 2020/2024 or 2020-01/2024-12; who comes first names them.
        called = self._called.setdefault((first, last), describe_period(period).in_language(self.language))
        return _PanelKey(f"{population}, {called}", first, last)

    def _population(self, population: Population) -> str:
        return messages.POPULATIONS[population].in_language(self.language)

    def _population_of(self, source: CountSource) -> str:
        """Return the population of the dataset that a published count reads, else its own."""
        named = (source.dataset or "").rpartition(", ")[2]
        known = next((population for population in messages.POPULATIONS if population == named), None)
        own = messages.OWN_LIST.format(population=source.population, publisher=source.publisher).in_language(
            self.language
        )
        return self._population(known) if known else own

    def _panel(self, kind: _PanelKey, published: Sequence[CountSource], recounts: Sequence[CountryRecount]) -> Panel:
        shown = _shown(recounts, _MOST_SERIES - len(published))
        self.drawn += shown
        left_out = len(recounts) - len(shown)
        remark = messages.SERIES_LEFT_OUT.format(count=left_out).in_language(self.language) if left_out else ""
        series = [*map(self._published, published), *map(self._recount, shown)]
        return Panel(
            heading=kind.heading,
            remark=remark if recounts else messages.PUBLISHED_ALONE.in_language(self.language),
            axis=messages.MODELS.in_language(self.language),
            categories=tuple(countries.get_label(code, self.language) for code in self.codes),
            series=_distinctly_named(series),
        )

    def _published(self, source: CountSource) -> Series:
        counted = {row.iso: row.count for row in source.rows}
        name = messages.PUBLISHED.format(publisher=source.publisher).in_language(self.language)
        bars = tuple(_bar(counted.get(code), self.language) for code in self.codes)
        return Series(name=name, role="published", bars=bars)

    def _recount(self, recount: CountryRecount) -> Series:
        name = _counted_by(recount, self.language)
        name = messages.PARTIAL.format(series=name).in_language(self.language) if recount.covers else name
        return Series(name=name, role="recount", bars=tuple(_bar(recount.counts.get(code, 0)) for code in self.codes))

    def _by_year(self, recounts: Sequence[CountryRecount]) -> Panel:
        """Return a panel of years by one rule in one vintage: years of different vintages form no series."""
        shown = _one_vintage(recounts)
        self.drawn += shown
        counted_by = _counted_by(shown[0], self.language)
        alone = len(shown) == len(recounts)
        remark = (
            (messages.COUNTED_BY if alone else messages.COUNTED_BY_ONE_OF)
            .format(rule=counted_by)
            .in_language(self.language)
        )
        periods = dict.fromkeys(recount.period for recount in recounts)
        if lacking := [
            describe_period(period).in_language(self.language)
            for period in periods
            if period not in {row.period for row in shown}
        ]:
            remark += " " + messages.PERIODS_LEFT_OUT.format(periods=", ".join(lacking)).in_language(self.language)
        return Panel(
            heading=messages.BY_YEAR.format(population=self._population(shown[0].population)).in_language(
                self.language
            ),
            remark=remark,
            axis=messages.MODELS.in_language(self.language),
            categories=tuple(map(self._year, shown)),
            series=tuple(
                Series(
                    name=countries.get_label(code, self.language),
                    role="recount",
                    bars=tuple(_bar(recount.counts.get(code, 0)) for recount in shown),
                )
                for code in self.codes
            ),
        )

    def _year(self, recount: CountryRecount) -> str:
        called = describe_period(recount.period).in_language(self.language)
        return (
            messages.PARTIAL_PERIOD.format(period=called, day=recount.vintage).in_language(self.language)
            if recount.covers
            else called
        )

    def _notes(self, panels: Sequence[Panel], left_out: Sequence[str]) -> Iterator[str]:
        language = self.language
        if self.drawn:
            rules = dict.fromkeys(recount.rule for recount in self.drawn)
            meanings = [
                f"{RULES[rule].in_language(language)}: {messages.RULE_MEANINGS[rule].in_language(language)}"
                for rule in rules
            ]
            yield messages.RECOUNTED.format(rules="; ".join(meanings)).in_language(language)
        if any(bar.value == 0 for panel in panels for series in panel.series for bar in series.bars):
            yield NONE_LISTED.in_language(language)
        if left_out:
            yield messages.PANELS_LEFT_OUT.format(panels="; ".join(left_out)).in_language(language)
        yield self._on_countries()

    def _on_countries(self) -> str:
        counted = dict.fromkeys(code for recount in self.answer.recounts for code in recount.counts)
        omitted = [countries.get_label(code, self.language) for code in counted if code not in self.codes]
        if not omitted:
            return UNLISTED_IS_UNKNOWN.in_language(self.language)
        named = ", ".join(omitted[:_NAMED_LEFT_OUT])
        if more := len(omitted[_NAMED_LEFT_OUT:]):
            named = messages.AND_MORE.format(countries=named, count=more).in_language(self.language)
        return messages.COUNTRIES_LEFT_OUT.format(countries=named).in_language(self.language)

    def _sources(self) -> Iterator[ChartSource]:
        for source in self.answer.counts:
            named = ", ".join(name_article(identity, self.language) for identity in source.articles)
            yield ChartSource(name=f"{source.publisher} ({named})")
        if vintages := sorted({recount.vintage for recount in self.drawn}):
            yield ChartSource(name=CITATION, vintage=", ".join(vintages), licence=LICENCE.partition(". ")[0])


def _drawn_countries(answer: CountryCounts) -> list[str]:
    """Return the countries asked for, else those with a published count, else those with most models."""
    published = list(dict.fromkeys(row.iso for source in answer.counts for row in source.rows))
    orders = {tuple(recount.counts) for recount in answer.recounts}
    recounted = list(dict.fromkeys(code for order in orders for code in order))
    # Recounts of named countries have these in the order in which they were named; others are ordered by number.
    most = _MOST_COUNTRIES if len(orders) == 1 else _MOST_UNNAMED
    if len(recounted) > most:
        return published[:_MOST_COUNTRIES] or list(answer.recounts[0].counts)[:_MOST_UNNAMED]
    return list(dict.fromkeys([*published, *recounted]))[:_MOST_COUNTRIES]


def _shown(recounts: Sequence[CountryRecount], most: int) -> list[CountryRecount]:
    """Return each vintage by its first rule, oldest first, then the newest vintage's other rules while there is room."""
    by_vintage: dict[str, list[CountryRecount]] = {}
    for recount in recounts:
        by_vintage.setdefault(recount.vintage, []).append(recount)
    ordered = sorted(by_vintage)
    if not ordered:
        return []
    newest_first = [by_vintage[vintage][0] for vintage in reversed(ordered[-most:])]
    return [*reversed(newest_first), *by_vintage[ordered[-1]][1 : 1 + most - len(newest_first)]]


def _one_vintage(recounts: Sequence[CountryRecount]) -> list[CountryRecount]:
    """Return the recounts by the first rule in the newest of the vintages that cover most periods."""
    of_rule = [recount for recount in recounts if recount.rule == recounts[0].rule]
    by_vintage: dict[str, dict[str, CountryRecount]] = {}
    for recount in of_rule:
        by_vintage.setdefault(recount.vintage, {})[recount.period] = recount
    best = max(by_vintage, key=lambda vintage: (len(by_vintage[vintage]), vintage))
    return sorted(by_vintage[best].values(), key=lambda recount: parse_period(recount.period))


def _counted_by(recount: CountryRecount, language: Language) -> str:
    return f"{recount.source} {recount.vintage}, {RULES[recount.rule].in_language(language)}"


def _distinctly_named(series: Sequence[Series]) -> tuple[Series, ...]:
    names = number_duplicates([line.name for line in series])
    return tuple(line.model_copy(update={"name": name}) for line, name in zip(series, names, strict=True))


def _bar(count: int | None, language: Language = "en") -> Bar:
    if count is None:
        return Bar(value=None, label=messages.UNPUBLISHED.in_language(language))
    return Bar(value=Decimal(count), label=f"{count:,}")
