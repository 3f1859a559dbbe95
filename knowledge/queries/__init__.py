"""Answers to questions, one file a question, and the parts that they share: names, citations, pages, notes.

The types of all answers and the messages of their notes, in both languages, are here too.
"""
