"""Answers, refusals and links as a client reads them: layout, lines, figures, labels in Korean and English.

What an answer contains, and which notes it has, is decided in `knowledge.queries`.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from mcp_server.rendering.labels import label
    from mcp_server.rendering.links import CSV, JSON, SCHEME, TEXT, address
    from mcp_server.rendering.text import render

__all__ = ["CSV", "JSON", "SCHEME", "TEXT", "address", "label", "render"]

__getattr__ = lazy_names(__name__, labels="label", links="CSV JSON SCHEME TEXT address", text="render")
