"""Completions of typed text: ids and names that begin with it or contain it."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from knowledge.model.records import Article, Claim, Entity, Language, Trend
from knowledge.store.store import StoreReader
from knowledge.text.analysis import analyzer, hangul

CompletionSubject = Literal["article", "claim", "trend", "entity"]
"""What is being typed."""

_LOOSE = re.compile(r"[\s\-_.·]+")
"""What does not count when names are compared: people leave it out, or write another."""


class _Candidate(NamedTuple):
    id: str
    korean: str
    english: str
    names: tuple[str, ...]
    """Everything that it may be found by."""


async def complete(
    store: StoreReader, subject: CompletionSubject, typed: str, language: Language, *, names: bool = False
) -> tuple[str, ...]:
    """Ids (or names) of what the typed text may stand for: first what begins with it, then what contains it.

    Letter case, blanks and hyphens do not count; both languages and all aliases do. Names are given in the script that
    was typed, in `language` where nothing was.
    """
    sought = _plain(typed)
    ranked = sorted(
        ((rank, one) for one in await _candidates(store, subject) if (rank := _rank(one, sought)) is not None),
        key=lambda pair: pair[0],
    )
    if not names:
        return tuple(one.id for _, one in ranked)
    korean = analyzer.has_hangul(typed) or (not sought and language == "ko")
    return tuple(dict.fromkeys(one.korean if korean else one.english for _, one in ranked))


async def _candidates(store: StoreReader, subject: CompletionSubject) -> Iterable[_Candidate]:
    if subject == "article":
        return [_article(one) for one in await store.list_all(Article)]
    if subject == "claim":
        return [_claim(one) for one in await store.list_all(Claim) if one.stands]
    named: tuple[Trend | Entity, ...] = await (store.list_all(Trend) if subject == "trend" else store.list_all(Entity))
    return [_Candidate(one.id, one.name.ko, one.name.en, tuple(_names(one))) for one in named]


def _names(one: Trend | Entity) -> Iterator[str]:
    yield from (one.id, one.name.ko, one.name.en)
    yield from (alias.removesuffix("~") for alias in one.aliases)
    if isinstance(one, Entity) and one.iso:
        yield one.iso


def _article(one: Article) -> _Candidate:
    return _Candidate(one.id, one.id, one.id, tuple(filter(None, (one.id, one.title, one.about.ko, one.about.en))))


def _claim(one: Claim) -> _Candidate:
    local = one.id.partition(".")[2]
    return _Candidate(one.id, one.id, one.id, (one.id, local, one.statement.ko, one.statement.en))


def _rank(candidate: _Candidate, sought: str) -> int | None:
    """0 where a name begins with what is sought, 1 where one contains it, `None` where none does."""
    plain = [_plain(name) for name in candidate.names]
    if hangul.are_initials(sought):
        plain = list(map(hangul.get_initials, plain))
    if any(name.startswith(sought) for name in plain):
        return 0
    return 1 if any(sought in name for name in plain) else None


def _plain(text: str) -> str:
    return _LOOSE.sub("", analyzer.fold(text))
