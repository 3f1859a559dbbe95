"""Which models are meant by a name? In the knowledge base, the dataset and the price list; a near name is taken for none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.datasets.model import ListedModel
from knowledge.datasets.vintages import VintageFolder
from knowledge.figures.cost_sources import TrainingCostEstimates
from knowledge.figures.pricing import model_names
from knowledge.figures.pricing.price_list import FoundPrices, ListPrice, PriceList, get_price_list
from knowledge.figures.recounts import Vintages
from knowledge.model.records import Entity
from knowledge.queries.names import Names

_MAKERS = frozenset({"company", "organisation"})
_WITH_COSTS = _MAKERS | {"model", "product"}


@dataclass(frozen=True)
class ResolvedName:
    """What a name stands for, source by source."""

    name: str
    entities: tuple[str, ...] = ()
    """Ids in the knowledge base."""
    rows: tuple[ListedModel, ...] = ()
    """Rows of the dataset: that very model, or a maker's."""
    prices: tuple[ListPrice, ...] = ()
    """Listed prices: of that very model, or a maker's newest models."""
    is_maker: bool = False
    """Whether it names who makes models."""
    candidates: tuple[str, ...] = ()
    """Where it is no model that has a row or a price: models whose names have more to them."""
    near: tuple[str, ...] = ()
    """Where nothing else is known of it: names that are spelled alike."""
    other_snapshot: bool = False
    """Whether the prices are of another dated snapshot than was asked for."""

    @property
    def is_known(self) -> bool:
        """Whether anything goes by the name."""
        return bool(self.entities or self.rows or self.prices or self.candidates)

    @property
    def has_figures(self) -> bool:
        """Whether it has a cost, or stands for several models that may have."""
        return bool(self.prices or self.candidates or any(row.costs for row in self.rows))

    @property
    def only_resold(self) -> bool:
        """Whether no maker lists it, only resellers."""
        return bool(self.prices) and all(price.reseller for price in self.prices)


@dataclass(frozen=True)
class ModelResolver:
    """Where names are looked up."""

    names: Names
    entities: Mapping[str, Entity]
    estimates: TrainingCostEstimates
    listed: PriceList

    def meant(self, name: str) -> ResolvedName:
        """What `name` stands for: an id or name in either language, of a model or of who makes models."""
        found = self.names.find(name)
        ids = tuple(one for one in found if self.entities[one].type in _WITH_COSTS)
        if makers := self._makers(name, ids):
            return self._of_makers(name, ids, makers)
        of_model = self._of_model(name, ids)
        # What the name also stands for (xAI, explainability) counts where it is no model and no maker.
        return of_model if of_model.is_known else replace(of_model, entities=found)

    def _of_model(self, name: str, ids: tuple[str, ...]) -> ResolvedName:
        # A family's bare word is no model, even if an article means one by it (Kimi, of Kimi K2) or a dataset lists its first.
        bare = model_names.is_bare(name)
        terms = [name] if bare else list(dict.fromkeys([name, *(self.entities[one].name.en for one in ids)]))
        resolved = [model_names.resolve(term, self.estimates.names) for term in terms]
        rows, other_row = self._rows(terms, resolved)
        found = self._prices(terms)
        prices = found.own or _cheapest_and_dearest(found.resellers)
        candidates = [one.name for one in found.candidates] + [one for some in resolved for one in some.candidates]
        if bare and candidates:
            rows = tuple(row for row in rows if row.costs)
        near = [*found.near, *(one for some in resolved for one in some.near)]
        return ResolvedName(
            name=name,
            entities=ids,
            rows=rows,
            prices=prices,
            candidates=() if prices or (rows and not bare) else tuple(dict.fromkeys(candidates)),
            near=tuple(dict.fromkeys(near)),
            other_snapshot=other_row or (bool(prices) and found.other_snapshot),
        )

    def _rows(
        self, terms: Sequence[str], resolved: Sequence[model_names.Resolution]
    ) -> tuple[tuple[ListedModel, ...], bool]:
        """The rows of that very model, and whether they are of its dated snapshots. Training one cost nothing of another's."""
        kept = [
            some
            for term, some in zip(terms, resolved, strict=True)
            if some.exact and not (some.other_snapshot and model_names.make_key(term).snapshot)
        ]
        rows = self.estimates.of_names([one for some in kept for one in some.exact])
        return rows, bool(rows) and all(some.other_snapshot for some in kept)

    def _prices(self, terms: Sequence[str]) -> FoundPrices:
        """What the first of the terms finds that finds a price, else what the first one says."""
        found = [self.listed.find(term) for term in terms]
        return next((one for one in found if one.own or one.resellers), found[0])

    def _makers(self, name: str, ids: Sequence[str]) -> dict[str, str]:
        """Companies and providers that the name is of: their ids, with their usual names in English."""
        if ids:
            companies = (self.entities[one] for one in ids if self.entities[one].type in _MAKERS)
            return {one.id: one.name.en for one in companies}
        tokens = model_names.make_key(name).tokens
        own = (price for price in self.listed.prices if not price.reseller)
        return {one.provider_id: one.provider for one in own if model_names.make_key(one.provider).tokens == tokens}

    def _of_makers(self, name: str, ids: tuple[str, ...], makers: Mapping[str, str]) -> ResolvedName:
        made = [
            row
            for row in self.estimates.models
            if row.costs and any(self._is_of(one, makers) for one in row.developers)
        ]
        newest = sorted(made, key=lambda row: row.released or "", reverse=True)
        prices = tuple(price for maker in makers for price in self.listed.of_maker(maker))
        return ResolvedName(name=name, entities=ids, rows=tuple(newest), prices=prices, is_maker=True)

    def _is_of(self, developer: str, makers: Mapping[str, str]) -> bool:
        """Whether a developer is one of these makers, or a part of one, as Google DeepMind is of Google."""
        called = f"{developer} ".casefold()
        return bool(set(self.names.find(developer)) & makers.keys()) or any(
            called.startswith(f"{one} ".casefold()) for one in makers.values()
        )


def list_models(folder: VintageFolder | None, at: datetime) -> list[str]:
    """Return the names of the models that have an estimated cost, or a list price at a moment with its time zone."""
    estimated = [row.model for row in TrainingCostEstimates.of(Vintages.of("notable", folder)).models if row.costs]
    return [*estimated, *(name for price in get_price_list(at).prices for name in (price.name, price.id))]


def _cheapest_and_dearest(resellers: Sequence[ListPrice]) -> tuple[ListPrice, ...]:
    """Of many resellers, who come the cheapest first, the two ends."""
    return tuple(resellers) if len(resellers) < 2 else (resellers[0], resellers[-1])  # noqa: PLR2004 - two ends
