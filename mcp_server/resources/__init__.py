"""MCP resources: URI templates, the list of what is there, completion of ids and names."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from mcp_server.resources.listing import list_resources
    from mcp_server.resources.templates import TEMPLATES

__all__ = ["TEMPLATES", "list_resources"]

__getattr__ = lazy_names(__name__, listing="list_resources", templates="TEMPLATES")
