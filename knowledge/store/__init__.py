"""Records kept in SQLite, and the `Store` protocol that any engine implements.

Articles, claims, texts, the event log, the packaged data, copies, merging of imports, integrity checks. Finding is in `search`.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.store.add_text import TextAdder, check_text
    from knowledge.store.bundle import Bundle, get_subject_type, make_arrival_events, strip_text
    from knowledge.store.claims import change_status, record_claims
    from knowledge.store.integrity import LibraryCondition, inspect_library, verify_library
    from knowledge.store.packaged import CurationError, CurationFault, list_faults, load_folder, parse_article
    from knowledge.store.records import Records
    from knowledge.store.snapshot import RecordSnapshot
    from knowledge.store.store import (
        MOST_PASSAGES,
        NO_METADATA,
        AddedText,
        Aspect,
        Filters,
        ImportResult,
        IndexProgress,
        Question,
        SearchResult,
        SemanticMatches,
        StatusChange,
        Store,
        StoredText,
        StoreReader,
        TextMetadata,
        WriteConflict,
    )
    from knowledge.store.validation import Flaw, RecordSet

__all__ = [
    "MOST_PASSAGES", "NO_METADATA", "AddedText", "Aspect", "Bundle", "CurationError", "CurationFault", "Filters",
    "Flaw", "ImportResult", "IndexProgress", "LibraryCondition", "Question", "RecordSet", "RecordSnapshot",
    "Records", "SearchResult", "SemanticMatches", "StatusChange", "Store", "StoreReader", "StoredText", "TextAdder",
    "TextMetadata", "WriteConflict", "change_status", "check_text", "get_subject_type", "inspect_library",
    "list_faults", "load_folder", "make_arrival_events", "parse_article", "record_claims", "strip_text",
    "verify_library",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    add_text="TextAdder check_text",
    bundle="Bundle get_subject_type make_arrival_events strip_text",
    claims="change_status record_claims",
    integrity="LibraryCondition inspect_library verify_library",
    packaged="CurationError CurationFault list_faults load_folder parse_article",
    records="Records",
    snapshot="RecordSnapshot",
    store=(
        "MOST_PASSAGES NO_METADATA AddedText Aspect Filters ImportResult IndexProgress Question SearchResult "
        "SemanticMatches StatusChange Store StoreReader StoredText TextMetadata WriteConflict"
    ),
    validation="Flaw RecordSet",
)
