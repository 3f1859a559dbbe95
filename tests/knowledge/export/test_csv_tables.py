import csv
import io

from knowledge.export.csv_tables import CLAIM_COLUMNS
from knowledge.export.formats import write
from tests.knowledge.export.sample_library import HOSTILE, full


def rows(name: str) -> list[dict[str, str]]:
    written = write(full(), name, "ko")
    assert written.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline="")))


def test_a_claim_is_a_row_with_everything_that_is_known_of_it() -> None:
    table = rows("csv")
    assert [row["id"] for row in table] == [claim.id for claim in full().claims]
    row = table[3]
    assert tuple(row) == tuple(CLAIM_COLUMNS)
    assert (row["status"], row["kind"], row["attribution"]) == ("retracted", "opinion", "unnamed")
    assert (row["recorded"], row["status_since"]) == ("2026-11-13T15:30:00Z", "2026-11-14T04:30:00Z")
    assert row["evidence"] == "moonlight 75-135 states; moonlight 80-165 context"
    assert row["status_why"] == HOSTILE[2]
    assert table[2]["instead"] == "copy.only"
    assert table[2]["figures_ko"].startswith("4개; 460만 달러 ~")
    assert table[5]["trends"].count("=") == 2


def test_words_from_outside_have_no_hidden_characters_and_a_flag() -> None:
    table = rows("csv")
    assert "\u202e" not in "".join(row["quotes"] for row in table)
    assert "hidden characters removed" in {row["flag"] for row in table}


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    for name in ("csv", "csv-figures"):
        cells = [cell for row in rows(name) for cell in row.values() if cell]
        assert not [cell for cell in cells if cell[0] in "=+-@\t\r\n＝＋－＠"]
    assert rows("csv")[4]["statement_ko"].startswith("'=HYPERLINK")


def test_figures_are_rows_of_their_own() -> None:
    table = rows("csv-figures")
    assert len(table) == sum(len(claim.figures) for claim in full().claims)
    assert (table[1]["value"], table[1]["upper"], table[1]["bound"]) == ("4600000", "4600000.50", "between")
