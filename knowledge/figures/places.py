"""Country names in questions, and countries with a similar spelling; nothing is guessed."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.datasets import countries
from knowledge.model import Entity, Language
from knowledge.text.analysis import Lexicon, analyzer, wordlists

_LONGEST = 6
"""The most words of a country's name: the Democratic Republic of the Congo."""
_LONGEST_CODE = 3
_NEAR = 0.75
_MOST_NEAR = 3
_WORD = re.compile(r"[^\s,;:?!/~·\"“”‘()\[\]]+")
_NO_CODES = frozenset(word.upper() for word in wordlists.ENGLISH_STOP - {"us"}) | frozenset(
    "ML CV MT AR AM PM PER MS PS SC".split()
)
"""Words that look like a country code and mostly mean something else."""
_REGIONS = frozenset(
    "eu europe africa asia asean brics oecd g7 g20 world 유럽 유럽연합 아시아 동아시아 동남아 동남아시아 아프리카 중동 남미 북미 중남미 "
    "아세안 브릭스 세계 전세계".split()
) | {
    "european union",
    "the eu",
    "middle east",
    "latin america",
    "south america",
    "north america",
    "central america",
    "southeast asia",
    "east asia",
}


_PLACE_PREFIXES = frozenset(
    "new north northern south southern west western east eastern inner outer latin central upper lower".split()
)
"""Words that turn the country name after them into another place, unless both together are a country (South Korea)."""
_AMBIGUOUS_COUNTRIES = frozenset("jordan georgia chad".split())
"""Countries whose name people or states share."""


def find_countries(text: str, lexicon: Lexicon, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Return the alpha-3 codes of the countries that a text names, in text order.

    A name counts as a whole word, in Korean with particles too; a code of two or three letters only in capitals. Other words
    may be names that the knowledge base has for a country (우리나라, Korean).
    """
    words = _words(text)
    with_codes = not text.isupper()
    found: list[str] = []
    rest: list[str] = []
    place = 0
    while place < len(words):
        length, code = _longest(words[place : place + _LONGEST], with_codes=with_codes)
        if code and not _is_elsewhere(words[:place], words[place : place + length], words[place + length :]):
            found.append(code)
        elif not code and length == 1 and not _is_part(words, place):
            rest.append(words[place])
        place += length
    return tuple(dict.fromkeys([*found, *_known(" ".join(rest), lexicon, entities)]))


def find_similar_countries(name: str, entities: Iterable[Entity], language: Language) -> tuple[str, ...]:
    """Return the usual names of countries spelled like `name` in either language, compared jamo by jamo in Korean."""
    spelled = {
        _letters(countries.get_label(code, tongue)): code for code in sorted(countries.CODES) for tongue in ("ko", "en")
    }
    for entity in entities:
        if entity.iso:
            spelled |= {_letters(alias): entity.iso for alias in entity.aliases if len(alias) > _LONGEST_CODE}
    close = difflib.get_close_matches(_letters(name[:60]), spelled, n=_MOST_NEAR, cutoff=_NEAR)
    return tuple(dict.fromkeys(countries.get_label(spelled[spelling], language) for spelling in close))


def is_region(name: str) -> bool:
    """Check whether a name stands for several countries together."""
    return " ".join(name.split()).casefold() in _REGIONS


def _longest(words: Sequence[str], *, with_codes: bool) -> tuple[int, str | None]:
    """Return the length in words of the longest country name at the start, and its code; 1 and `None` if there is none."""
    for length in range(len(words), 0, -1):
        for last in _forms(words[length - 1]):
            name = " ".join([*words[: length - 1], last])
            if is_region(name):
                return length, None
            if length > 1 or len(last) > _LONGEST_CODE or not last.isascii():
                code = countries.get_code(name)
            else:
                code = countries.get_code(name) or (_by_code(last) if with_codes else None)
            if code:
                return length, code
    return 1, None


def _words(text: str) -> list[str]:
    return [match[0] for match in _WORD.finditer(unicodedata.normalize("NFC", text))]


def _is_elsewhere(before: Sequence[str], name: Sequence[str], after: Sequence[str]) -> bool:
    """Check whether a country's name belongs to another place (New Mexico), a person or a state (Jordan Peterson)."""
    if before and before[-1].casefold() in _PLACE_PREFIXES:
        return True
    return len(name) == 1 and name[0].casefold() in _AMBIGUOUS_COUNTRIES and bool(after) and after[0][:1].isupper()


def _is_part(words: Sequence[str], place: int) -> bool:
    """Check whether a word continues the name of another place, and so names no country itself (America, of North America)."""
    return place > 0 and words[place - 1].casefold() in _PLACE_PREFIXES


def _by_code(word: str) -> str | None:
    return countries.find_code(word) if word.isupper() and word not in _NO_CODES else None


def _forms(word: str) -> Iterator[str]:
    """Yield a word as it stands, then without possessives, dots and particles."""
    bare = word.rstrip(".'’").removesuffix("'s").removesuffix("’s")
    latin = re.match(r"[A-Za-z.]+(?=[가-힣]+$)", bare)
    yield from dict.fromkeys(
        [
            word,
            bare,
            bare.replace(".", ""),
            analyzer.strip_particle(bare),
            analyzer.strip_suffixes(bare),
            latin[0] if latin else bare,
        ]
    )


def _known(text: str, lexicon: Lexicon, entities: Mapping[str, Entity]) -> Iterator[str]:
    """Yield the codes of the knowledge base's countries that a text mentions."""
    for mention in lexicon.mentions(text):
        for identity in sorted(mention.ids):
            entity = entities.get(identity.removeprefix("entity:"))
            if entity and entity.iso and identity.startswith("entity:"):
                yield entity.iso


def _letters(name: str) -> str:
    """Return a name in lower case, Korean syllables split into jamo."""
    return unicodedata.normalize("NFD", analyzer.fold(name))
