"""MCP prompts: tasks that a user picks from a menu, each with what the knowledge base has on it."""

__all__ = ["read", "write"]
