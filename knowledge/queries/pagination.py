"""Pages of an answer that fit a token budget, and their cursors. Pure functions."""

import base64
import binascii
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import BaseModel

from knowledge.model import Language, UnanswerableError
from knowledge.queries import messages

Detail = Literal["brief", "full"]

_M = TypeVar("_M", bound=BaseModel)

BYTES_PER_TOKEN = 2.5
"""The fewest bytes of UTF-8 a token of an answer has: Korean prose needs the most tokens, English and JSON fewer."""
_CURSOR = 30
"""Tokens reserved for a cursor."""
_MOST_DIGITS = 9
ANSWER_TOKENS: dict[Detail, int] = {"brief": 2_000, "full": 20_000}
"""The most tokens of an answer."""


def count_tokens(value: BaseModel) -> int:
    """Return an upper estimate of the tokens of a value as JSON."""
    return math.ceil(len(value.model_dump_json(exclude_none=True).encode()) / BYTES_PER_TOKEN)


def tokens_left(frame: BaseModel, detail: Detail) -> int:
    """Return the tokens left for items in an answer that is otherwise complete."""
    return ANSWER_TOKENS[detail] - count_tokens(frame) - _CURSOR


def fill_page(items: Sequence[_M], start: int, limit: int, tokens: int) -> tuple[tuple[_M, ...], int | None]:
    """Return the items from `start` on that fit, at least one and at most `limit`, and the start of the next page."""
    page: list[_M] = []
    for item in items[start : start + limit]:
        tokens -= count_tokens(item)
        if page and tokens < 0:
            break
        page.append(item)
    end = start + len(page)
    return tuple(page), end if end < len(items) else None


@dataclass(frozen=True)
class ListPage:
    """A page of a list that a call reads page by page."""

    start: int
    limit: int
    total: int
    call: tuple[object, ...]

    @classmethod
    def at(cls, cursor: str, total: int, limit: int, language: Language, *call: object) -> "ListPage":
        """Return the page at a cursor of a list of `total` items; the first page for an empty cursor.

        Raises:
            UnanswerableError: if the cursor belongs to another call, or its page is past the end.
        """
        start = read_cursor(cursor, language, *call)
        if start and start >= total:
            raise UnanswerableError(messages.BAD_CURSOR.in_language(language))
        return cls(start, limit, total, call)

    @property
    def window(self) -> slice:
        """Return the slice of the list whose items may be on the page."""
        return slice(self.start, self.start + self.limit)

    def fill(self, items: Sequence[_M], tokens: int) -> tuple[tuple[_M, ...], str | None]:
        """Return the items of the window that fit, at least one, and the cursor of the next page."""
        fitting, _ = fill_page(items, 0, self.limit, tokens)
        return fitting, self.following(len(fitting))

    def following(self, shown: int) -> str | None:
        """Return the cursor of the page after `shown` items; `None` at the end."""
        end = self.start + shown
        return write_cursor(end if end < self.total else None, *self.call)


def write_cursor(start: int | None, *call: object) -> str | None:
    """Return an opaque cursor for the page of `call` that starts at `start`; `None` without a start."""
    if start is None:
        return None
    return base64.urlsafe_b64encode(f"{start}.{_mark(call)}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, language: Language, *call: object) -> int:
    """Return the start of the page that a cursor stands for; 0 for an empty cursor.

    Raises:
        UnanswerableError: if `write_cursor` did not make the cursor for the same call.
    """
    if not cursor:
        return 0
    try:
        start, _, mark = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(".")
    except (binascii.Error, ValueError) as error:
        raise UnanswerableError(messages.BAD_CURSOR.in_language(language)) from error
    if mark != _mark(call) or not start.isdecimal() or len(start) > _MOST_DIGITS:
        raise UnanswerableError(messages.BAD_CURSOR.in_language(language))
    return int(start)


def _mark(call: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(call, ensure_ascii=False, default=str).encode()).hexdigest()[:8]
