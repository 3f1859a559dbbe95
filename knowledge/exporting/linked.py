"""Values as the nodes of an export: their own fields, and what follows from texts and events. Pure functions."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from knowledge import anchor
from knowledge.exporting import shapes
from knowledge.exporting.past import Past
from knowledge.history import Event, told
from knowledge.holdings import subject_of
from knowledge.model import Article, Claim

_AROUND = 32
"""Code points before and after a quote, by which it is found in a text that has changed."""
_PAST = ("wasGeneratedBy", "generatedAtTime", "wasAttributedTo", "invalidatedAtTime", "wasRevisionOf")


def article_node(article: Article, texts: Mapping[str, str]) -> dict[str, Any]:
    """An article, with its text where that is to be exported."""
    node = shapes.ARTICLE.write(article.model_dump(mode="json"))
    return {**node, "articleBody": texts[article.id]} if article.id in texts else node


def claim_node(claim: Claim, texts: Mapping[str, str]) -> dict[str, Any]:
    """A claim without its past. Where its article's text is exported, words stand with what is around them."""
    node = shapes.CLAIM.write(claim.model_dump(mode="json"))
    node["wasDerivedFrom"] = node["appearance"]
    for piece, evidence in zip(claim.evidence, node["evidence"], strict=True):
        if piece.article in texts:
            evidence["selector"][1:] = [_quote_selector(texts[piece.article], piece.start, piece.end)]
    return node


def past_of(claim: str, past: Past, *, stands: bool) -> dict[str, Any]:
    """What the events say of a claim, in the words of PROV."""
    said: dict[str, Any] = {}
    if recorded := past.recorded.get(claim):
        said["wasGeneratedBy"] = event_id(recorded)
        said["generatedAtTime"] = _moment(recorded)
        said["wasAttributedTo"] = {"@type": "prov:Agent", "label": recorded.by}
    changed = past.changed.get(claim)
    if not stands and changed and changed.action in ("superseded", "retracted"):
        said["invalidatedAtTime"] = _moment(changed)
    if replaced := past.replaced.get(claim):
        said["wasRevisionOf"] = [f"claim:{old}" for old in replaced]
    return said


def without_past(node: Mapping[str, Any]) -> dict[str, Any]:
    """A claim's node without what follows from the events."""
    return {key: value for key, value in node.items() if key not in _PAST}


def only_past(node: Mapping[str, Any]) -> dict[str, Any]:
    """What a claim's node has of what follows from the events."""
    return {key: value for key, value in node.items() if key in _PAST}


def event_node(event: Event) -> dict[str, Any]:
    """An event, under the digest of what it says."""
    node = {"@id": event_id(event), **shapes.EVENT.write(event.model_dump(mode="json"))}
    node["subject"] = subject_prefix(event) + event.subject
    return node


def event_id(event: Event) -> str:
    """The id of an event: two that say the same have the same."""
    return f"event:{anchor.digest(told(event))}"


def subject_prefix(event: Event) -> str:
    """How the id of what an event was done to begins in an export."""
    return f"{subject_of(event).__name__.lower()}:"


def _moment(event: Event) -> str:
    return event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _quote_selector(text: str, start: int, end: int) -> dict[str, str]:
    selector = {"@type": "oa:TextQuoteSelector", "exact": text[start:end]}
    around = {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
    return {**selector, **{key: words for key, words in around.items() if words}}
