"""Quotes located in the stored text of an article, as it is or nearly."""

import difflib
from collections import Counter
from itertools import islice
from typing import Literal, NamedTuple

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
from knowledge.text.sanitize import to_excerpt

MOST_PLACES = 5
"""Places of an ambiguous quote that are told apart; beyond them there are only "more"."""
_AROUND = 12
_NEAR = 0.6
_SHOWN = 160
_FEWEST_VOTES = 2

Role = Literal["states", "context"]
ROLES: tuple[Role, Role] = ("states", "context")


class QuoteSpan(NamedTuple):
    """A range of an article's stored text that a draft quotes."""

    start: int
    end: int
    role: Role

    def evidence(self, body: str, article: str) -> Evidence:
        """Return the range as sealed evidence."""
        words = body[self.start : self.end]
        return Evidence(article=article, start=self.start, end=self.end, sha256=anchoring.digest(words), role=self.role)

    def cuts(self, body: str) -> bool:
        """Return whether the range begins or ends within a number or a letter."""
        return cuts_letter(body, self.start, self.end) or cuts_number(body, self.start, self.end)


def normalize_quote(quote: str) -> str:
    """Return a quote in the form that a text is matched in."""
    return normalize_text(anchoring.normalise(quote))[0].strip()


def find_quote(words: str, text: SourceText) -> list[tuple[int, int]]:
    """Return the ranges of the stored text where a normalised quote stands: at most `MOST_PLACES` and one more."""
    starts = islice(text.find_all(words), MOST_PLACES + 1)
    return [text.body_range(start, start + len(words)) for start in starts]


def show_around(span: tuple[int, int], text: SourceText) -> str:
    """Return a range of the stored text with a few characters around it, in the form that is shown."""
    start, end = map(text.flat_position, span)
    return to_excerpt(text.flat[max(0, start - _AROUND) : end + _AROUND], 60)


def find_nearest(words: str, text: SourceText) -> str | None:
    """Return the passage of a text most similar to some words, in the form that is shown; `None` if none is similar."""
    votes: Counter[int] = Counter()
    for at, gram in sample_grams(words):
        for place in text.find_gram(gram):
            votes[(place - at) // GRAM] += 1
    if not votes:
        return None
    best = max(votes, key=lambda block: votes[block] + votes[block + 1])
    if votes[best] + votes[best + 1] < _FEWEST_VOTES:
        return None
    start, end = _words_around(text.flat, max(0, best * GRAM), max(0, best * GRAM) + len(words) + GRAM)
    stretch = text.flat[start:end].strip()
    alike = difflib.SequenceMatcher(None, words, stretch, autojunk=False).quick_ratio()
    return to_excerpt(stretch, _SHOWN) if alike >= _NEAR else None


def _words_around(flat: str, start: int, end: int) -> tuple[int, int]:
    """Return a range widened to whole words."""
    end = min(end, len(flat))
    first, last = max(0, start - _AROUND), min(len(flat), end + _AROUND)
    while start > first and flat[start - 1] != " ":
        start -= 1
    while end < last and flat[end] != " ":
        end += 1
    return start, end
