"""MCP tools that read and that write, with their compact output schemas. `TOOLS` in `read` lists them."""

__all__ = ["answer_tool", "read", "schemas", "write"]
