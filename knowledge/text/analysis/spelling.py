"""Corrections of query words that no document has: slips of typing and of spacing. Pure functions.

Words that some document has are left alone, so no exact hit is buried. Nothing is stored for it: candidates are derived from
the word and looked up among the terms of the index.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from string import ascii_lowercase

from knowledge.text.analysis import analyzer, hangul, wordlists
from knowledge.text.analysis.analyzer import Word

DocumentFrequency = Callable[[str], int]
"""Returns the number of documents that have a term of the field `words`."""

_MAX_CORRECTIONS = 3
_LONGEST_CORRECTED = 12
"""Syllables of a word that is corrected: a longer one is several words, or nonsense."""
_SHORTEST_CHANGED = 3
"""Syllables of a word in which a letter may be wrong, or two in the wrong order: among shorter ones, too many are alike."""
_SHORTEST_EXCHANGED, _SHORTEST_MISSPELT, _SHORTEST_WRONG = 4, 5, 6
"""Letters of a Latin word in which two may be exchanged, one may be missing, one may be another: Claude is not Cloud, a drone not done."""
_SHORTEST_JOINED, _LONGEST_JOINED = 4, 60
"""Syllables of a word that may be several words without the spaces between."""
_LONGEST_PIECE = 7
_PIECE, _PARTICLE, _LEFT_OVER = 1.0, 0.5, 2.0
"""Costs of the pieces of a joined word: a known word, a particle behind it, a syllable that is neither."""
_MIN_KNOWN_SHARE = 0.75
"""Share of a joined word that must be known words."""


def correct(word: Word, known: DocumentFrequency) -> tuple[str, ...]:
    """Return the terms that an unknown word may be a slip for, of the likeliest kind only, the most frequent first."""
    if not 1 < len(word.term) <= _LONGEST_CORRECTED:
        return ()
    for slips in _candidates(word):
        found = {slip: known(slip) for slip in slips}
        best = sorted((slip for slip, documents in found.items() if documents), key=lambda slip: (-found[slip], slip))
        if best:
            return tuple(best[:_MAX_CORRECTIONS])
    return ()


def _candidates(word: Word) -> Iterator[Iterator[str]]:
    """Yield, for each kind of slip, the terms that it may have come from."""
    if hangul.is_hangul(word.raw):
        yield from (_swapped(word.term), _changed(word.term), _doubled(word.term))
    elif word.raw.isascii() and word.raw.isalpha():
        yield map(
            analyzer.stem, _transposed(word.raw)
        )  # before inflection is taken off: what is off depends on the slip
        yield _misspelt(word.term)


def join(first: Word, second: Word, known: DocumentFrequency) -> Word | None:
    """Return the word that two neighbours form when the space between them is a slip (인공 지능); `None` if there is none."""
    if not (hangul.is_hangul(first.raw) and hangul.is_hangul(second.raw)):
        return None
    word = _word(first.raw + second.raw)
    return word if word and known(word.term) else None


def split(raw: str, known: DocumentFrequency) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """Return the content words in an unknown word without spaces, and its stretches of content; nothing if it is not made of words."""
    if not _SHORTEST_JOINED <= len(raw) <= _LONGEST_JOINED:
        return (), ()
    cut = _segment(raw, known)
    if len(cut) == 1 or sum(len(piece) for piece in cut if len(piece) > 1) < _MIN_KNOWN_SHARE * len(raw):
        return (), ()
    content = [word for word in map(_content_word, cut) if word]
    return tuple(word for word in content if len(word.raw) > 1), tuple(_content_stretches(cut))


def _content_stretches(cut: tuple[str, ...]) -> Iterator[str]:
    """Yield what is left of a joined word when its question words are cut out."""
    stretch = ""
    for piece in (*cut, None):
        if piece and (len(piece) == 1 or _content_word(piece)):
            stretch += piece
        elif len(stretch) > 1:
            yield stretch
            stretch = ""
        else:
            stretch = ""


def _segment(raw: str, known: DocumentFrequency) -> tuple[str, ...]:
    """Return the cheapest way to cut a word into known words, particles and left-over syllables."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(raw) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST_PIECE), end):
            cost = _cost(raw[start:end], start, known)
            if cost is not None:
                ways.append((best[start][0] + cost, (*best[start][1], raw[start:end])))
        best.append(min(ways))
    return best[-1][1]


def _cost(piece: str, start: int, known: DocumentFrequency) -> float | None:
    if len(piece) == 1:
        return _PARTICLE if start and piece in wordlists.COMMONEST_PARTICLES else _LEFT_OVER
    word = _word(piece)
    return _PIECE if word and (not _content_word(piece) or known(word.term)) else None


@lru_cache(maxsize=10_000)
def _word(raw: str) -> Word | None:
    return None if raw in wordlists.PARTICLES else analyzer.make_word(raw)


def _content_word(raw: str) -> Word | None:
    word = _word(raw)
    return word if word and analyzer.weigh_word(word.raw, word.term) else None


def _swapped(term: str) -> Iterator[str]:
    """Yield a term with two syllables exchanged."""
    for place in range(len(term) - 1 if len(term) >= _SHORTEST_CHANGED else 0):
        yield term[:place] + term[place + 1] + term[place] + term[place + 2 :]


def _changed(term: str) -> Iterator[str]:
    """Yield a term with one letter changed, or added to or missing from the end of a syllable."""
    for place, syllable in enumerate(term if len(term) >= _SHORTEST_CHANGED else ""):
        before, after = term[:place], term[place + 1 :]
        for other in _similar_syllables(syllable):
            yield before + other + after


@lru_cache(maxsize=2_000)
def _similar_syllables(syllable: str) -> tuple[str, ...]:
    """Return the syllables that differ from a syllable in a single letter."""
    letters = hangul.decompose(syllable)
    return tuple(
        str(letters._replace(**{part: other}))
        for part, every in zip(hangul.Jamo._fields, (hangul.ONSETS, hangul.VOWELS, hangul.FINALS), strict=True)
        for other in range(len(every))
        if other != getattr(letters, part)
    )


def _transposed(word: str) -> Iterator[str]:
    """Yield a Latin word with two letters exchanged, or a double letter undone; the first stays."""
    for place in range(1, len(word) if len(word) >= _SHORTEST_EXCHANGED else 0):
        before, here, after = word[:place], word[place], word[place + 1 :]
        yield before + after[:1] + here + after[1:]
        if here == before[-1]:
            yield before + after


def _misspelt(term: str) -> Iterator[str]:
    """Yield a Latin word with a letter added, or in a long word replaced; the first stays."""
    for place in range(1, len(term) + 1):
        before, here, after = term[:place], term[place : place + 1], term[place + 1 :]
        yield before + before[-1] + here + after
        for letter in ascii_lowercase if len(term) >= _SHORTEST_MISSPELT else "":
            yield before + letter + here + after
            if len(term) >= _SHORTEST_WRONG:
                yield before + letter + after


def _doubled(term: str) -> Iterator[str]:
    """Yield a term without one of its syllables."""
    for place in range(len(term) if len(term) > _SHORTEST_CHANGED else 0):
        yield term[:place] + term[place + 1 :]
