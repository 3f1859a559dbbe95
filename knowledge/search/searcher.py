"""The searcher of a library: its lexicon and its indexes of claims and passages.

A searcher is valid for one state of the names in the records.
"""

import contextlib
import dataclasses
import logging
import shutil
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from knowledge.model import Article, Claim, DamagedIndexError, Entity, Passage, Term, Trend
from knowledge.search import passages
from knowledge.search.hits import Hits
from knowledge.search.index import (
    DurableIndex,
    Index,
    NewClaim,
    NewText,
    convert_engine_errors,
    make_version,
    read_last_sequence,
)
from knowledge.store import MOST_PASSAGES, IndexProgress, Question, Records, RecordSnapshot, SearchResult, synonyms
from knowledge.text import near_duplicates
from knowledge.text.analysis import Lexicon, terms

_LOG = logging.getLogger(__name__)
_PATIENCE = 5.0
"""Seconds that a question waits for indexing before it is answered without the newest texts."""
_STEP = 0.5
"""Seconds of indexing after which other calls get their turn."""


class _IndexInputs(NamedTuple):
    """The inputs that determine an index's terms, besides the packaged data."""

    words: str
    """The analyzer and the user's synonyms: another user of the library may have others."""
    version: str
    """The version of documents and analyzer."""

    @classmethod
    def make(cls, analyzer: terms.AnalyzerName, own_terms: tuple[Term, ...]) -> "_IndexInputs":
        words = "-".join(filter(None, [analyzer, synonyms.hash_synonyms(own_terms)]))
        return cls(words, make_version(terms.get_analyzer(analyzer)))


class Searcher:
    """The lexicon and the indexes of records, in a folder beside their file, or in memory if they are."""

    def __init__(
        self,
        records: Records,
        snapshot: RecordSnapshot,
        file: Path | None,
        analyzer: terms.AnalyzerName = "plain",
        own_terms: tuple[Term, ...] = (),
    ) -> None:
        self._by = terms.get_analyzer(analyzer)
        self._inputs = _IndexInputs.make(analyzer, own_terms)
        self._records = records
        self._file = file if records.is_kept else None
        self.fingerprint = snapshot.fingerprint
        """The fingerprint of the packaged data."""
        self._naming = snapshot.names_version
        self.lexicon = Lexicon(
            snapshot.list_all(Entity), snapshot.list_all(Trend), (*snapshot.list_all(Term), *own_terms)
        )
        """The names in the records."""
        self._claims = self._index_of("claims", self._every_claim).open()
        self._passages = self._index_of("passages", lambda: ())

    def knows_names(self, snapshot: RecordSnapshot) -> bool:
        """Return whether the lexicon has the names in the records."""
        return self._naming == snapshot.names_version

    def is_current(self, snapshot: RecordSnapshot) -> bool:
        """Return whether every name and claim in the records is known."""
        return self.knows_names(snapshot) and self._claims.now.last >= snapshot.last_claim

    def catch_up(self, snapshot: RecordSnapshot) -> None:
        """Index new claims; in memory if the index cannot be written."""
        until = time.monotonic() + _PATIENCE
        try:
            while self._claims.now.last < snapshot.last_claim and time.monotonic() < until:
                self._claims.now.add_claims(self._every_claim())
        except DamagedIndexError:
            _LOG.warning("Claims cannot be brought into the full-text index", exc_info=True)
            self._claims = DurableIndex(lambda: self._opened(None, self._every_claim), lambda: None).open()

    def find(self, question: Question, snapshot: RecordSnapshot) -> SearchResult:
        """Return the claims that answer a question."""
        hits = self._claims.ask(lambda: self._claims_for(question, snapshot))
        return SearchResult(
            claims=tuple(hit.key.removeprefix("claim:") for hit in hits.best),
            passages=(),
            near=tuple(hit.key.removeprefix("claim:") for hit in hits.near),
            unknown_words=hits.unknown_words,
            whole=hits.whole,
            respelt_words=hits.respelt_words,
            scores=tuple(hit.score for hit in hits.best),
            trends=Counter(trend for hit in hits.best for trend in hit.trends),
            generation=self._generation(snapshot),
        )

    def _generation(self, snapshot: RecordSnapshot) -> str:
        """Return a token that changes whenever the same question may find other claims."""
        inputs = f"{self._inputs.words}-{self._inputs.version}"
        return f"{snapshot.fingerprint}-{inputs}-{snapshot.last_claim}-{snapshot.last_status_change}"

    def with_passages(
        self, question: Question, found: SearchResult, now: Callable[[], RecordSnapshot]
    ) -> Iterator[SearchResult | None]:
        """Yield the result with matching passages, without unknown words that occur in one.

        Yields `None` after each step of indexing new texts, so that other calls get their turn.
        """
        last, until = now().last_text, time.monotonic() + _PATIENCE
        yield from self._catch_up(last, until)

        def answered() -> SearchResult:
            deque(self._catch_up(last, until), maxlen=0)  # does nothing unless the index has just been rebuilt
            return self._with_passages(question, found, now())

        yield self._passages.ask(answered)

    def _claims_for(self, question: Question, snapshot: RecordSnapshot) -> Hits:
        without = [f"claim:{claim}" for claim in snapshot.fallen(question.filters.known_on)]
        hits = self._claims.now.search(question, without)
        found = {hit.key.removeprefix("claim:") for hit in (*hits.best, *hits.near)}
        if not found <= snapshot.claim_ids and not found <= set(
            self._records.list_ids(Claim)
        ):  # others may have just recorded them
            raise DamagedIndexError
        return hits

    def _every_claim(self) -> list[NewClaim]:
        """Return all claims with their time of recording."""
        own = self._records.event_log.list_recorded()
        curated = {article.id: article.curated for article in self._records.list_all(Article)}
        return [
            NewClaim(*own.get(claim.id, (0, curated.get(claim.article))), claim)
            for claim in self._records.list_all(Claim)
        ]

    def _with_passages(self, question: Question, found: SearchResult, snapshot: RecordSnapshot) -> SearchResult:
        behind = self.indexed() if snapshot.last_text > self._passages.now.last else None
        hits = self._passages.now.search_passages(question)
        there = _passages(hits, snapshot, question.filters.known_on)
        return dataclasses.replace(
            found,
            passages=_move_repetitions_last(list(islice(there, MOST_PASSAGES))),
            unknown_words=tuple(word for word in found.unknown_words if word in hits.unknown_words),
            respelt_words=tuple(
                word for word in found.respelt_words if word in (*hits.respelt_words, *hits.unknown_words)
            ),
            whole_passages=hits.whole,
            index_progress=behind,
        )

    def reindex(self) -> Iterator[IndexProgress]:
        """Index every text; yields progress."""
        yield self.indexed()
        while (before := self._passages.now.last) < self._records.texts.last:
            self._passages.now.add_texts(self._texts_since)
            if self._passages.now.last > before:
                yield self.indexed()

    def indexed(self) -> IndexProgress:
        """Return how many texts are in the index."""
        return _make_progress(self._records, self._passages.now.last)

    def _catch_up(self, last: int, until: float) -> Iterator[None]:
        """Index new texts step by step; give up after two failures, such as a full disk: older texts are still found."""
        for _ in range(2):
            try:
                while self._passages.now.last < last and (now := time.monotonic()) < until:
                    self._passages.now.add_texts(self._texts_since, min(until, now + _STEP))
                    yield
                return
            except DamagedIndexError:  # or its folder is gone: another process is rebuilding it
                _LOG.warning("Texts cannot be brought into the full-text index", exc_info=True)
            self._passages.reopen()

    def _texts_since(self, seq: int) -> Iterator[NewText]:
        for new, text in self._records.texts.iterate_since(seq):
            yield new, self._records.get(Article, [text.article])[text.article], text

    def _index_of(self, kind: str, claims: Callable[[], Sequence[NewClaim]]) -> DurableIndex:
        file = self._file
        folder = file and _index_folder(file, kind, self._records, self.fingerprint, self._inputs)
        return DurableIndex(lambda: self._opened(folder, claims), lambda: _remove(folder))

    def _opened(self, folder: Path | None, claims: Callable[[], Sequence[NewClaim]]) -> Index:
        if folder is not None:
            with contextlib.suppress(DamagedIndexError):  # no room or no right to write: memory does as well
                return Index.at(folder, self.lexicon, self._by, claims)
        index = Index(self.lexicon, self._by)
        index.add_claims(claims())
        return index


