"""The support of a draft: where its quotes stand in the article, and what numbers and times they have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Finding, Violation, shorten
from knowledge.curation.verification.readers import factuality
from knowledge.curation.verification.readers.numbers import (
    NumberMention,
    Times,
    find_numbers,
    find_numbers_within,
    find_times,
)
from knowledge.curation.verification.readers.quotes import (
    MOST_PLACES,
    ROLES,
    QuoteSpan,
    Role,
    SourceText,
    find_nearest,
    find_quote,
    normalize_quote,
    show_around,
)
from knowledge.model.records import Article
from knowledge.text import anchoring

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
    for number, quote, role, found in _anchored(draft, text):
        if not isinstance(found, QuoteSpan):
            findings.append(found)
            lost.append((role, anchoring.normalise(quote)))
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
    for number, quote in enumerate(quotes, 1):
        yield _anchor(quote, f"{field}.{number}", role, text)


def _anchored(draft: Draft, text: SourceText) -> Iterator[tuple[int, str, Role, QuoteSpan | Violation]]:
    for quotes, role in zip((draft.quotes, draft.context), ROLES, strict=True):
        for number, (quote, found) in enumerate(zip(quotes, anchor_quotes(quotes, role, text), strict=True), 1):
            yield number, quote, role, found


def _anchor(quote: str, about: str, role: Role, text: SourceText) -> QuoteSpan | Violation:
    words = normalize_quote(quote)
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
