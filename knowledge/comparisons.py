"""What the two questions about figures are answered with: counts of models by country, costs of models."""

from knowledge.answers import Answer, Citation, Cited
from knowledge.model import CostBasis, Value


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
    articles: tuple[str, ...]
    """Ids of the articles that report it."""
    rows: tuple[CountryCount, ...]
    """The countries asked for, most models first."""


class CountryCounts(Answer):
    """Counts of large AI models by country, as published."""

    counts: tuple[CountSource, ...]
    """One count for each publisher, period and population."""
    not_found: tuple[str, ...] = ()
    """Countries asked for that are in no count."""
    countries_known: tuple[str, ...]
    """Countries that a count is known for."""


class CostItem(Value):
    """A statement about cost, with its models."""

    models: tuple[str, ...]
    """The models or companies it is about."""
    claim: Cited
    """The statement."""


class CostGroup(Value):
    """Statements about cost on one basis. Figures of different groups must not be ranked against each other."""

    basis: CostBasis
    """What the cost is the cost of."""
    meaning: str
    """The basis in words."""
    items: tuple[CostItem, ...]
    """Statements on this basis, those with figures first."""


class NameUnknown(Value):
    """A name that the knowledge base does not have."""

    name: str
    """The name as it was asked for."""
    near: tuple[str, ...]
    """Names that it has and that look like it."""


class CostComparison(Answer):
    """What is known of what models cost, by cost basis."""

    groups: tuple[CostGroup, ...]
    """Statements by cost basis."""
    not_comparable_because: str | None = None
    """Why its figures cannot be ranked against each other."""
    without_figures: tuple[str, ...] = ()
    """Models asked for that have no cost figure."""
    unknown: tuple[NameUnknown, ...] = ()
    """Names asked for that are not known here."""
    cursor: str | None = None
    """Brings the next page; absent at the end."""
