from dataclasses import replace

from knowledge.export.jsonl import canonical, write
from knowledge.export.jsonl_reader import read
from knowledge.export.selection import select_claims
from knowledge.store import packaged
from knowledge.store.bundle import Bundle
from tests.knowledge.export.sample_library import NOW, full


def test_a_claim_brings_what_it_needs_and_nothing_else() -> None:
    part = select_claims(full(), {"copy.only"})
    assert [record.id for record in part.claims] == ["copy.only"]
    assert [record.id for record in part.articles] == ["moonlight", "copy"]
    assert [record.id for record in part.entities] == ["thing-company", "thing-person"]
    assert (part.trends, part.disagreements) == ((), ())
    assert [event.subject for event in part.events] == ["moonlight", "copy", "copy.only"]
    assert set(part.texts) == {"moonlight"}


def test_who_makes_a_thing_comes_with_it() -> None:
    assert {"whole", "thing-company"} <= {record.id for record in select_claims(full(), {"moonlight.claim-0"}).entities}


def test_a_disagreement_stays_as_long_as_two_sides_have_claims() -> None:
    ids = [f"moonlight.claim-{record}" for record in range(3)]
    (left,) = select_claims(full(), {ids[0], ids[2]}).disagreements
    assert [side.claims for side in left.sides] == [(ids[0],), (ids[2],)]
    assert select_claims(full(), set(ids[:2])).disagreements == ()


def test_a_trend_keeps_the_neighbours_that_are_there() -> None:
    (moon,) = select_claims(full(), {"moonlight.claim-1"}).trends
    assert (moon.id, moon.related) == ("moon", ())
    assert select_claims(full(), {"moonlight.claim-2"}).trends == full().trends


def test_nothing_chosen_is_nothing() -> None:
    assert select_claims(full(), {"no.such"}) == Bundle(NOW, "1.2.3")


def test_all_chosen_is_all_that_claims_need() -> None:
    part = select_claims(full(), {claim.id for claim in full().claims})
    assert (part.claims, part.trends, part.disagreements) == (full().claims, full().trends, full().disagreements)


def test_every_part_hangs_together() -> None:
    data = packaged.load_folder(packaged.get_packaged_folder())
    whole = Bundle(NOW, "1", data.articles, data.claims, data.trends, data.entities, data.disagreements)
    parts = [{claim.id for claim in data.claims[place : place + 10]} for place in range(0, len(data.claims), 20)]
    for part in [select_claims(whole, ids) for ids in parts] + [
        select_claims(full(), {claim.id}) for claim in full().claims
    ]:
        contents = read(write(part))
        assert contents.refused == ()
        assert replace(contents.holdings, exported=part.exported, version=part.version) == canonical(part)
