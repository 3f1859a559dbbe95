"""Articles for reference managers: BibTeX that parses, CSL-JSON as its schema wants it."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from knowledge.export import bibliography
from knowledge.export.escaping import tex
from knowledge.text.sanitize import strip_hidden
from tests.knowledge.export.sample_library import HOSTILE, full

_TEXT = {"type": "string"}
_NAMES = {
    "type": "array",
    "items": {"type": "object", "properties": {"literal": _TEXT}, "additionalProperties": False},
}
_PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "items": _PARTS, "minItems": 1, "maxItems": 2},
        "edtf": {"type": "string", "pattern": r"^[0-9/.\-]+$"},
    },
    "additionalProperties": False,
    "minProperties": 1,
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": ["article-newspaper", "webpage", "document"]},
            **dict.fromkeys(["id", "title", "container-title", "URL", "language", "note"], _TEXT),
            **dict.fromkeys(["author", "editor"], _NAMES),
            **dict.fromkeys(["issued", "accessed"], _DATE),
            "custom": {"type": "object"},
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
"""Types and variables of the CSL 1.0.2 schema (csl-data.json) that are used here, somewhat more strictly."""


def items() -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads(bibliography.write_csl(full(), "ko"))}


def test_csl_is_as_its_schema_wants_it() -> None:
    Draft202012Validator(CSL).validate(list(items().values()))


def test_csl_says_of_an_article_what_is_known() -> None:
    known = items()
    assert known["web"] == {
        "id": "web",
        "type": "webpage",
        "title": "[web (한)]",
        "issued": {"date-parts": [[2025, 5]]},
        "URL": "https://web.example/",
        "language": "ko",
        "note": known["web"]["note"],
        "custom": {"sha256": full().articles[3].sha256, "code-points": 6},
    }
    moon = known["moonlight"]
    assert moon["issued"] == {"date-parts": [[2026, 1, 3]]}
    assert moon["accessed"] == {"date-parts": [[2026, 11, 13]]}
    assert known["bare"]["issued"] == {"edtf": "../2026-02"}
    assert "URL" not in known["copy"]


def test_bibtex_says_of_an_article_what_is_known() -> None:
    written = bibliography.write_bibtex(full(), "en")
    assert (
        "@online{web,\n  title = {{[web (en)]}},\n  date = {2025-05},\n  year = {2025},\n  url = {https://web.example/},\n"
        in written
    )
    assert "@misc{copy,\n" in written
    moon = written.split("\n\n")[0]
    assert "  date = {2026-01-03},\n  year = {2026},\n" in moon
    assert "  url = {https://news.example/moon?a=1&b=[2]},\n  urldate = {2026-11-13},\n" in moon
    assert f"SHA-256 {full().articles[0].sha256}" in moon
    assert "  date = {../2026-02},\n  year = {2026},\n" in written


def test_bibtex_has_one_entry_an_article_and_balanced_braces() -> None:
    written = bibliography.write_bibtex(full(), "ko")
    depth = 0
    for character in written:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert re.findall(r"^@\w+\{([a-z]+),$", written, flags=re.MULTILINE) == ["moonlight", "copy", "bare", "web"]
    assert strip_hidden(written) == written


@pytest.mark.parametrize("words", HOSTILE)
def test_no_command_of_tex_comes_from_outside(words: str) -> None:
    ours = r"\\(?:textbackslash|textbraceleft|textbraceright|textasciicircum|textasciitilde)\{\}|\\[#$%&_]"
    assert not re.search(r"[\\{}$%#&_^~]", re.sub(ours, "", tex(words)))
