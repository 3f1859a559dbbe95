"""The default Store: SQLite holds the records; a tantivy index, derived from them, finds.

Opening does nothing but remember where the file is; the first question opens it, fills it from the packaged data where
that is new, and the first search makes the index, in a folder beside the file (in memory for a store in memory).
"""

import asyncio
import contextlib
import dataclasses
import logging
import threading
from collections.abc import Callable, Iterable
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from knowledge import anchor, copies, curated
from knowledge.errors import StoreError, UnwritableError
from knowledge.index import VERSION, Index, NewText
from knowledge.lexicon import Lexicon
from knowledge.model import Article, Claim, Entity, Evidence, Passage, Term, Trend, Value
from knowledge.records import Records
from knowledge.store import Added, Aspect, Filters, Found, Question, Text

_V = TypeVar("_V", bound=Value)
_R = TypeVar("_R")
_PASSAGES = 10
"""How many passages are handed out for one question."""
_LOG = logging.getLogger(__name__)


class EmbeddedStore:
    """A store in one file, or in memory when there is none. One call at a time; what takes long runs on a thread."""

    def __init__(self, file: Path | None = None, data: Traversable | None = None) -> None:
        self._file = file
        self._data = data or curated.packaged()
        self._turn = threading.RLock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._turn:
            records = self.__dict__.pop("_records", None)
            for made in ("_lexicon", "_index", "_passages"):
                self.__dict__.pop(made, None)
        if records:
            records.close()

    async def find(self, question: Question) -> Found:
        return await self._on_thread(lambda: self._find(question))

    async def get(self, kind: type[_V], ids: tuple[str, ...]) -> dict[str, _V]:
        return await self._quickly(lambda: self._records.get(kind, ids))

    async def all(self, kind: type[_V]) -> tuple[_V, ...]:
        return await self._quickly(lambda: self._records.all(kind))

    async def claims(self, aspect: Aspect, *values: str) -> tuple[Claim, ...]:
        return await self._quickly(lambda: self._quoted(self._records.claims(aspect, values)))

    async def count(self, aspect: Aspect, ids: tuple[str, ...]) -> dict[str, int]:
        return await self._quickly(lambda: self._records.count(aspect, ids))

    async def lexicon(self) -> Lexicon:
        return await self._quickly(lambda: self._lexicon)

    async def text(self, article: str) -> Text | None:
        return await self._quickly(lambda: self._records.text(article))

    async def add_text(self, text: str) -> Added:
        return await self._on_thread(lambda: self._add_text(anchor.normalise(text)))

    async def _quickly(self, work: Callable[[], _R]) -> _R:
        """Do what takes less time than changing threads at once, unless the store is not open yet or is taken."""
        if not self._is_open or not self._turn.acquire(blocking=False):
            return await self._on_thread(work)
        try:
            return work()
        finally:
            self._turn.release()

    async def _on_thread(self, work: Callable[[], _R]) -> _R:
        def in_turn() -> _R:
            with self._turn:
                return work()

        return await asyncio.to_thread(in_turn)

    @property
    def _is_open(self) -> bool:
        return "_lexicon" in self.__dict__

    @cached_property
    def _records(self) -> Records:
        records = _open_records(self._file)
        if records.fingerprint() == self._fingerprint:
            return records
        knowledge = curated.load(self._data)
        try:
            records.replace_packaged(knowledge, self._fingerprint, self._replaced)
        except UnwritableError as error:
            _LOG.warning("The library cannot be written, its texts are not shown: %s", error)
            records.close()
            records = Records(None)
            records.replace_packaged(knowledge, self._fingerprint, self._replaced)
        return records

    @cached_property
    def _fingerprint(self) -> str:
        return curated.fingerprint(self._data)

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(self._records.all(Entity), self._records.all(Trend), self._records.all(Term))

    @cached_property
    def _index(self) -> Index:
        """The index of claims."""
        return self._index_of("claims", lambda: (claim for claim in self._records.all(Claim) if claim.stands))

    @cached_property
    def _passages(self) -> Index:
        """The index of passages."""
        return self._index_of("passages", lambda: ())

    def _index_of(self, kind: str, claims: Callable[[], Iterable[Claim]]) -> Index:
        if self._file is not None and self._records.is_kept:
            folder = self._file.with_name(f"{self._file.name}.index")
            name = f"{kind}-{self._records.identity()}-{self._fingerprint[:16]}-{VERSION}"
            with contextlib.suppress(OSError, ValueError):  # no room or no right to write: memory does as well
                return Index.at(folder / name, self._lexicon, claims)
        index = Index(self._lexicon)
        index.add_claims(claims())
        return index

    def _find(self, question: Question) -> Found:
        hits = self._index.search(question.text, question.filters)
        passages, unknown = self._find_passages(question, hits.unknown_words)
        return Found(
            claims=tuple(hit.key.removeprefix("claim:") for hit in hits.best),
            passages=passages,
            near=tuple(hit.key.removeprefix("claim:") for hit in hits.near),
            unknown_words=unknown,
            whole=hits.whole,
        )

    def _find_passages(
        self, question: Question, unknown: tuple[str, ...]
    ) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
        """The passages that answer, and which of the unknown words stand in no passage either.

        Passages have no trend, entity, kind or time: a question that filters by them is one for claims.
        """
        last = self._records.last_text()
        if not last or not question.text.strip() or question.filters != Filters(articles=question.filters.articles):
            return (), unknown
        if last > self._passages.last:
            self._passages.add_texts(self._new_texts())
        hits = self._passages.search_whole(question.text, question.filters)
        return (
            tuple(self._passage(hit.key) for hit in hits.best[:_PASSAGES]),
            tuple(word for word in unknown if word in hits.unknown_words),
        )

    def _new_texts(self) -> list[NewText]:
        texts = self._records.texts_since(self._passages.last)
        articles = self._records.get(Article, [text.article for _, text in texts])
        return [(seq, articles[text.article], text) for seq, text in texts]

    def _passage(self, key: str) -> Passage:
        _, article, start, end = key.split(":")
        text = self._records.text(article)
        return Passage(
            article=article, start=int(start), end=int(end), text=text.body[int(start) : int(end)] if text else ""
        )

    def _quoted(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        texts = {article: self._records.text(article) for article in {claim.article for claim in claims}}
        return tuple(_with_quotes(claim, texts[claim.article]) for claim in claims)

    def _add_text(self, body: str) -> Added:
        self._refuse(body)
        known = self._known(body)
        article = known or copies.new_article(body)
        claims = self._records.claims("article", [article.id])
        text = Text(article.id, anchor.digest(body), body, _places(article, body, claims))
        kept = self._records.text(article.id)
        again = kept is not None and kept.sha256 == text.sha256
        if kept is None or (not again and len(text.places) >= len(kept.places)):
            self._records.put_text(text, None if known else article)
        else:
            text = kept  # the copy that is there is the same, or shows more
        whole = sum(all(piece.sha256 in text.places for piece in claim.evidence) for claim in claims)
        return Added(article, bool(claims), again, whole, len(claims) - whole)

    def _replaced(self, text: Text, article: Article, claims: tuple[Claim, ...]) -> Text:
        """A text with the places of the seals that its article's claims have now."""
        return dataclasses.replace(text, places=_places(article, text.body, claims))

    def _refuse(self, body: str) -> None:
        if not body.strip():
            raise StoreError("The text is empty. Give a file with the text of an article.")
        if len(body) > copies.LONGEST_TEXT:
            raise StoreError(
                f"The text has {len(body):,} characters; an article has {copies.LONGEST_TEXT:,} at most. Give one article a file."
            )
        if self._file and not self._records.is_kept:
            raise StoreError(f"The library {self._file} cannot be written. Name another file with AI_TRENDS_LIBRARY.")

    def _known(self, body: str) -> Article | None:
        """The article that a text is a copy of: the very one, or one whose seals it contains."""
        articles = {article.id: article for article in self._records.all(Article)}
        digest = anchor.digest(body)
        same = next((article for article in articles.values() if article.sha256 == digest), None)
        if same:
            return same
        recognised = copies.recognise(body, {one: self._records.claims("article", [one]) for one in articles})
        return articles[recognised] if recognised else None


def _places(article: Article, body: str, claims: tuple[Claim, ...]) -> dict[str, tuple[int, int]]:
    """Where the seals of an article's claims stand in a text."""
    if article.sha256 == anchor.digest(body):
        return {piece.sha256: (piece.start, piece.end) for claim in claims for piece in claim.evidence}
    return copies.places(body, claims)


def _open_records(file: Path | None) -> Records:
    """The records in a file; in memory where there is none, or where it can be neither made nor written."""
    if file is None:
        return Records(None)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return Records(file)
    except (UnwritableError, OSError) as error:
        _LOG.warning("The library cannot be used, its texts are not shown: %s", error)
        return Records(None)


def _with_quotes(claim: Claim, text: Text | None) -> Claim:
    if text is None:
        return claim
    return claim.model_copy(update={"evidence": tuple(_with_quote(piece, text) for piece in claim.evidence)})


def _with_quote(evidence: Evidence, text: Text) -> Evidence:
    place = text.places.get(evidence.sha256)
    return evidence.model_copy(update={"quote": copies.quote(text.body, evidence, place)}) if place else evidence
