"""Drafts from a language model -> claims that the article's text bears out word for word, and a verdict on each. Pure.

The text is hostile and so may be what a model made of it: whatever is accepted has been looked for in the text by this code.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from knowledge.curation.verification import messages
from knowledge.curation.verification.draft_check import DraftCheck, DraftContext
from knowledge.curation.verification.drafts import MOST_DRAFTS, Draft, NewEntity, Refusal, Verdict, parse_draft
from knowledge.curation.verification.messages import Advisory, Finding, Violation, quote
from knowledge.curation.verification.readers.entities import EntityIndex
from knowledge.curation.verification.readers.source_text import SourceText
from knowledge.curation.verification.rules.duplicates import check_repetition, check_replacement
from knowledge.curation.verification.rules.entity_names import make_entity
from knowledge.curation.verification.rules.wording import CopyDetector
from knowledge.model.records import Article, Claim, ClaimId, Entity, Language, Trend
from knowledge.store.store import WriteConflict
from knowledge.store.write_conflicts import find_used_entities
from knowledge.text import anchoring
from knowledge.text.analysis.lexicon import Lexicon
from knowledge.text.near_duplicates import KnownClaims


@dataclass(frozen=True)
class VerificationContext:
    """What drafts are held against."""

    article: Article
    body: str
    """The stored text; its digest is the article's."""
    lexicon: Lexicon
    entities: Mapping[str, Entity]
    trends: Mapping[str, Trend]
    claims: tuple[Claim, ...] = ()
    """Those of this article, and of the articles that it is a copy of or that are copies of it."""
    measures: frozenset[str] = frozenset()
    """The measures that figures have so far."""
    prefix: str = ""
    """How the names of new claims begin."""
    ordinary: frozenset[str] = frozenset()
    """Words that many claims have, folded: none is a name by itself."""


@dataclass(frozen=True)
class Replacement:
    """That a new claim takes an older one's place."""

    claim: ClaimId
    older: ClaimId
    why: str


@dataclass(frozen=True)
class VerificationResult:
    """What became of a call."""

    claims: tuple[Claim, ...]
    """The accepted claims, with evidence and without quotes."""
    entities: tuple[Entity, ...]
    """The accepted new entities."""
    verdicts: tuple[Verdict, ...]
    """One for each draft, in order."""
    entity_verdicts: tuple[Verdict, ...]
    """One for each new entity, in order; `claim` is the entity's id."""
    replacements: tuple[Replacement, ...] = ()


@dataclass
class _Session:
    """One call while it is judged."""

    bench: DraftContext
    known: KnownClaims
    language: Language
    taken: set[str]
    older: dict[str, Claim]
    """Those that may still be replaced: a claim has one successor."""
    claims: list[Claim] = field(default_factory=list)
    replacements: list[Replacement] = field(default_factory=list)


def verify_drafts(
    drafts: Sequence[Draft | Mapping[str, Any]],
    entities: Sequence[NewEntity | Mapping[str, Any]],
    ground: VerificationContext,
    language: Language,
) -> VerificationResult:
    """What of some drafts the article's text bears out; one that is wrong, or malformed, never loses the others.

    Raises:
        ValueError: if `ground.body` is not the article's text.
    """
    if anchoring.digest(ground.body) != ground.article.sha256:
        raise ValueError(f"the text is not that of article {ground.article.id!r}")
    text = SourceText(ground.body)
    register = EntityIndex(ground.lexicon, ground.entities, ground.trends, ground.body, ground.ordinary)
    made, entity_verdicts = _new(entities, register, language)
    register.add(made)
    article = ground.article
    older = {claim.id: claim for claim in ground.claims if claim.article == article.id and claim.stands}
    titles = [article.title or "", article.derived_from or ""]
    bench = DraftContext(
        article, text, register, CopyDetector(text.flat, titles), ground.measures, older, ground.prefix
    )
    session = _Session(bench, KnownClaims(ground.claims), language, {claim.id for claim in ground.claims}, older)
    verdicts = tuple(_judge(draft, number, session) for number, draft in enumerate(drafts, 1))
    kept = find_used_entities(made, session.claims)
    entity_verdicts = [_if_kept(one, kept, language) for one in entity_verdicts]
    entities_kept = tuple(one for one in made if one.id in kept)
    return VerificationResult(
        tuple(session.claims), entities_kept, verdicts, tuple(entity_verdicts), tuple(session.replacements)
    )


def refuse_conflicts(
    judged: VerificationResult, conflicts: Sequence[WriteConflict], language: Language
) -> VerificationResult:
    """Refuse the drafts whose records were not kept, since another writer came first."""
    if not conflicts:
        return judged
    faults = {conflict.record: _conflict_fault(conflict) for conflict in conflicts}

    def refuse(verdict: Verdict) -> Verdict:
        fault = faults.get(verdict.claim or "")
        return _verdict(verdict.draft, None, [fault], language) if fault else verdict

    return VerificationResult(
        claims=tuple(claim for claim in judged.claims if claim.id not in faults),
        entities=tuple(entity for entity in judged.entities if entity.id not in faults),
        verdicts=tuple(map(refuse, judged.verdicts)),
        entity_verdicts=tuple(map(refuse, judged.entity_verdicts)),
        replacements=tuple(each for each in judged.replacements if each.claim not in faults),
    )


