"""Records of the knowledge base, as frozen values that describe themselves, and the periods in them.

Curation reads these values, the store keeps them and the tools return them, all as they are. `knowledge/README.md` tells how they are written in `data/`.

Dates and periods are in the Extended Date/Time Format (EDTF): `2024`, `2026-01-03`, `2020/2024`, `2025/..`. A date is a year, a month
or a day (a clock time may follow a day); a period is one date or two with a slash between; `..` on one side leaves that side open.
"""

import ast
import calendar
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from inspect import cleandoc
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from knowledge.model import particles

_CLOCK = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_DATE = re.compile(rf"([0-9]{{4}})(?:-([0-9]{{2}})(?:-([0-9]{{2}})(?:{_CLOCK})?)?)?")


def check_period(text: str) -> str:
    """Return `text` if it is a period, or raise `ValueError` with a sentence that says what is allowed."""
    parse_period(text)
    return text


def parse_period(text: str) -> tuple[date, date]:
    """Return the first and last day of a period; an open side reaches to the end of the calendar."""
    first, slash, last = text.partition("/")
    if first == last == "..":
        raise ValueError(f"{text!r} says nothing: give at least one date")
    if not slash:
        return _first_day(first), _last_day(first)
    start = date.min if first == ".." else _first_day(first)
    end = date.max if last == ".." else _last_day(last)
    if start > end:
        raise ValueError(f"{text!r} ends before it begins")
    return start, end


