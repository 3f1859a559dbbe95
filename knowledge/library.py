"""The default Store: SQLite holds the records; a tantivy index, derived from them, finds.

Opening does nothing but remember where the file is. The first question opens it, fills it from the packaged data where
that is new, and makes the index where there is none, in a folder beside the file (in memory for a store in memory).
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import cached_property, partial
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from knowledge.model import events as history
from knowledge.model.errors import StoreError
from knowledge.model.events import Event
from knowledge.model.records import Claim, Entity, Term, Value
from knowledge.store import add_text as adding
from knowledge.store import claims as growing
from knowledge.store import merge, packaged, synonyms, upgrade
from knowledge.store.bundle import Bundle
from knowledge.store.records import Records
from knowledge.store.snapshot import RecordSnapshot
from knowledge.store.store import (
    NO_METADATA,
    AddedText,
    Aspect,
    Filters,
    ImportResult,
    IndexProgress,
    Question,
    SearchResult,
    StatusChange,
    StoredText,
    TextMetadata,
    WriteConflict,
)
from knowledge.text.analysis import terms
from knowledge.text.analysis.lexicon import Lexicon

if TYPE_CHECKING:
    from knowledge.search.embeddings import EmbeddingSource
    from knowledge.search.searcher import Searcher
    from knowledge.search.semantic import SemanticSearch

_V = TypeVar("_V", bound=Value)
_R = TypeVar("_R")
_LOG = logging.getLogger(__name__)


class SqliteStore:
    """A store in one file, or in memory when there is none. One call at a time; what takes long runs on a thread."""

    def __init__(
        self,
        file: Path | None = None,
        data: Traversable | None = None,
        *,
        analyzer: terms.AnalyzerName = "plain",
        words: Path | None = None,
        embeddings: "EmbeddingSource | None" = None,
    ) -> None:
        """A store that nothing has been asked of yet.

        Args:
            file: the library, made when first asked; in memory where there is none.
            data: the data folder; the packaged one where there is none.
            analyzer: what makes terms of text; `morphemes` needs the extra `ko`.
            words: a file of the user's own everyday words, see `vocabulary`.
            embeddings: where embeddings come from, to search by meaning too; needs the extra `dense`.
        """
        self._file = file
        self._data = data or packaged.get_packaged_folder()
        self._analyzer = analyzer
        self._words = words
        self._embeddings = embeddings
        self._meaning: SemanticSearch | None = None
        self._turn = threading.RLock()
        self._snapshot: RecordSnapshot | None = None
        self._finder: Searcher | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        meaning, self._meaning = self._meaning, None
        if meaning:
            await asyncio.to_thread(meaning.close)
        with self._turn:
            records = self.__dict__.pop("_records", None)
            self.__dict__.pop("_adding", None)
            self._snapshot, self._finder = None, None
        if records:
            records.close()

    async def get_version(self) -> object:
        return await self._quickly(lambda snapshot, _: snapshot.version)

    async def search(self, question: Question) -> SearchResult:
        found, last_text = await self._quickly(
            lambda snapshot, finder: (finder.find(question, snapshot), snapshot.last_text)
        )
        if last_text and question.is_for_passages:
            # A user may have any number of texts; claims are few.
            found = await self._on_thread_by_steps(self._with_passages(question, found))
        if self._embeddings is None or not any(question.phrasings):
            return found
        return await asyncio.to_thread(self._with_meaning, question, found, self._embeddings)

    async def get(self, kind: type[_V], ids: tuple[str, ...]) -> dict[str, _V]:
        return await self._quickly(lambda snapshot, _: snapshot.get(kind, ids)) if ids else {}

    async def list_all(self, kind: type[_V]) -> tuple[_V, ...]:
        return await self._quickly(lambda snapshot, _: snapshot.list_all(kind))

    async def find_claims(self, aspect: Aspect, *values: str, known_on: date | None = None) -> tuple[Claim, ...]:
        return await self._quickly(lambda snapshot, _: snapshot.find_claims(aspect, values, known_on))

    async def count_claims(self, aspect: Aspect, ids: tuple[str, ...]) -> dict[str, int]:
        return await self._quickly(lambda snapshot, _: snapshot.count_claims(aspect, ids))

    async def get_lexicon(self) -> Lexicon:
        return await self._quickly(lambda _, finder: finder.lexicon)

    async def get_text(self, article: str, known_on: date | None = None) -> StoredText | None:
        return await self._quickly(lambda snapshot, _: snapshot.get_text(article, known_on))

    async def add_text(self, text: str, arrival: TextMetadata = NO_METADATA) -> AddedText:
        return await self._on_thread(lambda: self._add_text(text, arrival))

    async def record_claims(
        self,
        article: str,
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        by: str,
        replaced: Sequence[StatusChange] = (),
    ) -> tuple[WriteConflict, ...]:
        return await self._writing(
            lambda records: growing.record_claims(records, article, claims, entities, by, replaced)
        )

    async def change_status(self, marking: StatusChange) -> Claim:
        return await self._writing(lambda records: growing.change_status(records, marking))

    async def import_bundle(self, holdings: Bundle, by: str, source: str, *, marks: bool = False) -> ImportResult:
        return await self._writing(lambda records: merge.import_bundle(records, holdings, by, source, marks=marks))

    async def list_events(self, *subjects: str) -> tuple[Event, ...]:
        return await self._on_thread(
            lambda: (
                self._records.event_log.list_for(*subjects)
                if subjects
                else history.sort_by_time(self._records.event_log.iterate())
            )
        )

    async def list_progress(self, work: str) -> dict[str, str]:
        return await self._on_thread(lambda: self._records.progress.list_work(work))

    async def get_progress(self, work: str, item: str) -> str | None:
        return await self._on_thread(lambda: self._records.progress.get(work, item))

    async def set_progress(self, work: str, item: str, note: str | None) -> None:
        await self._writing(lambda records: records.progress.set(work, item, note))

    async def get_index_progress(self) -> IndexProgress:
        return await self._on_thread(self._indexed)

    async def reindex(self) -> AsyncIterator[IndexProgress]:
        steps = await self._on_thread(self._indexing_anew)
        while step := await self._on_thread(lambda: next(steps, None)):  # questions are answered in between
            yield step
        if self._embeddings:
            meaning = await self._on_thread(partial(self._meaning_opened, self._embeddings))
            more = meaning.prepare()
            while progress := await asyncio.to_thread(next, more, None):
                yield IndexProgress(*progress, by="meaning")

    def _with_passages(self, question: Question, found: SearchResult) -> Iterator[SearchResult | None]:
        yield from self._opened()[1].with_passages(question, found, self._now)

    def _with_meaning(self, question: Question, found: SearchResult, where: "EmbeddingSource") -> SearchResult:
        """The same with what means the same. The store is not taken while that is looked for: it takes longer."""
        from knowledge.search import fusion  # noqa: PLC0415 - an extra, loaded only when used

        with self._turn:
            meaning = self._meaning_opened(where)
            snapshot, finder = self._opened()
            limited = question.filters != Filters()
            let_through = finder.find(Question("", question.filters), snapshot).claims if limited else None
        near = meaning.near(question.phrasings, let_through, question.filters.articles)
        with self._turn:
            return fusion.add_semantic_hits(question, found, near, self._now())

    def _meaning_opened(self, where: "EmbeddingSource") -> "SemanticSearch":
        from knowledge.search import embeddings as embedders  # noqa: PLC0415 - an extra, loaded only when used
        from knowledge.search.semantic import SemanticSearch  # noqa: PLC0415

        if self._meaning is None:
            self._meaning = SemanticSearch(embedders.make_embedder(where), self._records, self._file)
        return self._meaning

    async def _quickly(self, work: "Callable[[RecordSnapshot, Searcher], _R]") -> _R:
        """Do what takes less time than changing threads at once, unless the store is taken or must be opened first."""
        if self._turn.acquire(blocking=False):
            try:
                if self._finder and self._finder.is_current(snapshot := self._now()):
                    return work(snapshot, self._finder)
            finally:
                self._turn.release()
        return await self._on_thread(lambda: work(*self._opened()))

    async def _on_thread(self, work: Callable[[], _R]) -> _R:
        def in_turn() -> _R:
            with self._turn:
                return work()

        return await asyncio.to_thread(in_turn)

    async def _on_thread_by_steps(self, steps: Iterator[_R | None]) -> _R:
        """What comes of something that may take long; others are answered after each step."""
        while (done := await self._on_thread(lambda: next(steps))) is None:
            pass
        return done

    def _now(self) -> RecordSnapshot:
        """The records as they are now."""
        if self._snapshot is None or not self._snapshot.is_current:
            self._snapshot = RecordSnapshot(self._records)
        return self._snapshot

    def _opened(self) -> "tuple[RecordSnapshot, Searcher]":
        """The records as they are now, and what finds in them."""
        from knowledge.search.searcher import Searcher  # noqa: PLC0415 - it loads the search engine

        snapshot = self._now()
        if self._finder is None or not self._finder.knows_names(snapshot):
            self._finder = Searcher(self._records, snapshot, self._file, self._analyzer, self._own_terms)
        self._finder.catch_up(snapshot)
        return snapshot, self._finder

    def _indexed(self) -> IndexProgress:
        from knowledge.search import searcher  # noqa: PLC0415 - it loads the search engine

        if self._file is None:
            return self._opened()[1].indexed()
        if not self._file.exists():
            return IndexProgress(0, 0)
        with closing(Records.open(self._file)) as records:  # not `_records`, which takes newer packaged data in
            return searcher.measure_progress(records, self._file, self._fingerprint, self._analyzer, self._own_terms)

    def _indexing_anew(self) -> Iterator[IndexProgress]:
        from knowledge.search import searcher as finder  # noqa: PLC0415 - it loads the search engine

        self._refuse_unwritable()
        self._indexed()  # refuses what could not be made anew, before anything is thrown away
        self._finder = None
        if self._file:
            finder.discard_indexes(self._file)
        return self._opened()[1].reindex()

    @cached_property
    def _records(self) -> Records:
        return upgrade.open_records(self._file, self._data, self._fingerprint)

    @cached_property
    def _adding(self) -> adding.TextAdder:
        return adding.TextAdder(self._records)

    @cached_property
    def _own_terms(self) -> tuple[Term, ...]:
        return synonyms.read_synonyms(self._words) if self._words else ()

    @cached_property
    def _fingerprint(self) -> str:
        return packaged.hash_folder(self._data)

    def _add_text(self, text: str, arrival: TextMetadata) -> AddedText:
        body = adding.check_text(text)
        self._refuse_unwritable()
        return self._adding.add(body, arrival)

    async def _writing(self, work: Callable[[Records], _R]) -> _R:
        """Do what changes the records, on a thread."""

        def written() -> _R:
            self._refuse_unwritable()
            return work(self._records)

        return await self._on_thread(written)

    def _refuse_unwritable(self) -> None:
        if self._file and not self._records.may_be_written:
            raise StoreError(
                "The library cannot be written. Name another file with AI_TRENDS_LIBRARY; `ai-trends-mcp doctor` says which it is."
            )
