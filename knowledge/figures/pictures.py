"""What a picture of an answer shows: counts as published beside recounts, costs with a panel for each basis."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from decimal import Decimal
from typing import get_args

from knowledge import sentences
from knowledge.amounts import Amount, write_amount
from knowledge.answers import Answer
from knowledge.comparisons import CostComparison, CostFigure, CountryCounts, CountryRecount, Part
from knowledge.datasets import countries
from knowledge.datasets.model import CITATION, LICENCE
from knowledge.errors import UnanswerableError
from knowledge.figures import saying
from knowledge.figures.bars import Bar, BarChart, Panel, Series, Source
from knowledge.figures.claimed import BASES
from knowledge.model import Bilingual, CostBasis, Language

_MOST_PAGES = 20
_MOST_COUNTRIES = 8
_MOST_SERIES = 6
_MOST_MODELS = 16
_PARTS: tuple[Part, ...] = get_args(Part)
_COUNTS = Bilingual(ko="나라별 초거대 AI 모델 수", en="Large AI models by country")
_COSTS = Bilingual(ko="AI 모델의 비용", en="What AI models cost")
_MODELS = Bilingual(ko="모델 수", en="Models")
_PUBLISHED = Bilingual(ko="{}, 발표값", en="{}, as published")
_UNPUBLISHED = Bilingual(ko="발표 없음", en="not published")
_UNLISTED = Bilingual(ko="목록에 없음", en="not listed")
_AMOUNT = Bilingual(ko="금액", en="Amount")
_PER_MILLION = Bilingual(ko="100만 토큰당 금액", en="Amount per million tokens")
_APART = Bilingual(
    ko="칸마다 무엇의 비용인지가 다르므로, 다른 칸의 막대끼리 견주지 마세요.",
    en="Each panel is the cost of another thing: never compare bars of different panels.",
)
_PART_NAMES = {
    "total": Bilingual(ko="합계", en="total"),
    "input": Bilingual(ko="입력", en="input"),
    "cached_input": Bilingual(ko="캐시된 입력", en="cached input"),
    "output": Bilingual(ko="출력", en="output"),
}


async def picture(ask: Callable[[str], Awaitable[Answer]]) -> BarChart:
    """The picture of an answer with counts or costs, of all its pages.

    Args:
        ask: the question, given the cursor of a page.

    Raises:
        UnanswerableError: if there is no number in it to draw.
    """
    pages = [await ask("")]
    while (cursor := getattr(pages[-1], "cursor", None)) and len(pages) < _MOST_PAGES:
        pages.append(await ask(cursor))
    return picture_of(pages)


def picture_of(pages: Sequence[Answer]) -> BarChart:
    """The picture of an answer's pages.

    Raises:
        UnanswerableError: if there is no number in it to draw.
    """
    counts = [one for one in pages if isinstance(one, CountryCounts)]
    costs = [one for one in pages if isinstance(one, CostComparison)]
    if counts and (counts[0].counts or counts[0].recounts):
        recounts = tuple(row for one in counts for row in one.recounts)
        return _counts(counts[0].model_copy(update={"recounts": recounts}))
    if any(group.figures for one in costs for group in one.groups):
        return _costs(costs)
    raise UnanswerableError(saying.NOTHING_TO_DRAW.say(pages[0].language))


def _counts(answer: CountryCounts) -> BarChart:
    language = answer.language
    codes = _countries(answer)
    panel = Panel(
        axis=_MODELS.say(language),
        categories=tuple(countries.label(code, language) for code in codes),
        series=(*_published(answer, codes), *_recounted(answer, codes)),
    )
    periods = dict.fromkeys([*(one.period for one in answer.counts), *(one.period for one in answer.recounts)])
    sources = [Source(name=f"{one.publisher} [{', '.join(one.articles)}]") for one in answer.counts]
    vintages = sorted({one.vintage for one in answer.recounts})
    if vintages:
        sources.append(Source(name=CITATION, vintage=", ".join(vintages), licence=LICENCE.partition(". ")[0]))
    return BarChart(
        language=language,
        title=_COUNTS.say(language),
        subtitle=", ".join(periods),
        direction="columns",
        panels=(panel,),
        notes=(sentences.UNLISTED_IS_UNKNOWN.say(language),),
        sources=tuple(sources),
    )


def _countries(answer: CountryCounts) -> list[str]:
    """Those with a published count, and the others asked for; those with most models where there is neither."""
    published = [row.iso for source in answer.counts for row in source.rows]
    recounted = [code for one in answer.recounts[:1] for code in one.counts]
    if len(recounted) > _MOST_COUNTRIES and published:
        return published
    return list(dict.fromkeys([*published, *recounted]))[:_MOST_COUNTRIES]


def _published(answer: CountryCounts, codes: Sequence[str]) -> Iterator[Series]:
    for source in answer.counts:
        counted = {row.iso: row.count for row in source.rows}
        name = _PUBLISHED.say(answer.language).format(source.publisher)
        bars = tuple(_bar(counted.get(code), answer.language) for code in codes)
        yield Series(name=name, role="published", bars=bars)


def _recounted(answer: CountryCounts, codes: Sequence[str]) -> Iterator[Series]:
    """Each vintage by the first of its rules, the oldest first; the other rules of the newest while there is room."""
    by_vintage: dict[str, list[CountryRecount]] = {}
    for one in answer.recounts:
        by_vintage.setdefault(one.vintage, []).append(one)
    ordered = sorted(by_vintage)
    shown = [by_vintage[vintage][0] for vintage in ordered]
    shown += by_vintage[ordered[-1]][1:] if ordered else []
    for one in shown[: _MOST_SERIES - len(answer.counts)]:
        name = f"{one.vintage}, {saying.RULES[one.rule].say(answer.language)}"
        bars = tuple(_bar(one.counts.get(code, 0), answer.language) for code in codes)
        yield Series(name=name, role="recount", bars=bars)


def _bar(count: int | None, language: Language) -> Bar:
    if count is None:
        return Bar(value=None, label=_UNPUBLISHED.say(language))
    return Bar(value=Decimal(count), label=f"{count:,}")


def _costs(pages: Sequence[CostComparison]) -> BarChart:
    language = pages[0].language
    groups = [group for one in pages for group in one.groups]
    figures = [figure for group in groups for figure in group.figures]
    meanings = {group.basis: group.meaning for group in groups}
    alike: dict[tuple[CostBasis, str], list[CostFigure]] = {}
    for one in figures:
        alike.setdefault((one.cost_basis, one.currency), []).append(one)
    panels = tuple(
        _panel(meanings[basis], currency, sorted(alike[basis, currency], key=_lowest), language)
        for basis, currency in sorted(alike, key=lambda kind: (BASES.index(kind[0]), kind[1]))
    )
    return BarChart(
        language=language,
        title=_COSTS.say(language),
        subtitle=_APART.say(language) if len(panels) > 1 else "",
        direction="rows",
        panels=panels,
        sources=tuple(_sources(figures)),
    )


def _panel(heading: str, currency: str, figures: Sequence[CostFigure], language: Language) -> Panel:
    shown = figures[:_MOST_MODELS]
    parts = [part for part in _PARTS if any(part in one.amounts for one in shown)]
    years = sorted({one.currency_year for one in shown if one.currency_year})
    axis = (_AMOUNT if parts == ["total"] else _PER_MILLION).say(language)
    return Panel(
        heading=heading,
        remark=saying.lowest_drawn(len(shown), len(figures), language) if len(shown) < len(figures) else "",
        axis=f"{axis}, {currency}{f' ({years[0]})' if len(years) == 1 else ''}",
        unit=currency,
        log=True,
        categories=tuple(_called(one) for one in shown),
        series=tuple(
            Series(
                name="" if part == "total" else _PART_NAMES[part].say(language),
                bars=tuple(_amount(one, part, language) for one in shown),
            )
            for part in parts
        ),
    )


def _lowest(figure: CostFigure) -> Decimal:
    return next(iter(figure.amounts.values()))


def _called(figure: CostFigure) -> str:
    return f"{figure.model} ({figure.source.partition(' (')[0]})" if figure.kind == "reseller" else figure.model


def _amount(figure: CostFigure, part: Part, language: Language) -> Bar:
    amount = figure.amounts.get(part)
    if amount is None:
        return Bar(value=None, label=_UNLISTED.say(language))
    said = (
        figure.said
        if part == "total"
        else write_amount(Amount(value=amount.normalize(), unit=figure.currency), language)
    )
    return Bar(value=amount, label=said, source=figure.source)


def _sources(figures: Sequence[CostFigure]) -> Iterator[Source]:
    for source, kind, day in dict.fromkeys((one.source, one.kind, one.as_of) for one in figures):
        if kind == "dataset":
            yield Source(name=CITATION, vintage=day or "", licence=LICENCE.partition(". ")[0])
        else:
            yield Source(name=source, vintage=day or "")
