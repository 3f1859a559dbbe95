"""Full-text and semantic search over claims and passages: index, query, ranking, coverage, thresholds, embeddings, fusion."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.search.embeddings import EmbeddingSource
    from knowledge.search.searcher import Searcher
    from knowledge.search.semantic import SemanticSearch

__all__ = ["EmbeddingSource", "Searcher", "SemanticSearch"]

__getattr__ = lazy_names(__name__, embeddings="EmbeddingSource", searcher="Searcher", semantic="SemanticSearch")
