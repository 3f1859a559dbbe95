"""Costs of models from articles, dataset estimates and list prices, each on its basis; never ranked across bases."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from knowledge.datasets import LICENCE, VintageFolder
from knowledge.figures import cost_sources, messages
from knowledge.figures.cost_sources import BASES, TrainingCostEstimates
from knowledge.figures.model_lookup import ModelResolver, ResolvedName
from knowledge.figures.pricing import PriceList, Workload, get_price_list
from knowledge.figures.ratios import RatioFigure, add_ratios
from knowledge.figures.recounts import Vintages
from knowledge.model import Bilingual, Claim, CostBasis, Entity, Language
from knowledge.queries import (
    DIFFERENT_BASES,
    MOST_NAMES,
    ONE_FIGURE,
    PRICED,
    QUOTES_MISSING,
    Ambiguous,
    CostComparison,
    CostFigure,
    CostGroup,
    CostItem,
    Detail,
    Names,
    NameUnknown,
    citations,
    describe_unknown_name,
    pagination,
)
from knowledge.queries import messages as query_messages
from knowledge.store import StoreReader

_AT_ONCE: Mapping[CostBasis, int] = {"workload": 6, "api_price": 4, "final_training_run": 2}
"""Entries of a basis per turn, if more than one."""
_FIRST: tuple[CostBasis, ...] = ("workload", "final_training_run", "api_price", "price_unspecified")
"""Bases whose turn comes first: what was asked for, and statements on prices beside the prices."""

CostEntry = CostFigure | CostItem
_MOST: dict[Detail, int] = {"brief": 40, "full": 400}
"""Figures and statements considered for one page; a page is full before."""
_MOST_CANDIDATES = 24
"""Candidates for all names together."""
_FEWEST_CANDIDATES = 3
_GROUP = 40
"""Most tokens that the head of a group takes."""
_RATIOS = 20
"""Tokens by which ratios among a page's figures may exceed those among all."""
_OF_A_MAKER: dict[Detail, int] = {"brief": 4, "full": 8}
"""Models of a maker shown from each source."""


def interleave(groups: Sequence[Sequence[object]]) -> Iterator[list]:  # type: ignore[type-arg]
    """Yield the first of each group, then the second of each, and so on."""
    for place in range(max(map(len, groups), default=0)):
        yield [group[place] for group in groups if place < len(group)]


