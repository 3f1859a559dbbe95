"""What a language model hands in, and what it is told of it. The shapes are the JSON schema of a tool's argument."""

from typing import Annotated, Literal

from pydantic import Field

from knowledge.model.records import Attribution, Bound, ClaimId, CostBasis, EntityType, Kind, Stance, Value

MOST_DRAFTS = 50
"""Drafts of one call."""
LONGEST_QUOTE = 600
LONGEST_STATEMENT = 400

Name = Annotated[str, Field(min_length=1, max_length=100)]
Quote = Annotated[str, Field(min_length=1, max_length=LONGEST_QUOTE)]
Statement = Annotated[str, Field(min_length=1, max_length=LONGEST_STATEMENT)]
Number = Annotated[str, Field(max_length=40)] | int | float
Time = Annotated[str, Field(max_length=40)]


class DraftFigure(Value):
    """A number of the statement."""

    measure: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=64)]
    """What is measured, in snake_case: `training_cost`."""
    subject: Name
    """Who or what has the value: a name or id."""
    value: Number
    """The number in full digits: 4600000 for 460만."""
    upper: Number | None = None
    """The other end, only with bound `between`."""
    bound: Bound = "exact"
    """As the text bounds it; never sharper."""
    unit: Annotated[str, Field(max_length=24)]
    """ISO 4217 for money, else `models`, `percent`, `times`, ..."""
    period: Time | None = None
    """The time it holds for (EDTF)."""
    raw: Annotated[str, Field(min_length=1, max_length=24)]
    """The number as the text writes it, with unit and bound: `4% 미만`."""
    compared_to: Name | None = None
    """For a ratio: what it is measured against."""
    publisher: Name | None = None
    """Who counted."""
    population: Name | None = None
    """The entity whose instances are counted."""
    currency_year: Annotated[int, Field(ge=1900, le=2200)] | None = None


class NewEntity(Value):
    """Somebody or something that the knowledge base has no record of."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
    """A slug: `mistral-ai`."""
    type: EntityType
    ko: Name
    """Its name in Korean."""
    en: Name
    """Its name in English."""
    aliases: Annotated[tuple[Name, ...], Field(max_length=10)] = ()
    iso: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """ISO 3166-1 alpha-3, for a country."""
    maker: Name | None = None
    """Who makes a model or product."""


class Draft(Value):
    """One claim that the article makes."""

    statement_ko: Statement
    """It in Korean, in your own words (다-form)."""
    statement_en: Statement
    """The same in English."""
    kind: Kind
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1, max_length=5)]
    """The words that state it, copied letter for letter."""
    context: Annotated[tuple[Quote, ...], Field(max_length=3)] = ()
    """Words that carry its source, period or subject over to it."""
    speaker: Name | None = None
    """Who says it; leave out where the article itself does."""
    attribution: Attribution = "author"
    figures: Annotated[tuple[DraftFigure, ...], Field(max_length=10)] = ()
    trends: Annotated[dict[Name, Stance], Field(max_length=10)] = Field(default_factory=dict)
    """Trends it bears on, with its stance."""
    entities: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    """Whom it speaks about: names or ids."""
    period: Time | None = None
    """The time it speaks about (EDTF)."""
    asserted: Time | None = None
    """When it was said (EDTF), if known."""
    cost_basis: CostBasis | None = None
    """For cost or efficiency: what the cost is the cost of."""
    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=35)] | None = None
    """A short slug for its id."""
    supersedes: ClaimId | None = None
    """The older claim of this article that it replaces."""
    why: Annotated[str, Field(max_length=300)] | None = None
    """Why it replaces that one."""


class Refusal(Value):
    """Why something was not accepted, and what mends it."""

    draft: int
    """Which one, from 1."""
    about: str
    """The field."""
    problem: str
    mend: str


class Verdict(Value):
    """What became of one draft, or of one new entity."""

    draft: int
    """Which one, from 1."""
    claim: str | None = None
    """The id of what was accepted."""
    status: Literal["accepted", "refused"]
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()
    """What is worth a look, though nothing was refused for it."""
