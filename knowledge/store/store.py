"""The Store protocol, and the values it takes and returns."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import Literal, Protocol, Self, TypeVar

from knowledge.model import Article, Claim, Entity, Event, Kind, Language, Origin, Passage, Status, Value
from knowledge.store.bundle import Bundle
from knowledge.text.analysis import Lexicon

_V = TypeVar("_V", bound=Value)

MOST_PASSAGES = 10
"""Most passages for one question."""


@dataclass(frozen=True)
class Filters:
    """Conditions on claims; an empty one lets everything through."""

    trends: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    articles: tuple[str, ...] = ()
    since: str | None = None
    """A date (EDTF): claims that speak of no time on or after it are left out."""
    until: str | None = None
    """A date (EDTF): claims that speak of no time on or before it are left out."""
    known_on: date | None = None
    """A day (UTC): the claims that were here and stood at its end, and the texts that were here."""


@dataclass(frozen=True)
class Question:
    """Words to find claims and passages by; without words, everything that passes the filters."""

    text: str
    filters: Filters = field(default_factory=Filters)
    also: tuple[str, ...] = ()
    """The same question in other words or languages."""

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Return the distinct phrasings of the question, its own first; one empty string where there are no words."""
        return tuple(dict.fromkeys(text for text in (self.text, *self.also) if text.strip())) or ("",)

    @property
    def is_for_passages(self) -> bool:
        """Check that passages can match: they have words and an article, but no trend, entity, kind or time."""
        return any(self.phrasings) and self.filters == Filters(
            articles=self.filters.articles, known_on=self.filters.known_on
        )


@dataclass(frozen=True)
class IndexProgress:
    """Progress of an index."""

    texts: int
    """Number of indexed texts."""
    total: int
    """Number of all texts."""
    by: Literal["words", "meaning"] = "words"
    """The kind of search; for `meaning`, claims count as texts."""


@dataclass(frozen=True)
class SemanticMatches:
    """Matches by meaning, and the state of that search."""

    claims: frozenset[str] = frozenset()
    """Ids of claims that were found by meaning alone, not by words."""
    passages: tuple[Passage, ...] = ()
    """The passages that were."""
    awaiting: tuple[int, int] | None = None
    """Number of searchable records and of all, while it is being prepared."""
    fault: str = ""
    """Error of this search, if any; the words of the question were searched all the same."""


@dataclass(frozen=True)
class SearchResult:
    """Claims and passages that answer a question, best first."""

    claims: tuple[str, ...]
    """Ids of claims."""
    passages: tuple[Passage, ...]
    near: tuple[str, ...]
    """Ids of claims that come near the question but do not answer it."""
    unknown_words: tuple[str, ...]
    """Words of the question that stand nowhere in the knowledge base."""
    whole: bool
    """True if the best claim covers most of the question."""
    respelt_words: tuple[str, ...] = ()
    """Words of the question that stand nowhere as they are written, and were looked for in other spellings."""
    whole_passages: bool = True
    """True if the best passage covers most of the question."""
    scores: tuple[float, ...] = ()
    """Score of each claim relative to the best (0 to 1), in their order."""
    trends: Mapping[str, int] = field(default_factory=dict)
    """Number of the claims for each trend."""
    generation: str = ""
    """Token that stays the same while the question finds the same claims in the same order."""
    semantic: SemanticMatches | None = None
    """Matches by meaning; `None` if they were not requested."""
    index_progress: IndexProgress | None = None
    """Progress of the index of texts, if it is behind: the other texts were not searched by their words."""


@dataclass(frozen=True)
class StoredText:
    """An article's text in the library; `places` maps a seal's digest to where its words begin and end."""

    article: str
    sha256: str
    body: str
    places: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class TextMetadata:
    """Origin of a text, and what is known of it besides its words."""

    by: str = "ai-trends-mcp"
    """Author of the addition."""
    origin: Origin | None = None
    """Its origin; `None` if unknown."""
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    """Publication date (EDTF)."""
    url: str | None = None
    language: Language = "ko"
    done: tuple[str, str, str] | None = None
    """A note on long work that is kept with the text or not at all: work, item, note as JSON."""


@dataclass(frozen=True)
class AddedText:
    """Result of adding a text."""

    article: Article
    known: bool
    """True if the knowledge base has claims of that article."""
    again: bool
    """True if the same text was in the library before."""
    claims: int
    """Number of its claims whose quotes were found."""
    missing: int
    """Number of its claims with a quote that this copy does not contain."""
    copy_of: str | None = None
    """The article whose text it is a copy of, under another headline or in another paper: both are one source."""
    copies: tuple[str, ...] = ()
    """The articles that turned out to be copies of it."""
    notes: tuple[str, ...] = ()
    """Notes for the user on how it was read."""


NO_METADATA = TextMetadata()


