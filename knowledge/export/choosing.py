"""Some claims of what there is, with all that belongs to them and nothing else. Pure functions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from knowledge.model.records import Article, Claim, Disagreement, Entity, Side, Trend
from knowledge.store.bundle import Bundle

_V = TypeVar("_V", Article, Claim, Trend, Entity)


def chosen(holdings: Bundle, ids: Collection[str]) -> Bundle:
    """The claims with these ids, and what they need to be understood.

    That is their articles and those that these are copies of; the trends they bear on; the entities that claims and articles
    name, and who makes these; the disagreements in which at least two sides still have a claim, with these sides and their trends; and what
    happened to all of these. A trend keeps its neighbours as far as they are here too. An event may still name, as `instead`, a
    claim that is not here: history is not rewritten.
    """
    claims = _those(holdings.claims, ids)
    disagreements = tuple(_left(holdings.disagreements, {claim.id for claim in claims}))
    articles = _articles(holdings, claims)
    entities = _entities(holdings, claims, articles)
    subjects = {one.id for values in (articles, claims, entities) for one in values}
    return replace(
        holdings,
        articles=articles,
        claims=claims,
        trends=_trends(holdings, claims, disagreements),
        entities=entities,
        disagreements=disagreements,
        events=tuple(event for event in holdings.events if event.subject in subjects),
        texts={one.id: holdings.texts[one.id] for one in articles if one.id in holdings.texts},
    )


def _those(values: tuple[_V, ...], ids: Collection[str]) -> tuple[_V, ...]:
    wanted = frozenset(ids)
    return tuple(value for value in values if value.id in wanted)


def _left(disagreements: Iterable[Disagreement], claims: Collection[str]) -> Iterator[Disagreement]:
    for one in disagreements:
        kept = [Side(position=side.position, claims=held) for side in one.sides if (held := _held(side, claims))]
        if len(kept) > 1:
            yield one.model_copy(update={"sides": tuple(kept)})


def _held(side: Side, claims: Collection[str]) -> tuple[str, ...]:
    return tuple(claim for claim in side.claims if claim in claims)


def _articles(holdings: Bundle, claims: Iterable[Claim]) -> tuple[Article, ...]:
    named = {piece.article for claim in claims for piece in claim.evidence} | {claim.article for claim in claims}
    originals = {one.id: one.syndicated_from for one in holdings.articles}
    return _those(holdings.articles, _followed(named, originals))


def _entities(holdings: Bundle, claims: Iterable[Claim], articles: Iterable[Article]) -> tuple[Entity, ...]:
    named = {entity for claim in claims for entity in claim.references}
    named.update(entity for article in articles for entity in article.cites)
    return _those(holdings.entities, _followed(named, {one.id: one.maker for one in holdings.entities}))


def _followed(ids: Iterable[str], onward: Mapping[str, str | None]) -> set[str]:
    """Ids with what each leads to, and what that leads to."""
    followed: set[str] = set()
    for start in ids:
        one: str | None = start
        while one is not None and one not in followed:
            followed.add(one)
            one = onward.get(one)
    return followed


def _trends(holdings: Bundle, claims: Iterable[Claim], disagreements: Iterable[Disagreement]) -> tuple[Trend, ...]:
    wanted = {trend for claim in claims for trend in claim.trends}
    wanted.update(trend for one in disagreements for trend in one.trends)
    return tuple(
        one.model_copy(update={"related": tuple(near for near in one.related if near in wanted)})
        for one in _those(holdings.trends, wanted)
    )
