"""JSON-LD 1.1 export for other programs: one document with its context.

One item per line, in a fixed order. Hidden and bidirectional characters and `<` are escaped, so that no text acts on a terminal
or in a page.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from knowledge.export.escaping import json_text
from knowledge.export.jsonld_context import CONTEXT
from knowledge.export.provenance import Provenance, trace_provenance
from knowledge.model import (
    Article,
    Bilingual,
    Claim,
    Disagreement,
    Entity,
    EntityType,
    Event,
    Evidence,
    Figure,
    Language,
    Origin,
    Side,
    Trend,
    serialize_event,
)
from knowledge.store import Bundle, get_subject_type
from knowledge.text import anchoring

FORMAT = 1
"""The version of this form of document."""
_AROUND = 32
"""Code points before and after a quote, by which it is found in a text that has changed."""
_CLASSES: dict[EntityType, str] = {
    "company": "schema:Corporation",
    "model": "schema:SoftwareApplication",
    "person": "schema:Person",
    "organisation": "schema:Organization",
    "country": "schema:Country",
    "place": "schema:Place",
    "product": "schema:Product",
    "concept": "schema:DefinedTerm",
    "event": "schema:Event",
    "publication": "schema:CreativeWork",
}
_Node = dict[str, Any]


def write(holdings: Bundle, _: Language = "en") -> str:
    """Return the document. It is in both languages, whichever is wanted."""
    head = {
        "@context": CONTEXT,
        "@type": ["schema:Dataset", "prov:Entity"],
        "format": FORMAT,
        "softwareVersion": holdings.version,
        "generatedAtTime": _moment(holdings.exported),
    }
    lines = [f"{_dumped(key)}: {_dumped(value)}" for key, value in head.items()]
    lines += [f"{_dumped(name)}: [{_lines(nodes)}]" for name, nodes in _collections(holdings)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _dumped(value: Any) -> str:
    return json_text(json.dumps(value, ensure_ascii=False, separators=(", ", ": ")))


def _lines(nodes: Iterable[_Node]) -> str:
    written = ",\n".join(_dumped(node) for node in nodes)
    return f"\n{written}\n" if written else ""


def _collections(holdings: Bundle) -> Iterator[tuple[str, Iterable[_Node]]]:
    before = trace_provenance(holdings.events)
    texts = holdings.texts
    yield "articles", (_article(article, texts) for article in holdings.articles)
    yield "claims", ({**_claim(claim, texts), **_past_of(claim, before)} for claim in holdings.claims)
    yield "trends", map(_trend, holdings.trends)
    yield "entities", map(_entity, holdings.entities)
    yield "disagreements", map(_disagreement, holdings.disagreements)
    yield "events", map(_event, holdings.events)


def _article(article: Article, texts: Mapping[str, str]) -> _Node:
    return _node(
        {
            "@id": f"article:{article.id}",
            "@type": "schema:NewsArticle",
            "headline": article.title,
            "description": _both(article.about),
            "publisher": article.publisher,
            "author": article.author,
            "editor": article.editor,
            "datePublished": article.published,
            "temporalCoverage": article.coverage,
            "inLanguage": article.language,
            "url": article.url,
            "derivedFrom": article.derived_from,
            "wasDerivedFrom": _reference("article", article.syndicated_from),
            "citation": _references("entity", article.cites),
            "curated": article.curated.isoformat() if article.curated else None,
            "length": article.length,
            "sha256": article.sha256,
            "note": _both(article.note),
            "articleBody": texts.get(article.id),
        }
    )


def _claim(claim: Claim, texts: Mapping[str, str]) -> _Node:
    """Return a claim without its past."""
    return _node(
        {
            "@id": f"claim:{claim.id}",
            "@type": ["schema:Claim", "prov:Entity"],
            "kind": claim.kind,
            "text": _both(claim.statement),
            "appearance": _reference("article", claim.article),
            "speaker": _reference("entity", claim.speaker),
            "attribution": claim.attribution,
            "about": _references("entity", claim.entities),
            "bearings": [{"bearsOn": f"trend:{trend}", "stance": stance} for trend, stance in claim.trends.items()],
            "temporalCoverage": claim.period,
            "asserted": claim.asserted,
            "costBasis": claim.cost_basis,
            "figures": [_figure(figure) for figure in claim.figures],
            "evidence": [_evidence(piece, texts) for piece in claim.evidence],
            "creativeWorkStatus": claim.status,
            "note": _both(claim.note),
            "wasDerivedFrom": _reference("article", claim.article),
        }
    )


def _figure(figure: Figure) -> _Node:
    return _node(
        {
            "@type": "schema:Observation",
            "measure": figure.measure,
            "observationAbout": _reference("entity", figure.subject),
            "value": _decimal(figure.value),
            "upper": _decimal(figure.upper),
            "bound": figure.bound,
            "unitText": figure.unit,
            "temporalCoverage": figure.period,
            "raw": figure.raw,
            "comparedTo": _reference("entity", figure.compared_to),
            "measuredBy": _reference("entity", figure.publisher),
            "population": _reference("entity", figure.population),
            "rule": _both(figure.rule),
            "currencyYear": figure.currency_year,
        }
    )


def _evidence(piece: Evidence, texts: Mapping[str, str]) -> _Node:
    """Return evidence as a resource of Web Annotation; its second selector has the words, where they are at hand."""
    selectors: list[_Node] = [{"@type": "oa:TextPositionSelector", "start": piece.start, "end": piece.end}]
    if piece.article in texts:
        selectors.append(_quote_selector(texts[piece.article], piece.start, piece.end))
    elif piece.quote is not None:
        selectors.append({"@type": "oa:TextQuoteSelector", "exact": piece.quote})
    return {
        "@type": "oa:SpecificResource",
        "source": f"article:{piece.article}",
        "role": piece.role,
        "sha256": piece.sha256,
        "selector": selectors,
    }


def _quote_selector(text: str, start: int, end: int) -> _Node:
    selector = {"@type": "oa:TextQuoteSelector", "exact": text[start:end]}
    around = {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
    return {**selector, **{key: words for key, words in around.items() if words}}


def _past_of(claim: Claim, past: Provenance) -> _Node:
    """Return what the events say of a claim, in the words of PROV."""
    found: _Node = {}
    if recorded := past.recorded.get(claim.id):
        found["wasGeneratedBy"] = _event_id(recorded)
        found["generatedAtTime"] = _moment(recorded.at)
        found["wasAttributedTo"] = {"@type": "prov:Agent", "label": recorded.by}
    changed = past.changed.get(claim.id)
    if not claim.stands and changed and changed.action in ("superseded", "retracted"):
        found["invalidatedAtTime"] = _moment(changed.at)
    if replaced := past.replaced.get(claim.id):
        found["wasRevisionOf"] = [f"claim:{old}" for old in replaced]
    return found


def _trend(trend: Trend) -> _Node:
    return _node(
        {
            "@id": f"trend:{trend.id}",
            "@type": ["skos:Concept", "schema:DefinedTerm"],
            "prefLabel": _both(trend.name),
            "definition": _both(trend.summary),
            "altLabel": [*trend.aliases],
            "related": _references("trend", trend.related),
        }
    )


def _entity(entity: Entity) -> _Node:
    return _node(
        {
            "@id": f"entity:{entity.id}",
            "@type": _CLASSES[entity.type],
            "entityType": entity.type,
            "name": _both(entity.name),
            "alternateName": [*entity.aliases],
            "iso3166": entity.iso,
            "maker": _reference("entity", entity.maker),
            "sameAs": _reference("wikidata", entity.wikidata),
            "note": _both(entity.note),
        }
    )


def _disagreement(disagreement: Disagreement) -> _Node:
    return {
        "@id": f"disagreement:{disagreement.id}",
        "@type": "ait:Disagreement",
        "question": _both(disagreement.question),
        "about": _references("trend", disagreement.trends),
        "sides": [_side(side) for side in disagreement.sides],
    }


def _side(side: Side) -> _Node:
    return {"@type": "ait:Side", "position": _both(side.position), "claims": _references("claim", side.claims)}


def _event(event: Event) -> _Node:
    return _node(
        {
            "@id": _event_id(event),
            "@type": "prov:Activity",
            "endedAtTime": _moment(event.at),
            "wasAssociatedWith": {"@type": "prov:Agent", "label": event.by},
            "action": event.action,
            "subject": _reference(get_subject_type(event).__name__.lower(), event.subject),
            "why": event.why,
            "instead": _reference("claim", event.instead),
            "origin": _origin(event.origin) if event.origin else None,
            "record": event.record,
        }
    )


def _origin(origin: Origin) -> _Node:
    return _node(
        {
            "@type": "ait:Origin",
            "from": origin.source,
            "fetched": _moment(origin.fetched),
            "medium": origin.medium,
            "charset": origin.charset,
            "extractor": origin.extractor,
            "received": origin.received,
            "said": origin.said,
        }
    )


def _node(fields: Mapping[str, Any]) -> _Node:
    """Return a node without what is unknown or empty."""
    return {key: value for key, value in fields.items() if value not in (None, [], {})}


def _both(text: Bilingual | None) -> dict[str, str] | None:
    return {"ko": text.ko, "en": text.en} if text else None


def _reference(kind: str, identity: str | None) -> str | None:
    return f"{kind}:{identity}" if identity else None


def _references(kind: str, ids: Iterable[str]) -> list[str]:
    return [f"{kind}:{identity}" for identity in ids]


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _event_id(event: Event) -> str:
    """Return the digest of what an event says: two that say the same have the same id."""
    return f"event:{anchoring.digest(serialize_event(event))}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
