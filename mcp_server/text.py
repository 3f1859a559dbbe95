"""Answers in words, for people and for hosts that show a model only text. Says everything that the structure says."""

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch

from knowledge.answers import (
    Answer,
    ArticleRecord,
    ArticleView,
    Call,
    Citation,
    Cited,
    Dispute,
    Facet,
    Position,
    Quoted,
    SearchResults,
    TrendBrief,
)
from knowledge.comparisons import CostComparison, CountryCount, CountryCounts, CountSource
from knowledge.entries import Catalogue, ClaimView, EntityView
from knowledge.model import Language
from mcp_server.words import word


def render(answer: Answer) -> str:
    """The whole answer as text."""
    tail = [f"* {note}" for note in answer.notes]
    tail += [f"{word('next', answer.language)}: {_call(call)}" for call in answer.next_calls]
    return "\n".join([*_body(answer), *tail])


@singledispatch
def _body(answer: Answer) -> Iterator[str]:
    raise TypeError(f"no words for {type(answer).__name__}")


@_body.register
def _(answer: SearchResults) -> Iterator[str]:
    language = answer.language
    yield f"{word('found', language)}: {answer.total}"
    yield from _claims(answer.items, language)
    for passage in answer.passages:
        yield from _quoted(passage, language)
    if answer.trends:
        yield f"{word('trends', language)}: {_facets(answer.trends)}"
    yield from _labelled("missing", answer.unknown_words, language)
    yield from _more(answer.cursor, language)


@_body.register
def _(answer: TrendBrief) -> Iterator[str]:
    language = answer.language
    yield f"{answer.name} ({answer.id})"
    yield answer.summary
    for position in answer.positions:
        yield from _position(position, language)
    if answer.key_figures:
        yield f"{word('figures', language)}:"
        yield from _claims(answer.key_figures, language)
    yield from _disputes(answer.disagreements, language)
    yield from _labelled("related", answer.related, language)


@_body.register
def _(answer: CountryCounts) -> Iterator[str]:
    for source in answer.counts:
        yield from _source(source, answer.language)
    yield from _labelled("missing", answer.not_found, answer.language)
    yield from _labelled("known", answer.countries_known, answer.language)


@_body.register
def _(answer: CostComparison) -> Iterator[str]:
    language = answer.language
    for group in answer.groups:
        yield f"{group.basis}: {group.meaning}"
        for place, item in enumerate(group.items, start=1):
            yield from _claim(item.claim, f"{place}. ", language, suffix=f" <{', '.join(item.models)}>")
    if answer.not_comparable_because:
        yield f"{word('not_comparable', language)}: {answer.not_comparable_because}"
    yield from _labelled("without", answer.without_figures, language)
    for one in answer.unknown:
        yield f"{word('missing', language)}: {one.name}" + (
            f" ({word('near', language)}: {', '.join(one.near)})" if one.near else ""
        )
    yield from _more(answer.cursor, language)


@_body.register
def _(answer: ArticleView) -> Iterator[str]:
    language = answer.language
    yield from _record(answer.article, language)
    yield f"{word('found', language)}: {answer.total}"
    yield from _claims(answer.claims, language)
    if answer.text:
        yield from _quoted(answer.text, language)
    yield from _more(answer.cursor, language)


@_body.register
def _(answer: ClaimView) -> Iterator[str]:
    language = answer.language
    yield from _claim(answer.claim, "", language)
    yield from _disputes(answer.disagreements, language)
    yield f"{word('articles', language)}:"
    yield from _record(answer.article, language)


@_body.register
def _(answer: EntityView) -> Iterator[str]:
    language, entity = answer.language, answer.entity
    yield f"{entity.name} ({entity.id}) · {word(entity.type, language)}"
    fields = {
        "original": entity.original,
        "aliases": ", ".join(entity.aliases),
        "iso": entity.iso,
        "maker": entity.maker,
        "makes": ", ".join(entity.makes),
        "wikidata": entity.wikidata,
        "note": entity.note,
    }
    yield from (f"{word(key, language)}: {value}" for key, value in fields.items() if value)
    if answer.trends:
        yield f"{word('trends', language)}: {_facets(answer.trends)}"
    yield f"{word('found', language)}: {answer.total}"
    yield from _claims(answer.claims, language)


@_body.register
def _(answer: Catalogue) -> Iterator[str]:
    language = answer.language
    yield f"{word('claims', language)}: " + ", ".join(
        f"{word(kind, language)} {count}" for kind, count in answer.kinds.items()
    )
    yield f"{word('articles', language)}:"
    for article in answer.articles:
        said = (article.title, article.publisher, article.published, article.coverage)
        told = " · ".join([*filter(None, said), f"{word('claims', language)} {article.claims}", article.about])
        yield f"- {article.id}: {told}"
    if answer.texts:
        yield f"{word('texts', language)}: {answer.texts}"
    yield f"{word('trends', language)}:"
    for trend in answer.trends:
        yield f"- {trend.name} ({trend.id}), {word('claims', language)} {trend.claims}" + (
            f": {trend.about}" if trend.about else ""
        )
    for type_, names in answer.entities.items():
        yield f"{word(type_, language)}: {', '.join(names)}"
    yield f"{word('measures', language)}: " + ", ".join(f"{name} {count}" for name, count in answer.measures.items())
    yield f"{word('disagreement', language)}:"
    yield from (f"- {question}" for question in answer.disagreements)


