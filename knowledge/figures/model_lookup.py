"""Resolution of model and maker names in the knowledge base, the dataset and the price list; near names never match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.datasets import ListedModel, VintageFolder
from knowledge.figures.cost_sources import TrainingCostEstimates
from knowledge.figures.pricing import FoundPrices, ListPrice, PriceList, get_price_list, model_names
from knowledge.figures.recounts import Vintages
from knowledge.model import Entity
from knowledge.queries import Names

_MAKERS = frozenset({"company", "organisation"})
_WITH_COSTS = _MAKERS | {"model", "product"}


@dataclass(frozen=True)
class ResolvedName:
    """A name's matches in each source."""

    name: str
    entities: tuple[str, ...] = ()
    """Ids in the knowledge base."""
    rows: tuple[ListedModel, ...] = ()
    """Rows of the dataset: of exactly that model, or of a maker."""
    prices: tuple[ListPrice, ...] = ()
    """Listed prices: of exactly that model, or of a maker's newest models."""
    is_maker: bool = False
    """True if the name is a maker of models."""
    candidates: tuple[str, ...] = ()
    """Without a row or price of exactly that model: models with longer names."""
    near: tuple[str, ...] = ()
    """Without any match: names that are spelled alike."""
    other_snapshot: bool = False
    """True if the prices are of another dated snapshot than the name's."""

    @property
    def is_known(self) -> bool:
        """Check that the name matches anything."""
        return bool(self.entities or self.rows or self.prices or self.candidates)

    @property
    def has_figures(self) -> bool:
        """Check that it has a cost, or stands for several models that may have one."""
        return bool(self.prices or self.candidates or any(row.costs for row in self.rows))

    @property
    def only_resold(self) -> bool:
        """Check that only resellers list it, and no maker."""
        return bool(self.prices) and all(price.reseller for price in self.prices)


@dataclass(frozen=True)
class ModelResolver:
    """Resolver of names, with the sources to look them up in."""

    names: Names
    entities: Mapping[str, Entity]
    estimates: TrainingCostEstimates
    listed: PriceList

    def resolve(self, name: str) -> ResolvedName:
        """Resolve an id, or a name in either language, of a model or a maker of models."""
        found = self.names.find(name)
        ids = tuple(identity for identity in found if self.entities[identity].type in _WITH_COSTS)
        if makers := self._find_makers(name, ids):
            return self._resolve_makers(name, ids, makers)
        as_model = self._resolve_model(name, ids)
        # Other entities of that name (xAI, explainability) count if it is neither a model nor a maker.
        return as_model if as_model.is_known else replace(as_model, entities=found)

    def _resolve_model(self, name: str, ids: tuple[str, ...]) -> ResolvedName:
        # A bare family name is no model, even if an article uses it for one (Kimi, for Kimi K2) or a dataset lists its first one.
        bare = model_names.is_bare(name)
        terms = [name] if bare else list(dict.fromkeys([name, *(self.entities[identity].name.en for identity in ids)]))
        resolved = [model_names.resolve(term, self.estimates.names) for term in terms]
        rows, other_row = self._rows(terms, resolved)
        found = self._prices(terms)
        prices = found.own or _cheapest_and_dearest(found.resellers)
        candidates = [price.name for price in found.candidates] + [
            candidate for matched in resolved for candidate in matched.candidates
        ]
        if bare and candidates:
            rows = tuple(row for row in rows if row.costs)
        near = [*found.near, *(similar for matched in resolved for similar in matched.near)]
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
        """Return the rows of exactly that model, and whether they are of its dated snapshots, which were each trained apart."""
        kept = [
            matched
            for term, matched in zip(terms, resolved, strict=True)
            if matched.exact and not (matched.other_snapshot and model_names.make_key(term).snapshot)
        ]
        rows = self.estimates.find_models([model for matched in kept for model in matched.exact])
        return rows, bool(rows) and all(matched.other_snapshot for matched in kept)

    def _prices(self, terms: Sequence[str]) -> FoundPrices:
        """Return the prices of the first term that has any, else the result of the first term."""
        found = [self.listed.find(term) for term in terms]
        return next((prices for prices in found if prices.own or prices.resellers), found[0])

    def _find_makers(self, name: str, ids: Sequence[str]) -> dict[str, str]:
        """Return the companies and providers of that name: their ids, with their usual English names."""
        if ids:
            companies = (self.entities[identity] for identity in ids if self.entities[identity].type in _MAKERS)
            return {company.id: company.name.en for company in companies}
        tokens = model_names.make_key(name).tokens
        own = (price for price in self.listed.prices if not price.reseller)
        return {
            price.provider_id: price.provider for price in own if model_names.make_key(price.provider).tokens == tokens
        }

    def _resolve_makers(self, name: str, ids: tuple[str, ...], makers: Mapping[str, str]) -> ResolvedName:
        made = [
            row
            for row in self.estimates.models
            if row.costs and any(self._is_of(developer, makers) for developer in row.developers)
        ]
        newest = sorted(made, key=lambda row: row.released or "", reverse=True)
        prices = tuple(price for maker in makers for price in self.listed.list_maker_prices(maker))
        return ResolvedName(name=name, entities=ids, rows=tuple(newest), prices=prices, is_maker=True)

    def _is_of(self, developer: str, makers: Mapping[str, str]) -> bool:
        """Check that a developer is one of these makers, or a part of one, as Google DeepMind is of Google."""
        padded = f"{developer} ".casefold()
        return bool(set(self.names.find(developer)) & makers.keys()) or any(
            padded.startswith(f"{maker} ".casefold()) for maker in makers.values()
        )


def list_models(folder: VintageFolder | None, at: datetime) -> list[str]:
    """Return the names of the models that have an estimated cost, or a list price at a moment with its time zone."""
    estimated = [row.model for row in TrainingCostEstimates.load(Vintages.load("notable", folder)).models if row.costs]
    return [*estimated, *(name for price in get_price_list(at).prices for name in (price.name, price.id))]


def _cheapest_and_dearest(resellers: Sequence[ListPrice]) -> tuple[ListPrice, ...]:
    """Return the first and the last of the resellers, which are sorted by price."""
    return tuple(resellers) if len(resellers) < 2 else (resellers[0], resellers[-1])  # noqa: PLR2004 - two ends
