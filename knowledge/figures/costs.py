"""What do models cost? Articles, a dataset's estimates and list prices, each on its basis; never ranked across bases."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from knowledge import citing, pages, sentences
from knowledge.comparisons import Ambiguous, CostComparison, CostFigure, CostGroup, CostItem, NameUnknown
from knowledge.datasets.model import LICENCE
from knowledge.datasets.shelf import Shelf
from knowledge.figures import claimed, offers, saying
from knowledge.figures.claimed import BASES
from knowledge.figures.estimates import Estimates
from knowledge.figures.meant import Meant, Sources
from knowledge.figures.prices import PriceList, price_list
from knowledge.figures.pricing import Priced, with_ratios
from knowledge.figures.recounts import Vintages
from knowledge.figures.workloads import Workload
from knowledge.model import Claim, CostBasis, Entity, Language
from knowledge.naming import Names
from knowledge.pages import Detail
from knowledge.store import Store

_MOST: dict[Detail, int] = {"brief": 40, "full": 400}
"""Figures and statements that are considered for one page; a page is full before."""
_OF_A_MAKER: dict[Detail, int] = {"brief": 4, "full": 8}
"""Models of a maker that are shown, of each source."""
_GROUP = 40
"""Tokens that the head of a group takes at the most."""
_AT_ONCE: Mapping[CostBasis, int] = {"workload": 6, "api_price": 4, "final_training_run": 2}
"""Entries of a basis that come before the next one's turn; of the others one."""
_FIRST: tuple[CostBasis, ...] = ("workload", "final_training_run", "api_price", "price_unspecified")
"""Bases whose turn comes before the others': what was asked for, and what is said of prices beside the prices."""

Entry = CostFigure | CostItem


@dataclass(frozen=True)
class CostsAsked:
    """Whose costs. Names may be in either language, of models or makers."""

    models: tuple[str, ...] = ()
    bases: tuple[CostBasis, ...] = ()
    workload: Workload | None = None
    cursor: str = ""
    detail: Detail = "brief"

    @property
    def call(self) -> tuple[object, ...]:
        """What a cursor belongs to."""
        return "costs", self.models, self.bases, self.workload, self.detail


async def compare_costs(
    store: Store, shelf: Shelf | None, asked: CostsAsked, at: datetime, language: Language
) -> CostComparison:
    """What is known of the named models and makers; of all, without list prices, where none is named.

    Raises:
        UnanswerableError: for a foreign cursor.
    """
    claims = await store.claims("cost_basis", *BASES)
    entities = {entity.id: entity for entity in await store.all(Entity)}
    names = await Names.of(store, language)
    # Tables and the price list are read the first time, and names compared with thousands of others.
    costing = await asyncio.to_thread(_Costing.of, asked, shelf, at, names, entities, claims)
    cited = await citing.cite(store, costing.about, language, asked.detail)
    near = {one.name: await names.near(one.name) for one in costing.unknown}
    return costing.answer(claimed.items(costing.about, cited, entities, language), near)


