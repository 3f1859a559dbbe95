"""Types of the answers on single records, the catalogue and tables; field docstrings become schema descriptions."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import PlainSerializer

from knowledge.model import Attribution, Bound, CostBasis, EntityType, Kind, Status, Value
from knowledge.queries.answers import Answer, ArticleRecord, Cited, Dispute, Facet

Noun = Literal["article", "trend", "entity"]
"""Kinds of records in lists."""
TableName = Literal["counts", "costs"]

JsonNumber = Annotated[
    Decimal,
    PlainSerializer(lambda number: int(number) if number == int(number) else float(number), return_type=int | float),
]
"""A decimal that is written to JSON as a number."""


class ClaimEvent(Value):
    """An event in the history of a claim."""

    at: str
    """When (UTC)."""
    by: str
    """Who did it."""
    action: str
    """`recorded`, or the new status."""
    why: str | None = None
    """The reason given."""
    instead: str | None = None
    """Id of the claim that replaces or disputes it."""


class ClaimView(Answer):
    """One claim with its article, disputes and history."""

    claim: Cited
    """The claim."""
    article: ArticleRecord
    """The article that makes it."""
    disagreements: tuple[Dispute, ...]
    """The disagreements it takes part in."""
    history: tuple[ClaimEvent, ...] = ()
    """Its events since it was recorded, oldest first; empty for an unchanged packaged claim."""


class EntityRecord(Value):
    """A person, organisation or thing that claims are about or quote."""

    id: str
    """Id of the entity."""
    type: EntityType
    """Type of the entity."""
    name: str
    """Its usual name."""
    original: str
    """Its usual name in the other language."""
    aliases: tuple[str, ...] = ()
    """Other names and spellings."""
    iso: str | None = None
    """ISO 3166-1 alpha-3 code of a country."""
    maker: str | None = None
    """Who makes it."""
    makes: tuple[str, ...] = ()
    """Its products, as far as they are recorded here."""
    wikidata: str | None = None
    """Wikidata item."""
    note: str | None = None
    """A curator's note."""


class EntityView(Answer):
    """An entity: its record, the trends it occurs in, its claims in the order of curation."""

    entity: EntityRecord
    """Its record."""
    trends: tuple[Facet, ...]
    """Trends that its claims are about, those with most claims first."""
    claims: tuple[Cited, ...]
    """As many of its claims as fit."""
    total: int
    """Number of its claims: about it, by it, or with a figure of it."""


class ArticleEntry(Value):
    """An article in one line."""

    id: str
    """Id of the article."""
    title: str | None = None
    """Headline as published; absent when the text has none."""
    publisher: str | None = None
    """Who published it; absent when the text does not say."""
    published: str | None = None
    """When it was published (EDTF); absent when the text does not say."""
    coverage: str | None = None
    """The time it is about (EDTF)."""
    claims: int
    """Number of its claims."""
    about: str
    """Beginning of its description."""


class TrendEntry(Value):
    """A trend in one line."""

    id: str
    """Id of the trend."""
    name: str
    """Its name."""
    claims: int
    """Number of claims about it."""
    about: str
    """Beginning of its summary."""


class Catalogue(Answer):
    """The whole knowledge base in a page or two."""

    articles: tuple[ArticleEntry, ...]
    """The curated articles."""
    texts: int
    """Number of texts added by the user that have no claims."""
    trends: tuple[TrendEntry, ...]
    """The trends."""
    entities: dict[EntityType, tuple[str, ...]]
    """Names of entities by type, those with most claims first."""
    kinds: dict[Kind, int]
    """Number of claims of each kind."""
    measures: dict[str, int]
    """Number of figures of each measure."""
    disagreements: tuple[str, ...]
    """The questions on which the articles disagree."""


class RecordEntry(Value):
    """A record in a list."""

    noun: Noun
    """Kind of the record."""
    id: str
    """Its id."""
    korean: str
    """Korean name."""
    english: str
    """English name."""
    type: EntityType | None = None
    """Type of the entity."""
    claims: int
    """Number of its claims."""
    changed: date | None = None
    """The last day on which claims of it were curated; `None` if unknown."""


class FigureRow(Value):
    """One figure with its context. An empty cell is unknown or does not apply."""

    claim: str
    """Id of the claim that has the figure."""
    article: str
    """Id of the article that makes the claim."""
    kind: Kind
    """Kind of statement: a forecast, opinion or hypothesis is not a fact."""
    status: Status
    """Status of the claim."""
    measure: str
    """The quantity measured."""
    subject: str
    """Id of the entity that has the value."""
    subject_ko: str
    """Its name in Korean."""
    subject_en: str
    """Its name in English."""
    subject_type: EntityType
    """Type of the entity."""
    iso: str | None
    """ISO 3166-1 alpha-3 code, if it is a country."""
    value: JsonNumber
    """The number, in `unit`."""
    upper: JsonNumber | None
    """The other end of a range, with bound `between`."""
    bound: Bound
    """How the number limits the value: `less_than` is never the number itself."""
    unit: str
    """ISO 4217 code for money, otherwise a word."""
    raw: str
    """The number as the article writes it."""
    period: str | None
    """The time the value is for (EDTF)."""
    currency_year: int | None
    """The year of the currency's value."""
    compared_to: str | None
    """For a ratio, id of the entity it is measured against."""
    publisher: str | None
    """Id of the entity that counted or measured."""
    publisher_ko: str | None
    """Its name in Korean."""
    publisher_en: str | None
    """Its name in English."""
    population: str | None
    """Id of the entity whose instances are counted."""
    population_ko: str | None
    """Its name in Korean."""
    population_en: str | None
    """Its name in English."""
    rule_ko: str | None
    """Counting method, as far as the article states it, in Korean."""
    rule_en: str | None
    """The same in English."""
    cost_basis: CostBasis | None
    """What the cost covers; figures of different bases cannot be compared."""
    speaker: str | None
    """Id of the speaker; empty when the article itself says it."""
    speaker_ko: str | None
    """Its name in Korean."""
    speaker_en: str | None
    """Its name in English."""
    attribution: Attribution
    """How the article reports the speaker's words."""
    asserted: str | None
    """When it was said (EDTF)."""
    evidence: str
    """Places of the supporting words: article, code points (half-open), separated by semicolons."""
    statement_ko: str
    """What the article says, in our own words, in Korean."""
    statement_en: str
    """The same in English."""
    note_ko: str | None
    """A curator's note in Korean."""
    note_en: str | None
    """The same in English."""


class FigureTable(Value):
    """Figures, one a row, with the meaning of every column."""

    name: TableName
    """Name of the table."""
    notes: tuple[str, ...]
    """Caveats."""
    columns: dict[str, str]
    """Meaning of each column, in column order."""
    rows: tuple[FigureRow, ...]
    """The figures, in the order of curation."""