def measure_progress(
    records: Records, file: Path, fingerprint: str, analyzer: terms.AnalyzerName, own_terms: tuple[Term, ...]
) -> IndexProgress:
    """Return how many texts are in the index that a searcher would use; changes nothing."""
    folder = _index_folder(file, "passages", records, fingerprint, _IndexInputs.make(analyzer, own_terms))
    return _make_progress(records, read_last_sequence(folder))


def discard_indexes(file: Path) -> None:
    """Remove the indexes of the library in a file."""
    _remove(_folder(file))


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _make_progress(records: Records, last: int) -> IndexProgress:
    texts = records.texts.count()
    return IndexProgress(texts - records.texts.count(since=last), texts)


def _index_folder(file: Path, kind: str, records: Records, fingerprint: str, inputs: _IndexInputs) -> Path:
    """Return the folder of an index; versions of an index share the part of the name before the first dot."""
    use = f"{kind}-{records.identity()}-{inputs.words}"
    return _folder(file) / f"{use}.{fingerprint[:16]}-{inputs.version}"


def _folder(file: Path) -> Path:
    return file.with_name(f"{file.name}.index")


def _passages(hits: Hits, snapshot: RecordSnapshot, day: date | None) -> Iterator[Passage]:
    """Yield the passages of the hits, best first, except of texts replaced since indexing or added after a day."""
    for hit in hits.best:
        at = _parse_key(hit.key)
        if day and not snapshot.had_text(at.article, day):
            continue
        if text := snapshot.get_text_numbered(at.article, at.text):
            yield Passage(article=at.article, start=at.start, end=at.end, text=text.body[at.start : at.end])


@convert_engine_errors()
def _parse_key(key: str) -> passages.PassageLocation:
    return passages.parse_key(key)


def _move_repetitions_last(found: Sequence[Passage]) -> tuple[Passage, ...]:
    """Move passages that repeat an earlier one of another article to the end."""
    statements = {
        str(place): near_duplicates.Statement(passage.article, frozenset(passage.text.split()))
        for place, passage in enumerate(found)
    }
    again = near_duplicates.group_repeats(statements)
    return tuple(sorted(found, key=lambda passage: str(found.index(passage)) in again))