@dataclass(frozen=True)
class _Costing:
    asked: CostsAsked
    at: datetime
    names: Names
    entities: Mapping[str, Entity]
    claims: Sequence[Claim]
    estimates: Estimates
    faults: tuple[str, ...]
    listed: PriceList | None
    meant: tuple[Meant, ...]

    @classmethod
    def of(
        cls,
        asked: CostsAsked,
        shelf: Shelf | None,
        at: datetime,
        names: Names,
        entities: Mapping[str, Entity],
        claims: Sequence[Claim],
    ) -> "_Costing":
        vintages = Vintages.of("notable", shelf)
        estimates = Estimates.of(vintages)
        listed = price_list(at) if asked.models else None
        sources = Sources(names, entities, estimates, listed) if listed else None
        meant = tuple(sources.meant(name) for name in asked.models) if sources else ()
        return cls(asked, at, names, entities, claims, estimates, tuple(vintages.faults.values()), listed, meant)

    def answer(self, items: Sequence[CostItem], near: Mapping[str, Sequence[str]]) -> CostComparison:
        entries = _in_turn([*self._figures(), *items])
        asked = self.asked
        page = pages.Page.at(asked.cursor, len(entries), _MOST[asked.detail], self._language, *asked.call)
        frame = CostComparison(
            language=self._language,
            groups=(),
            not_comparable_because=self._not_comparable(entries),
            without_figures=self._without(),
            ambiguous=tuple(
                Ambiguous(name=one.name, candidates=one.candidates) for one in self.meant if one.candidates
            ),
            unknown=tuple(NameUnknown(name=name, near=self._near(name, some)) for name, some in near.items()),
            licence=LICENCE if any(_basis_and_kind(one)[1] == "dataset" for one in entries) else None,
            notes=tuple(self._notes(entries, near)),
        )
        room = pages.room(frame, asked.detail)
        within, _ = page.fill(entries[page.window], room)
        heads = {_basis_and_kind(one)[0] for one in within}
        fitting, after = page.fill(entries[page.window], room - len(heads) * _GROUP)
        return frame.model_copy(update={"groups": _groups(fitting, self._language), "cursor": after})

    @property
    def _language(self) -> Language:
        return self.names.language

    @cached_property
    def about(self) -> list[Claim]:
        """The claims on what is asked for."""
        named = {identity for one in self.meant for identity in one.entities}
        subjects = claimed.with_makers(named, self.entities) if self.asked.models else None
        return claimed.about(self.claims, subjects, self.asked.bases)

    @property
    def unknown(self) -> list[Meant]:
        """The names that nothing goes by."""
        return [one for one in self.meant if not one.is_known]

    def _figures(self) -> list[CostFigure]:
        priced = [*claimed.priced(self.about, self.entities, self._language), *self._estimated(), *self._offered()]
        wanted = [one for one in priced if not self.asked.bases or one.figure.cost_basis in self.asked.bases]
        once = {(one.figure.model, one.figure.cost_basis, one.figure.source, one.figure.said): one for one in wanted}
        return with_ratios(list(once.values()))

    def _estimated(self) -> Iterator[Priced]:
        most = _OF_A_MAKER[self.asked.detail]
        rows = [row for one in self.meant for row in (one.rows[:most] if one.is_maker else one.rows)]
        for row in rows if self.asked.models else self.estimates.models:
            yield from self.estimates.priced(row, self._language)

    def _offered(self) -> Iterator[Priced]:
        if self.listed is None:
            return
        most = _OF_A_MAKER[self.asked.detail]
        shown = [one.prices[:most] if one.is_maker else one.prices for one in self.meant]
        prices = tuple(dict.fromkeys(price for turn in _turns(shown) for price in turn))
        if self.asked.workload:
            yield from offers.workloads(prices, self.listed, self.asked.workload, self.at, self._language)
        yield from offers.priced(prices, self.listed, self._language)

    def _without(self) -> tuple[str, ...]:
        known = claimed.with_figures(self.claims, self.entities)
        if self.asked.models:
            lacking = [one for one in self.meant if not (one.prices or any(row.costs for row in one.rows))]
            return tuple(self._called(one) for one in lacking if one.entities and not set(one.entities) & known)
        models = {entity.id for entity in self.entities.values() if entity.type == "model"}
        return tuple(sorted(self.entities[one].name.say(self._language) for one in models - known))

    def _called(self, one: Meant) -> str:
        return self.entities[one.entities[0]].name.say(self._language)

    def _near(self, name: str, in_knowledge: Sequence[str]) -> tuple[str, ...]:
        listed = next(one.near for one in self.meant if one.name == name)
        return tuple(dict.fromkeys([*in_knowledge, *listed]))

    def _not_comparable(self, entries: Sequence[Entry]) -> str | None:
        if len({_basis_and_kind(one)[0] for one in entries}) > 1:
            return sentences.DIFFERENT_BASES.say(self._language)
        figures = [one for one in entries if isinstance(one, CostFigure)]
        return sentences.ONE_FIGURE.say(self._language) if len(figures) == 1 else None

    def _notes(self, entries: Sequence[Entry], near: Mapping[str, Sequence[str]]) -> Iterator[str]:
        for name in list(near)[: sentences.NAMES_SAID]:
            yield sentences.name_unknown(name, self._near(name, near[name]), self._language)
        yield from self._on_names()
        yield from self._on_figures([one for one in entries if isinstance(one, CostFigure)])
        if citing.lacks_quotes([one.claim for one in entries if isinstance(one, CostItem)]):
            yield sentences.QUOTES_MISSING.say(self._language)
        yield from self.faults

    def _on_names(self) -> Iterator[str]:
        language = self._language
        yield from (saying.ambiguous(one.name, language) for one in self.meant if one.candidates)
        if listed := [row.model for one in self.meant for row in one.rows if not row.costs]:
            yield saying.listed_without_cost(list(dict.fromkeys(listed)), language)
        if without := self._without():
            yield (saying.without_any if self.asked.models else sentences.without_figures)(without, language)
        if resold := [one.name for one in self.meant if one.only_resold]:
            yield saying.only_resold(resold, language)
        if other := [one.name for one in self.meant if one.other_snapshot]:
            yield saying.other_snapshot(other, language)
        if any(one.is_maker for one in self.meant):
            yield saying.NEWEST_OF_MAKERS.say(language)

    def _on_figures(self, figures: Sequence[CostFigure]) -> Iterator[str]:
        language = self._language
        if self.listed is None:
            yield saying.NAME_FOR_PRICES.say(language)
        elif any(one.kind in {"list_price", "reseller"} for one in figures):
            yield saying.prices_of(self.listed.source, self.listed.version, self.listed.as_of, language)
        if any(one.kind == "dataset" and one.currency_year is None for one in figures):
            yield saying.NO_DOLLAR_YEAR.say(language)


