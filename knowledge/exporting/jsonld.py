"""Knowledge as JSON-LD 1.1, for others: one document with its context in it. Pure functions.

One item a line, in a fixed order. Hidden and bidirectional characters are escapes, and so is `<`, so that nothing acts on a terminal or in a page.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from knowledge import anchor
from knowledge.exporting import shapes
from knowledge.exporting.context import CONTEXT
from knowledge.exporting.past import Past, past
from knowledge.exporting.plaintext import json_text
from knowledge.history import Event, told
from knowledge.holdings import Holdings, subject_of
from knowledge.model import Article, Claim, Language

FORMAT = 1
"""The version of this form of document."""
_AROUND = 32
"""Code points before and after a quote, by which it is found in a text that has changed."""


def write(holdings: Holdings, _: Language = "en") -> str:
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


def _lines(nodes: Iterable[Mapping[str, Any]]) -> str:
    written = ",\n".join(_dumped(node) for node in nodes)
    return f"\n{written}\n" if written else ""


def _collections(holdings: Holdings) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    before = past(holdings.events)
    texts = holdings.texts
    yield "articles", (_article(article, texts) for article in holdings.articles)
    yield "claims", ({**_claim(claim, texts), **_past_of(claim, before)} for claim in holdings.claims)
    yield "trends", (shapes.TREND.write(trend.model_dump(mode="json")) for trend in holdings.trends)
    yield "entities", (shapes.ENTITY.write(entity.model_dump(mode="json")) for entity in holdings.entities)
    yield "disagreements", (shapes.DISAGREEMENT.write(each.model_dump(mode="json")) for each in holdings.disagreements)
    yield "events", map(_event, holdings.events)


def _article(article: Article, texts: Mapping[str, str]) -> dict[str, Any]:
    node = shapes.ARTICLE.write(article.model_dump(mode="json"))
    return {**node, "articleBody": texts[article.id]} if article.id in texts else node


def _claim(claim: Claim, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return a claim without its past. Where its article's text is exported, words stand with what is around them."""
    node = shapes.CLAIM.write(claim.model_dump(mode="json"))
    node["wasDerivedFrom"] = node["appearance"]
    for piece, evidence in zip(claim.evidence, node["evidence"], strict=True):
        if piece.article in texts:
            evidence["selector"][1:] = [_quote_selector(texts[piece.article], piece.start, piece.end)]
    return node


def _quote_selector(text: str, start: int, end: int) -> dict[str, str]:
    selector = {"@type": "oa:TextQuoteSelector", "exact": text[start:end]}
    around = {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
    return {**selector, **{key: words for key, words in around.items() if words}}


def _past_of(claim: Claim, past: Past) -> dict[str, Any]:
    """Return what the events say of a claim, in the words of PROV."""
    found: dict[str, Any] = {}
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


def _event(event: Event) -> dict[str, Any]:
    node = {"@id": _event_id(event), **shapes.EVENT.write(event.model_dump(mode="json"))}
    node["subject"] = f"{subject_of(event).__name__.lower()}:{event.subject}"
    return node


def _event_id(event: Event) -> str:
    """Return the digest of what an event says: two that say the same have the same id."""
    return f"event:{anchor.digest(told(event))}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
