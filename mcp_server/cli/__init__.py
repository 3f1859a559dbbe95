"""The command line: the parser, one module a command (add, export, extract, chart, doctor ...), the display of progress."""

__all__ = ["library", "parser", "serve", "startup"]
