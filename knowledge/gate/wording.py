"""Is a statement fit to be kept: in our own words, plain text, in its language, of a bounded length?"""

import re
from collections.abc import Collection, Iterator

from knowledge import analyzer, anchor
from knowledge.gate.drafts import LONGEST_STATEMENT, Draft
from knowledge.gate.saying import Fault, Finding, Said, listed
from knowledge.gate.texts import plain
from knowledge.visible import visible

_SHARED = anchor.LONGEST_SHARED + 1
_SHORTEST = 8
_SHORTEST_NAME = 6
_ADDRESS = re.compile(r"\w+://|(?<!\w)www\.|mailto:|\S@\S+\.\w", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|```|`|\*\*|\]\(|\[\[|^#+ |&[a-z]+;|\{\{|<\|")
_LATIN, _HANGUL = re.compile(r"[A-Za-z]"), re.compile(r"[가-힣]")
_MOST_HANGUL = 6
"""Latin letters to one of Hangul at least: a name may stand in its own script, too."""


class Wording:
    """What statements may not repeat: every stretch of the text that is too long to be shared."""

    def __init__(self, flat: str, titles: Collection[str]) -> None:
        self._pieces = {flat[at : at + _SHARED] for at in range(len(flat) - _SHARED + 1)}
        self._titles = [plain(title)[0] for title in titles if title]

    def shared(self, said: str, names: Collection[str]) -> str | None:
        """The first stretch that is the text's own; names and titles may be shared."""
        flat = plain(said)[0]
        for name in sorted((name for name in names if len(name) >= _SHORTEST_NAME), key=len, reverse=True):
            flat = flat.replace(plain(name)[0], "\0")
        for at in range(len(flat) - _SHARED + 1):
            piece = flat[at : at + _SHARED]
            if piece in self._pieces and not any(piece in title for title in self._titles):
                return piece
        return None


def check(draft: Draft, wording: Wording, names: Collection[str]) -> Iterator[Finding]:
    """What is wrong with the wording of both statements, and with the name and reason that come with them."""
    for about, said in (("statement_ko", draft.statement_ko), ("statement_en", draft.statement_en)):
        yield from _form(about, said)
        shared = wording.shared(said, names)
        if shared:
            yield Fault(
                about,
                Said(f"글의 말을 그대로 옮겼습니다: {listed([shared])}", f"is worded as the text: {listed([shared])}"),
                Said(
                    f"{_SHARED}자 이상 겹치지 않게 자기 말로 쓰세요",
                    f"Say it in your own words, without {_SHARED} characters in a row of the text",
                ),
            )
    if draft.why is not None:
        yield from _clean("why", draft.why)
    if not analyzer.has_hangul(draft.statement_ko):
        yield Fault(
            "statement_ko", Said("한국어가 아닙니다", "is not Korean"), Said("한국어로 쓰세요", "Write it in Korean")
        )
    if len(_HANGUL.findall(draft.statement_en)) * _MOST_HANGUL > len(
        _LATIN.findall(draft.statement_en)
    ) or not _LATIN.search(draft.statement_en):
        yield Fault(
            "statement_en", Said("영어가 아닙니다", "is not English"), Said("영어로 쓰세요", "Write it in English")
        )


def _form(about: str, said: str) -> Iterator[Finding]:
    yield from _clean(about, said)
    if not _SHORTEST <= len(said.strip()) <= LONGEST_STATEMENT:
        yield Fault(
            about,
            Said("너무 짧거나 깁니다", "is too short or too long"),
            Said(f"{_SHORTEST}~{LONGEST_STATEMENT}자로 쓰세요", f"Write {_SHORTEST} to {LONGEST_STATEMENT} characters"),
        )


def _clean(about: str, said: str) -> Iterator[Finding]:
    if visible(said) != said or "\n" in said or "\t" in said or said != said.strip():
        yield Fault(
            about,
            Said(
                "보이지 않는 글자, 줄바꿈이나 앞뒤 빈칸이 있습니다",
                "has hidden characters, line breaks or blanks around it",
            ),
            Said("보이는 글자로 한 줄에 쓰세요", "Write visible characters on one line"),
        )
    if _ADDRESS.search(said):
        yield Fault(
            about, Said("주소가 들어 있습니다", "has an address in it"), Said("주소를 빼세요", "Leave addresses out")
        )
    if _MARKUP.search(said):
        yield Fault(
            about, Said("마크업이 들어 있습니다", "has markup in it"), Said("글자로만 쓰세요", "Write plain text")
        )
