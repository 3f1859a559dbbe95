"""The library as the settings describe it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from knowledge import KnowledgeBase, open_knowledge
from knowledge.search.embeddings import EmbeddingSource
from mcp_server.settings import Settings


def opener(settings: Settings) -> Callable[[], AbstractAsyncContextManager[KnowledgeBase]]:
    """Return a function that opens the knowledge base of some settings."""
    return lambda: open_knowledge(
        settings.library, analyzer=settings.analyzer, words=settings.own_terms, embeddings=embeddings(settings)
    )


def embeddings(settings: Settings) -> EmbeddingSource | None:
    """Return the source of embeddings, or `None` where nothing is searched by meaning."""
    if not settings.dense:
        return None
    key = settings.dense_key.get_secret_value() if settings.dense_key else ""
    return EmbeddingSource(settings.dense, settings.dense_model or "", key)
