"""All that a library knows, as it is exported; and what of an export it does not know yet."""

from collections.abc import Collection
from datetime import datetime

from knowledge.exporting.choosing import chosen
from knowledge.exporting.holdings import Holdings
from knowledge.model import Article, Claim, Disagreement, Entity, Trend
from knowledge.store import Store


async def held(
    store: Store, now: datetime, version: str, *, claims: Collection[str] | None = None, with_texts: bool = False
) -> Holdings:
    """What a library knows, or the part of it that some claims need; full texts only where they are asked for."""
    articles = await store.all(Article)
    every = await store.all(Claim)
    standing = {one.id: one for one in await store.claims("article", *(article.id for article in articles))}
    holdings = Holdings(
        exported=now,
        version=version,
        articles=articles,
        claims=tuple(standing.get(one.id, one) for one in every),
        trends=await store.all(Trend),
        entities=await store.all(Entity),
        disagreements=await store.all(Disagreement),
        events=await store.events(),
        texts={one.id: body for one in articles if (body := await _very_text(store, one))} if with_texts else {},
    )
    return holdings if claims is None else chosen(holdings, claims)


async def _very_text(store: Store, article: Article) -> str | None:
    """The text that an article's record is of; another copy's places mean nothing to others."""
    text = await store.text(article.id)
    return text.body if text and text.sha256 == article.sha256 else None
