"""The check of one draft against its article: the claim that it makes, or everything that is wrong with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pydantic import ValidationError

from knowledge.curation.verification import messages
from knowledge.curation.verification.claim_ids import make_claim_id
from knowledge.curation.verification.drafts import Draft, DraftFigure
from knowledge.curation.verification.messages import Advisory, Finding, Violation, quote, shorten
from knowledge.curation.verification.readers.dates import published_years
from knowledge.curation.verification.readers.entities import EntityIndex
from knowledge.curation.verification.readers.numbers import find_numbers
from knowledge.curation.verification.readers.source_text import SourceText
from knowledge.curation.verification.rules.attribution import check_attribution
from knowledge.curation.verification.rules.entity_names import check_named, resolve_entity, resolve_trend
from knowledge.curation.verification.rules.figures import FigureEntities, make_figure
from knowledge.curation.verification.rules.kinds import check_kind
from knowledge.curation.verification.rules.number_agreement import (
    check_numbers_across_languages,
    check_numbers_against_quotes,
)
from knowledge.curation.verification.rules.periods import check_period
from knowledge.curation.verification.rules.reversal import check_reversal
from knowledge.curation.verification.rules.wording import CopyDetector, check_wording
from knowledge.curation.verification.support import Support, find_support
from knowledge.model.records import Article, Bilingual, Claim, Figure, Stance
from knowledge.queries.messages import BASES
from knowledge.text.quantities.currencies import CODES

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