@dataclass(frozen=True)
class ImportResult:
    """Result of importing a bundle."""

    new: int
    """Records that were not here."""
    same: int
    """Records that were here, the same."""
    texts: int
    """Full texts that were not here."""
    changed: int
    """Claims that got another status by what happened to them elsewhere."""
    kept: tuple[str, ...]
    """Ids of records that are here otherwise, and stay as they are here."""
    ungrounded: tuple[str, ...] = ()
    """Ids of claims that were not taken, since their words do not stand in the text that is at hand."""
    unmarked: tuple[str, ...] = ()
    """Ids of claims that are here and have another status there, which was not asked for."""


@dataclass(frozen=True)
class StatusChange:
    """A change of a claim's status: by whom, and why."""

    claim: str
    status: Status
    by: str
    why: str
    instead: str | None = None
    """The claim that takes its place, or that speaks against it."""


@dataclass(frozen=True)
class WriteConflict:
    """A new record that was not kept, since another writer came first."""

    record: str
    """The id of the claim or entity."""
    reason: Literal["id", "duplicate", "superseded", "name", "entity", "known", "unused"]
    """The obstacle: its id is taken; it repeats a claim; what it supersedes no longer stands; its name is taken;
    it names a new entity that was not kept; the very entity is there; no claim that was kept names it."""
    other: str
    """The id of the record that stands against it."""


Aspect = Literal["id", "article", "trend", "measure", "cost_basis"]
"""Keys of claims for look-ups: id, article, a trend, the measure of a figure, cost basis."""


class StoreReader(Protocol):
    """Read side of a store. Names of things are always those of today."""

    async def get_version(self) -> object:
        """Return what differs after every change of the records, whichever process made it."""
        ...

    async def search(self, question: Question) -> SearchResult:
        """Find the claims and passages that speak about a question; nothing rather than something far off."""
        ...

    async def get(self, kind: type[_V], ids: tuple[str, ...]) -> dict[str, _V]:
        """Return those of `ids` that are there, by id, as curated."""
        ...

    async def list_all(self, kind: type[_V]) -> tuple[_V, ...]:
        """Return every record of a kind, as curated, in that order."""
        ...

    async def find_claims(self, aspect: Aspect, *values: str, known_on: date | None = None) -> tuple[Claim, ...]:
        """Return the claims that stand and have one of the values, in the order of curation, with quotes if the text is here.

        With `known_on`, those that were here and stood at the end of that day (UTC), with the status that they had then.
        """
        ...

    async def count_claims(self, aspect: Aspect, ids: tuple[str, ...]) -> dict[str, int]:
        """Count the claims with these ids by their values of an aspect."""
        ...

    async def get_lexicon(self) -> Lexicon:
        """Return the names of everything in the store."""
        ...

    async def get_text(self, article: str, known_on: date | None = None) -> StoredText | None:
        """Return the text of an article, if it is in the library; with `known_on`, if it was by the end of that day (UTC)."""
        ...

    async def list_events(self, *subjects: str) -> tuple[Event, ...]:
        """Return what happened to articles, entities and claims, oldest first; to all, where none is named."""
        ...

    async def list_progress(self, work: str) -> dict[str, str]:
        """Return every item of a long work, with its note (JSON)."""
        ...

    async def get_progress(self, work: str, item: str) -> str | None:
        """Return the note on an item of a long work."""
        ...

    async def get_index_progress(self) -> IndexProgress:
        """Count the texts that can be found by their words; asking makes and changes nothing that is kept."""
        ...


class StoreWriter(Protocol):
    """Write side of a store. What a call acknowledges is kept whole, even if the process dies."""

    async def add_text(self, text: str, metadata: TextMetadata = NO_METADATA) -> AddedText:
        """Add an article's text to the library."""
        ...

    async def record_claims(
        self,
        article: str,
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        by: str,
        replaced: Sequence[StatusChange] = (),
    ) -> tuple[WriteConflict, ...]:
        """Keep verified claims of an article's text, except those that another writer has made impossible since.

        Replaced claims get their new status in the same transaction.
        """
        ...

    async def change_status(self, change: StatusChange) -> Claim:
        """Give a claim another status."""
        ...

    async def import_bundle(self, bundle: Bundle, by: str, source: str, *, marks: bool = False) -> ImportResult:
        """Import the new records of a bundle: all of them or nothing.

        With `marks`, existing claims get the status that they were given there later.
        """
        ...

    async def set_progress(self, work: str, item: str, note: str | None) -> None:
        """Keep a note on an item of a long work; `None` forgets it."""
        ...

    def reindex(self) -> AsyncIterator[IndexProgress]:
        """Rebuild the indexes, and report progress now and then."""
        ...


class Store(StoreReader, StoreWriter, Protocol):
    """A store of records that also finds them. Several tasks may use one store at once."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
