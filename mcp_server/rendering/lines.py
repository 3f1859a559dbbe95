"""Lines of answers: claims, evidence, quotes, labels."""

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.model import Language
from knowledge.queries import ArticleRecord, Call, Citation, Cited, ClaimEvent, Dispute, Facet, Quoted, messages
from knowledge.text import strip_hidden
from mcp_server.rendering.labels import label

_MARK = re.compile("[“”]")
_FIELD_LABELS = {"publisher": "published_by", "author": "author_field"}
"""Labels of the fields of an article that are not called as the field."""


def record(record: ArticleRecord, language: Language) -> Iterator[str]:
    """Yield an article's bibliographic record."""
    yield f"{record.id}: {record.about}"
    fields = {
        "title": marked(record.title),
        "published_by": marked(record.publisher),
        "author_field": marked(record.author),
        "editor": marked(record.editor),
        "published": period(record.published, language),
        "coverage": period(record.coverage, language),
        "url": marked(record.url),
        "derived": marked(record.derived_from),
        "copy_of": record.syndicated_from,
        "copies": ", ".join(record.copies) or None,
        "cites": ", ".join(record.cites) or None,
        "length": str(record.length),
    }
    yield from (f"{label(key, language)}: {value}" for key, value in fields.items() if value)
    yield f"sha256: {record.sha256}"
    unknown = [label(_FIELD_LABELS.get(name, name), language) for name in record.unknown]
    yield from labelled("unknown", unknown, language)
    yield from labelled("note", [record.note] if record.note else [], language)


def disputes(disputes: Sequence[Dispute], language: Language) -> Iterator[str]:
    """Yield disagreements between articles, with the positions of each."""
    for dispute in disputes:
        yield f"{label('disagreement', language)}: {dispute.question}"
        for side in dispute.sides:
            yield f"  - {side.position} [{', '.join(side.articles)}] {', '.join(side.claims)}"


def history(history: Sequence[ClaimEvent], language: Language) -> Iterator[str]:
    """Yield the events of a claim."""
    for event in history:
        instead = f" -> {event.instead}" if event.instead else ""
        yield (
            f"{label('history', language)}: {event.at} {label(event.action, language)}{instead} ({marked(event.by)})"
            + (f": {marked(event.why)}" if event.why else "")
        )


def facets(facets: Sequence[Facet]) -> str:
    """Return trends with the number of claims on each."""
    return ", ".join(f"{facet.name} ({facet.trend}) {facet.claims}" for facet in facets)


def claims(claims: Sequence[Cited], language: Language) -> Iterator[str]:
    """Yield numbered claims."""
    for place, cited in enumerate(claims, start=1):
        yield from claim(cited, f"{place}. ", language)


def claim(claim: Cited, lead: str, language: Language, suffix: str = "") -> Iterator[str]:
    """Yield a claim with its speaker, numbers and evidence."""
    yield f"{lead}[{label(claim.kind, language)}] {claim.statement}{suffix}"
    speaker = (
        [claim.speaker, label(claim.attribution, language)] if claim.speaker else [label(claim.attribution, language)]
    )
    status = label(claim.status, language) if claim.status else None
    basis = label(claim.cost_basis, language) if claim.cost_basis else None
    time = period(claim.period, language)
    parts = [", ".join(filter(None, speaker)), ", ".join(claim.figures), basis, time, status]
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
        yield f"   {label('asserted', language)}: {period(claim.asserted, language)}"


def period(period: str | None, language: Language) -> str | None:
    """Return a period (EDTF) in words: `2020–2024`, `since 2023-03`."""
    return messages.describe_period(period).in_language(language) if period else None


def evidence(evidence: Iterable[Citation], language: Language) -> str:
    """Return the places of the evidence, with the quotes that are at hand."""
    return f"{label('evidence', language)}: " + "; ".join(_citation(citation) for citation in evidence)


def labelled(key: str, values: Sequence[str], language: Language) -> Iterator[str]:
    """Yield a line with a label, if there are values."""
    if values:
        yield f"{label(key, language)}: {', '.join(values)}"


def more(cursor: str | None, language: Language) -> Iterator[str]:
    """Yield the cursor of the next page, if there is one."""
    if cursor:
        yield f"{label('more', language)}: cursor={cursor}"


def call(call: Call) -> str:
    """Return a tool call."""
    arguments = ", ".join(f"{name}={value!r}" for name, value in call.arguments.items())
    return f"{call.tool}({arguments})"


def quoted(passage: Quoted, language: Language) -> Iterator[str]:
    """Yield a passage of a text, on one line."""
    title = f" ({marked(passage.title)})" if passage.title else ""
    yield f"{label('passage', language)} {passage.article}{title} {passage.start}-{passage.end}: {marked(passage.text)}{_flag(passage.flag)}"


def marked(text: str | None) -> str | None:
    """Return words from outside on one line within quotation marks; `None` if there are none.

    Neither a line break nor a mark within them ends the quotation: what is quoted within comes in pairs, and a mark that has no
    other becomes a single one.
    """
    return f"“{_paired(' '.join(strip_hidden(text).split()))}”" if text else None


def _citation(citation: Citation) -> str:
    place = f"{citation.article} {citation.start}-{citation.end}"
    quote = f" {marked(citation.quote)}{_flag(citation.flag)}" if citation.quote else ""
    return place + quote + (f" sha256:{citation.sha256}" if citation.sha256 else "")


def _flag(flag: str | None) -> str:
    return f" [{flag}]" if flag else ""


def _paired(text: str) -> str:
    """Replace unpaired quotation marks by single ones."""
    unclosed: list[int] = []
    alone: dict[int, str] = {}
    for match in _MARK.finditer(text):
        if match[0] == "“":
            unclosed.append(match.start())
        elif unclosed:
            unclosed.pop()
        else:
            alone[match.start()] = "’"
    alone |= dict.fromkeys(unclosed, "‘")
    return _MARK.sub(lambda match: alone.get(match.start(), match[0]), text)
