"""Stdio and Streamable HTTP: startup and shutdown, host and origin checks, the rate limit."""

__all__ = ["http", "stdio"]
