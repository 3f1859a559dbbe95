"""The lines that answers are made of: claims, evidence, quoted words, labels."""

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.answers import ArticleRecord, Call, Citation, Cited, Dispute, Facet, Quoted
from knowledge.entries import Happening
from knowledge.model import Language
from knowledge.visible import visible
from mcp_server.rendering.labels import label

_MARK = re.compile("[“”]")


def record(record: ArticleRecord, language: Language) -> Iterator[str]:
    """An article's bibliographic record."""
    yield f"{record.id}: {record.about}"
    fields = {
        "title": marked(record.title),
        "published_by": marked(record.publisher),
        "author_field": marked(record.author),
        "editor": marked(record.editor),
        "published": record.published,
        "coverage": record.coverage,
        "url": marked(record.url),
        "derived": marked(record.derived_from),
        "copy_of": record.syndicated_from,
        "copies": ", ".join(record.copies) or None,
        "cites": ", ".join(record.cites) or None,
        "length": str(record.length),
    }
    yield from (f"{label(key, language)}: {value}" for key, value in fields.items() if value)
    yield f"sha256: {record.sha256}"
    yield from labelled("unknown", record.unknown, language)
    yield from labelled("note", [record.note] if record.note else [], language)


def disputes(disputes: Sequence[Dispute], language: Language) -> Iterator[str]:
    """What articles differ on, with who holds what."""
    for dispute in disputes:
        yield f"{label('disagreement', language)}: {dispute.question}"
        for side in dispute.sides:
            yield f"  - {side.position} [{', '.join(side.articles)}] {', '.join(side.claims)}"


def history(history: Sequence[Happening], language: Language) -> Iterator[str]:
    """What happened to a claim."""
    for one in history:
        instead = f" -> {one.instead}" if one.instead else ""
        yield f"{label('history', language)}: {one.at} {one.action}{instead} ({marked(one.by)})" + (
            f": {marked(one.why)}" if one.why else ""
        )


def facets(facets: Sequence[Facet]) -> str:
    """Trends with how many claims bear on each."""
    return ", ".join(f"{facet.name} ({facet.trend}) {facet.claims}" for facet in facets)


def claims(claims: Sequence[Cited], language: Language) -> Iterator[str]:
    """Claims, numbered."""
    for place, one in enumerate(claims, start=1):
        yield from claim(one, f"{place}. ", language)


def claim(claim: Cited, lead: str, language: Language, suffix: str = "") -> Iterator[str]:
    """A claim with who says it, its numbers and its evidence."""
    yield f"{lead}[{label(claim.kind, language)}] {claim.statement}{suffix}"
    said = (
        [claim.speaker, label(claim.attribution, language)] if claim.speaker else [label(claim.attribution, language)]
    )
    status = label(claim.status, language) if claim.status else None
    parts = [", ".join(filter(None, said)), ", ".join(claim.figures), claim.cost_basis, claim.period, status]
    yield f"   {' · '.join(part for part in parts if part)} · {claim.id}"
    yield f"   {evidence(claim.evidence, language)}"
    if claim.note:
        yield f"   {label('note', language)}: {claim.note}"
    if claim.original:
        yield f"   = {claim.original}"
    if claim.trends:
        yield f"   {label('trends', language)}: " + ", ".join(
            f"{trend} ({label(stance, language)})" for trend, stance in claim.trends.items()
        )
    if claim.entities:
        yield f"   {label('entities', language)}: {', '.join(claim.entities)}"
    for figure in claim.typed_figures or ():
        known = figure.model_dump(mode="json", exclude_none=True)
        yield "   # " + ", ".join(f"{name}={value}" for name, value in known.items())
    if claim.asserted:
        yield f"   {label('asserted', language)}: {claim.asserted}"


def evidence(evidence: Iterable[Citation], language: Language) -> str:
    """Where the words stand, and the words where they are at hand."""
    return f"{label('evidence', language)}: " + "; ".join(_citation(one) for one in evidence)


def labelled(key: str, values: Sequence[str], language: Language) -> Iterator[str]:
    """A line with a label, where there is something to say."""
    if values:
        yield f"{label(key, language)}: {', '.join(values)}"


def more(cursor: str | None, language: Language) -> Iterator[str]:
    """How to get the next page, where there is one."""
    if cursor:
        yield f"{label('more', language)}: cursor={cursor}"


def call(call: Call) -> str:
    """A tool call."""
    arguments = ", ".join(f"{name}={value!r}" for name, value in call.arguments.items())
    return f"{call.tool}({arguments})"


def quoted(passage: Quoted, language: Language) -> Iterator[str]:
    """A passage of a text, on one line."""
    title = f" ({marked(passage.title)})" if passage.title else ""
    yield f"{label('passage', language)} {passage.article}{title} {passage.start}-{passage.end}: {marked(passage.text)}{_flag(passage.flag)}"


def marked(text: str | None) -> str | None:
    """Words from outside, on one line within quotation marks; `None` where there are none.

    Neither a line break nor a mark within them ends the quotation: what is quoted within comes in pairs, and a mark that has no
    other becomes a single one.
    """
    return f"“{_paired(' '.join(visible(text).split()))}”" if text else None


def _citation(citation: Citation) -> str:
    place = f"{citation.article} {citation.start}-{citation.end}"
    quote = f" {marked(citation.quote)}{_flag(citation.flag)}" if citation.quote else ""
    return place + quote + (f" sha256:{citation.sha256}" if citation.sha256 else "")


def _flag(flag: str | None) -> str:
    return f" [{flag}]" if flag else ""


def _paired(text: str) -> str:
    """The same with marks that have no other as single ones."""
    open_ones: list[int] = []
    alone: dict[int, str] = {}
    for match in _MARK.finditer(text):
        if match[0] == "“":
            open_ones.append(match.start())
        elif open_ones:
            open_ones.pop()
        else:
            alone[match.start()] = "’"
    alone |= dict.fromkeys(open_ones, "‘")
    return _MARK.sub(lambda match: alone.get(match.start(), match[0]), text)
