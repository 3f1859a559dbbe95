"""An article that an assistant brings: its words, or the address to fetch it from."""

from knowledge.fetch.client import WebClient
from knowledge.ingest.add import Bringer, Told
from knowledge.ingest.reader import Reader
from knowledge.model.errors import UnanswerableError
from knowledge.model.records import Bilingual, Language
from knowledge.queries import citations
from knowledge.queries.answers import Answer, Quoted
from knowledge.store.store import AddedText, Store

_SHOWN = 200
"""Code points of a text that the answer begins with."""


class TextAdded(Answer):
    """What became of a text."""

    article: str
    """Id of its article."""
    title: str | None = None
    """Its headline, as data from outside."""
    claims: int
    """How many claims it has here."""
    again: bool
    """Whether the very text was there before."""
    copy_of: str | None = None
    """Id of the article that it is a copy of: both are one source."""
    copies: tuple[str, ...] = ()
    """Ids of articles that turned out to be copies of it."""
    length: int
    """Length of the text in Unicode code points."""
    text: Quoted | None = None
    """How it begins, as data from outside."""


async def offered(store: Store, text: str, url: str, told: Told, by: str, language: Language) -> TextAdded:
    """Take in an article's words; where there are none, fetch them.

    Args:
        store: the library.
        text: the words.
        url: where they are, or are from.
        told: what is said of the article besides.
        by: who brings it.
        language: of the answer.

    Raises:
        UnanswerableError: if there is neither text nor address.
        FetchError: if the address may not be fetched, or does not answer.
        IngestError: if there is no article in it.
        StoreError: if it cannot be kept.
    """
    if not text.strip() and not url:
        raise UnanswerableError(_NOTHING.in_language(language))
    async with Reader() as reader:
        bringer = Bringer(store, reader, by)
        added = await (bringer.words(text, told, url) if text.strip() else _fetched(bringer, url, told))
    return await _answer(store, added, language)


_NOTHING = Bilingual(
    ko="`text`에 기사 원문을 통째로 넣거나, `url`에 가져올 주소를 넣으세요.",
    en="Give the article's whole text in `text`, or the address to fetch it from in `url`.",
)


async def _fetched(bringer: Bringer, url: str, told: Told) -> AddedText:
    async with WebClient() as web:
        page = await web.get(url)
    return await bringer.page(page, told=told)


async def _answer(store: Store, added: AddedText, language: Language) -> TextAdded:
    article = added.article
    text = await store.get_text(article.id)
    return TextAdded(
        language=language,
        article=article.id,
        title=article.title,
        again=added.again,
        claims=len(await store.find_claims("article", article.id)),
        copy_of=added.copy_of,
        copies=added.copies,
        length=len(text.body) if text else article.length,
        text=citations.quoted(article.id, 0, text.body[:_SHOWN]) if text else None,
        notes=added.notes,
    )
