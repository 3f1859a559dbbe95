"""The reader of files and pages, the public face of this package.

Text and Markdown are parsed in this process; web pages and PDFs in the sandbox, which a hostile file may break.
"""

import asyncio
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from knowledge.ingest import media_types, plain_text
from knowledge.ingest.charsets import Decoded, decode
from knowledge.ingest.document import Document, Medium, RefusedError
from knowledge.ingest.sandbox import ALLOWED, LONGEST_S, SandboxedParser, SandboxError
from knowledge.model import IngestError
from knowledge.text import to_excerpt

LONGEST = 32 * 2**20
"""Bytes of a file or page."""
STANDARD_INPUT = "standard input"
_NEEDS_EXTRA = (
    "needs the extra `articles` to be read, which is not installed",
    "Text and Markdown files need nothing besides",
    "Install it: pip install 'ai-trends-mcp[articles]'; in a copy of the repository: pip install '.[articles]'",
)
_FAILED = (
    "cannot be read: the library for it gives up",
    "A file that other programs open is needed",
    "Save its text as .txt, and add that",
)
_EXHAUSTED = ("takes more memory to read than a file may", "2 GB are allowed", "Save its text as .txt, and add that")


class Reader:
    """A reader of files and pages, one at a time; close it, or use it as a context manager."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        """Limit each page or PDF to `longest_s` seconds; no process starts yet."""
        self._sandbox = SandboxedParser("knowledge.ingest.parsers", longest_s)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the sandboxed process, if there is one."""
        await self._sandbox.end()

    async def read(
        self, data: bytes, *, name: str = "", media_type: str = "", charset: str = "", url: str = ""
    ) -> Document:
        """Return the document of a file or page.

        Args:
            data: Its bytes, unpacked.
            name: What errors call it, such as a file's name; its ending tells the kind where nothing else does.
            media_type: As a server named it, such as `text/html; charset=euc-kr`.
            charset: As a server named it; it is checked.
            url: Where it came from. A page's own canonical address is shown instead where it names one.

        Raises:
            IngestError: if there is no article in it, with the reason.
        """
        try:
            return await self._read(data, name, media_type, charset or _parameter(media_type), url)
        except RefusedError as refused:
            called = to_excerpt(name) or to_excerpt(url) or STANDARD_INPUT
            raise IngestError(called, refused.problem, refused.allowed, refused.fix) from None

    async def _read(self, data: bytes, name: str, media_type: str, charset: str, url: str) -> Document:
        _check_length(data)
        if media_types.is_pdf(data):
            return await self._elsewhere("pdf", data, url, None)
        decoded, medium = await asyncio.to_thread(_decoded, data, name, media_type, charset)
        if medium == "html":
            return await self._elsewhere("html", decoded.text.encode("utf-8", "surrogatepass"), url, decoded)
        return await asyncio.to_thread(
            plain_text.read_markdown if medium == "markdown" else plain_text.read_text, decoded, url
        )

    async def _elsewhere(self, medium: Medium, data: bytes, url: str, decoded: Decoded | None) -> Document:
        request = {
            "medium": medium,
            "url": url,
            "charset": decoded.charset if decoded else None,
            "notes": decoded.notes if decoded else (),
        }
        try:
            response = await self._sandbox.ask(request, data)
        except SandboxError as broken:
            raise RefusedError(str(broken), ALLOWED, "Save its text as .txt, and add that") from None
        if "document" in response:
            return _checked(response["document"])
        if "refused" in response:
            raise RefusedError(*map(str, response["refused"]))
        raise RefusedError(
            *(_NEEDS_EXTRA if "missing" in response else _EXHAUSTED if "exhausted" in response else _FAILED)
        )


def _check_length(data: bytes) -> None:
    if not data.strip():
        raise RefusedError("is empty", media_types.ACCEPTED, "Give a file with the text of an article")
    if len(data) > LONGEST:
        raise RefusedError(f"has {len(data):,} bytes", f"At most {LONGEST:,} are read", "Give one article a file")


def _decoded(data: bytes, name: str, media_type: str, charset: str) -> tuple[Decoded, Medium]:
    media_types.check_readable(data)
    decoded = decode(data, charset)
    return decoded, media_types.detect_medium(decoded.text, name, media_type)


def _parameter(media_type: str) -> str:
    """Return the charset in `text/html; charset=euc-kr`."""
    for part in media_type.split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("\"'")
    return ""


def _checked(document: object) -> Document:
    """Validate a worker's document again: a hostile file may have taken the worker over."""
    try:
        return Document.model_validate(document)
    except ValidationError:
        raise RefusedError(*_FAILED) from None
