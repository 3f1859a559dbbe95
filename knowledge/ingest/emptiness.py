"""Why is there no article on a page? What it has instead, as far as that can be seen. Pure functions over lxml's elements."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from knowledge.ingest.document import RefusedError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED_LETTERS, _LETTERS = 30, 100
"""Letters of a news flash on a page that calls itself an article, and of a text on one that does not."""
_WALL_LETTERS, _WALL_SENTENCES = 1_500, 3
"""What a page says at most that wants something first; the heads of many pages have a login beside an article."""
_MANY_LINKS = 0.6
_COOKIES = re.compile(r"cookie|consent|partners|advertis|개인정보|쿠키|동의", re.IGNORECASE)
_MOSTLY = 0.5
_SENTENCE = re.compile(r"[.!?。…](?=[\"'”’)\]]*(\s|$))")
_BROWSER = "Open it in a browser; if an article is there, save it as PDF or its text as .txt, and add that"


class Page(NamedTuple):
    """What is on a page besides its article."""

    declared: bool
    """It calls itself an article."""
    login: bool
    """It asks for a password."""
    scripted: bool
    """It loads scripts."""
    links: float
    """Share of letters in links."""


def look(tree: "HtmlElement", metas: Mapping[str, str]) -> Page:
    """What a page has; asked before anything is taken out of it."""
    declared = metas.get("og:type", "").lower() == "article" or bool(tree.xpath(".//*[@itemprop='articleBody']"))
    written = [
        one for one in tree.iter() if isinstance(one.tag, str) and one.tag in {"script", "style", "noscript", "title"}
    ]
    letters = _letters(tree.text_content()) - sum(_letters(one.text_content()) for one in written)
    linked = sum(_letters(one.text_content()) for one in tree.iter("a"))
    password = bool(tree.xpath(".//input[@type='password']"))
    return Page(declared, password, any(one.tag == "script" for one in written), linked / max(1, letters))


def check_article(body: str, page: Page) -> None:
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


def _instead(body: str, letters: int, sentences: int, page: Page) -> str | None:
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
    lines = [one for one in body.splitlines() if one.strip()]
    return (
        bool(lines)
        and sum(bool(_COOKIES.search(one)) for one in lines) > _MOSTLY * len(lines)
        and bool(re.search("cookie|쿠키|consent", body, re.IGNORECASE))
    )


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
