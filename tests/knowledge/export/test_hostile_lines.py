"""Whatever is put in place of whatever in a file: it is refused with sentences, or it was the same knowledge."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.export.jsonl import write
from knowledge.export.jsonl_reader import Contents, read
from knowledge.export.selection import select_claims
from knowledge.store.bundle import Bundle, strip_text
from knowledge.store.packaged import CurationError
from tests.knowledge.export.sample_library import NOW, full

pytestmark = pytest.mark.slow

PART = select_claims(full(), {f"moonlight.claim-{number}" for number in range(4)})
FILES = tuple(write(each) for each in (PART, strip_text(PART)))
JUNK: tuple[Any, ...] = (
    None,
    0,
    1.5,
    10**40,
    True,
    float("nan"),
    "",
    "x",
    "\ud800",
    "\u202e",
    [],
    [None],
    [[]],
    {},
    {"id": "x"},
    {"ko": 1},
)

Path = tuple[str | int, ...]


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*path, key)
        yield from _paths(each, (*path, key))


PLACES = [
    (file, number, path)
    for file, text in enumerate(FILES)
    for number, line in enumerate(text.splitlines())
    for path in _paths(json.loads(line))
]


def _contents(text: str) -> Contents:
    try:
        return read(text)
    except CurationError as error:
        return Contents(Bundle(NOW, ""), error.faults)


def _is_refused_or_the_same(text: str) -> None:
    contents = _contents(text)
    assert all(fault.problem and fault.fix for fault in contents.refused)
    assert read(write(contents.holdings)).refused == ()
    if not contents.refused:
        assert write(contents.holdings) == text


@given(st.sampled_from(PLACES), st.sampled_from(JUNK) | st.text(max_size=9), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_file_with_anything_in_any_place_is_refused_or_the_same(
    place: tuple[int, int, Path], junk: Any, missing: bool
) -> None:
    file, number, path = place
    lines = FILES[file].split("\n")
    record = json.loads(lines[number])
    parent = record
    for key in path[:-1]:
        parent = parent[key]
    if missing:
        del parent[path[-1]]
    else:
        parent[path[-1]] = junk
    lines[number] = dumped(record)
    _is_refused_or_the_same("\n".join(lines))


@given(st.integers(0, 1), st.integers(0, 60), st.integers(0, 60), st.sampled_from(["swap", "twice", "drop", "cut"]))
@settings(max_examples=200, deadline=None)
def test_a_file_whose_lines_were_moved_repeated_or_lost_is_refused_or_the_same(
    file: int, first: int, second: int, change: str
) -> None:
    lines = FILES[file].split("\n")
    first, second = first % len(lines), second % len(lines)
    if change == "swap":
        lines[first], lines[second] = lines[second], lines[first]
    elif change == "twice":
        lines.insert(second, lines[first])
    elif change == "drop":
        del lines[first]
    else:
        lines = lines[:first]
    changed = "\n".join(lines)
    if changed != FILES[file]:
        assert _contents(changed).refused
    _is_refused_or_the_same(changed)


@given(st.sampled_from(FILES), st.data(), st.characters(codec="utf-8"))
@settings(max_examples=300, deadline=None)
def test_a_file_with_another_character_anywhere_is_refused_or_the_same(
    text: str, data: st.DataObject, character: str
) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    _is_refused_or_the_same(text[:place] + character + text[place + 1 :])
