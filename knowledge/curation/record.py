"""Recording of drafts: verified against an article's text in the library, then stored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from knowledge.curation.verification import (
    Verdict,
    VerificationContext,
    VerificationResult,
    refuse_conflicts,
    verify_drafts,
)
from knowledge.model import Article, Claim, Entity, Language, Trend, UnanswerableError
from knowledge.queries import ARTICLE, Answer, conflicts, messages
from knowledge.store import StatusChange, Store
from knowledge.text.analysis import analyzer

_ORDINARY = 3
"""From this many claims on, a word in their statements is an ordinary one."""
_MOST_STATEMENTS = 16_384
"""Statements whose words are cached."""
_OWN = "own-"
"""Prefix of the names of claims that a user adds to a packaged article; no version of the package uses it."""

Raw = Mapping[str, Any]


class ClaimsRecorded(Answer):
    """Outcome of each draft."""

    article: str
    """Id of the article."""
    recorded: tuple[str, ...]
    """Ids of the claims that were recorded."""
    verdicts: tuple[Verdict, ...]
    """One for each draft, in order: its claim's id, or what to mend."""
    entity_verdicts: tuple[Verdict, ...] = ()
    """One for each new entity, in order."""


async def record_claims(
    store: Store, article: str, drafts: Sequence[Raw], entities: Sequence[Raw], by: str, language: Language
) -> ClaimsRecorded:
    """Record the drafts that the text of an article supports; refuse the others with a reason and a fix.

    Args:
        store: the library.
        article: whose text it is.
        drafts: each of the shape of `verification.Draft`.
        entities: new ones that the drafts name, each of the shape of `verification.NewEntity`.
        by: the person or model who wrote the drafts.
        language: of reasons and fixes.

    Raises:
        UnanswerableError: if there is no such article, or its very text is not in the library.
        StoreError: if nothing can be written.
    """
    ground = await make_verification_context(store, article, language)
    judged = verify_drafts(drafts, entities, ground, language)
    if judged.claims:
        replaced = [StatusChange(each.older, "superseded", by, each.why, each.claim) for each in judged.replacements]
        conflicts = await store.record_claims(article, judged.claims, judged.entities, by, replaced)
        judged = refuse_conflicts(judged, conflicts, language)
    return await _answer(store, ground, judged, language)


async def make_verification_context(store: Store, article: str, language: Language) -> VerificationContext:
    """Return what drafts on an article are verified against.

    Raises:
        UnanswerableError: if there is no such article, or its very text is not in the library.
    """
    record = (await store.get(Article, (article,))).get(article)
    if record is None:
        known = [other.id for other in await store.list_all(Article)]
        raise UnanswerableError(messages.describe_missing(ARTICLE, article, known).in_language(language))
    text = await store.get_text(article)
    if text is None or text.sha256 != record.sha256:
        raise UnanswerableError(
            messages.describe_missing_text(article, has_copy=text is not None).in_language(language)
        )
    claims = await store.list_all(Claim)
    return VerificationContext(
        article=record,
        body=text.body,
        lexicon=await store.get_lexicon(),
        entities={entity.id: entity for entity in await store.list_all(Entity)},
        trends={trend.id: trend for trend in await store.list_all(Trend)},
        claims=await _of_source(store, record, claims),
        prefix=_OWN if record.curated else "",
        measures=frozenset(figure.measure for claim in claims for figure in claim.figures),
        ordinary=_ordinary(claims),
    )


def _ordinary(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the folded words that occur in too many claims to be a name."""
    counts = Counter(form for claim in claims for form in _forms(f"{claim.statement.ko} {claim.statement.en}"))
    return frozenset(form for form, count in counts.items() if count >= _ORDINARY)


@lru_cache(_MOST_STATEMENTS)
def _forms(statement: str) -> frozenset[str]:
    """Return the words of a statement, cached: tokenising all claims anew took longer than verifying a draft."""
    return frozenset(form for word in analyzer.extract_words(statement) for form in (word.raw, word.term))


async def _of_source(store: Store, article: Article, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims of an article and of all copies of its text, including those that no longer stand."""
    root = article.syndicated_from or article.id
    family = {root, *await conflicts.list_copies(store, root)}
    return tuple(claim for claim in claims if claim.article in family)


async def _answer(
    store: Store, ground: VerificationContext, judged: VerificationResult, language: Language
) -> ClaimsRecorded:
    refused = [verdict for verdict in (*judged.verdicts, *judged.entity_verdicts) if verdict.status == "refused"]
    notes = [messages.DRAFTS_REFUSED.format(count=len(refused)).in_language(language)] if refused else []
    recorded = tuple(claim.id for claim in judged.claims)
    if differing := await _differing(store, judged.claims):
        notes.append(messages.describe_differing_figures(differing).in_language(language))
    return ClaimsRecorded(
        language=language,
        article=ground.article.id,
        recorded=recorded,
        verdicts=judged.verdicts,
        entity_verdicts=judged.entity_verdicts,
        notes=tuple(notes),
    )


async def _differing(store: Store, new: Sequence[Claim]) -> list[str]:
    """Return the ids of older claims whose figures contradict those of new ones."""
    ids = {claim.id for claim in new}
    beside = await store.find_claims("measure", *{figure.measure for claim in new for figure in claim.figures})
    held = [
        {claim for side in conflict.sides for claim in side.claims}
        for conflict in await conflicts.find_conflicts(store, beside)
    ]
    return sorted(claim for claims in held if claims & ids for claim in claims - ids)
