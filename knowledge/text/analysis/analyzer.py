"""Tokens, words and stems of Korean and English text. Pure functions.

Korean words count twice: once with particles and endings stripped (`words`), once as the pairs of syllables inside them
(`grams`), which forgives compounds and endings that no list knows. English words are stemmed. Digits lose their commas.

A particle is taken off only where it agrees with the sound before it (한국은, 미국이, 중국을; 나라는, 나라가, 나라를). That is
what tells a noun with a particle from a noun that merely ends like one (국가, 나이, 마을), so that even one syllable may stay.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.text.analysis import hangul, wordlists
from knowledge.text.analysis.hangul import is_hangul

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


VERSION = 5
"""Version of the terms: an index with another is rebuilt."""

_TOKEN = re.compile(
    r"(?<=\d)[천만억조](?=[가-힣])(?![각합건직약심적])|[가-힣]+|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[a-z0-9]+(?:'[a-z]+)?|[^\W\d_a-z가-힣]+"
)
_ACCENT = re.compile("[\u0300-\u036f]")
_NUMBER = re.compile(wordlists.NUMBER_QUESTION)
_ENDS_IN_N = "".join(chr(code) for code in range(ord("가"), ord("힣") + 1) if (code - ord("가")) % 28 == 4)  # noqa: PLR2004
_ENDS_IN_N_GA = re.compile(f"[{_ENDS_IN_N}](?:가요?|지요?|데요?)$")
"""Adjectives in questions: 비싼가요, 큰지."""
_VERSION = re.compile(r"\b([A-Z][A-Za-z]+)(?:-| (?=\d+(?:\.\d+)?(?:\W|$)))(\d{1,2}(?:\.\d+)?)(?![\w%])")
"""A capitalised name with a number behind it; a counter or a percent sign behind that makes it a number of things."""
_VERB_ENDING = re.compile(wordlists.VERB_ENDING)
_INTERROGATIVE = re.compile(wordlists.INTERROGATIVE)
_AUXILIARY = re.compile(wordlists.AUXILIARY)
_STOP_WORDS = wordlists.ENGLISH_STOP.union(wordlists.PARTICLES)
_LAUGHTER = re.compile(r"[\u1100-\u11ff]{1,2}|[\u110f\u1112\u1161-\u1175]+|([\u1100-\u11ff])\1+")
"""Single Korean letters, folded, that are no initials of a name: too few, all the same, or ㅋㅎㅠㅜ."""
_GLOSS = re.compile(r"[가-힣]\s?\(([A-Za-z][^()]*)\)")
_HEADLINE_SHARE = 0.6
"""Share of the words of a headline that have capitals."""
_MAX_KEYWORDS = 4
"""Words of a query that need not be a sentence."""
_VAGUE_WEIGHT = 0.5
_LAST_TEXTS = 16
"""Texts whose tokens are remembered: a question is looked at from many sides, one right after the other."""


@dataclass(frozen=True)
class Word:
    """One word of a text: its term and, for Korean, its syllable pairs."""

    raw: str
    """The word as `fold` leaves it."""
    term: str
    grams: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return text in plain lower-case letters: no width, compatibility or accent variants, Hanja as Hangul."""
    plain = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFKD", text))).replace("’", "'")
    return hangul.to_hangul(plain.casefold())


def tokenize(text: str) -> list[str]:
    """Split text, folded, into runs of one script: Hangul, Latin with digits, numbers without commas, others."""
    return list(_tokenize(text))


@lru_cache(maxsize=_LAST_TEXTS)
def _tokenize(text: str) -> tuple[str, ...]:
    return tuple(token.replace(",", "") for token in _TOKEN.findall(fold(text)))


def extract_words(text: str) -> list[Word]:
    """Return the words of a document."""
    return [make_word(token) for token in tokenize(text) if token not in _STOP_WORDS]


def weigh_words(question: list[Word]) -> list[tuple[Word, float]]:
    """Return the words of a question with their weights (0 to 1); all in full where none surely has content."""
    weights = [weigh_word(word.raw, word.term) for word in question]
    return list(zip(question, weights if 1.0 in weights else [1.0] * len(question), strict=True))


