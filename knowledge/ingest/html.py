"""Web pages as documents. The only importer of trafilatura and htmldate; runs in the sandbox, which has a time limit.

trafilatura finds the text (precision before recall, with its fallbacks, comments off), `metadata` reads what the page
declares, and htmldate parses dates written in words. Elements that only a style sheet hides are not recognised.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

import trafilatura
from htmldate import find_date

from knowledge.ingest import metadata
from knowledge.ingest.document import Document, RefusedError, clean_line, keep_verbatim
from knowledge.ingest.language import detect_language
from knowledge.ingest.metadata import parse_address, parse_day
from knowledge.text import anchoring, strip_hidden

if TYPE_CHECKING:
    from lxml.html import HtmlElement

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
_WHOLE = re.compile(r"<(html|body)[\s>]", re.IGNORECASE)
_NOTICE = re.compile(r"\s*([ⓒ©]|저작권자|copyright\b|<?\s*저작권)|.*무단\s*(전재|복제|배포).*금지", re.IGNORECASE)
_LONGEST_NOTICE = 160
_IN_WORDS = re.compile(r"[A-Za-z]{3,}")
_LONGEST_DATE = 80


def read_page(text: str, charset: str, url: str = "", notes: tuple[str, ...] = ()) -> Document:
    """Parse a web page into the document of its article.

    Raises:
        RefusedError: if it has none.
    """
    tree = trafilatura.load_html(text if _WHOLE.search(text) else f"<html><body>{text}</body></html>")
    if tree is None:
        raise RefusedError("is no web page that can be read", "HTML is needed", "Save its text as .txt, and add that")
    verbatim, page = metadata.read_metadata(tree), read_signs(tree, metadata.read_metas(tree))
    body = _body(tree)
    check_article(body, page)
    shown = {
        **{key: clean_line(unescape(verbatim[key] or "")) for key in ("title", "author", "publisher")},
        "published": parse_day(verbatim["published"]) or _day_in_words(verbatim["published"]),
        "url": parse_address(verbatim["url"], url) or parse_address(url),
    }
    return Document.model_validate({
        **shown, "body": body, "language": detect_language(body), "medium": "html", "charset": charset,
        "extractor": EXTRACTOR, "said": keep_verbatim(verbatim, shown), "notes": notes,
    })  # fmt: skip


def _body(tree: "HtmlElement") -> str:
    """Return the main text, a line for each paragraph, without a copyright notice at its end."""
    drop_hidden_elements(tree)
    unwrap_layout_tables(tree)
    back = shield_hidden_characters(tree)
    found = trafilatura.bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    text = getattr(found, "text", None) or ""
    lines = [line.strip() for line in text.split("\n")]
    while lines and (not lines[-1] or (len(lines[-1]) <= _LONGEST_NOTICE and _NOTICE.match(lines[-1]))):
        lines.pop()
    return anchoring.normalise(unicodedata.normalize("NFC", "\n".join(lines)).translate(back)).strip("\n")


def _day_in_words(text: str | None) -> str | None:
    """Return the day of a date with its month as a word; htmldate sees the date alone, so that it finds no other."""
    if not text or len(text) > _LONGEST_DATE or not _IN_WORDS.search(text):
        return None
    plain = re.sub(r"[^\w\s,.:+-]", " ", text)
    alone = f'<html><head><meta property="article:published_time" content="{plain}"></head><body></body></html>'
    return parse_day(find_date(alone, extensive_search=False, original_date=True))


if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN_STYLE = re.compile(
    r"(?<![\w-])(display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|(font-size|opacity(?!.*(?:transform|transition|animation))|max-height|height|width)\s*:\s*0+(\.0*)?\s*(px|em|rem|pt|%)?\s*(;|!|$)"
    r"|(left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(50|100)%)",
    re.IGNORECASE,
)
_UNSEEN_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen_out screen-out blind a11y-hidden hidden is-hidden ir_su skip d-none".split()
)
_SEEN_SOMETIMES = re.compile(r":(block|flex|grid|inline)|^d-\w+-(block|flex|grid|inline)")
"""Classes that show on some screens what the others hide."""
_UNSEEN_TAGS = frozenset(
    {"template", "noscript", "script", "style", "textarea", "select", "dialog", "svg", "object", "iframe"}
)
_NEVER = frozenset({"html", "body", "head"})
_CELLS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_MOST_OF_IT = 0.5
"""Share of a page's text that is never taken out: pages hide themselves until their scripts have run."""
_LAYOUT = 200
"""Characters of one cell from which a table is there for where things stand."""
_SPARE = range(0x10600, 0x10737)
"""Linear A: printable letters, of which no article has any."""


def drop_hidden_elements(tree: "HtmlElement") -> None:
    """Take out elements that are not shown, and the text in them."""
    kept = len(tree.text_content()) * _MOST_OF_IT
    for element in [element for element in tree.iter() if _is_unseen(element)]:
        is_written = element.tag not in _UNSEEN_TAGS
        if element.getparent() is not None and not (is_written and len(element.text_content()) > kept):
            element.drop_tree()


