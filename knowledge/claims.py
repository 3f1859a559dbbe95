"""One claim: what it says, who says it where, and which disagreements it is part of."""

from knowledge import briefs, citing, reading, sentences
from knowledge.answers import Call
from knowledge.entries import ClaimView
from knowledge.errors import UnanswerableError
from knowledge.model import Article, Claim, Disagreement, Language
from knowledge.naming import CLAIM, near_claims
from knowledge.store import Store


async def claim_view(store: Store, identity: str, language: Language) -> ClaimView:
    """The claim of that id, in full.

    Raises:
        UnanswerableError: if there is none, or it no longer stands.
    """
    found = await store.claims("id", identity)
    if not found:
        raise UnanswerableError(sentences.no_such(CLAIM, identity, await near_claims(store, identity), language))
    claim = found[0]
    (cited,) = await citing.cite(store, found, language, "full")
    article = (await store.get(Article, (claim.article,)))[claim.article]
    return ClaimView(
        language=language,
        claim=cited,
        article=await reading.record(store, article, language),
        disagreements=tuple(
            briefs.dispute(one, language)
            for one in await store.all(Disagreement)
            if any(claim.id in side.claims for side in one.sides)
        ),
        notes=(sentences.QUOTES_MISSING.say(language),) if citing.lacks_quotes([cited]) else (),
        next_calls=_next_calls(claim, language),
    )


def _next_calls(claim: Claim, language: Language) -> tuple[Call, ...]:
    arguments: dict[str, str | list[str]] = {"article": claim.article, "around": claim.id, "language": language}
    trends = [Call(tool="get_trend", arguments={"trend": trend, "language": language}) for trend in claim.trends]
    return Call(tool="read_article", arguments=arguments), *trends
