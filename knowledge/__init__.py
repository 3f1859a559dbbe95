"""The domain: claims about AI trends that can be traced to the characters of the article that made them."""

from knowledge.knowledge_base import KnowledgeBase, open_knowledge
from knowledge.model import StoreError, UnanswerableError
from knowledge.store import AddedText

__all__ = ["AddedText", "KnowledgeBase", "StoreError", "UnanswerableError", "open_knowledge"]
