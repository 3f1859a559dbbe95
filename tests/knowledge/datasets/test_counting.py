"""Each count is reproduced from its vintage, by its rule; and the models behind it are as many as it says."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.datasets.counting import RULES, list_counted_models, recount, recount_years, write_csv
from knowledge.datasets.model import ListedModel, ModelTable
from knowledge.datasets.parser import read_table
from knowledge.model.errors import UnanswerableError
from knowledge.model.records import CountingRule
from tests.knowledge.datasets import epoch

COUNTRIES = ("USA", "CHN", "KOR", "FRA", "JPN", "DEU", "GBR")


def _table(*models: ListedModel) -> ModelTable:
    return ModelTable(population="large_scale", vintage=date(2026, 1, 1), sha256="0" * 64, models=models, columns={})


@pytest.mark.parametrize(
    ("vintage", "rows", "rule", "counts"),
    [
        ("2024-07-16", 190, "first", (80, 54, 11, 7, 3, 2, 4)),
        ("2025-05-27", 282, "first", (129, 98, 14, 9, 4, 4, 5)),
        ("2025-05-27", 282, "any", (129, 101, 14, 20, 4, 4, 18)),
        ("2025-05-27", 282, "sole", (111, 96, 14, 9, 4, 3, 5)),
        ("2025-12-02", 330, "first", (154, 110, 14, 12, 4, 3, 7)),
        ("2025-12-02", 330, "any", (154, 112, 14, 17, 4, 3, 21)),
        ("2026-02-16", 331, "first", (155, 110, 14, 12, 4, 3, 7)),
        ("2026-02-16", 331, "any", (155, 112, 14, 17, 4, 3, 21)),
    ],
)
def test_the_recounts_done_by_hand_are_reproduced(
    vintage: str, rows: int, rule: CountingRule, counts: tuple[int, ...]
) -> None:
    done = recount(epoch.large_scale(vintage), rule, "2020/2024", COUNTRIES)
    assert (done.rows, done.undated, tuple(done.counts.values())) == (rows, 0, counts)
    assert tuple(done.counts) == COUNTRIES


@pytest.mark.parametrize("vintage", epoch.VINTAGES)
@pytest.mark.parametrize("rule", RULES)
def test_behind_every_count_are_as_many_models(vintage: str, rule: CountingRule) -> None:
    table = epoch.large_scale(vintage)
    for counted in (recount(table, rule, "2020/2024"), *recount_years(table, rule, 2017, 2026)):
        for country, count in counted.counts.items():
            models = list_counted_models(table, rule, counted.period, country)
            assert len(models) == count
            assert all(model.developers and model.released for model in models)


def test_multinational_is_no_country_by_any_rule() -> None:
    table = _table(
        ListedModel(model="A", released="2023", countries=("FIN",), multinational=True),
        ListedModel(model="B", released="2023", multinational=True),
        ListedModel(model="C", released="2023"),
    )
    for rule in RULES:
        done = recount(table, rule, "2023")
        assert (done.counts, done.rows, done.without_country) == ({"FIN": 1}, 3, 2)


def test_the_rule_decides() -> None:
    table = _table(ListedModel(model="A", released="2023", countries=("USA", "FRA")))
    assert [recount(table, rule, "2023", ["USA", "FRA"]).counts for rule in RULES] == [
        {"USA": 1, "FRA": 0},
        {"USA": 1, "FRA": 1},
        {"USA": 0, "FRA": 0},
    ]


def test_a_date_that_does_not_tell_is_not_counted_and_said() -> None:
    table = _table(
        ListedModel(model="year", released="2023", countries=("FRA",)),
        ListedModel(model="none", countries=("FRA",)),
        ListedModel(model="day", released="2023-06-30", countries=("FRA",)),
        ListedModel(model="before", released="2022", countries=("FRA",)),
    )
    assert [
        (counted.rows, counted.undated)
        for counted in (recount(table, "first", "2023"), recount(table, "first", "2023-06"))
    ] == [
        (2, 1),
        (1, 2),
    ]


def test_both_ends_of_a_period_are_in_it() -> None:
    table = _table(*(ListedModel(model=day, released=day, countries=("FRA",)) for day in ("2023-03-01", "2023-06-30")))
    assert recount(table, "any", "2023-03-01/2023-06-30").counts == {"FRA": 2}
    assert recount(table, "any", "2023-03-02/2023-06-29").counts == {}


def test_a_country_without_a_model_has_none() -> None:
    assert recount(epoch.large_scale("2026-02-16"), "any", "2020/2024", ["ISL"]).counts == {"ISL": 0}


@pytest.mark.parametrize(("period", "country"), [("2020-2024", "FRA"), ("2024/2020", "FRA"), ("2024", "Korea")])
def test_what_is_no_period_or_country_is_said(period: str, country: str) -> None:
    with pytest.raises(UnanswerableError):
        recount(_table(), "first", period, [country])
    with pytest.raises(UnanswerableError):
        list_counted_models(_table(), "first", period, country)


def test_a_formula_is_data_and_does_not_run_in_a_spreadsheet(tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://evil.example","x")', "+1", "-1", "@SUM(A1)"]
    table = read_table(epoch.write(tmp_path, *(epoch.row(name) for name in names)))
    assert [model.model for model in table.models] == names
    lines = write_csv(list_counted_models(table, "first", "2023", "FRA")).splitlines()
    assert lines[0] == "model,developers,released,countries,compute_flop,confidence"
    assert all(line.lstrip('"').startswith("'") for line in lines[1:])
