"""Whatever is put in place of whatever in an export: it is refused with sentences, or it was the same knowledge."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.curated import CurationError
from knowledge.exporting.choosing import chosen
from knowledge.exporting.jsonld import write
from knowledge.exporting.taking import Taken, take
from knowledge.holdings import Holdings
from tests.knowledge.exporting.invented import NOW, full

DOCUMENT = write(chosen(full(), {f"moonlight.claim-{one}" for one in range(4)}))
JUNK: tuple[Any, ...] = (
    None,
    0,
    1.5,
    10**40,
    True,
    "",
    "x",
    "claim:",
    "\ud800",
    "\u202e",
    [],
    [None],
    [[]],
    {},
    {"@id": "x"},
    {"ko": 1},
)

Path = tuple[str | int, ...]


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*path, key)
        yield from _paths(one, (*path, key))


PATHS = [path for path in _paths(json.loads(DOCUMENT)) if path[0] != "@context"]


@given(st.sampled_from(PATHS), st.sampled_from(JUNK) | st.text(max_size=9), st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_document_with_anything_in_any_place_is_refused_or_the_same(path: Path, junk: Any, missing: bool) -> None:
    document = json.loads(DOCUMENT)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    if missing:
        del parent[path[-1]]
    else:
        parent[path[-1]] = junk
    try:
        taken = take(json.dumps(document))
    except CurationError as error:
        taken = Taken(Holdings(NOW, "1"), error.faults)
    assert all(fault.problem and fault.mend for fault in taken.refused)
    assert take(write(taken.holdings)).refused == ()
    if not taken.refused:
        assert json.loads(write(taken.holdings)) == document
