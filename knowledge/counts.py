"""How many large AI models has each country released? Counts as published, each source by itself."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from knowledge import citing, sentences
from knowledge.comparisons import CountryCount, CountryCounts, CountSource
from knowledge.model import Bilingual, Claim, Entity, Figure, Language
from knowledge.naming import Names
from knowledge.pages import Detail
from knowledge.store import Store

_SENTENCE_END = re.compile(r"(?<=[a-z다)]\.)\s+")
COUNT = "models_released"
"""The measure of the figures that are counted here."""
_RANK = "rank_by_models"


class _Source(NamedTuple):
    """What makes counts comparable: they are one reading of one population."""

    publisher: str | None
    period: str | None
    population: str | None
    rule: Bilingual | None


class _Count(NamedTuple):
    claim: Claim
    figure: Figure


async def country_counts(store: Store, countries: Sequence[str], language: Language, detail: Detail) -> CountryCounts:
    """The counts of the named countries (of all where none is named), ranked among all that their source counts."""
    sources = _by_source(await store.claims("measure", COUNT))
    entities = await store.get(Entity, tuple(_entities_named(sources)))
    known = tuple(dict.fromkeys(count.figure.subject for counts in sources.values() for count in counts))
    names = await Names.of(store, language)
    wanted = {name: set(names.find(name)) & set(known) for name in countries}
    chosen = set().union(*wanted.values()) if countries else set(known)
    shown = {
        source: [count for count in counts if count.figure.subject in chosen] for source, counts in sources.items()
    }
    not_found = tuple(name for name, ids in wanted.items() if not ids)
    countries_known = tuple(entities[country].name.say(language) for country in known)
    return CountryCounts(
        language=language,
        counts=tuple(
            _source(source, counts, shown[source], entities, language, detail)
            for source, counts in sources.items()
            if shown[source]
        ),
        not_found=not_found,
        countries_known=countries_known,
        notes=_notes(
            [count.claim for counts in shown.values() for count in counts], not_found, countries_known, language
        ),
    )


def _by_source(claims: Sequence[Claim]) -> dict[_Source, list[_Count]]:
    sources: dict[_Source, list[_Count]] = defaultdict(list)
    for claim in claims:
        for figure in claim.figures:
            if figure.measure == COUNT:
                source = _Source(figure.publisher, figure.period, figure.population, figure.rule)
                sources[source].append(_Count(claim, figure))
    for counts in sources.values():
        counts.sort(key=lambda count: count.figure.value, reverse=True)
    return dict(sources)


def _entities_named(sources: Mapping[_Source, Sequence[_Count]]) -> set[str]:
    named = {name for source in sources for name in (source.publisher, source.population) if name}
    return named | {count.figure.subject for counts in sources.values() for count in counts}


def _source(
    source: _Source,
    counts: Sequence[_Count],
    shown: Sequence[_Count],
    entities: Mapping[str, Entity],
    language: Language,
    detail: Detail,
) -> CountSource:
    unknown = sentences.UNKNOWN.say(language)
    return CountSource(
        publisher=entities[source.publisher].name.say(language) if source.publisher else unknown,
        period=source.period or unknown,
        population=entities[source.population].name.say(language) if source.population else unknown,
        rule=(source.rule or sentences.RULE_NOT_STATED).say(language),
        articles=tuple(dict.fromkeys(count.claim.article for count in shown)),
        rows=tuple(_row(count, counts, entities[count.figure.subject], language, detail) for count in shown),
    )


def _row(count: _Count, counts: Sequence[_Count], country: Entity, language: Language, detail: Detail) -> CountryCount:
    values = [int(other.figure.value) for other in counts]
    value, leader = int(count.figure.value), max(values)
    return CountryCount(
        country=country.name.say(language),
        iso=country.iso or "",
        count=value,
        rank=1 + sum(other > value for other in values),
        stated_rank=next((int(figure.value) for figure in count.claim.figures if figure.measure == _RANK), None),
        share_percent=round(100 * value / sum(values), 1),
        ratio_to_leader=round(value / leader, 3),
        gap_to_leader=leader - value,
        claim=count.claim.id,
        evidence=citing.citations(count.claim.evidence, detail),
    )


def _notes(
    claims: Sequence[Claim], not_found: Sequence[str], known: Sequence[str], language: Language
) -> tuple[str, ...]:
    notes = [sentences.country_not_found(not_found, known, language)] if not_found else []
    if claims:
        notes.append(sentences.SHARE_OF_KNOWN.say(language))
    remarks = [claim.note.say(language) for claim in claims if claim.note]
    notes += dict.fromkeys(sentence for remark in remarks for sentence in _SENTENCE_END.split(remark))
    if any(piece.quote is None for claim in claims for piece in claim.evidence):
        notes.append(sentences.QUOTES_MISSING.say(language))
    return tuple(notes)
