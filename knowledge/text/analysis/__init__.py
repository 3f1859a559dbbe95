"""Index terms of Korean and English text: tokens, stop words, stems, Hangul, Hanja, sounds, misspellings, names of the lexicon."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.text.analysis.lexicon import Lexicon, NameMention
    from knowledge.text.analysis.terms import Analyzer, FieldTerm, TermWeights

__all__ = ["Analyzer", "FieldTerm", "Lexicon", "NameMention", "TermWeights"]

__getattr__ = lazy_names(__name__, lexicon="Lexicon NameMention", terms="Analyzer FieldTerm TermWeights")
