"""The default Store: SQLite holds the records; a tantivy index, derived from them, finds.

Opening does nothing but remember where the file is; the first question opens it, fills it from the packaged data where
that is new, and the first search makes the index, in a folder beside the file (in memory for a store in memory).
"""

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from knowledge import anchor, curated
from knowledge.errors import StoreError
from knowledge.index import VERSION, Index, NewText
from knowledge.lexicon import Lexicon
from knowledge.model import Article, Bilingual, Claim, Entity, Evidence, Passage, Term, Trend, Value
from knowledge.records import Records
from knowledge.store import Added, Aspect, Found, Question, Text
from knowledge.visible import visible

_V = TypeVar("_V", bound=Value)
_R = TypeVar("_R")


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
        if "_records" in self.__dict__:
            self._records.close()

    async def find(self, question: Question) -> Found:
        return await self._on_thread(lambda: self._find(question))

    async def get(self, kind: type[_V], ids: tuple[str, ...]) -> dict[str, _V]:
        return await self._quickly(lambda: self._records.get(kind, ids))

    async def all(self, kind: type[_V]) -> tuple[_V, ...]:
        return await self._quickly(lambda: self._records.all(kind))

    async def claims(self, aspect: Aspect, *values: str) -> tuple[Claim, ...]:
        return await self._quickly(lambda: self._quoted(self._records.claims(aspect, values)))

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
        if self._file:
            _make_folder(self._file.parent)
        records = Records(self._file)
        if records.fingerprint() != self._fingerprint:
            records.replace_packaged(curated.load(self._data), self._fingerprint)
        return records

    @cached_property
    def _fingerprint(self) -> str:
        return curated.fingerprint(self._data)

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(self._records.all(Entity), self._records.all(Trend), self._records.all(Term))

    @cached_property
    def _index(self) -> Index:
        claims = self._records.all(Claim)
        if self._file is not None:
            folder = self._file.with_suffix(".index") / f"{self._fingerprint[:16]}-{VERSION}"
            with contextlib.suppress(OSError):  # no room or no right to write: memory does as well
                return Index.at(folder, self._lexicon, claims)
        index = Index(self._lexicon)
        index.add_claims(claims)
        return index

    def _find(self, question: Question) -> Found:
        if self._records.last_text() > self._index.last:
            self._index.add_texts(self._new_texts())
        hits = self._index.search(question.text, question.filters)
        return Found(
            claims=tuple(hit.key.removeprefix("claim:") for hit in hits.claims),
            passages=tuple(self._passage(hit.key) for hit in hits.passages),
            near=tuple(hit.key.removeprefix("claim:") for hit in hits.near),
            unknown_words=hits.unknown_words,
            whole=hits.whole,
        )

    def _new_texts(self) -> list[NewText]:
        texts = self._records.texts_since(self._index.last)
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
        if not body.strip():
            raise StoreError("The text is empty. Give a file with the text of an article.")
        digest = anchor.digest(body)
        known = self._recognise(body, digest)
        article = known or _new_article(body, digest)
        claims = self._records.claims("article", [article.id])
        places = _places(article, claims, body, digest)
        kept = self._records.text(article.id)
        if kept is None or len(places) >= len(kept.places):
            self._records.put_text(Text(article.id, digest, body, places), None if known else article)
        else:
            places = dict(kept.places)  # the copy that is there shows more
        whole = sum(all(evidence.sha256 in places for evidence in claim.evidence) for claim in claims)
        return Added(article, known is not None, whole, len(claims) - whole)

    def _recognise(self, body: str, digest: str) -> Article | None:
        """The article that a text is a copy of: by its digest, or the one most of whose seals it contains."""
        articles = self._records.all(Article)
        same = next((article for article in articles if article.sha256 == digest), None)
        if same:
            return same
        found = Counter({article.id: self._seals_found(article, body) for article in articles})
        best, count = found.most_common(1)[0] if found else ("", 0)
        return next(article for article in articles if article.id == best) if count else None

    def _seals_found(self, article: Article, body: str) -> int:
        """How many of an article's longest seals are in a text."""
        evidence = {
            piece.sha256: piece for claim in self._records.claims("article", [article.id]) for piece in claim.evidence
        }
        longest = sorted(evidence.values(), key=lambda piece: piece.start - piece.end)[:_SEALS_TRIED]
        return sum(anchor.find(body, piece) is not None for piece in longest)


_LONGEST_TITLE = 200
_SEALS_TRIED = 12
"""Seals of one article that are looked for before a text is taken for another."""


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {folder} cannot be made: {error.strerror}. Name another file with AI_TRENDS_LIBRARY."
        raise StoreError(message) from error


def _places(article: Article, claims: tuple[Claim, ...], body: str, digest: str) -> dict[str, int]:
    """Where each seal of the claims begins in a text. Copies mostly shift as a whole: the last shift is tried first."""
    if digest == article.sha256:
        return {piece.sha256: piece.start for claim in claims for piece in claim.evidence}
    places: dict[str, int] = {}
    shift = 0
    for piece in (piece for claim in claims for piece in claim.evidence):
        place = anchor.find(body, piece, near=piece.start + shift)
        if place is not None:
            places[piece.sha256] = place
            shift = place - piece.start
    return places


def _with_quotes(claim: Claim, text: Text | None) -> Claim:
    if text is None:
        return claim
    return claim.model_copy(update={"evidence": tuple(_with_quote(piece, text) for piece in claim.evidence)})


def _with_quote(evidence: Evidence, text: Text) -> Evidence:
    place = text.places.get(evidence.sha256)
    if place is None:
        return evidence
    return evidence.model_copy(update={"quote": text.body[place : place + evidence.end - evidence.start]})


def _new_article(body: str, digest: str) -> Article:
    """The record of a text that the knowledge base does not know: its first line serves as the title."""
    title = " ".join(visible(body.strip().splitlines()[0]).split())[:_LONGEST_TITLE] or digest[:12]
    about = Bilingual(ko=f"사용자가 추가한 글: {title}", en=f"A text that the user added: {title}")
    return Article(id=f"text-{digest[:12]}", title=title, about=about, length=len(body), sha256=digest)
