"""Text of counts and costs: published figures with their checks, recounts, costs by basis."""

from collections.abc import Iterator, Sequence

from knowledge.model import CostPart, Language
from knowledge.queries import (
    Behind,
    Check,
    CostComparison,
    CostFigure,
    CostGroup,
    CountryCount,
    CountryCounts,
    CountryRecount,
    CountSource,
    messages,
)
from mcp_server.rendering import lines
from mcp_server.rendering.labels import label


def counts(answer: CountryCounts) -> Iterator[str]:
    """Yield published counts, then recounts or the models behind one of them."""
    language = answer.language
    for source in answer.counts:
        yield from _source(source, language)
    if answer.recounts:
        yield f"{label('recounts', language)}:"
        yield from _recounts(answer.recounts, language)
    if answer.behind:
        yield from _behind(answer.behind, language)
    yield from lines.labelled("missing", answer.not_found, language)
    yield from lines.labelled("known", answer.countries_known, language)
    yield from lines.labelled("licence", [answer.licence] if answer.licence else [], language)
    yield from lines.more(answer.cursor, language)


def costs(answer: CostComparison) -> Iterator[str]:
    """Yield the costs on each basis, then what is unknown."""
    language = answer.language
    for group in answer.groups:
        yield from _group(group, language)
    if answer.not_comparable_because:
        yield f"{label('not_comparable', language)}: {answer.not_comparable_because}"
    yield from lines.labelled("without", answer.without_figures, language)
    for several in answer.ambiguous:
        yield f"{label('ambiguous', language)}: {several.name} ({', '.join(several.candidates)})"
    for missing in answer.unknown:
        yield f"{label('missing', language)}: {missing.name}" + (
            f" ({label('near_names', language)}: {', '.join(missing.near)})" if missing.near else ""
        )
    yield from lines.labelled("licence", [answer.licence] if answer.licence else [], language)
    yield from lines.more(answer.cursor, language)


def _source(source: CountSource, language: Language) -> Iterator[str]:
    fields = (
        ("publisher", source.publisher),
        ("population", source.population),
        ("period", lines.period(source.period, language)),
        ("rule", source.rule),
        ("reads", source.dataset),
        ("as_of", lines.period(source.as_of, language)),
        ("total", source.total),
    )
    yield " · ".join(f"{label(key, language)}: {value}" for key, value in fields if value is not None)
    yield from lines.labelled("articles", source.articles, language)
    for row in source.rows:
        yield from _row(row, language)


def _row(row: CountryCount, language: Language) -> Iterator[str]:
    parts = [
        f"{label('rank', language)} {row.rank}",
        f"{label('share', language)} {row.share_percent}%",
        f"{label('leader', language)} {row.ratio_to_leader}",
        f"{label('gap', language)} {row.gap_to_leader}",
    ]
    if row.stated_rank is not None:
        parts.append(f"{label('stated_rank', language)} {row.stated_rank}")
    yield f"{row.country} ({row.iso}): {row.count} — {' · '.join(parts)}"
    yield f"   {lines.evidence(row.evidence, language)} · {row.claim}"
    if row.check:
        yield f"   {_check(row.check, language)}"


def _check(check: Check, language: Language) -> str:
    by_vintage = ", ".join(
        f"{vintage} {label(verdict, language)}" for vintage, verdict in (check.vintages or {}).items()
    )
    return f"{label('check', language)}: {label(check.verdict, language)}. {check.why}" + (
        f" [{by_vintage}]" if by_vintage else ""
    )


def _recounts(recounts: Sequence[CountryRecount], language: Language) -> Iterator[str]:
    """Yield a line for each recount; rules that count alike share a line."""
    alike: dict[tuple[object, ...], list[CountryRecount]] = {}
    for recount in recounts:
        key = (recount.source, recount.population, recount.vintage, recount.period, tuple(recount.counts.items()))
        alike.setdefault(key, []).append(recount)
    yield from (
        _recount(some[0], ", ".join(label(recount.rule, language) for recount in some), language)
        for some in alike.values()
    )


def _recount(recount: CountryRecount, rules: str, language: Language) -> str:
    counted = [label(recount.covers, language)] if recount.covers else []
    counted += [f"{label('rows', language)} {recount.rows}"]
    counted += [f"{label('no_country', language)} {recount.without_country}"] if recount.without_country else []
    counted += [f"{label('undated', language)} {recount.undated}"] if recount.undated else []
    dataset = f"{recount.source} {label(recount.population, language)} {recount.vintage}"
    head = " · ".join((dataset, rules, lines.period(recount.period, language) or "", *counted))
    return f"- {head}: {_tally(recount.counts)}"


def _tally(counts: dict[str, int]) -> str:
    return ", ".join(f"{country} {count}" for country, count in counts.items()) or "—"


def _behind(behind: Behind, language: Language) -> Iterator[str]:
    covers = [label(behind.covers, language)] if behind.covers else []
    period = lines.period(behind.period, language) or ""
    head = (f"{behind.source} {behind.vintage}", label(behind.rule, language), period, *covers)
    yield f"{label('behind', language)} {behind.country}, {' · '.join(head)}: {behind.count}"
    for model in behind.models:
        yield f"- {model.model} ({', '.join(model.developers)}; {', '.join(model.countries)}), {model.released}"


def _group(group: CostGroup, language: Language) -> Iterator[str]:
    basis = label(group.basis, language)
    yield group.meaning if basis in group.meaning else f"{basis}: {group.meaning}"
    yield from (line for figure in group.figures for line in _figure(figure, language))
    for place, item in enumerate(group.items, start=1):
        yield from lines.claim(item.claim, f"{place}. ", language, suffix=f" <{', '.join(item.models)}>")


def _figure(figure: CostFigure, language: Language) -> Iterator[str]:
    source: Sequence[str | None] = (
        f"{figure.source}{f' {figure.as_of}' if figure.as_of else ''}",
        label(figure.kind, language),
        label(figure.cost_basis, language),
        " ".join(f"{_part(part, language)} {amount} {figure.currency}" for part, amount in figure.amounts.items()),
    )
    yield f"- {figure.model}: {figure.said}"
    yield f"   {' · '.join(filter(None, source))}"
    if figure.standing:
        yield f"   {label(figure.standing, language)}"
    if figure.times_lowest:
        times = " ".join(f"{_part(part, language)} ×{ratio}" for part, ratio in figure.times_lowest.items())
        yield f"   {label('times_lowest', language)}: {times}"
    yield from (f"   {note}" for note in figure.notes)


def _part(part: CostPart, language: Language) -> str:
    return messages.PARTS[part].in_language(language)
