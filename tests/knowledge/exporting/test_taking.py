"""An export comes back from anywhere: what is wrong with it is told item by item, and never taken."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from knowledge import anchor, copies
from knowledge.curated import CurationError, Fault
from knowledge.exporting import document as documents
from knowledge.exporting.jsonld import write
from knowledge.exporting.taking import MOST_FAULTS, read, take
from knowledge.holdings import Holdings
from tests.knowledge.exporting.invented import NOW, TEXT, full

Change = Callable[[dict[str, Any]], object]


def changed(change: Change, holdings: Holdings | None = None) -> str:
    document = json.loads(write(holdings or full()))
    change(document)
    return json.dumps(document)


def found(document: dict[str, Any], identity: str) -> dict[str, Any]:
    kind = {"article": "articles", "claim": "claims", "trend": "trends", "entity": "entities"}
    nodes = document[kind.get(identity.partition(":")[0], "disagreements")]
    return next(node for node in nodes if node["@id"] == identity)


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(CurationError) as caught:
        read(text)
    return caught.value.faults


CLAIM = "claim:moonlight.claim-3"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not JSON"),
        ("[", "is not JSON"),
        ("[]", "is no export of ai-trends-mcp"),
        ('{"a": 1}', "is no export of ai-trends-mcp"),
        ('{"a": 1, "a": 2}', "an object has the same key twice"),
        ('{"format": NaN}', "NaN is no number"),
        ('{"format": ' + "9" * 5000 + "}", "is not JSON"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"a": "\ud800"}', "is not Unicode"),
        (write(full()).replace('"format": 1', '"format": 2'), "has a `format` other than 1"),
        (write(full()).replace('"format": 1', '"format": true'), "has a `format` other than 1"),
        (write(full()).replace('"format": 1', '"format": 1.0'), "has a `format` other than 1"),
        (write(full()).replace("schema.org/", "schema.example/"), "has another `@context`"),
        (write(full()).replace('"softwareVersion": "1.2.3"', '"softwareVersion": ""'), "no `softwareVersion`"),
        (changed(lambda one: one.update(generatedAtTime="2026-11-22T09:30:00")), "no `generatedAtTime`"),
        (changed(lambda one: one.update(claims={})), "`claims` should be a list"),
        (changed(lambda one: one.pop("events")), "`events` should be a list"),
        (changed(lambda one: one.update(trends=[7] * 250_001)), "has more than 250,000 items"),
        (changed(lambda one: one.update(more=1)), "has 1 keys that exports do not have"),
    ],
)
def test_what_is_no_export_of_a_known_kind_is_refused_whole_with_a_sentence(text: str, problem: str) -> None:
    with pytest.raises(CurationError) as caught:
        take(text)
    assert problem in str(caught.value)
    assert all(fault.mend for fault in caught.value.faults)


def test_a_newer_version_is_answered_with_how_to_upgrade() -> None:
    (fault,) = faults_of(write(full()).replace('"format": 1', '"format": 2'))
    assert fault.mend == "Upgrade: pip install -U ai-trends-mcp"


def test_more_than_can_be_read_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_BYTES", 2**20)
    (fault,) = faults_of("달" * 2**19)
    assert (fault.problem, fault.mend) == ("is longer than 1 MB", "Export it in parts, by query")


@pytest.mark.parametrize(
    ("identity", "change", "problem"),
    [
        (CLAIM, lambda one: one.update(kind="rumour"), "kind: Input should be"),
        (CLAIM, lambda one: one.pop("text"), "statement: Field required"),
        (CLAIM, lambda one: one.update(more="hidden"), "`more` is not as this version writes it"),
        (CLAIM, lambda one: one.update({"@type": "schema:Thing"}), "`@type` is not as this version writes it"),
        (CLAIM, lambda one: one.update(appearance="moonlight"), "appearance: should begin with article:"),
        (CLAIM, lambda one: one.update(appearance="article:copy"), "must begin with 'copy.'"),
        (CLAIM, lambda one: one.update(wasDerivedFrom="article:copy"), "`wasDerivedFrom` is not as"),
        (CLAIM, lambda one: one.update(creativeWorkStatus="current"), "its past is not what the events say"),
        (CLAIM, lambda one: one.pop("invalidatedAtTime"), "its past is not what the events say"),
        (CLAIM, lambda one: one.update(generatedAtTime="2001-01-01T00:00:00Z"), "its past is not what the events say"),
        (CLAIM, lambda one: one.update(about="entity:thing-concept"), "about: should be a list"),
        (CLAIM, lambda one: one.update(bearings=["trend:moon"]), "bearings: should be a list of objects"),
        (CLAIM, lambda one: one.update(bearings=[{"bearsOn": 1}]), "bearings: should begin with trend:"),
        (
            CLAIM,
            lambda one: one.update(about=["entity:nobody"]),
            "names the entity 'nobody', which is not in the export",
        ),
        (CLAIM, lambda one: one.update(evidence=[]), "evidence: Tuple should have at least 1 item"),
        (CLAIM, lambda one: one.update(evidence=[7]), "evidence: should have a source and a list of selectors"),
        (CLAIM, lambda one: one["evidence"][0].update(sha256="0" * 64), "does not digest to its seal"),
        (CLAIM, lambda one: _selectors(one)[1].update(exact="지어낸 말"), "does not digest to its seal"),
        (
            CLAIM,
            lambda one: _selectors(one)[1].update(suffix="지어낸 말"),
            "`evidence` is not as this version writes it",
        ),
        (CLAIM, lambda one: _selectors(one)[0].update(start=76, end=136), "does not stand there"),
        (CLAIM, lambda one: _selectors(one)[0].update(start=75.0), "`evidence` is not as this version writes it"),
        (CLAIM, lambda one: _selectors(one)[0].update(start=10**30, end=10**30 + 60), "does not stand there"),
        (CLAIM, lambda one: _selectors(one).pop(), "is not there, though the text is"),
        (
            "claim:moonlight.claim-2",
            lambda one: one["figures"][0].update(value=4),
            "figures: value: should be a number",
        ),
        ("claim:moonlight.claim-2", lambda one: one["figures"][0].update(value="1E9"), "figures: value: should be"),
        ("claim:moonlight.claim-2", lambda one: one["figures"][0].update(value="9" * 101), "figures: value: should be"),
        ("claim:moonlight.claim-2", lambda one: one["figures"][0].update(value="40"), "'4개' does not read as 40"),
        (
            "claim:moonlight.claim-2",
            lambda one: one["figures"][0].update(unitText="moons"),
            "unit 'moons' is not known",
        ),
        ("article:moonlight", lambda one: one.update(articleBody="다른 글"), "has not the digest that its record says"),
        ("article:moonlight", lambda one: one.update(articleBody=None), "its text is no text"),
        ("article:moonlight", lambda one: one.update(length=1), "has not the digest that its record says"),
        ("article:copy", lambda one: one.update(wasDerivedFrom="article:none"), "names the article 'none'"),
        ("article:web", lambda one: one.update(headline="\ud800"), "half a pair of surrogates"),
        ("article:web", lambda one: one.update(datePublished="soon"), "published: Value error, 'soon' is not a date"),
        ("entity:whole", lambda one: one.update(entityType="planet"), "type: Input should be"),
        ("entity:whole", lambda one: one.update(sameAs="https://evil.example/"), "sameAs: should begin with wikidata:"),
        ("trend:star", lambda one: one.update(related=["trend:sun"]), "names the trend 'sun'"),
        ("disagreement:size", lambda one: one["sides"].pop(), "sides: Tuple should have at least 2 items"),
        ("disagreement:size", lambda one: one["sides"][0]["claims"].append("claim:a.b"), "names the claim 'a.b'"),
    ],
)
def test_an_item_that_is_not_sound_is_refused_with_what_is_wrong(
    identity: str, change: Callable[[dict[str, Any]], object], problem: str
) -> None:
    taken = take(changed(lambda document: change(found(document, identity))))
    assert problem in " ".join(fault.problem for fault in taken.refused)
    assert not [fault for fault in taken.refused if len(str(fault)) > 1000]
    kinds = (taken.holdings.articles, taken.holdings.claims, taken.holdings.trends, taken.holdings.entities)
    assert identity.partition(":")[2] not in {one.id for kind in kinds for one in kind}
    assert take(write(taken.holdings)).refused == ()


def _selectors(claim: dict[str, Any]) -> list[dict[str, Any]]:
    selectors: list[dict[str, Any]] = claim["evidence"][0]["selector"]
    return selectors


def test_a_bad_claim_is_refused_with_its_events_and_the_others_are_taken() -> None:
    taken = take(changed(lambda one: found(one, "claim:moonlight.claim-4").update(kind="rumour")))
    assert {one.id for one in full().claims} - {one.id for one in taken.holdings.claims} == {"moonlight.claim-4"}
    assert taken.refused[0].item == "claim:moonlight.claim-4"
    assert "moonlight.claim-4" not in {event.subject for event in taken.holdings.events}
    assert taken.holdings.articles == full().articles


def test_what_names_a_refused_item_is_refused_in_turn() -> None:
    taken = take(changed(lambda one: found(one, "article:moonlight").update(inLanguage="fr")))
    assert {one.id for one in taken.holdings.articles} == {"bare", "web"}
    assert (taken.holdings.claims, taken.holdings.disagreements) == ((), ())
    assert [event.subject for event in taken.holdings.events] == ["whole"]


def test_an_id_that_is_used_twice_is_nobodys() -> None:
    taken = take(changed(lambda one: one["trends"].append(one["trends"][1])))
    assert "the id is used 2 times" in {fault.problem for fault in taken.refused}
    assert [one.id for one in taken.holdings.trends] == []


def test_a_long_chain_of_what_is_refused_ends() -> None:
    things = [
        {**found_entity, "@id": f"entity:e-{place}", "maker": f"entity:e-{place + 1}"}
        for found_entity in [json.loads(write(full()))["entities"][-1]]
        for place in range(2000)
    ]
    taken = take(
        changed(
            lambda one: one.update(entities=things),
            replace(full(), claims=(), articles=(), events=(), disagreements=(), texts={}),
        )
    )
    assert taken.holdings.entities == ()
    assert taken.refused[-1].problem == "hangs together with what was refused, all of it"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda one: one.update(action="forgotten"), "action: Input should be"),
        (lambda one: one.update(why="another reason"), "`@id` is not as this version writes it"),
        (lambda one: one.update(record="{}"), "`@id` is not as this version writes it"),
        (lambda one: one.update(wasAssociatedWith="somebody"), "wasAssociatedWith: should be an object"),
        (lambda one: one.update(subject="claim:copy.nothing"), "which is not in the export"),
        (lambda one: one.update(subject=5), "subject: Input should be a valid string"),
    ],
)
def test_an_event_that_is_not_sound_is_refused_with_the_claim_whose_past_it_is(change: Change, problem: str) -> None:
    def resealed(document: dict[str, Any]) -> None:
        event = next(one for one in document["events"] if one["action"] == "recorded")
        change(event)

    taken = take(changed(resealed))
    assert problem in " ".join(fault.problem for fault in taken.refused)
    assert "moonlight.claim-0" not in {one.id for one in taken.holdings.claims}
    assert take(write(taken.holdings)).refused == ()


def test_the_record_of_an_event_is_of_what_it_was_done_to_and_has_the_words_that_were_sealed() -> None:
    events = full().events
    recorded = next(one for one in events if one.action == "recorded")
    other = events[events.index(recorded) + 1]
    for record, problem in (
        ("{", "record: Invalid JSON"),
        ("[" * 10_000, "record: Invalid JSON"),
        ('{"id":"a.b"}', "record: article: Field required"),
        (other.record, "its record is of 'moonlight.claim-1'"),
        ((recorded.record or "").replace("째 줄은", "째 줄에"), "does not digest to its seal"),
        ((recorded.record or "").replace('"value":"2"', '"value":"2E+999999"'), "more than 100 digits"),
    ):
        altered = recorded.model_copy(update={"record": record})
        holdings = replace(full(), events=tuple(altered if one is recorded else one for one in events))
        assert problem in " ".join(fault.problem for fault in take(write(holdings)).refused)


def test_many_faults_are_counted() -> None:
    taken = take(changed(lambda one: one.update(trends=[7] * (MOST_FAULTS + 5)), Holdings(NOW, "1")))
    assert len(taken.refused) == MOST_FAULTS + 1
    assert taken.refused[0].item == "one of trends"
    assert taken.refused[-1].problem == "has 5 faults more"


def test_a_fault_says_back_no_more_than_a_little_and_nothing_hidden() -> None:
    long = "claim:" + "\u202e달" * 5000
    taken = take(changed(lambda one: one.update(claims=[{"@id": long}]), Holdings(NOW, "1")))
    assert all(len(fault.item) < 300 and "\u202e" not in str(fault) for fault in taken.refused)


def test_a_text_longer_than_an_article_is_refused() -> None:
    text = "달" * (copies.LONGEST_TEXT + 1)
    long = full().articles[2].model_copy(update={"length": len(text), "sha256": anchor.digest(text)})
    taken = take(write(Holdings(NOW, "1", articles=(long,), texts={"bare": text})))
    assert "at most" in taken.refused[0].problem


def test_a_text_that_is_not_normal_is_refused() -> None:
    text = TEXT + "\r\n"
    odd = full().articles[2].model_copy(update={"length": len(text), "sha256": anchor.digest(text)})
    taken = take(write(Holdings(NOW, "1", articles=(odd,), texts={"bare": text})))
    assert "has not the digest" in taken.refused[0].problem
