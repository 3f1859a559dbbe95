"""KnowledgeBase: every question that can be asked of a store."""

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from knowledge.library import SqliteStore
from knowledge.model import AnswerLanguage, Claim, CostBasis, CountingRule, Kind, Language, Population
from knowledge.queries import (
    Answer,
    ArticleView,
    Call,
    Catalogue,
    ClaimView,
    CompletionSubject,
    CostComparison,
    CountryCounts,
    Detail,
    EntityView,
    FigureTable,
    Names,
    RecordEntry,
    SearchResults,
    TrendBrief,
    arguments,
    articles,
    catalogue,
    claims,
    completions,
    entities,
    messages,
    search,
    tables,
    trends,
)
from knowledge.store import NO_METADATA, AddedText, Filters, IndexProgress, Question, Store, TextMetadata
from knowledge.text.analysis import terms

if TYPE_CHECKING:
    from knowledge.datasets import VintageFolder
    from knowledge.search import EmbeddingSource

_P = ParamSpec("_P")
_R = TypeVar("_R")
_A = TypeVar("_A", bound=Answer)


def _steady(
    ask: Callable[Concatenate["KnowledgeBase", _P], Awaitable[_R]],
) -> Callable[Concatenate["KnowledgeBase", _P], Coroutine[Any, Any, _R]]:
    """Retry a failed lookup once if another process has changed the records meanwhile."""

    @functools.wraps(ask)
    async def retried(self: "KnowledgeBase", /, *args: _P.args, **named: _P.kwargs) -> _R:
        before = await self.store.get_version()
        try:
            return await ask(self, *args, **named)
        except LookupError:
            if await self.store.get_version() == before:
                raise
            return await ask(self, *args, **named)

    return retried


