"""Tests of tables: a row has the whole context of its figure, and no cell is a formula."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, UnanswerableError
from knowledge.library import SqliteStore
from knowledge.queries.record_answers import FigureRow
from knowledge.queries.tables import write_csv
from tests.knowledge.samples import ARTICLE, CLAIM, COST, ENTITIES, MONEY, folder, sealed


def _cells(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written, newline="")))


async def test_a_table_of_an_unknown_name_is_refused(knowledge: KnowledgeBase) -> None:
    with pytest.raises(UnanswerableError, match="Available: counts, costs"):
        await knowledge.table("prices")


async def test_a_row_says_everything_that_is_known_of_its_figure(knowledge: KnowledgeBase) -> None:
    table = await knowledge.table("counts")
    (row,) = [row for row in table.rows if row.iso == "FRA"]
    assert json.loads(row.model_dump_json(exclude={"statement_ko", "statement_en", "note_ko", "note_en"})) == {
        "claim": "korea-large-models.count-france",
        "article": "korea-large-models",
        "kind": "figure",
        "status": "current",
        "measure": "models_released",
        "subject": "france",
        "subject_ko": "프랑스",
        "subject_en": "France",
        "subject_type": "country",
        "iso": "FRA",
        "value": 10,
        "upper": None,
        "bound": "exact",
        "unit": "models",
        "raw": "10개",
        "period": "2020/2024",
        "currency_year": None,
        "compared_to": None,
        "publisher": "spri",
        "publisher_ko": "소프트웨어정책연구소",
        "publisher_en": "Software Policy & Research Institute",
        "population": "large-scale-ai-model",
        "population_ko": "초거대 AI 모델",
        "population_en": "large-scale AI model",
        "rule_ko": None,
        "rule_en": None,
        "cost_basis": None,
        "speaker": "spri",
        "speaker_ko": "소프트웨어정책연구소",
        "speaker_en": "Software Policy & Research Institute",
        "attribution": "indirect",
        "asserted": None,
        "evidence": row.evidence,
    }
    assert row.evidence.startswith("korea-large-models ")


async def test_every_column_says_what_it_means(knowledge: KnowledgeBase) -> None:
    table = await knowledge.table("costs")
    assert list(table.columns) == list(FigureRow.model_fields)
    assert all(table.columns.values())
    assert table.notes


async def test_csv_is_lines_that_end_as_the_standard_says_with_a_header(knowledge: KnowledgeBase) -> None:
    table = await knowledge.table("counts")
    written = write_csv(table)
    assert written.endswith("\r\n")
    assert written.partition("\r\n")[0] == ",".join(table.columns)
    assert "\n" not in written.replace("\r\n", "")
    assert not written.startswith("\ufeff")
    assert len(_cells(written)) == len(table.rows) == 4


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "＝"])
async def test_text_that_a_spreadsheet_would_evaluate_is_escaped(tmp_path: Path, beginning: str) -> None:
    name = f'{beginning}HYPERLINK("http://x"),"1'
    entities = ENTITIES.replace('name.en = "Moonlight Lab"', f"name.en = '{name}'")
    async with SqliteStore(None, folder(tmp_path, entities=entities)) as store:
        table = await KnowledgeBase(store).table("counts")
    (cells,) = _cells(write_csv(table))
    assert cells["subject_en"] == f"'{name}"
    assert table.rows[0].subject_en == name


async def test_a_number_stays_a_number(tmp_path: Path) -> None:
    changed = ARTICLE.replace('value = "14"', 'value = "-0.5"\nbound = "less_than"').replace("14개", "-0.5개")
    async with SqliteStore(None, folder(tmp_path, changed)) as store:
        table = await KnowledgeBase(store).table("counts")
    (cells,) = _cells(write_csv(table))
    assert (cells["value"], cells["bound"], cells["upper"]) == ("-0.5", "less_than", "")
    assert json.loads(table.model_dump_json())["rows"][0]["value"] == -0.5


async def test_a_cost_without_a_number_has_no_row_and_other_figures_are_no_counts(tmp_path: Path) -> None:
    cost = (
        CLAIM.replace("moonlight.models", "moonlight.cost")
        + 'cost_basis = "final_training_run"\n'
        + MONEY
        + sealed(COST)
    )
    words = CLAIM.replace("moonlight.models", "moonlight.words").replace('"figure"', '"fact"')
    article = ARTICLE + cost + words + 'cost_basis = "price_unspecified"\n' + sealed(COST)
    async with SqliteStore(None, folder(tmp_path, article)) as store:
        counts = await KnowledgeBase(store).table("counts")
        costs = await KnowledgeBase(store).table("costs")
    assert [row.claim for row in counts.rows] == ["moonlight.models"]
    assert [(row.claim, row.value, row.unit, row.cost_basis) for row in costs.rows] == [
        ("moonlight.cost", Decimal(4_600_000), "USD", "final_training_run")
    ]
