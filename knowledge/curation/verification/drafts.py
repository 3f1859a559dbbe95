"""Drafts, verdicts, and the parser of drafts from raw JSON. The types are the JSON schema of a tool's arguments."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Violation, quote, shorten
from knowledge.model import Attribution, Bilingual, Bound, ClaimId, CostBasis, EntityType, Kind, Stance, Value

MOST_DRAFTS = 50
"""Drafts of a call at most."""
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
    """The entity that has the value: name or id."""
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
    """The entity that published the number."""
    population: Name | None = None
    """The entity whose instances are counted."""
    currency_year: Annotated[int, Field(ge=1900, le=2200)] | None = None


class NewEntity(Value):
    """An entity that the knowledge base does not have."""

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
    """The maker of a model or product."""


class Draft(Value):
    """One claim that the article makes."""

    statement_ko: Statement
    """The claim in Korean, in your own words (다-form)."""
    statement_en: Statement
    """The same in English."""
    kind: Kind
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1, max_length=5)]
    """The words that state it, copied letter for letter."""
    context: Annotated[tuple[Quote, ...], Field(max_length=3)] = ()
    """Words that give its source, period or subject."""
    speaker: Name | None = None
    """The speaker; leave out for the article itself."""
    attribution: Attribution = "author"
    figures: Annotated[tuple[DraftFigure, ...], Field(max_length=10)] = ()
    trends: Annotated[dict[Name, Stance], Field(max_length=10)] = Field(default_factory=dict)
    """Trends that it concerns, with its stance."""
    entities: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    """Entities that it is about: names or ids."""
    period: Time | None = None
    """The period that it is about (EDTF)."""
    asserted: Time | None = None
    """When it was said (EDTF), if known."""
    cost_basis: CostBasis | None = None
    """For a cost or efficiency: the basis of the cost."""
    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=35)] | None = None
    """A short slug for its id."""
    supersedes: ClaimId | None = None
    """The older claim of this article that it replaces."""
    why: Annotated[str, Field(max_length=300)] | None = None
    """Why it replaces that one."""


class Refusal(Value):
    """A reason why a draft or new entity was refused, with a fix."""

    draft: int
    """Number of the draft or new entity, from 1."""
    about: str
    """The field."""
    problem: str
    mend: str


class Verdict(Value):
    """The outcome for one draft or new entity."""

    draft: int
    """Its number in the call, from 1."""
    claim: str | None = None
    """Id of the accepted claim or entity."""
    status: Literal["accepted", "refused"]
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()
    """Points to check that refused nothing."""


_Shape = TypeVar("_Shape", bound=Value)
_MOST_VIOLATIONS = 10
_NEAR = 0.7


def parse_draft(shape: type[_Shape], raw: object) -> tuple[_Shape | None, list[Violation]]:
    """Return the draft or new entity in raw JSON, or else every violation of its shape."""
    if isinstance(raw, shape):
        return raw, []
    try:
        return shape.model_validate(raw), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)[:_MOST_VIOLATIONS]
        return None, list(dict.fromkeys(_describe_error(detail, shape) for detail in details))
    except RecursionError:
        return None, [_describe_error({"type": "model_type", "loc": (), "msg": "", "input": "…"}, shape)]


def _describe_error(error: ErrorDetails, shape: type[Value]) -> Violation:
    about = ".".join(_path(error["loc"])) or shape.__name__.lower()
    if error["type"] == "missing":
        return messages.MISSING.at(about)
    if error["type"] == "extra_forbidden":
        return _describe_unknown_field(about, shape)
    return Violation(about, messages.UNUSABLE.format(value=shorten(error["input"], 40)), _fix(error))


def _path(loc: tuple[int | str, ...]) -> Iterator[str]:
    """Yield the path of an error in a draft: lists count from 1, and branches of a union are left out."""
    for part in loc:
        if isinstance(part, int):
            yield str(part + 1)
        elif part.isidentifier():
            yield shorten(part)


def _fix(error: ErrorDetails) -> Bilingual:
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] == "literal_error":
        choices = shorten(str(context["expected"]).replace("'", "").replace(" or ", ", "), 200)
        return messages.CHOICES.format(choices=choices)
    return messages.TYPES.get(error["type"], messages.OTHER_TYPE).format(**{"type": error["type"], **context})


def _describe_unknown_field(about: str, shape: type[Value]) -> Violation:
    known = list(shape.model_fields)
    near = difflib.get_close_matches(about[:60], known, n=1, cutoff=_NEAR)
    if near:
        return messages.MISSPELT_FIELD.at(about, name=near[0])
    return messages.UNKNOWN_FIELD.at(about, fields=quote(known, most=30))
