"""The models of bar charts, as frozen values without any look."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from knowledge.charts import messages
from knowledge.model import Language, Value
from knowledge.text.quantities import CODES

Role = Literal["published", "recount", "plain"]
"""A published figure, our recount beside it, or neither."""
Direction = Literal["columns", "rows"]
"""`columns` are vertical bars in groups on one axis (counts); `rows` are horizontal, each after its name (costs)."""
ChartText = Annotated[str, Field(max_length=2_000)]
"""Text from any source, drawn as plain text without hidden characters, and cut where it does not fit."""


class Bar(Value):
    """One value with its label."""

    value: Annotated[Decimal, Field(ge=0, allow_inf_nan=False)] | None
    """The number in the panel's unit; `None` is unknown and never drawn as a bar."""
    label: ChartText
    """The exact number or amount as text; for `None`, that it is unknown, or why."""
    source: ChartText = ""
    """Source, written after the label of a horizontal bar."""
    apart: bool = False
    """True if it is not comparable with the other bars of its panel: it looks different, and the legend explains."""


class Series(Value):
    """One bar for each category, by one source, rule or part of a price."""

    name: ChartText
    """Name in the legend."""
    role: Role = "plain"
    """A published series stands out, by its look and not by colour alone."""
    bars: Annotated[tuple[Bar, ...], Field(min_length=1)]
    """The bars, in the order of the panel's categories."""


class Panel(Value):
    """Bars on one axis; bars of different panels are not comparable."""

    heading: ChartText = ""
    """Title of the panel, such as a cost basis."""
    remark: ChartText = ""
    """A sentence below the heading."""
    axis: ChartText
    """Quantity on the axis; the drawing adds that it is logarithmic."""
    unit: str | None = None
    """ISO 4217 code for money, otherwise `None`."""
    log: bool = False
    """True for a logarithmic axis; a linear one begins at 0."""
    categories: Annotated[tuple[ChartText, ...], Field(min_length=1, max_length=60)]
    """Countries or models."""
    series: Annotated[tuple[Series, ...], Field(min_length=1, max_length=12)]
    """The series, in the order in which they are drawn."""
    footnotes: tuple[ChartText, ...] = ()
    """Sentences below the bars, such as footnotes of names."""

    @property
    def has_bars(self) -> bool:
        """True if any value is above 0."""
        return any(bar.value for series in self.series for bar in series.bars)

    @property
    def has_bars_apart(self) -> bool:
        """True if any bar is not comparable with the others."""
        return any(bar.apart for series in self.series for bar in series.bars)

    @model_validator(mode="after")
    def _axis_can_be_written(self) -> Self:
        if self.unit is not None and self.unit not in CODES:
            raise ValueError(f"unit {self.unit!r} is no currency that is known: {', '.join(sorted(CODES))}")
        return self

    @model_validator(mode="after")
    def _every_category_has_its_bars(self) -> Self:
        for series in self.series:
            if len(series.bars) != len(self.categories):
                raise ValueError(f"{series.name!r} has {len(series.bars)} bars for {len(self.categories)} categories")
        return self


class ChartSource(Value):
    """A source of a chart's figures."""

    name: ChartText
    """Publisher and work."""
    vintage: ChartText = ""
    """Day of the data."""
    licence: ChartText = ""
    """Attribution line that the licence requires."""


class BarChart(Value):
    """A bar chart, complete with title, notes and sources."""

    language: Language
    """Language of its texts, and of those that the drawing adds."""
    title: ChartText
    """Title, in a line or two."""
    subtitle: ChartText = ""
    """Quantity, method and date."""
    direction: Direction
    """Vertical or horizontal bars."""
    panels: Annotated[tuple[Panel, ...], Field(min_length=1, max_length=12)]
    """The panels, from top to bottom."""
    notes: tuple[ChartText, ...] = ()
    """Remarks for the reader, a paragraph each."""
    sources: Annotated[tuple[ChartSource, ...], Field(min_length=1)]
    """Sources of the figures."""


def caption(chart: BarChart) -> tuple[str, ...]:
    """Return the sources as lines: name, date, licence."""
    return tuple(
        messages.SOURCE.format(source=". ".join(filter(None, (_dated(source), source.licence)))).in_language(
            chart.language
        )
        for source in chart.sources
    )


def describe(chart: BarChart) -> str:
    """Return the chart as text for readers who cannot see it: every bar with its label, and the sources."""
    parts = [chart.title, chart.subtitle]
    for panel in chart.panels:
        parts += [panel.heading, panel.remark, "" if panel.has_bars else messages.NO_BARS.in_language(chart.language)]
        parts += [*describe_panel(panel, chart.language), *panel.footnotes]
    return "\n".join(part for part in (*parts, *chart.notes, *caption(chart)) if part)


def describe_panel(panel: Panel, language: Language) -> list[str]:
    """Return a panel's bars as text, a line for each category."""
    return [_describe_category(panel, place, language) for place in range(len(panel.categories))]


def name_article(identity: str, language: Language) -> str:
    """Return the name of an article as a source."""
    return messages.ARTICLE.format(id=identity).in_language(language)


def number_duplicates(names: Sequence[str]) -> list[str]:
    """Return the names, with a number at each repetition."""
    came = [names[:place].count(name) for place, name in enumerate(names)]
    return [f"{name} ({times + 1})" if times else name for name, times in zip(names, came, strict=True)]


def _dated(source: ChartSource) -> str:
    return f"{source.name} ({source.vintage})" if source.vintage else source.name


def _describe_category(panel: Panel, place: int, language: Language) -> str:
    parts = []
    for series in panel.series:
        bar = series.bars[place]
        beside = ", ".join(
            filter(None, (bar.source, messages.NOT_COMPARABLE.in_language(language) if bar.apart else ""))
        )
        words = f"{bar.label} ({beside})" if beside else bar.label
        parts.append(f"{series.name} {words}" if series.name else words)
    return f"{panel.categories[place]}: {'; '.join(parts)}"
