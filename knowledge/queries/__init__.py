"""Answers to questions, one file a question, with what all answers share: names, citations, pages and token budgets, notes.

The types of all answers and the sentences of their notes are here, in both languages.
"""
