"""Web pages and PDFs, read in the process of `knowledge.ingest.sandbox_worker`."""

from typing import Any

from knowledge.ingest.document import Document, RefusedError


def answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What comes of a file: a document, or a refusal."""
    try:
        return {"document": _read(asked, data).model_dump(mode="json")}
    except RefusedError as refused:
        return {"refused": [refused.problem, refused.allowed, refused.mend]}


def _read(asked: dict[str, Any], data: bytes) -> Document:
    """Each library is loaded when the first file of its kind comes."""
    if asked["medium"] == "pdf":
        from knowledge.ingest import pdf  # noqa: PLC0415

        return pdf.read_pdf(data, asked["url"])
    from knowledge.ingest import html  # noqa: PLC0415

    return html.read_page(data.decode("utf-8", "surrogatepass"), asked["charset"], asked["url"], tuple(asked["notes"]))
