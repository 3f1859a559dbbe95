"""The packaged figures are those of the datasets, add up, and name their source; what does not is refused."""

from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.datasets import build
from knowledge.datasets.counting import RULES
from knowledge.datasets.model import CITATION
from knowledge.datasets.packaged import COSTS, RECOUNTS, read_costs, read_recounts
from knowledge.model.errors import DatasetError
from knowledge.store.packaged import CurationError, get_packaged_folder
from tests.conftest import ROOT
from tests.knowledge.datasets import epoch

DATA = ROOT / "knowledge" / "data"


def test_the_packaged_recounts_are_those_of_the_vintages() -> None:
    made = build.format_recounts([epoch.large_scale(vintage) for vintage in epoch.VINTAGES])
    assert made == (DATA / RECOUNTS).read_text(encoding="utf-8")


def test_the_packaged_costs_are_those_of_the_vintage() -> None:
    table = epoch.notable()
    assert build.format_costs(table) == (DATA / COSTS).read_text(encoding="utf-8")
    listed = {model.model: model for model in table.models}
    read = read_costs()
    assert read.vintage == table.vintage
    assert all(model == listed[model.model] for model in read.models)
    assert all(not listed[name].costs for name in read.without)


def test_every_vintage_has_every_rule_and_year() -> None:
    read = read_recounts()
    assert {(str(recount.vintage), recount.rule, recount.period) for recount in read.recounts} == {
        (vintage, rule, period)
        for vintage in epoch.VINTAGES
        for rule in RULES
        for period in ("2020/2024", "2020", "2021", "2022", "2023", "2024")
    }
    assert all(recount.population == "large_scale" for recount in read.recounts)


def test_the_rule_moves_france_from_9_to_20() -> None:
    found = {
        recount.rule: recount.counts["FRA"]
        for recount in read_recounts().recounts
        if (str(recount.vintage), recount.period) == ("2025-05-27", "2020/2024")
    }
    assert found == {"first": 9, "any": 20, "sole": 9}


def test_the_costs_keep_every_digit_and_every_basis() -> None:
    (gpt_4,) = [model for model in read_costs().models if model.model == "GPT-4"]
    assert [(cost.basis, cost.amount, cost.currency_year) for cost in gpt_4.costs] == [
        ("amortised_hardware_energy", Decimal("42166697.17422247"), 2023),
        ("cloud_compute", Decimal("81392748.68255694"), None),
        ("hardware_purchase", Decimal("806190976.8020828"), None),
    ]
    assert read_costs().without == ("Kimi K2", "Kimi K2 Thinking")


def test_a_cost_on_another_basis_than_its_column_is_remarked_on() -> None:
    remarks = {remark.model for remark in read_costs().remarks}
    assert remarks == {"DeepSeek-V3", "DeepSeek-R1", "Llama 2-70B"}
    assert all(cost.noted for model in read_costs().models if model.model in remarks for cost in model.costs)


def test_the_packaged_figures_name_source_and_licence() -> None:
    for source in (read_recounts().source, read_costs().source):
        assert source.licence == f"CC BY 4.0. {CITATION}"
        assert source.publisher == "Epoch AI"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("rows = 190", "rows = 191", "counts 178 models, and 179 have a country"),
        ('rule = "sole"', 'rule = "any"', "is there 2 times"),
        ("USA = 80", "USA = 81", "is not the sum of its years"),
        ("KOR = 11", "XKX = 11", "counts for XKX, which are no countries"),
        ('period = "2021"', 'period = "2019"', "lacks some of its years"),
        ("vintage = 2024-07-16", "vintage = 2024-07-17", "and not all of first, any, sole"),
        ("rows = 190", "rows = -1", "greater than or equal to 0"),
        ("[source]", "[sauce]", "sauce: Extra inputs are not permitted"),
        ("[source]", "[source", "cannot be read"),
    ],
)
def test_recounts_that_do_not_add_up_are_refused(before: str, after: str, message: str, tmp_path: Path) -> None:
    text = get_packaged_folder().joinpath(RECOUNTS).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / RECOUNTS).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CurationError) as refused:
        read_recounts(tmp_path)
    assert message in str(refused.value)
    assert "curate figures" in str(refused.value)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('model = "Grok 3"', 'model = "Grok 4"', "Grok 4: is there 2 times"),
        ('"Kimi K2",', '"GPT-4",', "GPT-4: is there 2 times"),
        ('basis = "cloud_compute"', 'basis = "hardware_purchase"', "two costs on one basis"),
        ('model = "DeepSeek-V3"', 'model = "DeepSeek"', "is remarked on and has no cost here"),
        ("amount = ", "amount = -", "greater than 0"),
        ('basis = "cloud_compute"', 'basis = "guess"', "models.3.costs.1.basis"),
    ],
)
def test_costs_that_contradict_themselves_are_refused(before: str, after: str, message: str, tmp_path: Path) -> None:
    text = get_packaged_folder().joinpath(COSTS).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / COSTS).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CurationError) as refused:
        read_costs(tmp_path)
    assert message in str(refused.value)


def test_the_figures_are_made_again_from_the_files(tmp_path: Path) -> None:
    files = [epoch.real(f"large_scale_ai_models.{vintage}.csv") for vintage in epoch.VINTAGES]
    written = build.write_figures([epoch.real("notable_ai_models.2025-12-02.csv"), *reversed(files)], tmp_path)
    assert [file.name for file in written] == [RECOUNTS, COSTS]
    assert all(file.read_bytes() == (DATA / file.name).read_bytes() for file in written)


def test_a_vintage_without_the_expected_models_makes_nothing(tmp_path: Path) -> None:
    header = (*epoch.HEADER, "Training compute cost (2023 USD)")
    name = "notable_ai_models.2026-01-01.csv"
    file = epoch.write(tmp_path, (*epoch.row("GPT-4"), "5"), header=header, name=name)
    with pytest.raises(DatasetError, match="differs from what is expected of Grok 4"):
        build.write_figures([file], tmp_path)
    assert list(tmp_path.iterdir()) == [file]
