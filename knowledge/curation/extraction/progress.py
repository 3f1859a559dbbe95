"""Progress of a model through each article, kept in the library, so that the next run resumes there; articles still to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from knowledge.curation.extraction.parts import split_text
from knowledge.curation.extraction.prompts import VERSION
from knowledge.curation.extraction.types import TextPart
from knowledge.model.errors import UnanswerableError
from knowledge.model.records import Article, Digest, Value
from knowledge.queries import messages
from knowledge.queries.names import ARTICLE
from knowledge.store.store import Store

_WORK = "extraction"
MOST_TRIES = 3
"""How many runs try a part that fails."""


class FailedPart(Value):
    """A part of which nothing came."""

    start: int
    end: int
    why: str
    tries: int


class ArticleProgress(Value):
    """How far it has come with one article."""

    sha256: Digest
    """Of the text."""
    done_to: int = 0
    """Code points from the beginning that are done."""
    failed: tuple[FailedPart, ...] = ()

    def has_more(self, length: int) -> bool:
        """Whether anything is left to ask of a text of that length."""
        return self.done_to < length or any(one.tries < MOST_TRIES for one in self.failed)

    def with_failed(self, part: TextPart, why: str, *, is_lasting: bool) -> "ArticleProgress":
        """The note after nothing has come of a part."""
        before = next((one.tries for one in self.failed if one.start == part.start), 0)
        failed = FailedPart(start=part.start, end=part.end, why=why, tries=MOST_TRIES if is_lasting else before + 1)
        return self._done(part, (*self._others(part), failed))

    def with_done(self, part: TextPart) -> "ArticleProgress":
        """The note after something has come of a part."""
        return self._done(part, tuple(self._others(part)))

    def _done(self, part: TextPart, failed: tuple[FailedPart, ...]) -> "ArticleProgress":
        done_to = part.end if part.start == self.done_to else self.done_to
        return self.model_copy(update={"done_to": done_to, "failed": failed})

    def _others(self, part: TextPart) -> Iterator[FailedPart]:
        """What has failed besides, and what is left of it where only its beginning was tried again."""
        for one in self.failed:
            if one.start != part.start:
                yield one
            elif part.end < one.end:
                yield one.model_copy(update={"start": part.end})


@dataclass(frozen=True)
class ProgressStore:
    """What one library remembers of one model's work."""

    store: Store
    model: str

    async def of(self, article: Article) -> ArticleProgress:
        """How far it has come; at the beginning where its text was another."""
        said = await self.store.get_progress(_WORK, self._item(article))
        try:
            note = ArticleProgress.model_validate_json(said) if said else None
        except ValidationError:
            note = None
        return note if note and note.sha256 == article.sha256 else ArticleProgress(sha256=article.sha256)

    async def keep(self, article: Article, note: ArticleProgress) -> None:
        """Remember it."""
        await self.store.set_progress(_WORK, self._item(article), note.model_dump_json())

    async def forget(self, article: Article) -> None:
        """Begin anew."""
        await self.store.set_progress(_WORK, self._item(article), None)

    def _item(self, article: Article) -> str:
        return f"{article.id} {VERSION} {self.model}"


@dataclass(frozen=True)
class PendingArticle:
    """An article with what is left of it to read."""

    article: Article
    note: ArticleProgress
    parts: tuple[TextPart, ...]
    """As they would be given; a model for which one is too long gets shorter ones."""

    @property
    def length(self) -> int:
        """Code points that are left."""
        return sum(map(len, self.parts))


async def select_articles(
    store: Store, memory: ProgressStore, ids: Sequence[str] = (), *, again: bool = False
) -> tuple[PendingArticle, ...]:
    """The articles to read, with what is left of each; `again` begins anew, as far as the user's own or named ones go.

    Raises:
        UnanswerableError: if a named one is not there, or its very text is not.
    """
    articles = [await _named(store, one) for one in dict.fromkeys(ids)] if ids else await _own(store)
    found = []
    for article in articles:
        text = await store.get_text(article.id)
        if text is None or text.sha256 != article.sha256:
            continue
        note = ArticleProgress(sha256=article.sha256) if again else await memory.of(article)
        tried = [TextPart(one.start, one.end) for one in note.failed if one.tries < MOST_TRIES]
        found.append(PendingArticle(article, note, (*tried, *split_text(text.body, note.done_to))))
    return tuple(found)


async def _named(store: Store, one: str) -> Article:
    article = (await store.get(Article, (one,))).get(one)
    if article is None:
        known = [other.id for other in await store.list_all(Article)]
        raise UnanswerableError(messages.describe_missing(ARTICLE, one, known).in_language("en"))
    text = await store.get_text(one)
    if text is None or text.sha256 != article.sha256:
        raise UnanswerableError(messages.describe_missing_text(one, has_copy=text is not None).in_language("en"))
    return article


async def _own(store: Store) -> list[Article]:
    """The articles that came with the user's texts, but for copies of others among them: these have the same claims."""
    events = await store.list_events()
    own = {event.subject for event in events if event.action == "added" and event.record}
    return [one for one in await store.list_all(Article) if one.id in own and one.syndicated_from not in own]
