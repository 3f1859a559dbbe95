"""A stored text as it is matched and shown: without hidden characters, with one kind of blank, quotation mark and dash.

Every place in it leads back to the stored text, so that evidence is always the stored text's own range.
"""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from knowledge.text import anchoring
from knowledge.text.sanitize import strip_hidden

GRAM = 5
"""Characters by which near stretches are looked for."""
_MOST_PLACES = 6
"""Places remembered of each such piece."""
_MARKS, _DASHES = "“”„‟″\"‘’‚‛′'", "–—−‐‑-"
_SAME = str.maketrans(_MARKS + _DASHES, "'" * len(_MARKS) + "-" * len(_DASHES))
_SENTENCE_ENDS = ".!?。\n"
_LONGEST_SENTENCE = 400


def normalize_text(words: str) -> tuple[str, list[int]]:
    """The words as they are matched, and where each code point of that stands in them."""
    flat, places = anchoring.collapse_whitespace(words)
    if strip_hidden(flat) != flat:
        kept = [at for at, one in enumerate(flat) if one == " " or strip_hidden(one)]
        flat, places = "".join(flat[at] for at in kept), [places[at] for at in kept]
    return flat.translate(_SAME), places


class SourceText:
    """An article's stored text."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.flat, self._places = normalize_text(body)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the stored text a stretch of the matched one stands."""
        return self._places[start], self._places[end - 1] + 1

    def flat_at(self, place: int) -> int:
        """The reverse: where a place of the stored text is in the matched one."""
        return bisect_left(self._places, place)

    def find(self, words: str) -> Iterator[int]:
        """Where the (plain) words begin in the matched text."""
        at = self.flat.find(words) if words else -1
        while at >= 0:
            yield at
            at = self.flat.find(words, at + 1)

    def places_of(self, gram: str) -> list[int]:
        """The first places of a piece of `GRAM` characters."""
        return self._grams.get(gram, [])

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence or sentences that a stretch of the stored text stands in."""
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
    """Whether a stretch begins or ends between a letter and the marks on it."""
    return any(at < len(body) and unicodedata.category(body[at]).startswith("M") for at in (start, end))


def cuts_number(body: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends within the digits of a number."""
    return any(0 < at < len(body) and _in_number(body[max(0, at - 2) : at], body[at : at + 2]) for at in (start, end))


def _in_number(before: str, after: str) -> bool:
    if before[-1:].isdigit():
        return after[:1].isdigit() or (after[:1] in {".", ","} and after[1:].isdigit())
    return before[-1:] in {".", ","} and before[:-1].isdigit() and after[:1].isdigit()


def _ends_sentence(body: str, at: int) -> bool:
    """Whether a sentence ends with the character at `at`; the dot of a number or a name does not."""
    one = body[at]
    if one not in _SENTENCE_ENDS:
        return one in "\"”’'" and at > 0 and body[at - 1] in ".!?" and body[at + 1 : at + 2] in {"", "\n"}
    return one == "\n" or body[at + 1 : at + 2] in {"", " ", "\n"}


def sample_grams(words: str) -> Iterator[tuple[int, str]]:
    """Pieces of `GRAM` characters of some words, spread over them, with where they stand."""
    every = max(1, len(words) // 60)
    yield from islice(((at, words[at : at + GRAM]) for at in range(0, len(words) - GRAM + 1, every)), 200)
