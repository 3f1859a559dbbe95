"""Verification of a call: drafts of a language model in, claims that the article's text supports and verdicts out.

A pure function of its arguments. Both text and drafts may be hostile: whatever is accepted has been found in the text by this code.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
from knowledge.store.claims import find_used_entities
from knowledge.store.store import WriteConflict
from knowledge.text import anchoring
from knowledge.text.analysis.lexicon import Lexicon
from knowledge.text.near_duplicates import KnownClaims


@dataclass(frozen=True)
class VerificationContext:
    """The article and the knowledge that drafts are checked against."""

    article: Article
    body: str
    """The stored text; its digest is the article's."""
    lexicon: Lexicon
    entities: Mapping[str, Entity]
    trends: Mapping[str, Trend]
    claims: tuple[Claim, ...] = ()
    """Claims of this article and of its copies and originals."""
    measures: frozenset[str] = frozenset()
    """Measures that existing figures have."""
    prefix: str = ""
    """Prefix of the slugs of new claims."""
    ordinary: frozenset[str] = frozenset()
    """Words that many claims have, folded: none of them is a name by itself."""


@dataclass(frozen=True)
class Replacement:
    """A new claim in place of an older one."""

    claim: ClaimId
    older: ClaimId
    why: str


@dataclass(frozen=True)
class VerificationResult:
    """The accepted records of a call, and the verdicts on all."""

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
class _Call:
    """The state of a call while its drafts are verified."""

    context: DraftContext
    known: KnownClaims
    language: Language
    taken: set[str]
    """Ids of claims."""
    replaceable: dict[str, Claim]
    """Older claims of the article without a successor, the same mapping as `context.older`: each may have one."""
    claims: list[Claim] = field(default_factory=list)
    replacements: list[Replacement] = field(default_factory=list)


def verify_drafts(
    drafts: Sequence[Draft | Mapping[str, Any]],
    entities: Sequence[NewEntity | Mapping[str, Any]],
    context: VerificationContext,
    language: Language,
) -> VerificationResult:
    """Return the claims that the article's text supports, and a verdict on each draft; a malformed one affects no other.

    Raises:
        ValueError: if `context.body` is not the article's text.
    """
    article = context.article
    if anchoring.digest(context.body) != article.sha256:
        raise ValueError(f"the text is not that of article {article.id!r}")
    text = SourceText(context.body)
    index = EntityIndex(context.lexicon, context.entities, context.trends, context.body, context.ordinary)
    new, entity_verdicts = _make_entities(entities, index, language)
    index.add(new)
    older = {claim.id: claim for claim in context.claims if claim.article == article.id and claim.stands}
    copies = CopyDetector(text.flat, [article.title or "", article.derived_from or ""])
    draft_context = DraftContext(article, text, index, copies, context.measures, older, context.prefix)
    taken = {claim.id for claim in context.claims}
    call = _Call(draft_context, KnownClaims(context.claims), language, taken, older)
    verdicts = tuple(_verify(draft, number, call) for number, draft in enumerate(drafts, 1))
    used = find_used_entities(new, call.claims)
    return VerificationResult(
        claims=tuple(call.claims),
        entities=tuple(entity for entity in new if entity.id in used),
        verdicts=verdicts,
        entity_verdicts=tuple(_refuse_unused(verdict, used, language) for verdict in entity_verdicts),
        replacements=tuple(call.replacements),
    )


def refuse_conflicts(
    result: VerificationResult, conflicts: Sequence[WriteConflict], language: Language
) -> VerificationResult:
    """Return a result without the records that were not kept because another writer came first, their drafts refused."""
    if not conflicts:
        return result
    violations = {conflict.record: _describe_conflict(conflict) for conflict in conflicts}

    def refuse(verdict: Verdict) -> Verdict:
        violation = violations.get(verdict.claim or "")
        return _make_verdict(verdict.draft, None, [violation], language) if violation else verdict

    return VerificationResult(
        claims=tuple(claim for claim in result.claims if claim.id not in violations),
        entities=tuple(entity for entity in result.entities if entity.id not in violations),
        verdicts=tuple(map(refuse, result.verdicts)),
        entity_verdicts=tuple(map(refuse, result.entity_verdicts)),
        replacements=tuple(each for each in result.replacements if each.claim not in violations),
    )


