"""Drafts of claims by a language model over an OpenAI-compatible API: prompts, client, parsing, progress, budget."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.curation.extraction.budget import Spending, find_list_price
    from knowledge.curation.extraction.llm_client import LLMClient
    from knowledge.curation.extraction.progress import PendingArticle, ProgressStore, select_articles
    from knowledge.curation.extraction.run import ArticleOutcome, Extraction, ExtractionTally
    from knowledge.curation.extraction.types import EndpointConfig

__all__ = [
    "ArticleOutcome", "EndpointConfig", "Extraction", "ExtractionTally", "LLMClient", "PendingArticle",
    "ProgressStore", "Spending", "find_list_price", "select_articles",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    budget="Spending find_list_price",
    llm_client="LLMClient",
    progress="PendingArticle ProgressStore select_articles",
    run="ArticleOutcome Extraction ExtractionTally",
    types="EndpointConfig",
)
