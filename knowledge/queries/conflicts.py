"""Conflicting figures of different sources: same subject, time, unit and basis, incompatible values; copies are one source.

A newer figure never takes the place of an older one: both stand, and the answer says that they differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from knowledge.model.records import Article, Bilingual, Claim, Entity, Figure, Side
from knowledge.queries.messages import describe_period
from knowledge.store.store import StoreReader
from knowledge.text.quantities import numerals

_ABOUT = Decimal("0.1")
"""How far from its number a value may be that is `about` so much, as a share of it."""
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
    """Where claims that stand have figures of the same that cannot both be right.

    Args:
        claims: the claims.
        sources: by article, the one whose words it has: copies of one are one source, and do not differ from it.
        entities: what figures are of, by id.
    """
    groups: dict[object, list[ClaimFigure]] = defaultdict(list)
    for claim in claims:
        for figure in claim.figures if claim.stands else ():
            if (key := _key(claim, figure)) is not None:
                groups[key].append(ClaimFigure(claim, figure))
    return tuple(_conflict(held, entities) for held in groups.values() if _differ(held, sources))


def _key(claim: Claim, figure: Figure) -> object:
    """What two figures must have in common to be of the same; `None` for one that is of nothing that could be told."""
    if figure.period is None or claim.kind == "hypothesis":
        return None
    same = (figure.measure, figure.subject, figure.unit, figure.period, figure.compared_to, figure.population)
    return (*same, figure.currency_year, claim.cost_basis, claim.kind in _STATED or claim.kind)


def _differ(held: Sequence[ClaimFigure], sources: Mapping[str, str]) -> bool:
    return any(
        sources[one.claim.article] != sources[other.claim.article]
        and not _meet(_range(one.figure), _range(other.figure))
        for place, one in enumerate(held)
        for other in held[:place]
    )


class _Range(NamedTuple):
    """What a value may be."""

    low: Decimal
    high: Decimal
    is_open: bool = False
    """Whether the end that is a number is not in it: less than, more than."""

    def shuts_out(self, end: Decimal) -> bool:
        """Whether one of its ends is not in it."""
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


def _meet(one: _Range, other: _Range) -> bool:
    low, high = max(one.low, other.low), min(one.high, other.high)
    return low < high or (low == high and not (one.shuts_out(low) or other.shuts_out(low)))


_QUESTION = Bilingual(
    ko="{name}: 수치가 서로 다르다 ({measure}, {period})", en="{name}: the figures differ ({measure}, {period})"
)


def _conflict(held: Sequence[ClaimFigure], entities: Mapping[str, Entity]) -> Conflict:
    first = held[0].figure
    name = entities[first.subject].name
    question = _QUESTION.format(
        name=name, measure=first.measure.replace("_", " "), period=describe_period(first.period or "")
    )
    return Conflict(question, tuple(_sides(held)))


def _sides(held: Sequence[ClaimFigure]) -> Iterator[Side]:
    """One side for each value, in the order in which they came."""
    by_value: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim, figure in held:
        by_value[numerals.write_figure(figure, "ko"), numerals.write_figure(figure, "en")].append(claim.id)
    for (korean, english), claims in by_value.items():
        yield Side(position=Bilingual(ko=korean, en=english), claims=tuple(dict.fromkeys(claims)))


async def find_original_articles(store: StoreReader, articles: Iterable[str]) -> dict[str, str]:
    """For each article the one whose words it has: itself, or the one that it is a copy of."""
    found = await store.get(Article, tuple(dict.fromkeys(articles)))
    return {one: article.syndicated_from or one for one, article in found.items()}


async def list_copies(store: StoreReader, article: str) -> tuple[str, ...]:
    """The articles that are copies of one."""
    return tuple(one.id for one in await store.list_all(Article) if one.syndicated_from == article)


async def find_conflicts(store: StoreReader, claims: Iterable[Claim]) -> tuple[Conflict, ...]:
    """Where figures of different sources cannot both be right."""
    claims = tuple(claims)
    subjects = tuple({figure.subject for claim in claims for figure in claim.figures})
    sources = await find_original_articles(store, (claim.article for claim in claims))
    return detect_conflicts(claims, sources, await store.get(Entity, subjects))
