"""The JSON-LD key and form of every field of every record: a table, and the few forms that are no plain renaming."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.history import Event, Origin
from knowledge.model import Article, Claim, Disagreement, Entity, Figure, Side, Trend, Value

Form = Callable[[Any], Any]
"""How a field is written, from its value as pydantic dumps it for JSON."""
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


@dataclass(frozen=True)
class Shape:
    """How one kind of value is a node."""

    kind: type[Value]
    type: str | list[str] | Callable[[Mapping[str, Any]], str]
    """What a node says it is."""
    fields: Mapping[str, str | tuple[str, Form]]
    """Field of the value -> key, with the kind of what it refers to by id, or with its form; in the order in which they are written."""
    prefix: str = ""
    """What its id begins with; empty where it has none."""

    def write(self, dumped: Mapping[str, Any]) -> dict[str, Any]:
        """Return the node of a dumped value: what is unknown or empty is left out."""
        node: dict[str, Any] = {"@id": self.prefix + dumped["id"]} if self.prefix else {}
        node["@type"] = self.type(dumped) if callable(self.type) else self.type
        for field, written in self.fields.items():
            value = dumped[field]
            if value in (None, [], {}):
                continue
            if isinstance(written, tuple):
                key, form = written
                node[key] = form(value)
            else:
                key, _, kind = written.partition(" ")
                node[key] = _references(kind, value) if kind else value
        return node


def _references(kind: str, ids: Any) -> Any:
    return [f"{kind}:{each}" for each in ids] if isinstance(ids, list) else f"{kind}:{ids}"


def _decimal(value: str) -> str:
    return f"{Decimal(value):f}"


def _each(form: Form) -> Form:
    return lambda values: [form(value) for value in values]


def _agent(name: str) -> dict[str, str]:
    return {"@type": "prov:Agent", "label": name}


def _evidence(piece: Mapping[str, Any]) -> dict[str, Any]:
    """Return evidence as a resource of Web Annotation; its second selector has the words, where they are at hand."""
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


def _bearings(trends: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"bearsOn": f"trend:{trend}", "stance": stance} for trend, stance in trends.items()]


ARTICLE = Shape(
    Article,
    "schema:NewsArticle",
    {
        "title": "headline",
        "about": "description",
        "publisher": "publisher",
        "author": "author",
        "editor": "editor",
        "published": "datePublished",
        "coverage": "temporalCoverage",
        "language": "inLanguage",
        "url": "url",
        "derived_from": "derivedFrom",
        "syndicated_from": "wasDerivedFrom article",
        "cites": "citation entity",
        "curated": "curated",
        "length": "length",
        "sha256": "sha256",
        "note": "note",
    },
    "article:",
)
FIGURE = Shape(
    Figure,
    "schema:Observation",
    {
        "measure": "measure",
        "subject": "observationAbout entity",
        "value": ("value", _decimal),
        "upper": ("upper", _decimal),
        "bound": "bound",
        "unit": "unitText",
        "period": "temporalCoverage",
        "raw": "raw",
        "compared_to": "comparedTo entity",
        "publisher": "measuredBy entity",
        "population": "population entity",
        "rule": "rule",
        "currency_year": "currencyYear",
    },
)
CLAIM = Shape(
    Claim,
    ["schema:Claim", "prov:Entity"],
    {
        "kind": "kind",
        "statement": "text",
        "article": "appearance article",
        "speaker": "speaker entity",
        "attribution": "attribution",
        "entities": "about entity",
        "trends": ("bearings", _bearings),
        "period": "temporalCoverage",
        "asserted": "asserted",
        "cost_basis": "costBasis",
        "figures": ("figures", _each(FIGURE.write)),
        "evidence": ("evidence", _each(_evidence)),
        "status": "creativeWorkStatus",
        "note": "note",
    },
    "claim:",
)
TREND = Shape(
    Trend,
    ["skos:Concept", "schema:DefinedTerm"],
    {
        "name": "prefLabel",
        "summary": "definition",
        "aliases": "altLabel",
        "related": "related trend",
    },
    "trend:",
)
ENTITY = Shape(
    Entity,
    lambda entity: _CLASSES[entity["type"]],
    {
        "type": "entityType",
        "name": "name",
        "aliases": "alternateName",
        "iso": "iso3166",
        "maker": "maker entity",
        "wikidata": "sameAs wikidata",
        "note": "note",
    },
    "entity:",
)
SIDE = Shape(Side, "ait:Side", {"position": "position", "claims": "claims claim"})
DISAGREEMENT = Shape(
    Disagreement,
    "ait:Disagreement",
    {
        "question": "question",
        "trends": "about trend",
        "sides": ("sides", _each(SIDE.write)),
    },
    "disagreement:",
)
ORIGIN = Shape(
    Origin,
    "ait:Origin",
    {
        "source": "from",
        "fetched": "fetched",
        "medium": "medium",
        "charset": "charset",
        "extractor": "extractor",
        "received": "received",
        "said": "said",
    },
)
EVENT = Shape(
    Event,
    "prov:Activity",
    {
        "at": "endedAtTime",
        "by": ("wasAssociatedWith", _agent),
        "action": "action",
        "subject": "subject",
        "why": "why",
        "instead": "instead claim",
        "origin": ("origin", ORIGIN.write),
        "record": "record",
    },
)
SHAPES = (ARTICLE, CLAIM, FIGURE, TREND, ENTITY, DISAGREEMENT, SIDE, ORIGIN, EVENT)
