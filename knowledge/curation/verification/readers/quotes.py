"""Quotes located in the stored text of an article, as it is or nearly.

A text is matched in a form of its own: no hidden characters, one kind of blank, quotation mark and dash. Every position in that
form leads back to the stored text, so evidence is always a range of the stored text itself.
"""

import difflib
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

from knowledge.model import Evidence
from knowledge.text import anchoring, strip_hidden, to_excerpt

GRAM = 5
"""Length of the character n-grams that find passages similar to a quote."""
_MOST_PLACES = 6
"""Positions kept of each n-gram."""
_MARKS, _DASHES = "“”„‟″\"‘’‚‛′'", "–—−‐‑-"
_SAME = str.maketrans(_MARKS + _DASHES, "'" * len(_MARKS) + "-" * len(_DASHES))
_SENTENCE_ENDS = ".!?。\n"
_LONGEST_SENTENCE = 400


def normalize_text(words: str) -> tuple[str, list[int]]:
    """Return words in the form that is matched, and the position in them of each of its code points."""
    flat, places = anchoring.collapse_whitespace(words)
    if strip_hidden(flat) != flat:
        kept = [at for at, character in enumerate(flat) if character == " " or strip_hidden(character)]
        flat, places = "".join(flat[at] for at in kept), [places[at] for at in kept]
    return flat.translate(_SAME), places


class SourceText:
    """An article's stored text (`body`) with its matched form (`flat`)."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.flat, self._places = normalize_text(body)

    def body_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of `body` that a range of `flat` comes from."""
        return self._places[start], self._places[end - 1] + 1

    def flat_position(self, position: int) -> int:
        """Return the position in `flat` of a position in `body`."""
        return bisect_left(self._places, position)

    def find_all(self, words: str) -> Iterator[int]:
        """Yield each position in `flat` where normalised words begin; overlapping ones count."""
        at = self.flat.find(words) if words else -1
        while at >= 0:
            yield at
            at = self.flat.find(words, at + 1)

    def find_gram(self, gram: str) -> list[int]:
        """Return the first positions in `flat` of an n-gram of `GRAM` characters."""
        return self._grams.get(gram, [])

    def find_sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in `body` of the sentence or sentences around a range of `body`."""
        body = self.body
        first = start
        while first > max(0, start - _LONGEST_SENTENCE) and not _ends_sentence(body, first - 1):
            first -= 1
        last = end
        while last < min(len(body), end + _LONGEST_SENTENCE) and not _ends_sentence(body, last - 1):
            last += 1
        return first, last

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self.flat) - GRAM + 1):
            places = found[self.flat[at : at + GRAM]]
            if len(places) < _MOST_PLACES:
                places.append(at)
        return dict(found)


def cuts_letter(body: str, start: int, end: int) -> bool:
    """Return whether a range begins or ends between a letter and its combining marks."""
    return any(at < len(body) and unicodedata.category(body[at]).startswith("M") for at in (start, end))


def cuts_number(body: str, start: int, end: int) -> bool:
    """Return whether a range begins or ends within the digits of a number."""
    return any(0 < at < len(body) and _in_number(body[max(0, at - 2) : at], body[at : at + 2]) for at in (start, end))


def _in_number(before: str, after: str) -> bool:
    if before[-1:].isdigit():
        return after[:1].isdigit() or (after[:1] in {".", ","} and after[1:].isdigit())
    return before[-1:] in {".", ","} and before[:-1].isdigit() and after[:1].isdigit()


def _ends_sentence(body: str, at: int) -> bool:
    """Return whether a sentence ends with the character at `at`; the dot of a number or a name ends none."""
    character = body[at]
    if character not in _SENTENCE_ENDS:
        return character in "\"”’'" and at > 0 and body[at - 1] in ".!?" and body[at + 1 : at + 2] in {"", "\n"}
    return character == "\n" or body[at + 1 : at + 2] in {"", " ", "\n"}


def sample_grams(words: str) -> Iterator[tuple[int, str]]:
    """Yield n-grams of `GRAM` characters spread over some words, each with its position."""
    every = max(1, len(words) // 60)
    yield from islice(((at, words[at : at + GRAM]) for at in range(0, len(words) - GRAM + 1, every)), 200)


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
