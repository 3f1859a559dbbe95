"""The words of the article that a draft rests on: where its quotes stand, what numbers and times they have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Finding
from knowledge.curation.verification.readers import dates, modality, negation
from knowledge.curation.verification.readers import numbers as counted
from knowledge.curation.verification.readers import quotes as quoting
from knowledge.curation.verification.readers.quotes import QuoteSpan, Role
from knowledge.curation.verification.readers.source_text import SourceText
from knowledge.curation.verification.rules.number_agreement import QuotedWords
from knowledge.model.records import Article
from knowledge.text import anchoring


@dataclass(frozen=True)
class Support:
    """What bears a draft."""

    pieces: tuple[QuoteSpan, ...]
    """Where the quotes stand that stand anywhere."""
    lost: tuple[tuple[Role, str], ...]
    """The quotes that stand nowhere: their own words count, so that one fault is not told as many."""
    findings: tuple[Finding, ...]
    words: QuotedWords
    """All of the words, with their numbers as the text around them has these."""
    states: str
    """The words that state the draft, each with the rest of the clause that it breaks off."""
    context: str

    @property
    def stating(self) -> list[QuoteSpan]:
        """The pieces that state the draft."""
        return [piece for piece in self.pieces if piece.role == "states"]

    def has_lost(self, raw: str) -> bool:
        """Whether some words are in a quote that stands nowhere, which is to be mended first."""
        return any(raw in words for _, words in self.lost)


def find_support(draft: Draft, text: SourceText, article: Article) -> Support:
    """What of the article bears a draft, and what is wrong with its quotes."""
    pieces: list[QuoteSpan] = []
    lost: list[tuple[Role, str]] = []
    findings: list[Finding] = []
    for number, quote, role, found in _anchored(draft, text):
        if not isinstance(found, QuoteSpan):
            findings.append(found)
            lost.append((role, anchoring.normalise(quote)))
        elif not any(found[:2] == other[:2] for other in pieces):
            findings += negation.cut_off(f"quotes.{number}", found, text.body) if role == "states" else ()
            pieces.append(found)
    words = _words(pieces, [words for _, words in lost], text.body, article)
    states, context = (_told(role, draft, pieces, lost, text.body) for role in quoting.ROLES)
    return Support(tuple(pieces), tuple(lost), tuple(findings), words, states, context)


def _anchored(draft: Draft, text: SourceText) -> Iterator[tuple[int, str, Role, QuoteSpan | Finding]]:
    for quotes, role in zip((draft.quotes, draft.context), quoting.ROLES, strict=True):
        for number, (quote, found) in enumerate(zip(quotes, quoting.anchored(quotes, role, text), strict=True), 1):
            yield number, quote, role, found


def _words(pieces: Sequence[QuoteSpan], lost: Sequence[str], body: str, article: Article) -> QuotedWords:
    numbers = [number for piece in pieces for number in counted.find_numbers_within(body, piece.start, piece.end)]
    numbers += [number for words in lost for number in counted.find_numbers(words)]
    said = "\n".join([*(body[piece.start : piece.end] for piece in pieces), *lost])
    return QuotedWords(said, tuple(numbers), dates.find_times(said, numbers, article))


def _told(role: Role, draft: Draft, pieces: Sequence[QuoteSpan], lost: Sequence[tuple[Role, str]], body: str) -> str:
    through = bool(draft.figures)
    kept = [
        body[one.start : one.end] + modality.tail(body, one.end, through=through) for one in pieces if one.role == role
    ]
    return "\n".join([*kept, *(words for of, words in lost if of == role)])
