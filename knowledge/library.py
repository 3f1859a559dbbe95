"""The default Store: records in SQLite, searched through a tantivy index that is derived from them.

The constructor opens nothing. The first request opens the file, updates it from the packaged data, and builds a missing
index in a folder beside the file (in memory for a store in memory).
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

from knowledge.model import Claim, Entity, Event, StoreError, Term, Value, sort_by_time
from knowledge.store import (
    NO_METADATA,
    AddedText,
    Aspect,
    Bundle,
    Filters,
    ImportResult,
    IndexProgress,
    Question,
    Records,
    RecordSnapshot,
    SearchResult,
    StatusChange,
    StoredText,
    TextAdder,
    TextMetadata,
    WriteConflict,
    change_status,
    check_text,
    merge,
    packaged,
    record_claims,
    synonyms,
    upgrade,
)
from knowledge.text.analysis import Lexicon, terms

if TYPE_CHECKING:
    from knowledge.search import EmbeddingSource, Searcher, SemanticSearch

_V = TypeVar("_V", bound=Value)
_R = TypeVar("_R")
_LOG = logging.getLogger(__name__)


class SqliteStore:
    """A store in one file or in memory. Calls run one at a time; slow ones on a thread."""

    def __init__(
        self,
        file: Path | None = None,
        data: Traversable | None = None,
        *,
        analyzer: terms.AnalyzerName = "plain",
        words: Path | None = None,
        embeddings: "EmbeddingSource | None" = None,
    ) -> None:
        """Keep the arguments; the first request opens the store.

        Args:
            file: the library, created on first use; `None` keeps it in memory.
            data: the data folder; `None` is the packaged one.
            analyzer: the text analyzer; `morphemes` needs the extra `ko`.
            words: a file of the user's own synonyms, see `knowledge.store.synonyms`.
            embeddings: the model that search by meaning uses; needs the extra `dense`.
        """
        self._file = file
        self._data = data or packaged.get_packaged_folder()
        self._analyzer = analyzer
        self._words = words
        self._embeddings = embeddings
        self._semantic_search: SemanticSearch | None = None
        self._lock = threading.RLock()
        self._snapshot: RecordSnapshot | None = None
        self._searcher: Searcher | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        semantic_search, self._semantic_search = self._semantic_search, None
        if semantic_search:
            await asyncio.to_thread(semantic_search.close)
        with self._lock:
            records = self.__dict__.pop("_records", None)
            self.__dict__.pop("_text_adder", None)
            self._snapshot, self._searcher = None, None
        if records:
            records.close()

    async def get_version(self) -> object:
        return await self._look_up(lambda snapshot: snapshot.version)

    async def search(self, question: Question) -> SearchResult:
        def find() -> tuple[SearchResult, int]:
            snapshot, searcher = self._open_searcher()
            return searcher.find(question, snapshot), snapshot.last_text

        found, last_text = await self._read(self._is_index_current, find)
        if last_text and question.is_for_passages:
            # Claims are few, but a user may have any number of texts.
            found = await self._run_steps(self._add_passages(question, found))
        if self._embeddings is None or not any(question.phrasings):
            return found
        return await asyncio.to_thread(self._add_semantic_hits, question, found, self._embeddings)

    async def get(self, kind: type[_V], ids: tuple[str, ...]) -> dict[str, _V]:
        return await self._look_up(lambda snapshot: snapshot.get(kind, ids)) if ids else {}

    async def list_all(self, kind: type[_V]) -> tuple[_V, ...]:
        return await self._look_up(lambda snapshot: snapshot.list_all(kind))

    async def find_claims(self, aspect: Aspect, *values: str, known_on: date | None = None) -> tuple[Claim, ...]:
        return await self._look_up(lambda snapshot: snapshot.find_claims(aspect, values, known_on))

    async def count_claims(self, aspect: Aspect, ids: tuple[str, ...]) -> dict[str, int]:
        return await self._look_up(lambda snapshot: snapshot.count_claims(aspect, ids))

    async def get_lexicon(self) -> Lexicon:
        return await self._read(self._knows_names, lambda: self._take_searcher()[1].lexicon)

    async def get_text(self, article: str, known_on: date | None = None) -> StoredText | None:
        return await self._look_up(lambda snapshot: snapshot.get_text(article, known_on))

    async def add_text(self, text: str, metadata: TextMetadata = NO_METADATA) -> AddedText:
        return await self._run(lambda: self._add_text(text, metadata))

    async def record_claims(
        self,
        article: str,
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        by: str,
        replaced: Sequence[StatusChange] = (),
    ) -> tuple[WriteConflict, ...]:
        return await self._write(lambda records: record_claims(records, article, claims, entities, by, replaced))

    async def change_status(self, change: StatusChange) -> Claim:
        return await self._write(lambda records: change_status(records, change))

    async def import_bundle(self, bundle: Bundle, by: str, source: str, *, marks: bool = False) -> ImportResult:
        return await self._write(lambda records: merge.import_bundle(records, bundle, by, source, marks=marks))

    async def list_events(self, *subjects: str) -> tuple[Event, ...]:
        return await self._run(
            lambda: (
                self._records.event_log.list_for(*subjects)
                if subjects
                else sort_by_time(self._records.event_log.iterate())
            )
        )

    async def list_progress(self, work: str) -> dict[str, str]:
        return await self._run(lambda: self._records.progress.list_work(work))

    async def get_progress(self, work: str, item: str) -> str | None:
        return await self._run(lambda: self._records.progress.get(work, item))

    async def set_progress(self, work: str, item: str, note: str | None) -> None:
        await self._write(lambda records: records.progress.set(work, item, note))

    async def get_index_progress(self) -> IndexProgress:
        return await self._run(self._measure_progress)

    async def reindex(self) -> AsyncIterator[IndexProgress]:
        steps = await self._run(self._start_reindexing)
        while step := await self._run(lambda: next(steps, None)):  # other calls get their turn in between
            yield step
        if self._embeddings:
            semantic_search = await self._run(partial(self._open_semantic_search, self._embeddings))
            more = semantic_search.prepare()
            while progress := await asyncio.to_thread(next, more, None):
                yield IndexProgress(*progress, by="meaning")

    def _add_passages(self, question: Question, found: SearchResult) -> Iterator[SearchResult | None]:
        yield from self._open_searcher()[1].with_passages(question, found, self._take_snapshot)

    def _add_semantic_hits(self, question: Question, found: SearchResult, source: "EmbeddingSource") -> SearchResult:
        """Add claims and passages found by meaning. The lock is free during the vector search, which is slow."""
        from knowledge.search import fusion  # noqa: PLC0415 - an extra, loaded only when used

        with self._lock:
            semantic_search = self._open_semantic_search(source)
            snapshot, searcher = self._open_searcher()
            limited = question.filters != Filters()
            allowed = searcher.find(Question("", question.filters), snapshot).claims if limited else None
        similar = semantic_search.search(question.phrasings, allowed, question.filters.articles)
        with self._lock:
            return fusion.add_semantic_hits(question, found, similar, self._take_snapshot())

    def _open_semantic_search(self, source: "EmbeddingSource") -> "SemanticSearch":
        from knowledge.search import SemanticSearch, embeddings  # noqa: PLC0415 - only where it is configured

        if self._semantic_search is None:
            self._semantic_search = SemanticSearch(embeddings.make_embedder(source), self._records, self._file)
        return self._semantic_search

    async def _look_up(self, work: Callable[[RecordSnapshot], _R]) -> _R:
        """Read records, without their index, which may be behind."""
        return await self._read(lambda: "_records" in self.__dict__, lambda: work(self._take_snapshot()))

    async def _read(self, is_ready: Callable[[], bool], work: Callable[[], _R]) -> _R:
        """Do what is faster than a change of threads at once, unless the store is locked or something must be opened first."""
        if self._lock.acquire(blocking=False):
            try:
                if is_ready():
                    return work()
            finally:
                self._lock.release()
        return await self._run(work)

    async def _run(self, work: Callable[[], _R]) -> _R:
        def locked() -> _R:
            with self._lock:
                return work()

        return await asyncio.to_thread(locked)

    async def _run_steps(self, steps: Iterator[_R | None]) -> _R:
        """Return the result of a long task; other calls get their turn after each step."""
        while (done := await self._run(lambda: next(steps))) is None:
            pass
        return done

    def _take_snapshot(self) -> RecordSnapshot:
        """Return a snapshot of the records, a new one if they have changed."""
        if self._snapshot is None or not self._snapshot.is_current:
            self._snapshot = RecordSnapshot(self._records)
        return self._snapshot

    def _knows_names(self) -> bool:
        return self._searcher is not None and self._searcher.knows_names(self._take_snapshot())

    def _is_index_current(self) -> bool:
        return self._searcher is not None and self._searcher.is_current(self._take_snapshot())

    def _open_searcher(self) -> "tuple[RecordSnapshot, Searcher]":
        """Return a current snapshot and a searcher whose index is up to date with it."""
        snapshot, searcher = self._take_searcher()
        searcher.catch_up(snapshot)
        return snapshot, searcher

    def _take_searcher(self) -> "tuple[RecordSnapshot, Searcher]":
        """Return a current snapshot and a searcher that knows its names; the index may be behind."""
        from knowledge.search import Searcher  # noqa: PLC0415 - it loads the search engine

        snapshot = self._take_snapshot()
        if self._searcher is None or not self._searcher.knows_names(snapshot):
            self._searcher = Searcher(self._records, snapshot, self._file, self._analyzer, self._synonyms)
        return snapshot, self._searcher

    def _measure_progress(self) -> IndexProgress:
        from knowledge.search import searcher  # noqa: PLC0415 - it loads the search engine

        if self._file is None:
            return self._open_searcher()[1].indexed()
        if not self._file.exists():
            return IndexProgress(0, 0)
        with closing(Records.open(self._file)) as records:  # not `_records`, which takes newer packaged data in
            return searcher.measure_progress(records, self._file, self._fingerprint, self._analyzer, self._synonyms)

    def _start_reindexing(self) -> Iterator[IndexProgress]:
        from knowledge.search import searcher  # noqa: PLC0415 - it loads the search engine

        self._refuse_unwritable()
        self._measure_progress()  # fails on what could not be rebuilt, before anything is removed
        self._searcher = None
        if self._file:
            searcher.discard_indexes(self._file)
        return self._open_searcher()[1].reindex()

    @cached_property
    def _records(self) -> Records:
        return upgrade.open_records(self._file, self._data, self._fingerprint)

    @cached_property
    def _text_adder(self) -> TextAdder:
        return TextAdder(self._records)

    @cached_property
    def _synonyms(self) -> tuple[Term, ...]:
        return synonyms.read_synonyms(self._words) if self._words else ()

    @cached_property
    def _fingerprint(self) -> str:
        return packaged.hash_folder(self._data)

    def _add_text(self, text: str, metadata: TextMetadata) -> AddedText:
        body = check_text(text)
        self._refuse_unwritable()
        return self._text_adder.add(body, metadata)

    async def _write(self, work: Callable[[Records], _R]) -> _R:
        """Change the records on a thread; fail if the library is read-only."""

        def work_if_writable() -> _R:
            self._refuse_unwritable()
            return work(self._records)

        return await self._run(work_if_writable)

    def _refuse_unwritable(self) -> None:
        if self._file and not self._records.may_be_written:
            raise StoreError(
                "The library cannot be written. Name another file with AI_TRENDS_LIBRARY; `ai-trends-mcp doctor` says which it is."
            )
