"""Adjustments to what the MCP SDK does."""
