"""Markdown export with footnotes for the evidence.

Each claim stands once, under its first trend, so that claims of several articles about one subject stand together. Retracted
and superseded claims have a section of their own. Outside text never acts as markup, see `escaping`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from knowledge.export import messages
from knowledge.export.escaping import address, code, markdown, markdown_lines
from knowledge.export.provenance import Provenance, trace_provenance
from knowledge.model import Article, Bilingual, Claim, Disagreement, Entity, Event, Evidence, Language, Trend
from knowledge.queries import BASES, describe_period
from knowledge.store import Bundle
from knowledge.text import flag_hidden
from knowledge.text.quantities import numerals


@dataclass
class Footnotes:
    """Footnotes of evidence, numbered in order of citation; the same quote in the same role has one number."""

    articles: Mapping[str, Article]
    language: Language
    _numbers: dict[tuple[str, int, int, str, str], int] = field(default_factory=dict)
    _cited: list[Evidence] = field(default_factory=list)

    def cite(self, claim: Claim) -> str:
        """Return the footnote marks of a claim's evidence: `[^1][^2]`."""
        return "".join(f"[^{self._number(piece)}]" for piece in claim.evidence)

    def lines(self) -> Iterator[str]:
        """Yield the footnotes, each followed by an empty line."""
        for number, piece in enumerate(self._cited, start=1):
            yield f"[^{number}]: {self._where(piece)}"
            yield ""
            if piece.quote is not None:
                yield from self._quote(piece.quote)

    def _number(self, piece: Evidence) -> int:
        key = (piece.article, piece.start, piece.end, piece.sha256, piece.role)
        if key not in self._numbers:
            self._cited.append(piece)
            self._numbers[key] = len(self._cited)
        return self._numbers[key]

    def _where(self, piece: Evidence) -> str:
        language = self.language
        parts = [
            format_source(self.articles[piece.article], language),
            messages.CODE_POINTS.format(start=piece.start, end=piece.end).in_language(language),
            f"SHA-256 `{piece.sha256}`",
            messages.CONTEXT.in_language(language) if piece.role == "context" else "",
            messages.REMOVED.in_language(language) if piece.quote is not None and flag_hidden(piece.quote) else "",
        ]
        return "; ".join(filter(None, parts)) + "."

    @staticmethod
    def _quote(quote: str) -> Iterator[str]:
        for line in markdown_lines(quote):
            yield f"    > {line}".rstrip()
        yield ""


def format_source(article: Article, language: Language) -> str:
    """Return an article in one line: title, publisher, author, date, address."""
    linked = address(article.url)
    parts = [
        markdown(article.title) if article.title else messages.UNTITLED.format(id=article.id).in_language(language),
        markdown(article.publisher or ""),
        markdown(article.author or ""),
        article.published or "",
        f"<{linked}>" if linked else markdown(article.url or ""),
        messages.COPY_OF.format(id=article.syndicated_from).in_language(language) if article.syndicated_from else "",
    ]
    return ", ".join(filter(None, parts))


_V = TypeVar("_V")
_BREAK = "\\\n  "
"""A new line within an item."""


def write(holdings: Bundle, language: Language) -> str:
    """Return the document: a section for each trend, disagreements, claims no longer valid, articles, footnotes."""
    page = _Page(
        language,
        Footnotes({article.id: article for article in holdings.articles}, language),
        {trend.id: trend for trend in holdings.trends},
        {entity.id: entity for entity in holdings.entities},
        trace_provenance(holdings.events),
    )
    lines = [*_head(holdings, language), *_sections(holdings, page), *page.footnotes.lines()]
    return "\n".join(lines).rstrip("\n") + "\n"


