"""Which articles of a library are copies of one another: looked for when a text comes in, said in their records, with an event."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from knowledge.model.events import Event
from knowledge.model.records import Article
from knowledge.store.records import Records
from knowledge.text import near_duplicates

_MOST_LIKE = 5
"""Texts that are compared with a new one, those first that share most samples with it; the rest of their families comes along."""

Told = Callable[[Article], Event]
"""Makes the event that says of an article that it was linked."""


class Family(NamedTuple):
    """An article's place among the copies of its words."""

    original: Article | None
    """The one that it is a copy of."""
    copies: tuple[Article, ...]
    """Those that turn out to be copies of it, with all that were taken for copies of these."""


ALONE = Family(None, ())


def family(records: Records, article: Article, body: str, samples: frozenset[int]) -> Family:
    """Where an article's words are from, by all texts that are there."""
    like = tuple(_echoes(records, article.id, body, samples))
    firsts = [one for one in _firsts(records, like) if one.id != article.id]
    if not firsts or article.syndicated_from:  # what it is a copy of is known
        return ALONE
    original = near_duplicates.original_of(article, firsts)
    moved = () if original else _moved(records, firsts)
    return Family(original, tuple(one for one in moved if one.id != article.id))


def link(records: Records, copies: Iterable[Article], original: str, told: Told) -> Iterator[str]:
    """Say of articles that they are copies of another; the ids of these."""
    for one in copies:
        if one.syndicated_from != original:
            linked = one.model_copy(update={"syndicated_from": original})
            records.change(linked, [told(linked)])
            yield one.id


def _echoes(records: Records, article: str, body: str, samples: frozenset[int]) -> Iterator[Article]:
    """The articles whose texts are copies of a text, the most alike first."""
    for one in records.texts.like(samples, _MOST_LIKE + 1) if samples else ():
        other = records.texts.get(one) if one != article else None
        if other and near_duplicates.is_echo(body, other.body):
            yield records.get(Article, [one])[one]


def _firsts(records: Records, like: Iterable[Article]) -> tuple[Article, ...]:
    """The first of each of their families."""
    ids = dict.fromkeys(one.syndicated_from or one.id for one in like)
    there = records.get(Article, ids)
    return tuple(there[one] for one in ids if one in there)


def _moved(records: Records, firsts: Iterable[Article]) -> tuple[Article, ...]:
    """Families that get another first: all that are in them, but for what was curated."""
    firsts = tuple(one for one in firsts if not one.curated)
    return (*firsts, *(one for one in records.copies_of([one.id for one in firsts]) if not one.curated))
