"""Sources of cost figures: claims of articles, a dataset's estimates of training costs, and list prices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import get_args

from knowledge.datasets import PUBLISHER, Costs, ListedModel, TrainingCost, packaged
from knowledge.figures import messages
from knowledge.figures.pricing import ListPrice, PriceList, Rates, Workload, conditions, workload_cost
from knowledge.figures.ratios import RatioFigure, strip_zeros
from knowledge.figures.recounts import Vintages
from knowledge.model import Bilingual, Claim, CostBasis, CostPart, Entity, Figure, Language
from knowledge.queries import PRICED, Cited, CostFigure, CostItem, CostSource
from knowledge.text.quantities import Amount, numerals, write_amount

BASES: tuple[CostBasis, ...] = get_args(CostBasis)
_ESTIMATE_DIGITS = 3
"""Significant digits of an estimate in text; its amount is in whole dollars."""
_PER_MILLION = Bilingual(ko="100만 토큰당 {rates}", en="{rates} per million tokens")
_ONE_REQUEST = Bilingual(
    ko="{cost} (요청 1건에 입력 {input:,}·출력 {output:,}토큰)",
    en="{cost} (1 request of {input:,} input and {output:,} output tokens)",
)
_REQUESTS = Bilingual(
    ko="{cost} (요청 {requests:,}건, 한 건에 입력 {input:,}·출력 {output:,}토큰)",
    en="{cost} ({requests:,} requests of {input:,} input and {output:,} output tokens)",
)
_DECIMAL_PLACES = 8
"""Decimal places of a price or bill: some prices end in the noise of someone's arithmetic."""


def select_claims(claims: Sequence[Claim], subjects: set[str] | None, bases: Sequence[CostBasis]) -> list[Claim]:
    """Return the claims on these bases about these subjects (on any if none are given), those about most of them first."""
    on_bases = [claim for claim in claims if not bases or claim.cost_basis in bases]
    wanted = [claim for claim in on_bases if subjects is None or subjects & _subjects(claim)]
    return sorted(wanted, key=lambda claim: (*_order(claim), -len((subjects or set()) & _subjects(claim))))


def build_items(
    claims: Sequence[Claim], cited: Sequence[Cited], entities: Mapping[str, Entity], language: Language
) -> list[CostItem]:
    """Return the claims with the models or companies that they are about."""
    return [
        CostItem(models=_named(claim, entities, language), claim=citation)
        for claim, citation in zip(claims, cited, strict=True)
    ]


def list_article_figures(
    claims: Sequence[Claim], entities: Mapping[str, Entity], language: Language
) -> Iterator[RatioFigure]:
    """Yield the amounts of money in the claims; a bounded amount is not comparable."""
    for claim in claims:
        for figure in claim.figures:
            if figure.is_money and claim.cost_basis:
                yield RatioFigure(_figure(claim, claim.cost_basis, figure, entities, language), figure.bound == "exact")


def add_makers(ids: set[str], entities: Mapping[str, Entity]) -> set[str]:
    """Return the entities with their makers and their models, since the costs of one bear on the other."""
    makers = {maker for identity in ids if (maker := entities[identity].maker)}
    made = {entity.id for entity in entities.values() if entity.maker in ids}
    return ids | makers | made


def find_entities_with_figures(claims: Sequence[Claim], entities: Mapping[str, Entity]) -> set[str]:
    """Return the subjects of claims with figures, and their makers."""
    subjects = {identity for claim in claims if claim.figures for identity in _subjects(claim)}
    return subjects | {maker for identity in subjects if (maker := entities[identity].maker)}


def _subjects(claim: Claim) -> set[str]:
    return {*claim.entities, *(figure.subject for figure in claim.figures)}


def _order(claim: Claim) -> tuple[int, int]:
    """Return the sort key of a claim: by basis, those with figures first."""
    return [*BASES, None].index(claim.cost_basis), 0 if claim.figures else 1


def _named(claim: Claim, entities: Mapping[str, Entity], language: Language) -> tuple[str, ...]:
    named = [entities[identity] for identity in (*(figure.subject for figure in claim.figures), *claim.entities)]
    subjects = [entity.name.in_language(language) for entity in named if entity.type in PRICED]
    return tuple(dict.fromkeys(subjects or (entity.name.in_language(language) for entity in named[:1])))


def _figure(
    claim: Claim, basis: CostBasis, figure: Figure, entities: Mapping[str, Entity], language: Language
) -> CostFigure:
    return CostFigure(
        model=entities[figure.subject].name.in_language(language),
        cost_basis=basis,
        said=messages.format_amount(numerals.write_figure(figure, language), figure.currency_year, language),
        amounts={"total": figure.value},
        currency=figure.unit,
        currency_year=figure.currency_year,
        kind="article",
        source=claim.id,
        notes=(
            messages.REPORTED.in_language(language),
            *([] if figure.currency_year else [messages.YEAR_NOT_STATED.in_language(language)]),
        ),
    )


