"""The chart of costs: a panel for each basis, resellers apart, with a footnote for every figure in doubt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, get_args

from knowledge.charts import messages
from knowledge.charts.model import Bar, BarChart, ChartSource, Panel, Series, name_article, number_duplicates
from knowledge.datasets import CITATION, LICENCE
from knowledge.figures import BASES
from knowledge.figures import messages as figure_messages
from knowledge.figures.pricing import RESELLER
from knowledge.model import CostBasis, CostPart, Language
from knowledge.queries import PARTS, CostComparison, CostFigure
from knowledge.text.quantities import Amount, write_amount

_MOST_ROWS, _MOST_BARS, _MOST_PANELS = 30, 60, 12
_LOG_FROM = 20
"""Ratio of the highest to the lowest price from which the axis is logarithmic."""
_PLACES = 6
_ALWAYS_LOG = frozenset(BASES) - {"api_price", "workload"}
_PARTS: tuple[CostPart, ...] = get_args(CostPart)
_DOUBTED = ("Speculative", "Unknown")
"""The dataset's values for uncertain rows."""


class _PanelKey(NamedTuple):
    """The properties that the figures of one panel share."""

    basis: CostBasis
    resold: bool
    currency: str
    workload: str


def chart_costs(pages: Sequence[CostComparison]) -> BarChart:
    """Return the chart of the pages of a cost answer that has at least one figure."""
    language = pages[0].language
    groups = [group for page in pages for group in page.groups]
    meanings = {group.basis: group.meaning for group in groups}
    doubts = {item.claim.id: item.claim.note or "" for group in groups for item in group.items}
    alike: dict[_PanelKey, list[CostFigure]] = {}
    for figure in (figure for group in groups for figure in group.figures):
        alike.setdefault(_panel_key(figure), []).append(figure)
    ordered = sorted(alike, key=lambda kind: (BASES.index(kind.basis), *kind[1:]))
    panels = [_CostPanel(kind, meanings[kind.basis], alike[kind], doubts, language) for kind in ordered]
    drawn = [panel.drawn() for panel in panels[:_MOST_PANELS]]
    return BarChart(
        language=language,
        title=messages.COSTS_TITLE.in_language(language),
        subtitle=messages.COST_PANELS.in_language(language) if len(drawn) > 1 else "",
        direction="rows",
        panels=tuple(drawn),
        notes=tuple(_notes(pages, [panel.heading for panel in panels[_MOST_PANELS:]], language)),
        sources=tuple(dict.fromkeys(_source(figure, language) for panel in panels for figure in panel.shown)),
    )


