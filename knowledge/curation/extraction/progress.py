"""Progress of a model through each article, kept in the library, so that the next run resumes there; articles still to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from knowledge.curation.extraction.parts import split_text
from knowledge.curation.extraction.prompts import VERSION
from knowledge.curation.extraction.types import TextPart
from knowledge.model import Article, Digest, UnanswerableError, Value
from knowledge.queries import ARTICLE, messages
from knowledge.store import Store

_WORK = "extraction"
MOST_TRIES = 3
"""Runs that try a part that fails."""


class FailedPart(Value):
    """A part that could not be read."""

    start: int
    end: int
    why: str
    tries: int


class ArticleProgress(Value):
    """Progress with one article."""

    sha256: Digest
    """Digest of the text."""
    done_to: int = 0
    """Code points done, from the beginning."""
    failed: tuple[FailedPart, ...] = ()

    def has_more(self, length: int) -> bool:
        """Check whether anything is left to read of a text of that length."""
        return self.done_to < length or bool(self.retryable())

    def retryable(self) -> list[TextPart]:
        """Return the failed parts to try again."""
        return [TextPart(part.start, part.end) for part in self.failed if part.tries < MOST_TRIES]

    def with_failed(self, part: TextPart, why: str, *, is_lasting: bool) -> "ArticleProgress":
        """Return the progress after a part has failed."""
        before = next((failed.tries for failed in self.failed if failed.start == part.start), 0)
        failed = FailedPart(start=part.start, end=part.end, why=why, tries=MOST_TRIES if is_lasting else before + 1)
        return self._done(part, (*self._others(part), failed))

    def with_done(self, part: TextPart) -> "ArticleProgress":
        """Return the progress after a part has been read."""
        return self._done(part, tuple(self._others(part)))

    def _done(self, part: TextPart, failed: tuple[FailedPart, ...]) -> "ArticleProgress":
        done_to = part.end if part.start == self.done_to else self.done_to
        return self.model_copy(update={"done_to": done_to, "failed": failed})

    def _others(self, part: TextPart) -> Iterator[FailedPart]:
        """Yield the other failed parts, and the rest of this one if only its beginning was tried again."""
        for failed in self.failed:
            if failed.start != part.start:
                yield failed
            elif part.end < failed.end:
                yield failed.model_copy(update={"start": part.end})


@dataclass(frozen=True)
class ProgressStore:
    """Progress of one model, kept in one library."""

    store: Store
    model: str

    async def load(self, article: Article) -> ArticleProgress:
        """Return the progress with an article; none yet if its text has changed."""
        saved = await self.store.get_progress(_WORK, self._item(article))
        try:
            progress = ArticleProgress.model_validate_json(saved) if saved else None
        except ValidationError:
            progress = None
        return progress if progress and progress.sha256 == article.sha256 else ArticleProgress(sha256=article.sha256)

    async def save(self, article: Article, progress: ArticleProgress) -> None:
        """Save the progress with an article."""
        await self.store.set_progress(_WORK, self._item(article), progress.model_dump_json())

    async def delete(self, article: Article) -> None:
        """Delete the progress with an article, so that it is read again."""
        await self.store.set_progress(_WORK, self._item(article), None)

    def _item(self, article: Article) -> str:
        return f"{article.id} {VERSION} {self.model}"


@dataclass(frozen=True)
class PendingArticle:
    """An article and its parts that are still to be read."""

    article: Article
    progress: ArticleProgress
    parts: tuple[TextPart, ...]
    """Parts as planned; a model for which one is too long gets shorter ones."""

    @property
    def length(self) -> int:
        """Return the number of code points to read."""
        return sum(map(len, self.parts))


async def select_articles(
    store: Store, saved: ProgressStore, ids: Sequence[str] = (), *, again: bool = False
) -> tuple[PendingArticle, ...]:
    """Return the named articles, or the user's own, with the parts to read; with `again`, all parts.

    Raises:
        UnanswerableError: if a named article, or its exact text, is not in the library.
    """
    articles = [await _find_article(store, name) for name in dict.fromkeys(ids)] if ids else await _own_articles(store)
    found = []
    for article in articles:
        text = await store.get_text(article.id)
        if text is None or text.sha256 != article.sha256:
            continue
        progress = ArticleProgress(sha256=article.sha256) if again else await saved.load(article)
        parts = (*progress.retryable(), *split_text(text.body, progress.done_to))
        found.append(PendingArticle(article, progress, parts))
    return tuple(found)


async def _find_article(store: Store, name: str) -> Article:
    article = (await store.get(Article, (name,))).get(name)
    if article is None:
        known = [other.id for other in await store.list_all(Article)]
        raise UnanswerableError(messages.describe_missing(ARTICLE, name, known).in_language("en"))
    text = await store.get_text(name)
    if text is None or text.sha256 != article.sha256:
        raise UnanswerableError(messages.describe_missing_text(name, has_copy=text is not None).in_language("en"))
    return article


async def _own_articles(store: Store) -> list[Article]:
    """Return the articles of the user's texts, without copies of one another, which have the same claims."""
    events = await store.list_events()
    own = {event.subject for event in events if event.action == "added" and event.record}
    return [
        article for article in await store.list_all(Article) if article.id in own and article.syndicated_from not in own
    ]
