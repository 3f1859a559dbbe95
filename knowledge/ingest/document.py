"""What comes of a file or page: a document, or a refusal."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from knowledge.model.records import Language, Line, Period, Value
from knowledge.text.sanitize import to_line

Medium = Literal["text", "markdown", "html", "pdf"]
LONGEST_LINE = 200
"""Characters of a title or name."""
_LONGEST_SAID = 2_000
_LONGEST_ADDRESS = 2_000
ShortLine = Annotated[Line, Field(max_length=LONGEST_LINE)]


class Document(Value):
    """The text of one article, with what its file or page says about it. What is not said is `None`, never guessed."""

    body: str
    """The text: NFC, LF, otherwise as it came; hidden characters stay in it."""
    title: ShortLine | None = None
    """Headline, without hidden characters."""
    author: ShortLine | None = None
    """Who wrote it, without hidden characters."""
    publisher: ShortLine | None = None
    """Who published it, without hidden characters."""
    published: Period | None = None
    """The day of publication (EDTF), where page or file says it."""
    url: Annotated[Line, Field(max_length=_LONGEST_ADDRESS)] | None = None
    """Canonical address, http or https."""
    language: Language
    """Language of the text, by its letters."""
    medium: Medium
    """What it was read as."""
    charset: Annotated[Line, Field(max_length=40)] | None = None
    """What its bytes were read as; `None` for PDF, which has its own way."""
    extractor: ShortLine
    """What took the text out, with its version."""
    said: dict[str, str] = Field(default_factory=dict)
    """What the page says of itself to the letter, with hidden characters, where that is not what is shown above."""
    notes: tuple[Line, ...] = ()
    """What the user should know of how it was read."""


class RefusedError(Exception):
    """What no document comes of, as parts of a sentence about a file that is named elsewhere."""

    def __init__(self, problem: str, allowed: str, mend: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.allowed = allowed
        self.mend = mend


def clean_line(text: str | None, most: int = LONGEST_LINE) -> str | None:
    """Return outside text as one bounded line of visible characters, or `None` if nothing is left."""
    shown = to_line((text or "")[: 4 * most])
    if len(shown) > most:
        shown = f"{shown[: most - 1].rstrip()}…"
    return shown or None


def keep_verbatim(verbatim: Mapping[str, str | None], shown: Mapping[str, str | None]) -> dict[str, str]:
    """Return the verbatim values that differ from those shown, bounded in length."""
    return {key: text[:_LONGEST_SAID] for key, text in verbatim.items() if text and text != shown.get(key)}
