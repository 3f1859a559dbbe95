"""Counts of models by country as articles publish them: by source, each count checked against its dataset."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from knowledge.datasets import PUBLISHER
from knowledge.figures.reconciliation import find_reading
from knowledge.model import Bilingual, Claim, Entity, Figure, Language
from knowledge.queries import COUNT, Check, CountryCount, CountSource, Detail, citations, messages
from knowledge.store import StoreReader

_SENTENCE_END = re.compile(r"(?<=[a-z다)]\.)\s+")
_RANK = "rank_by_models"


class CountSeries(NamedTuple):
    """Published series of counts: one publisher, period, population and counting rule."""

    publisher: str | None
    period: str | None
    population: str | None
    rule: Bilingual | None


class PublishedCount(NamedTuple):
    """A published count with the claim that gives it."""

    claim: Claim
    figure: Figure


CheckCount = Callable[[CountSeries, PublishedCount], Check]


@dataclass(frozen=True)
class PublishedCounts:
    """All published counts by series, the highest first, with the entities that they name."""

    sources: Mapping[CountSeries, Sequence[PublishedCount]]
    entities: Mapping[str, Entity]

    @classmethod
    async def load(cls, store: StoreReader, known_on: date | None = None) -> "PublishedCounts":
        sources: dict[CountSeries, list[PublishedCount]] = defaultdict(list)
        for claim in await store.find_claims("measure", COUNT, known_on=known_on):
            for figure in claim.figures:
                if figure.measure == COUNT:
                    source = CountSeries(figure.publisher, figure.period, figure.population, figure.rule)
                    sources[source].append(PublishedCount(claim, figure))
        for counts in sources.values():
            counts.sort(key=lambda count: count.figure.value, reverse=True)
        return cls(sources, await store.get(Entity, tuple(_named(sources))))

    @property
    def countries(self) -> dict[str, Entity]:
        """Return the countries with a count, by their alpha-3 codes."""
        subjects = (self.entities[count.figure.subject] for counts in self.sources.values() for count in counts)
        return {country.iso: country for country in subjects if country.iso}

    def get_name(self, entity: str | None, language: Language) -> str:
        """Return an entity's name; `unknown` if there is none."""
        return self.entities[entity].name.in_language(language) if entity else messages.UNKNOWN.in_language(language)

    def list_sources(
        self, countries: Sequence[str], language: Language, detail: Detail, check: CheckCount
    ) -> tuple[CountSource, ...]:
        """Return the sources that have rows of these countries (alpha-3), or all if none is given."""
        sources = (
            self._source(source, self._wanted(counts, countries), language, detail, check)
            for source, counts in self.sources.items()
        )
        return tuple(source for source in sources if source.rows)

    def list_claims(self, countries: Sequence[str]) -> list[Claim]:
        """Return the claims behind these rows."""
        return [count.claim for counts in self.sources.values() for count in self._wanted(counts, countries)]

    def _wanted(self, counts: Sequence[PublishedCount], countries: Sequence[str]) -> list[PublishedCount]:
        return [count for count in counts if not countries or self.entities[count.figure.subject].iso in countries]

    def _source(
        self,
        source: CountSeries,
        shown: Sequence[PublishedCount],
        language: Language,
        detail: Detail,
        check: CheckCount,
    ) -> CountSource:
        values = [int(count.figure.value) for count in self.sources[source]]
        reading = find_reading(source.publisher, source.population, source.period)
        return CountSource(
            publisher=self.get_name(source.publisher, language),
            period=source.period or messages.UNKNOWN.in_language(language),
            population=self.get_name(source.population, language),
            rule=(source.rule or messages.RULE_NOT_STATED).in_language(language),
            dataset=f"{PUBLISHER}, {reading.dataset}" if reading else None,
            as_of=reading.as_of if reading else None,
            total=reading.rows if reading else None,
            articles=tuple(dict.fromkeys(count.claim.article for count in shown)),
            rows=tuple(self._row(count, values, language, detail, check(source, count)) for count in shown),
        )

    def _row(
        self, count: PublishedCount, values: Sequence[int], language: Language, detail: Detail, check: Check
    ) -> CountryCount:
        country = self.entities[count.figure.subject]
        value, leader = int(count.figure.value), max(values)
        return CountryCount(
            country=country.name.in_language(language),
            iso=country.iso or "",
            count=value,
            rank=1 + sum(other > value for other in values),
            stated_rank=next((int(figure.value) for figure in count.claim.figures if figure.measure == _RANK), None),
            share_percent=round(100 * value / sum(values), 1),
            ratio_to_leader=round(value / leader, 3),
            gap_to_leader=leader - value,
            claim=count.claim.id,
            evidence=citations.cite_evidence(count.claim.evidence, detail),
            check=check,
        )


def list_remarks(claims: Sequence[Claim], language: Language) -> list[str]:
    """Return curators' remarks on the claims, each sentence once, with a note if quotes are missing."""
    texts = [claim.note.in_language(language) for claim in claims if claim.note]
    notes = list(dict.fromkeys(sentence for remark in texts for sentence in _SENTENCE_END.split(remark)))
    if any(piece.quote is None for claim in claims for piece in claim.evidence):
        notes.append(messages.QUOTES_MISSING.in_language(language))
    return notes


def _named(sources: Mapping[CountSeries, Sequence[PublishedCount]]) -> set[str]:
    ids = {name for source in sources for name in (source.publisher, source.population) if name}
    return ids | {count.figure.subject for counts in sources.values() for count in counts}
