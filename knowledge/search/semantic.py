"""Semantic search: optional, beside the search by words; embeddings are prepared in the background.

The similarity threshold is calibrated per model and library with everyday questions that the library certainly does not
answer: a hit must be more similar to its question than the library is to those.
"""

import hashlib
import itertools
import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from knowledge.model import Article, Claim, StoreError, UnwritableError
from knowledge.search import passages
from knowledge.search.embeddings import BATCH_SIZE, Embedder, Vector
from knowledge.search.vectors import MAX_ROWS, VectorIndex
from knowledge.store import Records

if TYPE_CHECKING:
    from knowledge.search.vectors import Places, Rows

_LOG = logging.getLogger(__name__)
_UNRELATED_QUESTIONS = (
    "How do I keep sourdough from sticking to the bowl?",
    "What time does the last ferry to the island leave?",
    "Which vitamins are lost when spinach is boiled?",
    "How often should a bicycle chain be oiled?",
    "Why do cats knead blankets?",
    "What is the offside rule in football?",
    "How do I remove red wine from a carpet?",
    "When were the pyramids built?",
    "What do you give a dog with an upset stomach?",
    "How do I prune an old apple tree?",
    "김치찌개에는 어떤 고기를 넣나?",
    "아기가 밤에 자주 깰 때 어떻게 하나?",
    "제주도 가는 배는 몇 시에 떠나나?",
    "무릎이 아플 때 하면 좋은 운동은?",
    "세종대왕은 언제 태어났나?",
    "화분에 물은 며칠마다 주어야 하나?",
    "결혼식 축의금은 얼마가 적당한가?",
    "고양이가 풀을 먹는 까닭은?",
    "바이올린 줄은 얼마나 자주 가나?",
    "흰 운동화는 어떻게 빠나?",
)
"""Questions that a library on AI does not answer, in both languages, from many fields."""
_ANSWERED = 1
"""The number of them that a user's own texts may answer after all."""
_MOST_FOUND = 50
_PATIENCE_S = 2.0
"""Seconds that a question waits for preparation before it is answered without."""
_REST_S = 30.0
"""Seconds between a failure and the next try."""
_LAST_QUESTIONS = 16
_STOP_S = 5.0

_N = TypeVar("_N")
PassageSpan = tuple[str, int, int]
"""Article, first code point, one past the last."""


@dataclass(frozen=True)
class SemanticHits:
    """Claims and passages similar to a question, with the similarity above the threshold."""

    claims: dict[str, float] = field(default_factory=dict)
    passages: dict[PassageSpan, float] = field(default_factory=dict)
    awaiting: tuple[int, int] | None = None
    """The numbers of prepared and of all documents while preparation runs."""
    fault: str = ""
    """The reason for a failure, or an empty string."""


@dataclass(frozen=True)
class _View:
    """The rows that are current, with their claims and passages."""

    version: tuple[tuple[int, int], int]
    claims: tuple["Places", list[str]]
    passages: tuple["Places", list[PassageSpan]]
    floors: tuple[float, float]
    """The similarity thresholds of claims and of passages."""


