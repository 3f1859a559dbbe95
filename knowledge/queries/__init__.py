"""Answers to questions, one file a question, and the parts that they share: names, citations, pages, notes.

Each question's file decides what its answer contains: claims, facets, notes, next calls (`search` for those of a search). The
types of all answers are in `answers`, `record_answers` and `figure_answers`, the wording of notes in both languages in `messages`.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.queries.answers import (
        Answer,
        ArticleRecord,
        ArticleView,
        Call,
        Citation,
        Cited,
        Dispute,
        Facet,
        Position,
        Quoted,
        SearchResults,
        TrendBrief,
    )
    from knowledge.queries.arguments import choose_language
    from knowledge.queries.completions import CompletionSubject
    from knowledge.queries.figure_answers import (
        COUNT,
        PRICED,
        Ambiguous,
        Behind,
        Check,
        CostComparison,
        CostFigure,
        CostGroup,
        CostItem,
        CostSource,
        CountedModel,
        CountryCount,
        CountryCounts,
        CountryRecount,
        CountSource,
        CountVerdict,
        NameUnknown,
    )
    from knowledge.queries.messages import (
        BASES,
        DIFFERENT_BASES,
        MOST_NAMES,
        ONE_FIGURE,
        PARTS,
        QUOTES_MISSING,
        SHARE_OF_KNOWN,
        UNKNOWN,
        UNLISTED_IS_UNKNOWN,
        describe_period,
        describe_unknown_name,
        quote_names,
    )
    from knowledge.queries.names import ARTICLE, Names, named_here
    from knowledge.queries.pagination import Detail, ListPage, tokens_left
    from knowledge.queries.record_answers import (
        Catalogue,
        ClaimEvent,
        ClaimView,
        EntityView,
        FigureRow,
        FigureTable,
        RecordEntry,
        TableName,
    )

__all__ = [
    "ARTICLE", "BASES", "COUNT", "DIFFERENT_BASES", "MOST_NAMES", "ONE_FIGURE", "PARTS", "PRICED", "QUOTES_MISSING",
    "SHARE_OF_KNOWN", "UNKNOWN", "UNLISTED_IS_UNKNOWN", "Ambiguous", "Answer", "ArticleRecord", "ArticleView",
    "Behind", "Call", "Catalogue", "Check", "Citation", "Cited", "ClaimEvent", "ClaimView", "CompletionSubject",
    "CostComparison", "CostFigure", "CostGroup", "CostItem", "CostSource", "CountSource", "CountVerdict",
    "CountedModel", "CountryCount", "CountryCounts", "CountryRecount", "Detail", "Dispute", "EntityView", "Facet",
    "FigureRow", "FigureTable", "ListPage", "NameUnknown", "Names", "Position", "Quoted", "RecordEntry",
    "SearchResults", "TableName", "TrendBrief", "choose_language", "describe_period", "describe_unknown_name",
    "named_here", "quote_names", "tokens_left",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    answers=(
        "Answer ArticleRecord ArticleView Call Citation Cited Dispute Facet Position Quoted SearchResults TrendBrief"
    ),
    arguments="choose_language",
    completions="CompletionSubject",
    figure_answers=(
        "COUNT PRICED Ambiguous Behind Check CostComparison CostFigure CostGroup CostItem CostSource CountSource "
        "CountVerdict CountedModel CountryCount CountryCounts CountryRecount NameUnknown"
    ),
    messages=(
        "BASES DIFFERENT_BASES MOST_NAMES ONE_FIGURE PARTS QUOTES_MISSING SHARE_OF_KNOWN UNKNOWN "
        "UNLISTED_IS_UNKNOWN describe_period describe_unknown_name quote_names"
    ),
    names="ARTICLE Names named_here",
    pagination="Detail ListPage tokens_left",
    record_answers="Catalogue ClaimEvent ClaimView EntityView FigureRow FigureTable RecordEntry TableName",
)
