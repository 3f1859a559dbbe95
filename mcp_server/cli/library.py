"""The library that the settings name: its file, its knowledge base, its embeddings."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from knowledge import KnowledgeBase, StoreError, open_knowledge
from knowledge.search import EmbeddingSource
from mcp_server.settings import LIBRARY, Settings


def opener(settings: Settings) -> Callable[[], AbstractAsyncContextManager[KnowledgeBase]]:
    """Return a function that opens the knowledge base of some settings."""
    return lambda: open_knowledge(
        settings.library, analyzer=settings.analyzer, words=settings.own_terms, embeddings=embeddings(settings)
    )


def library_file(settings: Settings, lost: str) -> Path:
    """Return the library's file, for a command that needs one; `lost` ends the sentence on a library in memory.

    Raises:
        StoreError: if the library is in memory.
    """
    if settings.library is None:
        raise StoreError(f"{LIBRARY}=:memory: keeps {lost}. Set it to a file, or unset it to use the default one.")
    return settings.library


def embeddings(settings: Settings) -> EmbeddingSource | None:
    """Return the source of embeddings, or `None` where nothing is searched by meaning."""
    if not settings.dense:
        return None
    key = settings.dense_key.get_secret_value() if settings.dense_key else ""
    return EmbeddingSource(settings.dense, settings.dense_model or "", key)
