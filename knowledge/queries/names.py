"""Lookup of trends, entities and articles by the names that people write."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.model.errors import UnanswerableError
from knowledge.model.records import Article, Bilingual, Entity, Language, Trend
from knowledge.queries import messages
from knowledge.store.store import StoreReader
from knowledge.text.analysis import analyzer
from knowledge.text.analysis.lexicon import Lexicon

TREND = Bilingual(ko="동향", en="trend")
ARTICLE = Bilingual(ko="기사", en="article")
_MOST_NEAR = 5
"""Claims named in place of one that is not there."""
CLAIM = Bilingual(ko="주장", en="claim")
TABLE = Bilingual(ko="표", en="table")


@dataclass(frozen=True)
class Names:
    """Looks names up in one store, answering in one language."""

    store: StoreReader
    lexicon: Lexicon
    language: Language
    _folded: dict[type, dict[str, str]] = field(default_factory=dict)
    """What names look like, by kind, once they were asked for."""

    @classmethod
    async def load(cls, store: StoreReader, language: Language) -> "Names":
        """Return the names of a store, with its lexicon."""
        return cls(store, await store.get_lexicon(), language)

    async def trends(self, names: Iterable[str]) -> tuple[str, ...]:
        """Ids of the trends that are named, by id or name.

        Raises:
            UnanswerableError: for a name that no trend has.
        """
        return tuple([await self._one(name, "trend", Trend, TREND) for name in names])

    async def entities(self, names: Iterable[str]) -> tuple[str, ...]:
        """Ids of the entities that are named, by id or name.

        Raises:
            UnanswerableError: for a name that no entity has.
        """
        return tuple([identity for name in names for identity in await self._some_entities(name)])

    async def articles(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The ids, if each is an article's.

        Raises:
            UnanswerableError: for one that is not.
        """
        known = [article.id for article in await self.store.list_all(Article)] if ids else []
        for one in ids:
            if one not in known:
                raise UnanswerableError(messages.describe_missing(ARTICLE, one, known).in_language(self.language))
        return tuple(ids)

    def find(self, name: str, kind: str = "entity") -> tuple[str, ...]:
        """Ids of everything of a kind that has this name; an id is a name too."""
        prefix = f"{kind}:"
        return tuple(sorted(found.removeprefix(prefix) for found in self.lexicon.ids(name) if found.startswith(prefix)))

    async def near(self, name: str, kind: type[Trend] | type[Entity] = Entity) -> tuple[str, ...]:
        """Names that look like this one."""
        if kind not in self._folded:
            self._folded[kind] = {
                analyzer.fold(one): value.name.in_language(self.language)
                for value in await self.store.list_all(kind)
                for one in (value.name.ko, value.name.en, *value.aliases)
            }
        by_fold = self._folded[kind]
        close = difflib.get_close_matches(analyzer.fold(name), by_fold, n=3, cutoff=0.6)
        return tuple(dict.fromkeys(by_fold[one] for one in close))

    async def _one(self, name: str, prefix: str, kind: type[Trend], noun: Bilingual) -> str:
        ids = self.find(name, prefix)
        if ids:
            return ids[0]
        there = [one.id for one in await self.store.list_all(kind)]
        near = [identity for one in await self.near(name, kind) for identity in self.find(one, prefix)]
        meant = [f"‘{identity}’" for identity in near or difflib.get_close_matches(name, there, n=3)]
        raise UnanswerableError(messages.describe_missing(noun, name, there, meant).in_language(self.language))

    async def _some_entities(self, name: str) -> tuple[str, ...]:
        ids = self.find(name)
        if not ids:
            raise UnanswerableError(
                messages.describe_unknown_name(name, await self.near(name)).in_language(self.language)
            )
        return ids


async def named_here(store: StoreReader, ids: Iterable[str]) -> frozenset[str]:
    """Those of some trends and entities that somebody named in this library: their names may be a text's choice."""
    return (
        frozenset(event.subject for event in await store.list_events(*ids) if event.action == "named")
        if ids
        else frozenset()
    )


async def near_claims(store: StoreReader, identity: str, known_on: date | None = None) -> list[str]:
    """Claims of the same article with ids like this one; the articles there are where there is no such article."""
    article = identity.partition(".")[0]
    ids = [claim.id for claim in await store.find_claims("article", article, known_on=known_on)]
    if not ids:
        return [f"{one.id}.…" for one in await store.list_all(Article) if one.curated]
    return difflib.get_close_matches(identity, ids, n=_MOST_NEAR, cutoff=0.3) or ids[:_MOST_NEAR]