def unwrap_layout_tables(tree: "HtmlElement") -> None:
    """Make boxes of tables that are no tables: old sites have whole articles in one cell, which would become one line."""
    tables = [
        table for table in tree.iter("table") if any(len(cell.text_content()) > _LAYOUT for cell in table.iter("td"))
    ]
    for table in tables:
        for element in list(table.iter(*_CELLS)):
            if next(element.iterancestors("table"), table) is table:
                element.tag = "div"


def shield_hidden_characters(tree: "HtmlElement") -> Mapping[int, str]:
    """Put letters that no article has in the place of hidden characters; the way back, for `str.translate`."""
    stood: dict[str, str] = {}
    spare = map(chr, _unused(tree))
    for element in tree.iter():
        for part in ("text", "tail"):
            text = getattr(element, part)
            if text and isinstance(text, str) and text != strip_hidden(text):
                setattr(element, part, "".join(_shield(character, stood, spare) for character in text))
    return {ord(letter): hidden for hidden, letter in stood.items()}


def _shield(character: str, stood: dict[str, str], spare: Iterator[str]) -> str:
    if character in "\n\t\r " or strip_hidden(character):
        return character
    if character not in stood:
        stood[character] = next(spare, "")
    return stood[character]


def _unused(tree: "HtmlElement") -> list[int]:
    there = {character for text in tree.itertext() for character in text if character > "\U00010000"}
    return [character for character in _SPARE if chr(character) not in there]


def _is_unseen(element: "HtmlElement") -> bool:
    if not isinstance(element.tag, str) or element.tag in _NEVER:
        return False
    return (
        element.tag in _UNSEEN_TAGS
        or element.get("hidden") is not None
        or element.get("aria-hidden", "").strip().lower() == "true"
        or bool(_UNSEEN_STYLE.search(element.get("style", "")[:2_000]))
        or _has_unseen_class(element.get("class", "")[:2_000].lower().split())
    )


def _has_unseen_class(classes: list[str]) -> bool:
    return not _UNSEEN_CLASSES.isdisjoint(classes) and not any(_SEEN_SOMETIMES.search(name) for name in classes)


if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED_LETTERS, _LETTERS = 30, 100
"""Letters of a news flash on a page that calls itself an article, and of a text on one that does not."""
_WALL_LETTERS, _WALL_SENTENCES = 1_500, 3
"""Most letters and sentences of a consent or login wall; many articles have a login link beside them."""
_MANY_LINKS = 0.6
_COOKIES = re.compile(r"cookie|consent|partners|advertis|개인정보|쿠키|동의", re.IGNORECASE)
_MOSTLY = 0.5
_SENTENCE = re.compile(r"[.!?。…](?=[\"'”’)\]]*(\s|$))")
_BROWSER = "Open it in a browser; if an article is there, save it as PDF or its text as .txt, and add that"


class PageSigns(NamedTuple):
    """Signs of a page's kind, besides its text."""

    declared: bool
    """It calls itself an article."""
    login: bool
    """It asks for a password."""
    scripted: bool
    """It loads scripts."""
    links: float
    """Share of letters in links."""


def read_signs(tree: "HtmlElement", metas: Mapping[str, str]) -> PageSigns:
    """Return the signs of a page, read before anything is removed from it."""
    declared = metas.get("og:type", "").lower() == "article" or bool(tree.xpath(".//*[@itemprop='articleBody']"))
    written = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str) and element.tag in {"script", "style", "noscript", "title"}
    ]
    letters = _letters(tree.text_content()) - sum(_letters(element.text_content()) for element in written)
    linked = sum(_letters(element.text_content()) for element in tree.iter("a"))
    password = bool(tree.xpath(".//input[@type='password']"))
    return PageSigns(declared, password, any(element.tag == "script" for element in written), linked / max(1, letters))


def check_article(body: str, page: PageSigns) -> None:
    """Refuse what is no article.

    Raises:
        RefusedError: with what the page has instead.
    """
    letters, sentences = _letters(body), len(_SENTENCE.findall(body))
    if page.declared and letters >= _DECLARED_LETTERS and sentences:
        return
    what = _instead(body, letters, sentences, page)
    if what:
        raise RefusedError(f"has no article that could be found: {what}", "The page of one article is needed", _BROWSER)


def _instead(body: str, letters: int, sentences: int, page: PageSigns) -> str | None:
    if page.login and sentences <= _WALL_SENTENCES and letters < _WALL_LETTERS:
        return "it asks for a login"
    if letters < _WALL_LETTERS and _about_cookies(body):
        return "it asks about cookies or consent"
    if letters >= _LETTERS and sentences and (page.links < _MANY_LINKS or sentences > 2):  # noqa: PLR2004 - more than a list has
        return None
    if page.links >= _MANY_LINKS:
        return "it is a list of links"
    if letters < _LETTERS and page.scripted:
        return "next to nothing is in it until its scripts have run"
    return "next to no text is in it" if letters < _LETTERS else "no sentence is in it"


def _about_cookies(body: str) -> bool:
    lines = [line for line in body.splitlines() if line.strip()]
    return (
        bool(lines)
        and sum(bool(_COOKIES.search(line)) for line in lines) > _MOSTLY * len(lines)
        and bool(re.search("cookie|쿠키|consent", body, re.IGNORECASE))
    )


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