def weigh_word(*forms: str) -> float:
    """Return the weight of a word of a question, given in any of its forms: 0 for a question word, half for a vague one, else 1."""
    if (
        _LAUGHTER.fullmatch(forms[0])
        or not wordlists.ASKING_WORDS.isdisjoint(forms)
        or _INTERROGATIVE.match(forms[0])
        or _AUXILIARY.match(forms[0])
    ):
        return 0.0
    return 1.0 if wordlists.VAGUE_WORDS.isdisjoint(forms) else _VAGUE_WEIGHT


def asks_for_number(text: str) -> bool:
    """Check that a question asks how many or how much."""
    return _NUMBER.search(fold(text)) is not None


def may_be_name(word: str, text: str) -> bool:
    """Check that a folded word of a question could be a name, so that its absence from the knowledge base means something.

    Korean: it does not end like a verb that asks. Latin: it has a digit or a capital (the first word of a sentence has one
    anyway), or stands in a Korean sentence, or in one without any capital.
    """
    if is_hangul(word):
        return len(word) > 1 and not _VERB_ENDING.search(word) and not _ENDS_IN_N_GA.search(word)
    if has_hangul(text) or not word.isalpha() or text.islower():
        return True
    if _is_headline(text):
        return False
    first, *others = text.split()
    stands_out = first[1:] != first[1:].lower() or not (first.islower() or _is_sentence(text))
    named = [other for other in others if not other.islower()] + [first] * stands_out
    return any(name.casefold().startswith(word) for name in named)


def find_topic(text: str) -> str:
    """Return the topic that a Korean question begins with (일본은 ...), without its particle; empty if there is none."""
    first = next(iter(tokenize(text)), "")
    return first[:-1] if is_hangul(first) and len(first) > len("그는") and first[-1] in "은는" else ""


def find_versions(text: str) -> dict[str, str]:
    """Return version numbers by the name before them: `5` of GPT-5, `4` of Llama 4; counts of things are no versions."""
    return {fold(match[2]): fold(f"{match[1]}-{match[2]}") for match in _VERSION.finditer(text)}


def has_hangul(text: str) -> bool:
    """Check that some of a text is written in Hangul."""
    return re.search("[가-힣ㄱ-ㅎㅏ-ㅣ]", text) is not None


def is_written_as_name(word: str, text: str) -> bool:
    """Check that a folded Latin word has a digit, or a capital where it stands in a text."""
    return not word.isalpha() or any(
        token.casefold().startswith(word) and not token.islower() for token in text.split()
    )


def _is_headline(text: str) -> bool:
    """Check that so many words of an English text have capitals that these say nothing."""
    words = text.split()
    return len(words) > _MAX_KEYWORDS and sum(not word.islower() for word in words) > _HEADLINE_SHARE * len(words)


def find_glosses(text: str) -> frozenset[str]:
    """Return the folded Latin words in brackets right behind a Korean word, which repeat it: 별빛전자(Starlight)."""
    return frozenset(token for gloss in _GLOSS.findall(text) for token in tokenize(gloss))


def _is_sentence(text: str) -> bool:
    """Check that a text in Latin letters is more than a few keywords."""
    return len(text.split()) > _MAX_KEYWORDS or any(token in wordlists.ENGLISH_STOP for token in tokenize(text))


def is_english_sentence(text: str) -> bool:
    """Check that a text has words that only an English sentence has, whatever names stand in it: What is 소버린 AI?"""
    return sum(token in wordlists.ENGLISH_STOP for token in tokenize(text)) > 1


@lru_cache(maxsize=50_000)
def make_word(token: str) -> Word:
    """Return the word of a token."""
    if not is_hangul(token):
        return Word(token, stem(token))
    return Word(token, strip_suffixes(token), tuple(syllable_pairs(token)))


def syllable_pairs(word: str) -> Iterator[str]:
    """Yield the pairs of syllables in a Korean word; a single syllable is its own pair."""
    if len(word) == 1:
        yield word
    for start in range(len(word) - 1):
        yield word[start : start + 2]
