"""AI trends in the press, as claims with evidence: the domain, without any protocol.

Reads are in `knowledge_base`, writes in `editor`, the default store in `library`.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.knowledge_base import KnowledgeBase, open_knowledge
    from knowledge.model import StoreError, UnanswerableError
    from knowledge.store import AddedText

__all__ = ["AddedText", "KnowledgeBase", "StoreError", "UnanswerableError", "open_knowledge"]

__getattr__ = lazy_names(
    __name__, knowledge_base="KnowledgeBase open_knowledge", model="StoreError UnanswerableError", store="AddedText"
)
