"""Value types of the domain: articles, claims, evidence, figures, entities, trends, periods, events, errors.

A new claim kind, stance, status, cost basis or field of a record starts here.
"""
