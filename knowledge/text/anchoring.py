"""Positions of quotes in a text, and seals to find them again. Pure functions; offsets count Unicode code points.

A *seal* is evidence without its words: range and SHA-256. The length and digest identify the words, so a seal can be
found again in a copy of the text whose offsets have shifted.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model import Evidence

MAX_SHARED_LENGTH = 24
"""The most consecutive characters that our own wording may share with an article."""


@dataclass(frozen=True)
class Unanchored:
    """A quote that cannot be evidence: `places` is empty where it occurs nowhere, or holds every place it begins."""

    places: tuple[int, ...]


def normalise(text: str) -> str:
    """Return the form in which a text is stored, measured and digested: NFC, LF, no byte-order mark."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def digest(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes of `text`, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal(text: str, quote: str, article: str) -> Evidence | Unanchored:
    """Return evidence for the only place where `quote` stands in `text`; overlapping occurrences count as several."""
    places = tuple(_occurrences(text, quote))
    if len(places) != 1:
        return Unanchored(places)
    start = places[0]
    return Evidence(article=article, start=start, end=start + len(quote), sha256=digest(quote))


def find_sealed(text: str, evidence: Evidence, near: int | None = None) -> int | None:
    """Return the position of the sealed words in `text`, searching outwards from `near` (by default their own offset)."""
    length = evidence.end - evidence.start
    for start in _outwards(evidence.start if near is None else near, len(text) - length):
        if digest(text[start : start + length]) == evidence.sha256:
            return start
    return None


def collapse_whitespace(text: str) -> tuple[str, list[int]]:
    """Return `text` with every run of whitespace as one space, and the position in `text` of each code point of that.

    Copies from mail, PDF and web pages differ from the original in their blanks first of all.
    """
    flat: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if not character.isspace():
            flat.append(character)
        elif flat and flat[-1] != " ":
            flat.append(" ")
        else:
            continue
        places.append(place)
    return "".join(flat), places


def _occurrences(text: str, quote: str) -> Iterator[int]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _outwards(centre: int, last: int) -> Iterator[int]:
    """Yield 0 to `last`, nearest to `centre` first."""
    if last < 0:
        return
    centre = min(max(centre, 0), last)
    yield centre
    for step in range(1, last + 1):
        if centre - step >= 0:
            yield centre - step
        if centre + step <= last:
            yield centre + step
