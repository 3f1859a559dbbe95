"""Readers of an article: quotes, numbers and times, factuality, names, from text to typed values."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.curation.verification.readers.factuality import Action, is_report
    from knowledge.curation.verification.readers.names import (
        EntityIndex,
        Utterance,
        find_last_speaker,
        find_other_speaker,
        find_speaker,
        has_reporting_words,
        has_unnamed_source,
        read_utterance,
    )
    from knowledge.curation.verification.readers.numbers import (
        LOOSE,
        MONTH,
        ORDER,
        WORD,
        YEAR,
        NumberMention,
        Times,
        find_numbers,
        find_numbers_within,
        find_times,
        published_years,
        years_of,
    )
    from knowledge.curation.verification.readers.quotes import (
        MOST_PLACES,
        ROLES,
        QuoteSpan,
        Role,
        SourceText,
        find_nearest,
        find_quote,
        normalize_quote,
        normalize_text,
        show_around,
    )

__all__ = [
    "LOOSE", "MONTH", "MOST_PLACES", "ORDER", "ROLES", "WORD", "YEAR", "Action", "EntityIndex", "NumberMention",
    "QuoteSpan", "Role", "SourceText", "Times", "Utterance", "find_last_speaker", "find_nearest", "find_numbers",
    "find_numbers_within", "find_other_speaker", "find_quote", "find_speaker", "find_times", "has_reporting_words",
    "has_unnamed_source", "is_report", "normalize_quote", "normalize_text", "published_years", "read_utterance",
    "show_around", "years_of",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    factuality="Action is_report",
    names=(
        "EntityIndex Utterance find_last_speaker find_other_speaker find_speaker has_reporting_words "
        "has_unnamed_source read_utterance"
    ),
    numbers=(
        "LOOSE MONTH ORDER WORD YEAR NumberMention Times find_numbers find_numbers_within find_times "
        "published_years years_of"
    ),
    quotes=(
        "MOST_PLACES ROLES QuoteSpan Role SourceText find_nearest find_quote normalize_quote normalize_text show_around"
    ),
)
