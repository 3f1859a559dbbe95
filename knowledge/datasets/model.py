"""Frozen values of a dataset of models: rows, tables, records of vintages, recounts and costs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from knowledge.model import Bilingual, CostBasis, CountingRule, Digest, Line, Period, Population, Value

Iso = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Count = Annotated[int, Field(ge=0)]

PUBLISHER = "Epoch AI"
CITATION = "Epoch AI, ‘Data on AI Models’, epoch.ai/data/ai-models"
LICENCE = f"CC BY 4.0. {CITATION}"
"""Attribution line, shown wherever Epoch AI's figures are."""


class TrainingCost(Value):
    """Training cost of a model on one basis, as estimated by Epoch AI."""

    basis: CostBasis
    """Basis of the cost."""
    amount: Annotated[Decimal, Field(gt=0)]
    """US dollars."""
    currency_year: int | None = None
    """Year of the dollars; `None` if the column does not say."""
    column: Line
    """Header of its column."""
    noted: bool = False
    """True if the row describes its own method, which may differ from the column's basis (a paper's own figure, say)."""


class ListedModel(Value):
    """Row of a dataset: a model with its developers, countries, date and training costs. Unknown values are `None`."""

    model: Line
    """Its name in the dataset."""
    developers: tuple[Line, ...] = ()
    """Developers, in the order listed."""
    released: Period | None = None
    """Publication date (EDTF), as precise as in the row."""
    countries: tuple[Iso, ...] = ()
    """The developers' countries (ISO 3166-1 alpha-3), each once, in the order listed; `ZZZ` for an unknown name."""
    multinational: bool = False
    """True if the row lists "Multinational" among its countries, which is no country and never counts."""
    compute: Annotated[Decimal, Field(gt=0)] | None = None
    """Training compute in FLOP."""
    costs: tuple[TrainingCost, ...] = ()
    """Training costs, by basis."""
    confidence: Line | None = None
    """Epoch AI's confidence in the estimates of the row, in its words."""


class ModelTable(Value):
    """Table of one vintage of one population, as read from a file."""

    population: Population
    """Population of its rows."""
    vintage: date
    """Day of the dataset's state."""
    sha256: Digest
    """SHA-256 of the file."""
    models: tuple[ListedModel, ...]
    """The rows, in the file's order."""
    columns: dict[str, str]
    """Headers of the file by the fields read from them."""
    unknown_countries: tuple[str, ...] = ()
    """Unknown country names, as written."""


class VintageRecord(Value):
    """Record of a vintage in the folder: identity, digest, source and licence."""

    population: Population
    """Population of its rows."""
    vintage: date
    """Day of the dataset's state."""
    sha256: Digest
    """SHA-256 of the file."""
    bytes: Annotated[int, Field(gt=0)]
    """Length of the file."""
    rows: Annotated[int, Field(gt=0)]
    """Number of models."""
    source: Line
    """Origin: an address, or the name of a file."""
    retrieved: datetime
    """Time of fetching or adding."""
    licence: Line = LICENCE
    """Licence and citation."""

    def days_old(self, today: date) -> int:
        """Return the days from the vintage to `today`."""
        return (today - self.vintage).days


class Recount(Value):
    """Number of models by country in one vintage, by one rule, for one period."""

    population: Population
    """Population counted."""
    vintage: date
    """Day of the dataset's state."""
    rule: CountingRule
    """Counting rule: which of its countries a model counts for."""
    period: Period
    """Period in which the models were published (EDTF)."""
    rows: Count
    """Models published in the period, with or without a country."""
    undated: Count = 0
    """Models whose date is too vague to tell; they are not counted."""
    without_country: Count = 0
    """Models among `rows` without a country ("Multinational" is none); they never count."""
    counts: dict[Iso, Count]
    """Models by country; a missing country has none."""


class DatasetSource(Value):
    """Source of packaged figures."""

    publisher: Line = PUBLISHER
    """Publisher of the dataset."""
    licence: Line = LICENCE
    """Licence and citation."""
    url: Line
    """Address of the dataset."""


class Recounts(Value):
    """Our own recounts of several vintages by each rule: 2020 to 2024, and each of these years."""

    source: DatasetSource
    recounts: tuple[Recount, ...]


class CostRemark(Value):
    """Curator's remark on a model's costs."""

    model: Line
    text: Bilingual


class Costs(Value):
    """Costs of well-known models in one vintage."""

    source: DatasetSource
    population: Population
    vintage: date
    """Day of the dataset's state."""
    without: tuple[Line, ...]
    """Listed models without a cost."""
    remarks: tuple[CostRemark, ...]
    models: tuple[ListedModel, ...]
    """Complete rows of the dataset."""
