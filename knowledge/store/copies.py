"""Copies of articles: recognised by seals or by near-duplicate text, and linked to their original.

A copy may be shortened, have other words around it, and other blanks and line breaks than the original.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from knowledge.model import Article, Bilingual, Claim, Event, Evidence
from knowledge.store.records import Records
from knowledge.store.store import NO_METADATA, TextMetadata
from knowledge.text import anchoring, near_duplicates, to_line

LONGEST_TEXT = 100_000
"""The most code points that a text may have: an article, not a book."""
_SEALS_TRIED = 12
"""Seals of one article that are looked for before a text is taken for another."""
_SEALS_ENOUGH = 3
"""Seals that make a text a copy of an article; fewer are a quotation from it."""
_LONGEST_TITLE = 200
_WORD_START = re.compile(r"(?<!\S)\S")


class SealMatcher:
    """Articles that a text may be a copy of, known by their longest seals."""

    def __init__(self, articles: Mapping[str, Sequence[Claim]]) -> None:
        """Take them with their claims, by article id."""
        longest = {article: _longest_seals(claims) for article, claims in articles.items()}
        self._seals = {article: frozenset(map(bytes.fromhex, seals)) for article, seals in longest.items()}
        self._lengths = sorted({length for seals in longest.values() for length in seals.values()})

    def find_match(self, body: str) -> str | None:
        """Return the id of the article with most seals in a text, if they are too many for a mere quotation."""
        here = self._digests(anchoring.collapse_whitespace(body)[0])
        found = Counter({article: len(seals & here) for article, seals in self._seals.items()})
        best, count = found.most_common(1)[0] if found else ("", 0)
        return best if count >= max(1, min(_SEALS_ENOUGH, len(self._seals.get(best, ())))) else None

    def _digests(self, flat: str) -> set[bytes]:
        """Return the digests of every stretch of a text that starts at a word and is as long as some seal."""
        starts = [match.start() for match in _WORD_START.finditer(flat)]
        return {sha256(flat[at : at + length].encode()).digest() for length in self._lengths for at in starts}


def locate_seals(body: str, claims: Sequence[Claim]) -> dict[str, tuple[int, int]]:
    """Return where in a text the words of each seal begin and end, by the seal's digest.

    Copies mostly shift as a whole, so each seal is first looked for where the one before it leads.
    """
    flat, origin = anchoring.collapse_whitespace(body)
    found: dict[str, tuple[int, int]] = {}
    shift = 0
    for piece in (piece for claim in claims for piece in claim.evidence):
        place = anchoring.find_sealed(flat, piece, near=piece.start + shift)
        if place is not None:
            found[piece.sha256] = origin[place], origin[place + piece.end - piece.start - 1] + 1
            shift = place - piece.start
    return found


def read_quote(body: str, evidence: Evidence, place: tuple[int, int]) -> str:
    """Return the words of a seal from their place in a copy, with the original's whitespace."""
    words = body[slice(*place)]
    return words if anchoring.digest(words) == evidence.sha256 else anchoring.collapse_whitespace(words)[0]


def make_article(body: str, metadata: TextMetadata = NO_METADATA) -> Article:
    """Return a record for an unknown text; its first line serves as title where none is given."""
    digest = anchoring.digest(body)
    first_line = body.strip().splitlines()[0].lstrip("#")
    return Article(
        id=f"text-{digest[:12]}",
        title=_line(metadata.title or first_line) or digest[:12],
        about=Bilingual(ko="사용자가 자기 라이브러리에 추가한 글", en="A text that the user added to the library"),
        publisher=_line(metadata.publisher),
        author=_line(metadata.author),
        published=metadata.published,
        language=metadata.language,
        url=metadata.url,
        length=len(body),
        sha256=digest,
    )


def _line(words: str | None) -> str | None:
    """Return outside words as one short line without hidden characters, or `None` if nothing is left."""
    return to_line(words or "")[:_LONGEST_TITLE].strip() or None


def _longest_seals(claims: Sequence[Claim]) -> dict[str, int]:
    """Return the lengths of an article's longest seals by digest."""
    seals = {piece.sha256: piece.end - piece.start for claim in claims for piece in claim.evidence}
    return dict(sorted(seals.items(), key=lambda seal: -seal[1])[:_SEALS_TRIED])


_MOST_LIKE = 5
"""Texts that are compared with a new one, those first that share most samples with it; the rest of their families comes along."""

MakeEvent = Callable[[Article], Event]
"""Makes the event that says of an article that it was linked."""


class CopyGroup(NamedTuple):
    """An article's place among the copies of one text."""

    original: Article | None
    """The one that it is a copy of."""
    copies: tuple[Article, ...]
    """Those that turn out to be copies of it, with all that were taken for copies of these."""


_NO_COPIES = CopyGroup(None, ())


def find_copies(records: Records, article: Article, body: str, samples: frozenset[int]) -> CopyGroup:
    """Find the original of a text, or the copies of it, among all texts in the library."""
    like = tuple(_echoes(records, article.id, body, samples))
    firsts = [first for first in _firsts(records, like) if first.id != article.id]
    if not firsts or article.syndicated_from:  # what it is a copy of is known
        return _NO_COPIES
    original = near_duplicates.find_original(article, firsts)
    moved = () if original else _moved(records, firsts)
    return CopyGroup(original, tuple(copy for copy in moved if copy.id != article.id))


def link_copies(records: Records, copies: Iterable[Article], original: str, make_event: MakeEvent) -> Iterator[str]:
    """Say of articles that they are copies of another; the ids of these."""
    for copy in copies:
        if copy.syndicated_from != original:
            linked = copy.model_copy(update={"syndicated_from": original})
            records.replace(linked, [make_event(linked)])
            yield copy.id


def _echoes(records: Records, article: str, body: str, samples: frozenset[int]) -> Iterator[Article]:
    """Yield the articles whose texts are near-duplicates of a text, most similar first."""
    for similar in records.texts.find_similar(samples, _MOST_LIKE + 1) if samples else ():
        other = records.texts.get(similar) if similar != article else None
        if other and near_duplicates.is_copy(body, other.body):
            yield records.get(Article, [similar])[similar]


def _firsts(records: Records, like: Iterable[Article]) -> tuple[Article, ...]:
    """Return the original of each article's group."""
    ids = dict.fromkeys(article.syndicated_from or article.id for article in like)
    there = records.get(Article, ids)
    return tuple(there[identity] for identity in ids if identity in there)


def _moved(records: Records, firsts: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles that get a new original: these and their copies, except curated ones."""
    firsts = tuple(first for first in firsts if not first.curated)
    return (*firsts, *(copy for copy in records.list_copies([first.id for first in firsts]) if not copy.curated))
