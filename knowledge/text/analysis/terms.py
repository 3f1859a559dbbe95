"""From text to weighted terms: what an index keeps of a document, and what a question looks for. Pure functions.

There are two analyzers, told apart by `of`: `plain` needs nothing, `morphemes` the `ko` extra. Their terms go into fields of
their own, each scored by itself, the scores added with these weights.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from knowledge.model.errors import StoreError
from knowledge.text.analysis import analyzer, hangul, phonetic, spelling
from knowledge.text.analysis.analyzer import Word
from knowledge.text.analysis.spelling import Known

if TYPE_CHECKING:
    from knowledge.text.analysis.mecab import Morphemes

Name = Literal["plain", "morphemes"]
NEEDS_EXTRA = (
    "The analyzer `morphemes` needs the extra `ko`: pip install 'ai-trends-mcp[ko]'; in a copy of the repository: pip install '.[ko]'. "
    "Without it, choose `plain`."
)
"""What is said where `morphemes` is asked for and not installed."""
Part = tuple[str, str]
"""Field and term."""
Terms = dict[Part, float]
"""What each counts."""
_MENDED = 0.75
"""What a word counts that is not in the question but may be meant by one that stands nowhere."""

_SPOKEN = 0.25
"""How many of a question's words must stand somewhere, for the others in Latin letters to be looked at for slips."""
_FEW = 2
"""Words that say nothing of the language of the texts."""
_MOST_MENDED = 12
"""How many words of a question are looked at for slips, so that no question takes long."""
_SHORTEST_LOAN = 3
"""Syllables of an unknown Korean word that may be a foreign name in another spelling."""
_FILED = ("words", "grams", "sounds")
_LAST_WORDS = 50_000
"""Words whose terms are remembered while texts come in."""
_NUMBERED = re.compile(r"([a-z]{2,})\d+")
"""A name with its version right behind it (HBM4), which is found by the name as well."""


@dataclass(frozen=True)
class Analyzer:
    """A way to make terms of text."""

    name: Name
    weights: Mapping[str, float]
    """What a match counts, by field."""
    morphemes: "Callable[[str], Morphemes] | None" = None


class Sought(NamedTuple):
    """A word of a question, how much it tells (0 to 1), and what it looks for."""

    word: Word
    weight: float
    terms: Terms
    """Its forms, what it may be meant for, its pairs and its sounds, each with what it counts beside the word itself."""
    known: bool
    """Whether it stands somewhere as it is written."""


def of(name: Name) -> Analyzer:
    """The analyzer of a name.

    Raises:
        StoreError: `morphemes` without the `ko` extra installed.
    """
    if name == "plain":
        return Analyzer("plain", {"words": 1.0, "grams": 0.75, "sounds": 0.5})
    from knowledge.text.analysis import mecab  # noqa: PLC0415 - an extra, imported only when used

    try:
        mecab.load()
    except ImportError:
        raise StoreError(NEEDS_EXTRA) from None
    return Analyzer("morphemes", {"morphemes": 1.0, "words": 0.5, "grams": 0.5, "sounds": 1.0}, mecab.of)


def of_document(text: str, by: Analyzer) -> dict[str, list[str]]:
    """The terms of a text that is to be found, by field, as often as they occur."""
    words = analyzer.words(text)
    filed = list(map(_filed, words))
    found = {field: [term for one in filed for term in one[place]] for place, field in enumerate(_FILED)}
    if by.morphemes:
        made_of = by.morphemes(text)
        found["morphemes"] = [*made_of.content, *(word.term for word in words if not hangul.is_hangul(word.raw))]
        heard = set(found["sounds"])
        found["sounds"] += [code for noun in made_of.nouns for code in phonetic.codes(noun) if code not in heard]
    return found


def inside(text: str, by: Analyzer) -> list[str]:
    """What an analyzer finds inside longer words; nothing for one that does not look there."""
    return [part for some in by.morphemes(text) for part in some] if by.morphemes else []


def parts(word: str, by: Analyzer) -> list[str]:
    """The morphemes of a Korean word, each once; none for an analyzer without."""
    return list(dict.fromkeys(by.morphemes(word).content)) if by.morphemes else []


