"""CSV tables of claims and of figures.

A byte-order mark tells spreadsheets that the file is UTF-8; cells that they would run as formulas are escaped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.export.provenance import trace_provenance
from knowledge.model import Article, Bilingual, Claim, Entity, Event, Evidence, Language
from knowledge.queries import FigureRow, tables
from knowledge.store import Bundle
from knowledge.text import flag_hidden, safe_csv, strip_hidden
from knowledge.text.quantities import numerals

_MARK = "\ufeff"
CLAIM_COLUMNS = (
    "id kind status statement_ko statement_en speaker speaker_ko speaker_en attribution entities trends period asserted cost_basis "
    "figures_ko figures_en note_ko note_en article title publisher author published url evidence sha256 quotes flag "
    "recorded recorded_by status_since status_by status_why instead"
).split()


def claims(holdings: Bundle, _: Language = "en") -> str:
    """Return every claim with its source, its quotes where they are at hand, and the history of its status."""
    sheet = _Sheet(
        {article.id: article for article in holdings.articles}, {entity.id: entity for entity in holdings.entities}
    )
    before = trace_provenance(holdings.events)
    rows = (
        {**sheet.row(claim), **_recorded(before.recorded.get(claim.id)), **_changed(before.of_status(claim))}
        for claim in holdings.claims
    )
    return _MARK + safe_csv.format_csv(
        CLAIM_COLUMNS, ([_shown(row[column]) for column in CLAIM_COLUMNS] for row in rows)
    )


def figures(holdings: Bundle, _: Language = "en") -> str:
    """Return every figure with its qualifiers, in the columns of the knowledge base's tables."""
    rows = tables.list_rows(holdings.claims, {entity.id: entity for entity in holdings.entities})
    columns = list(FigureRow.model_fields)
    return _MARK + safe_csv.format_csv(columns, ([_shown(getattr(row, column)) for column in columns] for row in rows))


@dataclass(frozen=True)
class _Sheet:
    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]

    def row(self, claim: Claim) -> dict[str, object]:
        article = self.articles[claim.article]
        speaker = self.entities[claim.speaker].name if claim.speaker else None
        return {
            **claim.model_dump(include={"id", "kind", "status", "speaker", "attribution", "period", "asserted"}),
            "cost_basis": claim.cost_basis,
            "entities": _joined(claim.entities),
            "trends": _joined(f"{trend}={stance}" for trend, stance in claim.trends.items()),
            "figures_ko": _joined(numerals.write_figure(figure, "ko") for figure in claim.figures),
            "figures_en": _joined(numerals.write_figure(figure, "en") for figure in claim.figures),
            **_both("statement", claim.statement),
            **_both("speaker", speaker),
            **_both("note", claim.note),
            "article": article.id,
            **article.model_dump(include={"title", "publisher", "author", "published", "url"}),
            **_evidence(claim.evidence),
        }


def _evidence(pieces: Iterable[Evidence]) -> dict[str, object]:
    there = list(pieces)
    quotes = [piece.quote for piece in there if piece.quote is not None]
    return {
        "evidence": _joined(f"{piece.article} {piece.start}-{piece.end} {piece.role}" for piece in there),
        "sha256": _joined(piece.sha256 for piece in there),
        "quotes": "\n".join(quotes) or None,
        "flag": next(filter(None, map(flag_hidden, quotes)), None),
    }


def _recorded(event: Event | None) -> dict[str, object]:
    return {"recorded": _moment(event), "recorded_by": event.by if event else None}


def _changed(event: Event | None) -> dict[str, object]:
    return {
        "status_since": _moment(event),
        "status_by": event.by if event else None,
        "status_why": event.why if event else None,
        "instead": event.instead if event else None,
    }


def _moment(event: Event | None) -> str | None:
    return event.at.strftime("%Y-%m-%dT%H:%M:%SZ") if event else None


def _both(column: str, words: Bilingual | None) -> dict[str, object]:
    return {f"{column}_ko": words.ko if words else None, f"{column}_en": words.en if words else None}


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None


def _shown(value: object) -> object:
    return strip_hidden(value) if isinstance(value, str) else value