def interleave_bases(entries: Sequence[CostEntry]) -> list[CostEntry]:
    """Order entries so that each basis gets its turn and a page has some of each; figures before statements."""
    of_basis: dict[CostBasis, list[CostEntry]] = {}
    for entry in entries:
        of_basis.setdefault(get_basis(entry), []).append(entry)
    order = list(dict.fromkeys([*_FIRST, *BASES]))
    placed = [
        (place // _AT_ONCE.get(basis, 1), order.index(basis), place, entry)
        for basis, members in of_basis.items()
        for place, entry in enumerate(members)
    ]
    return [entry for *_, entry in sorted(placed, key=lambda turn: turn[:3])]


def get_basis(entry: CostEntry) -> CostBasis:
    """Return the cost basis of a figure or statement."""
    if isinstance(entry, CostFigure):
        return entry.cost_basis
    return entry.claim.cost_basis or "price_unspecified"


def group_by_basis(entries: Sequence[CostEntry], language: Language) -> tuple[CostGroup, ...]:
    """Group the entries of a page by basis, the lowest amounts first."""
    bases = sorted({get_basis(entry) for entry in entries}, key=BASES.index)
    return tuple(
        CostGroup(
            basis=basis,
            meaning=query_messages.BASES[basis].in_language(language),
            figures=tuple(
                sorted(
                    (entry for entry in entries if isinstance(entry, CostFigure) and entry.cost_basis == basis),
                    key=_amount,
                )
            ),
            items=tuple(entry for entry in entries if isinstance(entry, CostItem) and entry.claim.cost_basis == basis),
        )
        for basis in bases
    )


def _amount(figure: CostFigure) -> tuple[object, ...]:
    return figure.currency, figure.kind, figure.first_amount


@dataclass(frozen=True)
class CostsQuery:
    """Query for costs. Models and makers are named in either language."""

    models: tuple[str, ...] = ()
    bases: tuple[CostBasis, ...] = ()
    workload: Workload | None = None
    requests: int = 1
    cursor: str = ""
    detail: Detail = "brief"

    @property
    def call(self) -> tuple[object, ...]:
        """Return the arguments that a cursor belongs to."""
        return "costs", self.models, self.bases, self.workload, self.requests, self.detail


async def compare_costs(
    store: StoreReader,
    folder: VintageFolder | None,
    query: CostsQuery,
    at: datetime,
    language: Language,
    known_on: date | None = None,
) -> CostComparison:
    """Return the costs of the named models and makers; of all, without list prices, if none is named.

    Raises:
        UnanswerableError: for a foreign cursor.
    """
    claims = await store.find_claims("cost_basis", *BASES, known_on=known_on)
    entities = {entity.id: entity for entity in await store.list_all(Entity)}
    names = await Names.load(store, language)
    # Tables and the price list are read the first time, and names are compared with thousands of others.
    answer = await asyncio.to_thread(_CostsAnswer.prepare, query, folder, at, names, entities, claims)
    cited = await citations.cite_claims(store, answer.about, language, query.detail)
    near = {unknown.name: await names.near(unknown.name) for unknown in answer.unknown}
    return answer.answer(cost_sources.build_items(answer.about, cited, entities, language), near)


@dataclass(frozen=True)
class _CostsAnswer:
    query: CostsQuery
    at: datetime
    names: Names
    entities: Mapping[str, Entity]
    claims: Sequence[Claim]
    estimates: TrainingCostEstimates
    faults: tuple[str, ...]
    listed: PriceList | None
    resolved: tuple[ResolvedName, ...]

    @classmethod
    def prepare(
        cls,
        query: CostsQuery,
        folder: VintageFolder | None,
        at: datetime,
        names: Names,
        entities: Mapping[str, Entity],
        claims: Sequence[Claim],
    ) -> "_CostsAnswer":
        vintages = Vintages.load("notable", folder)
        estimates = TrainingCostEstimates.load(vintages)
        listed = get_price_list(at) if query.models else None
        resolver = ModelResolver(names, entities, estimates, listed) if listed else None
        resolved = tuple(resolver.resolve(name) for name in query.models) if resolver else ()
        faults = tuple(vintages.faults.values())
        answer = cls(query, at, names, entities, claims, estimates, faults, listed, resolved)
        _ = answer.figures  # computed here, in the thread, since it takes a while
        return answer

    def answer(self, items: Sequence[CostItem], near: Mapping[str, Sequence[str]]) -> CostComparison:
        entries = interleave_bases([*self.figures, *items])
        query = self.query
        # A cursor belongs to this list: prices may change from hour to hour, and a table may be added.
        call = (*query.call, [figure.said for figure in self.figures], len(items))
        page = pagination.ListPage.at(query.cursor, len(entries), _MOST[query.detail], self._language, *call)
        frame = CostComparison(
            language=self._language,
            groups=(),
            not_comparable_because=self._not_comparable(entries),
            without_figures=self._without,
            ambiguous=self._ambiguous(),
            unknown=tuple(NameUnknown(name=name, near=self._near(name, some)) for name, some in near.items()),
            licence=LICENCE if any(figure.kind == "dataset" for figure in self.figures) else None,
            notes=tuple(self._notes(items, near)),
        )
        room = pagination.tokens_left(frame, query.detail) - _RATIOS
        within, _ = page.fill(entries[page.window], room)
        heads = {get_basis(entry) for entry in within}
        fitting, after = page.fill(entries[page.window], room - len(heads) * _GROUP)
        return frame.model_copy(
            update={"groups": group_by_basis(self._compared(fitting), self._language), "cursor": after}
        )

    def _compared(self, shown: Sequence[CostEntry]) -> list[CostEntry]:
        """Add ratios to the lowest figure on the page: a ratio to an unseen figure would say little."""
        priced = [self.priced[_figure_key(entry)] for entry in shown if isinstance(entry, CostFigure)]
        return [*add_ratios(priced), *(entry for entry in shown if isinstance(entry, CostItem))]

    def _ambiguous(self) -> tuple[Ambiguous, ...]:
        several = [name for name in self.resolved if name.candidates]
        most = max(_FEWEST_CANDIDATES, _MOST_CANDIDATES // max(1, len(several)))
        return tuple(Ambiguous(name=name.name, candidates=name.candidates[:most]) for name in several)

    @property
    def _language(self) -> Language:
        return self.names.language

    @cached_property
    def about(self) -> list[Claim]:
        """Return the claims that match the query."""
        named = {identity for name in self.resolved for identity in name.entities}
        subjects = cost_sources.add_makers(named, self.entities) if self.query.models else None
        return cost_sources.select_claims(self.claims, subjects, self.query.bases)

    @property
    def unknown(self) -> list[ResolvedName]:
        """Return the names that resolve to nothing."""
        return [name for name in self.resolved if not name.is_known]

    @cached_property
    def priced(self) -> dict[object, RatioFigure]:
        """Return the figures that match the query by their key, each once."""
        found = [
            *cost_sources.list_article_figures(self.about, self.entities, self._language),
            *self._estimated(),
            *self._offered(),
        ]
        wanted = [
            candidate for candidate in found if not self.query.bases or candidate.figure.cost_basis in self.query.bases
        ]
        return {_figure_key(candidate.figure): candidate for candidate in wanted}

    @cached_property
    def figures(self) -> list[CostFigure]:
        """Return these figures with ratios among all of them."""
        return add_ratios(list(self.priced.values()))

    def _estimated(self) -> Iterator[RatioFigure]:
        most = _OF_A_MAKER[self.query.detail]
        rows = [row for name in self.resolved for row in (name.rows[:most] if name.is_maker else name.rows)]
        for row in rows if self.query.models else self.estimates.models:
            yield from self.estimates.list_figures(row, self._language)

    def _offered(self) -> Iterator[RatioFigure]:
        if self.listed is None:
            return
        most = _OF_A_MAKER[self.query.detail]
        shown = [name.prices[:most] if name.is_maker else name.prices for name in self.resolved]
        prices = tuple(dict.fromkeys(price for group in interleave(shown) for price in group))
        if self.query.workload:
            yield from cost_sources.list_workload_figures(
                prices, self.listed, self.query.workload, self.at, self._language
            )
        yield from cost_sources.list_price_figures(prices, self.listed, self._language)

    @cached_property
    def _without(self) -> tuple[str, ...]:
        """Return the queried models and makers without a figure in any source."""
        known = cost_sources.find_entities_with_figures(self.claims, self.entities)
        lacking = [
            name for name in self.resolved if name.entities and not name.has_figures and not set(name.entities) & known
        ]
        return tuple(dict.fromkeys(map(self._called, lacking)))

    def _called(self, name: ResolvedName) -> str:
        return self.entities[name.entities[0]].name.in_language(self._language)

    def _near(self, name: str, in_knowledge: Sequence[str]) -> tuple[str, ...]:
        listed = next(resolved.near for resolved in self.resolved if resolved.name == name)
        priced = {entity.name.in_language(self._language) for entity in self.entities.values() if entity.type in PRICED}
        return tuple(dict.fromkeys([*(known for known in in_knowledge if known in priced), *listed]))

    def _not_comparable(self, entries: Sequence[CostEntry]) -> str | None:
        if len(set(map(get_basis, entries))) > 1:
            return DIFFERENT_BASES.in_language(self._language)
        return ONE_FIGURE.in_language(self._language) if len(self.figures) == 1 else None

    def _notes(self, items: Sequence[CostItem], near: Mapping[str, Sequence[str]]) -> Iterator[str]:
        for name in list(near)[:MOST_NAMES]:
            yield describe_unknown_name(name, self._near(name, near[name])).in_language(self._language)
        yield from self._on_names()
        yield from (note.in_language(self._language) for note in self._on_arguments())
        yield from self._on_figures()
        if citations.lacks_quotes([item.claim for item in items]):
            yield QUOTES_MISSING.in_language(self._language)
        yield from self.faults

    def _on_names(self) -> Iterator[str]:
        language = self._language
        yield from (
            messages.describe_ambiguous(name.name, name.candidates).in_language(language)
            for name in self.resolved
            if name.candidates
        )
        if listed := [row.model for name in self.resolved for row in name.rows if not row.costs]:
            yield messages.describe_listed_without_cost(list(dict.fromkeys(listed))).in_language(language)
        if self._without:
            yield messages.WITHOUT_COST.format(names=", ".join(self._without)).in_language(language)
        if resold := [name.name for name in self.resolved if name.only_resold]:
            yield messages.describe_only_resold(resold).in_language(language)
        if other := [name.name for name in self.resolved if name.other_snapshot]:
            yield messages.describe_other_snapshot(other).in_language(language)
        if any(name.is_maker for name in self.resolved):
            yield messages.NEWEST_OF_MAKERS.in_language(language)

    def _on_arguments(self) -> Iterator[Bilingual]:
        if self.query.workload is None and (self.query.requests > 1 or "workload" in self.query.bases):
            yield messages.WORKLOAD_NEEDS_TOKENS
        if not self.query.models:
            yield messages.NAME_FOR_PRICES

    def _on_figures(self) -> Iterator[str]:
        language = self._language
        if self.listed and any(figure.kind in {"list_price", "reseller"} for figure in self.figures):
            yield messages.describe_price_list(
                self.listed.source, self.listed.version, self.listed.as_of, self.at
            ).in_language(language)
        if any(figure.kind == "dataset" and figure.currency_year is None for figure in self.figures):
            yield messages.NO_DOLLAR_YEAR.in_language(language)


def _figure_key(figure: CostFigure) -> object:
    return figure.model, figure.cost_basis, figure.source, figure.said
