"""What do models cost? Articles, a dataset's estimates and list prices, each on its basis; never ranked across bases."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from knowledge.datasets.model import LICENCE
from knowledge.datasets.vintages import VintageFolder
from knowledge.figures import cost_sources, messages
from knowledge.figures.cost_sources import BASES, TrainingCostEstimates
from knowledge.figures.model_lookup import ModelResolver, ResolvedName
from knowledge.figures.pricing.price_list import PriceList, get_price_list
from knowledge.figures.pricing.workloads import Workload
from knowledge.figures.ratios import RatioFigure, add_ratios
from knowledge.figures.recounts import Vintages
from knowledge.model.records import Bilingual, Claim, CostBasis, Entity, Language
from knowledge.queries import citations, pagination
from knowledge.queries import messages as query_messages
from knowledge.queries.figure_answers import (
    PRICED,
    Ambiguous,
    CostComparison,
    CostFigure,
    CostGroup,
    CostItem,
    NameUnknown,
)
from knowledge.queries.messages import DIFFERENT_BASES, MOST_NAMES, ONE_FIGURE, QUOTES_MISSING, describe_unknown_name
from knowledge.queries.names import Names
from knowledge.queries.pagination import Detail
from knowledge.store.store import StoreReader

_AT_ONCE: Mapping[CostBasis, int] = {"workload": 6, "api_price": 4, "final_training_run": 2}
"""Entries of a basis that come before the next one's turn; of the others one."""
_FIRST: tuple[CostBasis, ...] = ("workload", "final_training_run", "api_price", "price_unspecified")
"""Bases whose turn comes before the others': what was asked for, and what is said of prices beside the prices."""

CostEntry = CostFigure | CostItem


def interleave(groups: Sequence[Sequence[object]]) -> Iterator[list]:  # type: ignore[type-arg]
    """The first of each, then the second of each, and so on."""
    for place in range(max(map(len, groups), default=0)):
        yield [one[place] for one in groups if place < len(one)]


