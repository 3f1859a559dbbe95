"""Hangul syllables and the letters they are made of. Pure functions."""

from typing import NamedTuple

_FIRST = ord("가")
_VOWELS, _FINALS = 21, 28
_FIRST_ONSET = ord("\u1100")
"""Of the letters that stand at the beginning of a syllable only: what is typed alone is folded to these."""

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""Initial consonants of syllables, in Unicode order."""
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
"""Final consonants of syllables, often none."""


class Jamo(NamedTuple):
    """The letters of a syllable, as places in `ONSETS`, `VOWELS` and `FINALS`."""

    onset: int
    vowel: int
    final: int

    def __str__(self) -> str:
        return chr(_FIRST + (self.onset * _VOWELS + self.vowel) * _FINALS + self.final)


def is_hangul(word: str) -> bool:
    """Check that a word begins with a Hangul syllable."""
    return "가" <= word[:1] <= "힣"


def get_initials(text: str) -> str:
    """Return the letters that Hangul syllables begin with, as people abbreviate names; all else as it is."""
    return "".join(chr(_FIRST_ONSET + decompose(letter).onset) if is_hangul(letter) else letter for letter in text)


def are_initials(word: str) -> bool:
    """Check that a folded word is nothing but such letters."""
    return bool(word) and all(_FIRST_ONSET <= ord(letter) < _FIRST_ONSET + len(ONSETS) for letter in word)


def to_keyboard_letters(initials: str) -> str:
    """Return initials as a keyboard writes them."""
    return "".join(ONSETS[ord(letter) - _FIRST_ONSET] for letter in initials)


def decompose(syllable: str) -> Jamo:
    """Return the letters that a Hangul syllable is made of."""
    place = ord(syllable) - _FIRST
    return Jamo(place // (_VOWELS * _FINALS), place // _FINALS % _VOWELS, place % _FINALS)


def get_final(syllable: str) -> str:
    """Return the letter that a syllable ends with; empty where that is a vowel."""
    return FINALS[(ord(syllable) - _FIRST) % _FINALS]
