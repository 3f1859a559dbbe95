"""Phonetic codes of names: the consonants that are heard, alike in Hangul and in Latin letters. Pure functions.

Trump and 트럼프, Kavanaugh and 캐버노, 앤트로픽 and 앤스로픽 share a code. Vowels and what Korean adds to foreign clusters (ㅡ) are
left out; consonants that transliterations confuse are one (F and P, R and L, Z and J). English spelling is ambiguous, so a
Latin word has several codes, one of which should be the one that its Hangul form has.
"""

import re
from functools import lru_cache
from itertools import product

from knowledge.text.analysis import hangul

MIN_CONSONANTS = 3
"""Consonants that a code has at least; shorter ones stand for too many words."""
_MAX_CODES = 8
_CODED = re.compile(r"[a-z]{3,}")
_ONSETS = dict(zip(hangul.ONSETS, "KKNTTLMPPSSASSSKTPH", strict=True))
_FINALS = dict(
    zip("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ", [*"KKKNNNTLLLLLLLLMPPTTNTTKTP", ""], strict=True)
)
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("^kn|^gn", "N"),
    ("^wr", "L"),
    ("^ps|^x", "S"),
    ("^wh", "A|H"),
    ("^h", "H"),
    ("tch|t?sch|sh", "S"),
    ("ch", "S|K"),
    ("dge?(?=[eiy]|$)", "S|TK"),
    ("ph", "P"),
    ("^gh", "K"),
    ("gh(?=t|$|[^aeiouy])", "|P"),
    ("gh", "K|"),
    ("th", "S|T"),
    ("t(?=i[ao]|ure)", "S"),
    ("tz|ts|ds|zz", "S"),
    ("ck|cc(?![eiy])|kk", "K"),
    ("cc", "KS"),
    ("sc(?=[eiy])", "S"),
    ("c(?=[eiy])", "S|K"),
    ("gg|qu?", "K"),
    ("g(?=[eiy])", "S|K"),
    ("ng(?=[aeiouylr])", "NK|N|NS"),
    ("ng|nn?", "N"),
    ("[cgk]", "K"),
    ("x", "KS"),
    ("mb$|mm?", "M"),
    ("ll?", "L"),
    ("rr?h?(?=[aeiouy])", "L"),
    ("rr?h?", "|L"),
    ("tt?|dt|dd?", "T"),
    ("pp?|bb?|ff?|vv?", "P"),
    ("ss?|z|j", "S"),
    ("h(?=[aeiouy])", "H|"),
    ("^[aeiouyw]+", "A"),
)
"""English spellings and how Hangul may hear each; the first that fits at a place counts."""
_SPELLING = re.compile("|".join(f"({spelling})" for spelling, _ in _SPELLINGS))


@lru_cache(maxsize=50_000)
def encode(word: str) -> tuple[str, ...]:
    """Return the codes of a folded word (Korean: without particles); none for a word that is too short or mixes scripts."""
    if hangul.is_hangul(word):
        found = {_normalise_code(_encode_korean(word))} if len(word) > 1 else set()
    elif _CODED.fullmatch(word):
        found = set(map(_normalise_code, _encode_latin(word)))
    else:
        found = set()
    return tuple(sorted(code for code in found if len(code) >= MIN_CONSONANTS))


def _encode_korean(word: str) -> str:
    """Return the onsets and finals of a Korean word; a consonant that ends one syllable and begins the next counts once."""
    code, before = "", ""
    for syllable in word:
        place = hangul.decompose(syllable)
        onset, final = _ONSETS[hangul.ONSETS[place.onset]], _FINALS.get(hangul.FINALS[place.final], "")
        code += final if onset == before else onset + final
        before = final
    return code


def _encode_latin(word: str) -> list[str]:
    """Return the codes of the ways in which a Latin word may be read."""
    heard: list[list[str]] = []
    ways = 1
    for match in _SPELLING.finditer(word):
        sounds = _SPELLINGS[(match.lastindex or 1) - 1][1].split("|")
        if ways * len(sounds) > _MAX_CODES:
            sounds = sounds[:1]
        ways *= len(sounds)
        heard.append(sounds)
    return ["".join(way) for way in product(*heard)]


def _normalise_code(code: str) -> str:
    """Return a code with a vowel at its beginning only; T and S before L are one, as in Anthropic."""
    return (code[:1] + code[1:].replace("A", "")).replace("TL", "SL")
