"""Korean particles, chosen by the sound of the word before them. Pure functions."""

import re

_PAIRS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)라": ("이라", "라"),
}
"""Particles as templates write them: the forms after a consonant and after a vowel."""
_MARK = re.compile("(" + "|".join(map(re.escape, _PAIRS)) + ")")
_SILENT = re.compile(r"(?:\([^()]*\)|[\W_])+$")
"""Silent endings of a word: quotation marks, and brackets with their content."""
_CONTEXT_LENGTH = 80
_FIRST_SYLLABLE, _FINALS, _FINAL_L = ord("가"), 28, 8
_DIGITS_WITH_FINAL = "013678"
_DIGITS_WITH_L = "178"
_LETTERS_WITH_FINAL = "LMNR"
"""Latin letters whose Korean names end with a consonant: 엘, 엠, 엔, 알."""
_LETTERS_WITH_L = "LR"
_WORD_WITH_FINAL = re.compile(r"(?:[lmn]|ng|ck|(?<![aeiou])[aeiou][bkpt]|[^aeiouwy]le|[aeiou][lmn]e)$")
"""Endings of English words that a consonant ends in Korean: Grok, Copilot, Google, Moonshine."""
_WORD_WITH_L = re.compile(r"le?$")


def fill_template(template: str, values: dict[str, object]) -> str:
    """Return a Korean template with its values, each `은(는)` in it resolved by the word it follows."""
    text = ""
    for piece in _MARK.split(template):
        text += choose_particle(text, piece) if piece in _PAIRS else piece.format(**values)
    return text


def choose_particle(before: str, particle: str) -> str:
    """Return the form of a particle, such as `은(는)`, that follows a text."""
    after_consonant, after_vowel = _PAIRS[particle]
    has_final, is_l = _final_sound(_SILENT.sub("", before[-_CONTEXT_LENGTH:]))
    if particle == "(으)로" and is_l:
        return after_vowel
    return after_consonant if has_final else after_vowel


def _final_sound(text: str) -> tuple[bool, bool]:
    """Return whether a text ends with a consonant when read in Korean, and whether that is ㄹ."""
    last = text[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - _FIRST_SYLLABLE) % _FINALS
        return final > 0, final == _FINAL_L
    if last.isdecimal():
        return last in _DIGITS_WITH_FINAL, last in _DIGITS_WITH_L
    word = re.split(r"[^A-Za-z]", text)[-1]
    if word[-2:].isupper() or len(word) == 1:
        return last.upper() in _LETTERS_WITH_FINAL, last.upper() in _LETTERS_WITH_L
    return bool(_WORD_WITH_FINAL.search(word.lower())), bool(_WORD_WITH_L.search(word.lower()))
