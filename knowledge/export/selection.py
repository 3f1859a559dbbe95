"""All that a library knows, as it is exported; and what of an export it does not know yet."""

from collections.abc import Collection, Sequence
from datetime import datetime

from knowledge.export.choosing import chosen
from knowledge.model.records import Article, Claim, Disagreement, Entity, Language, Trend
from knowledge.queries.names import Names
from knowledge.store.bundle import Bundle
from knowledge.store.store import Filters, Question, StoreReader
from knowledge.text import anchoring


async def held(
    store: StoreReader, now: datetime, version: str, *, claims: Collection[str] | None = None, with_texts: bool = False
) -> Bundle:
    """What a library knows, or the part of it that some claims need; full texts only where they are asked for."""
    articles = await store.list_all(Article)
    every = await store.list_all(Claim)
    entities = await store.list_all(Entity)
    there = {one.id for values in (articles, every, entities) for one in values}
    standing = {one.id: one for one in await store.find_claims("article", *(article.id for article in articles))}
    holdings = Bundle(
        exported=now,
        version=version,
        articles=articles,
        claims=tuple(_with_words(one, standing.get(one.id)) for one in every),
        trends=await store.list_all(Trend),
        entities=entities,
        disagreements=await store.list_all(Disagreement),
        # What happened to claims that a later version of the package left out says nothing to others.
        events=tuple(
            event for event in await store.list_events() if event.action != "imported" and event.subject in there
        ),
        texts={one.id: body for one in articles if (body := await _very_text(store, one))} if with_texts else {},
    )
    return holdings if claims is None else chosen(holdings, claims)


def _with_words(claim: Claim, shown: Claim | None) -> Claim:
    """A claim as it is kept, with the words that are shown of it."""
    return claim.model_copy(update={"evidence": shown.evidence}) if shown else claim


async def asked(
    store: StoreReader, query: str, articles: Sequence[str], trends: Sequence[str], language: Language
) -> tuple[str, ...]:
    """The ids of the claims that speak about a question, are of these articles and on these trends.

    Raises:
        UnanswerableError: if there is no such article or trend.
    """
    names = await Names.of(store, language)
    filters = Filters(articles=await names.articles(articles), trends=await names.trends(trends))
    return (await store.search(Question(query, filters))).claims


async def _very_text(store: StoreReader, article: Article) -> str | None:
    """The text that an article's record is of; another copy's places mean nothing to others, nor does a text that somebody altered."""
    text = await store.get_text(article.id)
    return text.body if text and anchoring.digest(text.body) == article.sha256 else None
