"""Figures and statements on cost in the order in which pages have them: each basis in its turn."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge.figures.cost_sources import BASES
from knowledge.model.records import CostBasis, Language
from knowledge.queries import messages
from knowledge.queries.figure_answers import CostFigure, CostGroup, CostItem

_AT_ONCE: Mapping[CostBasis, int] = {"workload": 6, "api_price": 4, "final_training_run": 2}
"""Entries of a basis that come before the next one's turn; of the others one."""
_FIRST: tuple[CostBasis, ...] = ("workload", "final_training_run", "api_price", "price_unspecified")
"""Bases whose turn comes before the others': what was asked for, and what is said of prices beside the prices."""

Entry = CostFigure | CostItem


def turns(groups: Sequence[Sequence[object]]) -> Iterator[list]:  # type: ignore[type-arg]
    """The first of each, then the second of each, and so on."""
    for place in range(max(map(len, groups), default=0)):
        yield [one[place] for one in groups if place < len(one)]


def in_turn(entries: Sequence[Entry]) -> list[Entry]:
    """Each basis in its turn, so that a page has something of each; figures before statements."""
    of_basis: dict[CostBasis, list[Entry]] = {}
    for one in entries:
        of_basis.setdefault(basis_of(one), []).append(one)
    order = list(dict.fromkeys([*_FIRST, *BASES]))
    placed = [
        (place // _AT_ONCE.get(basis, 1), order.index(basis), place, one)
        for basis, members in of_basis.items()
        for place, one in enumerate(members)
    ]
    return [one for *_, one in sorted(placed, key=lambda turn: turn[:3])]


def basis_of(entry: Entry) -> CostBasis:
    """What a figure or statement is about the cost of."""
    if isinstance(entry, CostFigure):
        return entry.cost_basis
    return entry.claim.cost_basis or "price_unspecified"


def groups(entries: Sequence[Entry], language: Language) -> tuple[CostGroup, ...]:
    """The entries of a page by basis, the lowest amounts first."""
    bases = sorted({basis_of(one) for one in entries}, key=BASES.index)
    return tuple(
        CostGroup(
            basis=basis,
            meaning=messages.BASES[basis].in_language(language),
            figures=tuple(
                sorted((one for one in entries if isinstance(one, CostFigure) and one.cost_basis == basis), key=_amount)
            ),
            items=tuple(one for one in entries if isinstance(one, CostItem) and one.claim.cost_basis == basis),
        )
        for basis in bases
    )


def _amount(figure: CostFigure) -> tuple[object, ...]:
    return figure.currency, figure.kind, figure.first_amount
