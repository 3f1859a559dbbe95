"""Figures from articles, beside datasets and price lists. Nothing here is loaded by a start."""