@dataclass(frozen=True)
class KnowledgeBase:
    """Answers questions about AI trends from the claims in a store.

    Names of trends, entities, countries and models may be ids or names in either language. `language` is the one to answer
    in; `auto` follows the language of the question. `known_on` is a date: answers are then from what was known at its end (UTC).
    """

    store: Store
    library: Path | None = None
    """The library's file, beside which datasets are kept; `None` where nothing is kept."""

    @_steady
    async def search(
        self,
        query: str = "",
        *,
        queries: Sequence[str] = (),
        trends: Sequence[str] = (),
        entities: Sequence[str] = (),
        kinds: Sequence[Kind] = (),
        articles: Sequence[str] = (),
        since: str = "",
        until: str = "",
        known_on: str = "",
        limit: int = 5,
        cursor: str = "",
        detail: Detail = "brief",
        language: AnswerLanguage = "auto",
    ) -> SearchResults:
        """Return the claims about `query`, best first; without a query, all that pass the filters.

        `queries` are further phrasings of the same question, in either language; their results are merged.
        `since` and `until` are dates (EDTF) that bound the time a claim speaks about.

        Raises:
            UnanswerableError: for an unknown name, a malformed date or a foreign cursor.
        """
        tongue = arguments.choose_language(language, query or " ".join(queries[:1]), *trends, *entities)
        day = arguments.parse_day("known_on", known_on, tongue)
        names = await Names.load(self.store, tongue)
        first, last = arguments.parse_dates(since, until, tongue)
        filters = Filters(
            trends=await names.trends(trends),
            entities=await names.entities(entities),
            kinds=tuple(kinds),
            articles=await names.articles(articles),
            since=first,
            until=last,
            known_on=day,
        )
        question = Question(query, filters, tuple(queries))
        find_call = functools.partial(self._figure_call, question.phrasings, names)
        found = await search.search(self.store, question, find_call, tongue, detail, limit, cursor)
        return _dated(found, day, tongue)

    @_steady
    async def trend(
        self, name: str, *, known_on: str = "", detail: Detail = "brief", language: AnswerLanguage = "auto"
    ) -> TrendBrief:
        """Return one trend in brief.

        Raises:
            UnanswerableError: if there is no trend of that name.
        """
        tongue = arguments.choose_language(language, name)
        day = arguments.parse_day("known_on", known_on, tongue)
        return _dated(await trends.summarize_trend(self.store, name, tongue, detail, day), day, tongue)

    @_steady
    async def country_counts(
        self,
        countries: Sequence[str] = (),
        *,
        since: str = "",
        until: str = "",
        per_year: bool = False,
        rules: Sequence[CountingRule] = (),
        vintage: str = "",
        population: Population = "large_scale",
        models_of: str = "",
        known_on: str = "",
        cursor: str = "",
        detail: Detail = "brief",
        language: AnswerLanguage = "auto",
    ) -> CountryCounts:
        """Return the numbers of large AI models by country, published and recounted; of all countries if none is named.

        `since` and `until` are dates (EDTF) that bound the time of the recounts, else it is that of the published counts.
        `vintage` is a day. `models_of` lists the models behind a country's count instead.

        Raises:
            UnanswerableError: for a malformed date, a vintage that is not there, or a foreign cursor.
        """
        from knowledge.figures import CountsQuery, get_country_counts  # noqa: PLC0415 - no start loads datasets

        tongue = arguments.choose_language(language, *countries, models_of)
        request = CountsQuery(
            countries=tuple(dict.fromkeys(filter(None, countries))),
            period=arguments.join_period(*arguments.parse_dates(since, until, tongue)),
            per_year=per_year,
            rules=tuple(rules),
            vintage=arguments.parse_day("vintage", vintage, tongue),
            population=population,
            models_of=models_of,
            cursor=cursor,
            detail=detail,
        )
        day = arguments.parse_day("known_on", known_on, tongue)
        return _dated(await get_country_counts(self.store, self._vintage_folder(), request, tongue, day), day, tongue)

    @_steady
    async def compare_costs(
        self,
        models: Sequence[str] = (),
        *,
        bases: Sequence[CostBasis] = (),
        input_tokens: int = 0,
        output_tokens: int = 0,
        requests: int = 1,
        at: datetime | None = None,
        known_on: str = "",
        cursor: str = "",
        detail: Detail = "brief",
        language: AnswerLanguage = "auto",
    ) -> CostComparison:
        """Return the known costs of models (or their makers), by cost basis; of all models if none is named.

        With the tokens of one request, adds the list price of `requests` such requests. `at` is the moment of the list prices,
        by default now.

        Raises:
            UnanswerableError: for a workload that cannot be, or a foreign cursor.
        """
        from knowledge.figures import CostsQuery, compare_costs  # noqa: PLC0415
        from knowledge.figures.pricing import parse_workload  # noqa: PLC0415

        request = CostsQuery(
            models=tuple(models),
            bases=tuple(bases),
            workload=parse_workload(input_tokens, output_tokens, requests),
            requests=requests,
            cursor=cursor,
            detail=detail,
        )
        tongue = arguments.choose_language(language, *models)
        day = arguments.parse_day("known_on", known_on, tongue)
        costs = await compare_costs(self.store, self._vintage_folder(), request, at or datetime.now(UTC), tongue, day)
        return _dated(costs, day, tongue)

    @_steady
    async def article(
        self,
        name: str,
        *,
        around: str = "",
        known_on: str = "",
        limit: int = 20,
        cursor: str = "",
        detail: Detail = "brief",
        language: AnswerLanguage = "auto",
    ) -> ArticleView:
        """Return an article's record and claims, and its text around the claim `around` if the library has it.

        Raises:
            UnanswerableError: if there is no such article or claim, or for a foreign cursor.
        """
        tongue = arguments.choose_language(language, name, around)
        day = arguments.parse_day("known_on", known_on, tongue)
        view = await articles.read_article(self.store, name, around, tongue, detail, limit, cursor, day)
        return _dated(view, day, tongue)

    @_steady
    async def claim(self, name: str, *, language: AnswerLanguage = "auto") -> ClaimView:
        """Return one claim in full, by its id.

        Raises:
            UnanswerableError: if there is no such claim, or it no longer stands.
        """
        return await claims.view_claim(self.store, name, arguments.choose_language(language, name))

    @_steady
    async def entity(self, name: str, *, detail: Detail = "brief", language: AnswerLanguage = "auto") -> EntityView:
        """Return an entity (company, model, person, country ...): its record, its trends, and as many of its claims as fit.

        Raises:
            UnanswerableError: if there is nothing of that name.
        """
        return await entities.view_entity(self.store, name, arguments.choose_language(language, name), detail)

    @_steady
    async def catalogue(self, *, language: Language = "en") -> Catalogue:
        """Return an overview of the whole knowledge base, 4,000 tokens at most."""
        return await catalogue.build_catalogue(self.store, language)

    @_steady
    async def entries(self) -> tuple[RecordEntry, ...]:
        """Return every article, trend and entity as a list entry, in the order of curation."""
        return await catalogue.list_entries(self.store)

    @_steady
    async def table(self, name: str) -> FigureTable:
        """Return a table of figures, one a row: `counts` (models by country) or `costs` (of models). `tables.write_csv` writes it as CSV.

        Raises:
            UnanswerableError: if there is no such table.
        """
        return await tables.build_table(self.store, name)

    @_steady
    async def completions(
        self, subject: CompletionSubject, typed: str, *, language: Language = "en", names: bool = False
    ) -> tuple[str, ...]:
        """Return ids (or names, in the script that was typed) that complete the typed text, likeliest first."""
        return await completions.complete(self.store, subject, typed, language, names=names)

    async def add_text(self, text: str, arrival: TextMetadata = NO_METADATA) -> AddedText:
        """Add an article's text to the library.

        Raises:
            StoreError: if the text is empty or cannot be kept.
        """
        return await self.store.add_text(text, arrival)

    async def indexed(self) -> IndexProgress:
        """Return how many of the library's texts are indexed; changes nothing.

        Raises:
            StoreError: if the library or a file of the user's own words cannot be used.
        """
        return await self.store.get_index_progress()

    def reindex(self) -> AsyncIterator[IndexProgress]:
        """Rebuild the full-text index of the library; yields progress."""
        return self.store.reindex()

    async def _figure_call(self, phrasings: Sequence[str], names: Names, shown: Sequence[Claim]) -> Call | None:
        """Return the call of a figure tool that fits a question and the claims shown."""
        from knowledge.figures import routing  # noqa: PLC0415 - no start loads it

        return await routing.find_call(phrasings, shown, names, self._models_with_costs)

    def _models_with_costs(self) -> Sequence[str]:
        from knowledge.figures import model_lookup  # noqa: PLC0415 - the price list takes its time

        return model_lookup.list_models(self._vintage_folder(), datetime.now(UTC))

    def _vintage_folder(self) -> "VintageFolder | None":
        from knowledge.datasets import VintageFolder  # noqa: PLC0415

        return VintageFolder.beside(self.library) if self.library else None


def _dated(answer: _A, day: date | None, language: Language) -> _A:
    """Put a note first in an answer that is as of a day."""
    if not day:
        return answer
    note = messages.AS_OF.format(day=day).in_language(language)
    return answer.model_copy(update={"notes": (note, *answer.notes)})


@asynccontextmanager
async def open_knowledge(
    library: Path | None,
    *,
    analyzer: terms.AnalyzerName = "plain",
    words: Path | None = None,
    embeddings: "EmbeddingSource | None" = None,
) -> AsyncIterator[KnowledgeBase]:
    """Open the knowledge base over a library.

    Args:
        library: the library's file, created on first use; `None` keeps it in memory.
        analyzer: the text analyzer; `morphemes` knows more Korean and needs the extra `ko`.
        words: a file of the user's own synonyms, in the format of `data/terms.toml`.
        embeddings: the model that search by meaning uses; needs the extra `dense`.
    """
    async with SqliteStore(library, analyzer=analyzer, words=words, embeddings=embeddings) as store:
        yield KnowledgeBase(store, library)
