"""What a dataset of models says, as frozen values: the rows, the table they stand in, where it is from, what is counted in it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from knowledge.model.records import Bilingual, CostBasis, CountingRule, Digest, Line, Period, Population, Value

Iso = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Count = Annotated[int, Field(ge=0)]

PUBLISHER = "Epoch AI"
CITATION = "Epoch AI, ‘Data on AI Models’, epoch.ai/data/ai-models"
LICENCE = f"CC BY 4.0. {CITATION}"
"""The line to be shown wherever figures of theirs are."""


class TrainingCost(Value):
    """What training a model cost, on one basis, as Epoch AI estimates it."""

    basis: CostBasis
    """What the cost is the cost of."""
    amount: Annotated[Decimal, Field(gt=0)]
    """US dollars."""
    currency_year: int | None = None
    """The year whose dollars they are; `None` where the column does not say."""
    column: Line
    """The column it stands in."""
    noted: bool = False
    """Whether the row says how it was reckoned, which for some is not as the column's basis has it (a paper's own figure, say)."""


class ListedModel(Value):
    """One row: a model, who made it where and when, and what its training took. What the row leaves open is `None`."""

    model: Line
    """Its name in the dataset."""
    developers: tuple[Line, ...] = ()
    """Who made it, in the order listed."""
    released: Period | None = None
    """When it was published (EDTF), as precisely as the row says."""
    countries: tuple[Iso, ...] = ()
    """The developers' countries (ISO 3166-1 alpha-3), each once, in the order listed; `ZZZ` for an unknown name."""
    multinational: bool = False
    """Whether the row lists "Multinational" among its countries, which is none and counts nowhere."""
    compute: Annotated[Decimal, Field(gt=0)] | None = None
    """Training compute in FLOP."""
    costs: tuple[TrainingCost, ...] = ()
    """What its training cost, by basis."""
    confidence: Line | None = None
    """How sure Epoch AI is of the row's estimates, in its words."""


class ModelTable(Value):
    """One vintage of one population, as it was read from a file."""

    population: Population
    """What its rows are."""
    vintage: date
    """The day on which the dataset was so."""
    sha256: Digest
    """SHA-256 of the file."""
    models: tuple[ListedModel, ...]
    """The rows, in the file's order."""
    columns: dict[str, str]
    """The file's headers by what was read from them."""
    unknown_countries: tuple[str, ...] = ()
    """Names of countries that stand for no known country, as written."""


class VintageRecord(Value):
    """The record of one vintage that is kept: what it is, and where it is from."""

    population: Population
    """What its rows are."""
    vintage: date
    """The day on which the dataset was so."""
    sha256: Digest
    """SHA-256 of the file."""
    bytes: Annotated[int, Field(gt=0)]
    """Length of the file."""
    rows: Annotated[int, Field(gt=0)]
    """Models in it."""
    source: Line
    """Where it is from: an address, or the name of a file."""
    retrieved: datetime
    """When it was fetched or handed over."""
    licence: Line = LICENCE
    """The licence and whom to cite."""

    def days_old(self, today: date) -> int:
        """Its age: days from the vintage to `today`."""
        return (today - self.vintage).days


class Recount(Value):
    """How many models each country has in one vintage, by one rule, of one period."""

    population: Population
    """What is counted."""
    vintage: date
    """The day on which the dataset was so."""
    rule: CountingRule
    """Which of its countries a model counts for."""
    period: Period
    """The time in which the models were published (EDTF)."""
    rows: Count
    """Models published in the period, with or without a country."""
    undated: Count = 0
    """Models that may have been published in it, as far as the dataset says: they are not counted."""
    without_country: Count = 0
    """Models among `rows` that have no country, "Multinational" being none: they count nowhere."""
    counts: dict[Iso, Count]
    """Models by country; a country that is not here has none."""


class DatasetSource(Value):
    """Where packaged figures are from."""

    publisher: Line = PUBLISHER
    """Who publishes the dataset."""
    licence: Line = LICENCE
    """The licence and whom to cite."""
    url: Line
    """Where the dataset is."""


class Recounts(Value):
    """Our own recounts of several vintages, by each rule: the whole of 2020 to 2024, and each year."""

    source: DatasetSource
    recounts: tuple[Recount, ...]


class CostRemark(Value):
    """What a curator has to say of a model's costs."""

    model: Line
    text: Bilingual


class Costs(Value):
    """The costs of some well-known models in one vintage."""

    source: DatasetSource
    population: Population
    vintage: date
    """The day on which the dataset was so."""
    without: tuple[Line, ...]
    """Models that it lists and has no cost for."""
    remarks: tuple[CostRemark, ...]
    models: tuple[ListedModel, ...]
    """Rows of the dataset, whole."""
