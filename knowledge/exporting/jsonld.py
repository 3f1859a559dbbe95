"""Knowledge as JSON-LD 1.1, from which `taking` reads the very same again. Pure functions.

One item a line, in a fixed order, so that two exports can be compared line by line and the same knowledge is the same bytes. Hidden and
bidirectional characters are written as escapes, and so is `<`: nothing acts on a terminal or in a page, nothing is lost.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from knowledge.exporting import linked, shapes
from knowledge.exporting.context import CONTEXT
from knowledge.exporting.past import past
from knowledge.holdings import Holdings
from knowledge.model import Language
from knowledge.visible import with_hidden

FORMAT = 1
"""Which form of document this is: a reader refuses those that it does not know."""
COLLECTIONS = ("articles", "claims", "trends", "entities", "disagreements", "events")


def write(holdings: Holdings, _: Language = "en") -> str:
    """The document. It is in both languages, whichever is asked for."""
    head = {
        "@context": CONTEXT,
        "@type": ["schema:Dataset", "prov:Entity"],
        "format": FORMAT,
        "softwareVersion": holdings.version,
        "generatedAtTime": holdings.exported.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    lines = [f"{dumped(key)}: {dumped(value)}" for key, value in head.items()]
    lines += [f"{dumped(name)}: [{_lines(nodes)}]" for name, nodes in _collections(holdings)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def dumped(value: Any) -> str:
    """JSON in one line, with nothing in it that nobody sees."""
    written = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return with_hidden(written, _escaped).replace("<", "\\u003c")


def _collections(holdings: Holdings) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    before = past(holdings.events)
    texts = holdings.texts
    yield "articles", (linked.article_node(article, texts) for article in holdings.articles)
    yield (
        "claims",
        (
            {**linked.claim_node(claim, texts), **linked.past_of(claim.id, before, stands=claim.stands)}
            for claim in holdings.claims
        ),
    )
    yield "trends", (shapes.TREND.write(trend.model_dump(mode="json")) for trend in holdings.trends)
    yield "entities", (shapes.ENTITY.write(entity.model_dump(mode="json")) for entity in holdings.entities)
    yield "disagreements", (shapes.DISAGREEMENT.write(one.model_dump(mode="json")) for one in holdings.disagreements)
    yield "events", (linked.event_node(event) for event in holdings.events)


def _lines(nodes: Iterable[Mapping[str, Any]]) -> str:
    written = ",\n".join(dumped(node) for node in nodes)
    return f"\n{written}\n" if written else ""


def _escaped(one: str) -> str:
    return json.dumps(one)[1:-1]
