"""The selection of what is exported: a whole library, or some claims with the records they refer to."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from knowledge.model import Article, Claim, Disagreement, Entity, Language, Side, Trend
from knowledge.queries import Names
from knowledge.store import Bundle, Filters, Question, StoreReader
from knowledge.text import anchoring


async def collect_holdings(
    store: StoreReader, now: datetime, version: str, *, claims: Collection[str] | None = None, with_texts: bool = False
) -> Bundle:
    """Return all knowledge of a library, or the part that some claims need; full texts only on request."""
    articles = await store.list_all(Article)
    every = await store.list_all(Claim)
    entities = await store.list_all(Entity)
    there = {record.id for values in (articles, every, entities) for record in values}
    standing = {claim.id: claim for claim in await store.find_claims("article", *(article.id for article in articles))}
    holdings = Bundle(
        exported=now,
        version=version,
        articles=articles,
        claims=tuple(_with_quotes(claim, standing.get(claim.id)) for claim in every),
        trends=await store.list_all(Trend),
        entities=entities,
        disagreements=await store.list_all(Disagreement),
        # Events of claims that a later version of the package dropped mean nothing to other libraries.
        events=tuple(
            event for event in await store.list_events() if event.action != "imported" and event.subject in there
        ),
        texts={article.id: body for article in articles if (body := await _sealed_text(store, article))}
        if with_texts
        else {},
    )
    return holdings if claims is None else select_claims(holdings, claims)


def _with_quotes(claim: Claim, shown: Claim | None) -> Claim:
    """Return a stored claim with the quotes of its displayed form."""
    return claim.model_copy(update={"evidence": shown.evidence}) if shown else claim


async def find_claims(
    store: StoreReader, query: str, articles: Sequence[str], trends: Sequence[str], language: Language
) -> tuple[str, ...]:
    """Return the ids of the claims that match a query, articles and trends.

    Raises:
        UnanswerableError: if there is no such article or trend.
    """
    names = await Names.load(store, language)
    filters = Filters(articles=await names.articles(articles), trends=await names.trends(trends))
    return (await store.search(Question(query, filters))).claims


async def _sealed_text(store: StoreReader, article: Article) -> str | None:
    """Return the text that an article's record describes; `None` if the library holds another copy or an altered text."""
    text = await store.get_text(article.id)
    return text.body if text and anchoring.digest(text.body) == article.sha256 else None


_V = TypeVar("_V", Article, Claim, Trend, Entity)


def select_claims(holdings: Bundle, ids: Collection[str]) -> Bundle:
    """Return the claims with these ids, and the records that they refer to.

    These are their articles and the originals of copies; their trends; the entities that claims and articles name, with their
    makers; the disagreements in which at least two sides keep a claim, with those sides and their trends; and the events of all
    of these. A trend keeps the related trends that are selected too. An event may still name, as `instead`, a claim that is not
    selected: history is not rewritten.
    """
    claims = _with_ids(holdings.claims, ids)
    disagreements = tuple(_remaining_disagreements(holdings.disagreements, {claim.id for claim in claims}))
    articles = _articles(holdings, claims)
    entities = _entities(holdings, claims, articles)
    subjects = {record.id for values in (articles, claims, entities) for record in values}
    return replace(
        holdings,
        articles=articles,
        claims=claims,
        trends=_trends(holdings, claims, disagreements),
        entities=entities,
        disagreements=disagreements,
        events=tuple(event for event in holdings.events if event.subject in subjects),
        texts={article.id: holdings.texts[article.id] for article in articles if article.id in holdings.texts},
    )


def _with_ids(values: tuple[_V, ...], ids: Collection[str]) -> tuple[_V, ...]:
    wanted = frozenset(ids)
    return tuple(value for value in values if value.id in wanted)


def _remaining_disagreements(disagreements: Iterable[Disagreement], claims: Collection[str]) -> Iterator[Disagreement]:
    for disagreement in disagreements:
        kept = [
            Side(position=side.position, claims=held)
            for side in disagreement.sides
            if (held := _remaining_claims(side, claims))
        ]
        if len(kept) > 1:
            yield disagreement.model_copy(update={"sides": tuple(kept)})


def _remaining_claims(side: Side, claims: Collection[str]) -> tuple[str, ...]:
    return tuple(claim for claim in side.claims if claim in claims)


def _articles(holdings: Bundle, claims: Iterable[Claim]) -> tuple[Article, ...]:
    named = {piece.article for claim in claims for piece in claim.evidence} | {claim.article for claim in claims}
    originals = {article.id: article.syndicated_from for article in holdings.articles}
    return _with_ids(holdings.articles, _follow(named, originals))


def _entities(holdings: Bundle, claims: Iterable[Claim], articles: Iterable[Article]) -> tuple[Entity, ...]:
    named = {entity for claim in claims for entity in claim.references}
    named.update(entity for article in articles for entity in article.cites)
    return _with_ids(holdings.entities, _follow(named, {entity.id: entity.maker for entity in holdings.entities}))


def _follow(ids: Iterable[str], onward: Mapping[str, str | None]) -> set[str]:
    """Return the ids and everything that they lead to."""
    followed: set[str] = set()
    for start in ids:
        current: str | None = start
        while current is not None and current not in followed:
            followed.add(current)
            current = onward.get(current)
    return followed


def _trends(holdings: Bundle, claims: Iterable[Claim], disagreements: Iterable[Disagreement]) -> tuple[Trend, ...]:
    wanted = {trend for claim in claims for trend in claim.trends}
    wanted.update(trend for disagreement in disagreements for trend in disagreement.trends)
    return tuple(
        trend.model_copy(update={"related": tuple(near for near in trend.related if near in wanted)})
        for trend in _with_ids(holdings.trends, wanted)
    )
