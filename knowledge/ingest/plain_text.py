"""Text and Markdown as documents, unaltered, with the metadata of Markdown front matter."""

import re
from collections.abc import Mapping

from knowledge.ingest.charsets import Decoded
from knowledge.ingest.document import Document, clean_line, keep_verbatim
from knowledge.ingest.language import detect_language
from knowledge.ingest.metadata import parse_address, parse_day
from knowledge.text import anchoring

AS_IT_IS = "as it is"
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_]{1,40})[ \t]*+:[ \t]++(.{1,2000})$", re.MULTILINE)
_NO_PLAIN_VALUE = ("[", "{", "|", ">", "&", "*", "!")
_HEADING = re.compile(r"^#[ \t]++(.{1,2000})$", re.MULTILINE)
_UNDERLINED = re.compile(r"\A\s*(\S.{0,2000})\n=+[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_BEGINNING = 100_000
"""Characters in which a heading is looked for."""
_QUOTES = "\"'"


def read_text(decoded: Decoded, url: str = "") -> Document:
    """Return a plain text as a document without metadata."""
    body = anchoring.normalise(decoded.text)
    return Document(
        body=body, url=parse_address(url), language=detect_language(body), medium="text", charset=decoded.charset, extractor=AS_IT_IS, notes=decoded.notes
    )  # fmt: skip


def read_markdown(decoded: Decoded, url: str = "") -> Document:
    """Return a Markdown text as a document, front matter included, with the metadata declared in it."""
    body = anchoring.normalise(decoded.text)
    front = _FRONT.match(body)
    entries = _entries(front[1]) if front else {}
    rest = body[front.end() :] if front else body
    verbatim = {
        "title": entries.get("title") or _heading(rest),
        "author": entries.get("author") or entries.get("authors"),
        "publisher": entries.get("publisher"),
        "published": entries.get("date") or entries.get("published"),
        "url": entries.get("url") or entries.get("canonical") or entries.get("link"),
    }
    shown = {
        **{key: clean_line(verbatim[key]) for key in ("title", "author", "publisher")},
        "published": parse_day(verbatim["published"]),
        "url": parse_address(verbatim["url"]) or parse_address(url),
    }
    return Document.model_validate({
        **shown, "body": body, "language": detect_language(rest), "medium": "markdown", "charset": decoded.charset,
        "extractor": AS_IT_IS, "said": keep_verbatim(verbatim, shown), "notes": decoded.notes,
    })  # fmt: skip


def _entries(front: str) -> Mapping[str, str]:
    """Return the plain `key: value` lines of a front matter; the first of a name counts, lists and blocks are skipped."""
    found: dict[str, str] = {}
    for key, value in _ENTRY.findall(front):
        if not value.startswith(_NO_PLAIN_VALUE):
            found.setdefault(key.lower(), _unquoted(value.strip()))
    return found


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] in _QUOTES and value[-1] == value[0]
    return value[1:-1] if quoted else value


def _heading(text: str) -> str | None:
    without_code = _FENCE.sub("", text[:_BEGINNING])
    match = _HEADING.search(without_code) or _UNDERLINED.search(without_code)
    return match[1].strip().rstrip("#").strip() if match else None
