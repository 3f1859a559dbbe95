"""Web pages and PDFs, read in the process of `knowledge.ingest.sandbox_worker`."""

from typing import Any

from knowledge.ingest.document import Document, RefusedError


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Return the document of a file or a refusal, as JSON values."""
    try:
        return {"document": _read(request, data).model_dump(mode="json")}
    except RefusedError as refused:
        return {"refused": [refused.problem, refused.allowed, refused.fix]}


def _read(request: dict[str, Any], data: bytes) -> Document:
    """Parse a file; each library is loaded with the first file of its kind."""
    if request["medium"] == "pdf":
        from knowledge.ingest import pdf  # noqa: PLC0415

        return pdf.read_pdf(data, request["url"])
    from knowledge.ingest import html  # noqa: PLC0415

    return html.read_page(
        data.decode("utf-8", "surrogatepass"), request["charset"], request["url"], tuple(request["notes"])
    )
