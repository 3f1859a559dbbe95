"""Completions of typed text: ids and names that begin with it or contain it."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from knowledge.model import Article, Claim, Entity, Language, Trend
from knowledge.store import StoreReader
from knowledge.text.analysis import analyzer, hangul

CompletionSubject = Literal["article", "claim", "trend", "entity"]
"""Kinds of ids and names that can be completed."""

_LOOSE = re.compile(r"[\s\-_.·]+")
"""Separators, ignored when names are compared: people vary or omit them."""


class _Candidate(NamedTuple):
    id: str
    korean: str
    english: str
    names: tuple[str, ...]
    """All names and ids that it can be found by."""


async def complete(
    store: StoreReader, subject: CompletionSubject, typed: str, language: Language, *, names: bool = False
) -> tuple[str, ...]:
    """Return ids (or names) that match the typed text: first those that begin with it, then those that contain it.

    Letter case, spaces and hyphens are ignored; both languages and all aliases are searched. Names are in the typed
    script, or in `language` if nothing was typed.
    """
    sought = _plain(typed)
    ranked = sorted(
        (
            (rank, candidate)
            for candidate in await _candidates(store, subject)
            if (rank := _rank(candidate, sought)) is not None
        ),
        key=lambda pair: pair[0],
    )
    if not names:
        return tuple(candidate.id for _, candidate in ranked)
    korean = analyzer.has_hangul(typed) or (not sought and language == "ko")
    return tuple(dict.fromkeys(candidate.korean if korean else candidate.english for _, candidate in ranked))


async def _candidates(store: StoreReader, subject: CompletionSubject) -> Iterable[_Candidate]:
    if subject == "article":
        return [_from_article(article) for article in await store.list_all(Article)]
    if subject == "claim":
        return [_from_claim(claim) for claim in await store.list_all(Claim) if claim.stands]
    named: tuple[Trend | Entity, ...] = await (store.list_all(Trend) if subject == "trend" else store.list_all(Entity))
    return [_Candidate(record.id, record.name.ko, record.name.en, tuple(_names(record))) for record in named]


def _names(record: Trend | Entity) -> Iterator[str]:
    yield from (record.id, record.name.ko, record.name.en)
    yield from (alias.removesuffix("~") for alias in record.aliases)
    if isinstance(record, Entity) and record.iso:
        yield record.iso


def _from_article(article: Article) -> _Candidate:
    names = filter(None, (article.id, article.title, article.about.ko, article.about.en))
    return _Candidate(article.id, article.id, article.id, tuple(names))


def _from_claim(claim: Claim) -> _Candidate:
    local = claim.id.partition(".")[2]
    return _Candidate(claim.id, claim.id, claim.id, (claim.id, local, claim.statement.ko, claim.statement.en))


def _rank(candidate: _Candidate, sought: str) -> int | None:
    """Return 0 if a name begins with the text, 1 if a name contains it, else `None`."""
    plain = [_plain(name) for name in candidate.names]
    if hangul.are_initials(sought):
        plain = list(map(hangul.get_initials, plain))
    if any(name.startswith(sought) for name in plain):
        return 0
    return 1 if any(sought in name for name in plain) else None


def _plain(text: str) -> str:
    return _LOOSE.sub("", analyzer.fold(text))
