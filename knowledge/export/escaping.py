"""Escaping of outside text for Markdown, TeX and JSON.

Markup in it (links, images, HTML, footnotes, commands) is displayed as text and never acts.
"""

import json
import re
from urllib.parse import quote

from knowledge.text import replace_hidden, strip_hidden, to_line

_MARKS = re.compile(r"[\\`*_{}\[\]<>|~^$&!#]")
"""Characters that can begin markup anywhere in a line; a backslash escapes them."""
_NUMBERED = re.compile(r"\d{1,9}[.)]")
_LINKED = re.compile(r"://|@|\bwww\.|\b(?:mailto|xmpp|javascript|data|tel|file):\S|[a-z0-9]\.[a-z]{2}", re.IGNORECASE)
"""Words that programs turn into links or mentions without markup: addresses, domains, account names."""
_WEB = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,5})?(?:[/?#][!-~]*)?", re.IGNORECASE)
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
_IN_ADDRESSES = "!$&'()*+,-./:;=?@_~#%[]"


def markdown(text: str) -> str:
    """Return `text` as one line of Markdown that shows it, without hidden characters."""
    return _from_start(" ".join(map(_word, strip_hidden(text).split())))


def markdown_lines(text: str) -> list[str]:
    """Return `text` as Markdown, line by line."""
    return [markdown(line) for line in strip_hidden(text).split("\n")]


def code(text: str) -> str:
    """Return a word as inline code, in which nothing is markup."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"


def tex(text: str) -> str:
    """Return `text` for TeX and BibTeX within braces, with balanced braces."""
    line = to_line(text)
    return "".join(_TEX.get(character, character) for character in line)


def json_text(written: str) -> str:
    """Return JSON with hidden characters and `<` as escapes: the same values, with no effect on a terminal or in a page."""
    return replace_hidden(written, lambda character: json.dumps(character)[1:-1]).replace("<", "\\u003c")


def address(text: str | None) -> str | None:
    """Return a web address that can be followed, in ASCII, or `None` for anything else and for one with a user name."""
    if text is None or strip_hidden(text) != text or any(character.isspace() for character in text):
        return None
    encoded = quote(text, safe=_IN_ADDRESSES)
    return encoded if _WEB.fullmatch(encoded) else None


def _word(word: str) -> str:
    return code(word) if _LINKED.search(word) else _MARKS.sub(r"\\\g<0>", word)


def _from_start(line: str) -> str:
    if line[:1] in "-+=:%":
        return f"\\{line}" if line else line
    numbered = _NUMBERED.match(line)
    return f"{line[: numbered.end() - 1]}\\{line[numbered.end() - 1 :]}" if numbered else line
