"""Fusion of lexical and semantic search results."""

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from knowledge.model import Passage
from knowledge.search.semantic import SemanticHits
from knowledge.store import MOST_PASSAGES, Question, RecordSnapshot, SearchResult, SemanticMatches
from knowledge.text.analysis import analyzer, hangul

SEMANTIC_WEIGHT = 0.5
"""The weight of semantic scores: a purely semantic hit ranks below the best lexical one."""


def fuse_scores(words: Mapping[str, float], meaning: Mapping[str, float], weight: float = SEMANTIC_WEIGHT) -> list[str]:
    """Rank keys by the weighted sum of their scores, best first; each ranking is normalised to its best.

    A weighted sum beats reciprocal ranks, which know nothing of how far the second is behind the first.
    """
    first, second = _normalised(words), _normalised(meaning)
    total = {key: first.get(key, 0.0) + weight * second.get(key, 0.0) for key in {**first, **second}}
    return sorted(total, key=lambda key: -total[key])  # the sort is stable: equals stay as they were


def may_answer_by_meaning(text: str, unknown: Collection[str]) -> bool:
    """Return whether purely semantic hits may answer: not if the question names something unknown."""
    folded = analyzer.fold(text)
    return not any(
        word == analyzer.find_topic(text)
        if hangul.is_hangul(word)
        else word.partition("-")[0] in folded and analyzer.may_be_name(word, text)
        for word in unknown
    )


def add_semantic_hits(
    question: Question, found: SearchResult, near: SemanticHits, snapshot: RecordSnapshot
) -> SearchResult:
    """Add semantically similar claims and passages to a lexical result; only these are marked as semantic."""
    words = dict(zip(found.claims, found.scores, strict=True))
    added = all(may_answer_by_meaning(text, found.unknown_words) for text in question.phrasings)
    order = fuse_scores(words, {claim: score for claim, score in near.claims.items() if added or claim in words})
    only = frozenset(order) - words.keys()
    near_passages = _passages(near, snapshot, question.filters.known_on) if added and question.is_for_passages else ()
    more = tuple(passage for passage in near_passages if not any(_contains(other, passage) for other in found.passages))
    return dataclasses.replace(
        found,
        claims=tuple(order),
        scores=(),
        passages=(*found.passages, *more)[:MOST_PASSAGES],
        near=tuple(claim for claim in found.near if claim not in only),
        trends=Counter(found.trends) + Counter(snapshot.count_claims("trend", only)),
        generation=f"{found.generation}-{_digest(order)}",
        semantic=SemanticMatches(only, more, near.awaiting, near.fault),
    )


def _contains(passage: Passage, other: Passage) -> bool:
    """Return whether a passage contains all of another."""
    return passage.article == other.article and passage.start <= other.start and other.end <= passage.end


def _digest(order: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(order).encode()).hexdigest()[:12]


def _passages(near: SemanticHits, snapshot: RecordSnapshot, day: date | None) -> Iterator[Passage]:
    for article, start, end in near.passages:
        text = snapshot.get_text(article) if day is None or snapshot.had_text(article, day) else None
        if text:
            yield Passage(article=article, start=start, end=end, text=text.body[start:end])


def _normalised(scores: Mapping[str, float]) -> dict[str, float]:
    best = max(scores.values(), default=0.0)
    return {key: score / best for key, score in scores.items()} if best > 0 else dict(scores)
