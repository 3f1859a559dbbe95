"""Hostile text in exports, which parses back as text and nothing else."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest

from knowledge.export import formats, jsonl_reader
from knowledge.export.selection import collect_holdings
from knowledge.store.bundle import Bundle, strip_text
from knowledge.text.sanitize import strip_hidden
from tests.hostile.conftest import Library
from tests.hostile.library import MARK, NAMED
from tests.knowledge.export.test_markdown import live

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
async def holdings(library: Library) -> Bundle:
    return await collect_holdings(library.store, NOW, "1", with_texts=True)


@pytest.mark.parametrize("name", [format_.name for format_ in formats.FORMATS])
async def test_nothing_hidden_is_in_an_export(holdings: Bundle, name: str) -> None:
    written = formats.write(holdings, name, "ko").removeprefix("\ufeff").replace("\r\n", "\n")
    assert strip_hidden(written) == written
    assert NAMED in written or MARK in written


@pytest.mark.parametrize("name", ["csv", "csv-figures"])
async def test_no_cell_is_a_formula(holdings: Bundle, name: str) -> None:
    written = formats.write(holdings, name, "ko").removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if re.match(r"[\s\ufeff]*[=+\-@＝＋－＠]", cell)]


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_markdown_has_no_markup_from_outside(holdings: Bundle, language: str) -> None:
    written = formats.write(holdings, "markdown", "ko" if language == "ko" else "en")
    left = live(written)
    assert not re.search(r"[<`\[\]{}|~^$&]|://|@|www\.|javascript:", left)
    assert not [
        line
        for line in left.split("\n")
        if re.match(rf"(?:#|>|[-*+] |\d+[.)] )?\s*{NAMED}", line.replace("- ", "", 1)) and not line.startswith("- ")
    ]


async def test_bibliographies_are_one_entry_an_article(holdings: Bundle) -> None:
    bibtex = formats.write(holdings, "bibtex", "en")
    assert len(re.findall(r"^@", bibtex, re.MULTILINE)) == len(holdings.articles)
    for entry in bibtex.split("\n@"):
        without = re.sub(r"\\[\\{}#$%&_]", "", entry)
        assert without.count("{") == without.count("}")
    assert not re.search(r"\\(?:input|write|catcode)", bibtex)
    items = json.loads(formats.write(holdings, "csl", "en"))
    assert [item["id"] for item in items] == [article.id for article in holdings.articles]


async def test_what_is_exported_comes_in_again_letter_by_letter(holdings: Bundle) -> None:
    for whole in (holdings, strip_text(holdings)):
        written = formats.write(whole, "jsonl", "en")
        contents = jsonl_reader.read(written)
        assert contents.refused == ()
        assert formats.write(contents.holdings, "jsonl", "en") == written


async def test_json_ld_has_no_context_but_its_own(holdings: Bundle) -> None:
    written = formats.write(holdings, "jsonld", "en")
    assert 'https://evil.example/zqx", "@id' not in written
    assert isinstance(json.loads(written)["@context"], dict)
    assert not [context for context in _contexts(json.loads(written)) if isinstance(context, str)]


def _contexts(value: object) -> list[object]:
    if isinstance(value, dict):
        own = value.get("@context", [])
        return [
            *(own if isinstance(own, list) else [own]),
            *(context for each in value.values() for context in _contexts(each)),
        ]
    return [context for each in value for context in _contexts(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", ["jsonl", "jsonld"])
async def test_sealed_it_has_no_words_of_texts(holdings: Bundle, name: str) -> None:
    longest = " ".join(["LONGLONG zqx"] * 18)
    assert longest not in formats.write(strip_text(holdings), name, "en")
    assert longest in formats.write(holdings, name, "en")
