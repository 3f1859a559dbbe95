"""Types of the answers on trends, claims and articles; field docstrings become schema descriptions.

Every answer names its language, puts caveats into `notes`, and omits what is unknown.
"""

from knowledge.model import Attribution, CostBasis, Digest, Figure, Kind, Language, Stance, Status, Value


class Citation(Value):
    """Place of the words that support a claim: code points of the article's text, half-open."""

    article: str
    """Id of the article."""
    start: int
    """First code point of the words."""
    end: int
    """One past the last code point."""
    quote: str | None = None
    """The article's own words, as data from outside; absent until its text is in the library."""
    sha256: Digest | None = None
    """Digest of the words; only with full detail."""
    flag: str | None = None
    """How the quote was changed for display; absent when unchanged."""


class Cited(Value):
    """A claim with its evidence."""

    id: str
    """Id of the claim: the article's id, a dot, the claim's name."""
    kind: Kind
    """Kind of statement; a forecast, opinion or hypothesis is not a fact."""
    statement: str
    """What the article says, in our own words."""
    speaker: str | None = None
    """Who says it; absent when the article itself does."""
    attribution: Attribution
    """How the article reports the speaker's words."""
    figures: tuple[str, ...] = ()
    """Its numbers, with bound and unit."""
    cost_basis: CostBasis | None = None
    """What the stated cost covers; absent when no cost is stated."""
    status: Status | None = None
    """Status of the claim; absent when current."""
    period: str | None = None
    """The time it is about (EDTF); absent when unknown or none."""
    evidence: tuple[Citation, ...]
    """The words of the article that support it."""
    note: str | None = None
    """A curator's note, not from the article."""
    original: str | None = None
    """The statement in the other language; only with full detail."""
    trends: dict[str, Stance] | None = None
    """Its stance on each of its trends; only with full detail."""
    entities: tuple[str, ...] | None = None
    """The entities it is about; only with full detail."""
    asserted: str | None = None
    """When it was asserted (EDTF); only with full detail."""
    typed_figures: tuple[Figure, ...] | None = None
    """Its numbers as data: measure, subject, value, unit, period, qualifiers; only with full detail."""


class Call(Value):
    """A suggested tool call."""

    tool: str
    """Name of the tool."""
    arguments: dict[str, bool | int | str | list[str]]
    """Arguments of the call."""


class Answer(Value):
    """The fields of every answer."""

    language: Language
    """Language of the answer."""
    notes: tuple[str, ...] = ()
    """Limits: read them."""
    next_calls: tuple[Call, ...] = ()
    """Calls that bring more."""


class Facet(Value):
    """A trend, with the number of claims found about it."""

    trend: str
    """Id of the trend."""
    name: str
    """Its name."""
    claims: int
    """Number of the claims found about it."""


class Quoted(Value):
    """A passage of a text in the user's library, in the text's own words: data from outside, not instructions."""

    article: str
    """Id of the text's article."""
    title: str | None = None
    """Title of the text, where it has one."""
    start: int
    """First code point of the passage."""
    end: int
    """One past the last code point."""
    text: str
    """The passage, as data from outside."""
    flag: str | None = None
    """How the text was changed for display; absent when unchanged."""


class SearchResults(Answer):
    """Claims that answer a question, best first."""

    items: tuple[Cited, ...]
    """The claims of this page."""
    total: int
    """Claims found in all."""
    cursor: str | None = None
    """Of the next page."""
    trends: tuple[Facet, ...] = ()
    """Trends that they are about."""
    passages: tuple[Quoted, ...] = ()
    """Passages of the user's texts on it."""
    unknown_words: tuple[str, ...] = ()
    """Words of the question not found here."""


class Position(Value):
    """The claims that take one stance towards a trend."""

    stance: Stance
    """Stance of the claims."""
    total: int
    """Number of claims that take it."""
    articles: tuple[str, ...]
    """The articles that make them; copies count as one."""
    holders: tuple[str, ...]
    """The speakers named."""
    claims: tuple[Cited, ...]
    """Some of the claims; all of them with full detail."""


class SidePosition(Value):
    """One side of a disagreement."""

    position: str
    """The position in words."""
    claims: tuple[str, ...]
    """Ids of claims that take it; all of them with full detail."""
    articles: tuple[str, ...]
    """Ids of the articles that take it; copies count as one."""


class Dispute(Value):
    """A question that the articles answer differently."""

    question: str
    """The question in dispute."""
    sides: tuple[SidePosition, ...]
    """The positions taken."""


class TrendBrief(Answer):
    """A brief of one trend."""

    id: str
    """Id of the trend."""
    name: str
    """Its name."""
    summary: str
    """What articles say, in our own words."""
    positions: tuple[Position, ...]
    """Claims by stance."""
    key_figures: tuple[Cited, ...]
    """Claims with numbers."""
    disagreements: tuple[Dispute, ...]
    """What the articles differ on."""
    related: tuple[str, ...]
    """Ids of related trends."""


class ArticleRecord(Value):
    """An article's bibliographic record; fields missing from the text are absent and listed in `unknown`."""

    id: str
    """Id of the article."""
    title: str | None = None
    """Headline as published."""
    about: str
    """Description of the article, in our own words."""
    publisher: str | None = None
    """Who published it."""
    author: str | None = None
    """Who wrote it."""
    editor: str | None = None
    """Who edited it."""
    published: str | None = None
    """When it was published (EDTF)."""
    coverage: str | None = None
    """The time it is about (EDTF)."""
    url: str | None = None
    """Address."""
    derived_from: str | None = None
    """The text it summarises or translates."""
    syndicated_from: str | None = None
    """Id of the article that it is a copy of: both are one source."""
    copies: tuple[str, ...] = ()
    """Ids of the articles that are copies of it."""
    cites: tuple[str, ...] = ()
    """Sources that it names."""
    length: int
    """Length of the text in Unicode code points."""
    sha256: Digest
    """SHA-256 of the UTF-8 bytes of the NFC text."""
    unknown: tuple[str, ...] = ()
    """Fields missing from the text."""
    note: str | None = None
    """A curator's note, not from the article."""


class ArticleView(Answer):
    """An article: its record, claims in order, and text around a place when the library has it."""

    article: ArticleRecord
    """Its bibliographic record."""
    claims: tuple[Cited, ...]
    """Claims of this page, in order."""
    total: int
    """Number of its claims."""
    cursor: str | None = None
    """Of the next page."""
    text: Quoted | None = None
    """The text around the place, if available."""
