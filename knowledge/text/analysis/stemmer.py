"""Stemmer: removes Korean particles and common verb endings, and English inflection. Pure functions.

A particle is taken off only where it agrees with the sound before it (한국은, 미국이, 중국을; 나라는, 나라가, 나라를). That is
what tells a noun with a particle from a noun that merely ends like one (국가, 나이, 마을), so that even one syllable may stay.
"""

import threading
from collections.abc import Callable
from functools import lru_cache

from knowledge.text.analysis import hangul, wordlists

_PARTICLES = frozenset(wordlists.PARTICLES)
_ENDINGS = frozenset(wordlists.ENDINGS)
_SUFFIXES = _PARTICLES | _ENDINGS
_LONGEST_SUFFIX = max(map(len, _SUFFIXES))
_MOST_SUFFIXES = 2
_SHORTEST_STEM = 2
_STEMMING = threading.Lock()
"""The stemmer keeps its word in itself: threads take turns."""


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """Return a Latin word without its English ending."""
    if not token.isascii():
        return token
    with _STEMMING:
        return _english()(token.removesuffix("'s"))


@lru_cache(maxsize=1)
def _english() -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415 - it loads the stemmers of thirty languages

    stem_word: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stem_word


@lru_cache(maxsize=50_000)
def strip_suffixes(word: str) -> str:
    """Return a Korean word without particles and common endings; a single syllable stays before the commonest particles, else two."""
    for _ in range(_MOST_SUFFIXES):
        word = word[: _stem_length(word)]
    return word


def strip_particle(word: str) -> str:
    """Return a Korean noun in its dictionary form; at least two syllables stay."""
    shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_SUFFIX)
    return next((word[:end] for end in range(shortest, len(word)) if _is_particle(word[:end], word[end:])), word)


def _stem_length(word: str) -> int:
    """Return the length of a word without its longest suffix."""
    ends = range(max(1, len(word) - _LONGEST_SUFFIX), len(word))
    return next((end for end in ends if _is_suffix(word[:end], word[end:])), len(word))


def _is_suffix(before: str, rest: str) -> bool:
    if len(before) < _SHORTEST_STEM and rest not in wordlists.COMMONEST_PARTICLES:
        return False
    return rest in _ENDINGS or _is_particle(before, rest)


def _is_particle(before: str, rest: str) -> bool:
    """Check that `rest` is a particle that can follow the sound that `before` ends with."""
    if rest not in _PARTICLES:
        return False
    final = hangul.get_final(before[-1])
    if rest == "로":
        return final in ("", "ㄹ")
    if rest in wordlists.AFTER_CONSONANT:
        return final != ""
    return final == "" or rest not in wordlists.AFTER_VOWEL
