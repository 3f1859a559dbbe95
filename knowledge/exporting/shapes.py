"""Which key and form each field of each value has in JSON-LD. Pure data, and the two forms that are no plain renaming."""

from collections.abc import Callable, Mapping
from typing import Any

from knowledge.exporting.ways import AGENT, DECIMAL, PLAIN, Shape, Way, items, node, nodes, reference, references
from knowledge.history import Event, Origin
from knowledge.model import Article, Claim, Disagreement, Entity, Figure, Side, Trend

_CLASSES = {
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


def _always(*types: str) -> Callable[[Mapping[str, Any]], str | list[str]]:
    return lambda _: types[0] if len(types) == 1 else list(types)


def _write_evidence(piece: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence as a resource of the Web Annotation vocabulary; its second selector has the words, where they are at hand."""
    selectors = [{"@type": "oa:TextPositionSelector", "start": piece["start"], "end": piece["end"]}]
    if piece["quote"] is not None:
        selectors.append({"@type": "oa:TextQuoteSelector", "exact": piece["quote"]})
    return {
        "@type": "oa:SpecificResource",
        "source": f"article:{piece['article']}",
        "role": piece["role"],
        "sha256": piece["sha256"],
        "selector": selectors,
    }


def _read_evidence(raw: Any) -> dict[str, Any]:
    selectors = raw.get("selector") if isinstance(raw, dict) else None
    if not isinstance(selectors, list) or not selectors or not all(isinstance(one, dict) for one in selectors):
        raise ValueError("should have a source and a list of selectors")
    words = {key: raw[key] for key in ("role", "sha256") if key in raw}
    quote = {"quote": selectors[1].get("exact")} if len(selectors) > 1 else {}
    place = {key: selectors[0].get(key) for key in ("start", "end")}
    return {"article": reference("article").read(raw.get("source")), **words, **place, **quote}


def _write_bearings(trends: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"bearsOn": f"trend:{trend}", "stance": stance} for trend, stance in trends.items()]


def _read_bearings(raw: Any) -> dict[str, Any]:
    if not all(isinstance(one, dict) for one in items(raw)):
        raise ValueError("should be a list of objects")
    return {reference("trend").read(one.get("bearsOn")): one.get("stance") for one in raw}


def _read_subject(raw: Any) -> Any:
    return raw.partition(":")[2] if isinstance(raw, str) else raw


_SUBJECT = Way(lambda name: name, _read_subject)
"""What an event was done to; how it begins, the action says."""
_BEARINGS = Way(_write_bearings, _read_bearings)
_EVIDENCE = Way(
    lambda pieces: [_write_evidence(piece) for piece in pieces], lambda raw: [_read_evidence(one) for one in items(raw)]
)

ARTICLE = Shape(
    Article,
    _always("schema:NewsArticle"),
    {
        "title": ("headline", PLAIN),
        "about": ("description", PLAIN),
        "publisher": ("publisher", PLAIN),
        "author": ("author", PLAIN),
        "editor": ("editor", PLAIN),
        "published": ("datePublished", PLAIN),
        "coverage": ("temporalCoverage", PLAIN),
        "language": ("inLanguage", PLAIN),
        "url": ("url", PLAIN),
        "derived_from": ("derivedFrom", PLAIN),
        "syndicated_from": ("wasDerivedFrom", reference("article")),
        "cites": ("citation", references("entity")),
        "curated": ("curated", PLAIN),
        "length": ("length", PLAIN),
        "sha256": ("sha256", PLAIN),
        "note": ("note", PLAIN),
    },
    "article:",
)
FIGURE = Shape(
    Figure,
    _always("schema:Observation"),
    {
        "measure": ("measure", PLAIN),
        "subject": ("observationAbout", reference("entity")),
        "value": ("value", DECIMAL),
        "upper": ("upper", DECIMAL),
        "bound": ("bound", PLAIN),
        "unit": ("unitText", PLAIN),
        "period": ("temporalCoverage", PLAIN),
        "raw": ("raw", PLAIN),
        "compared_to": ("comparedTo", reference("entity")),
        "publisher": ("measuredBy", reference("entity")),
        "population": ("population", reference("entity")),
        "rule": ("rule", PLAIN),
        "currency_year": ("currencyYear", PLAIN),
    },
)
CLAIM = Shape(
    Claim,
    _always("schema:Claim", "prov:Entity"),
    {
        "kind": ("kind", PLAIN),
        "statement": ("text", PLAIN),
        "article": ("appearance", reference("article")),
        "speaker": ("speaker", reference("entity")),
        "attribution": ("attribution", PLAIN),
        "entities": ("about", references("entity")),
        "trends": ("bearings", _BEARINGS),
        "period": ("temporalCoverage", PLAIN),
        "asserted": ("asserted", PLAIN),
        "cost_basis": ("costBasis", PLAIN),
        "figures": ("figures", nodes(FIGURE)),
        "evidence": ("evidence", _EVIDENCE),
        "status": ("creativeWorkStatus", PLAIN),
        "note": ("note", PLAIN),
    },
    "claim:",
)
TREND = Shape(
    Trend,
    _always("skos:Concept", "schema:DefinedTerm"),
    {
        "name": ("prefLabel", PLAIN),
        "summary": ("definition", PLAIN),
        "aliases": ("altLabel", PLAIN),
        "related": ("related", references("trend")),
    },
    "trend:",
)
ENTITY = Shape(
    Entity,
    lambda entity: _CLASSES[entity["type"]],
    {
        "type": ("entityType", PLAIN),
        "name": ("name", PLAIN),
        "aliases": ("alternateName", PLAIN),
        "iso": ("iso3166", PLAIN),
        "maker": ("maker", reference("entity")),
        "wikidata": ("sameAs", reference("wikidata")),
        "note": ("note", PLAIN),
    },
    "entity:",
)
SIDE = Shape(Side, _always("ait:Side"), {"position": ("position", PLAIN), "claims": ("claims", references("claim"))})
DISAGREEMENT = Shape(
    Disagreement,
    _always("ait:Disagreement"),
    {"question": ("question", PLAIN), "trends": ("about", references("trend")), "sides": ("sides", nodes(SIDE))},
    "disagreement:",
)
ORIGIN = Shape(
    Origin,
    _always("ait:Origin"),
    {
        "source": ("from", PLAIN),
        "fetched": ("fetched", PLAIN),
        "medium": ("medium", PLAIN),
        "charset": ("charset", PLAIN),
        "extractor": ("extractor", PLAIN),
        "received": ("received", PLAIN),
        "said": ("said", PLAIN),
    },
)
EVENT = Shape(
    Event,
    _always("prov:Activity"),
    {
        "at": ("endedAtTime", PLAIN),
        "by": ("wasAssociatedWith", AGENT),
        "action": ("action", PLAIN),
        "subject": ("subject", _SUBJECT),
        "why": ("why", PLAIN),
        "instead": ("instead", reference("claim")),
        "origin": ("origin", node(ORIGIN)),
        "record": ("record", PLAIN),
    },
)
SHAPES = (ARTICLE, CLAIM, FIGURE, TREND, ENTITY, DISAGREEMENT, SIDE, ORIGIN, EVENT)