def _turns(groups: Sequence[Sequence[object]]) -> Iterator[list]:  # type: ignore[type-arg]
    """The first of each, then the second of each, and so on."""
    for place in range(max(map(len, groups), default=0)):
        yield [one[place] for one in groups if place < len(one)]


def _in_turn(entries: Sequence[Entry]) -> list[Entry]:
    """Each basis in its turn, so that a page has something of each; figures before statements."""
    of_basis: dict[CostBasis, list[Entry]] = {}
    for one in entries:
        of_basis.setdefault(_basis_and_kind(one)[0], []).append(one)
    order = list(dict.fromkeys([*_FIRST, *BASES]))
    turns = [
        (place // _AT_ONCE.get(basis, 1), order.index(basis), place, one)
        for basis, members in of_basis.items()
        for place, one in enumerate(members)
    ]
    return [one for *_, one in sorted(turns, key=lambda turn: turn[:3])]


def _basis_and_kind(entry: Entry) -> tuple[CostBasis, str]:
    if isinstance(entry, CostFigure):
        return entry.cost_basis, entry.kind
    return entry.claim.cost_basis or "price_unspecified", "claim"


def _groups(entries: Sequence[Entry], language: Language) -> tuple[CostGroup, ...]:
    bases = sorted({_basis_and_kind(one)[0] for one in entries}, key=BASES.index)
    return tuple(
        CostGroup(
            basis=basis,
            meaning=sentences.BASES[basis].say(language),
            figures=tuple(
                sorted((one for one in entries if isinstance(one, CostFigure) and one.cost_basis == basis), key=_amount)
            ),
            items=tuple(one for one in entries if isinstance(one, CostItem) and one.claim.cost_basis == basis),
        )
        for basis in bases
    )


def _amount(figure: CostFigure) -> tuple[object, ...]:
    return figure.currency, figure.kind, next(iter(figure.amounts.values()))
