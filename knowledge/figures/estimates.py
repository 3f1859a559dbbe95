"""What does a dataset say that training cost? From the newest table of notable models at hand, else what is packaged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from knowledge.datasets import packaged
from knowledge.datasets.model import PUBLISHER, Costs, ListedModel, TrainingCost
from knowledge.figures import messages
from knowledge.figures.ratios import Priced, plain
from knowledge.figures.recounts import Vintages
from knowledge.model.records import Bilingual, Language
from knowledge.queries.figure_answers import CostFigure
from knowledge.text.quantities.amounts import Amount, write_amount

_DIGITS = 3
"""Digits that an estimate is told with; its amount has whole dollars."""


@dataclass(frozen=True)
class Estimates:
    """The models of one vintage with what their training cost, as far as it says."""

    vintage: date
    models: tuple[ListedModel, ...]
    remarks: Mapping[str, Bilingual]
    """What curators say of a model's costs."""

    @classmethod
    def of(cls, vintages: Vintages) -> "Estimates":
        """From the newest of these vintages of notable models, unless what is packaged is newer or nothing is there."""
        told = _packaged()
        remarks = {one.model: one.text for one in told.remarks}
        newest = vintages.newest_with_rows()
        table = vintages.table(newest) if newest and newest >= told.vintage else None
        if table:
            return cls(table.vintage, table.models, remarks)
        without = tuple(ListedModel(model=name) for name in told.without)
        return cls(told.vintage, (*told.models, *without), remarks)

    @property
    def names(self) -> tuple[str, ...]:
        """The models' names."""
        return tuple(one.model for one in self.models)

    def of_names(self, names: Sequence[str]) -> tuple[ListedModel, ...]:
        """The models of these names."""
        return tuple(one for one in self.models if one.model in names)

    def priced(self, model: ListedModel, language: Language) -> Iterator[Priced]:
        """A figure for each basis that the model has a cost on.

        None is comparable whose row says how it was reckoned, which may not be as its basis has it; nor one whose column names
        no year, since a dollar of one year is not that of another.
        """
        for cost in model.costs:
            yield Priced(self._figure(model, cost, language), not cost.noted and cost.currency_year is not None)

    def _figure(self, model: ListedModel, cost: TrainingCost, language: Language) -> CostFigure:
        return CostFigure(
            model=model.model,
            cost_basis=cost.basis,
            said=messages.format_amount(
                write_amount(Amount(value=_told(cost.amount), bound="about", unit="USD"), language),
                cost.currency_year,
                language,
            ),
            amounts={"total": plain(_whole(cost.amount))},
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


def _told(amount: Decimal) -> Decimal:
    return plain(round(amount, _DIGITS - 1 - amount.adjusted()))


def _whole(amount: Decimal) -> Decimal:
    """Whole dollars: what is behind the point in a table is left over from its arithmetic."""
    return round(amount, 0) if amount >= 1 else amount


@cache
def _packaged() -> Costs:
    return packaged.costs()
