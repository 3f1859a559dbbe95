"""PDFs: their text by sentences rather than lines, and what they say of themselves as far as it means something."""

import textwrap

import pytest

from knowledge.ingest import pdf
from knowledge.ingest.document import RefusedError
from tests.knowledge.ingest.sample_pages import PARAGRAPHS
from tests.knowledge.ingest.sample_pdfs import paper, scan, typed

ENGLISH = ["A model for phones was shown on Friday in Daejeon.", "It takes a twelfth of the power of a server."]
LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'11' * 32}> /P -4 >> /ID [<00><00>]"


def test_korean_lines_become_paragraphs_across_pages() -> None:
    lines = [wrapped for text in PARAGRAPHS for wrapped in textwrap.wrap(text, 45)]
    document = pdf.read_pdf(paper([[*lines[:6], "- 1 -"], [*lines[6:], "2 / 2"]]))
    assert document.body.split("\n") == list(PARAGRAPHS)
    assert (document.language, document.medium, document.charset, document.title) == ("ko", "pdf", None, None)
    assert document.extractor.startswith("pypdfium2 ")


def test_a_pdf_says_its_title_and_author_and_not_when_it_was_published() -> None:
    document = pdf.read_pdf(
        typed([ENGLISH], Title="마루: 작은 모델", Author="김하늘", CreationDate="D:20261120093100+09'00'")
    )
    assert (document.title, document.author, document.published) == ("마루: 작은 모델", "김하늘", None)
    assert document.said == {"created": "D:20261120093100+09'00'"}


@pytest.mark.parametrize(
    "title", ["Microsoft Word - 최종_진짜최종.docx", "article.hwp", "제목 없음", "untitled", "Slide 1"]
)
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    document = pdf.read_pdf(typed([ENGLISH], Title=title, Author="Administrator"))
    assert (document.title, document.author) == (None, None)
    assert document.said == {"title": title, "author": "Administrator"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (scan(2), "is scanned"),
        (typed([[], []]), "next to no text"),
        (typed([ENGLISH], trailer=LOCK), "locked with a password"),
        (typed([ENGLISH] * 501), "has 501 pages"),
        (b"%PDF-1.7\nnothing", "a damaged PDF"),
        (typed([ENGLISH])[:300], "a damaged PDF"),
    ],
)
def test_a_pdf_without_text_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        pdf.read_pdf(data)
