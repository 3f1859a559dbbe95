"""The result of parsing a file or page: a document, or a refusal."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from knowledge.model import Language, Line, Period, Value
from knowledge.text import to_line

Medium = Literal["text", "markdown", "html", "pdf"]
LONGEST_LINE = 200
"""Characters of a title or name."""
_LONGEST_VERBATIM = 2_000
_LONGEST_ADDRESS = 2_000
ShortLine = Annotated[Line, Field(max_length=LONGEST_LINE)]


class Document(Value):
    """The text of one article, with the metadata that its file or page declares; undeclared is `None`, never guessed."""

    body: str
    """The text: NFC, LF, otherwise as it came; hidden characters stay in it."""
    title: ShortLine | None = None
    """Headline, without hidden characters."""
    author: ShortLine | None = None
    """Author, without hidden characters."""
    publisher: ShortLine | None = None
    """Publisher, without hidden characters."""
    published: Period | None = None
    """Day of publication (EDTF)."""
    url: Annotated[Line, Field(max_length=_LONGEST_ADDRESS)] | None = None
    """Canonical address, http or https."""
    language: Language
    """Language of the text, by its letters."""
    medium: Medium
    """Format that it was parsed as."""
    charset: Annotated[Line, Field(max_length=40)] | None = None
    """Charset that its bytes were decoded from; `None` for PDF."""
    extractor: ShortLine
    """Library that extracted the text, with its version."""
    said: dict[str, str] = Field(default_factory=dict)
    """Declared metadata verbatim, with hidden characters, where it differs from the fields above."""
    notes: tuple[Line, ...] = ()
    """Remarks for the user about the parsing."""


class RefusedError(Exception):
    """A refusal to make a document, in parts of an error message; the caller adds the file's name."""

    def __init__(self, problem: str, allowed: str, fix: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.allowed = allowed
        self.fix = fix


def clean_line(text: str | None, most: int = LONGEST_LINE) -> str | None:
    """Return outside text as one bounded line of visible characters, or `None` if nothing is left."""
    shown = to_line((text or "")[: 4 * most])
    if len(shown) > most:
        shown = f"{shown[: most - 1].rstrip()}…"
    return shown or None


def keep_verbatim(verbatim: Mapping[str, str | None], shown: Mapping[str, str | None]) -> dict[str, str]:
    """Return the verbatim values that differ from those shown, bounded in length."""
    return {key: text[:_LONGEST_VERBATIM] for key, text in verbatim.items() if text and text != shown.get(key)}
