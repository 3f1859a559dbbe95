"""PDFs for tests, made with PDFium itself, with a font that has Hangul."""

import ctypes
import io
from collections.abc import Sequence
from importlib.resources import files

import pypdfium2
from pypdfium2 import raw

_SIZE = 11.0
_LEADING = 18.0
_WIDTH, _HEIGHT = 595.0, 842.0


def paper(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with lines of text on each page."""
    file = pypdfium2.PdfDocument.new()
    font = _font(file)
    for lines in pages:
        page = file.new_page(_WIDTH, _HEIGHT)
        for number, text in enumerate(lines):
            _write(file, page, font, text, _HEIGHT - 60 - number * _LEADING)
        page.gen_content()
    saved = io.BytesIO()
    file.save(saved)
    file.close()
    return saved.getvalue()


def scan(pages: int = 1) -> bytes:
    """A PDF whose pages are pictures."""
    file = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        page = file.new_page(_WIDTH, _HEIGHT)
        picture = pypdfium2.PdfImage.new(file)
        picture.set_bitmap(pypdfium2.PdfBitmap.new_native(20, 20, raw.FPDFBitmap_BGR))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(500, 700))
        page.insert_obj(picture)
        page.gen_content()
    saved = io.BytesIO()
    file.save(saved)
    file.close()
    return saved.getvalue()


def _font(file: pypdfium2.PdfDocument) -> object:
    data = (files("pylopdf_fonts_ko") / "NotoSansKR-Regular.otf").read_bytes()
    buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    return raw.FPDFText_LoadFont(file.raw, buffer, len(data), raw.FPDF_FONT_TRUETYPE, 1)


def _write(file: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, font: object, text: str, height: float) -> None:
    words = raw.FPDFPageObj_CreateTextObj(file.raw, font, _SIZE)
    encoded = (text + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(words, ctypes.cast(ctypes.create_string_buffer(encoded), raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_Transform(words, 1, 0, 0, 1, 50, height)
    raw.FPDFPage_InsertObject(page.raw, words)


def typed(pages: Sequence[Sequence[str]], trailer: str = "", **info: str) -> bytes:
    """A PDF written by hand: lines in Helvetica, with what it says of itself, such as `Title`."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< " + " ".join(f"/{key} <{_hex(value)}>" for key, value in info.items()) + " >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"BT /F1 11 Tf 50 {780 - 18 * place} Td ({text}) Tj ET\n" for place, text in enumerate(lines))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
    return _filed(objects, trailer)


def _filed(objects: Sequence[str], trailer: str) -> bytes:
    """Objects as a file: numbered from 1, with the table of where they begin."""
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{len(written)}\n%%EOF\n"
    )
    return written + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def _hex(text: str) -> str:
    return ("\ufeff" + text).encode("utf-16-be").hex()