def _parse_date(text: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date: write 2024, 2024-05, 2024-05-13, or two of them as 2020/2024")
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def _first_day(text: str) -> date:
    year, month, day = _parse_date(text)
    return _make_day(text, year, 1 if month is None else month, 1 if day is None else day)


def _last_day(text: str) -> date:
    year, month, day = _parse_date(text)
    first = _make_day(text, year, 12 if month is None else month, 1 if day is None else day)
    return first if day is not None else first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _make_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar") from None


def _attribute_docstrings(described: type) -> dict[str, str]:
    """Return the docstrings under the attributes of a class; empty where there is no source."""
    return _module_docstrings(described.__module__).get(described.__qualname__, {})


@lru_cache
def _module_docstrings(name: str) -> dict[str, dict[str, str]]:
    spec = sys.modules[name].__spec__
    get_source = getattr(spec and spec.loader, "get_source", lambda _: None)
    tree = ast.parse(get_source(name) or "")
    return {node.name: _class_docstrings(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _class_docstrings(described: ast.ClassDef) -> dict[str, str]:
    return {
        node.target.id: cleandoc(text.value.value)
        for node, text in pairwise(described.body)
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


Language = Literal["ko", "en"]
AnswerLanguage = Literal["auto", "ko", "en"]
"""The language to answer in; `auto` is the question's."""
Kind = Literal["figure", "fact", "forecast", "opinion", "hypothesis", "definition"]
Attribution = Literal["author", "direct", "indirect", "unnamed"]
Stance = Literal["supports", "qualifies", "disputes"]
Status = Literal["current", "superseded", "disputed", "retracted"]
Bound = Literal["exact", "about", "at_least", "at_most", "less_than", "more_than", "between"]
EntityType = Literal[
    "company", "model", "person", "organisation", "country", "place", "product", "concept", "event", "publication"
]
CostBasis = Literal[
    "final_training_run",
    "amortised_hardware_energy",
    "cloud_compute",
    "hardware_purchase",
    "whole_development",
    "api_price",
    "workload",
    "price_unspecified",
    "infrastructure",
    "compute_efficiency",
]

Population = Literal["large_scale", "notable"]
"""Populations of a dataset: models trained with more than 10^23 FLOP, or those that Epoch AI calls notable. Never merged."""
CountingRule = Literal["first", "any", "sole"]
"""Countries that a model counts for: the first listed, each of them, or the only one."""
CostPart = Literal["total", "input", "cached_input", "output"]
"""Priced parts of a model: all of it, or tokens of a kind."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
ClaimId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Period = Annotated[str, AfterValidator(check_period)]
Line = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]


class Value(BaseModel):
    """A frozen value with no unknown fields."""

    # Validators are built when they are first used: a server has to list its tools before that, and soon.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        docstrings = _attribute_docstrings(cls)
        for name in docstrings.keys() & cls.model_fields.keys():
            cls.model_fields[name].description = docstrings[name]


class Bilingual(Value):
    """A text in Korean and English."""

    ko: Line
    """The text in Korean."""
    en: Line
    """The text in English."""

    def in_language(self, language: Language) -> str:
        """Return the text in one of its languages."""
        return self.ko if language == "ko" else self.en

    def format(self, **values: object) -> "Bilingual":
        """Return the text with values in its places, each in the language around it, and Korean particles to fit."""
        ko = particles.fill_template(self.ko, _values_in("ko", values))
        return Bilingual.model_construct(ko=ko, en=self.en.format(**_values_in("en", values)))


def _values_in(language: Language, values: dict[str, object]) -> dict[str, object]:
    return {
        name: value.in_language(language) if isinstance(value, Bilingual) else value for name, value in values.items()
    }


class Article(Value):
    """The bibliographic record of one published text. What the text does not say is `None`, never guessed."""

    id: Slug
    """Name of the article, the first half of its claims' ids."""
    title: Line | None = None
    """Headline as published."""
    about: Bilingual
    """What the article is, in our own words."""
    publisher: Line | None = None
    """Who published it."""
    author: Line | None = None
    """Who wrote it."""
    editor: Line | None = None
    """Who edited it."""
    published: Period | None = None
    """When it was published (EDTF)."""
    coverage: Period | None = None
    """The time it speaks about (EDTF)."""
    language: Language = "ko"
    """Language of the text."""
    url: Line | None = None
    """Address."""
    derived_from: Line | None = None
    """The text it digests or translates."""
    syndicated_from: Slug | None = None
    """The article that it is a copy of: agency copy, a reprint. Both are one source."""
    cites: tuple[Slug, ...] = ()
    """Entities it names as its sources."""
    curated: date | None = None
    """The day on which its claims were last curated; `None` for a text that nobody has."""
    length: Annotated[int, Field(gt=0)]
    """Length of the text in Unicode code points."""
    sha256: Digest
    """SHA-256 of the UTF-8 bytes of the NFC text."""
    note: Bilingual | None = None
    """A curator's remark about the text, not from it."""


class Evidence(Value):
    """The range of the words in an article that support a claim: code points, half-open, with the digest of the words."""

    article: Slug
    """The article."""
    start: Annotated[int, Field(ge=0)]
    """First code point of the words."""
    end: Annotated[int, Field(gt=0)]
    """One past the last code point."""
    sha256: Digest
    """SHA-256 of the UTF-8 bytes of the words."""
    role: Literal["states", "context"] = "states"
    """`states` for words that state the claim, `context` for those that carry its source, period or subject over to it."""
    quote: str | None = None
    """The words themselves; only when the article's text is in the library."""

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} must be greater than start {self.start}")
        return self


class Figure(Value):
    """A typed number. Figures are comparable only where measure, unit, period and qualifiers agree."""

    measure: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    """What is measured."""
    subject: Slug
    """The entity that has the value."""
    value: Decimal
    """The number, in `unit`."""
    upper: Decimal | None = None
    """The other end of a range; only with bound `between`."""
    bound: Bound = "exact"
    """How the number limits the value."""
    unit: Annotated[str, Field(pattern=r"^([A-Z]{3}|[a-z0-9]+(_[a-z0-9]+)*)$")]
    """ISO 4217 code for money, otherwise a word such as `models`, `percent`, `times`, `years`."""
    period: Period | None = None
    """The time the value holds for (EDTF); `None` is unknown."""
    raw: Annotated[str, Field(min_length=1, max_length=24)]
    """The number as the article writes it."""
    compared_to: Slug | None = None
    """For a ratio, the entity it is measured against."""
    publisher: Slug | None = None
    """Who counted or measured."""
    population: Slug | None = None
    """The entity whose instances are counted."""
    rule: Bilingual | None = None
    """How they are counted, as far as the article says."""
    currency_year: int | None = None
    """The year whose money it is; `None` is unknown."""

    @model_validator(mode="after")
    def _range_has_two_ends(self) -> Self:
        if (self.bound == "between") != (self.upper is not None):
            raise ValueError("give `upper` with bound `between`, and only then")
        if self.upper is not None and self.upper <= self.value:
            raise ValueError(f"`upper` {self.upper} must be greater than `value` {self.value}")
        return self

    @property
    def is_money(self) -> bool:
        return self.unit.isupper()


class Claim(Value):
    """One statement that an article makes, in our own words. We assert that the article says it, not that it is true."""

    id: ClaimId
    """Article and name: `article.name`."""
    article: Slug
    """The article that makes it."""
    kind: Kind
    """What sort of statement it is."""
    statement: Bilingual
    """The statement, to be understood without the article."""
    speaker: Slug | None = None
    """The entity who says it; `None` is the article's own voice."""
    attribution: Attribution = "author"
    """How the article gives the speaker's words."""
    entities: tuple[Slug, ...] = ()
    """The entities it speaks about."""
    trends: dict[Slug, Stance] = Field(default_factory=dict)
    """The trends it bears on, each with its stance."""
    period: Period | None = None
    """The time it speaks about (EDTF); `None` is unknown or no particular time."""
    asserted: Period | None = None
    """When it was asserted (EDTF); `None` is unknown."""
    cost_basis: CostBasis | None = None
    """For a statement about cost or efficiency: what the cost is the cost of."""
    figures: tuple[Figure, ...] = ()
    """Its numbers."""
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    """The words that bear it."""
    status: Status = "current"
    """Whether it still stands."""
    note: Bilingual | None = None
    """A curator's remark: a trap, a doubt, what the article leaves open."""

    @property
    def stands(self) -> bool:
        """Check that it may still be given as what the article says."""
        return self.status in {"current", "disputed"}

    @property
    def named(self) -> frozenset[str]:
        """Return the entities that it is about, its speaker, and those that have its figures."""
        return frozenset({*self.entities, *filter(None, [self.speaker]), *(figure.subject for figure in self.figures)})

    @property
    def references(self) -> frozenset[str]:
        """Return every entity that it names anywhere, including those in its figures."""
        others = (slug for figure in self.figures for slug in (figure.compared_to, figure.publisher, figure.population))
        return self.named | frozenset(filter(None, others))

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        if self.id.partition(".")[0] != self.article:
            raise ValueError(f"id {self.id!r} must begin with {self.article + '.'!r}")
        if (self.attribution == "author") != (self.speaker is None):
            raise ValueError("give `speaker` with every attribution except `author`, and not with that")
        if self.kind == "figure" and not self.figures:
            raise ValueError("a claim of kind `figure` needs at least one figure")
        if self.cost_basis is None and any(figure.is_money for figure in self.figures):
            raise ValueError("a claim with money needs `cost_basis`")
        return self


class Trend(Value):
    """A development that several claims speak about."""

    id: Slug
    name: Bilingual
    """Its name."""
    summary: Bilingual
    """What the articles say about it, in our own words."""
    aliases: tuple[Line, ...] = ()
    """Other names people use for it, in either language."""
    related: tuple[Slug, ...] = ()
    """Neighbouring trends."""


class Entity(Value):
    """Somebody or something that claims speak about or that speaks in them."""

    id: Slug
    type: EntityType
    name: Bilingual
    """Its usual name."""
    aliases: tuple[Line, ...] = ()
    """Other names and spellings, in either script."""
    iso: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """ISO 3166-1 alpha-3 code of a country."""
    maker: Slug | None = None
    """Who makes a model or product, as commonly known."""
    wikidata: Annotated[str, Field(pattern=r"^Q[0-9]+$")] | None = None
    """Wikidata item, where certain."""
    note: Bilingual | None = None
    """A curator's remark."""


def find_used_entities(entities: Sequence[Entity], claims: Iterable[Claim]) -> frozenset[str]:
    """Return the ids of the entities that some claim names, and of the makers of these; makers come first in `entities`."""
    named = {name for claim in claims for name in claim.references}
    used = {entity.id for entity in entities if entity.id in named}
    for entity in reversed(entities):
        if entity.id in used and entity.maker:
            used.add(entity.maker)
    return frozenset(used)


class Side(Value):
    """One position in a disagreement, with the claims that hold it."""

    position: Bilingual
    claims: Annotated[tuple[ClaimId, ...], Field(min_length=1)]


class Disagreement(Value):
    """A question that the articles answer differently."""

    id: Slug
    question: Bilingual
    trends: Annotated[tuple[Slug, ...], Field(min_length=1)]
    sides: Annotated[tuple[Side, ...], Field(min_length=2)]


class Term(Value):
    """A set of words and phrases that people use for one thing, for finding it in either language."""

    id: Slug
    words: Annotated[tuple[Line, ...], Field(min_length=2)]


class Passage(Value):
    """A contiguous part of an article, the unit of full-text retrieval."""

    article: Slug
    start: Annotated[int, Field(ge=0)]
    """First code point."""
    end: Annotated[int, Field(gt=0)]
    """One past the last code point."""
    text: str
    """The words."""
