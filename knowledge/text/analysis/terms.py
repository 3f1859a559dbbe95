"""Weighted terms: those that an index keeps of a document, and those that a question looks for. Pure functions.

There are two analyzers, chosen by `get_analyzer`: `plain` needs nothing, `morphemes` the `ko` extra. Their terms go into fields of
their own, each scored by itself, the scores added with these weights.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from knowledge.model import StoreError
from knowledge.text.analysis import analyzer, hangul, phonetic, spelling
from knowledge.text.analysis.analyzer import Word
from knowledge.text.analysis.spelling import DocumentFrequency

if TYPE_CHECKING:
    from knowledge.text.analysis.mecab import Morphemes

AnalyzerName = Literal["plain", "morphemes"]
NEEDS_KO_EXTRA = (
    "The analyzer `morphemes` needs the extra `ko`: pip install 'ai-trends-mcp[ko]'; in a copy of the repository: pip install '.[ko]'. "
    "Without it, choose `plain`."
)
"""Message where `morphemes` is requested and not installed."""
FieldTerm = tuple[str, str]
"""Field and term."""
TermWeights = dict[FieldTerm, float]
"""Weights of terms."""
_CORRECTION_WEIGHT = 0.75
"""Weight of a word that is not in the question but corrects an unknown word of it."""

_MIN_KNOWN_SHARE = 0.25
"""Share of the words of a question that must be known, for the others in Latin letters to be corrected."""
_FEW_WORDS = 2
"""Too few words to judge the language of the texts by."""
_MAX_CORRECTED = 12
"""Words of a question that are corrected, so that no question takes long."""
_SHORTEST_LOAN = 3
"""Syllables of an unknown Korean word that may be a foreign name in another spelling."""
_FIELDS = ("words", "grams", "sounds")
_LAST_WORDS = 50_000
"""Words whose terms are remembered while texts come in."""
_NUMBERED = re.compile(r"([a-z]{2,})\d+")
"""A name with its version right behind it (HBM4), which is found by the name as well."""


@dataclass(frozen=True)
class Analyzer:
    """A way to make terms of text."""

    name: AnalyzerName
    weights: Mapping[str, float]
    """Weight of a match, by field."""
    morphemes: "Callable[[str], Morphemes] | None" = None


class QueryWord(NamedTuple):
    """A word of a question, how much it tells (0 to 1), and what it looks for."""

    word: Word
    weight: float
    terms: TermWeights
    """Its forms, corrections, syllable pairs and phonetic codes, each with its weight beside the word itself."""
    known: bool
    """Some document has it as it is written."""


def get_analyzer(name: AnalyzerName) -> Analyzer:
    """Return the analyzer of a name.

    Raises:
        StoreError: `morphemes` without the `ko` extra installed.
    """
    if name == "plain":
        return Analyzer("plain", {"words": 1.0, "grams": 0.75, "sounds": 0.5})
    from knowledge.text.analysis import mecab  # noqa: PLC0415 - an extra, imported only when used

    try:
        mecab.load()
    except ImportError:
        raise StoreError(NEEDS_KO_EXTRA) from None
    return Analyzer("morphemes", {"morphemes": 1.0, "words": 0.5, "grams": 0.5, "sounds": 1.0}, mecab.extract_morphemes)


def document_terms(text: str, by: Analyzer) -> dict[str, list[str]]:
    """Return the terms of a document by field, as often as they occur."""
    words = analyzer.extract_words(text)
    filed = list(map(_word_fields, words))
    found = {field: [term for fields in filed for term in fields[place]] for place, field in enumerate(_FIELDS)}
    if by.morphemes:
        made_of = by.morphemes(text)
        found["morphemes"] = [*made_of.content, *(word.term for word in words if not hangul.is_hangul(word.raw))]
        heard = set(found["sounds"])
        found["sounds"] += [code for noun in made_of.nouns for code in phonetic.encode(noun) if code not in heard]
    return found


def list_inner_words(text: str, by: Analyzer) -> list[str]:
    """Return the morphemes and nouns of a text; none for an analyzer without morphemes."""
    return [part for some in by.morphemes(text) for part in some] if by.morphemes else []


def list_morphemes(word: str, by: Analyzer) -> list[str]:
    """Return the distinct morphemes of a Korean word; none for an analyzer without."""
    return list(dict.fromkeys(by.morphemes(word).content)) if by.morphemes else []


@lru_cache(maxsize=_LAST_WORDS)
def _word_fields(word: Word) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the terms of a word of a document, in the order of `_FIELDS`."""
    return index_terms(word), word.grams, phonetic.encode(_sounded_form(word))


