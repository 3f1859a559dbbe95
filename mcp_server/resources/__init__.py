"""MCP resources: URI templates, the list of what is there, completion of ids and names."""

__all__ = ["completions", "listing", "templates"]