class SemanticSearch:
    """Finds claims and passages of one library by meaning."""

    def __init__(self, embedder: Embedder, records: Records, file: Path | None) -> None:
        """Open the vector index; embeds nothing yet.

        Raises:
            StoreError: the `dense` extra is not installed, or the model is missing.
        """
        self._embedder = embedder
        self._records = records
        kept = file is not None and records.is_kept
        folder = (
            file.with_name(f"{file.name}.vectors") / f"{records.identity()}-{embedder.name}" if kept and file else None
        )
        try:
            self._vectors = VectorIndex(folder)
        except UnwritableError as error:  # memory does as well
            _LOG.warning("What texts mean is not kept: %s", error)
            self._vectors = VectorIndex()
        self._turn = threading.RLock()
        self._stop = threading.Event()
        self._worker: threading.Thread | None = None
        self._prepared: tuple[int, int] | None = None
        """The version of the records that all is prepared for."""
        self._seen: _View | None = None
        self._rest_until = 0.0
        self._question = lru_cache(_LAST_QUESTIONS)(lambda text: self._embedder.embed_queries([text])[0])
        self._fault = ""
        self._progress: tuple[int, int] | None = None

    def search(self, texts: Collection[str], claims: Collection[str] | None, articles: Collection[str]) -> SemanticHits:
        """Return the claims (among those given, if any) and passages (of these articles, if any) most similar to the texts.

        Empty after a failure.
        """
        self._prepare_in_background()
        if self._fault and time.monotonic() < self._rest_until:
            return SemanticHits(awaiting=self._progress, fault=self._fault)
        try:
            questions = [self._question(text) for text in texts]
            with self._turn:
                view = self._view()
                similar = self._vectors.similarities(questions).max(axis=0)
        except StoreError as error:
            self._failed(error)
            return SemanticHits(awaiting=self._progress, fault=self._fault)
        if self._prepared:
            self._fault = ""
        return SemanticHits(
            _above(similar, view.claims, view.floors[0], lambda claim: claims is None or claim in claims),
            _above(similar, view.passages, view.floors[1], lambda span: not articles or span[0] in articles),
            self._progress,
            self._fault,
        )

    def prepare(self) -> Iterator[tuple[int, int]]:
        """Embed new claims and texts, unless another process does; yields how many of how many are done.

        Raises:
            StoreError: if the model or the endpoint does not work, or nothing can be written.
        """
        version = self._records.version()
        with self._vectors.writing() as may_write:
            if not may_write:
                with self._turn:
                    self._vectors.reload()
                return
            yield from self._embed()
        if not self._stop.is_set():
            self._prepared = version

    def close(self) -> None:
        """Stop preparing; finished embeddings stay."""
        self._stop.set()
        if self._worker:
            self._worker.join(_STOP_S)

    def _embed(self) -> Iterator[tuple[int, int]]:
        there = set(self._vectors.keys)
        after = max((int(key.split(":")[4]) for key in there if key.endswith(":end")), default=0)
        claims = [document for document in self._claim_documents() if document[0] not in there]
        done, total = 0, len(claims) + self._records.texts.count(after)
        for batch in _batches(itertools.chain(claims, self._passage_documents(after, there))):
            if self._stop.is_set():
                return
            if len(self._vectors.keys) >= MAX_ROWS:
                _LOG.warning(
                    "Search by meaning covers the first %s claims and passages; the others are found by words.",
                    f"{MAX_ROWS:,}",
                )
                return
            yield done, total
            vectors = self._embedder.embed_documents([text for _, text in batch])
            with self._turn:
                self._vectors.add([key for key, _ in batch], vectors)
            done += sum(key.startswith("claim:") or key.endswith(":end") for key, _ in batch)
        yield total, total

    def _claim_documents(self) -> Iterator[tuple[str, str]]:
        """Yield key and text of both statements of each current claim."""
        for claim in self._records.list_all(Claim):
            for statement in (claim.statement.ko, claim.statement.en) if claim.stands else ():
                yield f"claim:{claim.id}:{hashlib.sha256(statement.encode()).hexdigest()[:8]}", statement

    def _passage_documents(self, after: int, there: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield key and text of each passage of texts after a sequence number; the key of a text's last passage is marked."""
        for seq, text in self._records.texts.iterate_since(after):
            article = self._records.get(Article, [text.article])[text.article]
            cut = passages.split_passages(article.id, text.body)
            for place, passage in enumerate(cut, 1):
                key = f"passage:{article.id}:{passage.start}:{passage.end}:{seq}{':end' if place == len(cut) else ''}"
                if key not in there:
                    yield key, f"{article.title or article.about.ko}\n{passage.text}"

    def _prepare_in_background(self) -> None:
        """Start preparation if needed, and wait briefly: usually it is a text or two."""
        with self._turn:
            working = self._worker is not None and self._worker.is_alive()
            if not working and self._prepared != self._records.version() and time.monotonic() >= self._rest_until:
                self._worker = threading.Thread(target=self._work, name="search by meaning", daemon=True)
                self._worker.start()
            worker = self._worker
        if worker and worker.is_alive():
            worker.join(_PATIENCE_S)

    def _work(self) -> None:
        try:
            for progress in self.prepare():
                self._progress = progress
            self._fault = ""
        except StoreError as error:
            self._failed(error)
        finally:
            self._progress = None

    def _failed(self, error: StoreError) -> None:
        self._fault = str(error)
        self._rest_until = time.monotonic() + _REST_S

    def _view(self) -> _View:
        """Return the current rows: of current statements, and of each article's current text."""
        version = self._records.version(), len(self._vectors.keys)
        if self._seen and self._seen.version == version:
            return self._seen
        stand = {key for key, _ in self._claim_documents()}
        kept = self._records.texts.list_numbers()
        parts = [key.split(":") for key in self._vectors.keys]
        claims = {row: parts[row][1] for row, key in enumerate(self._vectors.keys) if key in stand}
        found = {
            row: (part[1], int(part[2]), int(part[3]))
            for row, part in enumerate(parts)
            if part[0] == "passage" and int(part[4]) == kept.get(part[1])
        }
        floors = self._floors(list(claims), list(found))
        chosen = self._vectors.places(list(claims)), self._vectors.places(list(found))
        self._seen = _View(version, (chosen[0], list(claims.values())), (chosen[1], list(found.values())), floors)
        return self._seen

    def _floors(self, claims: list[int], found: list[int]) -> tuple[float, float]:
        similar = self._vectors.similarities(self._foreign)
        return tuple(_floor(similar[:, rows]) if rows else 1.0 for rows in (claims, found))  # type: ignore[return-value]

    @cached_property
    def _foreign(self) -> list[Vector]:
        return self._embedder.embed_queries(_UNRELATED_QUESTIONS)


def _floor(similar: "Rows") -> float:
    """Return the similarity that unrelated questions do not reach, apart from `_ANSWERED` of them."""
    return float(sorted(row.max() for row in similar)[-1 - _ANSWERED])


def _above(
    similar: "Rows", rows: "tuple[Places, list[_N]]", floor: float, wanted: Callable[[_N], bool]
) -> dict[_N, float]:
    """Return the rows above the threshold, with the difference, the most similar first."""
    places, names = rows
    over = similar[places] - floor
    above: dict[_N, float] = {}
    for place in sorted((over > 0).nonzero()[0], key=lambda place: -over[place]):
        if wanted(names[place]):
            above.setdefault(names[place], float(over[place]))
        if len(above) == _MOST_FOUND:
            break
    return above


def _batches(documents: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    several = iter(documents)
    while batch := list(itertools.islice(several, BATCH_SIZE)):
        yield batch
