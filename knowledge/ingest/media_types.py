"""Media type detection: by the first bytes where those are certain, then by the served type, then by the name."""

import re
from pathlib import PurePath

from knowledge.ingest.document import Medium, RefusedError
from knowledge.text import to_excerpt

ACCEPTED = "Text (.txt), Markdown (.md), web pages (.html) and PDF are taken"
_AS_PDF = "Save it as PDF or as text, and add that"
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
"""Bytes in which a PDF says that it is one; some have a few before it."""
_HEAD = 4096
_ZIPPED = {
    b"word/": "a Word document (.docx)",
    b"xl/": "an Excel workbook (.xlsx)",
    b"ppt/": "a presentation (.pptx)",
    b"mimetypeapplication/hwp+zip": "a Hangul document (.hwpx)",
    b"mimetypeapplication/epub+zip": "an e-book (.epub)",
    b"mimetypeapplication/vnd.oasis.opendocument": "an OpenDocument file",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HWP = (b"HWP Document File", "FileHeader".encode("utf-16-le"), "HwpSummaryInformation".encode("utf-16-le"))
_FIRST = (
    (b"HWP Document File", "a Hangul document (.hwp)"),
    (b"{\\rtf", "a Rich Text file (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x1f\x8b", "a packed file (.gz)"),
    (b"BZh", "a packed file (.bz2)"),
    (b"7z\xbc\xaf", "a packed file (.7z)"),
    (b"Rar!", "a packed file (.rar)"),
    (b"ID3", "a recording"),
    (b"\x7fELF", "a program"),
)
_BY_TYPE: dict[str, Medium] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
}
_FEEDS = {"application/rss+xml", "application/atom+xml"}
_SAYS_NOTHING = {"", "application/octet-stream", "binary/octet-stream", "application/pdf"}
_BY_ENDING: dict[str, Medium] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"
}  # fmt: skip
_PAGE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*+-->\s*+)*+<(!doctype\s+html|html[\s>]|head[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_PIECE_OF_PAGE = re.compile(
    r"\s*<(body|meta|title|script|link|style|div|article|section|main|p|h1|table)\b|\s*<!--", re.IGNORECASE
)
_FEED = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(r"---\s*\n|#{1,6} \S")


def is_pdf(data: bytes) -> bool:
    """Check for the signature of a PDF."""
    return _PDF in data[:_PDF_WITHIN]


def check_readable(data: bytes) -> None:
    """Refuse files without readable text.

    Raises:
        RefusedError: with what it is, as far as its first bytes say.
    """
    what = _packed(data) or _compound(data) or next((name for first, name in _FIRST if data.startswith(first)), None)
    if what is None and data[4:8] == b"ftyp":
        what = "a film, a recording or a picture"
    if what is None and data[:4] == b"RIFF":
        what = "a recording or a picture"
    if what:
        fix = "Unpack it, and add what is in it" if "packed" in what else _AS_PDF
        raise RefusedError(f"is {what}", ACCEPTED, fix)


def detect_medium(text: str, name: str = "", media_type: str = "") -> Medium:
    """Return the medium of a text by its beginning, its media type and its name.

    Raises:
        RefusedError: if it is of no kind that is taken.
    """
    head, served = text[:_HEAD], media_type.partition(";")[0].strip().lower()
    if served in _FEEDS or _FEED.match(head):
        raise RefusedError(
            "is a feed, a list of articles",
            ACCEPTED,
            "Keep it with `ai-trends-mcp watch`, or add the address of one of its articles",
        )
    if _PAGE.match(head):
        return "html"
    by_name = _BY_ENDING.get(PurePath(name.partition("?")[0]).suffix.lower())
    by_type = _BY_TYPE.get(served)
    if by_type is None and served not in _SAYS_NOTHING and not by_name:
        raise RefusedError(f"is {to_excerpt(served)}", ACCEPTED, _AS_PDF)
    if by_type == "text" and by_name == "markdown":
        return "markdown"
    return by_type or by_name or _looks_like(head)


def _looks_like(head: str) -> Medium:
    if _PIECE_OF_PAGE.match(head):
        return "html"
    return "markdown" if _MARKDOWN.match(head) else "text"


def _packed(data: bytes) -> str | None:
    """Return the kind of a ZIP file: an office file, recognised by the names in it, or an archive."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    names = data[:_HEAD] + data[-64 * 1024 :]
    return next((name for inside, name in _ZIPPED.items() if inside in names), "a packed file (.zip)")


def _compound(data: bytes) -> str | None:
    """Return the kind of an OLE file; Hangul files are recognised by a directory entry."""
    if not data.startswith(_OLE):
        return None
    return (
        "a Hangul document (.hwp)"
        if any(mark in data for mark in _HWP)
        else "an old Office document (.doc, .xls or .ppt)"
    )
