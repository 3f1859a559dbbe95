"""Media types, from the bytes first, then the sender, then the name."""

import io
import zipfile

import pytest

from knowledge.ingest.document import Medium, RefusedError
from knowledge.ingest.media_types import check_readable, detect_medium, is_pdf


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "application/hwp+zip" if name == "mimetype" else "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook"),
        (zipped("mimetype", "Contents/section0.xml"), r"a Hangul document \(.hwpx\)"),
        (zipped("article.txt"), r"a packed file \(.zip\)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "FileHeader".encode("utf-16-le"),
            r"a Hangul document \(.hwp\)",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document"),
        (b"HWP Document File V3.00", r"a Hangul document \(.hwp\)"),
        (b"{\\rtf1 hello}", "a Rich Text file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\0\0\0\x20ftypheic", "a film, a recording or a picture"),
        (b"RIFF\0\0\0\0WEBP", "a recording or a picture"),
        (b"\x1f\x8b\x08\0", "a packed file"),
    ],
)
def test_what_is_not_taken_is_named_with_the_mend(data: bytes, what: str) -> None:
    with pytest.raises(RefusedError, match=f"is {what}") as refused:
        check_readable(data)
    assert "PDF" in refused.value.allowed
    assert refused.value.fix


@pytest.mark.parametrize(
    ("text", "name", "served", "kind"),
    [
        ("<!DOCTYPE html><p>", "", "", "html"),
        ("<!doctype html><p>", "a.txt", "text/plain", "html"),
        ('<?xml version="1.0"?>\n<!-- saved --><html lang="ko">', "", "", "html"),
        ("<p>a", "", "", "html"),
        ("<p>a", "", "text/html; charset=utf-8", "html"),
        ('<p align="center">a', "README.md", "", "markdown"),
        ("a < b", "a.HTM", "", "html"),
        ("# Title", "", "", "markdown"),
        ("---\ntitle: a\n---\n", "", "", "markdown"),
        ("# Title", "note.txt", "", "text"),
        ("# Title", "a.md", "text/plain", "markdown"),
        ("plain", "", "", "text"),
        ("plain", "a.md?raw=1", "application/octet-stream", "markdown"),
        ("plain", "notes", "text/plain", "text"),
    ],
)
def test_a_kind_is_told(text: str, name: str, served: str, kind: Medium) -> None:
    assert detect_medium(text, name, served) == kind


def test_a_feed_is_sent_to_where_feeds_are_kept() -> None:
    for text, served in (
        ("<?xml version='1.0'?><rss version='2.0'>", ""),
        ("<feed xmlns='x'>", "text/xml"),
        ("x", "application/rss+xml"),
    ):
        with pytest.raises(RefusedError, match="is a feed") as refused:
            detect_medium(text, "", served)
        assert "watch" in refused.value.fix


def test_what_is_served_as_something_else_is_refused_by_its_name() -> None:
    with pytest.raises(RefusedError, match="is application/json"):
        detect_medium("{}", "", "application/json\u202e")


def test_a_page_of_nothing_but_comments_is_told_at_once() -> None:
    assert detect_medium("<!---->" * 500 + "x") == "html"
    assert detect_medium("<!-- -" * 500 + "x", "a.txt") == "text"


def test_a_pdf_may_begin_late() -> None:
    assert is_pdf(b"%PDF-1.4")
    assert is_pdf(b"\r\n\r\n%PDF-1.4")
    assert not is_pdf(b"A text on %PD" + b" " * 2000 + b"%PDF-1.4")
