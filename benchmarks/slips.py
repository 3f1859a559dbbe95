"""Questions with slips in them: of spacing, of typing, of the spelling of foreign names. The same slips every time."""

import random
import re
from collections.abc import Callable, Mapping

from knowledge.text.analysis import analyzer
from knowledge.text.analysis.hangul import FINALS, ONSETS, VOWELS, Jamo, decompose

Texts = Mapping[str, str]
_Slip = Callable[[str, random.Random], str]
_WORD = re.compile("[가-힣]{3,}")
_SPACE = re.compile(r"(?<=[가-힣])\s+(?=[가-힣])")
_SPELT = re.compile(r"([가-힣]{3,})\s?\([A-Za-z]")
_IN_LATIN = re.compile(r"\s?\([A-Za-z .]+\)")
_BESIDE = dict(
    zip(
        "ㅏㅐㅓㅔㅗㅜㅡㅣㅕㅛㅠㅑ",
        ("ㅓㅣ", "ㅔ", "ㅗㅏ", "ㅐㅓ", "ㅓㅜ", "ㅗㅡ", "ㅜㅣ", "ㅡㅏ", "ㅛㅑ", "ㅕㅠ", "ㅛ", "ㅕ"),
        strict=True,
    )
)
"""Vowels that the finger may hit instead."""
_HEARD = dict(zip("ㅐㅔㅓㅗㅏ", "ㅔㅐㅗㅓㅐ", strict=True))
_HEARD_FIRST = dict(zip("ㅅㅆㅈㅊㅋㄱㅌㄷㅍㅂ", "ㅆㅅㅊㅈㄱㅋㄷㅌㅂㅍ", strict=True))
"""Letters that one writer of a foreign name puts for another's."""


def make_slips(documents: Texts, questions: Texts, seed: int = 5) -> dict[str, Texts]:
    """The questions with slips, by kind of slip; the documents say which words are foreign names."""
    foreign = tuple(
        {match[1] for text in (*documents.values(), *questions.values()) for match in _SPELT.finditer(text)}
    )
    kinds: dict[str, Callable[[str, random.Random], str]] = {
        "no spaces": lambda text, _: _SPACE.sub("", text),
        "half the spaces": lambda text, chance: _SPACE.sub(lambda _: chance.choice(("", " ")), text),
        "spaces too many": lambda text, chance: _WORD.sub(
            lambda match: chance.choice((match[0], _split(match[0], chance))), text
        ),
        "two syllables swapped": lambda text, chance: _in_one_word(text, chance, _swap),
        "a wrong letter": lambda text, chance: _in_one_word(text, chance, _mistype),
        "a syllable left out": lambda text, chance: _in_one_word(text, chance, _leave_out),
        "names spelt otherwise": lambda text, chance: _respell(text, chance, foreign),
    }
    return {kind: _all(questions, slip, random.Random(seed)) for kind, slip in kinds.items()}


def _all(questions: Texts, slip: _Slip, chance: random.Random) -> Texts:
    return {key: slip(text, chance) for key, text in questions.items()}


def _in_one_word(text: str, chance: random.Random, slip: _Slip) -> str:
    """A slip in one word that tells something."""
    telling = [match for match in _WORD.finditer(text) if analyzer.weigh_word(match[0]) == 1]
    if not telling:
        return text
    match = chance.choice(telling)
    return text[: match.start()] + slip(match[0], chance) + text[match.end() :]


def _split(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return f"{word[:place]} {word[place:]}"


def _swap(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _leave_out(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _mistype(word: str, chance: random.Random) -> str:
    place = chance.randrange(min(len(word), 3))
    right = decompose(word[place])
    vowel = VOWELS[right.vowel]
    if vowel in _BESIDE and chance.random() < 0.5:  # noqa: PLR2004
        wrong = right._replace(vowel=VOWELS.index(chance.choice(_BESIDE[vowel])))
    else:
        wrong = right._replace(final=0 if right.final else FINALS.index(chance.choice("ㄴㄹㅇㅁㄱ")))
    return word[:place] + str(wrong) + word[place + 1 :]


def _respell(text: str, chance: random.Random, foreign: tuple[str, ...]) -> str:
    """Foreign names with one letter as somebody else would write it, without the Latin spelling behind them."""
    return _WORD.sub(
        lambda match: _otherwise(match[0], chance) if match[0].startswith(foreign) else match[0],
        _IN_LATIN.sub("", text),
    )


def _otherwise(word: str, chance: random.Random) -> str:
    ways = [
        word[:place] + str(way) + word[place + 1 :] for place in range(min(len(word), 5)) for way in _heard(word[place])
    ]
    return chance.choice(ways) if ways else word


def _heard(syllable: str) -> list[Jamo]:
    right = decompose(syllable)
    onset, vowel = _HEARD_FIRST.get(ONSETS[right.onset]), _HEARD.get(VOWELS[right.vowel])
    ways = [right._replace(onset=ONSETS.index(onset))] if onset else []
    return ways + ([right._replace(vowel=VOWELS.index(vowel))] if vowel else [])
