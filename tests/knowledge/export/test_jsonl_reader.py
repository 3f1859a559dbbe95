"""A file comes back from anywhere: what is wrong with it is named line by line, and never taken."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from knowledge.export import jsonl_reader, jsonld
from knowledge.export.escaping import json_text
from knowledge.export.jsonl import write
from knowledge.export.jsonl_reader import MOST_FAULTS, read
from knowledge.store import copies
from knowledge.store.bundle import Bundle, strip_text
from knowledge.store.packaged import CurationError, CurationFault
from knowledge.text import anchoring
from tests.knowledge.export.sample_library import NOW, TEXT, full

Change = Callable[[dict[str, Any]], object]
FILE = write(full())


def edited(change: Callable[[list[Any]], object], text: str = FILE) -> str:
    """Return a file with its lines changed, as JSON; the first line counts them anew."""
    lines = [json.loads(line) for line in text.splitlines()]
    change(lines)
    lines[0]["lines"] = {kind: sum(line["kind"] == kind for line in lines[1:]) for kind in lines[0]["lines"]}
    return "".join(f"{json_text(json.dumps(line, ensure_ascii=False, separators=(',', ':')))}\n" for line in lines)


def changed(kind: str, identity: str, change: Change, text: str = FILE) -> str:
    """Return a file with one record changed."""
    return edited(lambda lines: change(found(lines, kind, identity)), text)


def found(lines: list[Any], kind: str, identity: str) -> Any:
    return next(
        line["record"]
        for line in lines[1:]
        if line["kind"] == kind and identity in (line["record"].get("id"), line["record"].get("article"))
    )


def faults_of(text: str) -> tuple[CurationFault, ...]:
    with pytest.raises(CurationError) as caught:
        read(text)
    return caught.value.faults


def headed(old: str, new: str) -> str:
    assert old in FILE.splitlines()[0]
    return FILE.replace(old, new, 1)


def test_an_edited_file_without_a_change_is_the_file() -> None:
    assert edited(lambda _: None) == FILE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is no JSON Lines export"),
        ("\n", "is no JSON Lines export"),
        ("[", "is no JSON Lines export"),
        ("[]", "is no JSON Lines export"),
        ('{"a": 1}', "is no JSON Lines export"),
        ("[" * 100_000, "is no JSON Lines export"),
        ('{"version":' + "9" * 5000 + "}", "is no JSON Lines export"),
        ("\ufeff" + FILE, "is no JSON Lines export"),
        ('{"a": "\ud800"}', "is not Unicode"),
        (headed('"version":1', '"version":2'), "has a version other than 1"),
        (headed('"version":1', '"version":true'), "has a first line that"),
        (headed('"version":1', '"version":1.0'), "has a first line that is not as this version writes it"),
        (headed('"version":1', '"version":NaN'), "has a first line that cannot be read"),
        (headed('"version":1,', ""), "version: Field required"),
        (headed('"sealed":false', '"sealed":0'), "has a first line that"),
        (headed('"sealed":false', '"sealed":false,"sealed":false'), "has a first line that is not as"),
        (headed('"sealed":false', '"sealed":false,"by":"me"'), "by: Extra inputs are not permitted"),
        (headed('"sealed":false', '"sealed": false'), "has a first line that is not as"),
        (headed('"sealed":false', '"sealed":true'), "says that it is sealed, and has words of articles"),
        (
            write(strip_text(full())).replace('"sealed":true', '"sealed":false', 1),
            "has a first line that says something else than the rest",
        ),
        (headed('"text":1,', ""), "has a first line that is not as this version writes it"),
        (headed('"text":1,', '"text":2,'), "it was cut off or edited"),
        (
            headed('"text":1,"entity":11', '"text":2,"entity":10'),
            "has a first line that says something else than the rest",
        ),
        (FILE[:-1], "it was cut off or edited"),
        (FILE.rpartition('{"kind"')[0], "it was cut off or edited"),
        (FILE[: len(FILE) // 2], "it was cut off or edited"),
        (FILE.splitlines()[0], "it was cut off or edited"),
        (FILE + "\n", "it was cut off or edited"),
        (FILE.replace("\n", "\r\n"), "has a first line that is not as"),
        ("7\n" * 250_001, "has more than 250,000 lines"),
    ],
)
def test_what_is_no_export_of_a_known_kind_is_refused_whole_with_a_sentence(text: str, problem: str) -> None:
    faults = faults_of(text)
    assert problem in " ".join(map(str, faults))
    assert all(fault.fix for fault in faults)
    assert all(len(str(fault)) < 1000 for fault in faults)


@pytest.mark.parametrize(
    "text", [jsonld.write(full()), '{"@graph":[],"@context":"https://schema.org"}', '[{"@context":1}]']
)
def test_json_ld_is_refused_with_the_way_to_go(text: str) -> None:
    (fault,) = faults_of(text)
    assert fault.problem == "is JSON-LD, which is written for other programs and not read"
    assert "`ai-trends-mcp export --format jsonl`" in fault.fix


def test_a_newer_version_is_answered_with_how_to_upgrade() -> None:
    (fault,) = faults_of(headed('"version":1', '"version":2'))
    assert fault.fix == "Upgrade: pip install -U ai-trends-mcp"


def test_more_than_can_be_read_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl_reader, "MOST_BYTES", 2**20)
    (fault,) = faults_of("달" * 2**19)
    assert fault.problem == "is longer than 1 MB"
    assert fault.fix.startswith("Export it in parts")


CLAIM = "moonlight.claim-3"
COUNTED = "moonlight.claim-2"


def _piece(claim: dict[str, Any]) -> dict[str, Any]:
    piece: dict[str, Any] = claim["evidence"][0]
    return piece


def _figure(claim: dict[str, Any]) -> dict[str, Any]:
    figure: dict[str, Any] = claim["figures"][0]
    return figure


@pytest.mark.parametrize(
    ("kind", "identity", "change", "problem"),
    [
        ("claim", CLAIM, lambda record: record.update(kind="rumour"), "kind: Input should be"),
        ("claim", CLAIM, lambda record: record.pop("statement"), "statement: Field required"),
        ("claim", CLAIM, lambda record: record.update(more="hidden"), "more: Extra inputs are not permitted"),
        ("claim", CLAIM, lambda record: record.update(note=None), "is not as this version writes it"),
        (
            "claim",
            CLAIM,
            lambda record: record.update(article=record.pop("article")),
            "is not as this version writes it",
        ),
        ("claim", CLAIM, lambda record: record.update(article="copy"), "must begin with 'copy.'"),
        ("claim", CLAIM, lambda record: record.pop("status"), "its status is not what its events say"),
        ("claim", CLAIM, lambda record: record.update(status="disputed"), "its status is not what its events say"),
        ("claim", CLAIM, lambda record: record.update(status="current"), "is not as this version writes it"),
        ("claim", COUNTED, lambda record: record.update(status="retracted"), "its status is not what its events say"),
        ("claim", CLAIM, lambda record: record.update(entities="thing-concept"), "entities: Input should be a valid"),
        (
            "claim",
            COUNTED,
            lambda record: record.update(entities=["nobody"]),
            "names the entity 'nobody', which is not in the file",
        ),
        ("claim", CLAIM, lambda record: record.update(trends={"sun": "supports"}), "is not as this version writes it"),
        ("claim", CLAIM, lambda record: record.update(evidence=[]), "evidence: Tuple should have at least 1 item"),
        ("claim", CLAIM, lambda record: record.update(evidence=[7]), "evidence.0: Input should be"),
        ("claim", CLAIM, lambda record: _piece(record).update(sha256="0" * 64), "does not digest to its seal"),
        ("claim", CLAIM, lambda record: _piece(record).update(quote="지어낸 말"), "does not digest to its seal"),
        ("claim", CLAIM, lambda record: _piece(record).update(start=76, end=136), "does not stand there"),
        ("claim", CLAIM, lambda record: _piece(record).update(start=75.0), "is not as this version writes it"),
        (
            "claim",
            CLAIM,
            lambda record: _piece(record).update(start=True),
            "is not as this version writes it",
        ),
        ("claim", CLAIM, lambda record: _piece(record).update(end=10**30), "does not digest to its seal"),
        ("claim", CLAIM, lambda record: _piece(record).pop("quote"), "is not there, though the text is"),
        ("claim", COUNTED, lambda record: _figure(record).update(value=4), "is not as this version writes it"),
        (
            "claim",
            COUNTED,
            lambda record: _figure(record).update(value="NaN"),
            "value: Input should be a finite number",
        ),
        (
            "claim",
            COUNTED,
            lambda record: _figure(record).update(value="Infinity"),
            "value: Input should be a finite number",
        ),
        (
            "claim",
            COUNTED,
            lambda record: _figure(record).update(value="1E+999999"),
            "a number has more than 100 digits",
        ),
        (
            "claim",
            COUNTED,
            lambda record: _figure(record).update(value="0E-999999"),
            "a number has more than 100 digits",
        ),
        ("claim", COUNTED, lambda record: _figure(record).update(value="9" * 101), "a number has more than 100 digits"),
        ("claim", COUNTED, lambda record: _figure(record).update(value="40"), "'4개' does not read as 40"),
        ("claim", COUNTED, lambda record: _figure(record).update(unit="moons"), "unit 'moons' is not known"),
        ("claim", COUNTED, lambda record: _figure(record).update(currency_year=10**99), "`currency_year` is no year"),
        (
            "text",
            "moonlight",
            lambda record: record.update(body="다른 글"),
            "has not the digest that its article's record says",
        ),
        ("text", "moonlight", lambda record: record.update(body=None), "body: Input should be a valid string"),
        ("text", "moonlight", lambda record: record.update(article="none"), "is the text of no article in the file"),
        (
            "article",
            "moonlight",
            lambda record: record.update(length=1),
            "has not the digest that its article's record says",
        ),
        ("article", "bare", lambda record: record.update(length=10**30), "its text has more than 100,000 characters"),
        ("article", "web", lambda record: record.update(curated="2026-01-02"), "is not as this version writes it"),
        ("article", "copy", lambda record: record.update(syndicated_from="none"), "names the article 'none'"),
        (
            "article",
            "web",
            lambda record: record.update(published="soon"),
            "published: Value error, 'soon' is not a date",
        ),
        ("entity", "whole", lambda record: record.update(type="planet"), "type: Input should be"),
        (
            "entity",
            "whole",
            lambda record: record.update(wikidata="https://evil.example/"),
            "wikidata: String should match",
        ),
        ("entity", "whole", lambda record: record.update(maker="nobody"), "names the entity 'nobody'"),
        ("trend", "moon", lambda record: record.update(related=["sun"]), "names the trend 'sun'"),
        ("disagreement", "size", lambda record: record["sides"].pop(), "sides: Tuple should have at least 2 items"),
        ("disagreement", "size", lambda record: record["sides"][0]["claims"].append("a.b"), "names the claim 'a.b'"),
    ],
)
def test_a_record_that_is_not_sound_is_refused_with_what_is_wrong(
    kind: str, identity: str, change: Change, problem: str
) -> None:
    contents = read(changed(kind, identity, change))
    assert problem in " ".join(fault.problem for fault in contents.refused)
    assert not [fault for fault in contents.refused if len(str(fault)) > 1000]
    kinds: dict[str, tuple[Any, ...]] = {
        "article": contents.holdings.articles,
        "claim": contents.holdings.claims,
        "trend": contents.holdings.trends,
        "entity": contents.holdings.entities,
        "disagreement": contents.holdings.disagreements,
    }
    assert identity not in ({each.id for each in kinds[kind]} if kind in kinds else contents.holdings.texts)
    assert read(write(contents.holdings)).refused == ()


def _line(text: str, beginning: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(beginning))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"kind":"fact"', '"kind":"fact","kind":"fact"', "is not as this version writes it"),
        ('"article":"copy","kind"', '"article": "copy","kind"', "is not as this version writes it"),
        ('"start":0', '"start":' + "1" * 5000, "number out of range"),
        ('"start":0', '"start":NaN', "evidence.0.start: "),
        ('"start":0', '"start":-0', "is not as this version writes it"),
        ('"copied (en)"', '"\\ud800"', "Invalid JSON: unexpected end of hex escape"),
        ('"copied (en)"', '"\\udc00"', "Invalid JSON: lone leading surrogate in hex escape"),
        ('"copied (en)"', '"\\u0063opied (en)"', "is not as this version writes it"),
        ('"copied (en)"', "[" * 50_000, "recursion limit exceeded"),
        ('"copied (en)"', '"달\u202e"', "is not as this version writes it"),
        ('"statement":', '"status":"retracted","statement":', "is not as this version writes it"),
        ('"kind":"claim"', '"kind":"rumour"', "is no line of a record of a known kind"),
        ('{"kind":"claim"', ' {"kind":"claim"', "is no line of a record of a known kind"),
        ('{"kind":"claim"', '{"by":"me","kind":"claim"', "is no line of a record of a known kind"),
    ],
)
def test_a_line_has_to_be_the_very_line_that_would_be_written(old: str, new: str, problem: str) -> None:
    line = _line(FILE, '{"kind":"claim","record":{"id":"copy.only"')
    assert line.count(old) == 1
    contents = read(FILE.replace(line, line.replace(old, new)))
    assert problem in " ".join(fault.problem for fault in contents.refused)
    assert "copy.only" not in {claim.id for claim in contents.holdings.claims}
    assert len(contents.holdings.claims) == len(full().claims) - 1


def test_a_line_that_stands_elsewhere_is_refused() -> None:
    def moved(lines: list[Any]) -> None:
        lines.insert(1, lines.pop())

    contents = read(edited(moved))
    assert {fault.problem for fault in contents.refused} >= {"stands behind a line that it should be before"}
    assert contents.holdings.claims == ()


def test_a_day_of_curation_is_not_taken_from_a_file() -> None:
    line = _line(FILE, '{"kind":"article","record":{"id":"web"')
    forged = line.replace('"length"', '"curated":"2026-01-02","length"')
    contents = read(FILE.replace(line, forged))
    assert [(fault.item, fault.problem) for fault in contents.refused] == [
        ("article web", "`curated` is for the library to decide")
    ]
    assert "web" not in {article.id for article in contents.holdings.articles}


def test_a_bad_claim_is_refused_with_its_events_and_the_others_are_taken() -> None:
    contents = read(changed("claim", "moonlight.claim-4", lambda record: record.update(kind="rumour")))
    assert {record.id for record in full().claims} - {record.id for record in contents.holdings.claims} == {
        "moonlight.claim-4"
    }
    assert contents.refused[0].item == "claim moonlight.claim-4"
    assert "moonlight.claim-4" not in {event.subject for event in contents.holdings.events}
    assert len(contents.holdings.articles) == len(full().articles)


def test_what_names_a_refused_record_is_refused_in_turn() -> None:
    contents = read(changed("article", "moonlight", lambda record: record.update(language="fr")))
    assert {record.id for record in contents.holdings.articles} == {"bare", "web"}
    assert (contents.holdings.claims, contents.holdings.disagreements, contents.holdings.texts) == ((), (), {})
    assert {event.action for event in contents.holdings.events} == {"named"}


def test_an_id_that_is_used_twice_is_nobodys() -> None:
    def doubled(lines: list[Any]) -> None:
        place = next(place for place, line in enumerate(lines) if line.get("record", {}).get("id") == "star")
        lines.insert(place, lines[place])

    contents = read(edited(doubled))
    assert "the id is used 2 times" in {fault.problem for fault in contents.refused}
    assert contents.holdings.trends == ()


def test_a_text_that_is_there_twice_is_refused() -> None:
    def doubled(lines: list[Any]) -> None:
        place = next(place for place, line in enumerate(lines) if line.get("kind") == "text")
        lines.insert(place, lines[place])

    (fault,) = read(edited(doubled)).refused
    assert fault.problem == "is the text of no article in the file, or its second"


def test_a_long_chain_of_what_is_refused_ends() -> None:
    whole = full().entities[-1]
    chain = [whole.model_copy(update={"id": f"e-{place:04}", "maker": f"e-{place + 1:04}"}) for place in range(2000)]
    contents = read(write(Bundle(NOW, "1", entities=tuple(chain))))
    assert contents.holdings.entities == ()
    assert contents.refused[-1].problem == "hangs together with what was refused, all of it"


EVENT = '{"kind":"event","record":{"at":'


def _recorded(lines: list[Any]) -> dict[str, Any]:
    event: dict[str, Any] = next(
        line["record"] for line in lines[1:] if line["record"].get("subject") == "moonlight.claim-0"
    )
    return event


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda record: record.update(action="forgotten"), "action: Input should be"),
        (lambda record: record.update(action="imported"), "is of another library alone"),
        (lambda record: record.update(record="{}"), "record: id: Field required"),
        (lambda record: record.update(by=["somebody"]), "by: Input should be a valid string"),
        (lambda record: record.update(at="2026-11-22T09:30:00"), "at: Value error, a moment needs its time zone"),
        (lambda record: record.update(at="0001-01-01T00:00:00+09:00"), "a moment is outside of the calendar"),
        (lambda record: record.update(at="2001-11-22T09:30:00Z"), "stands behind a line that it should be before"),
        (lambda record: record.update(subject="copy.nothing"), "its record is of 'moonlight.claim-0'"),
        (
            lambda record: (record.pop("record"), record.update(subject="copy.nothing")),
            "was done to what is not in the file",
        ),
        (lambda record: record.pop("record"), "no event says how it came"),
        (lambda record: record.update(subject=5), "subject: Input should be a valid string"),
    ],
)
def test_an_event_that_is_not_sound_is_refused_with_the_claim_whose_past_it_is(change: Change, problem: str) -> None:
    contents = read(edited(lambda lines: change(_recorded(lines))))
    assert problem in " ".join(fault.problem for fault in contents.refused)
    assert "moonlight.claim-0" not in {claim.id for claim in contents.holdings.claims}
    assert read(write(contents.holdings)).refused == ()


def test_a_retraction_that_was_taken_out_takes_the_claim_with_it() -> None:
    def freed(lines: list[Any]) -> None:
        lines.remove(next(line for line in lines[1:] if line["record"].get("action") == "retracted"))

    contents = read(edited(freed))
    assert contents.refused[0].problem == "its status is not what its events say"
    assert "moonlight.claim-3" not in {claim.id for claim in contents.holdings.claims}


def test_the_record_of_an_event_is_of_what_it_was_done_to_and_has_the_words_that_were_sealed() -> None:
    events = full().events
    recorded = next(event for event in events if event.action == "recorded")
    other = events[events.index(recorded) + 1]
    record = recorded.record or ""
    for altered, problem in (
        ("{", "record: Invalid JSON"),
        ("[" * 10_000, "record: Invalid JSON"),
        ('{"id":"a.b"}', "record: article: Field required"),
        (other.record, "its record is of 'moonlight.claim-1'"),
        (record.replace("째 줄은", "째 줄에"), "does not digest to its seal"),
        (record.replace('"value":"2"', '"value":"2E+999999"'), "more than 100 digits"),
        (record.replace('"kind"', ' "kind"'), "its record is not as this version writes it"),
        (record.replace('"kind"', '"more":1,"kind"'), "record: more: Extra inputs are not permitted"),
    ):
        event = recorded.model_copy(update={"record": altered})
        holdings = replace(full(), events=tuple(event if each is recorded else each for each in events))
        contents = read(write(holdings))
        assert problem in " ".join(fault.problem for fault in contents.refused), problem
        assert "moonlight.claim-0" not in {claim.id for claim in contents.holdings.claims}


def test_many_faults_are_counted() -> None:
    header = write(Bundle(NOW, "1")).replace('"trend":0', f'"trend":{MOST_FAULTS + 5}')
    contents = read(header + "7\n" * (MOST_FAULTS + 5))
    assert len(contents.refused) == MOST_FAULTS + 1
    assert contents.refused[0].item == "line 2"
    assert contents.refused[-1].problem == "has 5 faults more"


def test_a_fault_says_back_no_more_than_a_little_and_nothing_hidden() -> None:
    long = "\u202e달" * 5000
    for line in (
        f'{{"kind":"entity","record":{{"id":"{long}"}}}}',
        f'{{"kind":"entity","record":{{"{long}":1}}}}',
        long,
    ):
        header = write(Bundle(NOW, "1")).replace('"entity":0', '"entity":1')
        for fault in read(f"{header}{line}\n").refused:
            assert len(str(fault)) < 1000
            assert "\u202e" not in str(fault)


def test_a_text_longer_than_an_article_is_refused() -> None:
    text = "달" * (copies.LONGEST_TEXT + 1)
    long = full().articles[2].model_copy(update={"length": len(text), "sha256": anchoring.digest(text)})
    contents = read(write(Bundle(NOW, "1", articles=(long,), texts={"bare": text})))
    assert "more than 100,000 characters" in contents.refused[0].problem
    assert contents.holdings.texts == {}


def test_a_text_that_is_not_normal_is_refused() -> None:
    text = TEXT + "\r\n"
    odd = full().articles[2].model_copy(update={"length": len(text), "sha256": anchoring.digest(text)})
    contents = read(write(Bundle(NOW, "1", articles=(odd,), texts={"bare": text})))
    assert "has not the digest" in contents.refused[0].problem
