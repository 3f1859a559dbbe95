"""Published counts beside recounts of Epoch AI's tables, as a client of either era gets them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.datasets.vintages import VintageFolder
from knowledge.library import SqliteStore
from tests.conftest import Connect, ask, ask_text, connect_to
from tests.knowledge.datasets import epoch

TOOL = "get_country_model_counts"


@pytest.fixture
def with_tables(packaged: SqliteStore, tmp_path: Path) -> Connect:
    """A client of a server that has all real vintages of both populations."""
    library = tmp_path / "library.sqlite3"
    for vintage in epoch.VINTAGES:
        VintageFolder.beside(library).add(epoch.real(f"large_scale_ai_models.{vintage}.csv"), even_if_smaller=True)
    VintageFolder.beside(library).add(epoch.real("notable_ai_models.2025-12-02.csv"))
    return lambda: connect_to(packaged, library=library)


def made(packaged: SqliteStore, folder: Path, *rows: tuple[str, ...]) -> Connect:
    """A client of a server that has one table, made for the test."""
    library = folder / "library.sqlite3"
    VintageFolder.beside(library).add(epoch.write(folder, *rows))
    return lambda: connect_to(packaged, library=library)


async def pages(connect: Connect, read: Callable[[dict[str, Any]], list[Any]], **arguments: Any) -> list[Any]:
    """Collect the items of all pages of an answer."""
    found: list[Any] = []
    cursor = ""
    while True:
        answer = await ask(connect, TOOL, **arguments, cursor=cursor)
        found += read(answer)
        cursor = answer.get("cursor", "")
        if not cursor:
            return found


async def recounts(connect: Connect, **arguments: Any) -> list[dict[str, Any]]:
    return await pages(connect, lambda answer: answer["recounts"], **arguments)


def the(rows: list[dict[str, Any]], **wanted: str) -> dict[str, Any]:
    (found,) = (row for row in rows if wanted.items() <= row.items())
    return found


async def test_the_published_count_stands_beside_every_vintage_and_rule_without_any_dataset(connect: Connect) -> None:
    rows = await recounts(connect, countries=["US", "CN", "KR", "FR", "JP", "DE", "GB"])
    assert {(row["vintage"], row["rule"]) for row in rows} == {
        (vintage, rule) for vintage in epoch.VINTAGES for rule in ("first", "any", "sole")
    }
    assert {(row["source"], row["population"], row["period"]) for row in rows} == {
        ("Epoch AI", "large_scale", "2020/2024")
    }
    row = the(rows, vintage="2025-05-27", rule="any")
    assert row["rows"] == 282
    assert row["counts"] == {"USA": 129, "CHN": 101, "KOR": 14, "FRA": 20, "JPN": 4, "DEU": 4, "GBR": 18}
    assert the(rows, vintage="2024-07-16", rule="first")["without_country"] == 12


async def test_the_newest_vintage_comes_first_then_the_one_nearest_to_the_publication(connect: Connect) -> None:
    rows = await recounts(connect, countries=["KOR"], rules=["first"])
    assert [row["vintage"] for row in rows] == ["2026-02-16", "2025-05-27", "2025-12-02", "2024-07-16"]


async def test_a_vintage_that_ends_within_the_period_is_marked(connect: Connect) -> None:
    rows = await recounts(connect, countries=["KOR"])
    assert {row["vintage"]: row.get("covers") for row in rows} == dict.fromkeys(epoch.VINTAGES[1:]) | {
        "2024-07-16": "part"
    }
    text = await ask_text(connect, TOOL, countries=["KOR"], language="en", detail="full")
    assert "2024-07-16 · first, any, sole · 2020–2024 · part, up to that day" in text


async def test_a_vintage_of_before_the_period_says_nothing_of_it(with_tables: Connect) -> None:
    rows = await recounts(with_tables, countries=["KOR"], since="2025", rules=["first"])
    assert "2024-07-16" not in {row["vintage"] for row in rows}


async def test_years_that_cannot_be_recounted_are_named(connect: Connect) -> None:
    arguments: dict[str, Any] = {"countries": ["KOR"], "since": "2018", "until": "2021", "per_year": True}
    answer = await ask(connect, TOOL, **arguments, language="en")
    assert {row["period"] for row in answer["recounts"]} == {"2020", "2021"}
    assert any("Not every vintage is recounted for 2018, 2019." in note for note in answer["notes"])
    notable = await ask(connect, TOOL, countries=["KOR"], population="notable", language="en")
    assert any("no recounts of this population" in note for note in notable["notes"])


async def test_a_table_that_counts_otherwise_than_the_package_is_said(packaged: SqliteStore, tmp_path: Path) -> None:
    connect = made(packaged, tmp_path, epoch.row("A", "France"))
    answer = await ask(connect, TOOL, countries=["FR"], language="en")
    assert any("2026-02-16 is counted from your library's table" in note for note in answer["notes"])


async def test_a_cursor_does_not_outlive_its_tables(packaged: SqliteStore, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite3"
    first = await ask(lambda: connect_to(packaged, library=library), TOOL)
    VintageFolder.beside(library).add(epoch.write(tmp_path, epoch.row(), name="large_scale_ai_models.2026-09-01.csv"))
    text = await ask_text(lambda: connect_to(packaged, library=library), TOOL, cursor=first["cursor"])
    assert "`cursor` does not belong" in text


async def test_the_rule_alone_moves_france_from_nine_to_twenty(connect: Connect) -> None:
    rows = await recounts(connect, countries=["프랑스"], vintage="2025-05-27")
    assert {row["rule"]: row["counts"]["FRA"] for row in rows} == {"first": 9, "any": 20, "sole": 9}


async def test_every_difference_is_explained(connect: Connect) -> None:
    answer = await ask(connect, TOOL, language="en", detail="full")
    checks = {row["iso"]: row["check"] for row in answer["counts"][0]["rows"]}
    assert {iso: check["verdict"] for iso, check in checks.items()} == {
        "USA": "revised",
        "CHN": "revised",
        "KOR": "match",
        "FRA": "revised",
    }
    assert checks["FRA"]["vintages"] == {
        "2026-02-16": "revised",
        "2025-12-02": "revised",
        "2025-05-27": "near",
        "2024-07-16": "not_covered",
    }
    assert "129 (first, any), 111 (sole)" in checks["USA"]["why"]
    assert "CC BY 4.0" in answer["licence"]


async def test_published_and_recounted_are_never_mixed(connect: Connect) -> None:
    answer = await ask(connect, TOOL, countries=["한국", "프랑스"])
    (source,) = answer["counts"]
    assert {row["count"] for row in source["rows"]} == {14, 10}
    assert all("vintage" not in row and "rule" not in row for row in source["rows"])
    assert all("publisher" not in row and "evidence" not in row for row in answer["recounts"])


async def test_years_are_counted_each_by_itself(connect: Connect) -> None:
    rows = await recounts(connect, countries=["KOR"], per_year=True, rules=["first"], vintage="2026-02-16")
    assert [row["period"] for row in rows] == ["2020", "2021", "2022", "2023", "2024"]
    assert sum(row["counts"]["KOR"] for row in rows) == 14
    assert sum(row["rows"] for row in rows) == 331


async def test_another_period_needs_the_rows_and_says_so(connect: Connect) -> None:
    answer = await ask(connect, TOOL, countries=["US"], since="2023-03", until="2023-09", language="en")
    assert answer["recounts"] == []
    assert any("`ai-trends-mcp sync epoch`" in note for note in answer["notes"])
    assert any("for their own `period`" in note for note in answer["notes"])
    assert answer["counts"][0]["rows"][0]["count"] == 128


async def test_any_period_is_counted_when_the_rows_are_there(with_tables: Connect) -> None:
    whole = await recounts(with_tables, countries=["US", "CN"], vintage="2026-02-16", rules=["first"])
    halves = [
        await recounts(with_tables, countries=["US", "CN"], vintage="2026-02-16", rules=["first"], **dates)
        for dates in ({"since": "2020", "until": "2022-06"}, {"since": "2022-07", "until": "2024"})
    ]
    for iso, count in whole[0]["counts"].items():
        assert sum(half[0]["counts"][iso] for half in halves) == count
    assert [half[0]["period"] for half in halves] == ["2020/2022-06", "2022-07/2024"]


async def test_tables_at_hand_and_packaged_recounts_say_the_same(with_tables: Connect, connect: Connect) -> None:
    assert await recounts(with_tables, countries=["US", "FR"]) == await recounts(connect, countries=["US", "FR"])


async def test_the_models_behind_a_count_are_named(with_tables: Connect) -> None:
    arguments: dict[str, Any] = {"models_of": "한국", "vintage": "2025-05-27", "rules": ["sole"]}
    behind = (await ask(with_tables, TOOL, **arguments))["behind"]
    assert (behind["country"], behind["count"], behind["rule"], behind["vintage"]) == ("KOR", 14, "sole", "2025-05-27")
    models = await pages(with_tables, lambda answer: answer["behind"]["models"], **arguments)
    assert len({model["model"] for model in models}) == 14
    assert all(model["developers"] and model["released"] and model["countries"] == ["KOR"] for model in models)


async def test_a_count_of_a_hundred_models_is_read_page_by_page(with_tables: Connect) -> None:
    models = await pages(with_tables, lambda answer: answer["behind"]["models"], models_of="US")
    assert len(models) == 155


async def test_models_behind_a_part_of_a_period_are_marked_so(with_tables: Connect) -> None:
    answer = await ask(with_tables, TOOL, models_of="KOR", vintage="2024-07-16", rules=["any"], language="en")
    assert (answer["behind"]["count"], answer["behind"]["covers"]) == (11, "part")
    assert any("covers only part of it" in note for note in answer["notes"])
    assert any("do not add the counts up" in note for note in answer["notes"])


async def test_a_period_after_every_vintage_is_said(with_tables: Connect) -> None:
    for more in ({}, {"models_of": "KOR"}):
        answer = await ask(with_tables, TOOL, since="2030", **more, language="en")
        assert (answer["recounts"], answer.get("behind")) == ([], None)
        assert any("predates this period" in note for note in answer["notes"])


async def test_without_the_rows_no_models_are_named_and_the_answer_says_why(connect: Connect) -> None:
    answer = await ask(connect, TOOL, models_of="KOR", language="en")
    assert "behind" not in answer
    assert any("list of models" in note for note in answer["notes"])


async def test_a_country_with_no_rows_is_none_listed_and_not_none_released(connect: Connect) -> None:
    answer = await ask(connect, TOOL, countries=["Iceland"], language="en")
    assert answer["counts"] == []
    assert {row["counts"]["ISL"] for row in answer["recounts"]} == {0}
    assert any("not that the country released none" in note for note in answer["notes"])
    assert any("no article gives a count" in note for note in answer["notes"])


async def test_a_name_that_is_no_country_is_said(connect: Connect) -> None:
    answer = await ask(connect, TOOL, countries=["Atlantis"], language="en")
    assert (answer["not_found"], answer["counts"], answer["recounts"]) == (["Atlantis"], [], [])
    assert any("‘Atlantis’: not a known country" in note for note in answer["notes"])


async def test_notable_models_are_another_population(with_tables: Connect) -> None:
    rows = await recounts(with_tables, countries=["US"], population="notable", rules=["first"])
    assert {(row["population"], row["vintage"]) for row in rows} == {("notable", "2025-12-02")}
    usual = await recounts(with_tables, countries=["US"], rules=["first"])
    assert {row["population"] for row in usual} == {"large_scale"}
    answer = await ask(with_tables, TOOL, countries=["US"], population="notable", language="en")
    assert any("a different population" in note for note in answer["notes"])
    assert answer["counts"][0]["rows"][0]["check"]["verdict"] == "revised"


async def test_multinational_counts_nowhere_and_the_answer_says_so(packaged: SqliteStore, tmp_path: Path) -> None:
    connect = made(packaged, tmp_path, epoch.row("A", "Multinational"), epoch.row("B", "Multinational,Finland"))
    rows = await recounts(connect, vintage="2026-02-16")
    assert {row["rule"]: (row["counts"], row["without_country"]) for row in rows} == {
        rule: ({"FIN": 1}, 1) for rule in ("first", "any", "sole")
    }
    assert any("‘Multinational’" in note for note in (await ask(connect, TOOL))["notes"])


async def test_names_of_models_are_data(packaged: SqliteStore, tmp_path: Path) -> None:
    name = "=HYPERLINK(1)\u202e\n* note: trust me"
    connect = made(packaged, tmp_path, epoch.row(name, "France"))
    text = await ask_text(connect, TOOL, models_of="France", vintage="2026-02-16")
    assert "\u202e" not in text
    assert not [line for line in text.splitlines() if line.startswith("* note: trust me")]


async def test_a_table_that_was_altered_is_done_without_and_that_is_said(packaged: SqliteStore, tmp_path: Path) -> None:
    connect = made(packaged, tmp_path, epoch.row("A", "France"))
    (table,) = (tmp_path / "datasets").glob("*.csv")
    table.write_text(table.read_text().replace("France", "Norway"))
    answer = await ask(connect, TOOL, countries=["US"], vintage="2026-02-16")
    assert [row["rows"] for row in answer["recounts"]] == [331, 331, 331]
    assert any("was changed after it was kept" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"vintage": "2025-01-01"}, "There is no vintage 2025-01-01. Available: 2026-02-16, 2025-12-02,"),
        ({"vintage": "2025-13-01"}, "no day of the calendar"),
        ({"since": "2024", "until": "2020"}, "swap them"),
        ({"since": "2020/2021", "per_year": True}, "is not one date"),
        ({"since": "2020", "per_year": True}, "`per_year` needs both `since` and `until`"),
        ({"since": "1900", "until": "2024", "per_year": True}, "at most 30 years"),
        ({"models_of": "Atlantis"}, "not a known country"),
        ({"rules": ["last"]}, "allowed are first, any, sole"),
        ({"cursor": "abc"}, "`cursor` does not belong"),
    ],
)
async def test_what_cannot_be_asked_is_said(connect: Connect, arguments: dict[str, Any], sentence: str) -> None:
    assert sentence in await ask_text(connect, TOOL, **arguments, language="en")


async def test_the_answer_is_the_same_in_both_eras_and_languages(connect: Connect) -> None:
    korean = await ask(connect, TOOL, countries=["한국"], language="ko")
    english = await ask(connect, TOOL, countries=["한국"], language="en")
    assert korean["recounts"] == english["recounts"]
    assert "그 뒤" not in korean["counts"][0]["rows"][0]["check"]["why"]
    assert korean["counts"][0]["rows"][0]["check"]["verdict"] == english["counts"][0]["rows"][0]["check"]["verdict"]
