"""Types of the answers on figures: counts of models by country, costs of models."""

from decimal import Decimal
from typing import Literal

from knowledge.model import CostBasis, CostPart, CountingRule, Population, Value
from knowledge.queries.answers import Answer, Citation, Cited

CountVerdict = Literal["match", "near", "revised", "conflict", "not_covered"]
"""How a published count compares with recounts of the dataset that it is based on."""
COUNT = "models_released"
"""The measure of counts of models by country."""
PRICED = frozenset({"model", "product", "company"})
"""Types of entities that have costs of their own."""
CostSource = Literal["article", "dataset", "list_price", "reseller"]


class Check(Value):
    """How a published count compares with recounts of the dataset."""

    verdict: CountVerdict
    """`match`: one rule gives this number, both around publication and today; `near`: the same within one model or 5%; `revised`: a match or near around publication, but the dataset has changed since; `conflict`: no rule comes near around publication; `not_covered`: nothing to compare with."""
    why: str
    """The numbers behind the verdict."""
    vintages: dict[str, CountVerdict] | None = None
    """The verdict by vintage; only with full detail."""


class CountryCount(Value):
    """The number of models released in a country, according to one source."""

    country: str
    """Name of the country."""
    iso: str
    """ISO 3166-1 alpha-3 code."""
    count: int
    """Number of models, exactly as published."""
    rank: int
    """Rank among the countries whose counts by this source are known here."""
    stated_rank: int | None = None
    """Rank stated in the article; absent when none is."""
    share_percent: float
    """Share of the sum of the counts known here, not of the world total; one decimal."""
    ratio_to_leader: float
    """The count divided by the leader's; three decimals."""
    gap_to_leader: int
    """The leader's count minus this one."""
    claim: str
    """Id of the claim that gives the count."""
    evidence: tuple[Citation, ...]
    """The words that support it."""
    check: Check | None = None
    """How it compares with recounts of the dataset."""


class CountSource(Value):
    """A published count: one publisher, period and population, with its countries. Never combine it with another."""

    publisher: str
    """Who counted."""
    period: str
    """The time in which the models were released (EDTF)."""
    population: str
    """What was counted, in the article's terms."""
    rule: str
    """Counting method, as far as the article states it."""
    dataset: str | None = None
    """The dataset it is based on, known to curators from outside the article; absent when unknown."""
    as_of: str | None = None
    """When it was published (EDTF), also from outside the article."""
    total: int | None = None
    """Number of models counted worldwide, also from outside the article."""
    articles: tuple[str, ...]
    """Ids of the articles that report it."""
    rows: tuple[CountryCount, ...]
    """The countries asked for, most models first."""


class CountryRecount(Value):
    """Our recount of one period in one vintage of a dataset, by one rule. Never combine it with published counts."""

    source: str
    """Publisher of the dataset."""
    population: Population
    """Population of the dataset."""
    vintage: str
    """Date of the dataset's version."""
    rule: CountingRule
    """A model counts for the `first` country listed, for `any` listed, or only for a `sole` one."""
    period: str
    """The time in which the models were released (EDTF)."""
    covers: Literal["part"] | None = None
    """`part` when the vintage is dated within the period: later models are missing."""
    rows: int
    """Models of that period in the dataset."""
    without_country: int = 0
    """Of these, the models without a country, counted nowhere."""
    undated: int = 0
    """Models left out because their date is unclear."""
    counts: dict[str, int]
    """Models by country (ISO 3166-1 alpha-3), most first."""


class CountedModel(Value):
    """A model behind a count."""

    model: str
    """Its name in the dataset."""
    developers: tuple[str, ...]
    """Who made it."""
    released: str
    """When it was published (EDTF)."""
    countries: tuple[str, ...]
    """The developers' countries, in the order listed."""


