"""Lookup of trends, entities and articles by the names that people write."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.model import Article, Bilingual, Entity, Language, Trend, UnanswerableError
from knowledge.queries import messages
from knowledge.store import StoreReader
from knowledge.text.analysis import Lexicon, analyzer

TREND = Bilingual(ko="동향", en="trend")
ARTICLE = Bilingual(ko="기사", en="article")
_MOST_SIMILAR = 5
"""The most claims suggested in place of a missing one."""
CLAIM = Bilingual(ko="주장", en="claim")
TABLE = Bilingual(ko="표", en="table")


@dataclass(frozen=True)
class Names:
    """Lookup of names in a store, with suggestions in one language."""

    store: StoreReader
    lexicon: Lexicon
    language: Language
    _folded: dict[type, dict[str, str]] = field(default_factory=dict)
    """Display names by folded name, for each kind looked up so far."""

    @classmethod
    async def load(cls, store: StoreReader, language: Language) -> "Names":
        """Return the names of a store, with its lexicon."""
        return cls(store, await store.get_lexicon(), language)

    async def trends(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of trends given by id or name.

        Raises:
            UnanswerableError: for a name that no trend has.
        """
        return tuple([await self._trend(name) for name in names])

    async def entities(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of all entities that have one of the names or ids.

        Raises:
            UnanswerableError: for a name that no entity has.
        """
        return tuple([identity for name in names for identity in await self._entities(name)])

    async def articles(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the ids unchanged after checking that each is an article's.

        Raises:
            UnanswerableError: for an id that no article has.
        """
        known = [article.id for article in await self.store.list_all(Article)] if ids else []
        for identity in ids:
            if identity not in known:
                raise UnanswerableError(messages.describe_missing(ARTICLE, identity, known).in_language(self.language))
        return tuple(ids)

    def find(self, name: str, kind: str = "entity") -> tuple[str, ...]:
        """Return the ids of all records of a kind that have this name or id."""
        prefix = f"{kind}:"
        return tuple(sorted(found.removeprefix(prefix) for found in self.lexicon.ids(name) if found.startswith(prefix)))

    async def near(self, name: str, kind: type[Trend] | type[Entity] = Entity) -> tuple[str, ...]:
        """Return up to three names spelled like this one."""
        if kind not in self._folded:
            self._folded[kind] = {
                analyzer.fold(alias): value.name.in_language(self.language)
                for value in await self.store.list_all(kind)
                for alias in (value.name.ko, value.name.en, *value.aliases)
            }
        by_fold = self._folded[kind]
        close = difflib.get_close_matches(analyzer.fold(name), by_fold, n=3, cutoff=0.6)
        return tuple(dict.fromkeys(by_fold[folded] for folded in close))

    async def _trend(self, name: str) -> str:
        ids = self.find(name, "trend")
        if ids:
            return ids[0]
        known = [trend.id for trend in await self.store.list_all(Trend)]
        near = [identity for other in await self.near(name, Trend) for identity in self.find(other, "trend")]
        similar = [f"‘{identity}’" for identity in near or difflib.get_close_matches(name, known, n=3)]
        raise UnanswerableError(messages.describe_missing(TREND, name, known, similar).in_language(self.language))

    async def _entities(self, name: str) -> tuple[str, ...]:
        ids = self.find(name)
        if not ids:
            raise UnanswerableError(
                messages.describe_unknown_name(name, await self.near(name)).in_language(self.language)
            )
        return ids


async def named_here(store: StoreReader, ids: Iterable[str]) -> frozenset[str]:
    """Return those of some trends and entities that were named in this library, whose names a text may have chosen."""
    return (
        frozenset(event.subject for event in await store.list_events(*ids) if event.action == "named")
        if ids
        else frozenset()
    )


async def near_claims(store: StoreReader, identity: str, known_on: date | None = None) -> list[str]:
    """Return ids like this one of claims of the same article, or of the articles if there is no such article."""
    article = identity.partition(".")[0]
    ids = [claim.id for claim in await store.find_claims("article", article, known_on=known_on)]
    if not ids:
        return [f"{known.id}.…" for known in await store.list_all(Article) if known.curated]
    return difflib.get_close_matches(identity, ids, n=_MOST_SIMILAR, cutoff=0.3) or ids[:_MOST_SIMILAR]
