"""Verification of a call: drafts of a language model in, claims that the article's text supports and verdicts out.

A pure function of its arguments. Each draft is checked by itself, then against those accepted before it. Both text and drafts may
be hostile: whatever is accepted has been found in the text by this code.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import ValidationError

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import (
    MOST_DRAFTS,
    Draft,
    DraftFigure,
    NewEntity,
    Refusal,
    Verdict,
    parse_draft,
)
from knowledge.curation.verification.messages import Advisory, Finding, Violation, quote, shorten
from knowledge.curation.verification.readers import EntityIndex, SourceText, find_numbers, published_years
from knowledge.curation.verification.rules import (
    CopyDetector,
    FigureEntities,
    Support,
    check_attribution,
    check_kind,
    check_named,
    check_numbers_across_languages,
    check_numbers_against_quotes,
    check_period,
    check_repetition,
    check_replacement,
    check_reversal,
    check_wording,
    find_support,
    make_entity,
    make_figure,
    resolve_entity,
    resolve_trend,
)
from knowledge.model import (
    Article,
    Bilingual,
    Claim,
    ClaimId,
    Entity,
    Figure,
    Language,
    Stance,
    Trend,
    find_used_entities,
)
from knowledge.queries import BASES
from knowledge.store import WriteConflict
from knowledge.text import KnownClaims, anchoring
from knowledge.text.analysis import Lexicon
from knowledge.text.quantities import CODES

_LONGEST_ID = 100
_LONGEST_SLUG = 35
_WORD = re.compile(r"[a-z0-9]+")
_STOP_WORDS = frozenset(
    "a an the of in on at to for and or is are was were be been that which with by from as its it will has have had this".split()
)
_WORDS = 5
_MOST_MEASURES = 12


@dataclass(frozen=True)
class DraftContext:
    """The article and the knowledge that every draft of a call is checked against."""

    article: Article
    text: SourceText
    entities: EntityIndex
    copies: CopyDetector
    measures: frozenset[str]
    older: Mapping[str, Claim]
    """Claims of this article that may still be replaced, by id."""
    prefix: str = ""
    """Prefix of the slugs of new claims."""


class _References(NamedTuple):
    """The records that a draft names."""

    entities: tuple[str, ...]
    trends: dict[str, Stance]
    speaker: str | None
    figures: tuple[Figure, ...]

    @property
    def ids(self) -> set[str]:
        """The ids of all entities."""
        of_figures = (
            identity
            for figure in self.figures
            for identity in (figure.subject, figure.compared_to, figure.publisher, figure.population)
        )
        return {identity for identity in (*self.entities, self.speaker, *of_figures) if identity}


@dataclass
class DraftCheck:
    """The check of one draft; `findings` fills up as its parts are checked."""

    draft: Draft
    context: DraftContext
    findings: list[Finding] = field(default_factory=list)

    def make_claim(self, taken: Collection[str]) -> Claim | None:
        """Return the claim, with an id that is not taken; `None` if `findings` then has a violation."""
        references = self._resolve()
        self._check_statements(references)
        self._check_periods()
        self.findings += check_kind(self.draft, self.support, self.context.text, later_year=self._has_later_year())
        self.findings += check_reversal(self.draft, self.support)
        if self.support.spans:
            self.findings += check_attribution(
                self.draft, references.speaker, self.support, self.context.text, self.context.entities
            )
        self.findings += _check_completeness(self.draft, references.figures, self.context.older)
        return None if self.violations else self._build(references, taken)

    @property
    def violations(self) -> list[Violation]:
        """The findings that refuse the draft."""
        return [finding for finding in self.findings if isinstance(finding, Violation)]

    @cached_property
    def support(self) -> Support:
        """The words of the article that the draft quotes."""
        return find_support(self.draft, self.context.text, self.context.article)

    def _resolve(self) -> _References:
        draft = self.draft
        found = [self._resolve_entity(name, f"entities.{number}") for number, name in enumerate(draft.entities, 1)]
        entities = tuple(dict.fromkeys(identity for identity in found if identity))
        trends: dict[str, Stance] = {}
        for name, stance in draft.trends.items():
            if identity := self._keep(resolve_trend(name, "trends", self.context.entities)):
                trends[identity] = stance
        speaker = self._keep(resolve_entity(draft.speaker, "speaker", self.context.entities)) if draft.speaker else None
        self.findings += self.support.findings
        return _References(entities, trends, speaker, tuple(self._make_figures()))

    def _keep(self, found: str | Violation) -> str | None:
        if isinstance(found, str):
            return found
        self.findings.append(found)
        return None

    def _resolve_entity(self, name: str | None, about: str) -> str | None:
        """Return the id of an entity, which the article has to name."""
        identity = self._keep(resolve_entity(name, about, self.context.entities)) if name else None
        if identity:
            self.findings += check_named(identity, about, self.context.entities)
        return identity

    def _make_figures(self) -> Iterator[Figure]:
        for number, draft in enumerate(self.draft.figures, 1):
            about = f"figures.{number}"
            entities = FigureEntities(
                self._resolve_entity(draft.subject, f"{about}.subject"),
                self._resolve_entity(draft.compared_to, f"{about}.compared_to"),
                self._resolve_entity(draft.publisher, f"{about}.publisher"),
                self._resolve_entity(draft.population, f"{about}.population"),
            )
            if self.support.has_lost(draft.raw):
                continue  # the quote is to be corrected first
            for found in make_figure(draft, about, entities, self.support.spans, self.context.text):
                if isinstance(found, Figure):
                    yield found
                else:
                    self.findings.append(found)
            self._check_measure(draft)

    def _check_measure(self, draft: DraftFigure) -> None:
        known = self.context.measures
        if known and draft.measure not in known:
            shown = quote(sorted(known), most=_MOST_MEASURES)
            self.findings.append(Advisory(messages.NEW_MEASURE.format(measure=draft.measure, measures=shown)))

    def _check_statements(self, references: _References) -> None:
        """Check the wording of both statements and the numbers in them."""
        ko, en, entities = self.draft.statement_ko, self.draft.statement_en, self.context.entities
        mentioned = {identity for identity in entities.find_named(f"{ko}\n{en}") if entities.is_named(identity)}
        names = [name for identity in references.ids | mentioned for name in entities.names(identity)]
        korean, english = find_numbers(ko), find_numbers(en)
        self.findings += check_wording(self.draft, self.context.copies, names)
        self.findings += check_numbers_against_quotes("statement_ko", ko, korean, self.support.words, names)
        self.findings += check_numbers_against_quotes("statement_en", en, english, self.support.words, names)
        self.findings += check_numbers_across_languages(ko, en, korean, english, names)
        if self.draft.cost_basis is None and any(number.unit in CODES for number in (*korean, *english)):
            self.findings.append(Advisory(messages.COST_BASIS_ADVISED))

    def _check_periods(self) -> None:
        draft, years = self.draft, self.support.words.times.years
        self._keep_violation(check_period("period", draft.period, years))
        self._keep_violation(check_period("asserted", draft.asserted, years | published_years(self.context.article)))
        for number, figure in enumerate(draft.figures, 1):
            self._keep_violation(check_period(f"figures.{number}.period", figure.period, years))

    def _keep_violation(self, violation: Violation | None) -> None:
        if violation:
            self.findings.append(violation)

    def _has_later_year(self) -> bool:
        """Return whether the quoted words have the year of publication or a later one."""
        published = published_years(self.context.article)
        return bool(published) and any(year >= max(published) for year in self.support.words.times.years)

    def _build(self, references: _References, taken: Collection[str]) -> Claim | None:
        draft, article, body = self.draft, self.context.article.id, self.context.text.body
        try:
            return Claim(
                id=make_claim_id(article, draft.name, draft.statement_en, taken, self.context.prefix),
                article=article,
                kind=draft.kind,
                statement=Bilingual(ko=draft.statement_ko, en=draft.statement_en),
                speaker=references.speaker,
                attribution=draft.attribution,
                entities=references.entities,
                trends=references.trends,
                period=draft.period,
                asserted=draft.asserted,
                cost_basis=draft.cost_basis,
                figures=references.figures,
                evidence=tuple(span.evidence(body, article) for span in self.support.spans),
            )
        except ValidationError as error:
            why = shorten(error.errors(include_url=False)[0]["msg"], 120)
            self.findings.append(messages.NO_CLAIM.at("draft", why=why))
            return None


def _check_completeness(draft: Draft, figures: Sequence[Figure], older: Collection[str]) -> Iterator[Violation]:
    """Yield what a draft lacks that its other parts call for; `older` are the claims that it may replace."""
    if draft.kind == "figure" and not draft.figures:
        yield messages.FIGURE_MISSING.at("figures")
    if draft.cost_basis is None and any(figure.is_money for figure in figures):
        yield messages.COST_BASIS_MISSING.at("cost_basis", bases=", ".join(BASES))
    if draft.supersedes and draft.supersedes not in older:
        yield messages.NOT_OF_ARTICLE.at("supersedes", claim=quote([draft.supersedes]))
    if draft.supersedes and not draft.why:
        yield messages.WHY_MISSING.at("why")


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


def make_claim_id(article: str, name: str | None, statement: str, taken: Collection[str], prefix: str = "") -> str:
    """Return an id that is not taken, from the given name or else the first content words of the English statement."""
    words = [word for word in _WORD.findall(statement.lower()) if word not in _STOP_WORDS]
    slug = prefix + (name or "-".join(words[:_WORDS]) or "claim").removeprefix(prefix)
    longest = min(_LONGEST_SLUG, _LONGEST_ID - len(article) - 1)
    slug = _cut(slug, longest)
    count, unique = 1, slug
    while f"{article}.{unique}" in taken:
        count += 1
        unique = f"{_cut(slug, longest - len(str(count)) - 1)}-{count}"
    return f"{article}.{unique}"


def _cut(slug: str, longest: int) -> str:
    if len(slug) <= longest:
        return slug
    return (slug[: longest + 1].rpartition("-")[0] or slug[:longest]).strip("-")
