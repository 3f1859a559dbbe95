"""One claim: what it says, who says it where, and which disagreements it is part of."""

from collections.abc import Iterator

from knowledge.model import Article, Claim, Disagreement, Event, Language, UnanswerableError
from knowledge.queries import articles, citations, conflicts, messages, trends
from knowledge.queries.answers import Call, Cited
from knowledge.queries.conflicts import Conflict
from knowledge.queries.names import CLAIM, near_claims
from knowledge.queries.record_answers import ClaimEvent, ClaimView
from knowledge.store import StoreReader
from knowledge.text import strip_hidden


async def view_claim(store: StoreReader, identity: str, language: Language) -> ClaimView:
    """Return a claim in full with its history; a note says if it no longer stands.

    Raises:
        UnanswerableError: if there is no such claim.
    """
    found = await store.find_claims("id", identity) or tuple((await store.get(Claim, (identity,))).values())
    if not found:
        raise UnanswerableError(
            messages.describe_missing(CLAIM, identity, await near_claims(store, identity)).in_language(language)
        )
    claim = found[0]
    (cited,) = await citations.cite_claims(store, found, language, "full")
    article = (await store.get(Article, (claim.article,)))[claim.article]
    return ClaimView(
        language=language,
        claim=cited,
        article=await articles.make_article_record(store, article, language),
        disagreements=await trends.describe_disputes(store, await _find_disagreements(store, claim), language),
        history=tuple(map(_make_event, await store.list_events(claim.id))),
        notes=tuple(_notes(claim, cited, language)),
        next_calls=_next_calls(claim, language),
    )


async def _find_disagreements(store: StoreReader, claim: Claim) -> list[Disagreement | Conflict]:
    """Return the disagreements in which a claim holds a side: curated ones, and conflicts of figures."""
    measured = await store.find_claims("measure", *(figure.measure for figure in claim.figures)) if claim.stands else ()
    disagreements: tuple[Disagreement | Conflict, ...]
    disagreements = (*await store.list_all(Disagreement), *await conflicts.find_conflicts(store, measured))
    return [dispute for dispute in disagreements if any(claim.id in side.claims for side in dispute.sides)]


def _make_event(event: Event) -> ClaimEvent:
    return ClaimEvent(
        at=event.at.isoformat().replace("+00:00", "Z"),
        by=strip_hidden(event.by),
        action=event.action,
        why=strip_hidden(event.why) if event.why else None,
        instead=event.instead,
    )


def _notes(claim: Claim, cited: Cited, language: Language) -> Iterator[str]:
    if not claim.stands:
        yield messages.STANDS_NO_LONGER.in_language(language)
    if citations.lacks_quotes([cited]):
        yield messages.QUOTES_MISSING.in_language(language)


def _next_calls(claim: Claim, language: Language) -> tuple[Call, ...]:
    arguments: dict[str, str | list[str]] = {"article": claim.article, "around": claim.id, "language": language}
    trends = [Call(tool="get_trend", arguments={"trend": trend, "language": language}) for trend in claim.trends]
    return Call(tool="read_article", arguments=arguments), *trends
