"""What the knowledge base says of single things and of itself as a whole: more shapes of answers, one sentence a field."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import PlainSerializer

from knowledge.model.records import Attribution, Bound, CostBasis, EntityType, Kind, Status, Value
from knowledge.queries.answers import Answer, ArticleRecord, Cited, Dispute, Facet

Noun = Literal["article", "trend", "entity"]
"""What the knowledge base has records of."""
TableName = Literal["counts", "costs"]

JsonNumber = Annotated[
    Decimal,
    PlainSerializer(lambda number: int(number) if number == int(number) else float(number), return_type=int | float),
]
"""A number that is a number in JSON too."""


class ClaimEvent(Value):
    """Something that happened to a claim."""

    at: str
    """When (UTC)."""
    by: str
    """Who did it."""
    action: str
    """`recorded`, or the status that it got."""
    why: str | None = None
    """Why."""
    instead: str | None = None
    """Id of the claim that takes its place, or that speaks against it."""


class ClaimView(Answer):
    """One claim with everything that is known of it."""

    claim: Cited
    """The claim."""
    article: ArticleRecord
    """The article that makes it."""
    disagreements: tuple[Dispute, ...]
    """The disagreements in which it holds a side."""
    history: tuple[ClaimEvent, ...] = ()
    """What happened to it since it was recorded, oldest first; empty for a packaged claim to which nothing did."""


class EntityRecord(Value):
    """Somebody or something that claims speak about or that speaks in them."""

    id: str
    """Id of the entity."""
    type: EntityType
    """What sort of thing it is."""
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
    """What it makes, as far as there is a record of it here."""
    wikidata: str | None = None
    """Wikidata item."""
    note: str | None = None
    """A curator's remark."""


class EntityView(Answer):
    """An entity: its record, the trends it occurs in, its claims in the order of curation."""

    entity: EntityRecord
    """Its record."""
    trends: tuple[Facet, ...]
    """Trends that its claims bear on, those with most claims first."""
    claims: tuple[Cited, ...]
    """As many of its claims as fit."""
    total: int
    """Claims it has in all: about it, by it, or with a figure of it."""


class ArticleEntry(Value):
    """An article in one line."""

    id: str
    """Id of the article."""
    title: str | None = None
    """Headline as published; absent where the text has none."""
    publisher: str | None = None
    """Who published it; absent where the text does not say."""
    published: str | None = None
    """When it was published (EDTF); absent where the text does not say."""
    coverage: str | None = None
    """The time it speaks about (EDTF)."""
    claims: int
    """How many claims it has."""
    about: str
    """How its description begins."""


class TrendEntry(Value):
    """A trend in one line."""

    id: str
    """Id of the trend."""
    name: str
    """Its name."""
    claims: int
    """How many claims bear on it."""
    about: str
    """How its summary begins."""


class Catalogue(Answer):
    """The whole knowledge base in a page or two."""

    articles: tuple[ArticleEntry, ...]
    """The curated articles."""
    texts: int
    """Texts that the user added and that have no claims."""
    trends: tuple[TrendEntry, ...]
    """The trends."""
    entities: dict[EntityType, tuple[str, ...]]
    """Names of entities by type, those with most claims first."""
    kinds: dict[Kind, int]
    """How many claims there are of each kind."""
    measures: dict[str, int]
    """How many figures there are of each measure."""
    disagreements: tuple[str, ...]
    """The questions on which the articles disagree."""


class RecordEntry(Value):
    """A record as a list of records shows it."""

    noun: Noun
    """What it is a record of."""
    id: str
    """Its id."""
    korean: str
    """What it is called in Korean."""
    english: str
    """What it is called in English."""
    type: EntityType | None = None
    """What sort of entity it is."""
    claims: int
    """How many claims it has."""
    changed: date | None = None
    """The newest day on which claims of it were curated; `None` is unknown."""


class FigureRow(Value):
    """One figure, with everything that keeps it honest. A cell that is empty is unknown or does not apply."""

    claim: str
    """Id of the claim that has the figure."""
    article: str
    """Id of the article that makes the claim."""
    kind: Kind
    """What sort of statement the claim is: a forecast, opinion or hypothesis is not a fact."""
    status: Status
    """Whether the claim still stands undisputed."""
    measure: str
    """What is measured."""
    subject: str
    """Id of the entity that has the value."""
    subject_ko: str
    """Its name in Korean."""
    subject_en: str
    """Its name in English."""
    subject_type: EntityType
    """What sort of entity it is."""
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
    """The time the value holds for (EDTF)."""
    currency_year: int | None
    """The year whose money it is."""
    compared_to: str | None
    """For a ratio, id of the entity it is measured against."""
    publisher: str | None
    """Id of who counted or measured."""
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
    """How they are counted, as far as the article says, in Korean."""
    rule_en: str | None
    """The same in English."""
    cost_basis: CostBasis | None
    """What the cost is the cost of; figures of different bases cannot be compared."""
    speaker: str | None
    """Id of who says it; empty where the article speaks itself."""
    speaker_ko: str | None
    """Its name in Korean."""
    speaker_en: str | None
    """Its name in English."""
    attribution: Attribution
    """How the article gives the speaker's words."""
    asserted: str | None
    """When it was said (EDTF)."""
    evidence: str
    """Where the bearing words stand: article, code points (half-open), separated by semicolons."""
    statement_ko: str
    """What the article says, in our own words, in Korean."""
    statement_en: str
    """The same in English."""
    note_ko: str | None
    """A curator's remark in Korean."""
    note_en: str | None
    """The same in English."""


class FigureTable(Value):
    """Figures, one a row, with what every column means."""

    name: TableName
    """What the figures are of."""
    notes: tuple[str, ...]
    """What to know when using them."""
    columns: dict[str, str]
    """What each column means, in the order of the columns."""
    rows: tuple[FigureRow, ...]
    """The figures, in the order of curation."""
