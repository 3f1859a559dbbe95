"""Finds claims and passages in a library's indexes, by the names that its records have.

A finder is made of the packaged data that the records were made from, and serves as long as they are of that data.
"""

import contextlib
import dataclasses
import math
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from knowledge import duplicates, neighbours, terms, vocabulary
from knowledge.index import Index, NewText, last_in, version
from knowledge.lexicon import Lexicon
from knowledge.model import Article, Claim, Entity, Passage, Term, Trend
from knowledge.records import Records
from knowledge.snapshot import Snapshot
from knowledge.store import Found, Indexed, Question

_PASSAGES = 10
"""How many passages are handed out for one question."""
_PATIENCE = 5.0
"""Seconds that a question waits for the index to come up to date, before it is answered without the newest texts."""


class Finder:
    """The lexicon and the indexes of records: in a folder beside their file, in memory where they are in memory."""

    def __init__(
        self,
        records: Records,
        snapshot: Snapshot,
        file: Path | None,
        analyzer: terms.Name = "plain",
        own_terms: tuple[Term, ...] = (),
    ) -> None:
        self._by = terms.of(analyzer)
        self._made_by = _made_by(analyzer, own_terms)
        self._records = records
        self._file = file if records.is_kept else None
        self.generation = f"{snapshot.fingerprint}-{self._made_by}"
        """Another one where the same question may find other claims."""
        self.fingerprint = snapshot.fingerprint
        """The fingerprint of the packaged data that it is made of."""
        self.lexicon = Lexicon(snapshot.all(Entity), snapshot.all(Trend), (*snapshot.all(Term), *own_terms))
        """The names of everything in the records."""
        self._claims = self._index_of("claims", lambda: (claim for claim in records.all(Claim) if claim.stands))

    def find(self, question: Question) -> Found:
        """The claims that speak about a question."""
        hits = self._claims.search(question)
        return Found(
            claims=tuple(hit.key.removeprefix("claim:") for hit in hits.best),
            passages=(),
            near=tuple(hit.key.removeprefix("claim:") for hit in hits.near),
            unknown_words=hits.unknown_words,
            whole=hits.whole,
            respelt_words=hits.respelt_words,
            scores=tuple(hit.score for hit in hits.best),
            trends=Counter(trend for hit in hits.best for trend in hit.trends),
            generation=self.generation,
        )

    def with_passages(self, question: Question, found: Found, snapshot: Snapshot) -> Found:
        """The same with the passages that speak about it, and without the unknown words that stand in one."""
        if snapshot.last_text > self._passages.last:
            self._catch_up()
        behind = self.indexed() if snapshot.last_text > self._passages.last else None
        hits = self._passages.search_whole(question)
        return dataclasses.replace(
            found,
            passages=_without_crowding([_passage(hit.key, snapshot) for hit in hits.best[:_PASSAGES]]),
            unknown_words=tuple(word for word in found.unknown_words if word in hits.unknown_words),
            respelt_words=tuple(
                word for word in found.respelt_words if word in (*hits.respelt_words, *hits.unknown_words)
            ),
            whole_passages=hits.whole,
            behind=behind,
        )

    @cached_property
    def _passages(self) -> Index:
        return self._index_of("passages", lambda: ())

    def reindex(self) -> Iterator[Indexed]:
        """Bring every text into the index, however long it takes; yields how far it has come."""
        yield self.indexed()
        for _ in self._passages.add_texts(self._texts_since, math.inf):
            yield self.indexed()

    def indexed(self) -> Indexed:
        """How many of the texts are in the index."""
        return _counted(self._records, self._passages.last)

    def _catch_up(self) -> None:
        try:
            deque(self._passages.add_texts(self._texts_since, _PATIENCE), maxlen=0)
        except (OSError, ValueError):  # its folder is gone: another process is making it anew
            del self._passages
            deque(self._passages.add_texts(self._texts_since, _PATIENCE), maxlen=0)

    def _texts_since(self, seq: int) -> Iterator[NewText]:
        for new, text in self._records.texts_since(seq):
            yield new, self._records.get(Article, [text.article])[text.article], text

    def _index_of(self, kind: str, claims: Callable[[], Iterable[Claim]]) -> Index:
        if self._file is not None:
            folder = _place(self._file, kind, self._records, self.fingerprint, self._made_by)
            with contextlib.suppress(OSError, ValueError):  # no room or no right to write: memory does as well
                return Index.at(folder, self.lexicon, self._by, claims)
        index = Index(self.lexicon, self._by)
        index.add_claims(claims())
        return index


def indexed(
    records: Records, file: Path, fingerprint: str, analyzer: terms.Name, own_terms: tuple[Term, ...]
) -> Indexed:
    """How many of the texts are in the index that a finder would use; nothing is made or brought up to date."""
    folder = _place(file, "passages", records, fingerprint, _made_by(analyzer, own_terms))
    return _counted(records, last_in(folder))


def discard(file: Path) -> None:
    """Remove the indexes of the library in a file."""
    shutil.rmtree(_folder(file), ignore_errors=True)


def _counted(records: Records, last: int) -> Indexed:
    texts = records.count_texts()
    return Indexed(texts - records.count_texts(since=last), texts)


def _made_by(analyzer: terms.Name, own_terms: tuple[Term, ...]) -> str:
    """What decides on the terms in an index, besides the packaged data."""
    return "-".join(filter(None, [analyzer, vocabulary.fingerprint(own_terms), version(terms.of(analyzer))]))


def _place(file: Path, kind: str, records: Records, fingerprint: str, made_by: str) -> Path:
    return _folder(file) / f"{kind}-{records.identity()}-{fingerprint[:16]}-{made_by}"


def _folder(file: Path) -> Path:
    return file.with_name(f"{file.name}.index")


def _passage(key: str, snapshot: Snapshot) -> Passage:
    article, start, end = neighbours.stretch(key)
    text = snapshot.text(article)
    return Passage(article=article, start=start, end=end, text=text.body[start:end] if text else "")


def _without_crowding(found: Sequence[Passage]) -> tuple[Passage, ...]:
    """The same passages, those at the end that say what another article's says before."""
    said = {
        str(place): duplicates.Statement(one.article, frozenset(one.text.split())) for place, one in enumerate(found)
    }
    again = duplicates.groups(said)
    return tuple(sorted(found, key=lambda one: str(found.index(one)) in again))
