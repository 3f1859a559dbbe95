"""One draft against the article's text: the claim it makes, or everything that is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import ValidationError

from knowledge.curation.verification import completeness, messages
from knowledge.curation.verification.claim_ids import make_claim_id
from knowledge.curation.verification.drafts import Draft, DraftFigure
from knowledge.curation.verification.messages import Advisory, Finding, Violation, quote, shorten
from knowledge.curation.verification.readers import dates, negation, numbers, speakers
from knowledge.curation.verification.readers.entities import EntityIndex
from knowledge.curation.verification.readers.source_text import SourceText
from knowledge.curation.verification.rules import figures as figuring
from knowledge.curation.verification.rules import kinds, number_agreement, reversal, wording
from knowledge.curation.verification.support import Support, find_support
from knowledge.model.records import Article, Bilingual, Claim, Figure, Stance
from knowledge.text.quantities.currencies import CODES

_NAMED_TYPES = frozenset({"company", "model", "person", "organisation", "product", "publication", "event"})
_MOST_MEASURES = 12


@dataclass(frozen=True)
class DraftContext:
    """What every draft of a call is held against."""

    article: Article
    text: SourceText
    register: EntityIndex
    wording: wording.CopyDetector
    measures: frozenset[str]
    older: Mapping[str, Claim]
    """Claims of this article, by id."""
    prefix: str = ""
    """How the names of new claims begin."""


@dataclass
class DraftCheck:
    """One draft's; `findings` fills while the parts are looked at."""

    draft: Draft
    bench: DraftContext
    findings: list[Finding] = field(default_factory=list)

    def claim(self, taken: frozenset[str]) -> Claim | None:
        """The claim; `None` where anything is wrong, which `findings` then says."""
        entities, trends, speaker = self._entities(), self._trends(), self._one(self.draft.speaker, "speaker")
        figures = self._figures()
        register, statements = self.bench.register, f"{self.draft.statement_ko}\n{self.draft.statement_en}"
        told = {one for one in register.named_in(statements) if register.is_named(one)}
        names = [name for one in {*self._named(entities, speaker, figures), *told} for name in register.names(one)]
        self._words(names)
        self._times()
        self._sense(speaker)
        self.findings += completeness.check(self.draft, figures, self.bench.older)
        if self.faults:
            return None
        return self._made(entities, trends, speaker, figures, taken)

    @property
    def faults(self) -> list[Violation]:
        return [one for one in self.findings if isinstance(one, Violation)]

    @cached_property
    def bearing(self) -> Support:
        """The words that bear the draft."""
        found = find_support(self.draft, self.bench.text, self.bench.article)
        self.findings += found.findings
        return found

    def _entities(self) -> tuple[str, ...]:
        found = [self._one(name, f"entities.{number}") for number, name in enumerate(self.draft.entities, 1)]
        return tuple(dict.fromkeys(one for one in found if one))

    def _trends(self) -> dict[str, Stance]:
        trends: dict[str, Stance] = {}
        for name, stance in self.draft.trends.items():
            for one in self.bench.register.trend(name, "trends"):
                if isinstance(one, str):
                    trends[one] = stance
                else:
                    self.findings.append(one)
        return trends

    def _one(self, name: str | None, about: str) -> str | None:
        """The entity of this name, which the article has to name."""
        for one in self.bench.register.entity(name, about) if name else ():
            if not isinstance(one, str):
                self.findings.append(one)
                continue
            if about != "speaker":
                self._is_named(one, about)
            return one
        return None

    def _is_named(self, identity: str, about: str) -> None:
        register = self.bench.register
        if register.is_named(identity) or identity.startswith("unnamed-"):
            return
        entity = register.get(identity)
        name = quote(register.names(identity)[:1])
        if entity and entity.type in _NAMED_TYPES:
            self.findings.append(messages.NOT_IN_TEXT.at(about, name=name))
        else:
            self.findings.append(Advisory(messages.NAMED_OTHERWISE.format(name=name)))

    def _figures(self) -> tuple[Figure, ...]:
        made: list[Figure] = []
        for number, draft in enumerate(self.draft.figures, 1):
            about = f"figures.{number}"
            named = figuring.FigureEntities(
                self._one(draft.subject, f"{about}.subject"),
                self._one(draft.compared_to, f"{about}.compared_to"),
                self._one(draft.publisher, f"{about}.publisher"),
                self._one(draft.population, f"{about}.population"),
            )
            if self.bearing.has_lost(draft.raw):
                continue  # its quote is to be mended first
            for one in figuring.make_figure(draft, about, named, self.bearing.pieces, self.bench.text):
                made.append(one) if isinstance(one, Figure) else self.findings.append(one)
            self._measure(draft)
        return tuple(made)

    def _measure(self, draft: DraftFigure) -> None:
        known = self.bench.measures
        if draft.measure not in known and known:
            there = quote(sorted(known), most=_MOST_MEASURES)
            self.findings.append(Advisory(messages.NEW_MEASURE.format(measure=draft.measure, measures=there)))

    def _named(self, entities: Sequence[str], speaker: str | None, figures: Sequence[Figure]) -> Iterator[str]:
        yield from entities
        yield from filter(None, [speaker])
        for figure in figures:
            yield from filter(None, [figure.subject, figure.compared_to, figure.publisher, figure.population])

    def _words(self, names: Sequence[str]) -> None:
        """The wording of the statements, and the numbers in them."""
        draft = self.draft
        korean, english = numbers.find_numbers(draft.statement_ko), numbers.find_numbers(draft.statement_en)
        self.findings += wording.check(draft, self.bench.wording, names)
        self.findings += number_agreement.check_numbers_against_quotes(
            "statement_ko", draft.statement_ko, korean, self.bearing.words, names
        )
        self.findings += number_agreement.check_numbers_against_quotes(
            "statement_en", draft.statement_en, english, self.bearing.words, names
        )
        self.findings += number_agreement.check_numbers_across_languages(
            draft.statement_ko, draft.statement_en, korean, english, names
        )
        if draft.cost_basis is None and any(one.unit in CODES for one in (*korean, *english)):
            self.findings.append(Advisory(messages.COST_BASIS_ADVISED))

    def _times(self) -> None:
        draft, years = self.draft, self.bearing.words.times.years
        said = years | dates.published_years(self.bench.article)
        checks = [("period", draft.period, years), ("asserted", draft.asserted, said)]
        checks += [(f"figures.{number}.period", one.period, years) for number, one in enumerate(draft.figures, 1)]
        self.findings += [fault for check in checks if (fault := dates.check(*check))]

    def _sense(self, speaker: str | None) -> None:
        """Kind, speaker, and what would turn the sense round."""
        bench, draft, bearing = self.bench, self.draft, self.bearing
        bases = dates.published_years(bench.article)
        later = bool(bases) and any(year >= max(bases) for year in bearing.words.times.years)
        self.findings += kinds.check(draft, bearing.states, bearing.context, later_year=later)
        self.findings += kinds.condition(draft, bearing.stating, f"{bearing.states}\n{bearing.context}", bench.text)
        self.findings += negation.check(draft, bearing.states, f"{bearing.states}\n{bearing.context}")
        self.findings += reversal.check(draft, bearing.states)
        if bearing.pieces:
            self.findings += speakers.check(draft, speaker, bearing.pieces, bench.text, bench.register)

    def _made(
        self,
        entities: tuple[str, ...],
        trends: dict[str, Stance],
        speaker: str | None,
        figures: tuple[Figure, ...],
        taken: frozenset[str],
    ) -> Claim | None:
        draft, article = self.draft, self.bench.article.id
        try:
            return Claim(
                id=make_claim_id(article, draft.name, draft.statement_en, taken, self.bench.prefix),
                article=article,
                kind=draft.kind,
                statement=Bilingual(ko=draft.statement_ko, en=draft.statement_en),
                speaker=speaker,
                attribution=draft.attribution,
                entities=entities,
                trends=trends,
                period=draft.period,
                asserted=draft.asserted,
                cost_basis=draft.cost_basis,
                figures=figures,
                evidence=tuple(piece.evidence(self.bench.text.body, article) for piece in self.bearing.pieces),
            )
        except ValidationError as error:
            why = shorten(error.errors(include_url=False)[0]["msg"], 120)
            self.findings.append(messages.NO_CLAIM.at("draft", why=why))
            return None
