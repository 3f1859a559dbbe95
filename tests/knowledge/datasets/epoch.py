"""Epoch AI's tables: the real ones where they are beside the project, and small ones made for a test."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.datasets.model import ModelTable
from knowledge.datasets.parser import read_table
from tests.conftest import SHARED

EPOCH = SHARED / "datasets" / "epoch"
VINTAGES = ("2024-07-16", "2025-05-27", "2025-12-02", "2026-02-16")
HEADER = ("Model", "Organization", "Publication date", "Country (of organization)", "Training compute (FLOP)")
NAME = "large_scale_ai_models.2026-02-16.csv"


def real(name: str) -> Path:
    """One of the real files; without it the test is skipped."""
    file = EPOCH / name
    if not file.is_file():
        pytest.skip(f"Epoch AI's tables are not at hand: {name} is not in datasets/epoch beside the project")
    return file


def large_scale(vintage: str) -> ModelTable:
    return read_table(real(f"large_scale_ai_models.{vintage}.csv"))


def notable() -> ModelTable:
    return read_table(real("notable_ai_models.2025-12-02.csv"))


def row(model: str = "A", country: str = "France", date: str = "2023-05-01", compute: str = "1e24") -> tuple[str, ...]:
    """A row below HEADER."""
    return (model, "Maker", date, country, compute)


def write(folder: Path, *rows: Sequence[str], header: Sequence[str] = HEADER, name: str = NAME) -> Path:
    """A file with these rows."""
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([header, *rows])
    return file


def many(folder: Path, count: int, name: str = NAME) -> Path:
    """A file with so many rows."""
    return write(folder, *(row(f"Model {number}") for number in range(count)), name=name)
