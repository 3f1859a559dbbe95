"""Files, pages and words into the library: read, kept with where they are from, or refused with the reason."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from knowledge.errors import StoreError
from knowledge.fetching.web import Page
from knowledge.history import Origin
from knowledge.intake.document import Document
from knowledge.intake.reader import LONGEST, STANDARD_INPUT, Reader
from knowledge.store import Added, Arrival, Store

Done = tuple[str, str, str]
"""A note on long work that is kept with a text or not at all: work, item, note."""


@dataclass(frozen=True)
class Bringer:
    """Brings texts into one library, for somebody."""

    store: Store
    reader: Reader
    by: str

    async def file(self, file: Path) -> Added:
        """The text of a file.

        Raises:
            IntakeError: if there is no article in it.
            StoreError: if it cannot be read or kept.
        """
        try:
            with file.open("rb") as opened:
                data = opened.read(LONGEST + 1)
        except OSError as error:
            raise StoreError(f"cannot be read: {error.strerror}. Give a file that you may read.") from error
        return await self.data(data, file.name)

    async def data(self, data: bytes, name: str = STANDARD_INPUT, source: str = "") -> Added:
        """The text of some bytes, from a file of that name or from elsewhere.

        Raises:
            IntakeError: if there is no article in them.
            StoreError: if it cannot be kept.
        """
        document = await self.reader.read(data, name=name)
        return await self._kept(document, data, source or name, datetime.now(UTC))

    async def page(self, page: Page, done: Done | None = None) -> Added:
        """The text of a page that was fetched.

        Raises:
            IntakeError: if there is no article in it.
            StoreError: if it cannot be kept.
        """
        document = await self.reader.read(
            page.body, name=page.url, media_type=page.media_type, charset=page.charset, url=page.url
        )
        return await self._kept(document, page.body, page.url, page.fetched, done)

    async def _kept(
        self, document: Document, data: bytes, source: str, fetched: datetime, done: Done | None = None
    ) -> Added:
        origin = Origin(
            source=_line(source),
            fetched=fetched,
            medium=document.medium,
            charset=document.charset,
            extractor=document.extractor,
            received=sha256(data).hexdigest(),
            said=document.said,
        )
        arrival = Arrival(
            by=self.by,
            origin=origin,
            title=document.title,
            author=document.author,
            publisher=document.publisher,
            published=document.published,
            url=document.url,
            language=document.language,
            done=done,
        )
        return await self.store.add_text(document.body, arrival)


def _line(source: str) -> str:
    """Where a text is from, on one line."""
    return " ".join(source.split()) or STANDARD_INPUT