def _describe_conflict(conflict: WriteConflict) -> Violation:
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


def _refuse_unused(verdict: Verdict, used: Collection[str], language: Language) -> Verdict:
    """Refuse a new entity that no accepted claim names: it would only clutter searches."""
    if verdict.claim is None or verdict.claim in used:
        return verdict
    return _make_verdict(verdict.draft, None, [messages.ENTITY_UNUSED.at("entities")], language)


def _make_entities(raws: Sequence[Any], index: EntityIndex, language: Language) -> tuple[list[Entity], list[Verdict]]:
    """Return the new entities, makers before what they make, and the verdicts in the order of the call."""
    new: dict[str, Entity] = {}
    verdicts: dict[int, Verdict] = {}
    for number, raw in sorted(enumerate(raws, 1), key=lambda numbered: _has_maker(numbered[1])):
        found = _make_entity(raw, number, index, new)
        if isinstance(found, Entity):
            new[found.id] = found
            verdicts[number] = _make_verdict(number, found.id, [], language)
        else:
            verdicts[number] = _make_verdict(number, None, found, language)
    return list(new.values()), [verdicts[number] for number in sorted(verdicts)]


def _has_maker(raw: Any) -> bool:
    return bool(raw.maker if isinstance(raw, NewEntity) else isinstance(raw, Mapping) and raw.get("maker"))


def _make_entity(raw: Any, number: int, index: EntityIndex, new: Mapping[str, Entity]) -> Entity | list[Violation]:
    if number > MOST_DRAFTS:
        return [_too_many()]
    draft, violations = parse_draft(NewEntity, raw)
    return make_entity(draft, index, new) if draft else violations


def _verify(raw: Any, number: int, call: _Call) -> Verdict:
    if number > MOST_DRAFTS:
        return _make_verdict(number, None, [_too_many()], call.language)
    draft, violations = parse_draft(Draft, raw)
    if draft is None:
        return _make_verdict(number, None, violations, call.language)
    check = DraftCheck(draft, call.context)
    try:
        claim = check.make_claim(call.taken)
    except (ArithmeticError, ValueError):  # a number out of range must not affect the other drafts
        return _make_verdict(number, None, [messages.UNREADABLE_NUMBER.at("draft")], call.language)
    if claim:
        check.findings += check_repetition(claim, call.known, draft.supersedes)
        check.findings += check_replacement(claim, call.replaceable.get(draft.supersedes or ""))
    if claim is None or check.violations:
        return _make_verdict(number, None, check.findings, call.language)
    _accept(claim, draft, call)
    return _make_verdict(number, claim.id, check.findings, call.language)


def _accept(claim: Claim, draft: Draft, call: _Call) -> None:
    call.claims.append(claim)
    call.taken.add(claim.id)
    call.known.add(claim)
    if draft.supersedes and draft.why:
        call.replaceable.pop(draft.supersedes)
        call.replacements.append(Replacement(claim.id, draft.supersedes, draft.why))


def _make_verdict(number: int, accepted: str | None, findings: Iterable[Finding], language: Language) -> Verdict:
    unique = list(dict.fromkeys(findings))
    return Verdict(
        draft=number,
        claim=accepted,
        status="accepted" if accepted else "refused",
        refusals=tuple(
            Refusal(
                draft=number,
                about=finding.about,
                problem=finding.problem.in_language(language),
                mend=finding.fix.in_language(language),
            )
            for finding in unique
            if isinstance(finding, Violation)
        ),
        remarks=tuple(finding.text.in_language(language) for finding in unique if isinstance(finding, Advisory)),
    )


def _too_many() -> Violation:
    return messages.TOO_MANY.at("drafts", most=MOST_DRAFTS)