@dataclass(frozen=True)
class TrainingCostEstimates:
    """Models of one vintage with their training costs, where given."""

    vintage: date
    models: tuple[ListedModel, ...]
    remarks: Mapping[str, Bilingual]
    """Curators' remarks on costs, by model."""

    @classmethod
    def load(cls, vintages: Vintages) -> "TrainingCostEstimates":
        """Return the estimates of the newest of these vintages of notable models, or the packaged ones if they are newer."""
        packaged_costs = _packaged_costs()
        remarks = {remark.model: remark.text for remark in packaged_costs.remarks}
        newest = vintages.newest_with_rows()
        table = vintages.table(newest) if newest and newest >= packaged_costs.vintage else None
        if table:
            return cls(table.vintage, table.models, remarks)
        without = tuple(ListedModel(model=name) for name in packaged_costs.without)
        return cls(packaged_costs.vintage, (*packaged_costs.models, *without), remarks)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the models."""
        return tuple(model.model for model in self.models)

    def find_models(self, names: Sequence[str]) -> tuple[ListedModel, ...]:
        """Return the models of these names."""
        return tuple(model for model in self.models if model.model in names)

    def list_figures(self, model: ListedModel, language: Language) -> Iterator[RatioFigure]:
        """Yield a figure for each basis that the model has a cost on.

        A cost is not comparable if its row describes a method of its own, which may differ from the basis, or if its column
        names no currency year.
        """
        for cost in model.costs:
            yield RatioFigure(self._figure(model, cost, language), not cost.noted and cost.currency_year is not None)

    def _figure(self, model: ListedModel, cost: TrainingCost, language: Language) -> CostFigure:
        return CostFigure(
            model=model.model,
            cost_basis=cost.basis,
            said=messages.format_amount(
                write_amount(Amount(value=_round_estimate(cost.amount), bound="about", unit="USD"), language),
                cost.currency_year,
                language,
            ),
            amounts={"total": strip_zeros(_round_to_dollars(cost.amount))},
            currency_year=cost.currency_year,
            kind="dataset",
            source=PUBLISHER,
            as_of=str(self.vintage),
            notes=tuple(self._notes(model, cost, language)),
        )

    def _notes(self, model: ListedModel, cost: TrainingCost, language: Language) -> Iterator[str]:
        remark = self.remarks.get(model.model)
        if remark and cost.noted:
            yield remark.in_language(language)
        elif cost.noted:
            yield messages.RECKONED_OTHERWISE.in_language(language)
        if model.confidence:
            yield messages.describe_confidence(model.confidence).in_language(language)


def _round_estimate(amount: Decimal) -> Decimal:
    return strip_zeros(round(amount, _ESTIMATE_DIGITS - 1 - amount.adjusted()))


def _round_to_dollars(amount: Decimal) -> Decimal:
    """Round to whole dollars: the decimals in a table are left over from its arithmetic."""
    return round(amount, 0) if amount >= 1 else amount


@cache
def _packaged_costs() -> Costs:
    return packaged.read_costs()


def list_price_figures(prices: Sequence[ListPrice], listed: PriceList, language: Language) -> Iterator[RatioFigure]:
    """Yield the prices per million tokens; a reseller's price and one that changes by the hour are not comparable."""
    for price in prices:
        parts: dict[CostPart, Decimal | None] = {
            "input": price.input,
            "cached_input": price.cached_input,
            "output": price.output,
        }
        rates = conditions.format_rates(Rates(price.input, price.cached_input, price.output))
        notes = [conditions.RESELLER] if price.reseller else []
        notes += [*price.conditions, *([conditions.DEPRECATED] if price.deprecated else [])]
        yield RatioFigure(
            CostFigure(
                model=price.name,
                cost_basis="api_price",
                said=_PER_MILLION.format(rates=rates).in_language(language),
                amounts={
                    part: strip_zeros(round(amount, _DECIMAL_PLACES))
                    for part, amount in parts.items()
                    if amount is not None
                },
                kind=_source_kind(price),
                source=_price_source(price, listed),
                as_of=str(listed.as_of),
                notes=tuple(note.in_language(language) for note in notes),
            ),
            comparable=not price.reseller and not price.by_hour,
        )


def list_workload_figures(
    prices: Sequence[ListPrice], listed: PriceList, workload: Workload, at: datetime, language: Language
) -> Iterator[RatioFigure]:
    """Yield the cost of the workload at each of these prices."""
    for price in prices:
        cost = workload_cost(price, workload, at)
        yield RatioFigure(
            CostFigure(
                model=price.name,
                cost_basis="workload",
                said=_format_bill(cost.total, workload, language),
                amounts={"total": strip_zeros(round(cost.total, _DECIMAL_PLACES))},
                kind=_source_kind(price),
                source=_price_source(price, listed),
                as_of=str(listed.as_of),
                notes=tuple(
                    note.in_language(language) for note in (cost.tier, *cost.notes, *_hour_conditions(price)) if note
                ),
            ),
            comparable=not (price.reseller or price.by_hour or cost.too_long),
        )


def _format_bill(total: Decimal, workload: Workload, language: Language) -> str:
    template = _ONE_REQUEST if workload.requests == 1 else _REQUESTS
    return template.format(
        cost=conditions.format_money(_round_bill(total)),
        requests=workload.requests,
        input=workload.input_tokens,
        output=workload.output_tokens,
    ).in_language(language)


def _round_bill(total: Decimal) -> Decimal:
    """Round to the cent, or to three digits below a cent: a bill is never shown as zero."""
    return strip_zeros(round(total, max(2, 2 - total.adjusted())))


def _hour_conditions(price: ListPrice) -> tuple[Bilingual, ...]:
    return price.conditions if price.by_hour else ()


def _source_kind(price: ListPrice) -> CostSource:
    return "reseller" if price.reseller else "list_price"


def _price_source(price: ListPrice, listed: PriceList) -> str:
    return f"{price.provider} ({listed.source} {listed.version})"
