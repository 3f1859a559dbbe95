"""From text to weighted terms: what an index keeps of a document, and what a question looks for. Pure functions.

There are two analyzers, told apart by `of`: `plain` needs nothing, `morphemes` the `ko` extra. Their terms go into fields of
their own, each scored by itself, the scores added with these weights.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from knowledge import analyzer, hangul, mending, sounds
from knowledge.analyzer import Word
from knowledge.mending import Known

Name = Literal["plain", "morphemes"]
Terms = dict[tuple[str, str], float]
"""(field, term) -> weight."""
_MENDED = 0.75
"""What a word counts that is not in the question but may be meant by one that stands nowhere."""

_MOST_MENDED = 12
"""How many words of a question are looked at for slips, so that no question takes long."""
_SHORTEST_LOAN = 3
"""Syllables of an unknown Korean word that may be a foreign name in another spelling."""


@dataclass(frozen=True)
class Analyzer:
    """A way to make terms of text."""

    name: Name
    weights: Mapping[str, float]
    """What a match counts, by field."""
    morphemes: Callable[[str], list[str]] | None = None


def of(name: Name) -> Analyzer:
    """The analyzer of a name.

    Raises:
        ImportError: `morphemes` without the `ko` extra installed.
    """
    if name == "plain":
        return Analyzer("plain", {"words": 1.0, "grams": 0.75, "sounds": 0.5})
    from knowledge import morphemes  # noqa: PLC0415 - an extra, imported only when used

    morphemes.load()
    return Analyzer("morphemes", {"morphemes": 1.0, "words": 0.5, "grams": 0.5, "sounds": 0.75}, morphemes.of)


def of_document(text: str, by: Analyzer) -> dict[str, list[str]]:
    """The terms of a text that is to be found, by field, as often as they occur."""
    words = analyzer.words(text)
    found = {
        "words": [word.term for word in words],
        "grams": [gram for word in words for gram in word.grams],
        "sounds": [code for word in words for code in sounds.codes(_spoken(word))],
    }
    if by.morphemes:
        found["morphemes"] = by.morphemes(text) + [word.term for word in words if not hangul.is_hangul(word.raw)]
    return found


def of_question(text: str, by: Analyzer, known: Known) -> Terms:
    """The terms that a question looks for.

    Args:
        text: the question.
        by: the analyzer that the documents were analysed by.
        known: in how many documents a term of the field `words` stands; unknown Korean words are mended.
    """
    terms: Terms = {}
    weighed = analyzer.weighed(analyzer.words(text))
    for place, (word, weight) in enumerate(weighed):
        for part, share in _word(word, known if place < _MOST_MENDED else _taken_as_known).items():
            _add(terms, part, share * weight, by)
    for (first, weight), (second, other) in pairwise(weighed[:_MOST_MENDED]):
        one = mending.joined(first, second, known) if weight and other else None
        for part, share in _forms(one, _MENDED).items() if one else ():
            _add(terms, part, share, by)
    if by.morphemes:
        latin = {word.term: weight for word, weight in weighed if not hangul.is_hangul(word.raw)}
        for morpheme, weight in ({one: analyzer.weight(one) for one in by.morphemes(text)} | latin).items():
            _add(terms, ("morphemes", morpheme), weight, by)
    return terms


def _taken_as_known(_term: str) -> int:
    return 1


def _add(terms: Terms, part: tuple[str, str], share: float, by: Analyzer) -> None:
    if share:
        terms[part] = max(terms.get(part, 0.0), share * by.weights[part[0]])


def _word(word: Word, known: Known) -> Terms:
    """What one word of a question looks for."""
    if not hangul.is_hangul(word.raw):
        return _forms(word, 1.0) | _sounds(_spoken(word))
    if known(word.term):
        return _forms(word, 1.0)
    inside, stretches = mending.pieces(word.raw, known)
    if inside:
        grams = {("grams", gram): 1.0 for stretch in stretches for gram in analyzer.pairs(stretch)}
        return grams | {("words", one.term): _MENDED for one in inside}
    return _unknown(word, known)


def _unknown(word: Word, known: Known) -> Terms:
    terms: Terms = {}
    for term in mending.meant(word.term, known):
        terms |= _forms(Word(term, term, tuple(analyzer.pairs(term))), _MENDED)
    return terms | _sounds(word.term if len(word.term) >= _SHORTEST_LOAN else "") | _forms(word, 1.0)


def _sounds(word: str) -> Terms:
    return {("sounds", code): 1.0 for code in sounds.codes(word)}


def _forms(word: Word, share: float) -> Terms:
    return {("words", word.term): share} | {("grams", gram): share for gram in word.grams}


def _spoken(word: Word) -> str:
    """The form of a word that sounds: Korean without particles, Latin without its genitive."""
    return word.term if hangul.is_hangul(word.raw) else word.raw.removesuffix("'s")
