"""What do the articles say about this? Claims and passages, best first, or an honest nothing."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from knowledge import citing, comparisons, messages, pages
from knowledge.answers import Call, Cited, Quoted, SearchResults
from knowledge.model import Article, Claim, Entity, Language, Passage
from knowledge.naming import named_here
from knowledge.pages import Detail
from knowledge.store import Filters, Found, Question, Store

_PASSAGES = 2
_FACETS = 5
_LONGEST_PASSAGE = 200
"""Code points of a passage in a brief answer, which ends with a word; a full one has it whole."""
_BEST = 3
"""How many of the claims shown say what the answer is about."""


async def search(
    store: Store,
    question: Question,
    language: Language,
    detail: Detail,
    limit: int,
    cursor: str = "",
    figures: Sequence[Call] = (),
) -> SearchResults:
    """The claims that speak about a question, a page at a time, with the trends that they bear on.

    `figures` are calls that have numbers which the question plainly asks for, whatever the claims say.
    """
    found = await store.find(question)
    call = ("search", question, found.generation, detail)
    page = pages.Page.at(cursor, len(found.claims), limit, language, *call)
    claims = await _in_order(store, found.claims[page.window])
    cited = await citing.cite(store, claims, language, detail)
    frame = SearchResults(
        language=language,
        items=(),
        total=len(found.claims),
        trends=await citing.facets(store, await _counted(store, found), language, _FACETS),
        passages=await _passages(store, found.passages[:_PASSAGES], detail),
        unknown_words=found.unknown_words,
        notes=await _notes(store, question, found, cited, figures, language),
        next_calls=await _next_calls(store, " ".join(question.phrasings), claims, figures, language),
    )
    items, after = page.fill(cited, pages.room(frame, detail))
    cut = len(items) < len(cited)
    notes = await _notes(store, question, found, items, figures, language) if cut else frame.notes
    return frame.model_copy(update={"items": items, "notes": notes, "cursor": after})


async def _in_order(store: Store, ids: Sequence[str]) -> list[Claim]:
    claims = {claim.id: claim for claim in await store.claims("id", *ids)}
    return [claims[one] for one in ids if one in claims]


async def _passages(store: Store, found: Sequence[Passage], detail: Detail) -> tuple[Quoted, ...]:
    articles = await store.get(Article, tuple({one.article for one in found}))
    return tuple(
        citing.quoted(one.article, one.start, _shown(one.text, detail), articles[one.article].title) for one in found
    )


def _shown(passage: str, detail: Detail) -> str:
    if detail == "full" or len(passage) <= _LONGEST_PASSAGE:
        return passage
    cut = passage[:_LONGEST_PASSAGE]
    return cut[: cut.rfind(" ")] if " " in cut else cut


async def _counted(store: Store, found: Found) -> Mapping[str, int]:
    """How many of the claims found bear on each trend; what was found by meaning is counted besides."""
    return await store.count("trend", found.claims) if found.meant else found.trends


async def _notes(
    store: Store,
    question: Question,
    found: Found,
    items: Sequence[Cited],
    figures: Sequence[Call],
    language: Language,
) -> tuple[str, ...]:
    notes: list[str] = []
    if not items and figures:
        notes.append(messages.describe_figures_elsewhere([call.tool for call in figures]).in_language(language))
    if not items and question.filters != Filters():
        notes.append(messages.FILTERED_OUT.in_language(language))
    elif not items and figures:
        notes += [messages.ONLY_PASSAGES.in_language(language)] if found.passages else []
    elif not items:
        notes.append((messages.ONLY_PASSAGES if found.passages else messages.NOTHING_FOUND).in_language(language))
        near = await citing.facets(store, await store.count("trend", found.near), language, _FACETS)
        if near:
            notes.append(
                messages.NEAREST_TRENDS.format(
                    trends=", ".join([f"{facet.name} ({facet.trend})" for facet in near])
                ).in_language(language)
            )
    elif not found.whole and any(item.id not in _by_meaning(found) for item in items):
        notes.append(messages.ONLY_PARTS.in_language(language))
    notes += _on_meaning(found, items, language)
    # The words that no article has are what the other tool is asked with.
    notes += _on_words(found, items, language) if items or not figures else ()
    if any(item.kind in {"forecast", "opinion", "hypothesis"} for item in items):
        notes.append(messages.NOT_FACTS.in_language(language))
    if question.filters.since or question.filters.until:
        notes.append(messages.PERIOD_UNKNOWN_LEFT_OUT.in_language(language))
    if citing.lacks_quotes(items):
        notes.append(messages.QUOTES_MISSING.in_language(language))
    return tuple(notes)


def _by_meaning(found: Found) -> frozenset[str]:
    return found.meant.claims if found.meant else frozenset()


def _on_meaning(found: Found, items: Sequence[Cited], language: Language) -> Iterator[str]:
    only = [item.id for item in items if item.id in _by_meaning(found)]
    passages = found.meant.passages if found.meant else ()
    only += [f"{one.article} {one.start}-{one.end}" for one in found.passages[:_PASSAGES] if one in passages]
    if only:
        yield messages.FOUND_BY_MEANING.format(ids=", ".join(only)).in_language(language)
    if found.meant and found.meant.awaiting:
        done, total = found.meant.awaiting
        yield messages.MEANING_AWAITED.format(done=done, total=total).in_language(language)
    if found.meant and found.meant.fault:
        yield messages.MEANING_FAILED.format(why=found.meant.fault).in_language(language)


def _on_words(found: Found, items: Sequence[Cited], language: Language) -> Iterator[str]:
    """Which words and texts the answer goes by, and which it does not."""
    if found.passages and not found.whole_passages:
        yield messages.PASSAGES_ONLY_PARTS.in_language(language)
    if found.behind:
        yield messages.TEXTS_LEFT_OUT.format(searched=found.behind.texts, total=found.behind.of).in_language(language)
    if found.respelt_words and (items or found.passages):
        yield messages.RESPELT_WORDS.format(words=messages.quote_names(found.respelt_words)).in_language(language)
    if found.unknown_words:
        yield messages.describe_unknown_words(found.unknown_words, found=bool(items)).in_language(language)


async def _next_calls(
    store: Store, text: str, shown: Sequence[Claim], figures: Sequence[Call], language: Language
) -> tuple[Call, ...]:
    """The tools that set counts and costs beside others of their kind, and the trend that most of the claims bear on.

    What was plainly asked for comes first, in place of what the claims would have that tool asked for.
    """
    named = {identity for mention in (await store.lexicon()).mentions(text, nested=True) for identity in mention.ids}
    counted = [figure.subject for claim in shown for figure in claim.figures if figure.measure == comparisons.COUNT]
    entities = await store.get(Entity, tuple({*counted, *(one for claim in shown for one in claim.entities)}))
    priced = [
        one
        for claim in shown[:_BEST]
        if claim.cost_basis
        for one in claim.entities
        if entities[one].type in comparisons.PRICED
    ]
    trends = Counter(trend for claim in shown[:_BEST] for trend in claim.trends).most_common(1)
    counted = [one for one in counted if entities[one].type == "country"]
    own = await named_here(store, entities)
    asked = [one for one in counted if f"entity:{one}" in named]
    every_country = Call(tool="get_country_model_counts", arguments={"language": language}) if counted else None
    calls = [
        _call("get_country_model_counts", "countries", _names(asked, entities, own, language), language)
        or every_country,
        _call("compare_model_costs", "models", _names(priced, entities, own, language), language),
        _call("get_trend", "trend", trends[0][0] if trends else "", language),
    ]
    asked_for = {call.tool for call in figures}
    return (*figures, *(call for call in calls if call and call.tool not in asked_for))


def _names(ids: Sequence[str], entities: Mapping[str, Entity], own: Collection[str], language: Language) -> list[str]:
    """Names to call a tool with; ids of what was named here, since a text may have chosen its name."""
    return [one if one in own else entities[one].name.in_language(language) for one in dict.fromkeys(ids)]


def _call(tool: str, argument: str, value: str | list[str], language: Language) -> Call | None:
    return Call(tool=tool, arguments={argument: value, "language": language}) if value else None
