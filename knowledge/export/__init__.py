"""Knowledge on its way out, by format: JSON Lines, Markdown, CSV, BibTeX, CSL, JSON-LD; selection, escaping, provenance.

A new format is one module and one line in `formats`. The reader of our own JSON Lines (`import`) is here too.
"""