def query_words(text: str, known: DocumentFrequency) -> list[QueryWord]:
    """Return the words of a question with the terms that each looks for, in their order; only the first are corrected."""
    weighed = analyzer.weigh_words(analyzer.extract_words(text))
    first = [word for word, weight in weighed[:_MAX_CORRECTED] if weight]
    latin = len(first) <= _FEW_WORDS or known_share(first, known) >= _MIN_KNOWN_SHARE
    found = [
        QueryWord(
            word,
            weight,
            _word_terms(word, known if word in first and (latin or word.grams) else _assume_known),
            known(word.term) > 0,
        )
        for word, weight in weighed
    ]
    for left, right in pairwise(found[:_MAX_CORRECTED]):
        joined = spelling.join(left.word, right.word, known) if left.weight and right.weight else None
        if joined:
            _add_correction(left.terms, joined)
            _add_correction(right.terms, joined)
    return found


def known_share(words: Sequence[Word], known: DocumentFrequency) -> float:
    """Return the share of words that some document has; where it is low, the texts are in another language."""
    return sum(known(word.term) > 0 for word in words) / max(len(words), 1)


def _add_correction(terms: TermWeights, correction: Word) -> None:
    """Add the terms of a correction."""
    for part, share in _form_terms(correction, _CORRECTION_WEIGHT).items():
        terms[part] = max(share, terms.get(part, 0.0))


def query_morphemes(text: str, by: Analyzer) -> TermWeights:
    """Return the morphemes that a question looks for, and its Latin words; nothing for an analyzer without."""
    terms: TermWeights = {}
    if by.morphemes:
        weighed = analyzer.weigh_words(analyzer.extract_words(text))
        latin = {word.term: weight for word, weight in weighed if not hangul.is_hangul(word.raw)}
        for morpheme, weight in (
            {content: analyzer.weigh_word(content) for content in by.morphemes(text).content} | latin
        ).items():
            _add(terms, ("morphemes", morpheme), weight, by)
    return terms


def index_terms(word: Word) -> tuple[str, ...]:
    """Return the terms that the index keeps of a word: its own, and the name in a name with a number."""
    numbered = _NUMBERED.fullmatch(word.raw)
    return (word.term, numbered[1]) if numbered else (word.term,)


def _assume_known(_term: str) -> int:
    return 1


def _add(terms: TermWeights, part: tuple[str, str], share: float, by: Analyzer) -> None:
    if share:
        terms[part] = max(terms.get(part, 0.0), share * by.weights[part[0]])


def _word_terms(word: Word, known: DocumentFrequency) -> TermWeights:
    """Return the terms that a word of a question looks for."""
    if not hangul.is_hangul(word.raw):
        return _corrections(word, known) | _form_terms(word, 1.0) | _phonetic_terms(_sounded_form(word))
    if known(word.term):
        return _form_terms(word, 1.0)
    inside, stretches = spelling.split(word.raw, known)
    if inside:
        grams = {("grams", gram): 1.0 for stretch in stretches for gram in analyzer.syllable_pairs(stretch)}
        return grams | {("words", word.term): _CORRECTION_WEIGHT for word in inside}
    return _unknown_word_terms(word, known)


def _unknown_word_terms(word: Word, known: DocumentFrequency) -> TermWeights:
    return (
        _corrections(word, known)
        | _phonetic_terms(word.term if len(word.term) >= _SHORTEST_LOAN else "")
        | _form_terms(word, 1.0)
    )


def _corrections(word: Word, known: DocumentFrequency) -> TermWeights:
    """Return the terms of the words that an unknown word may be a slip for."""
    terms: TermWeights = {}
    for term in () if known(word.term) else spelling.correct(word, known):
        grams = tuple(analyzer.syllable_pairs(term)) if hangul.is_hangul(term) else ()
        terms |= _form_terms(Word(term, term, grams), _CORRECTION_WEIGHT)
    return terms


def _phonetic_terms(word: str) -> TermWeights:
    return {("sounds", code): 1.0 for code in phonetic.encode(word)}


def _form_terms(word: Word, share: float) -> TermWeights:
    return {("words", word.term): share} | {("grams", gram): share for gram in word.grams}


def _sounded_form(word: Word) -> str:
    """Return the form of a word that is heard: Korean without particles, Latin without its genitive."""
    return word.term if hangul.is_hangul(word.raw) else word.raw.removesuffix("'s")
