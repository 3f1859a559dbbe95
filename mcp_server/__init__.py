"""The MCP server and the command line over `knowledge`.

`server` registers everything in one place; `settings` reads options and environment variables.
"""
