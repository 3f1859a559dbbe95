"""The JSON-LD context of an export: what each key means, in public vocabularies, and in one of our own for what they lack.

schema.org has articles, claims and observations; Web Annotation (`oa`) says where words stand; PROV says what came of what, when and by
whom; SKOS has trends. The context stands in the document: nothing has to be fetched to understand it.
"""

from typing import Any

VOCABULARY = "https://github.com/ai-trends-mcp/ai-trends-mcp/vocabulary#"
"""Namespace of the project's own terms."""
_OWN_IDS = ("article", "claim", "trend", "entity", "disagreement", "event")


def _reference(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id"}


def _references(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id", "@container": "@set"}


def _several(iri: str) -> dict[str, str]:
    return {"@id": iri, "@container": "@set"}


def _in_order(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id", "@container": "@list"}


def _in_both_languages(iri: str) -> dict[str, str]:
    return {"@id": iri, "@container": "@language"}


def _typed(iri: str, kind: str) -> dict[str, str]:
    return {"@id": iri, "@type": kind}


CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "ait": VOCABULARY,
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wikidata": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{kind: f"urn:ai-trends:{kind}:" for kind in _OWN_IDS},
    # The whole
    "format": "ait:format",
    "softwareVersion": "schema:softwareVersion",
    "generatedAtTime": _typed("prov:generatedAtTime", "xsd:dateTime"),
    **{
        kind: _in_order(f"ait:{kind}")
        for kind in ("articles", "claims", "trends", "entities", "disagreements", "events")
    },
    # An article
    "headline": "schema:headline",
    "description": _in_both_languages("schema:description"),
    "publisher": "schema:publisher",
    "author": "schema:author",
    "editor": "schema:editor",
    "datePublished": "schema:datePublished",
    "temporalCoverage": "schema:temporalCoverage",
    "inLanguage": "schema:inLanguage",
    "url": "schema:url",
    "derivedFrom": "ait:derivedFrom",
    "wasDerivedFrom": _reference("prov:wasDerivedFrom"),
    "citation": _references("schema:citation"),
    "curated": _typed("ait:curated", "xsd:date"),
    "length": "ait:length",
    "sha256": "ait:sha256",
    "note": _in_both_languages("skos:note"),
    "articleBody": "schema:articleBody",
    # A claim
    "kind": "ait:kind",
    "text": _in_both_languages("schema:text"),
    "appearance": _reference("schema:appearance"),
    "speaker": _reference("ait:speaker"),
    "attribution": "ait:attribution",
    "about": _references("schema:about"),
    "bearings": _in_order("ait:bearings"),
    "bearsOn": _reference("ait:bearsOn"),
    "stance": "ait:stance",
    "asserted": "ait:asserted",
    "costBasis": "ait:costBasis",
    "creativeWorkStatus": "schema:creativeWorkStatus",
    "wasGeneratedBy": _reference("prov:wasGeneratedBy"),
    "wasAttributedTo": "prov:wasAttributedTo",
    "invalidatedAtTime": _typed("prov:invalidatedAtTime", "xsd:dateTime"),
    "wasRevisionOf": _references("prov:wasRevisionOf"),
    # Its figures
    "figures": _in_order("ait:figures"),
    "measure": "ait:measure",
    "observationAbout": _reference("schema:observationAbout"),
    "value": _typed("schema:value", "xsd:decimal"),
    "upper": _typed("ait:upper", "xsd:decimal"),
    "bound": "ait:bound",
    "unitText": "schema:unitText",
    "raw": "ait:raw",
    "comparedTo": _reference("ait:comparedTo"),
    "measuredBy": _reference("ait:measuredBy"),
    "population": _reference("ait:population"),
    "rule": _in_both_languages("ait:rule"),
    "currencyYear": "ait:currencyYear",
    # Its evidence
    "evidence": _in_order("ait:evidence"),
    "source": _reference("oa:hasSource"),
    "role": "ait:role",
    "selector": _several("oa:hasSelector"),
    "start": "oa:start",
    "end": "oa:end",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    # A trend
    "prefLabel": _in_both_languages("skos:prefLabel"),
    "altLabel": _several("skos:altLabel"),
    "definition": _in_both_languages("skos:definition"),
    "related": _references("skos:related"),
    # An entity
    "entityType": "ait:entityType",
    "name": _in_both_languages("schema:name"),
    "alternateName": _several("schema:alternateName"),
    "iso3166": "ait:iso3166",
    "maker": _reference("ait:maker"),
    "sameAs": _reference("schema:sameAs"),
    # A disagreement
    "question": _in_both_languages("ait:question"),
    "sides": _in_order("ait:sides"),
    "position": _in_both_languages("ait:position"),
    # An event
    "endedAtTime": _typed("prov:endedAtTime", "xsd:dateTime"),
    "wasAssociatedWith": "prov:wasAssociatedWith",
    "label": "rdfs:label",
    "action": "ait:action",
    "subject": _reference("ait:subject"),
    "why": "ait:why",
    "instead": _reference("ait:instead"),
    "origin": "ait:origin",
    "from": "ait:from",
    "fetched": _typed("ait:fetched", "xsd:dateTime"),
    "medium": "ait:medium",
    "charset": "ait:charset",
    "extractor": "ait:extractor",
    "received": "ait:received",
    "said": _typed("ait:said", "@json"),
    "record": "ait:record",
}
