"""A vintage is read whole, with every cell as what it says."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.datasets.model import ListedModel, TrainingCost
from knowledge.datasets.parser import identify, read_table
from knowledge.model.errors import DatasetError
from tests.knowledge.datasets import epoch


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("large_scale_ai_models.2024-07-16.csv", 192),
        ("large_scale_ai_models.2025-05-27.csv", 311),
        ("large_scale_ai_models.2025-12-02.csv", 473),
        ("large_scale_ai_models.2026-02-16.csv", 485),
        ("notable_ai_models.2025-12-02.csv", 952),
    ],
)
def test_every_vintage_is_read(name: str, rows: int) -> None:
    table = read_table(epoch.real(name))
    population, vintage, _ = name.replace("_ai_models", "").split(".")
    assert (table.population, str(table.vintage), len(table.models)) == (population, vintage, rows)
    assert table.unknown_countries == ()
    assert all(model.released and len(model.released) == 10 for model in table.models)


def test_headers_are_known_by_alias() -> None:
    old, new = epoch.large_scale("2024-07-16").columns, epoch.large_scale("2026-02-16").columns
    assert (old["model"], new["model"]) == ("System", "Model")
    assert (old["countries"], new["countries"]) == ("Country (from Organization)", "Country (of organization)")


def test_a_row_is_what_its_cells_say(tmp_path: Path) -> None:
    file = epoch.write(
        tmp_path,
        (
            " GPT\u200b-X\n",
            "OpenAI,Qilin Technology Co., Ltd. (APUS),OpenAI",
            "2023-03",
            "Multinational,Korea (Republic of),China,Korea (Republic of)",
            "2.1e+25",
            "42166697.17",
            "",
            "8e8",
            "Likely",
        ),
        header=(
            *epoch.HEADER,
            "Training compute cost (2023 USD)",
            "Training compute cost (cloud)",
            "Training compute cost (upfront)",
            "Confidence",
        ),
    )
    assert read_table(file).models == (
        ListedModel(
            model="GPT-X",
            developers=("OpenAI", "Qilin Technology Co., Ltd. (APUS)"),
            released="2023-03",
            countries=("KOR", "CHN"),
            multinational=True,
            compute=Decimal("2.1e25"),
            costs=(
                TrainingCost(
                    basis="amortised_hardware_energy",
                    amount=Decimal("42166697.17"),
                    currency_year=2023,
                    column="Training compute cost (2023 USD)",
                ),
                TrainingCost(
                    basis="hardware_purchase", amount=Decimal(800000000), column="Training compute cost (upfront)"
                ),
            ),
            confidence="Likely",
        ),
    )


def test_gpt_4_has_a_cost_on_three_bases() -> None:
    (gpt_4,) = [model for model in epoch.notable().models if model.model == "GPT-4"]
    assert {(cost.basis, round(cost.amount, -6), cost.currency_year) for cost in gpt_4.costs} == {
        ("amortised_hardware_energy", Decimal(42_000_000), 2023),
        ("cloud_compute", Decimal(81_000_000), None),
        ("hardware_purchase", Decimal(806_000_000), None),
    }


def test_kimi_k2_has_compute_and_no_cost() -> None:
    kimi = {model.model: model for model in epoch.notable().models if model.model.startswith("Kimi K2")}
    assert kimi["Kimi K2"].compute
    assert kimi["Kimi K2"].costs == kimi["Kimi K2 Thinking"].costs == ()


def test_what_a_row_leaves_open_is_unknown(tmp_path: Path) -> None:
    (model,) = read_table(epoch.write(tmp_path, ("A", "", "", "", ""))).models
    assert model == ListedModel(model="A")


def test_a_country_that_nobody_knows_keeps_its_place(tmp_path: Path) -> None:
    table = read_table(epoch.write(tmp_path, epoch.row(country="Atlantis,France"), epoch.row("B")))
    assert [model.countries for model in table.models] == [("ZZZ", "FRA"), ("FRA",)]
    assert table.unknown_countries == ("Atlantis",)


def test_another_year_of_dollars_is_read_from_the_header(tmp_path: Path) -> None:
    header = (*epoch.HEADER, "Training compute cost (2025 USD)")
    (model,) = read_table(epoch.write(tmp_path, (*epoch.row(), "5"), header=header)).models
    assert [cost.currency_year for cost in model.costs] == [2025]


def test_empty_lines_and_rows_are_no_models(tmp_path: Path) -> None:
    file = epoch.write(tmp_path, epoch.row(), ("", "", " ", "", ""))
    file.write_text(f"\ufeff{file.read_text(encoding='utf-8')}\n\n", encoding="utf-8")
    assert len(read_table(file).models) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("large_scale_ai_models.2025-05-27.csv", ("large_scale", date(2025, 5, 27))),
        ("notable_ai_models-2024-12-31 (1).csv", ("notable", date(2024, 12, 31))),
    ],
)
def test_the_name_says_what_a_file_is(name: str, expected: tuple[str, date]) -> None:
    assert identify(name) == expected


def test_what_is_given_completes_the_name_and_may_not_contradict_it() -> None:
    assert identify("notable.csv", None, date(2026, 1, 1)) == ("notable", date(2026, 1, 1))
    assert identify("x.2026-01-01.csv", "notable", date(2026, 1, 1)) == ("notable", date(2026, 1, 1))
    with pytest.raises(DatasetError, match="its name says large_scale, and --population says notable"):
        identify("large_scale.2025-05-27.csv", "notable")
    with pytest.raises(DatasetError, match="its name says 2025-05-27, and --vintage says 2026-01-01"):
        identify("large_scale.2025-05-27.csv", None, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("models.2025-05-27.csv", "does not say what its rows are"),
        ("large_scale_ai_models.csv", "does not say which day"),
        ("large_scale_ai_models.2025-13-27.csv", "does not say which day"),
    ],
)
def test_a_name_that_does_not_say_is_asked_about(name: str, message: str) -> None:
    with pytest.raises(DatasetError, match=message):
        identify(name)
