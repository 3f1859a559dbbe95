"""Language detection by letters: Korean or English."""

from itertools import islice

from knowledge.ingest.document import RefusedError
from knowledge.model import Language

_SAMPLE = 100_000
"""Letters that are looked at."""
_KOREAN = 0.2
"""Share of Hangul among Hangul and Latin letters from which a text is Korean: a syllable says as much as two or three
letters, and Korean articles on technology are full of names in Latin script."""
_ELSE = 0.5
"""Share of letters of other scripts from which it is neither, unless Hangul stands among them as among Hanja."""


def detect_language(text: str) -> Language:
    """Return the language of a text, Korean or English.

    Raises:
        RefusedError: if it has no letters, or most are of neither script: it could not be found, and would be called what it is not.
    """
    letters = list(islice(filter(str.isalpha, text), _SAMPLE))
    hangul = sum("가" <= letter <= "힣" or "\u1100" <= letter <= "\u11ff" for letter in letters)
    latin = sum(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in letters)
    if not letters:
        raise RefusedError("has no words", "A text in Korean or English is needed", "See in an editor what is in it")
    if hangul < _KOREAN * len(letters) and hangul + latin < _ELSE * len(letters):
        raise RefusedError(
            f"is in neither Korean nor English: {1 - (hangul + latin) / len(letters):.0%} of its letters are of other scripts",
            "Articles in these two languages are taken, since search and answers know no others",
            "Add a translation, and name its source in it",
        )
    return "ko" if hangul >= _KOREAN * (hangul + latin) else "en"
