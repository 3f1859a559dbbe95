"""The front door: bytes in, a document or a sentence out."""

import sys

import pytest

from knowledge.ingest.document import Document
from knowledge.ingest.reader import LONGEST, Reader
from knowledge.model.errors import IngestError, StoreError
from tests.knowledge.ingest.sample_pages import PARAGRAPHS, SHAPES, TITLE
from tests.knowledge.ingest.sample_pdfs import typed

HTML = SHAPES[0].html


async def test_a_korean_page_in_a_mislabelled_charset_becomes_a_document() -> None:
    data = HTML.replace("©", "&copy;").encode("cp949")  # its meta tag says utf-8, its server iso-8859-1
    async with Reader() as reader:
        document = await reader.read(
            data, media_type="text/html; charset=ISO-8859-1", url="https://news.example.com/a/1?from=feed"
        )
    assert document == Document(
        body="\n".join((TITLE, *PARAGRAPHS)), title=TITLE, author="김하늘", publisher="누리일보", published="2026-11-20",
        url="https://news.example.com/a/1", language="ko", medium="html", charset="cp949", extractor=document.extractor,
        said={"published": "2026-11-20T09:31:00+09:00"},
    )  # fmt: skip
    assert document.extractor.startswith("trafilatura ")


async def test_each_kind_is_read_from_standard_input() -> None:
    async with Reader() as reader:
        media = [
            (await reader.read(data)).medium
            for data in (
                HTML.encode(),
                f"# {TITLE}\n\n{PARAGRAPHS[0]}".encode(),
                PARAGRAPHS[0].encode("utf-16"),
                typed([["A phone runs a small language model now."]]),
            )
        ]
    assert media == ["html", "markdown", "text", "pdf"]


async def test_text_needs_no_process() -> None:
    async with Reader() as reader:
        await reader.read(PARAGRAPHS[0].encode("cp949"), name="a.txt")
        assert reader._sandbox.pid is None


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b" \n", "a.txt", "a.txt: is empty. Text (.txt), Markdown (.md), web pages (.html) and PDF are taken. Give a file with the text of an article."),
        (b"a" * (LONGEST + 1), "a.txt", "a.txt: has 33,554,433 bytes. At most 33,554,432 are read. Give one article a file."),
        (b"\x89PNG", "", "standard input: is a picture. Text (.txt), Markdown (.md), web pages (.html) and PDF are taken. Save it as PDF or as text, and add that."),
        (b"\x89PNG", "a\u202egnp\n\x1b[31m.exe", "agnp [31m.exe: is a picture. "),
        (b"\x81\xff", "a.txt", "a.txt: is in a charset that cannot be told (it names no charset). "),
        ("中文新闻".encode(), "a.txt", "a.txt: is in neither Korean nor English: "),
    ],
)  # fmt: skip
async def test_what_is_refused_is_refused_in_a_sentence(data: bytes, name: str, sentence: str) -> None:
    async with Reader() as reader:
        with pytest.raises(IngestError) as refused:
            await reader.read(data, name=name)
    assert isinstance(refused.value, StoreError)
    assert str(refused.value).startswith(sentence)


async def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Reader() as reader:

        async def ask(*_: object) -> dict[str, bool]:
            return {"missing": True}

        monkeypatch.setattr(reader._sandbox, "ask", ask)
        with pytest.raises(IngestError, match=r"pip install 'ai-trends-mcp\[articles\]'"):
            await reader.read(HTML.encode(), name="a.html")


async def test_a_document_that_a_worker_makes_up_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Reader() as reader:

        async def ask(*_: object) -> dict[str, object]:
            return {
                "document": {"body": "x", "title": "a\nb", "language": "ko", "medium": "html", "extractor": sys.version}
            }

        monkeypatch.setattr(reader._sandbox, "ask", ask)
        with pytest.raises(IngestError, match="cannot be read"):
            await reader.read(HTML.encode(), name="a.html")
