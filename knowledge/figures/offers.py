"""What do models cost to use? List prices, and what a workload costs by them, as figures."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from knowledge.amounts import Amount, write_amount
from knowledge.comparisons import CostFigure, CostSource, Part
from knowledge.figures.prices import ListPrice, PriceList
from knowledge.figures.pricing import Priced
from knowledge.figures.workloads import Workload, workload_cost
from knowledge.model import Bilingual, Language

_PARTS: Mapping[Part, Bilingual] = {
    "input": Bilingual(ko="입력", en="input"),
    "cached_input": Bilingual(ko="캐시된 입력", en="cached input"),
    "output": Bilingual(ko="출력", en="output"),
}
_PER_MILLION = Bilingual(ko="100만 토큰당 {}", en="{} per million tokens")
_WORKLOAD = Bilingual(
    ko="{total} (요청 {requests:,}건, 한 건에 입력 {input:,}·출력 {output:,} 토큰)",
    en="{total} ({requests:,} requests of {input:,} input and {output:,} output tokens)",
)
_DEPRECATED = Bilingual(ko="곧 없어지거나 없어진 모델", en="deprecated")


def priced(prices: Sequence[ListPrice], listed: PriceList, language: Language) -> Iterator[Priced]:
    """The prices per million tokens. A reseller's is never compared with a maker's."""
    for price in prices:
        parts: dict[Part, Decimal | None] = {
            "input": price.input,
            "cached_input": price.cached_input,
            "output": price.output,
        }
        amounts = {part: amount for part, amount in parts.items() if amount is not None}
        said = ", ".join(f"{_PARTS[part].say(language)} {_money(amount, language)}" for part, amount in amounts.items())
        notes = [one.say(language) for one in price.conditions]
        notes += [_DEPRECATED.say(language)] if price.deprecated else []
        yield Priced(
            CostFigure(
                model=price.name,
                cost_basis="api_price",
                said=_PER_MILLION.say(language).format(said),
                amounts=amounts,
                kind=_kind(price),
                source=_source(price, listed),
                as_of=str(listed.as_of),
                notes=tuple(notes),
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
                    total=_money(cost.total, language),
                    requests=workload.requests,
                    input=workload.input_tokens,
                    output=workload.output_tokens,
                ),
                amounts={"total": cost.total},
                kind=_kind(price),
                source=_source(price, listed),
                as_of=str(listed.as_of),
                notes=tuple(one.say(language) for one in (cost.tier, *cost.notes)),
            )
        )


def _kind(price: ListPrice) -> CostSource:
    return "reseller" if price.reseller else "list_price"


def _source(price: ListPrice, listed: PriceList) -> str:
    return f"{price.provider} ({listed.source} {listed.version})"


def _money(amount: Decimal, language: Language) -> str:
    return write_amount(Amount(value=amount.normalize(), unit="USD"), language)
