"""The decision records: numbered without gaps, alike in form, and listed in their index."""

import re

from tests.conftest import ROOT

DECISIONS = ROOT / "docs" / "decisions"
RECORDS = sorted(DECISIONS.glob("[0-9]*.md"))
HEADINGS = ["Context", "Decision", "What would change our mind"]


def test_every_record_has_the_same_form() -> None:
    for number, record in enumerate(RECORDS, 1):
        text = record.read_text(encoding="utf-8")
        assert record.name.startswith(f"{number:04}-"), record.name
        assert re.match(rf"# {number:04}\. .+\n\nDate: \d{{4}}-\d\d-\d\d\n", text), record.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS, record.name


def test_the_index_lists_every_record_by_its_title() -> None:
    listed = re.findall(r"^- \[(\d{4})\]\((.+?)\) (.+)$", (DECISIONS / "README.md").read_text("utf-8"), re.MULTILINE)
    titles = [record.read_text(encoding="utf-8").partition("\n")[0] for record in RECORDS]
    assert [name for _, name, _ in listed] == [record.name for record in RECORDS]
    assert [f"# {number}. {title}" for number, _, title in listed] == titles