def _conflict_fault(conflict: WriteConflict) -> Violation:
    match conflict.reason:
        case "duplicate":
            return messages.REPEATED.at("statement_ko", id=conflict.other)
        case "unused":
            return messages.ENTITY_UNUSED.at("entities")
        case "id" | "known":
            return messages.ID_TAKEN.at("id", id=quote([conflict.other]))
        case "superseded":
            return messages.SUPERSEDED_MEANWHILE.at("supersedes", id=f"`{conflict.other}`")
        case "name":
            return messages.NAME_TAKEN_MEANWHILE.at("ko", id=f"`{conflict.other}`")
        case "entity":
            return messages.ENTITY_NOT_KEPT.at("entities", id=f"`{conflict.other}`")


def _if_kept(verdict: Verdict, kept: Collection[str], language: Language) -> Verdict:
    """A new entity that nothing speaks of would only get in the way of searches."""
    if verdict.claim is None or verdict.claim in kept:
        return verdict
    return _verdict(verdict.draft, None, [messages.ENTITY_UNUSED.at("entities")], language)


def _new(raws: Sequence[Any], register: EntityIndex, language: Language) -> tuple[list[Entity], list[Verdict]]:
    made: dict[str, Entity] = {}
    verdicts: dict[int, Verdict] = {}
    for number, raw in sorted(
        enumerate(raws, 1), key=lambda one: _has_maker(one[1])
    ):  # who is made comes after the makers
        findings, entity = _one_new(raw, number, register, made)
        if entity:
            made[entity.id] = entity
        verdicts[number] = _verdict(number, entity.id if entity else None, findings, language)
    return list(made.values()), [verdicts[number] for number in sorted(verdicts)]


def _has_maker(raw: Any) -> bool:
    return bool(raw.maker if isinstance(raw, NewEntity) else isinstance(raw, Mapping) and raw.get("maker"))


def _one_new(
    raw: Any, number: int, register: EntityIndex, made: Mapping[str, Entity]
) -> tuple[list[Finding], Entity | None]:
    if number > MOST_DRAFTS:
        return [_too_many()], None
    draft, faults = parse_draft(NewEntity, raw)
    found = list(make_entity(draft, register, made)) if draft else faults
    findings = [one for one in found if not isinstance(one, Entity)]
    entity = next((one for one in found if isinstance(one, Entity)), None)
    return findings, None if findings else entity


def _judge(raw: Any, number: int, session: _Session) -> Verdict:
    if number > MOST_DRAFTS:
        return _verdict(number, None, [_too_many()], session.language)
    draft, faults = parse_draft(Draft, raw)
    if draft is None:
        return _verdict(number, None, faults, session.language)
    examination = DraftCheck(draft, session.bench)
    try:
        claim = examination.claim(frozenset(session.taken))
    except (ArithmeticError, ValueError):  # a number beyond all bounds must not lose the other drafts
        return _verdict(number, None, [messages.UNREADABLE_NUMBER.at("draft")], session.language)
    findings = examination.findings
    if claim:
        findings += check_repetition(claim, session.known, draft.supersedes)
        findings += check_replacement(claim, session.older.get(draft.supersedes) if draft.supersedes else None)
    if claim is None or examination.faults:
        return _verdict(number, None, findings, session.language)
    _accept(claim, draft, session)
    return _verdict(number, claim.id, findings, session.language)


def _accept(claim: Claim, draft: Draft, session: _Session) -> None:
    session.claims.append(claim)
    session.taken.add(claim.id)
    session.known.add(claim)
    if draft.supersedes and draft.why:
        session.older.pop(draft.supersedes)
        session.replacements.append(Replacement(claim.id, draft.supersedes, draft.why))


def _verdict(number: int, accepted: str | None, findings: Iterable[Finding], language: Language) -> Verdict:
    found = list(dict.fromkeys(findings))
    status: Literal["accepted", "refused"] = "accepted" if accepted else "refused"
    return Verdict(
        draft=number,
        claim=accepted,
        status=status,
        refusals=tuple(
            Refusal(
                draft=number,
                about=one.about,
                problem=one.problem.in_language(language),
                mend=one.fix.in_language(language),
            )
            for one in found
            if isinstance(one, Violation)
        ),
        remarks=tuple(one.text.in_language(language) for one in found if isinstance(one, Advisory)),
    )


def _too_many() -> Violation:
    return messages.TOO_MANY.at("drafts", most=MOST_DRAFTS)