def interleave_bases(entries: Sequence[CostEntry]) -> list[CostEntry]:
    """Each basis in its turn, so that a page has something of each; figures before statements."""
    of_basis: dict[CostBasis, list[CostEntry]] = {}
    for one in entries:
        of_basis.setdefault(get_basis(one), []).append(one)
    order = list(dict.fromkeys([*_FIRST, *BASES]))
    placed = [
        (place // _AT_ONCE.get(basis, 1), order.index(basis), place, one)
        for basis, members in of_basis.items()
        for place, one in enumerate(members)
    ]
    return [one for *_, one in sorted(placed, key=lambda turn: turn[:3])]


def get_basis(entry: CostEntry) -> CostBasis:
    """What a figure or statement is about the cost of."""
    if isinstance(entry, CostFigure):
        return entry.cost_basis
    return entry.claim.cost_basis or "price_unspecified"


def group_by_basis(entries: Sequence[CostEntry], language: Language) -> tuple[CostGroup, ...]:
    """The entries of a page by basis, the lowest amounts first."""
    bases = sorted({get_basis(one) for one in entries}, key=BASES.index)
    return tuple(
        CostGroup(
            basis=basis,
            meaning=query_messages.BASES[basis].in_language(language),
            figures=tuple(
                sorted((one for one in entries if isinstance(one, CostFigure) and one.cost_basis == basis), key=_amount)
            ),
            items=tuple(one for one in entries if isinstance(one, CostItem) and one.claim.cost_basis == basis),
        )
        for basis in bases
    )


def _amount(figure: CostFigure) -> tuple[object, ...]:
    return figure.currency, figure.kind, figure.first_amount


_MOST: dict[Detail, int] = {"brief": 40, "full": 400}
"""Figures and statements that are considered for one page; a page is full before."""
_MOST_CANDIDATES = 24
"""Candidates that are named for all names together."""
_FEWEST_CANDIDATES = 3
_GROUP = 40
"""Tokens that the head of a group takes at the most."""
_RATIOS = 20
"""Tokens by which ratios among a page's figures may be longer than those among all."""
_OF_A_MAKER: dict[Detail, int] = {"brief": 4, "full": 8}
"""Models of a maker that are shown, of each source."""


@dataclass(frozen=True)
class CostsQuery:
    """Whose costs. Names may be in either language, of models or makers."""

    models: tuple[str, ...] = ()
    bases: tuple[CostBasis, ...] = ()
    workload: Workload | None = None
    requests: int = 1
    cursor: str = ""
    detail: Detail = "brief"

    @property
    def call(self) -> tuple[object, ...]:
        """What a cursor belongs to."""
        return "costs", self.models, self.bases, self.workload, self.requests, self.detail


async def compare_costs(
    store: StoreReader,
    folder: VintageFolder | None,
    asked: CostsQuery,
    at: datetime,
    language: Language,
    known_on: date | None = None,
) -> CostComparison:
    """What is known of the named models and makers; of all, without list prices, where none is named.

    Raises:
        UnanswerableError: for a foreign cursor.
    """
    claims = await store.find_claims("cost_basis", *BASES, known_on=known_on)
    entities = {entity.id: entity for entity in await store.list_all(Entity)}
    names = await Names.of(store, language)
    # Tables and the price list are read the first time, and names compared with thousands of others.
    costing = await asyncio.to_thread(_CostsAnswer.prepared, asked, folder, at, names, entities, claims)
    cited = await citations.cite(store, costing.about, language, asked.detail)
    near = {one.name: await names.near(one.name) for one in costing.unknown}
    return costing.answer(cost_sources.build_items(costing.about, cited, entities, language), near)


@dataclass(frozen=True)
class _CostsAnswer:
    asked: CostsQuery
    at: datetime
    names: Names
    entities: Mapping[str, Entity]
    claims: Sequence[Claim]
    estimates: TrainingCostEstimates
    faults: tuple[str, ...]
    listed: PriceList | None
    meant: tuple[ResolvedName, ...]

    @classmethod
    def prepared(
        cls,
        asked: CostsQuery,
        folder: VintageFolder | None,
        at: datetime,
        names: Names,
        entities: Mapping[str, Entity],
        claims: Sequence[Claim],
    ) -> "_CostsAnswer":
        vintages = Vintages.of("notable", folder)
        estimates = TrainingCostEstimates.of(vintages)
        listed = get_price_list(at) if asked.models else None
        sources = ModelResolver(names, entities, estimates, listed) if listed else None
        meant = tuple(sources.meant(name) for name in asked.models) if sources else ()
        faults = tuple(vintages.faults.values())
        costing = cls(asked, at, names, entities, claims, estimates, faults, listed, meant)
        _ = costing.figures  # worked out here, since it takes a while
        return costing

    def answer(self, items: Sequence[CostItem], near: Mapping[str, Sequence[str]]) -> CostComparison:
        entries = interleave_bases([*self.figures, *items])
        asked = self.asked
        # A cursor is of this list: prices may change from hour to hour, and a table may come.
        call = (*asked.call, [one.said for one in self.figures], len(items))
        page = pagination.Page.at(asked.cursor, len(entries), _MOST[asked.detail], self._language, *call)
        frame = CostComparison(
            language=self._language,
            groups=(),
            not_comparable_because=self._not_comparable(entries),
            without_figures=self._without,
            ambiguous=self._ambiguous(),
            unknown=tuple(NameUnknown(name=name, near=self._near(name, some)) for name, some in near.items()),
            licence=LICENCE if any(one.kind == "dataset" for one in self.figures) else None,
            notes=tuple(self._notes(items, near)),
        )
        room = pagination.room(frame, asked.detail) - _RATIOS
        within, _ = page.fill(entries[page.window], room)
        heads = {get_basis(one) for one in within}
        fitting, after = page.fill(entries[page.window], room - len(heads) * _GROUP)
        return frame.model_copy(
            update={"groups": group_by_basis(self._compared(fitting), self._language), "cursor": after}
        )

    def _compared(self, shown: Sequence[CostEntry]) -> list[CostEntry]:
        """What a page has, with ratios to the lowest on the page: a ratio to what is not seen would say little."""
        priced = [self.priced[_figure_key(one)] for one in shown if isinstance(one, CostFigure)]
        return [*add_ratios(priced), *(one for one in shown if isinstance(one, CostItem))]

    def _ambiguous(self) -> tuple[Ambiguous, ...]:
        several = [one for one in self.meant if one.candidates]
        most = max(_FEWEST_CANDIDATES, _MOST_CANDIDATES // max(1, len(several)))
        return tuple(Ambiguous(name=one.name, candidates=one.candidates[:most]) for one in several)

    @property
    def _language(self) -> Language:
        return self.names.language

    @cached_property
    def about(self) -> list[Claim]:
        """The claims on what is asked for."""
        named = {identity for one in self.meant for identity in one.entities}
        subjects = cost_sources.add_makers(named, self.entities) if self.asked.models else None
        return cost_sources.select_claims(self.claims, subjects, self.asked.bases)

    @property
    def unknown(self) -> list[ResolvedName]:
        """The names that nothing goes by."""
        return [one for one in self.meant if not one.is_known]

    @cached_property
    def priced(self) -> dict[object, RatioFigure]:
        """The figures on what is asked for, each once."""
        found = [
            *cost_sources.list_article_figures(self.about, self.entities, self._language),
            *self._estimated(),
            *self._offered(),
        ]
        wanted = [one for one in found if not self.asked.bases or one.figure.cost_basis in self.asked.bases]
        return {_figure_key(one.figure): one for one in wanted}

    @cached_property
    def figures(self) -> list[CostFigure]:
        """These figures, with ratios among all of them."""
        return add_ratios(list(self.priced.values()))

    def _estimated(self) -> Iterator[RatioFigure]:
        most = _OF_A_MAKER[self.asked.detail]
        rows = [row for one in self.meant for row in (one.rows[:most] if one.is_maker else one.rows)]
        for row in rows if self.asked.models else self.estimates.models:
            yield from self.estimates.priced(row, self._language)

    def _offered(self) -> Iterator[RatioFigure]:
        if self.listed is None:
            return
        most = _OF_A_MAKER[self.asked.detail]
        shown = [one.prices[:most] if one.is_maker else one.prices for one in self.meant]
        prices = tuple(dict.fromkeys(price for turn in interleave(shown) for price in turn))
        if self.asked.workload:
            yield from cost_sources.list_workload_figures(
                prices, self.listed, self.asked.workload, self.at, self._language
            )
        yield from cost_sources.list_price_figures(prices, self.listed, self._language)

    @cached_property
    def _without(self) -> tuple[str, ...]:
        """Who of those asked for has a figure nowhere."""
        known = cost_sources.find_entities_with_figures(self.claims, self.entities)
        lacking = [one for one in self.meant if one.entities and not one.has_figures and not set(one.entities) & known]
        return tuple(dict.fromkeys(map(self._called, lacking)))

    def _called(self, one: ResolvedName) -> str:
        return self.entities[one.entities[0]].name.in_language(self._language)

    def _near(self, name: str, in_knowledge: Sequence[str]) -> tuple[str, ...]:
        listed = next(one.near for one in self.meant if one.name == name)
        priced = {one.name.in_language(self._language) for one in self.entities.values() if one.type in PRICED}
        return tuple(dict.fromkeys([*(one for one in in_knowledge if one in priced), *listed]))

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
        if citations.lacks_quotes([one.claim for one in items]):
            yield QUOTES_MISSING.in_language(self._language)
        yield from self.faults

    def _on_names(self) -> Iterator[str]:
        language = self._language
        yield from (
            messages.describe_ambiguous(one.name, one.candidates).in_language(language)
            for one in self.meant
            if one.candidates
        )
        if listed := [row.model for one in self.meant for row in one.rows if not row.costs]:
            yield messages.describe_listed_without_cost(list(dict.fromkeys(listed))).in_language(language)
        if self._without:
            yield messages.WITHOUT_COST.format(names=", ".join(self._without)).in_language(language)
        if resold := [one.name for one in self.meant if one.only_resold]:
            yield messages.describe_only_resold(resold).in_language(language)
        if other := [one.name for one in self.meant if one.other_snapshot]:
            yield messages.describe_other_snapshot(other).in_language(language)
        if any(one.is_maker for one in self.meant):
            yield messages.NEWEST_OF_MAKERS.in_language(language)

    def _on_arguments(self) -> Iterator[Bilingual]:
        if self.asked.workload is None and (self.asked.requests > 1 or "workload" in self.asked.bases):
            yield messages.WORKLOAD_NEEDS_TOKENS
        if not self.asked.models:
            yield messages.NAME_FOR_PRICES

    def _on_figures(self) -> Iterator[str]:
        language = self._language
        if self.listed and any(one.kind in {"list_price", "reseller"} for one in self.figures):
            yield messages.describe_price_list(
                self.listed.source, self.listed.version, self.listed.as_of, self.at
            ).in_language(language)
        if any(one.kind == "dataset" and one.currency_year is None for one in self.figures):
            yield messages.NO_DOLLAR_YEAR.in_language(language)


def _figure_key(figure: CostFigure) -> object:
    return figure.model, figure.cost_basis, figure.source, figure.said