class Behind(Value):
    """The models behind one count."""

    country: str
    """ISO 3166-1 alpha-3 code."""
    source: str
    """Publisher of the dataset."""
    vintage: str
    """Date of the dataset's version."""
    rule: CountingRule
    """Counting rule."""
    period: str
    """The time in which they were released (EDTF)."""
    covers: Literal["part"] | None = None
    """`part` when the vintage is dated within the period: later models are missing."""
    count: int
    """Number of models in all."""
    models: tuple[CountedModel, ...]
    """Models of this page, newest first."""


class CountryCounts(Answer):
    """Counts of large AI models by country: published counts, beside recounts of the dataset."""

    counts: tuple[CountSource, ...]
    """As published, by publisher, period and population."""
    recounts: tuple[CountryRecount, ...] = ()
    """Our recounts, by vintage and rule."""
    behind: Behind | None = None
    """The models behind a count, with `models_of`."""
    not_found: tuple[str, ...] = ()
    """Names of no known country."""
    countries_known: tuple[str, ...]
    """Countries with a published count."""
    licence: str | None = None
    """Licence of the dataset, and whom to cite."""
    cursor: str | None = None
    """Of the next page."""


class CostFigure(Value):
    """The cost of a model on one basis."""

    model: str
    """The model."""
    cost_basis: CostBasis
    """What the cost covers."""
    said: str
    """The amount in words, with its bound."""
    amounts: dict[CostPart, Decimal]
    """The amount by part; an API price is per million tokens of `input`, `cached_input`, `output`."""
    currency: str = "USD"
    """ISO 4217 code."""
    currency_year: int | None = None
    """The year of the currency's value; absent when not stated."""
    kind: CostSource
    """Kind of source: an article's statement, a dataset's estimate, the maker's list price or a reseller's."""
    source: str
    """The source: a claim, the dataset's publisher, or the price list and provider."""
    as_of: str | None = None
    """The day of the source's data; absent when unknown."""
    times_lowest: dict[CostPart, Decimal] | None = None
    """Ratio to the lowest comparable figure of this page: same basis, part, currency, year and method. Absent when there is none."""
    standing: Literal["apart"] | None = None
    """`apart`: no valid ratio, because of a bound, an unknown year, another method, an hourly price or a reseller."""
    notes: tuple[str, ...] = ()
    """Conditions and caveats."""

    @property
    def first_amount(self) -> Decimal:
        """Return the amount by which figures of a basis are sorted: the total, or the price of input."""
        return next(iter(self.amounts.values()))


class CostItem(Value):
    """A statement about cost, with its models."""

    models: tuple[str, ...]
    """The models or companies it is about."""
    claim: Cited
    """The statement."""


class CostGroup(Value):
    """Costs on one basis. Never rank figures of different groups against each other."""

    basis: CostBasis
    """What the cost covers."""
    meaning: str
    """The basis in words."""
    figures: tuple[CostFigure, ...] = ()
    """Amounts on this basis, lowest first."""
    items: tuple[CostItem, ...] = ()
    """Statements in articles, those with figures first."""


class NameUnknown(Value):
    """A name missing from the knowledge base."""

    name: str
    """The name as given."""
    near: tuple[str, ...]
    """Known names that look like it."""


class Ambiguous(Value):
    """A name that several models share; none was chosen."""

    name: str
    """The name as given."""
    candidates: tuple[str, ...]
    """Models with this name: ask by one of these names."""


class CostComparison(Answer):
    """What models cost, by cost basis."""

    groups: tuple[CostGroup, ...]
    """Figures and statements by cost basis."""
    not_comparable_because: str | None = None
    """Why figures of different groups cannot be ranked."""
    without_figures: tuple[str, ...] = ()
    """Requested models without a cost figure."""
    ambiguous: tuple[Ambiguous, ...] = ()
    """Names that stand for several models."""
    unknown: tuple[NameUnknown, ...] = ()
    """Requested names not known here."""
    licence: str | None = None
    """Licence of the dataset, and whom to cite."""
    cursor: str | None = None
    """Of the next page."""
