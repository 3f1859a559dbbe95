"""What do models cost to use? List prices, and what a workload costs by them, as figures."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from knowledge.comparisons import CostFigure, CostSource, Part
from knowledge.figures import conditions
from knowledge.figures.prices import ListPrice, PriceList
from knowledge.figures.pricing import Priced
from knowledge.figures.rates import Rates
from knowledge.figures.workloads import Workload, workload_cost
from knowledge.model import Bilingual, Language

_PER_MILLION = Bilingual(ko="100만 토큰당 {}", en="{} per million tokens")
_WORKLOAD = Bilingual(
    ko="{total} (요청 {requests:,}건, 한 건에 입력 {input:,}·출력 {output:,} 토큰)",
    en="{total} ({requests:,} requests of {input:,} input and {output:,} output tokens)",
)


def priced(prices: Sequence[ListPrice], listed: PriceList, language: Language) -> Iterator[Priced]:
    """The prices per million tokens. A reseller's is never compared with a maker's."""
    for price in prices:
        parts: dict[Part, Decimal | None] = {
            "input": price.input,
            "cached_input": price.cached_input,
            "output": price.output,
        }
        rates = conditions.rates(Rates(price.input, price.cached_input, price.output), language)
        notes = [conditions.RESELLER] if price.reseller else []
        notes += [*price.conditions, *([conditions.DEPRECATED] if price.deprecated else [])]
        yield Priced(
            CostFigure(
                model=price.name,
                cost_basis="api_price",
                said=_PER_MILLION.say(language).format(rates),
                amounts={part: amount for part, amount in parts.items() if amount is not None},
                kind=_kind(price),
                source=_source(price, listed),
                as_of=str(listed.as_of),
                notes=tuple(one.say(language) for one in notes),
            )
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
                said=_WORKLOAD.say(language).format(
                    total=conditions.money(cost.total.normalize(), language),
                    requests=workload.requests,
                    input=workload.input_tokens,
                    output=workload.output_tokens,
                ),
                amounts={"total": cost.total.normalize()},
                kind=_kind(price),
                source=_source(price, listed),
                as_of=str(listed.as_of),
                notes=tuple(one.say(language) for one in (cost.tier, *cost.notes) if one),
            )
        )


def _kind(price: ListPrice) -> CostSource:
    return "reseller" if price.reseller else "list_price"


def _source(price: ListPrice, listed: PriceList) -> str:
    return f"{price.provider} ({listed.source} {listed.version})"
