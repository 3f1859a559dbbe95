"""PDFs as documents. The only importer of pypdfium2; runs in the sandbox, which has a time limit.

A PDF knows lines, not paragraphs. A break is kept after a sentence or a short line and becomes a blank otherwise, across
pages too, so that passages are sentences and not lines; nothing else is repaired.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import pypdfium2
from pypdfium2 import raw

from knowledge.ingest.document import Document, RefusedError, clean_line
from knowledge.ingest.language import detect_language
from knowledge.ingest.metadata import parse_address
from knowledge.text import anchoring

EXTRACTOR = f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO.version}"
MOST_PAGES = 500
_LETTERS_A_PAGE = 20
"""Letters that a page has on average unless it is a picture with a stamp on it."""
_UNREADABLE = 0.2
_NO_CHARACTER = frozenset({"Co", "Cn", "Cs"})
_NEEDED = "A PDF with text is needed"
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,4}([-–—\s]*|\s*/\s*\d{1,4})")
_SENTENCE_END = re.compile(r"[.!?。…:;]['\"”’)\]」』]*$")
_FULL = 0.7
"""Share of a long line's length from which a line has no room for another word."""
_REPLACED = str.maketrans({"\ufffe": "-", "\x02": "-", "\u2011": "-", "\xa0": " "})
"""Characters that PDFium gives for a hyphen at the end of a line, and for shared glyphs of blanks and hyphens."""
_FROM_A_FILE = re.compile(
    r"^microsoft \w+ - |\.(docx?|hwpx?|pdf|indd|pptx?|xlsx?|qxd|rtf|odt)$|^(untitled|제목\s*없음|문서\s*\d*|document\s*\d*|slide \d+|powerpoint.*)$",
    re.IGNORECASE,
)
_FROM_A_MACHINE = re.compile(
    r"^(user|users?\d*|admin\w*|owner|author|unknown|root|guest|hp|pc|samsung|lg|windows.*|microsoft.*|사용자|관리자|컴퓨터)$",
    re.IGNORECASE,
)


def read_pdf(data: bytes, url: str = "") -> Document:
    """Parse a PDF into a document.

    Raises:
        RefusedError: if it is damaged, locked, too long or has no text.
    """
    file = _opened(data)
    try:
        pages = list(_pages(file))
        _check(pages, file)
        body = anchoring.normalise("\n".join(_joined(pages))).strip("\n")
        meta = {key: file.get_metadata_value(key) for key in ("Title", "Author", "CreationDate")}
    finally:
        file.close()
    title = None if _FROM_A_FILE.search(meta["Title"].strip()) else clean_line(meta["Title"])
    author = None if _FROM_A_MACHINE.match(meta["Author"].strip()) else clean_line(meta["Author"])
    kept = {
        "title": (meta["Title"], title),
        "author": (meta["Author"], author),
        "created": (meta["CreationDate"], None),
    }
    verbatim = {key: value[:2_000] for key, (value, shown) in kept.items() if value and value != shown}
    return Document(
        body=body, title=title, author=author, url=parse_address(url), language=detect_language(body), medium="pdf", extractor=EXTRACTOR, said=verbatim
    )  # fmt: skip


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise RefusedError(
                "is locked with a password", _NEEDED, "Save a copy without a password, and add that"
            ) from None
        raise RefusedError("is a damaged PDF", _NEEDED, "Get it anew, or open it and save it as PDF again") from None
    if not 0 < len(file) <= MOST_PAGES:
        pages = len(file)
        file.close()
        raise RefusedError(
            f"has {pages:,} pages", f"A PDF of 1 to {MOST_PAGES} pages is read", "Save the pages of one article"
        )
    return file


def _pages(file: pypdfium2.PdfDocument) -> Iterator[str]:
    for number in range(len(file)):
        try:
            page = file[number]
        except pypdfium2.PdfiumError:
            raise RefusedError(
                f"has a damaged page ({number + 1})", _NEEDED, "Get it anew, or open it and save it as PDF again"
            ) from None
        words = page.get_textpage()
        yield words.get_text_range()
        words.close()
        page.close()


def _check(pages: list[str], file: pypdfium2.PdfDocument) -> None:
    text = "".join(pages)
    letters, unreadable = sum(map(str.isalnum, text)), sum(map(_is_unreadable, text))
    if unreadable > _UNREADABLE * max(1, letters):
        raise RefusedError(
            "has text that only looks like text: its fonts do not say which letters they are",
            _NEEDED,
            "Print it as PDF from where it was written, or run it through text recognition (OCR)",
        )
    if letters < _LETTERS_A_PAGE * len(pages):
        what = "is scanned: its pages are pictures without text" if _has_pictures(file) else "has next to no text"
        raise RefusedError(what, _NEEDED, "Run it through text recognition (OCR), and add what comes out")


def _is_unreadable(character: str) -> bool:
    return character == "\ufffd" or (
        character > "\x7f" and character != "\ufffe" and unicodedata.category(character) in _NO_CHARACTER
    )


def _has_pictures(file: pypdfium2.PdfDocument) -> bool:
    page = file[0]
    found = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    page.close()
    return found


def _joined(pages: Iterable[str]) -> Iterator[str]:
    """Yield paragraphs: the lines of all pages, joined where a paragraph goes on."""
    open_line = ""
    for page in pages:
        lines = _lines(page)
        full = _FULL * max(map(len, lines), default=0)
        for line in lines:
            open_line = f"{open_line} {line}" if open_line else line
            if len(line) < full or _SENTENCE_END.search(line):
                yield open_line
                open_line = ""
    if open_line:
        yield open_line


def _lines(page: str) -> list[str]:
    """Return the lines of a page, without its number at the head or foot."""
    lines = [line.strip() for line in anchoring.normalise(page).translate(_REPLACED).split("\n")]
    lines = [line for line in lines if line]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1]):
        lines.pop()
    if lines and _PAGE_NUMBER.fullmatch(lines[0]):
        lines.pop(0)
    return lines