@dataclass(frozen=True)
class _Page:
    language: Language
    footnotes: Footnotes
    trends: Mapping[str, Trend]
    entities: Mapping[str, Entity]
    past: Provenance

    def text(self, template: Bilingual, **parts: str) -> str:
        """Return a text of ours, with parts that may come from outside."""
        escaped = {name: markdown(part) for name, part in parts.items()}
        return template.format(**escaped).in_language(self.language)

    def claim(self, claim: Claim) -> Iterator[str]:
        """Yield a claim as a list item: the statement, then its qualities."""
        yield "- " + _BREAK.join(self._lines(claim))

    def _lines(self, claim: Claim) -> Iterator[str]:
        marked = f"**{self.text(messages.STATUSES[claim.status])}** " if claim.status != "current" else ""
        yield f"{marked}{markdown(claim.statement.in_language(self.language))}{self.footnotes.cite(claim)}"
        yield " · ".join(filter(None, self._qualities(claim)))
        if claim.status != "current":
            yield self._change(claim)
        if claim.note:
            yield self.text(messages.REMARK, note=claim.note.in_language(self.language))

    def _qualities(self, claim: Claim) -> Iterator[str]:
        yield self.text(messages.KINDS[claim.kind])
        yield self.text(messages.ATTRIBUTIONS[claim.attribution], speaker=self._name(claim.speaker))
        yield from (markdown(numerals.write_figure(figure, self.language)) for figure in claim.figures)
        if claim.cost_basis:
            yield self.text(BASES[claim.cost_basis])
        if claim.period:
            yield self.text(messages.PERIOD, period=describe_period(claim.period).in_language(self.language))
        yield from self._bearings(claim)
        yield f"`{claim.id}`"

    def _bearings(self, claim: Claim) -> Iterator[str]:
        if claim.trends and (stance := next(iter(claim.trends.values()))) != "supports":
            yield self.text(messages.STANCES[stance])
        if others := [self.trends[trend].name.in_language(self.language) for trend in list(claim.trends)[1:]]:
            yield self.text(messages.ALSO, trends=", ".join(others))

    def _name(self, entity: str | None) -> str:
        return self.entities[entity].name.in_language(self.language) if entity else ""

    def _change(self, claim: Claim) -> str:
        event = self.past.of_status(claim)
        return " · ".join(self._describe_change(event)) if event else self.text(messages.UNRECORDED)

    def _describe_change(self, event: Event) -> Iterator[str]:
        yield self.text(messages.ON, day=event.at.date().isoformat())
        yield self.text(messages.BY, name=event.by)
        if event.why:
            yield self.text(messages.WHY, why=event.why)
        if event.instead:
            yield messages.INSTEAD.format(claim=event.instead).in_language(self.language)


def _head(holdings: Bundle, language: Language) -> Iterator[str]:
    yield f"# {messages.TITLE.in_language(language)}"
    yield ""
    yield messages.ABOUT.format(
        claims=len(holdings.claims),
        articles=len(holdings.articles),
        day=holdings.exported.date().isoformat(),
        version=code(holdings.version),
    ).in_language(language)
    yield ""


def _sections(holdings: Bundle, page: _Page) -> Iterator[str]:
    standing: dict[str, list[Claim]] = {trend.id: [] for trend in holdings.trends}
    other: list[Claim] = []
    for claim in filter(lambda claim: claim.stands, holdings.claims):
        standing.get(next(iter(claim.trends), ""), other).append(claim)
    for trend, claims in standing.items():
        if claims:
            named = page.trends[trend]
            summary = markdown(named.summary.in_language(page.language))
            yield from _section(markdown(named.name.in_language(page.language)), [summary, ""], claims, page.claim)
    yield from _section(page.text(messages.OTHER), [], other, page.claim)
    yield from _section(
        page.text(messages.DISAGREEMENTS),
        [],
        holdings.disagreements,
        lambda disagreement: _disagreement(disagreement, page),
    )
    gone = [claim for claim in holdings.claims if not claim.stands]
    yield from _section(page.text(messages.NO_LONGER), [], gone, page.claim)
    yield from _section(
        page.text(messages.ARTICLES), [], holdings.articles, lambda article: [_article(article, page.language)]
    )


def _section(
    title: str, lead: Iterable[str], items: Iterable[_V], write: Callable[[_V], Iterable[str]]
) -> Iterator[str]:
    written = [line for item in items for line in write(item)]
    if written:
        yield from (f"## {title}", "", *lead, *written, "")


def _article(article: Article, language: Language) -> str:
    return "- " + _BREAK.join(
        [
            f"{format_source(article, language)}: `{article.id}`",
            markdown(article.about.in_language(language)),
            messages.IDENTIFIED.format(length=article.length, sha256=f"`{article.sha256}`").in_language(language),
            *(
                [messages.REMARK.format(note=markdown(article.note.in_language(language))).in_language(language)]
                if article.note
                else []
            ),
        ]
    )


def _disagreement(disagreement: Disagreement, page: _Page) -> Iterator[str]:
    yield f"- {markdown(disagreement.question.in_language(page.language))}"
    for side in disagreement.sides:
        claims = ", ".join(f"`{claim}`" for claim in side.claims)
        yield f"  - {markdown(side.position.in_language(page.language))} ({claims})"
