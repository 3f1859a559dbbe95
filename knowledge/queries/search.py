"""Search results: claims and passages, best first, or notes on why there are none."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date

from knowledge.model import Article, Claim, Language, Passage
from knowledge.queries import citations, messages, pagination
from knowledge.queries.answers import Call, Cited, Quoted, SearchResults
from knowledge.queries.pagination import Detail
from knowledge.store import Filters, Question, SearchResult, StoreReader

_PASSAGES = 2
_FACETS = 5
_LONGEST_PASSAGE = 200
"""Code points of a passage in a brief answer, cut at a word boundary; a full answer has the whole passage."""
_BEST = 3
"""The first claims shown, which decide which trend is suggested."""

FindCall = Callable[[Sequence[Claim]], Awaitable[Call | None]]
"""Looks up the tool that has figures for a question, by the claims shown."""


async def search(
    store: StoreReader,
    question: Question,
    find_call: FindCall,
    language: Language,
    detail: Detail,
    limit: int,
    cursor: str = "",
) -> SearchResults:
    """Return a page of the claims that answer a question, with the trends that they are about.

    `find_call` looks up which tool has figures on what the question names and the claims shown speak about.
    """
    found = await store.search(question)
    call = ("search", question, found.generation, detail)
    page = pagination.ListPage.at(cursor, len(found.claims), limit, language, *call)
    claims = await _in_order(store, found.claims[page.window], question.filters.known_on)
    cited = await citations.cite_claims(store, claims, language, detail)
    figures = await find_call(claims)
    frame = SearchResults(
        language=language,
        items=(),
        total=len(found.claims),
        trends=await citations.count_facets(store, await _count_trends(store, found), language, _FACETS),
        passages=await _passages(store, found.passages[:_PASSAGES], detail),
        unknown_words=found.unknown_words,
        notes=await _notes(store, question, found, cited, figures, language),
        next_calls=tuple(filter(None, [figures, _to_trend(claims, language)])),
    )
    items, after = page.fill(cited, pagination.tokens_left(frame, detail))
    cut = len(items) < len(cited)
    notes = await _notes(store, question, found, items, figures, language) if cut else frame.notes
    return frame.model_copy(update={"items": items, "notes": notes, "cursor": after})


async def _in_order(store: StoreReader, ids: Sequence[str], known_on: date | None) -> list[Claim]:
    claims = {claim.id: claim for claim in await store.find_claims("id", *ids, known_on=known_on)}
    return [claims[identity] for identity in ids if identity in claims]


async def _passages(store: StoreReader, found: Sequence[Passage], detail: Detail) -> tuple[Quoted, ...]:
    articles = await store.get(Article, tuple({passage.article for passage in found}))
    return tuple(
        citations.quote_passage(
            passage.article, passage.start, _shorten(passage.text, detail), articles[passage.article].title
        )
        for passage in found
    )


def _shorten(passage: str, detail: Detail) -> str:
    if detail == "full" or len(passage) <= _LONGEST_PASSAGE:
        return passage
    cut = passage[:_LONGEST_PASSAGE]
    return cut[: cut.rfind(" ")] if " " in cut else cut


async def _count_trends(store: StoreReader, found: SearchResult) -> Mapping[str, int]:
    """Return how many of the claims found are about each trend, those found by meaning included."""
    return await store.count_claims("trend", found.claims) if found.semantic else found.trends


async def _notes(
    store: StoreReader,
    question: Question,
    found: SearchResult,
    items: Sequence[Cited],
    figures: Call | None,
    language: Language,
) -> tuple[str, ...]:
    notes: list[str] = []
    if not items and figures:
        notes.append(messages.FIGURES_ELSEWHERE.format(tool=figures.tool).in_language(language))
    if not items and question.filters != Filters(known_on=question.filters.known_on):
        notes.append(messages.FILTERED_OUT.in_language(language))
    elif not items:
        if found.passages or not figures:
            notes.append((messages.ONLY_PASSAGES if found.passages else messages.NOTHING_FOUND).in_language(language))
        near = await citations.count_facets(store, await store.count_claims("trend", found.near), language, _FACETS)
        if near:
            notes.append(
                messages.NEAREST_TRENDS.format(
                    trends=", ".join([f"{facet.name} ({facet.trend})" for facet in near])
                ).in_language(language)
            )
    elif not found.whole and any(item.id not in _by_meaning(found) for item in items):
        notes.append(messages.ONLY_PARTS.in_language(language))
    notes += _on_meaning(found, items, language)
    notes += _on_words(found, items, language)
    if any(item.kind in {"forecast", "opinion", "hypothesis"} for item in items):
        notes.append(messages.NOT_FACTS.in_language(language))
    if question.filters.since or question.filters.until:
        notes.append(messages.PERIOD_UNKNOWN_LEFT_OUT.in_language(language))
    if citations.lacks_quotes(items):
        notes.append(messages.QUOTES_MISSING.in_language(language))
    return tuple(notes)


def _by_meaning(found: SearchResult) -> frozenset[str]:
    return found.semantic.claims if found.semantic else frozenset()


def _on_meaning(found: SearchResult, items: Sequence[Cited], language: Language) -> Iterator[str]:
    only = [item.id for item in items if item.id in _by_meaning(found)]
    passages = found.semantic.passages if found.semantic else ()
    only += [
        f"{passage.article} {passage.start}-{passage.end}"
        for passage in found.passages[:_PASSAGES]
        if passage in passages
    ]
    if only:
        yield messages.FOUND_BY_MEANING.format(ids=", ".join(only)).in_language(language)
    if found.semantic and found.semantic.awaiting:
        done, total = found.semantic.awaiting
        yield messages.MEANING_AWAITED.format(done=done, total=total).in_language(language)
    if found.semantic and found.semantic.fault:
        yield messages.MEANING_FAILED.format(why=found.semantic.fault).in_language(language)


def _on_words(found: SearchResult, items: Sequence[Cited], language: Language) -> Iterator[str]:
    """Yield notes on the words and texts that were searched, replaced or left out."""
    if found.passages and not found.whole_passages:
        yield messages.PASSAGES_ONLY_PARTS.in_language(language)
    if found.index_progress:
        yield messages.TEXTS_LEFT_OUT.format(
            searched=found.index_progress.texts, total=found.index_progress.total
        ).in_language(language)
    if found.respelt_words and (items or found.passages):
        yield messages.RESPELT_WORDS.format(words=messages.quote_names(found.respelt_words)).in_language(language)
    if found.unknown_words:
        yield messages.describe_unknown_words(found.unknown_words, found=bool(items)).in_language(language)


def _to_trend(shown: Sequence[Claim], language: Language) -> Call | None:
    """Return the call for the trend that most of the best claims are about."""
    trends = Counter(trend for claim in shown[:_BEST] for trend in claim.trends).most_common(1)
    return Call(tool="get_trend", arguments={"trend": trends[0][0], "language": language}) if trends else None
