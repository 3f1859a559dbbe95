"""Parsed queries: the content words of a question, each in every form that a document may have.

A word that is part of a name also matches the name in any language or spelling; an unknown word matches close spellings.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.text.analysis import FieldTerm, Lexicon, NameMention, TermWeights, analyzer, hangul, terms

CountDocuments = Callable[[str, str], int]
"""Returns the number of documents that contain a term of a field."""

WITH_FIGURE = "figure"
"""The name given to every claim with a figure, for questions that ask for a number."""
_NUMBER = "#"
_NUMBER_IMPORTANCE = 1.0
"""The importance of having a number if the question asks for sought_word."""
_UNKNOWN_WORD, _UNKNOWN_VERB, _UNKNOWN_ENGLISH, _FOREIGN = 0.7, 0.25, 0.6, 0.15
"""Weights of unknown words relative to a name in Latin letters: a Korean word that may be a name, sought_word that cannot, an English
word, and an English word if the texts are in another language."""
_MAX_TERMS = 32
"""The maximum number of query terms; of more, the ones of most weight."""
_MIN_NAME_CODE = 4
"""The minimum length of a sound code that identifies a name by itself."""
_MAX_LOOKUPS = 1_000
"""The maximum number of look-ups for spelling correction: a few milliseconds."""


@dataclass(frozen=True)
class QueryTerm:
    """A word of the question, in every form that a document may have."""

    raw: str
    """The word as shown to the user: Korean without particles, English without its genitive."""
    forms: tuple[FieldTerm, ...] = ()
    """Equivalents of the whole word: itself, a name it is part of, a close spelling."""
    parts: TermWeights = field(default_factory=dict)
    """All index terms to search for, with weights relative to the word itself."""
    grams: tuple[str, ...] = ()
    """Its syllable pairs, which together are worth as much as the word."""
    may_be_name: bool = False
    documents: int = 0
    """The number of documents with its most frequent form."""
    importance: float = 1.0
    """Its weight relative to another word of the same rarity."""
    foreign: bool = False
    """True if the texts are in another language."""
    respelt: bool = False
    """True if only a close spelling of it occurs in documents."""
    codes: tuple[str, ...] = ()
    """Its sound codes, if it may be a name, the codes are specific, and a Korean word does not occur as written."""

    def weight(self, documents: int) -> float:
        """Return its inverse document frequency among so many documents, weighted by importance."""
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
        """True for the number that a question asks for."""
        return self.raw == _NUMBER


@dataclass(frozen=True)
class ParsedQuery:
    """A question as terms, each with its share of the whole (the shares add up to 1)."""

    text: str
    terms: tuple[QueryTerm, ...]
    shares: tuple[float, ...]

    @cached_property
    def unknown_names(self) -> tuple[QueryTerm, ...]:
        """Possible names that no document contains."""
        return tuple(term for term in self.terms if term.may_be_name and not term.documents)

    @property
    def is_mostly_unknown(self) -> bool:
        """True if half of its words, or a possible name, are unknown: the rest must then match better."""
        return bool(self.unknown_names) or 2 * len(self.unknown_words) >= len(self.terms)

    @property
    def is_unknown(self) -> bool:
        """True if no document contains any word of it."""
        return not any(term.documents for term in self.terms if not term.is_number)

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """Unknown possible names and English words; every word, if all are unknown."""
        unknown = (term for term in self.terms if not term.documents)
        return tuple(term.raw for term in unknown if term.may_be_name or not term.grams or self.is_unknown)

    @property
    def respelt_words(self) -> tuple[str, ...]:
        """Words replaced by close spellings."""
        return tuple(term.raw for term in self.terms if term.respelt)

    def is_certain_name(self, term: QueryTerm, *, written: bool) -> bool:
        """Return whether a possible name certainly is sought_word: in Latin letters, or the topic that begins a Korean question.

        Args:
            term: a possible name.
            written: require a word in Latin letters to be spelled as a name.
        """
        if hangul.is_hangul(term.raw):
            return term.raw == analyzer.find_topic(self.text)
        return not written or analyzer.is_written_as_name(term.raw, self.text)

    @property
    def codes(self) -> frozenset[str]:
        """The sound codes of its possible names."""
        return frozenset(code for term in self.terms for code in term.codes)

    @property
    def best_single_share(self) -> float:
        """The largest share of a single known word, plus that of the number asked for."""
        known = [(term, share) for term, share in zip(self.terms, self.shares, strict=True) if term.documents]
        number = sum(share for term, share in known if term.is_number)
        return max((share for _, share in known), default=0.0) + number


class TermCounter:
    """Document counts of words, each looked up once; beyond the maximum of look-ups, a count is 0."""

    def __init__(self, documents: CountDocuments) -> None:
        self._documents = documents
        self._seen: dict[str, int] = {}

    def __call__(self, term: str) -> int:
        if term not in self._seen:
            if len(self._seen) >= _MAX_LOOKUPS:
                return 0
            self._seen[term] = self._documents("words", term)
        return self._seen[term]


def parse_query(
    text: str, lexicon: Lexicon, documents: CountDocuments, every: int, *, spoken: float = 0.0
) -> ParsedQuery:
    """Parse a question.

    Args:
        text: the question.
        lexicon: the known names.
        documents: counts the documents that contain a term.
        every: the number of documents.
        spoken: the share of known English words below which the documents are in another language.
    """
    weighed = sorted(
        ((term.weight(every), place, term) for place, term in enumerate(_find_terms(text, lexicon, documents, spoken))),
        key=lambda entry: (-entry[0], entry[1]),
    )
    kept = sorted(weighed[:_MAX_TERMS], key=lambda entry: entry[1])
    whole = sum(weight for weight, _, _ in kept)
    return ParsedQuery(text, tuple(term for _, _, term in kept), tuple(weight / whole for weight, _, _ in kept))


def _find_terms(text: str, lexicon: Lexicon, documents: CountDocuments, spoken: float) -> list[QueryTerm]:
    """Return the content words of a question, each once."""
    mentions = lexicon.mentions(text, nested=True)
    known = TermCounter(documents)
    sought = {found.word.raw: found for found in terms.query_words(text, known)}
    latin = [found.word for found in sought.values() if found.weight and not found.word.grams]
    foreign = terms.known_share(latin, known) < spoken
    versions = analyzer.find_versions(text)
    glosses = analyzer.find_glosses(text)
    query_terms: dict[str, QueryTerm] = {}
    for place, token in enumerate(analyzer.tokenize(text)):
        here = [mention for mention in mentions if mention.first <= place <= mention.last]
        sought_word = sought.get(token)
        if here or (sought_word and sought_word.weight):
            version = "" if here else versions.get(token, "")
            query_terms[token] = (
                QueryTerm(version, may_be_name=True)
                if version
                else _make_term(token, text, sought_word, here, documents, foreign=foreign)
            )
    query_terms = {token: term for token, term in query_terms.items() if term.documents or token not in glosses}
    with_figure = documents("names", WITH_FIGURE)
    if query_terms and with_figure and analyzer.asks_for_number(text):
        forms = (("names", WITH_FIGURE),)
        query_terms[_NUMBER] = QueryTerm(_NUMBER, forms, documents=with_figure, importance=_NUMBER_IMPORTANCE)
    return list(query_terms.values())


def _make_term(
    token: str,
    text: str,
    sought_word: terms.QueryWord | None,
    here: Sequence[NameMention],
    documents: CountDocuments,
    *,
    foreign: bool,
) -> QueryTerm:
    words = [part for part in sought_word.terms if part[0] == "words"] if sought_word else []
    names = [(kind, name) for mention in here for name in sorted(mention.ids) for kind in ("names", "subjects")]
    may_be_name = analyzer.may_be_name(token, text)
    sounds = (
        [term for kind, term in sought_word.terms if kind == "sounds" and len(term) >= _MIN_NAME_CODE]
        if sought_word
        else []
    )
    found = max((documents(*form) for form in (*words, *names)), default=0)
    return QueryTerm(
        _shown(token),
        (*words, *names),
        sought_word.terms if sought_word else {},
        sought_word.word.grams if sought_word else (),
        may_be_name,
        found,
        (sought_word.weight if sought_word else 0.0) or 1.0,
        foreign=foreign,
        respelt=found > 0 and not here and sought_word is not None and not sought_word.known,
        codes=tuple(sounds) if may_be_name and not (found and hangul.is_hangul(token)) else (),
    )


def _shown(token: str) -> str:
    if hangul.are_initials(token):
        return hangul.to_keyboard_letters(token)
    return analyzer.strip_particle(token) if hangul.is_hangul(token) else token.removesuffix("'s")
