"""The Editor: every change to a library."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from knowledge.curation import ClaimsRecorded, record
from knowledge.export import jsonl_reader
from knowledge.ingest import ArticleImporter, Reader, Subscriptions
from knowledge.model import Article, Claim, Entity, Event, Language, Status
from knowledge.store import CurationFault, ImportResult, StatusChange, Store


@dataclass(frozen=True)
class Editor:
    """Changes to one library in a person's name. Every acknowledged change is kept, with who made it and when."""

    store: Store
    by: str

    @asynccontextmanager
    async def open_importer(self) -> AsyncIterator[ArticleImporter]:
        """Open an importer of texts for the duration of the context."""
        async with Reader() as reader:
            yield ArticleImporter(self.store, reader, self.by)

    async def record_claims(
        self, article: str, drafts: Sequence[record.Raw], entities: Sequence[record.Raw], language: Language
    ) -> ClaimsRecorded:
        """Record the drafts that the text of an article supports.

        Raises:
            UnanswerableError: if there is no such article, or its very text is not in the library.
            StoreError: if nothing can be written.
        """
        return await record.record_claims(self.store, article, drafts, entities, self.by, language)

    async def change_status(self, claim: str, status: Status, why: str, instead: str | None = None) -> Claim:
        """Supersede, dispute or retract a claim, or let it stand again.

        Raises:
            StoreError: if there is no such claim, it has that status, or nothing can be written.
        """
        return await self.store.change_status(StatusChange(claim, status, self.by, why, instead))

    async def import_jsonl(
        self, text: str, source: str, *, marks: bool = False
    ) -> tuple[ImportResult, tuple[CurationFault, ...]]:
        """Import what is valid and new of an export (JSON Lines); return the result and the reasons for refusals.

        Raises:
            CurationError: if nothing of it can be read.
            StoreError: if nothing can be written.
        """
        contents = await asyncio.to_thread(jsonl_reader.read, text, source)
        return await self.store.import_bundle(contents.holdings, self.by, source, marks=marks), contents.refused

    async def list_events(self, *subjects: str) -> tuple[Event, ...]:
        """Return the events of articles, entities and claims, oldest first; of all, where none is named."""
        return await self.store.list_events(*subjects)

    async def find_unknown(self, *names: str) -> tuple[str, ...]:
        """Return the names that no article, entity or claim has here."""
        articles, entities = await self.store.get(Article, names), await self.store.get(Entity, names)
        claims = {claim.id for claim in await self.store.find_claims("id", *names)}
        return tuple(name for name in names if name not in articles and name not in entities and name not in claims)

    @property
    def feeds(self) -> Subscriptions:
        """Return the watched feeds."""
        return Subscriptions(self.store)
