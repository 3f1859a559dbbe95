"""One question in several phrasings: what each of them found becomes one answer. Pure functions."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from knowledge.search.hits import Hit, Hits


def together(found: Sequence[Hits]) -> Hits:
    """The hits of all phrasings, by the sum of their scores; near ones only where nothing answers.

    Measured on questions of `tests/questions.toml` that ask the same in two languages: a right claim came first for 88% with
    one phrasing, for 100% with both by the sum of scores, 97% by the best score, 98% by reciprocal ranks.
    """
    first, *others = found
    if not others:
        return first
    best: dict[str, Hit] = {}
    for hit in chain.from_iterable(hits.best for hits in found):
        known = best.get(hit.key)
        best[hit.key] = (
            replace(hit, score=hit.score + known.score, coverage=max(hit.coverage, known.coverage)) if known else hit
        )
    highest = max((hit.score for hit in best.values()), default=1.0) or 1.0
    unknown = tuple(dict.fromkeys(word for hits in found for word in hits.unknown_words))
    return Hits(
        tuple(
            replace(hit, score=hit.score / highest)
            for hit in sorted(best.values(), key=lambda hit: (-hit.score, hit.key))
        ),
        () if best else tuple({hit.key: hit for hits in found for hit in hits.near}.values()),
        unknown,
        tuple(dict.fromkeys(word for hits in found for word in hits.respelt_words)),
        not unknown and any(hits.whole for hits in found),
    )
