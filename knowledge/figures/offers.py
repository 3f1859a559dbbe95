"""What do models cost to use? List prices, and what a workload costs by them, as figures."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from knowledge.figures.pricing import conditions
from knowledge.figures.pricing.price_list import ListPrice, PriceList
from knowledge.figures.pricing.rates import Rates
from knowledge.figures.pricing.workloads import Workload, workload_cost
from knowledge.figures.ratios import Priced, plain
from knowledge.model.records import Bilingual, Language, Part
from knowledge.queries.figure_answers import CostFigure, CostSource

_PER_MILLION = Bilingual(ko="100만 토큰당 {rates}", en="{rates} per million tokens")
_ONE_REQUEST = Bilingual(
    ko="{cost} (요청 1건에 입력 {input:,}·출력 {output:,}토큰)",
    en="{cost} (1 request of {input:,} input and {output:,} output tokens)",
)
_REQUESTS = Bilingual(
    ko="{cost} (요청 {requests:,}건, 한 건에 입력 {input:,}·출력 {output:,}토큰)",
    en="{cost} ({requests:,} requests of {input:,} input and {output:,} output tokens)",
)
_PLACES = 8
"""Decimal places that a price or bill is told with: some prices have the noise of another's arithmetic at the end."""


def priced(prices: Sequence[ListPrice], listed: PriceList, language: Language) -> Iterator[Priced]:
    """The prices per million tokens. Neither a reseller's is compared with others, nor one that changes with the hour."""
    for price in prices:
        parts: dict[Part, Decimal | None] = {
            "input": price.input,
            "cached_input": price.cached_input,
            "output": price.output,
        }
        rates = conditions.format_rates(Rates(price.input, price.cached_input, price.output))
        notes = [conditions.RESELLER] if price.reseller else []
        notes += [*price.conditions, *([conditions.DEPRECATED] if price.deprecated else [])]
        yield Priced(
            CostFigure(
                model=price.name,
                cost_basis="api_price",
                said=_PER_MILLION.format(rates=rates).in_language(language),
                amounts={part: plain(round(amount, _PLACES)) for part, amount in parts.items() if amount is not None},
                kind=_kind(price),
                source=_source(price, listed),
                as_of=str(listed.as_of),
                notes=tuple(one.in_language(language) for one in notes),
            ),
            comparable=not price.reseller and not price.by_hour,
        )


def workloads(
    prices: Sequence[ListPrice], listed: PriceList, workload: Workload, at: datetime, language: Language
) -> Iterator[Priced]:
    """What the workload costs by each of these prices."""
    for price in prices:
        cost = workload_cost(price, workload, at)
        yield Priced(
            CostFigure(
                model=price.name,
                cost_basis="workload",
                said=_used(cost.total, workload, language),
                amounts={"total": plain(round(cost.total, _PLACES))},
                kind=_kind(price),
                source=_source(price, listed),
                as_of=str(listed.as_of),
                notes=tuple(one.in_language(language) for one in (cost.tier, *cost.notes, *_on_hours(price)) if one),
            ),
            comparable=not (price.reseller or price.by_hour or cost.too_long),
        )


def _used(total: Decimal, workload: Workload, language: Language) -> str:
    template = _ONE_REQUEST if workload.requests == 1 else _REQUESTS
    return template.format(
        cost=conditions.format_money(_told(total)),
        requests=workload.requests,
        input=workload.input_tokens,
        output=workload.output_tokens,
    ).in_language(language)


def _told(total: Decimal) -> Decimal:
    """To the cent, or to three digits of what is less: a bill is never told as nothing."""
    return plain(round(total, max(2, 2 - total.adjusted())))


def _on_hours(price: ListPrice) -> tuple[Bilingual, ...]:
    return price.conditions if price.by_hour else ()


def _kind(price: ListPrice) -> CostSource:
    return "reseller" if price.reseller else "list_price"


def _source(price: ListPrice, listed: PriceList) -> str:
    return f"{price.provider} ({listed.source} {listed.version})"
