import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pyld import jsonld as processor

from knowledge.export.jsonld import write
from knowledge.export.jsonld_context import CONTEXT
from knowledge.model.events import Event, Origin
from knowledge.model.records import Article, Claim, Disagreement, Entity, Evidence, Figure, Side, Trend, Value
from knowledge.store import packaged as curated
from knowledge.store.bundle import Bundle, strip_text
from knowledge.text.anchoring import digest
from knowledge.text.sanitize import strip_hidden
from tests.conftest import strings
from tests.knowledge.export.sample_library import HOSTILE, NOW, TEXT, full


def packaged() -> Bundle:
    data = curated.load_folder(curated.get_packaged_folder())
    return Bundle(NOW, "0.1.0", data.articles, data.claims, data.trends, data.entities, data.disagreements)


def document(holdings: Bundle) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(write(holdings))
    return written


@pytest.mark.slow
@pytest.mark.parametrize("holdings", [packaged(), full(), strip_text(full())])
def test_a_processor_of_json_ld_loses_nothing_of_it(holdings: Bundle) -> None:
    written = document(holdings)
    assert processor.compact(processor.expand(written), CONTEXT) == written


def test_every_key_is_in_the_context_that_the_document_carries() -> None:
    written = document(full())
    assert written.pop("@context") == CONTEXT
    assert {key for key in _keys(written) if not key.startswith("@")} <= CONTEXT.keys()


def _keys(value: Any) -> Iterator[str]:
    """The keys of nodes; languages and what a text said of itself are no keys."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in {"ko", "en"}:
                yield key
            if key != "said":
                yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


KINDS = ("articles", "claims", "trends", "entities", "disagreements", "events")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_record_is_in_the_document(kind: str) -> None:
    values, nodes = getattr(full(), kind), document(full())[kind]
    for value, node in zip(values, nodes, strict=True):
        missing = Counter(_leaves(value.model_dump(mode="json"))) - Counter(_leaves(node))
        assert not missing, value


def test_the_invented_records_have_every_field() -> None:
    given = [field for kind in KINDS for value in getattr(full(), kind) for field in _fields(value)]
    assert {kind for kind, _ in given} >= {
        Article,
        Claim,
        Figure,
        Evidence,
        Trend,
        Entity,
        Disagreement,
        Side,
        Event,
        Origin,
    }
    for kind in {kind for kind, _ in given}:
        assert {name for owner, name in given if owner is kind} == {*kind.model_fields}


def _leaves(value: Any) -> Iterator[str]:
    """Everything that JSON has but names of fields, with ids as they are without JSON-LD."""
    if isinstance(value, dict) and isinstance(trends := value.get("trends"), dict):
        yield from trends  # stances by id
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _leaves(each)
    if isinstance(value, str | int):
        yield re.sub(r"^(article|claim|trend|entity|disagreement|wikidata):", "", str(value))


def _fields(value: Any) -> Iterator[tuple[type[Value], str]]:
    """The fields that a value has something in, and those of the values in it."""
    if isinstance(value, Value):
        for name, each in value:
            if each not in (None, (), {}):
                yield type(value), name
            yield from _fields(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _fields(each)


def test_where_words_stand_is_said_as_web_annotations_do() -> None:
    (piece, _) = document(full())["claims"][3]["evidence"]
    place, words = piece["selector"]
    assert (piece["@type"], piece["source"], piece["sha256"]) == (
        "oa:SpecificResource",
        "article:moonlight",
        digest(TEXT[75:135]),
    )
    assert place == {"@type": "oa:TextPositionSelector", "start": 75, "end": 135}
    assert words == {
        "@type": "oa:TextQuoteSelector",
        "exact": TEXT[75:135],
        "prefix": TEXT[43:75],
        "suffix": TEXT[135:167],
    }


def test_where_only_quotes_are_at_hand_nothing_is_said_of_what_is_around_them() -> None:
    (piece, _) = document(replace(full(), texts={}))["claims"][3]["evidence"]
    assert piece["selector"][1] == {"@type": "oa:TextQuoteSelector", "exact": TEXT[75:135]}


def test_the_past_of_a_claim_is_said_in_the_words_of_prov() -> None:
    written = document(full())
    claims = {item["@id"]: item for item in written["claims"]}
    events = {item["@id"]: item for item in written["events"]}
    retracted, newer = claims["claim:moonlight.claim-3"], claims["claim:copy.only"]
    assert retracted["creativeWorkStatus"] == "retracted"
    assert retracted["wasDerivedFrom"] == "article:moonlight"
    assert retracted["wasAttributedTo"] == {"@type": "prov:Agent", "label": HOSTILE[5]}
    generated = events[retracted["wasGeneratedBy"]]
    assert (generated["action"], generated["subject"]) == ("recorded", retracted["@id"])
    assert generated["endedAtTime"] == retracted["generatedAtTime"] < retracted["invalidatedAtTime"]
    assert newer["wasRevisionOf"] == [f"claim:moonlight.claim-{item}" for item in (1, 5, 9)]


def test_sealed_for_publication_it_has_no_words_of_the_articles() -> None:
    public = strip_text(full())
    written = write(public)
    assert not {"exact", "prefix", "suffix", "articleBody", "said"} & {*_keys({**document(public), "@context": {}})}
    assert public.texts == {}
    assert "째 줄은" not in written
    assert all(claim.evidence[0].sha256 for claim in public.claims)
    assert "조작된 글쓴이" not in written
    assert strip_text(public) == public


def test_a_record_that_nobody_can_read_is_not_published() -> None:
    event = Event(at=NOW, by="달", action="recorded", subject="a.b", record='{"quote": "몰래"}')
    assert strip_text(Bundle(NOW, "1", events=(event,))).events[0].record is None


def test_hidden_characters_and_angle_brackets_are_escapes_and_come_back_as_they_were() -> None:
    written = write(full())
    assert strip_hidden(written) == written
    assert "<" not in written
    assert HOSTILE[10] in set(strings(json.loads(written)))


def test_one_item_is_one_line() -> None:
    holdings = full()
    lines = write(holdings).splitlines()
    assert sum(line.startswith('{"@id": "claim:') for line in lines) == len(holdings.claims)


def test_a_text_that_is_not_that_of_the_record_cannot_be_exported() -> None:
    with pytest.raises(ValueError, match="moonlight"):
        replace(full(), texts={"moonlight": TEXT + "하나 더"})
