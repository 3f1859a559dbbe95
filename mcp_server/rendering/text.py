"""Answers as text, for people and for hosts that show a model only text; nothing of the structure is missing."""

from collections.abc import Iterator
from functools import singledispatch

from knowledge.model import Language
from knowledge.queries import (
    Answer,
    ArticleView,
    Catalogue,
    ClaimView,
    CostComparison,
    CountryCounts,
    EntityView,
    Position,
    SearchResults,
    TrendBrief,
)
from knowledge.text import strip_hidden
from mcp_server.rendering import figures, lines
from mcp_server.rendering.labels import label


def render(answer: Answer) -> str:
    """Return the whole answer as text."""
    tail = [f"* {note}" for note in answer.notes]
    tail += [f"{label('next', answer.language)}: {lines.call(call)}" for call in answer.next_calls]
    # An item stays on one line, whatever names it repeats.
    return strip_hidden("\n".join(line.replace("\n", " ") for line in (*body(answer), *tail)))


@singledispatch
def body(answer: Answer) -> Iterator[str]:
    """Yield the lines of an answer, without its notes and next calls; each kind of answer registers its own."""
    raise TypeError(f"no words for {type(answer).__name__}")


@body.register
def _(answer: SearchResults) -> Iterator[str]:
    language = answer.language
    yield f"{label('found', language)}: {answer.total}"
    yield from lines.claims(answer.items, language)
    for passage in answer.passages:
        yield from lines.quoted(passage, language)
    if answer.trends:
        yield f"{label('trends', language)}: {lines.facets(answer.trends)}"
    yield from lines.labelled("missing", answer.unknown_words, language)
    yield from lines.more(answer.cursor, language)


@body.register
def _(answer: TrendBrief) -> Iterator[str]:
    language = answer.language
    yield f"{answer.name} ({answer.id})"
    yield answer.summary
    for position in answer.positions:
        yield from _position(position, language)
    if answer.key_figures:
        yield f"{label('figures', language)}:"
        yield from lines.claims(answer.key_figures, language)
    yield from lines.disputes(answer.disagreements, language)
    yield from lines.labelled("related", answer.related, language)


@body.register
def _(answer: CountryCounts) -> Iterator[str]:
    return figures.counts(answer)


@body.register
def _(answer: CostComparison) -> Iterator[str]:
    return figures.costs(answer)


@body.register
def _(answer: ArticleView) -> Iterator[str]:
    language = answer.language
    yield from lines.record(answer.article, language)
    yield f"{label('found', language)}: {answer.total}"
    yield from lines.claims(answer.claims, language)
    if answer.text:
        yield from lines.quoted(answer.text, language)
    yield from lines.more(answer.cursor, language)


@body.register
def _(answer: ClaimView) -> Iterator[str]:
    language = answer.language
    yield from lines.claim(answer.claim, "", language)
    yield from lines.history(answer.history, language)
    yield from lines.disputes(answer.disagreements, language)
    yield f"{label('articles', language)}:"
    yield from lines.record(answer.article, language)


@body.register
def _(answer: EntityView) -> Iterator[str]:
    language, entity = answer.language, answer.entity
    yield f"{entity.id}: {lines.marked(entity.name)} · {label(entity.type, language)}"
    fields = {
        "original": entity.original,
        "aliases": ", ".join(entity.aliases),
        "iso": entity.iso,
        "maker": entity.maker,
        "makes": ", ".join(entity.makes),
        "wikidata": entity.wikidata,
        "note": entity.note,
    }
    yield from (f"{label(key, language)}: {value}" for key, value in fields.items() if value)
    if answer.trends:
        yield f"{label('trends', language)}: {lines.facets(answer.trends)}"
    yield f"{label('found', language)}: {answer.total}"
    yield from lines.claims(answer.claims, language)


@body.register
def _(answer: Catalogue) -> Iterator[str]:
    language = answer.language
    yield f"{label('claims', language)}: " + ", ".join(
        f"{label(kind, language)} {count}" for kind, count in answer.kinds.items()
    )
    yield f"{label('articles', language)}:"
    for article in answer.articles:
        times = (lines.period(time, language) for time in (article.published, article.coverage))
        record = (lines.marked(article.title), lines.marked(article.publisher), *times)
        line = " · ".join([*filter(None, record), f"{label('claims', language)} {article.claims}", article.about])
        yield f"- {article.id}: {line}"
    if answer.texts:
        yield f"{label('texts', language)}: {answer.texts}"
    yield f"{label('trends', language)}:"
    for trend in answer.trends:
        yield f"- {trend.name} ({trend.id}), {label('claims', language)} {trend.claims}" + (
            f": {trend.about}" if trend.about else ""
        )
    for type_, names in answer.entities.items():
        yield f"{label(type_, language)}: {', '.join(names)}"
    yield f"{label('measures', language)}: " + ", ".join(f"{name} {count}" for name, count in answer.measures.items())
    yield f"{label('disagreement', language)}:"
    yield from (f"- {question}" for question in answer.disagreements)


def _position(position: Position, language: Language) -> Iterator[str]:
    yield f"{label(position.stance, language)}: {position.total} [{', '.join(position.articles)}]"
    yield from lines.labelled("holders", position.holders, language)
    yield from lines.claims(position.claims, language)
