"""A store as it was at the end of a day: what came later is not there, and what was taken back later still stands."""

import dataclasses
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Self, TypeVar

from knowledge import messages
from knowledge.answers import Answer
from knowledge.history import Event
from knowledge.holdings import Holdings
from knowledge.lexicon import Lexicon
from knowledge.model import Article, Claim, Entity, Language, Value
from knowledge.store import (
    NOBODY_SAID,
    Added,
    Arrival,
    Aspect,
    Found,
    Imported,
    Indexed,
    Marking,
    Question,
    Store,
    Text,
    WriteConflict,
)

_V = TypeVar("_V", bound=Value)
_A = TypeVar("_A", bound=Answer)


@dataclass(frozen=True)
class Then:
    """What questions are asked of: a store as it is, or as it was."""

    store: Store
    note: str | None = None

    @classmethod
    def of(cls, store: Store, day: date | None, language: Language) -> Self:
        return cls(AsOf(store, day), messages.AS_OF.format(day=day).in_language(language)) if day else cls(store)

    def said(self, answer: _A) -> _A:
        """An answer that says as of when it is."""
        return answer.model_copy(update={"notes": (self.note, *answer.notes)}) if self.note else answer


@dataclass(frozen=True)
class AsOf:
    """What a store held at the end of a day (UTC). Names of things, and what is written, are those of today."""

    store: Store
    day: date

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    async def version(self) -> object:
        return await self.store.version()

    async def find(self, question: Question) -> Found:
        filters = dataclasses.replace(question.filters, known_on=self.day)
        return await self.store.find(dataclasses.replace(question, filters=filters))

    async def get(self, kind: type[_V], ids: tuple[str, ...]) -> dict[str, _V]:
        found = await self.store.get(kind, ids)
        return {one: value for one, value in found.items() if not isinstance(value, Article) or await self._had(value)}

    async def _had(self, article: Article) -> bool:
        """Whether an article was there: curated, or its text came by then, or claims of it that came by themselves."""
        if article.curated:
            return True
        came = [event for event in await self.store.events(article.id) if event.action == "added"]
        return not came or came[0].at.date() <= self.day or bool(await self.claims("article", article.id))

    async def all(self, kind: type[_V]) -> tuple[_V, ...]:
        return await self.store.all(kind)

    async def claims(self, aspect: Aspect, *values: str, known_on: date | None = None) -> tuple[Claim, ...]:
        return await self.store.claims(aspect, *values, known_on=known_on or self.day)

    async def count(self, aspect: Aspect, ids: tuple[str, ...]) -> dict[str, int]:
        return await self.store.count(aspect, ids)

    async def lexicon(self) -> Lexicon:
        return await self.store.lexicon()

    async def text(self, article: str) -> Text | None:
        there = [event for event in await self.store.events(article) if event.action == "added"]
        was_there = any(event.at.date() <= self.day for event in there)
        return await self.store.text(article) if was_there else None

    async def add_text(self, text: str, arrival: Arrival = NOBODY_SAID) -> Added:
        return await self.store.add_text(text, arrival)

    async def record(
        self,
        article: str,
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        by: str,
        replaced: Sequence[Marking] = (),
    ) -> tuple[WriteConflict, ...]:
        return await self.store.record(article, claims, entities, by, replaced)

    async def mark(self, marking: Marking) -> Claim:
        return await self.store.mark(marking)

    async def take_in(self, holdings: Holdings, by: str, source: str, *, marks: bool = False) -> Imported:
        return await self.store.take_in(holdings, by, source, marks=marks)

    async def events(self, *subjects: str) -> tuple[Event, ...]:
        return tuple(one for one in await self.store.events(*subjects) if one.at.date() <= self.day)

    async def progress(self, work: str) -> dict[str, str]:
        return await self.store.progress(work)

    async def noted(self, work: str, item: str) -> str | None:
        return await self.store.noted(work, item)

    async def keep_progress(self, work: str, item: str, note: str | None) -> None:
        await self.store.keep_progress(work, item, note)

    async def indexed(self) -> Indexed:
        return await self.store.indexed()

    def reindex(self) -> AsyncIterator[Indexed]:
        return self.store.reindex()
