"""Rules on the wording of a statement: own words, plain text, the right language, bounded length; no older claim again."""

import re
from collections.abc import Collection, Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import LONGEST_STATEMENT, Draft
from knowledge.curation.verification.messages import Violation, quote
from knowledge.curation.verification.readers.quotes import normalize_text
from knowledge.model.records import Claim
from knowledge.text import anchoring
from knowledge.text.analysis import analyzer
from knowledge.text.near_duplicates import KnownClaims
from knowledge.text.sanitize import strip_hidden

_SHARED = anchoring.MAX_SHARED_LENGTH + 1
_SHORTEST = 8
_SHORTEST_NAME = 6
_ADDRESS = re.compile(r"\w+://|(?<!\w)www\.|mailto:|\S@\S+\.\w", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|```|`|\*\*|\]\(|\[\[|^#+ |&[a-z]+;|\{\{|<\|")
_LATIN, _HANGUL = re.compile(r"[A-Za-z]"), re.compile(r"[가-힣]")
_LATIN_PER_HANGUL = 6
"""Latin letters needed for each Hangul syllable: a name may stand in its own script, too."""


class CopyDetector:
    """The passages of a text that a statement may not copy."""

    def __init__(self, flat: str, titles: Collection[str]) -> None:
        self._pieces = {flat[at : at + _SHARED] for at in range(len(flat) - _SHARED + 1)}
        self._titles = [normalize_text(title)[0] for title in titles if title]

    def find_copied(self, statement: str, names: Collection[str]) -> str | None:
        """Return the first passage copied from the text; names and titles may be repeated."""
        flat = normalize_text(statement)[0]
        for name in sorted((name for name in names if len(name) >= _SHORTEST_NAME), key=len, reverse=True):
            flat = flat.replace(normalize_text(name)[0], "\0")
        for at in range(len(flat) - _SHARED + 1):
            piece = flat[at : at + _SHARED]
            if piece in self._pieces and not any(piece in title for title in self._titles):
                return piece
        return None


def check_wording(draft: Draft, copies: CopyDetector, names: Collection[str]) -> Iterator[Violation]:
    """Yield what is wrong with the wording of both statements and of the reason for a replacement."""
    for about, statement in (("statement_ko", draft.statement_ko), ("statement_en", draft.statement_en)):
        yield from _check_form(about, statement)
        if copied := copies.find_copied(statement, names):
            yield messages.COPIED.at(about, words=quote([copied]), length=_SHARED)
    if draft.why is not None:
        yield from _check_characters("why", draft.why)
    if not analyzer.has_hangul(draft.statement_ko):
        yield messages.NOT_KOREAN.at("statement_ko")
    latin, hangul = (len(pattern.findall(draft.statement_en)) for pattern in (_LATIN, _HANGUL))
    if not latin or hangul * _LATIN_PER_HANGUL > latin:
        yield messages.NOT_ENGLISH.at("statement_en")


def _check_form(about: str, statement: str) -> Iterator[Violation]:
    yield from _check_characters(about, statement)
    if not _SHORTEST <= len(statement.strip()) <= LONGEST_STATEMENT:
        yield messages.BAD_LENGTH.at(about, shortest=_SHORTEST, longest=LONGEST_STATEMENT)


def _check_characters(about: str, words: str) -> Iterator[Violation]:
    if strip_hidden(words) != words or "\n" in words or "\t" in words or words != words.strip():
        yield messages.NOT_ONE_LINE.at(about)
    if _ADDRESS.search(words):
        yield messages.HAS_ADDRESS.at(about)
    if _MARKUP.search(words):
        yield messages.HAS_MARKUP.at(about)


def check_repetition(claim: Claim, known: KnownClaims, supersedes: str | None) -> Iterator[Violation]:
    """Yield the claim of this source that a claim repeats, unless it replaces that one."""
    if other := known.find_same(claim, supersedes):
        yield messages.REPEATED.at("statement_ko", id=other)


def check_replacement(claim: Claim, older: Claim | None) -> Iterator[Violation]:
    """Yield a violation if a claim would replace one on other words and with other measures."""
    if older and not _share_words(claim, older) and _measures(claim).isdisjoint(_measures(older)):
        yield messages.SUPERSEDES_UNRELATED.at("supersedes", id=older.id)


def _share_words(claim: Claim, older: Claim) -> bool:
    """Return whether their evidence overlaps in words that state one of them."""
    return any(
        piece.article == other.article
        and piece.start < other.end
        and other.start < piece.end
        and "states" in {piece.role, other.role}
        for piece in claim.evidence
        for other in older.evidence
    )


def _measures(claim: Claim) -> frozenset[tuple[str, str]]:
    return frozenset((figure.subject, figure.measure) for figure in claim.figures)
