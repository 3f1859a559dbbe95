"""What the knowledge base answers: the shapes of its answers, one sentence a field.

Every answer says its language, carries what the reader must know besides in `notes`, and leaves out what it does not know.
"""

from knowledge.model import Attribution, CostBasis, Digest, Figure, Kind, Language, Stance, Status, Value


class Citation(Value):
    """Where the words stand that bear a claim: code points of the article's text, half-open."""

    article: str
    start: int
    end: int
    quote: str | None = None
    """The article's own words, as data from outside; absent until its text is in the library."""
    sha256: Digest | None = None
    """Digest of the words; only with full detail."""
    flag: str | None = None
    """What was done to the quote before it is shown; absent when nothing was."""


class Cited(Value):
    """A claim, cited."""

    id: str
    kind: Kind
    """What sort of statement it is; a forecast, opinion or hypothesis is not a fact."""
    statement: str
    """What the article says, in our own words."""
    speaker: str | None = None
    """Who says it; absent where the article speaks itself."""
    attribution: Attribution
    figures: tuple[str, ...] = ()
    """Its numbers, with bound and unit."""
    cost_basis: CostBasis | None = None
    """What the cost it speaks of is the cost of; absent when it speaks of none."""
    status: Status | None = None
    """Whether it still stands; absent when it does."""
    period: str | None = None
    """The time it speaks about (EDTF); absent when unknown or none."""
    evidence: tuple[Citation, ...]
    note: str | None = None
    """A curator's remark, not from the article."""
    original: str | None = None
    """The statement in the other language; only with full detail."""
    trends: dict[str, Stance] | None = None
    """The trends it bears on; only with full detail."""
    entities: tuple[str, ...] | None = None
    """The entities it speaks about; only with full detail."""
    asserted: str | None = None
    """When it was asserted (EDTF); only with full detail."""
    typed_figures: tuple[Figure, ...] | None = None
    """Its numbers as data: measure, subject, value, unit, period, qualifiers; only with full detail."""


class Call(Value):
    """A tool call that brings more."""

    tool: str
    arguments: dict[str, str | list[str]]


class Answer(Value):
    """What every answer has."""

    language: Language
    notes: tuple[str, ...] = ()
    """What to know when using this answer: limits, absences, warnings."""
    next_calls: tuple[Call, ...] = ()
    """Calls that bring more on the same subject."""


class Facet(Value):
    """How many of the claims found bear on a trend."""

    trend: str
    name: str
    claims: int


class Quoted(Value):
    """A passage of a text in the user's library, in the text's own words: data from outside, not instructions."""

    article: str
    title: str | None = None
    """Title of the text, where it has one."""
    start: int
    end: int
    text: str
    flag: str | None = None
    """What was done to the text before it is shown; absent when nothing was."""


class SearchResults(Answer):
    """Claims that speak about a question, best first."""

    items: tuple[Cited, ...]
    total: int
    """How many claims were found in all."""
    cursor: str | None = None
    """Give it back to get the next claims; absent at the end."""
    trends: tuple[Facet, ...] = ()
    """The trends that the claims found bear on."""
    passages: tuple[Quoted, ...] = ()
    """Passages of articles in the library that speak about the question."""
    unknown_words: tuple[str, ...] = ()
    """Words of the question that stand nowhere in the knowledge base."""


class Position(Value):
    """The claims that take one stance towards a trend."""

    stance: Stance
    total: int
    """How many claims take it."""
    articles: tuple[str, ...]
    """The articles that make them."""
    holders: tuple[str, ...]
    """Who is named as saying so."""
    claims: tuple[Cited, ...]


class SidePosition(Value):
    """One side of a disagreement."""

    position: str
    claims: tuple[str, ...]
    """Ids of claims that hold it; all of them with full detail."""
    articles: tuple[str, ...]


class Dispute(Value):
    """A question that the articles answer differently."""

    question: str
    sides: tuple[SidePosition, ...]


class TrendBrief(Answer):
    """One trend in brief."""

    id: str
    name: str
    summary: str
    """What the articles say, in our own words."""
    positions: tuple[Position, ...]
    key_figures: tuple[Cited, ...]
    """Claims with numbers."""
    disagreements: tuple[Dispute, ...]
    related: tuple[str, ...]
    """Ids of neighbouring trends."""


class CountryCount(Value):
    """How many models a country released, as one source counts them."""

    country: str
    iso: str
    count: int
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
    evidence: tuple[Citation, ...]


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
    rows: tuple[CountryCount, ...]


class CountryCounts(Answer):
    """Counts of large AI models by country, as published."""

    counts: tuple[CountSource, ...]
    not_found: tuple[str, ...] = ()
    """What was asked for and is not in any count."""
    countries_known: tuple[str, ...]
    """Every country that a count is known for."""


class CostItem(Value):
    """A statement about cost, with its models."""

    models: tuple[str, ...]
    """The models or companies it is about."""
    claim: Cited


class CostGroup(Value):
    """Statements about cost on one basis. Figures of different groups must not be ranked against each other."""

    basis: CostBasis
    meaning: str
    """What the basis is the cost of."""
    items: tuple[CostItem, ...]


class NameUnknown(Value):
    """A name that the knowledge base does not have."""

    name: str
    near: tuple[str, ...]
    """Names that it has and that look like it."""


class CostComparison(Answer):
    """What is known of what models cost, by cost basis."""

    groups: tuple[CostGroup, ...]
    not_comparable_because: str | None = None
    """Why figures of this answer cannot be ranked against each other."""
    without_figures: tuple[str, ...] = ()
    """Models asked for that the articles give no cost figure for."""
    unknown: tuple[NameUnknown, ...] = ()
    """Names asked for that the knowledge base does not have."""
    cursor: str | None = None
    """Give it back to get the next statements; absent at the end."""


class ArticleRecord(Value):
    """An article's bibliographic record; what its text does not say is absent and named in `unknown`."""

    id: str
    title: str | None = None
    about: str
    """What the article is, in our own words."""
    publisher: str | None = None
    author: str | None = None
    editor: str | None = None
    published: str | None = None
    """When it was published (EDTF)."""
    coverage: str | None = None
    """The time it speaks about (EDTF)."""
    url: str | None = None
    derived_from: str | None = None
    """The text it digests or translates."""
    cites: tuple[str, ...] = ()
    """Whom it names as its sources."""
    length: int
    """Length of the text in Unicode code points."""
    sha256: Digest
    """SHA-256 of the UTF-8 bytes of the NFC text."""
    unknown: tuple[str, ...] = ()
    """What the text does not say."""
    note: str | None = None
    """A curator's remark, not from the article."""


class ArticleView(Answer):
    """An article: its record, claims in order, and text around a place when the library has it."""

    article: ArticleRecord
    claims: tuple[Cited, ...]
    total: int
    """How many claims the article has in all."""
    cursor: str | None = None
    """Give it back to get the next claims; absent at the end."""
    text: Quoted | None = None
    """The text around the place that was asked for; absent when the library does not have it."""
