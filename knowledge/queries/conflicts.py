"""Conflicting figures of different sources: same subject, time, unit and basis, incompatible values; copies are one source.

A newer figure never takes the place of an older one: both stand, and the answer says that they differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from knowledge.model import Article, Bilingual, Claim, Entity, Figure, Side
from knowledge.queries.messages import describe_period
from knowledge.store import StoreReader
from knowledge.text.quantities import numerals

_ABOUT = Decimal("0.1")
"""Tolerance of a bound `about`, as a share of the number."""
_END = Decimal("Infinity")
_STATED = {"figure", "fact"}


class ClaimFigure(NamedTuple):
    """A figure, and the claim that has it."""

    claim: Claim
    figure: Figure


class Conflict(NamedTuple):
    """Figures that cannot both be right, side by side."""

    question: Bilingual
    sides: tuple[Side, ...]


def detect_conflicts(
    claims: Iterable[Claim], sources: Mapping[str, str], entities: Mapping[str, Entity]
) -> tuple[Conflict, ...]:
    """Return the conflicts among the figures of standing claims.

    Args:
        claims: the claims.
        sources: id of the original by article: all copies of an article are one source.
        entities: the subjects of the figures, by id.
    """
    groups: dict[object, list[ClaimFigure]] = defaultdict(list)
    for claim in claims:
        for figure in claim.figures if claim.stands else ():
            if (key := _key(claim, figure)) is not None:
                groups[key].append(ClaimFigure(claim, figure))
    return tuple(_conflict(figures, entities) for figures in groups.values() if _differ(figures, sources))


def _key(claim: Claim, figure: Figure) -> object:
    """Return what figures must share to be compared; `None` for a figure that cannot be compared."""
    if figure.period is None or claim.kind == "hypothesis":
        return None
    same = (figure.measure, figure.subject, figure.unit, figure.period, figure.compared_to, figure.population)
    return (*same, figure.currency_year, claim.cost_basis, claim.kind in _STATED or claim.kind)


def _differ(figures: Sequence[ClaimFigure], sources: Mapping[str, str]) -> bool:
    return any(
        sources[later.claim.article] != sources[earlier.claim.article]
        and not _overlap(_range(later.figure), _range(earlier.figure))
        for place, later in enumerate(figures)
        for earlier in figures[:place]
    )


class _Range(NamedTuple):
    """The range in which a value lies."""

    low: Decimal
    high: Decimal
    is_open: bool = False
    """True if the finite end is excluded: less than, more than."""

    def excludes(self, end: Decimal) -> bool:
        """Check that a number is an excluded end."""
        return self.is_open and end in {self.low, self.high}


def _range(figure: Figure) -> _Range:
    value = figure.value
    match figure.bound:
        case "about":
            return _Range(value - abs(value) * _ABOUT, value + abs(value) * _ABOUT)
        case "at_least" | "more_than":
            return _Range(value, _END, figure.bound == "more_than")
        case "at_most" | "less_than":
            return _Range(-_END, value, figure.bound == "less_than")
        case _:
            return _Range(value, figure.upper or value)


def _overlap(left: _Range, right: _Range) -> bool:
    low, high = max(left.low, right.low), min(left.high, right.high)
    return low < high or (low == high and not (left.excludes(low) or right.excludes(low)))


_QUESTION = Bilingual(
    ko="{name}: 수치가 서로 다르다 ({measure}, {period})", en="{name}: the figures differ ({measure}, {period})"
)


def _conflict(figures: Sequence[ClaimFigure], entities: Mapping[str, Entity]) -> Conflict:
    first = figures[0].figure
    name = entities[first.subject].name
    question = _QUESTION.format(
        name=name, measure=first.measure.replace("_", " "), period=describe_period(first.period or "")
    )
    return Conflict(question, tuple(_sides(figures)))


def _sides(figures: Sequence[ClaimFigure]) -> Iterator[Side]:
    """Yield a side for each distinct value, in order of appearance."""
    by_value: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim, figure in figures:
        by_value[numerals.write_figure(figure, "ko"), numerals.write_figure(figure, "en")].append(claim.id)
    for (korean, english), claims in by_value.items():
        yield Side(position=Bilingual(ko=korean, en=english), claims=tuple(dict.fromkeys(claims)))


async def find_original_articles(store: StoreReader, articles: Iterable[str]) -> dict[str, str]:
    """Return the original of each article by id: the article that it is a copy of, or itself."""
    found = await store.get(Article, tuple(dict.fromkeys(articles)))
    return {identity: article.syndicated_from or identity for identity, article in found.items()}


async def list_copies(store: StoreReader, article: str) -> tuple[str, ...]:
    """Return the ids of the copies of an article."""
    return tuple(copy.id for copy in await store.list_all(Article) if copy.syndicated_from == article)


async def find_conflicts(store: StoreReader, claims: Iterable[Claim]) -> tuple[Conflict, ...]:
    """Return the conflicts among the figures of claims, with their originals and subjects from the store."""
    claims = tuple(claims)
    subjects = tuple({figure.subject for claim in claims for figure in claim.figures})
    sources = await find_original_articles(store, (claim.article for claim in claims))
    return detect_conflicts(claims, sources, await store.get(Entity, subjects))
