"""Which articles are read: those that are named, else the user's own that this model has not read to the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.curation.extraction.parts import parts
from knowledge.curation.extraction.progress import MOST_TRIES, Memory, Note
from knowledge.curation.extraction.types import Part
from knowledge.model.errors import UnanswerableError
from knowledge.model.records import Article
from knowledge.queries import messages
from knowledge.queries.names import ARTICLE
from knowledge.store.store import Store


@dataclass(frozen=True)
class Chosen:
    """An article with what is left of it to read."""

    article: Article
    note: Note
    parts: tuple[Part, ...]
    """As they would be given; a model for which one is too long gets shorter ones."""

    @property
    def length(self) -> int:
        """Code points that are left."""
        return sum(map(len, self.parts))


async def chosen(store: Store, memory: Memory, ids: Sequence[str] = (), *, again: bool = False) -> tuple[Chosen, ...]:
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
        note = Note(sha256=article.sha256) if again else await memory.of(article)
        tried = [Part(one.start, one.end) for one in note.failed if one.tries < MOST_TRIES]
        found.append(Chosen(article, note, (*tried, *parts(text.body, note.done_to))))
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
