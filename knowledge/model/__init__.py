"""Value types of the domain: articles, claims, evidence, figures, entities, trends, periods, events, errors.

A new claim kind, stance, status, cost basis or field of a record starts here.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.model.errors import (
        DamagedIndexError,
        DatasetError,
        DiskFullError,
        FetchError,
        IngestError,
        StoreError,
        UnanswerableError,
        UnreadableRecordError,
        UnwritableError,
    )
    from knowledge.model.events import Action, Event, Origin, get_status, serialize_event, sort_by_time
    from knowledge.model.records import (
        AnswerLanguage,
        Article,
        Attribution,
        Bilingual,
        Bound,
        Claim,
        ClaimId,
        CostBasis,
        CostPart,
        CountingRule,
        Digest,
        Disagreement,
        Entity,
        EntityType,
        Evidence,
        Figure,
        Kind,
        Language,
        Line,
        Passage,
        Period,
        Population,
        Side,
        Slug,
        Stance,
        Status,
        Term,
        Trend,
        Value,
        check_period,
        find_used_entities,
        parse_period,
    )

__all__ = [
    "Action", "AnswerLanguage", "Article", "Attribution", "Bilingual", "Bound", "Claim", "ClaimId",
    "CostBasis", "CostPart", "CountingRule", "DamagedIndexError", "DatasetError", "Digest", "Disagreement",
    "DiskFullError", "Entity", "EntityType", "Event", "Evidence", "FetchError", "Figure", "IngestError", "Kind",
    "Language", "Line", "Origin", "Passage", "Period", "Population", "Side", "Slug", "Stance", "Status",
    "StoreError", "Term", "Trend", "UnanswerableError", "UnreadableRecordError", "UnwritableError", "Value",
    "check_period", "find_used_entities", "get_status", "parse_period", "serialize_event", "sort_by_time",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    errors=(
        "DamagedIndexError DatasetError DiskFullError FetchError IngestError StoreError UnanswerableError "
        "UnreadableRecordError UnwritableError"
    ),
    events="Action Event Origin get_status serialize_event sort_by_time",
    records=(
        "AnswerLanguage Article Attribution Bilingual Bound Claim ClaimId CostBasis CostPart CountingRule Digest "
        "Disagreement Entity EntityType Evidence Figure Kind Language Line Passage Period Population Side Slug "
        "Stance Status Term Trend Value check_period find_used_entities parse_period"
    ),
)
