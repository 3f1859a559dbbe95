"""A web page -> a document. The only door to trafilatura and htmldate; runs in the worker, which is killed if it takes too long.

trafilatura finds the text (precision before recall, with its fallbacks, comments off); `heads.py` has what the page
declares of itself, and htmldate reads those of its dates that are written in words.
"""

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING

import trafilatura
from htmldate import find_date

from knowledge.ingest import emptiness, furniture, metadata
from knowledge.ingest.declared import address, day
from knowledge.ingest.document import Document, RefusedError, line, said
from knowledge.ingest.language import language_of
from knowledge.text import anchoring

if TYPE_CHECKING:
    from lxml.html import HtmlElement

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
_WHOLE = re.compile(r"<(html|body)[\s>]", re.IGNORECASE)
_NOTICE = re.compile(r"\s*([ⓒ©]|저작권자|copyright\b|<?\s*저작권)|.*무단\s*(전재|복제|배포).*금지", re.IGNORECASE)
_LONGEST_NOTICE = 160
_IN_WORDS = re.compile(r"[A-Za-z]{3,}")
_LONGEST_DATE = 80


def read(text: str, charset: str, url: str = "", notes: tuple[str, ...] = ()) -> Document:
    """The article of a page.

    Raises:
        RefusedError: if it has none.
    """
    tree = trafilatura.load_html(text if _WHOLE.search(text) else f"<html><body>{text}</body></html>")
    if tree is None:
        raise RefusedError("is no web page that can be read", "HTML is needed", "Save its text as .txt, and add that")
    verbatim, page = metadata.read(tree), emptiness.look(tree, metadata.metas(tree))
    body = _body(tree)
    emptiness.check_article(body, page)
    shown = {
        **{key: line(unescape(verbatim[key] or "")) for key in ("title", "author", "publisher")},
        "published": day(verbatim["published"]) or _day_in_words(verbatim["published"]),
        "url": address(verbatim["url"], url) or address(url),
    }
    return Document.model_validate({
        **shown, "body": body, "language": language_of(body), "medium": "html", "charset": charset,
        "extractor": EXTRACTOR, "said": said(verbatim, shown), "notes": notes,
    })  # fmt: skip


def _body(tree: "HtmlElement") -> str:
    """The main text, a line for each paragraph, without a copyright notice at its end."""
    furniture.drop_unseen(tree)
    furniture.lay_out(tree)
    back = furniture.shield(tree)
    found = trafilatura.bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    text = getattr(found, "text", None) or ""
    lines = [one.strip() for one in text.split("\n")]
    while lines and (not lines[-1] or (len(lines[-1]) <= _LONGEST_NOTICE and _NOTICE.match(lines[-1]))):
        lines.pop()
    return anchoring.normalise(unicodedata.normalize("NFC", "\n".join(lines)).translate(back)).strip("\n")


def _day_in_words(text: str | None) -> str | None:
    """The day of a date whose month is a word: htmldate is shown nothing but the date, so that it finds no other."""
    if not text or len(text) > _LONGEST_DATE or not _IN_WORDS.search(text):
        return None
    plain = re.sub(r"[^\w\s,.:+-]", " ", text)
    alone = f'<html><head><meta property="article:published_time" content="{plain}"></head><body></body></html>'
    return day(find_date(alone, extensive_search=False, original_date=True))
