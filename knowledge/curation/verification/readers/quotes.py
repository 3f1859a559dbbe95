"""Quotes -> evidence: each stands in the stored text exactly once, or the model is told where, or what the text says instead."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Finding, Violation, shorten
from knowledge.curation.verification.readers.source_text import (
    GRAM,
    SourceText,
    cuts_letter,
    cuts_number,
    normalize_text,
    sample_grams,
)
from knowledge.model.records import Evidence
from knowledge.text import anchoring

SHORTEST = 6
"""Characters of a quote at least: fewer bear nothing."""
_MOST_PLACES = 5
_AROUND = 12
_NEAR = 0.6
_SHOWN = 160
_FEWEST_VOTES = 2

Role = Literal["states", "context"]
ROLES: tuple[Role, Role] = ("states", "context")


class QuoteSpan(NamedTuple):
    """Words of the article that a draft rests on."""

    start: int
    end: int
    role: Role

    def evidence(self, body: str, article: str) -> Evidence:
        """The piece, sealed."""
        words = body[self.start : self.end]
        return Evidence(article=article, start=self.start, end=self.end, sha256=anchoring.digest(words), role=self.role)


def anchored(quotes: Sequence[str], role: Role, text: SourceText) -> Iterator[QuoteSpan | Finding]:
    """Each quote's place in the text, or what is wrong with it."""
    field = "quotes" if role == "states" else "context"
    for number, quote in enumerate(quotes, 1):
        yield _anchor(quote, f"{field}.{number}", role, text)


def _anchor(quote: str, about: str, role: Role, text: SourceText) -> QuoteSpan | Violation:
    words = normalize_text(anchoring.normalise(quote))[0].strip()
    if len(words) < SHORTEST:
        return messages.QUOTE_TOO_SHORT.at(about, quote=shorten(words), shortest=SHORTEST)
    places = list(_limited(text.find(words)))
    if not places:
        return _nowhere(words, about, text)
    if len(places) > 1:
        return _often(words, places, about, text)
    start, end = text.place(places[0], places[0] + len(words))
    if cuts_letter(text.body, start, end) or cuts_number(text.body, start, end):
        return messages.QUOTE_CUTS_WORD.at(about)
    return QuoteSpan(start, end, role)


def _limited(places: Iterator[int]) -> Iterator[int]:
    for number, place in enumerate(places):
        if number > _MOST_PLACES:
            return
        yield place


def _often(words: str, places: Sequence[int], about: str, text: SourceText) -> Violation:
    around = "; ".join(
        f"{text.place(at, at + 1)[0]}: ‘{shorten(text.flat[max(0, at - _AROUND) : at + len(words) + _AROUND], 60)}’"
        for at in places[:_MOST_PLACES]
    )
    more = "+" if len(places) > _MOST_PLACES else ""
    count = f"{min(len(places), _MOST_PLACES)}{more}"
    return messages.QUOTE_AMBIGUOUS.at(about, count=count, places=around)


def _nowhere(words: str, about: str, text: SourceText) -> Violation:
    near = find_nearest(words, text)
    if near is None:
        return messages.QUOTE_NOT_FOUND.at(about, quote=shorten(words))
    return messages.QUOTE_INEXACT.at(about, quote=shorten(words), near=near)


def find_nearest(words: str, text: SourceText) -> str | None:
    """The stretch of a text that comes nearest to some words, if any comes near, as it may be shown."""
    votes: Counter[int] = Counter()
    for at, gram in sample_grams(words):
        for place in text.places_of(gram):
            votes[(place - at) // GRAM] += 1
    if not votes:
        return None
    best = max(votes, key=lambda one: votes[one] + votes[one + 1])
    if votes[best] + votes[best + 1] < _FEWEST_VOTES:
        return None
    start, end = _words_around(text.flat, max(0, best * GRAM), max(0, best * GRAM) + len(words) + GRAM)
    stretch = text.flat[start:end].strip()
    alike = difflib.SequenceMatcher(None, words, stretch, autojunk=False).quick_ratio()
    return shorten(stretch, _SHOWN) if alike >= _NEAR else None


def _words_around(flat: str, start: int, end: int) -> tuple[int, int]:
    """A stretch, widened to whole words."""
    end = min(end, len(flat))
    first, last = max(0, start - _AROUND), min(len(flat), end + _AROUND)
    while start > first and flat[start - 1] != " ":
        start -= 1
    while end < last and flat[end] != " ":
        end += 1
    return start, end
