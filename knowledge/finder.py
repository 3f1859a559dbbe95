"""Finds claims and passages in a library's indexes, by the names that its records have.

A finder is made of the packaged data that the records were made from, and serves as long as they are of that data.
"""

import contextlib
import dataclasses
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from knowledge.index import VERSION, Index, NewText
from knowledge.lexicon import Lexicon
from knowledge.model import Article, Claim, Entity, Passage, Term, Trend
from knowledge.records import Records
from knowledge.snapshot import Snapshot
from knowledge.store import Found, Question

_PASSAGES = 10
"""How many passages are handed out for one question."""


class Finder:
    """The lexicon and the indexes of records: in a folder beside their file, in memory where they are in memory."""

    def __init__(self, records: Records, snapshot: Snapshot, file: Path | None) -> None:
        self._records = records
        self._file = file if records.is_kept else None
        self.fingerprint = snapshot.fingerprint
        """The fingerprint of the packaged data that it is made of."""
        self.lexicon = Lexicon(snapshot.all(Entity), snapshot.all(Trend), snapshot.all(Term))
        """The names of everything in the records."""
        self._claims = self._index_of("claims", lambda: (claim for claim in records.all(Claim) if claim.stands))

    def find(self, question: Question) -> Found:
        """The claims that speak about a question."""
        hits = self._claims.search(question.text, question.filters)
        return Found(
            claims=tuple(hit.key.removeprefix("claim:") for hit in hits.best),
            passages=(),
            near=tuple(hit.key.removeprefix("claim:") for hit in hits.near),
            unknown_words=hits.unknown_words,
            whole=hits.whole,
        )

    def with_passages(self, question: Question, found: Found, snapshot: Snapshot) -> Found:
        """The same with the passages that speak about it, and without the unknown words that stand in one."""
        if snapshot.last_text > self._passages.last:
            self._passages.add_texts(self._new_texts())
        hits = self._passages.search_whole(question.text, question.filters)
        return dataclasses.replace(
            found,
            passages=tuple(_passage(hit.key, snapshot) for hit in hits.best[:_PASSAGES]),
            unknown_words=tuple(word for word in found.unknown_words if word in hits.unknown_words),
        )

    @cached_property
    def _passages(self) -> Index:
        return self._index_of("passages", lambda: ())

    def _new_texts(self) -> list[NewText]:
        texts = self._records.texts_since(self._passages.last)
        articles = self._records.get(Article, [text.article for _, text in texts])
        return [(seq, articles[text.article], text) for seq, text in texts]

    def _index_of(self, kind: str, claims: Callable[[], Iterable[Claim]]) -> Index:
        if self._file is not None:
            folder = self._file.with_name(f"{self._file.name}.index")
            name = f"{kind}-{self._records.identity()}-{self.fingerprint[:16]}-{VERSION}"
            with contextlib.suppress(OSError, ValueError):  # no room or no right to write: memory does as well
                return Index.at(folder / name, self.lexicon, claims)
        index = Index(self.lexicon)
        index.add_claims(claims())
        return index


def _passage(key: str, snapshot: Snapshot) -> Passage:
    _, article, start, end = key.split(":")
    text = snapshot.text(article)
    return Passage(
        article=article, start=int(start), end=int(end), text=text.body[int(start) : int(end)] if text else ""
    )
