"""What the two questions about figures are answered with: counts of models by country, costs of models."""

from decimal import Decimal
from typing import Literal

from knowledge.model.records import CostBasis, CostPart, CountingRule, Population, Value
from knowledge.queries.answers import Answer, Citation, Cited

CountVerdict = Literal["match", "near", "revised", "conflict", "not_covered"]
"""How a published count compares with recounts of the dataset that it is a reading of."""
COUNT = "models_released"
"""The measure of counts of models by country."""
PRICED = frozenset({"model", "product", "company"})
"""Types of entities that have costs of their own."""
CostSource = Literal["article", "dataset", "list_price", "reseller"]


class Check(Value):
    """How a published count compares with recounts of the dataset."""

    verdict: CountVerdict
    """`match`: one rule gives this number, about its publication and today; `near`: likewise within one model or 5%; `revised`: it did about its publication, and the dataset has moved; `conflict`: no rule comes near about its publication; `not_covered`: nothing to compare with."""
    why: str
    """The numbers behind the verdict."""
    vintages: dict[str, CountVerdict] | None = None
    """The verdict by vintage; only with full detail."""


class CountryCount(Value):
    """How many models a country released, as one source counts them."""

    country: str
    """Name of the country."""
    iso: str
    """ISO 3166-1 alpha-3 code."""
    count: int
    """How many models, exactly as published."""
    rank: int
    """Rank among all countries that the source's count is known for here."""
    stated_rank: int | None = None
    """The rank that the article states; absent where it states none."""
    share_percent: float
    """Share of the sum of the counts known here, not of the world; one decimal."""
    ratio_to_leader: float
    """The count divided by the leader's; three decimals."""
    gap_to_leader: int
    """The leader's count less this one."""
    claim: str
    """Id of the claim that gives the count."""
    evidence: tuple[Citation, ...]
    """Where its words stand."""
    check: Check | None = None
    """How it compares with recounts of the dataset."""


class CountSource(Value):
    """A count: one publisher, period and population, and the countries in it. Never mixed with another."""

    publisher: str
    """Who counted."""
    period: str
    """The time in which the models were released (EDTF)."""
    population: str
    """What was counted, as the article calls it."""
    rule: str
    """How it was counted, as far as the article says."""
    dataset: str | None = None
    """The dataset that it reads, as curators know from outside the article; absent where nobody does."""
    as_of: str | None = None
    """When it was published (EDTF), known likewise."""
    total: int | None = None
    """How many models it counts worldwide, known likewise."""
    articles: tuple[str, ...]
    """Ids of the articles that report it."""
    rows: tuple[CountryCount, ...]
    """The countries asked for, most models first."""


class CountryRecount(Value):
    """Our own count in one vintage of a dataset, by one rule, of one period. Never mixed with what is published."""

    source: str
    """Whose dataset."""
    population: Population
    """What its rows are."""
    vintage: str
    """The day on which the dataset was so."""
    rule: CountingRule
    """A model counts for the `first` country listed, for `any` listed, or only for a `sole` one."""
    period: str
    """The time in which the models were released (EDTF)."""
    covers: Literal["part"] | None = None
    """`part` where the vintage is of a day within the period: what came later is missing."""
    rows: int
    """Models of that period in the dataset."""
    without_country: int = 0
    """Of these, how many have no country and count nowhere."""
    undated: int = 0
    """Models not counted since their date does not tell."""
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
    """Whose dataset."""
    vintage: str
    """The day on which the dataset was so."""
    rule: CountingRule
    """How they were counted."""
    period: str
    """The time in which they were released (EDTF)."""
    covers: Literal["part"] | None = None
    """`part` where the vintage is of a day within the period: what came later is missing."""
    count: int
    """How many they are in all."""
    models: tuple[CountedModel, ...]
    """Those of this page, the newest first."""


class CountryCounts(Answer):
    """Counts of large AI models by country: as published, beside recounts of the dataset."""

    counts: tuple[CountSource, ...]
    """As published, by publisher, period and population."""
    recounts: tuple[CountryRecount, ...] = ()
    """Our recounts, by vintage and rule."""
    behind: Behind | None = None
    """The models behind a count, when `models_of` asks."""
    not_found: tuple[str, ...] = ()
    """Names that are no country known here."""
    countries_known: tuple[str, ...]
    """Countries that a published count is known for."""
    licence: str | None = None
    """Licence of the dataset, and whom to cite."""
    cursor: str | None = None
    """Of the next page."""


class CostFigure(Value):
    """A figure: what a model costs, on one basis."""

    model: str
    """The model."""
    cost_basis: CostBasis
    """What the cost is the cost of."""
    said: str
    """The amount in words, with its bound."""
    amounts: dict[CostPart, Decimal]
    """The amount by part; an API price is per million tokens of `input`, `cached_input`, `output`."""
    currency: str = "USD"
    """ISO 4217 code."""
    currency_year: int | None = None
    """The year whose money it is; absent when it is not stated."""
    kind: CostSource
    """Whether an article says so, a dataset estimates it, the maker lists it, or a reseller does."""
    source: str
    """Who says so: the claim, the dataset's publisher, or the price list and provider."""
    as_of: str | None = None
    """The day of the source's data; absent when unknown."""
    times_lowest: dict[CostPart, Decimal] | None = None
    """Ratio to the lowest comparable figure of this page: same basis, part, currency, year and way of reckoning. Absent where there is none."""
    standing: Literal["apart"] | None = None
    """`apart`: a bound, an unknown year, another reckoning, an hour or a reseller, so that no ratio with it holds."""
    notes: tuple[str, ...] = ()
    """Conditions and doubts."""

    @property
    def first_amount(self) -> Decimal:
        """What figures of a basis are ordered by: the total, or the price of input."""
        return next(iter(self.amounts.values()))


class CostItem(Value):
    """A statement about cost, with its models."""

    models: tuple[str, ...]
    """The models or companies it is about."""
    claim: Cited
    """The statement."""


class CostGroup(Value):
    """What is known on one basis. Figures of different groups must not be ranked against each other."""

    basis: CostBasis
    """What the cost is the cost of."""
    meaning: str
    """The basis in words."""
    figures: tuple[CostFigure, ...] = ()
    """Amounts on this basis, the lowest first."""
    items: tuple[CostItem, ...] = ()
    """What articles say on it, statements with figures first."""


class NameUnknown(Value):
    """A name that the knowledge base does not have."""

    name: str
    """The name as it was asked for."""
    near: tuple[str, ...]
    """Names that it has and that look like it."""


class Ambiguous(Value):
    """A name that several models share: none was taken for it."""

    name: str
    """The name as it was asked for."""
    candidates: tuple[str, ...]
    """Models that it may mean: ask with one of them."""


class CostComparison(Answer):
    """What is known of what models cost, by cost basis."""

    groups: tuple[CostGroup, ...]
    """Figures and statements by cost basis."""
    not_comparable_because: str | None = None
    """Why figures of different groups have no ranking."""
    without_figures: tuple[str, ...] = ()
    """Models asked for that have no cost figure."""
    ambiguous: tuple[Ambiguous, ...] = ()
    """Names that stand for several models."""
    unknown: tuple[NameUnknown, ...] = ()
    """Names asked for that are not known here."""
    licence: str | None = None
    """Licence of the dataset, and whom to cite."""
    cursor: str | None = None
    """Of the next page."""
