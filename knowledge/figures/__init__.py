"""Counts of models by country and costs of models, compared across articles, datasets and price lists.

Reconciliation of published counts, countries in a question, and the next call that leads to figures. List prices are in `pricing`.
"""