class _CostPanel:
    def __init__(
        self,
        kind: _PanelKey,
        meaning: str,
        figures: Sequence[CostFigure],
        doubts: Mapping[str, str],
        language: Language,
    ) -> None:
        self.kind, self.meaning, self.doubts, self.language = kind, meaning, doubts, language
        self.figures = figures
        self.parts = [part for part in _PARTS if any(part in figure.amounts for figure in figures)]
        ordered = sorted(figures, key=lambda figure: figure.first_amount)
        self.shown = _spread(ordered, min(_MOST_ROWS, _MOST_BARS // len(self.parts)))
        years = {(figure.kind, figure.currency_year) for figure in self.shown}
        self.main = max(
            sorted(years, key=str), key=lambda year: sum(_kind_and_year(figure) == year for figure in self.shown)
        )
        self.marks = FootnoteMarks()

    @property
    def heading(self) -> str:
        """The cost basis, with the reseller and the workload where there is one."""
        meaning = self.meaning
        if self.kind.resold:
            resold = messages.PRICES_RESOLD if self.kind.basis == "api_price" else messages.RESOLD
            meaning = resold.format(meaning=meaning).in_language(self.language)
        whole = f"{meaning}: {self.kind.workload}" if self.kind.workload else meaning
        return whole[:1].upper() + whole[1:]

    def drawn(self) -> Panel:
        categories = tuple(self._names())
        axis = (messages.AMOUNT if self.parts == ["total"] else messages.PER_MILLION).in_language(self.language)
        year = f" ({self.main[1]})" if self.main[1] else ""
        return Panel(
            heading=self.heading,
            remark=" ".join(self._remarks()),
            axis=f"{axis}, {self.kind.currency}{year}",
            unit=self.kind.currency,
            log=self._spans_far(),
            categories=categories,
            series=tuple(map(self._series, self.parts)),
            footnotes=(*self.marks.footnotes, *self._left_out()),
        )

    def _spans_far(self) -> bool:
        amounts = [amount for figure in self.shown for amount in figure.amounts.values() if amount > 0]
        return self.kind.basis in _ALWAYS_LOG or (bool(amounts) and max(amounts) >= _LOG_FROM * min(amounts))

    def _remarks(self) -> Iterator[str]:
        if self.main[0] in {"article", "dataset"} and self.main[1] is None:
            yield messages.NO_YEAR.in_language(self.language)
        if self.kind.basis == "api_price":
            yield messages.STANDARD.in_language(self.language)
        if len(self.shown) < len(self.figures):
            yield messages.SOME_DRAWN.format(drawn=len(self.shown), total=len(self.figures)).in_language(self.language)

    def _left_out(self) -> Iterator[str]:
        drawn = {figure.model for figure in self.shown}
        if left_out := dict.fromkeys(figure.model for figure in self.figures if figure.model not in drawn):
            yield messages.MODELS_LEFT_OUT.format(models=", ".join(left_out)).in_language(self.language)

    def _names(self) -> list[str]:
        """Return the models' names with footnote marks; models of one name are told apart by their source."""
        models = [figure.model for figure in self.shown]
        labels = [
            f"{figure.model} ({_name_source(figure, self.language)})"
            if self.kind.resold or models.count(figure.model) > 1
            else figure.model
            for figure in self.shown
        ]
        names = number_duplicates(labels)
        return [name + self.marks.mark(self._doubts(figure)) for name, figure in zip(names, self.shown, strict=True)]

    def _doubts(self, figure: CostFigure) -> Iterator[str]:
        if figure.kind == "article":
            yield self.doubts.get(figure.source) or figure_messages.REPORTED.in_language(self.language)
        if figure.kind == "dataset":
            doubted = [
                figure_messages.describe_confidence(confidence).in_language(self.language) for confidence in _DOUBTED
            ]
            yield from (note for note in figure.notes if not self._is_confidence(note) or note in doubted)
        if figure.kind in {"list_price", "reseller"}:
            yield from (note for note in figure.notes if note != RESELLER.in_language(self.language))
        if figure.kind in {"article", "dataset"} and figure.currency_year is None and self.main[1] is not None:
            yield figure_messages.YEAR_NOT_STATED.in_language(self.language)

    def _is_confidence(self, note: str) -> bool:
        return note.startswith(figure_messages.CONFIDENCE.in_language(self.language))

    def _is_apart(self, figure: CostFigure) -> bool:
        """Check for a kind or year other than the majority's, or a missing ratio where others have one."""
        if _kind_and_year(figure) != self.main:
            return True
        return figure.standing == "apart" and any(
            not other.standing for other in self.shown if _kind_and_year(other) == self.main
        )

    def _series(self, part: CostPart) -> Series:
        return Series(
            name="" if part == "total" else PARTS[part].in_language(self.language),
            bars=tuple(self._bar(figure, part) for figure in self.shown),
        )

    def _bar(self, figure: CostFigure, part: CostPart) -> Bar:
        amount = figure.amounts.get(part)
        if amount is None:
            return Bar(value=None, label=messages.UNLISTED.in_language(self.language))
        first = next(known for known in self.parts if known in figure.amounts)
        return Bar(
            value=amount,
            label=self._format_amount(figure, part, amount),
            source=_name_source(figure, self.language) if part == first and not self.kind.resold else "",
            apart=self._is_apart(figure),
        )

    def _format_amount(self, figure: CostFigure, part: CostPart, amount: Decimal) -> str:
        """Return the amount alone: the heading has its workload, and the axis the year that most figures share."""
        if part == "total" and figure.cost_basis != "workload":
            year = figure.currency_year if figure.currency_year == self.main[1] else None
            return figure.said.removesuffix(figure_messages.format_amount("", year, self.language))
        places = max(_PLACES, 2 - amount.adjusted())  # a price list may have what floats made of its prices
        return write_amount(Amount(value=round(amount, places).normalize(), unit=figure.currency), self.language)


def _panel_key(figure: CostFigure) -> _PanelKey:
    used = figure.said.partition(" (")[2].removesuffix(")") if figure.cost_basis == "workload" else ""
    return _PanelKey(figure.cost_basis, figure.kind == "reseller", figure.currency, used)


def _kind_and_year(figure: CostFigure) -> tuple[str, int | None]:
    return figure.kind, figure.currency_year


def _spread(ordered: Sequence[CostFigure], most: int) -> list[CostFigure]:
    """Return at most `most` figures: those of articles, and an even spread of the others with both ends."""
    if len(ordered) <= most:
        return list(ordered)
    reported = [place for place, figure in enumerate(ordered) if figure.kind == "article"][: most // 2]
    others = [place for place in range(len(ordered)) if place not in reported]
    room = most - len(reported)
    picked = {others[round(step * (len(others) - 1) / (room - 1))] for step in range(room)}
    return [ordered[place] for place in sorted({*reported, *picked})]


def _name_source(figure: CostFigure, language: Language) -> str:
    """Return the source of a figure: the article, the dataset's publisher, or the provider."""
    if figure.kind == "article":
        return name_article(figure.source.partition(".")[0], language)
    return figure.source.rpartition(" (")[0] or figure.source


def _source(figure: CostFigure, language: Language) -> ChartSource:
    if figure.kind == "dataset":
        return ChartSource(name=CITATION, vintage=figure.as_of or "", licence=LICENCE.partition(". ")[0])
    if figure.kind == "article":
        return ChartSource(name=_name_source(figure, language), vintage=figure.as_of or "")
    return ChartSource(name=figure.source.rpartition(" (")[2].removesuffix(")"), vintage=figure.as_of or "")


def _notes(pages: Sequence[CostComparison], left_out: Sequence[str], language: Language) -> Iterator[str]:
    lead = figure_messages.PRICES.in_language(language)
    yield from (note for note in pages[0].notes if note.startswith(lead))
    newest = figure_messages.NEWEST_OF_MAKERS.in_language(language)
    if any(newest in page.notes for page in pages):
        yield newest
    if left_out:
        yield messages.PANELS_LEFT_OUT.format(panels="; ".join(left_out)).in_language(language)


_MARKS = ("*", "†", "‡", "§", "¶")


class FootnoteMarks:
    """Footnote marks; the same sentence gets the same mark."""

    def __init__(self) -> None:
        self._sentences: dict[str, str] = {}

    def mark(self, sentences: Iterable[str]) -> str:
        """Return the marks of these sentences, to follow a name; empty for no sentence."""
        marks = [self._sentences.setdefault(sentence, _mark(len(self._sentences))) for sentence in sentences]
        return f" {' '.join(marks)}" if marks else ""

    @property
    def footnotes(self) -> tuple[str, ...]:
        """The sentences, each after its mark."""
        return tuple(f"{mark} {sentence}" for sentence, mark in self._sentences.items())


def _mark(place: int) -> str:
    return _MARKS[place % len(_MARKS)] * (1 + place // len(_MARKS))
