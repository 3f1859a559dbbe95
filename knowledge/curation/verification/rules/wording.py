"""Rules on the wording of a draft: its quotes are the article's words, its statements are its own.

A quote stands in one place of the article and supports the draft with its numbers and times. A statement is plain text in the
right language, of bounded length, copies nothing, and repeats no older claim.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import LONGEST_STATEMENT, Draft
from knowledge.curation.verification.messages import Finding, Violation, quote, shorten
from knowledge.curation.verification.readers import (
    MOST_PLACES,
    ROLES,
    NumberMention,
    QuoteSpan,
    Role,
    SourceText,
    Times,
    factuality,
    find_nearest,
    find_numbers,
    find_numbers_within,
    find_quote,
    find_times,
    normalize_quote,
    normalize_text,
    show_around,
)
from knowledge.model import Article, Claim
from knowledge.text import KnownClaims, anchoring, strip_hidden
from knowledge.text.analysis import analyzer

_SHORTEST_QUOTE = 6
"""Characters of a quote at least: fewer support nothing."""


class QuotedWords(NamedTuple):
    """The words of an article that a draft quotes, with their numbers and times."""

    text: str
    numbers: tuple[NumberMention, ...]
    times: Times


@dataclass(frozen=True)
class Support:
    """The quotes of a draft as the article has them."""

    spans: tuple[QuoteSpan, ...]
    """The quotes that were located."""
    lost: tuple[tuple[Role, str], ...]
    """The quotes that were not. Their own words count in what follows, so that one fault is reported once."""
    findings: tuple[Finding, ...]
    words: QuotedWords
    """All quoted words; a number counts with the bound and unit that stand around it in the text."""
    states: str
    """The words that state the draft, each to the end of the clause that its quote breaks off."""
    context: str

    @property
    def quoted(self) -> str:
        """The words that state the draft and those of its context."""
        return f"{self.states}\n{self.context}"

    @property
    def stating(self) -> list[QuoteSpan]:
        """The spans that state the draft."""
        return [span for span in self.spans if span.role == "states"]

    def has_lost(self, raw: str) -> bool:
        """Return whether some words are in a quote that was not located, which is to be corrected first."""
        return any(raw in words for _, words in self.lost)


def find_support(draft: Draft, text: SourceText, article: Article) -> Support:
    """Return what of an article supports a draft, with what is wrong with the draft's quotes."""
    spans: list[QuoteSpan] = []
    lost: list[tuple[Role, str]] = []
    findings: list[Finding] = []
    for number, quoted, role, found in _anchored(draft, text):
        if not isinstance(found, QuoteSpan):
            findings.append(found)
            lost.append((role, anchoring.normalise(quoted)))
        elif not any(found[:2] == other[:2] for other in spans):
            if role == "states" and factuality.is_cut_off(text.body, found.start, found.end):
                around = shorten(text.body[max(0, found.start - 12) : found.end + 12], 80)
                findings.append(messages.NEGATION_CUT.at(f"quotes.{number}", words=around))
            spans.append(found)
    words = _read_words(spans, [words for _, words in lost], text.body, article)
    states, context = (_join_words(role, draft, spans, lost, text.body) for role in ROLES)
    return Support(tuple(spans), tuple(lost), tuple(findings), words, states, context)


def anchor_quotes(quotes: Sequence[str], role: Role, text: SourceText) -> Iterator[QuoteSpan | Violation]:
    """Yield each quote's place in the text, or what is wrong with it."""
    field = "quotes" if role == "states" else "context"
    for number, quoted in enumerate(quotes, 1):
        yield _anchor(quoted, f"{field}.{number}", role, text)


def _anchored(draft: Draft, text: SourceText) -> Iterator[tuple[int, str, Role, QuoteSpan | Violation]]:
    for quotes, role in zip((draft.quotes, draft.context), ROLES, strict=True):
        for number, (quoted, found) in enumerate(zip(quotes, anchor_quotes(quotes, role, text), strict=True), 1):
            yield number, quoted, role, found


def _anchor(quoted: str, about: str, role: Role, text: SourceText) -> QuoteSpan | Violation:
    words = normalize_quote(quoted)
    if len(words) < _SHORTEST_QUOTE:
        return messages.QUOTE_TOO_SHORT.at(about, quote=shorten(words), shortest=_SHORTEST_QUOTE)
    places = find_quote(words, text)
    if not places:
        near = find_nearest(words, text)
        problem = messages.QUOTE_NOT_FOUND if near is None else messages.QUOTE_INEXACT
        return problem.at(about, quote=shorten(words), near=near)
    if len(places) > 1:
        return _ambiguous(places, about, text)
    span = QuoteSpan(*places[0], role)
    return messages.QUOTE_CUTS_WORD.at(about) if span.cuts(text.body) else span


def _ambiguous(places: Sequence[tuple[int, int]], about: str, text: SourceText) -> Violation:
    around = "; ".join(f"{place[0]}: ‘{show_around(place, text)}’" for place in places[:MOST_PLACES])
    count = f"{MOST_PLACES}+" if len(places) > MOST_PLACES else str(len(places))
    return messages.QUOTE_AMBIGUOUS.at(about, count=count, places=around)


def _read_words(spans: Sequence[QuoteSpan], lost: Sequence[str], body: str, article: Article) -> QuotedWords:
    numbers = [number for span in spans for number in find_numbers_within(body, span.start, span.end)]
    numbers += [number for words in lost for number in find_numbers(words)]
    text = "\n".join([*(body[span.start : span.end] for span in spans), *lost])
    return QuotedWords(text, tuple(numbers), find_times(text, numbers, article.published, article.coverage))


def _join_words(
    role: Role, draft: Draft, spans: Sequence[QuoteSpan], lost: Sequence[tuple[Role, str]], body: str
) -> str:
    through = bool(draft.figures)
    located = [
        body[span.start : span.end] + factuality.rest_of_clause(body, span.end, through=through)
        for span in spans
        if span.role == role
    ]
    return "\n".join([*located, *(words for other, words in lost if other == role)])


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
