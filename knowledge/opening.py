"""Opens the knowledge base over a library: what puts store and questions together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.knowledge_base import KnowledgeBase
from knowledge.library import EmbeddedStore
from knowledge.text.analysis import terms

if TYPE_CHECKING:
    from knowledge.search.embeddings import Where


@asynccontextmanager
async def open_knowledge(
    library: Path | None,
    *,
    analyzer: terms.Name = "plain",
    words: Path | None = None,
    embeddings: "Where | None" = None,
) -> AsyncIterator[KnowledgeBase]:
    """The knowledge base over the library in that file (made when first asked), or in memory where there is none.

    Args:
        library: the library's file.
        analyzer: what makes terms of text; `morphemes` knows more Korean and needs the extra `ko`.
        words: a file of the user's own everyday words, in the format of `data/terms.toml`.
        embeddings: where embeddings come from, to search by meaning too; needs the extra `dense`.
    """
    async with EmbeddedStore(library, analyzer=analyzer, words=words, embeddings=embeddings) as store:
        yield KnowledgeBase(store, library)
