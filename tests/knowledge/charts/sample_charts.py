"""Charts to draw in tests: counts as published and recounted, costs by basis."""

from decimal import Decimal

from knowledge.charts.model import Bar, BarChart, ChartSource, Panel, Series
from knowledge.model.records import Language
from knowledge.text.quantities.amounts import Amount, write_amount

COUNTRIES = {"ko": ("미국", "중국", "한국", "프랑스"), "en": ("United States", "China", "South Korea", "France")}
SERIES = {
    "ko": ("SPRi, 발표값(2025년 2월)", "2025-05-27, 첫 국가", "2025-05-27, 모든 국가"),
    "en": ("SPRi, as published (Feb 2025)", "2025-05-27, first country", "2025-05-27, any country"),
}
VALUES = ((128, 95, 14, 10), (129, 98, 14, 9), (129, 101, 14, 20))
EPOCH = ChartSource(name="Epoch AI, ‘Data on AI Models’", vintage="2025-05-27", licence="CC BY 4.0")


def count(value: int | None, language: Language = "en") -> Bar:
    unknown = "알 수 없음" if language == "ko" else "not known"
    return Bar(value=None, label=unknown) if value is None else Bar(value=Decimal(value), label=f"{value:,}")


def money(value: str | None, source: str = "", language: Language = "en") -> Bar:
    if value is None:
        return count(None, language)
    label = write_amount(Amount(value=Decimal(value), unit="USD"), language)
    return Bar(value=Decimal(value), label=label, source=source)


def counts(language: Language) -> BarChart:
    series = tuple(
        Series(
            name=name,
            role="recount" if place else "published",
            bars=tuple(count(value, language) for value in VALUES[place]),
        )
        for place, name in enumerate(SERIES[language])
    )
    title = "나라별 대규모 모델 수" if language == "ko" else "Large-scale models by country"
    axis = "모델 수" if language == "ko" else "Models"
    panel = Panel(axis=axis, categories=COUNTRIES[language], series=series)
    return BarChart(language=language, title=title, direction="columns", panels=(panel,), sources=(EPOCH,))


def costs(language: Language) -> BarChart:
    """Two bases with one amount each, one not known, and API prices in three parts from 0.005 to 75 dollars."""
    trained = (money("4600000", "AI Times", language), money(None, "", language))
    prices = (("0.6", "0.05", "15"), ("0.15", "0.005", "1.5"), ("2.5", "0.4", "75"))
    parts = ("입력", "캐시된 입력", "출력") if language == "ko" else ("input", "cached input", "output")
    listed = tuple(
        Series(name=name, bars=tuple(money(value, "genai-prices", language) for value in row))
        for name, row in zip(parts, prices, strict=True)
    )
    panels = (
        _panel(
            "최종 학습" if language == "ko" else "Final run",
            ("Kimi K2 Thinking", "GPT-4"),
            (Series(name="", bars=trained),),
        ),
        _panel("API", ("Kimi K2 Thinking", "GPT-5 nano", "Claude Opus 4.1"), listed),
    )
    title = "AI 모델의 비용" if language == "ko" else "What AI models cost"
    return BarChart(language=language, title=title, direction="rows", panels=panels, sources=(EPOCH,))


def make_chart(*bars: Bar, names: tuple[str, ...] | None = None, log: bool = False, rows: bool = False) -> BarChart:
    """A chart of one series."""
    categories = names or tuple(f"M{place}" for place in range(len(bars)))
    panel = Panel(axis="Models", log=log, categories=categories, series=(Series(name="", bars=bars),))
    return BarChart(
        language="en", title="One", direction="rows" if rows else "columns", panels=(panel,), sources=(EPOCH,)
    )


def _panel(heading: str, names: tuple[str, ...], series: tuple[Series, ...]) -> Panel:
    return Panel(heading=heading, axis="USD", unit="USD", log=True, categories=names, series=series)
