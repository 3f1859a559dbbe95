"""The command line: the parser, one module a command (add, export, extract, chart, doctor ...), the display of progress."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from mcp_server.cli.parser import PROG, build_parser
    from mcp_server.cli.startup import garbage_collection_paused

__all__ = ["PROG", "build_parser", "garbage_collection_paused"]

__getattr__ = lazy_names(__name__, parser="PROG build_parser", startup="garbage_collection_paused")
