"""Which articles are one source: copies of one text count once, however many papers print it."""

from collections.abc import Iterable

from knowledge.model.records import Article, Claim, Entity
from knowledge.queries.conflicts import Conflict, conflicts
from knowledge.store.store import StoreReader


async def of(store: StoreReader, articles: Iterable[str]) -> dict[str, str]:
    """For each article the one whose words it has: itself, or the one that it is a copy of."""
    found = await store.get(Article, tuple(dict.fromkeys(articles)))
    return {one: article.syndicated_from or one for one, article in found.items()}


async def copies(store: StoreReader, article: str) -> tuple[str, ...]:
    """The articles that are copies of one."""
    return tuple(one.id for one in await store.list_all(Article) if one.syndicated_from == article)


async def differing(store: StoreReader, claims: Iterable[Claim]) -> tuple[Conflict, ...]:
    """Where figures of different sources cannot both be right."""
    claims = tuple(claims)
    subjects = tuple({figure.subject for claim in claims for figure in claim.figures})
    sources = await of(store, (claim.article for claim in claims))
    return conflicts(claims, sources, await store.get(Entity, subjects))