@lru_cache(maxsize=_LAST_WORDS)
def _filed(word: Word) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The terms of one word of a document, in the order of `_FILED`."""
    return kept(word), word.grams, phonetic.codes(_spoken(word))


def sought(text: str, known: Known) -> list[Sought]:
    """The words of a question with what each looks for, in their order; only the first are mended."""
    weighed = analyzer.weighed(analyzer.words(text))
    first = [word for word, weight in weighed[:_MOST_MENDED] if weight]
    latin = len(first) <= _FEW or spoken(first, known) >= _SPOKEN
    found = [
        Sought(
            word,
            weight,
            _word(word, known if word in first and (latin or word.grams) else _taken_as_known),
            known(word.term) > 0,
        )
        for word, weight in weighed
    ]
    for one, other in pairwise(found[:_MOST_MENDED]):
        joined = spelling.joined(one.word, other.word, known) if one.weight and other.weight else None
        if joined:
            _mend(one.terms, joined)
            _mend(other.terms, joined)
    return found


def spoken(words: Sequence[Word], known: Known) -> float:
    """Which share of some words stands somewhere: where it is low, the texts are in another language."""
    return sum(known(word.term) > 0 for word in words) / max(len(words), 1)


def _mend(terms: Terms, meant: Word) -> None:
    """Look for what may be meant, too."""
    for part, share in _forms(meant, _MENDED).items():
        terms[part] = max(share, terms.get(part, 0.0))


def morphemes_of(text: str, by: Analyzer) -> Terms:
    """The morphemes that a question looks for, and its Latin words beside them; nothing for an analyzer without."""
    terms: Terms = {}
    if by.morphemes:
        weighed = analyzer.weighed(analyzer.words(text))
        latin = {word.term: weight for word, weight in weighed if not hangul.is_hangul(word.raw)}
        for morpheme, weight in ({one: analyzer.weight(one) for one in by.morphemes(text).content} | latin).items():
            _add(terms, ("morphemes", morpheme), weight, by)
    return terms


def kept(word: Word) -> tuple[str, ...]:
    """What of a word is kept: its term, and the name in a name with a number."""
    numbered = _NUMBERED.fullmatch(word.raw)
    return (word.term, numbered[1]) if numbered else (word.term,)


def _taken_as_known(_term: str) -> int:
    return 1


def _add(terms: Terms, part: tuple[str, str], share: float, by: Analyzer) -> None:
    if share:
        terms[part] = max(terms.get(part, 0.0), share * by.weights[part[0]])


def _word(word: Word, known: Known) -> Terms:
    """What one word of a question looks for."""
    if not hangul.is_hangul(word.raw):
        return _meant(word, known) | _forms(word, 1.0) | _sounds(_spoken(word))
    if known(word.term):
        return _forms(word, 1.0)
    inside, stretches = spelling.pieces(word.raw, known)
    if inside:
        grams = {("grams", gram): 1.0 for stretch in stretches for gram in analyzer.pairs(stretch)}
        return grams | {("words", one.term): _MENDED for one in inside}
    return _unknown(word, known)


def _unknown(word: Word, known: Known) -> Terms:
    return _meant(word, known) | _sounds(word.term if len(word.term) >= _SHORTEST_LOAN else "") | _forms(word, 1.0)


def _meant(word: Word, known: Known) -> Terms:
    """What a word may be a slip for, if it stands nowhere."""
    terms: Terms = {}
    for term in () if known(word.term) else spelling.meant(word, known):
        grams = tuple(analyzer.pairs(term)) if hangul.is_hangul(term) else ()
        terms |= _forms(Word(term, term, grams), _MENDED)
    return terms


def _sounds(word: str) -> Terms:
    return {("sounds", code): 1.0 for code in phonetic.codes(word)}


def _forms(word: Word, share: float) -> Terms:
    return {("words", word.term): share} | {("grams", gram): share for gram in word.grams}


def _spoken(word: Word) -> str:
    """The form of a word that sounds: Korean without particles, Latin without its genitive."""
    return word.term if hangul.is_hangul(word.raw) else word.raw.removesuffix("'s")
