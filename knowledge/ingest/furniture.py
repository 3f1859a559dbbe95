"""A page's tree without what its reader does not see, and with hidden characters where nobody drops them.

Works on lxml's elements and imports nothing of it. What only a style sheet hides is not known here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from knowledge.text.sanitize import strip_hidden

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


def drop_unseen(tree: "HtmlElement") -> None:
    """Take out elements that are not shown, and the text in them."""
    kept = len(tree.text_content()) * _MOST_OF_IT
    for element in [one for one in tree.iter() if _is_unseen(one)]:
        is_written = element.tag not in _UNSEEN_TAGS
        if element.getparent() is not None and not (is_written and len(element.text_content()) > kept):
            element.drop_tree()


def lay_out(tree: "HtmlElement") -> None:
    """Make boxes of tables that are no tables: old sites have whole articles in one cell, which would become one line."""
    tables = [one for one in tree.iter("table") if any(len(cell.text_content()) > _LAYOUT for cell in one.iter("td"))]
    for table in tables:
        for element in list(table.iter(*_CELLS)):
            if next(element.iterancestors("table"), table) is table:
                element.tag = "div"


def shield(tree: "HtmlElement") -> Mapping[int, str]:
    """Put letters that no article has in the place of hidden characters; the way back, for `str.translate`."""
    stood: dict[str, str] = {}
    spare = map(chr, _unused(tree))
    for element in tree.iter():
        for part in ("text", "tail"):
            text = getattr(element, part)
            if text and isinstance(text, str) and text != strip_hidden(text):
                setattr(element, part, "".join(_shielded(one, stood, spare) for one in text))
    return {ord(letter): hidden for hidden, letter in stood.items()}


def _shielded(one: str, stood: dict[str, str], spare: Iterator[str]) -> str:
    if one in "\n\t\r " or strip_hidden(one):
        return one
    if one not in stood:
        stood[one] = next(spare, "")
    return stood[one]


def _unused(tree: "HtmlElement") -> list[int]:
    there = {one for text in tree.itertext() for one in text if one > "\U00010000"}
    return [one for one in _SPARE if chr(one) not in there]


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
    return not _UNSEEN_CLASSES.isdisjoint(classes) and not any(_SEEN_SOMETIMES.search(one) for one in classes)
