"""What a question asks about: its telling words, each in every form that a document may have it in. Pure functions.

A word that is part of a name can be matched by the name, in whatever language or spelling; one that stands nowhere by what it
may be meant for.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.text.analysis import analyzer, hangul, stemmer, terms
from knowledge.text.analysis.lexicon import Lexicon, NameMention
from knowledge.text.analysis.terms import FieldTerm, TermWeights

CountDocuments = Callable[[str, str], int]
"""In how many documents a term of a field stands."""

WITH_FIGURE = "figure"
"""The name that every claim with a figure goes by: what a question for a number looks for."""
_NUMBER = "#"
_NUMBER_COUNTS = 1.0
"""What having a number weighs, where the question asks for one."""
_UNKNOWN_WORD, _UNKNOWN_VERB, _UNKNOWN_ENGLISH, _FOREIGN = 0.7, 0.25, 0.6, 0.15
"""What an unknown word weighs beside a name in Latin letters: a Korean word that may be a name, one that cannot, English; and
English where the texts are in another language, so that it could not stand there."""
_MOST_UNITS = 32
"""How many words of a question are looked for: of more, the most telling."""
_SURE_CODE = 4
"""Consonants of a name that is known by its sound alone."""
_MOST_LOOKUPS = 1_000
"""How many terms are looked up to mend a question: a few milliseconds, however it is written."""


@dataclass(frozen=True)
class QueryTerm:
    """A word of the question, in every form that a document may have it in."""

    raw: str
    """As it is said back: Korean without particles, English without its genitive."""
    forms: tuple[FieldTerm, ...] = ()
    """Any of these is the word itself, a name it is part of, or what it may be meant for."""
    terms: TermWeights = field(default_factory=dict)
    """All that it looks for, with what each counts beside the word itself."""
    grams: tuple[str, ...] = ()
    """The pairs of syllables in it, which together are as much as the word itself."""
    may_be_name: bool = False
    documents: int = 0
    """How many documents have it, in the form that most have it in."""
    importance: float = 1.0
    """What it weighs beside another word that is as rare."""
    foreign: bool = False
    """Whether it is of a language that the texts are not in."""
    respelt: bool = False
    """Whether it stands nowhere as it is written, but as what it may be meant for."""
    codes: tuple[str, ...] = ()
    """How it sounds, if it may be a name, the sound is not that of too many words, and Korean letters stand nowhere as they are."""

    def weight(self, documents: int) -> float:
        """How telling it is among so many documents: its inverse document frequency, counting each that has it in some form."""
        others = max(documents - self.documents, 0)  # an index counts what was replaced until it is merged
        rarity = self.importance * math.log(1 + (others + 0.5) / (self.documents + 0.5))
        if self.documents:
            return rarity
        if self.may_be_name:
            return rarity * (_UNKNOWN_WORD if self.grams else 1.0)
        if self.grams:
            return rarity * _UNKNOWN_VERB
        return rarity * (_FOREIGN if self.foreign else _UNKNOWN_ENGLISH)

    @property
    def is_number(self) -> bool:
        """Whether it stands for the number that a question asks for."""
        return self.raw == _NUMBER


@dataclass(frozen=True)
class ParsedQuery:
    """A question: its units, each with its share of the whole (the shares add up to 1)."""

    text: str
    units: tuple[QueryTerm, ...]
    shares: tuple[float, ...]

    @cached_property
    def unknown_names(self) -> tuple[QueryTerm, ...]:
        """What may be a name and stands nowhere."""
        return tuple(unit for unit in self.units if unit.may_be_name and not unit.documents)

    @property
    def is_mostly_unknown(self) -> bool:
        """Whether half of its words stand nowhere, or one of them may be a name: then the rest must match all the better."""
        return bool(self.unknown_names) or 2 * len(self.unknown_words) >= len(self.units)

    @property
    def is_unknown(self) -> bool:
        """Whether no word of it stands anywhere."""
        return not any(unit.documents for unit in self.units if not unit.is_number)

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """Possible names and English words that stand nowhere; every word, where none stands anywhere."""
        unknown = (unit for unit in self.units if not unit.documents)
        return tuple(unit.raw for unit in unknown if unit.may_be_name or not unit.grams or self.is_unknown)

    @property
    def respelt_words(self) -> tuple[str, ...]:
        """Words that stand nowhere as they are written, and were looked for as others."""
        return tuple(unit.raw for unit in self.units if unit.respelt)

    def is_certain_name(self, unit: QueryTerm, *, written: bool) -> bool:
        """Whether what may be a name surely is one: it is in Latin letters, or what a Korean question begins with and is about.

        Args:
            unit: what may be one.
            written: whether a word in Latin letters must be written as a name is.
        """
        if hangul.is_hangul(unit.raw):
            return unit.raw == analyzer.find_topic(self.text)
        return not written or analyzer.is_written_as_name(unit.raw, self.text)

    @property
    def codes(self) -> frozenset[str]:
        """How its possible names sound."""
        return frozenset(code for unit in self.units for code in unit.codes)

    @property
    def best_single_share(self) -> float:
        """The share that only more than one word of the question makes up, besides its number."""
        known = [(unit, share) for unit, share in zip(self.units, self.shares, strict=True) if unit.documents]
        number = sum(share for unit, share in known if unit.is_number)
        return max((share for _, share in known), default=0.0) + number


class TermCounter:
    """In how many documents a word stands, looked up once; after too many look-ups, none has what is asked for."""

    def __init__(self, documents: CountDocuments) -> None:
        self._documents = documents
        self._seen: dict[str, int] = {}

    def __call__(self, term: str) -> int:
        if term not in self._seen:
            if len(self._seen) >= _MOST_LOOKUPS:
                return 0
            self._seen[term] = self._documents("words", term)
        return self._seen[term]


def parse_query(
    text: str, lexicon: Lexicon, documents: CountDocuments, every: int, *, spoken: float = 0.0
) -> ParsedQuery:
    """What a question asks about.

    Args:
        text: the question.
        lexicon: the names of everything.
        documents: in how many documents a term stands.
        every: how many documents there are.
        spoken: the share of English words that stands somewhere, below which the documents are in another language.
    """
    weighed = sorted(
        ((unit.weight(every), place, unit) for place, unit in enumerate(_units(text, lexicon, documents, spoken))),
        key=lambda one: (-one[0], one[1]),
    )
    kept = sorted(weighed[:_MOST_UNITS], key=lambda one: one[1])
    whole = sum(weight for weight, _, _ in kept)
    return ParsedQuery(text, tuple(unit for _, _, unit in kept), tuple(weight / whole for weight, _, _ in kept))


def _units(text: str, lexicon: Lexicon, documents: CountDocuments, spoken: float) -> list[QueryTerm]:
    """The telling words of a question, each once."""
    mentions = lexicon.mentions(text, nested=True)
    known = TermCounter(documents)
    sought = {one.word.raw: one for one in terms.query_words(text, known)}
    latin = [one.word for one in sought.values() if one.weight and not one.word.grams]
    foreign = terms.known_share(latin, known) < spoken
    versions = analyzer.find_versions(text)
    glosses = analyzer.find_glosses(text)
    units: dict[str, QueryTerm] = {}
    for place, token in enumerate(analyzer.tokenize(text)):
        here = [mention for mention in mentions if mention.first <= place <= mention.last]
        one = sought.get(token)
        if here or (one and one.weight):
            version = "" if here else versions.get(token, "")
            units[token] = (
                QueryTerm(version, may_be_name=True)
                if version
                else _unit(token, text, one, here, documents, foreign=foreign)
            )
    units = {token: unit for token, unit in units.items() if unit.documents or token not in glosses}
    with_figure = documents("names", WITH_FIGURE)
    if units and with_figure and analyzer.asks_for_number(text):
        forms = (("names", WITH_FIGURE),)
        units[_NUMBER] = QueryTerm(_NUMBER, forms, documents=with_figure, importance=_NUMBER_COUNTS)
    return list(units.values())


def _unit(
    token: str,
    text: str,
    one: terms.QueryWord | None,
    here: Sequence[NameMention],
    documents: CountDocuments,
    *,
    foreign: bool,
) -> QueryTerm:
    words = [part for part in one.terms if part[0] == "words"] if one else []
    names = [(kind, name) for mention in here for name in sorted(mention.ids) for kind in ("names", "subjects")]
    may_be_name = analyzer.may_be_name(token, text)
    sounds = [term for kind, term in one.terms if kind == "sounds" and len(term) >= _SURE_CODE] if one else []
    found = max((documents(*form) for form in (*words, *names)), default=0)
    return QueryTerm(
        _shown(token),
        (*words, *names),
        one.terms if one else {},
        one.word.grams if one else (),
        may_be_name,
        found,
        (one.weight if one else 0.0) or 1.0,
        foreign=foreign,
        respelt=found > 0 and not here and one is not None and not one.known,
        codes=tuple(sounds) if may_be_name and not (found and hangul.is_hangul(token)) else (),
    )


def _shown(token: str) -> str:
    if hangul.are_initials(token):
        return hangul.to_keyboard_letters(token)
    return stemmer.strip_particle(token) if hangul.is_hangul(token) else token.removesuffix("'s")
