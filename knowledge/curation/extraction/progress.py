"""How far a model has come with each article, in the library itself: a run that ends anywhere is gone on with by the next."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from knowledge.curation.extraction.prompts import VERSION
from knowledge.curation.extraction.types import Part
from knowledge.model.records import Article, Digest, Value
from knowledge.store.store import Store

_WORK = "extraction"
MOST_TRIES = 3
"""How many runs try a part that fails."""


class Failed(Value):
    """A part of which nothing came."""

    start: int
    end: int
    why: str
    tries: int


class Note(Value):
    """How far it has come with one article."""

    sha256: Digest
    """Of the text."""
    done_to: int = 0
    """Code points from the beginning that are done."""
    failed: tuple[Failed, ...] = ()

    def has_more(self, length: int) -> bool:
        """Whether anything is left to ask of a text of that length."""
        return self.done_to < length or any(one.tries < MOST_TRIES for one in self.failed)

    def with_failed(self, part: Part, why: str, *, is_lasting: bool) -> "Note":
        """The note after nothing has come of a part."""
        before = next((one.tries for one in self.failed if one.start == part.start), 0)
        failed = Failed(start=part.start, end=part.end, why=why, tries=MOST_TRIES if is_lasting else before + 1)
        return self._done(part, (*self._others(part), failed))

    def with_done(self, part: Part) -> "Note":
        """The note after something has come of a part."""
        return self._done(part, tuple(self._others(part)))

    def _done(self, part: Part, failed: tuple[Failed, ...]) -> "Note":
        done_to = part.end if part.start == self.done_to else self.done_to
        return self.model_copy(update={"done_to": done_to, "failed": failed})

    def _others(self, part: Part) -> Iterator[Failed]:
        """What has failed besides, and what is left of it where only its beginning was tried again."""
        for one in self.failed:
            if one.start != part.start:
                yield one
            elif part.end < one.end:
                yield one.model_copy(update={"start": part.end})


@dataclass(frozen=True)
class Memory:
    """What one library remembers of one model's work."""

    store: Store
    model: str

    async def of(self, article: Article) -> Note:
        """How far it has come; at the beginning where its text was another."""
        said = await self.store.get_progress(_WORK, self._item(article))
        try:
            note = Note.model_validate_json(said) if said else None
        except ValidationError:
            note = None
        return note if note and note.sha256 == article.sha256 else Note(sha256=article.sha256)

    async def keep(self, article: Article, note: Note) -> None:
        """Remember it."""
        await self.store.set_progress(_WORK, self._item(article), note.model_dump_json())

    async def forget(self, article: Article) -> None:
        """Begin anew."""
        await self.store.set_progress(_WORK, self._item(article), None)

    def _item(self, article: Article) -> str:
        return f"{article.id} {VERSION} {self.model}"
