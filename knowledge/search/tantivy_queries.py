"""Tantivy queries built from terms and filters."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import tantivy

from knowledge.model import parse_period
from knowledge.store import Filters

COUNTED = ("words", "grams", "sounds", "morphemes", "names", "subjects")
"""The fields that are searched for query terms; term frequency counts."""


@dataclass(frozen=True)
class QueryBuilder:
    """Builds queries for one index schema."""

    schema: tantivy.Schema

    def term(self, field: str, term: str) -> tantivy.Query:
        """Match documents that have a term."""
        return tantivy.Query.term_query(self.schema, field, term, "freq" if field in COUNTED else "basic")

    def constant(self, field: str, term: str, score: float) -> tantivy.Query:
        """Match documents that have a term, each with a constant score."""
        return tantivy.Query.const_score_query(self.term(field, term), score)

    def weighted(self, parts: dict[tuple[str, str], float]) -> tantivy.Query:
        """Match documents with any of the terms, scored by weight. One flat disjunction is faster than nested ones."""
        return any_of(tantivy.Query.boost_query(self.term(*part), weight) for part, weight in parts.items())

    def keys(self, keys: Iterable[str]) -> tantivy.Query:
        """Match documents by their keys."""
        return tantivy.Query.term_set_query(self.schema, "key", list(keys))

    def limits(self, filters: Filters, without: Collection[str] = ()) -> list[tantivy.Query]:
        """Return one query per filter, plus one that excludes keys."""
        chosen = {
            "kind": filters.kinds,
            "article": filters.articles,
            "trend": filters.trends,
            "entity": filters.entities,
        }
        limits = [any_of(self.term(name, value) for value in values) for name, values in chosen.items() if values]
        if filters.since:
            limits.append(self._days("end", parse_period(filters.since)[0], date.max))
        if filters.until:
            limits.append(self._days("start", date.min, parse_period(filters.until)[1]))
        if filters.known_on:
            limits.append(self._days("recorded", date.min, filters.known_on))
        if without:
            limits.append(self._none_of(without))
        return limits

    def _none_of(self, keys: Collection[str]) -> tantivy.Query:
        everything = (tantivy.Occur.Must, tantivy.Query.all_query())
        return tantivy.Query.boolean_query([everything, (tantivy.Occur.MustNot, self.keys(keys))])

    def _days(self, field: str, first: date, last: date) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        return tantivy.Query.range_query(self.schema, field, kind, first.toordinal(), last.toordinal())


def any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Match documents that any of the queries matches; scores are added."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def best_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """Match documents that any of the queries matches; the best score counts."""
    return tantivy.Query.disjunction_max_query(list(queries))


def within(query: tantivy.Query, limits: Sequence[tantivy.Query]) -> tantivy.Query:
    """Restrict a query to limits, which do not change scores."""
    if not limits:
        return query
    still = [tantivy.Query.const_score_query(limit, 0.0) for limit in limits]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in (query, *still)])
