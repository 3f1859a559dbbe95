"""The import of articles from files, pages and plain text into a library, with their origin."""

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from knowledge.fetch import WebClient, WebPage
from knowledge.ingest.document import Document, clean_line
from knowledge.ingest.reader import LONGEST, STANDARD_INPUT, Reader
from knowledge.model import Bilingual, IngestError, Language, Origin, StoreError, UnanswerableError, check_period
from knowledge.queries import Answer, Quoted, citations
from knowledge.store import AddedText, Store, TextMetadata


class ArticleMetadata(NamedTuple):
    """Bibliographic data given by the user, for what a file or page does not declare. Empty means unknown."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    """A day, a month or a year (EDTF)."""


NO_METADATA = ArticleMetadata()
Done = tuple[str, str, str]
"""A progress note that is stored in the same transaction as a text: work, item, note."""


@dataclass(frozen=True)
class ArticleImporter:
    """An importer of articles into one library, in a person's name."""

    store: Store
    reader: Reader
    by: str

    async def add_file(self, file: Path, metadata: ArticleMetadata = NO_METADATA) -> AddedText:
        """Add the article in a file.

        Raises:
            IngestError: if there is no article in it.
            StoreError: if it cannot be read or kept.
        """
        try:
            with file.open("rb") as opened:
                data = opened.read(LONGEST + 1)
        except OSError as error:
            raise StoreError(_unreadable(file, error)) from error
        return await self.add_bytes(data, file.name, metadata)

    async def add_bytes(
        self, data: bytes, name: str = STANDARD_INPUT, metadata: ArticleMetadata = NO_METADATA
    ) -> AddedText:
        """Add the article in some bytes, from a file of that name or from elsewhere.

        Raises:
            IngestError: if there is no article in them.
            StoreError: if it cannot be kept.
        """
        document = await self.reader.read(data, name=name)
        return await self._store(document, data, name, datetime.now(UTC), metadata=metadata)

    async def add_text(self, text: str, metadata: ArticleMetadata, url: str = "") -> AddedText:
        """Add a text that is given as such, from some address or none.

        Raises:
            IngestError: if there is no article in it, or its date of publication is invalid.
            StoreError: if it cannot be kept.
        """
        data = text.encode("utf-8", "surrogatepass")
        document = await self.reader.read(data, name="text", media_type="text/plain", charset="utf-8", url=url)
        return await self._store(document, data, document.url or self.by, datetime.now(UTC), metadata=metadata)

    async def add_page(
        self, page: WebPage, done: Done | None = None, metadata: ArticleMetadata = NO_METADATA
    ) -> AddedText:
        """Add the article of a page that was fetched.

        Raises:
            IngestError: if there is no article in it.
            StoreError: if it cannot be kept.
        """
        document = await self.reader.read(
            page.body, name=page.url, media_type=page.media_type, charset=page.charset, url=page.url
        )
        return await self._store(document, page.body, page.url, page.fetched, done, metadata)

    async def _store(
        self,
        document: Document,
        data: bytes,
        source: str,
        fetched: datetime,
        done: Done | None = None,
        metadata: ArticleMetadata = NO_METADATA,
    ) -> AddedText:
        origin = Origin(
            source=_line(source),
            fetched=fetched,
            medium=document.medium,
            charset=document.charset,
            extractor=document.extractor,
            received=sha256(data).hexdigest(),
            said=document.said,
        )
        arrival = TextMetadata(
            by=self.by,
            origin=origin,
            title=document.title or clean_line(metadata.title),
            author=document.author or clean_line(metadata.author),
            publisher=document.publisher or clean_line(metadata.publisher),
            published=document.published or _date(metadata.published),
            url=document.url,
            language=document.language,
            done=done,
        )
        added = await self.store.add_text(document.body, arrival)
        return dataclasses.replace(added, notes=document.notes)


def _unreadable(file: Path, error: OSError) -> str:
    """Return why a file cannot be read, and what to give instead."""
    if file.is_dir():
        return f"is a folder. Name its files: ai-trends-mcp add {file / '*.txt'}"
    if isinstance(error, FileNotFoundError):
        return "is not there. See its name."
    return f"cannot be read: {error.strerror}. Give a file that you may read."


def _date(published: str) -> str | None:
    if not published:
        return None
    try:
        return check_period(published)
    except ValueError as error:
        raise IngestError(
            "published", str(error), "A day, a month or a year is taken", "Leave it out where it is unknown"
        ) from None


def _line(source: str) -> str:
    """Return a source on one line."""
    return " ".join(source.split()) or STANDARD_INPUT


_SHOWN = 200
"""Code points of a text that the answer begins with."""


class TextAdded(Answer):
    """Result of adding a text."""

    article: str
    """Id of its article."""
    title: str | None = None
    """Its headline, as data from outside."""
    claims: int
    """Number of its claims in the library."""
    again: bool
    """True if the same text was there before."""
    copy_of: str | None = None
    """Id of the article that it is a copy of: both are one source."""
    copies: tuple[str, ...] = ()
    """Ids of articles that turned out to be copies of it."""
    length: int
    """Length of the text in Unicode code points."""
    text: Quoted | None = None
    """Its beginning, as data from outside."""


async def add_article(
    store: Store, text: str, url: str, metadata: ArticleMetadata, by: str, language: Language
) -> TextAdded:
    """Add an article from its text, or fetch it where no text is given.

    Args:
        store: the library.
        text: the article's text, or empty.
        url: the address to fetch, or the origin of the text.
        metadata: bibliographic data; it counts where the page declares none.
        by: name of the person or client, for the history.
        language: language of the answer.

    Raises:
        UnanswerableError: if there is neither text nor address.
        FetchError: if the address may not be fetched, or does not answer.
        IngestError: if there is no article in it.
        StoreError: if it cannot be kept.
    """
    if not text.strip() and not url:
        raise UnanswerableError(_NOTHING.in_language(language))
    async with Reader() as reader:
        importer = ArticleImporter(store, reader, by)
        added = await (importer.add_text(text, metadata, url) if text.strip() else _fetch(importer, url, metadata))
    return await _answer(store, added, language)


_NOTHING = Bilingual(
    ko="`text`에 기사 원문을 통째로 넣거나, `url`에 가져올 주소를 넣으세요.",
    en="Give the article's whole text in `text`, or the address to fetch it from in `url`.",
)


async def _fetch(importer: ArticleImporter, url: str, metadata: ArticleMetadata) -> AddedText:
    async with WebClient() as web:
        page = await web.get(url)
    return await importer.add_page(page, metadata=metadata)


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
        text=citations.quote_passage(article.id, 0, text.body[:_SHOWN]) if text else None,
        notes=added.notes,
    )
