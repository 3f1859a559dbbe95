"""Datasets of AI models: dated copies of Epoch AI's tables, and what is counted in them. Nothing here is loaded by a start."""
