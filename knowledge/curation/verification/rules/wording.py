"""Is a statement fit to be kept: in our own words, plain text, in its language, of a bounded length?"""

import re
from collections.abc import Collection, Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import LONGEST_STATEMENT, Draft
from knowledge.curation.verification.messages import Finding, quote
from knowledge.curation.verification.readers.source_text import normalize_text
from knowledge.text import anchoring
from knowledge.text.analysis import analyzer
from knowledge.text.sanitize import strip_hidden

_SHARED = anchoring.MAX_SHARED_LENGTH + 1
_SHORTEST = 8
_SHORTEST_NAME = 6
_ADDRESS = re.compile(r"\w+://|(?<!\w)www\.|mailto:|\S@\S+\.\w", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|```|`|\*\*|\]\(|\[\[|^#+ |&[a-z]+;|\{\{|<\|")
_LATIN, _HANGUL = re.compile(r"[A-Za-z]"), re.compile(r"[가-힣]")
_MOST_HANGUL = 6
"""Latin letters to one of Hangul at least: a name may stand in its own script, too."""


class CopyDetector:
    """What statements may not repeat: every stretch of the text that is too long to be shared."""

    def __init__(self, flat: str, titles: Collection[str]) -> None:
        self._pieces = {flat[at : at + _SHARED] for at in range(len(flat) - _SHARED + 1)}
        self._titles = [normalize_text(title)[0] for title in titles if title]

    def shared(self, said: str, names: Collection[str]) -> str | None:
        """The first stretch that is the text's own; names and titles may be shared."""
        flat = normalize_text(said)[0]
        for name in sorted((name for name in names if len(name) >= _SHORTEST_NAME), key=len, reverse=True):
            flat = flat.replace(normalize_text(name)[0], "\0")
        for at in range(len(flat) - _SHARED + 1):
            piece = flat[at : at + _SHARED]
            if piece in self._pieces and not any(piece in title for title in self._titles):
                return piece
        return None


def check(draft: Draft, wording: CopyDetector, names: Collection[str]) -> Iterator[Finding]:
    """What is wrong with the wording of both statements, and with the name and reason that come with them."""
    for about, said in (("statement_ko", draft.statement_ko), ("statement_en", draft.statement_en)):
        yield from _form(about, said)
        shared = wording.shared(said, names)
        if shared:
            yield messages.COPIED.at(about, words=quote([shared]), length=_SHARED)
    if draft.why is not None:
        yield from _clean("why", draft.why)
    if not analyzer.has_hangul(draft.statement_ko):
        yield messages.NOT_KOREAN.at("statement_ko")
    if len(_HANGUL.findall(draft.statement_en)) * _MOST_HANGUL > len(
        _LATIN.findall(draft.statement_en)
    ) or not _LATIN.search(draft.statement_en):
        yield messages.NOT_ENGLISH.at("statement_en")


def _form(about: str, said: str) -> Iterator[Finding]:
    yield from _clean(about, said)
    if not _SHORTEST <= len(said.strip()) <= LONGEST_STATEMENT:
        yield messages.BAD_LENGTH.at(about, shortest=_SHORTEST, longest=LONGEST_STATEMENT)


def _clean(about: str, said: str) -> Iterator[Finding]:
    if strip_hidden(said) != said or "\n" in said or "\t" in said or said != said.strip():
        yield messages.NOT_ONE_LINE.at(about)
    if _ADDRESS.search(said):
        yield messages.HAS_ADDRESS.at(about)
    if _MARKUP.search(said):
        yield messages.HAS_MARKUP.at(about)
