"""Properties of a text on its own: quote positions and digests, near-duplicates, hidden characters, spreadsheet-safe cells.

Index terms are in `analysis`, numbers and units in `quantities`.
"""
