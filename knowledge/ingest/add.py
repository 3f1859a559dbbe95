"""Files, pages and words into the library: read, kept with where they are from, or refused with the reason."""

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from knowledge.fetch.client import WebPage
from knowledge.ingest.document import Document, line
from knowledge.ingest.reader import LONGEST, STANDARD_INPUT, Reader
from knowledge.model.errors import IngestError, StoreError
from knowledge.model.events import Origin
from knowledge.model.periods import check_period
from knowledge.store.store import AddedText, Store, TextMetadata


class Told(NamedTuple):
    """What somebody says of an article besides; it counts where file and page say nothing. Empty is unknown."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    """A day, a month or a year (EDTF)."""


UNTOLD = Told()
Done = tuple[str, str, str]
"""A note on long work that is kept with a text or not at all: work, item, note."""


@dataclass(frozen=True)
class Bringer:
    """Brings texts into one library, for somebody."""

    store: Store
    reader: Reader
    by: str

    async def file(self, file: Path, told: Told = UNTOLD) -> AddedText:
        """The text of a file.

        Raises:
            IngestError: if there is no article in it.
            StoreError: if it cannot be read or kept.
        """
        try:
            with file.open("rb") as opened:
                data = opened.read(LONGEST + 1)
        except OSError as error:
            raise StoreError(_unreadable(file, error)) from error
        return await self.data(data, file.name, told)

    async def data(self, data: bytes, name: str = STANDARD_INPUT, told: Told = UNTOLD) -> AddedText:
        """The text of some bytes, from a file of that name or from elsewhere.

        Raises:
            IngestError: if there is no article in them.
            StoreError: if it cannot be kept.
        """
        document = await self.reader.read(data, name=name)
        return await self._kept(document, data, name, datetime.now(UTC), told=told)

    async def words(self, text: str, told: Told, url: str = "") -> AddedText:
        """A text that somebody has, from some address or none.

        Raises:
            IngestError: if there is no article in it, or what is told of it cannot be.
            StoreError: if it cannot be kept.
        """
        data = text.encode("utf-8", "surrogatepass")
        document = await self.reader.read(data, name="text", media_type="text/plain", charset="utf-8", url=url)
        return await self._kept(document, data, document.url or self.by, datetime.now(UTC), told=told)

    async def page(self, page: WebPage, done: Done | None = None, told: Told = UNTOLD) -> AddedText:
        """The text of a page that was fetched.

        Raises:
            IngestError: if there is no article in it.
            StoreError: if it cannot be kept.
        """
        document = await self.reader.read(
            page.body, name=page.url, media_type=page.media_type, charset=page.charset, url=page.url
        )
        return await self._kept(document, page.body, page.url, page.fetched, done, told)

    async def _kept(
        self,
        document: Document,
        data: bytes,
        source: str,
        fetched: datetime,
        done: Done | None = None,
        told: Told = UNTOLD,
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
            title=document.title or line(told.title),
            author=document.author or line(told.author),
            publisher=document.publisher or line(told.publisher),
            published=document.published or _date(told.published),
            url=document.url,
            language=document.language,
            done=done,
        )
        added = await self.store.add_text(document.body, arrival)
        return dataclasses.replace(added, notes=document.notes)


def _unreadable(file: Path, error: OSError) -> str:
    """Why a file cannot be read, and what to give instead."""
    if file.is_dir():
        return f"is a folder. Name its files: ai-trends-mcp add {file / '*.txt'}"
    if isinstance(error, FileNotFoundError):
        return "is not there. See its name."
    return f"cannot be read: {error.strerror}. Give a file that you may read."


def _date(told: str) -> str | None:
    if not told:
        return None
    try:
        return check_period(told)
    except ValueError as error:
        mend = "Leave it out where it is unknown"
        raise IngestError("published", str(error), "A day, a month or a year is taken", mend) from None


def _line(source: str) -> str:
    """Where a text is from, on one line."""
    return " ".join(source.split()) or STANDARD_INPUT
