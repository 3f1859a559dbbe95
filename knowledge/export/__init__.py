"""Knowledge on its way out, by format: JSON Lines, Markdown, CSV, BibTeX, CSL, JSON-LD; selection, escaping, provenance.

A new format is one module and one line in `formats`. The reader of our own JSON Lines (`import`) is here too.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.export.jsonl_reader import MOST_BYTES
    from knowledge.export.selection import collect_holdings, find_claims

__all__ = ["MOST_BYTES", "collect_holdings", "find_claims"]

__getattr__ = lazy_names(__name__, jsonl_reader="MOST_BYTES", selection="collect_holdings find_claims")