def _record(record: ArticleRecord, language: Language) -> Iterator[str]:
    yield f"{record.id}: {record.about}"
    fields = {
        "title": f"“{record.title}”" if record.title else None,
        "published_by": record.publisher,
        "author_field": record.author,
        "editor": record.editor,
        "published": record.published,
        "coverage": record.coverage,
        "url": record.url,
        "derived": record.derived_from,
        "cites": ", ".join(record.cites) or None,
        "length": str(record.length),
    }
    yield from (f"{word(key, language)}: {value}" for key, value in fields.items() if value)
    yield f"sha256: {record.sha256}"
    yield from _labelled("unknown", record.unknown, language)
    yield from _labelled("note", [record.note] if record.note else [], language)


def _disputes(disputes: Sequence[Dispute], language: Language) -> Iterator[str]:
    for dispute in disputes:
        yield f"{word('disagreement', language)}: {dispute.question}"
        for side in dispute.sides:
            yield f"  - {side.position} [{', '.join(side.articles)}] {', '.join(side.claims)}"


def _facets(facets: Sequence[Facet]) -> str:
    return ", ".join(f"{facet.name} ({facet.trend}) {facet.claims}" for facet in facets)


def _position(position: Position, language: Language) -> Iterator[str]:
    yield f"{word(position.stance, language)}: {position.total} [{', '.join(position.articles)}]"
    yield from _labelled("holders", position.holders, language)
    yield from _claims(position.claims, language)


def _source(source: CountSource, language: Language) -> Iterator[str]:
    fields = (
        ("publisher", source.publisher),
        ("population", source.population),
        ("period", source.period),
        ("rule", source.rule),
    )
    yield " · ".join(f"{word(key, language)}: {value}" for key, value in fields)
    yield from _labelled("articles", source.articles, language)
    for row in source.rows:
        yield from _row(row, language)


def _row(row: CountryCount, language: Language) -> Iterator[str]:
    parts = [
        f"{word('rank', language)} {row.rank}",
        f"{word('share', language)} {row.share_percent}%",
        f"{word('leader', language)} {row.ratio_to_leader}",
        f"{word('gap', language)} {row.gap_to_leader}",
    ]
    if row.stated_rank is not None:
        parts.append(f"{word('stated_rank', language)} {row.stated_rank}")
    yield f"{row.country} ({row.iso}): {row.count} — {' · '.join(parts)}"
    yield f"   {_evidence(row.evidence, language)} · {row.claim}"


def _claims(claims: Sequence[Cited], language: Language) -> Iterator[str]:
    for place, claim in enumerate(claims, start=1):
        yield from _claim(claim, f"{place}. ", language)


def _claim(claim: Cited, lead: str, language: Language, suffix: str = "") -> Iterator[str]:
    yield f"{lead}[{word(claim.kind, language)}] {claim.statement}{suffix}"
    said = [claim.speaker, word(claim.attribution, language)] if claim.speaker else [word(claim.attribution, language)]
    parts = [", ".join(filter(None, said)), ", ".join(claim.figures), claim.cost_basis, claim.period, claim.status]
    yield f"   {' · '.join(part for part in parts if part)} · {claim.id}"
    yield f"   {_evidence(claim.evidence, language)}"
    if claim.note:
        yield f"   {word('note', language)}: {claim.note}"
    if claim.original:
        yield f"   = {claim.original}"
    if claim.trends:
        yield f"   {word('trends', language)}: " + ", ".join(
            f"{trend} ({word(stance, language)})" for trend, stance in claim.trends.items()
        )
    if claim.entities:
        yield f"   {word('entities', language)}: {', '.join(claim.entities)}"
    for figure in claim.typed_figures or ():
        known = figure.model_dump(mode="json", exclude_none=True)
        yield "   # " + ", ".join(f"{name}={value}" for name, value in known.items())
    if claim.asserted:
        yield f"   {word('asserted', language)}: {claim.asserted}"


def _evidence(evidence: Iterable[Citation], language: Language) -> str:
    return f"{word('evidence', language)}: " + "; ".join(_citation(one) for one in evidence)


def _citation(citation: Citation) -> str:
    place = f"{citation.article} {citation.start}-{citation.end}"
    quote = f" “{_in_line(citation.quote)}”{_flag(citation.flag)}" if citation.quote else ""
    return place + quote + (f" sha256:{citation.sha256}" if citation.sha256 else "")


def _flag(flag: str | None) -> str:
    return f" [{flag}]" if flag else ""


def _in_line(text: str) -> str:
    """Words from outside on one line, so that they cannot pose as lines of ours."""
    return " ".join(text.split())


def _quoted(passage: Quoted, language: Language) -> Iterator[str]:
    title = f" (“{passage.title}”)" if passage.title else ""
    yield f"{word('passage', language)} {passage.article}{title} {passage.start}-{passage.end}: “{_in_line(passage.text)}”{_flag(passage.flag)}"


def _labelled(key: str, values: Sequence[str], language: Language) -> Iterator[str]:
    if values:
        yield f"{word(key, language)}: {', '.join(values)}"


def _more(cursor: str | None, language: Language) -> Iterator[str]:
    if cursor:
        yield f"{word('more', language)}: cursor={cursor}"


def _call(call: Call) -> str:
    arguments = ", ".join(f"{name}={value!r}" for name, value in call.arguments.items())
    return f"{call.tool}({arguments})"
