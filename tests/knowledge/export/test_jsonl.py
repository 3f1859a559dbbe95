import json
import re
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.export.jsonl import KINDS, canonical, write
from knowledge.export.jsonl_reader import read
from knowledge.model.events import Event
from knowledge.model.records import Article, Claim, Status
from knowledge.store import packaged as curated
from knowledge.store.bundle import Bundle, strip_text
from knowledge.text.anchoring import normalise
from knowledge.text.sanitize import strip_hidden
from tests.conftest import strings
from tests.knowledge.export.sample_library import HOSTILE, NOW, article, both, evidence, full


def packaged() -> Bundle:
    data = curated.load_folder(curated.get_packaged_folder())
    return Bundle(NOW, "0.1.0", data.articles, data.claims, data.trends, data.entities, data.disagreements)


def whole(text: str) -> Bundle:
    """Return what was read from a file in which everything is sound, as it was before it was exported."""
    contents = read(text)
    assert contents.refused == ()
    return replace(contents.holdings, exported=NOW, version="")


EVERY = [packaged(), full(), strip_text(full()), Bundle(NOW, "0.1.0")]


@pytest.mark.parametrize("holdings", EVERY)
def test_what_is_exported_and_read_again_is_the_same_knowledge_and_the_same_bytes(holdings: Bundle) -> None:
    again = whole(write(holdings))
    assert again == replace(canonical(holdings), version="")
    assert write(again) == write(holdings)


def test_the_moment_the_version_and_the_order_of_a_library_are_not_in_its_file() -> None:
    other = replace(
        full(),
        exported=NOW.replace(year=2030),
        version="9",
        articles=full().articles[::-1],
        claims=full().claims[::-1],
        entities=full().entities[::-1],
    )
    assert write(other) == write(full())


def test_the_first_line_says_what_the_file_is() -> None:
    header, *lines = map(json.loads, write(full()).splitlines())
    counted = {kind: sum(line["kind"] == kind for line in lines) for kind in KINDS}
    assert header == {"format": "ai-trends-mcp", "version": 1, "sealed": False, "lines": counted}
    assert counted["text"] == 1
    assert sum(counted.values()) == len(lines)


def test_each_line_is_a_record_as_pydantic_dumps_it() -> None:
    holdings = canonical(full())
    records = [json.loads(line) for line in write(full()).splitlines()[1:]]
    dumped = [json.loads(claim.model_dump_json(exclude_defaults=True)) for claim in holdings.claims]
    assert [record["record"] for record in records if record["kind"] == "claim"] == dumped
    kinds = [record["kind"] for record in records]
    assert kinds == sorted(kinds, key=list(KINDS).index)


def test_what_the_library_decides_is_not_in_a_file() -> None:
    assert any(article.curated for article in packaged().articles)
    assert '"curated"' not in write(packaged())


def test_what_is_packaged_was_recorded_on_the_day_on_which_it_was_curated() -> None:
    events = whole(write(packaged())).events
    claim, entity = packaged().claims[0], packaged().entities[0]
    days = {article.id: article.curated for article in packaged().articles}
    (recorded,) = [event for event in events if event.subject == claim.id]
    assert (recorded.action, recorded.at.date()) == ("recorded", days[claim.article])
    assert Claim.model_validate_json(recorded.record or "") == claim
    assert [event.action for event in events if event.subject == entity.id] == ["named"]


@pytest.mark.parametrize("status", get_args(Status))
def test_a_packaged_claim_keeps_the_status_that_it_came_with(status: Status) -> None:
    claims = (full().claims[0].model_copy(update={"status": status}), *full().claims[1:])
    assert (
        whole(write(replace(full(), claims=claims, events=()))).claims
        == canonical(replace(full(), claims=claims)).claims
    )


def test_sealed_for_publication_it_has_no_words_of_the_articles() -> None:
    written = write(strip_text(full()))
    header, *lines = map(json.loads, written.splitlines())
    assert (header["sealed"], header["lines"]["text"]) == (True, 0)
    assert not [line for line in lines if line["kind"] == "claim" and "quote" in json.dumps(line)]
    assert "째 줄은" not in written
    assert "조작된 글쓴이" not in written


def test_hidden_characters_and_angle_brackets_are_escapes_and_come_back_as_they_were() -> None:
    written = write(full())
    assert strip_hidden(written) == written
    assert "<" not in written
    assert HOSTILE[10] in {text for line in written.splitlines() for text in strings(json.loads(line))}


_WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
_LINES = _WORDS.map(lambda text: re.sub(r"\s", "", text) or "-")
_STATUSES = ("current", "retracted", "disputed")


@st.composite
def _holdings(draw: st.DrawFn) -> Bundle:
    text = normalise(draw(_WORDS).lstrip("\ufeff")) + "."
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    record: Article = article("one", text, title=draw(st.none() | _LINES), url=draw(st.none() | _LINES))
    events = tuple(
        Event(at=NOW, by=draw(_LINES), action=action, subject="one.two", why=draw(st.none() | _LINES))
        for action in draw(st.lists(st.sampled_from(("recorded", *_STATUSES)), max_size=4))
    )
    statuses = [event.action for event in events if event.action in _STATUSES]
    claim = Claim(
        id="one.two",
        article="one",
        kind="fact",
        statement=both(draw(_LINES)),
        status=statuses[-1] if statuses else draw(st.sampled_from(_STATUSES)),
        evidence=(evidence("one", start, end, text),),
    )
    has_text = draw(st.booleans())
    return Bundle(NOW, "", (record,), (claim,), events=events, texts={"one": text} if has_text else {})


@given(_holdings())
@settings(max_examples=200, deadline=None)
def test_whatever_words_an_article_has_they_come_back(holdings: Bundle) -> None:
    for shown in (holdings, strip_text(holdings)):
        written = write(shown)
        again = whole(written)
        assert again == canonical(shown)
        assert write(again) == written
        assert strip_hidden(written) == written
        assert all(json.loads(line) for line in written.splitlines())
