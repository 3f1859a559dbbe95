"""The domain: claims about AI trends that can be traced to the characters of the article that made them."""

from knowledge.base import KnowledgeBase
from knowledge.errors import StoreError, UnanswerableError
from knowledge.opening import open_knowledge
from knowledge.store import Added

__all__ = ["Added", "KnowledgeBase", "StoreError", "UnanswerableError", "open_knowledge"]
