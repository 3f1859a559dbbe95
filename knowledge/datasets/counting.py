"""Counts of models by country in a table, by rule and period, and the models behind a count."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from knowledge.datasets import countries as known
from knowledge.datasets.model import ListedModel, ModelTable, Recount
from knowledge.model import CountingRule, UnanswerableError, parse_period
from knowledge.text import safe_csv

RULES: tuple[CountingRule, ...] = ("first", "any", "sole")


def recount(table: ModelTable, rule: CountingRule, period: str, countries: Collection[str] | None = None) -> Recount:
    """Count the models of a period by country, most first (EDTF, inclusive: `2020/2024`, `2024-03-01/2024-06-30`).

    With `countries` (alpha-3), the counts are of these alone, in their order, 0 for those without a model. "Multinational" is
    no country: a model that lists it beside one country counts for that country, also by the rule `sole`.

    Raises:
        UnanswerableError: if the period or a country is invalid.
    """
    chosen = None if countries is None else tuple(map(_check_country, countries))  # before anything is counted
    models = select_published(table, period)
    counts = Counter(country for model in models for country in get_counted_countries(model, rule))
    in_order = [country for country, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    counted = Recount(
        population=table.population,
        vintage=table.vintage,
        rule=rule,
        period=period,
        rows=len(models),
        undated=sum(_is_published(model, *_days(period)) is None for model in table.models),
        without_country=sum(not model.countries for model in models),
        counts={country: counts[country] for country in in_order},
    )
    return counted if chosen is None else select_countries(counted, chosen)


def select_countries(whole: Recount, countries: Sequence[str]) -> Recount:
    """Return the recount of these countries (alpha-3) alone, in their order, 0 for those without a model."""
    return whole.model_copy(update={"counts": {country: whole.counts.get(country, 0) for country in countries}})


def recount_years(
    table: ModelTable, rule: CountingRule, first: int, last: int, countries: Collection[str] | None = None
) -> tuple[Recount, ...]:
    """Return a recount of each year from `first` to `last`, both included."""
    return tuple(recount(table, rule, f"{year:04}", countries) for year in range(first, last + 1))


def list_counted_models(table: ModelTable, rule: CountingRule, period: str, country: str) -> tuple[ListedModel, ...]:
    """Return the models counted for a country, the newest first; as many as the count says.

    Raises:
        UnanswerableError: if the period or the country is invalid.
    """
    wanted = _check_country(country)
    models = [model for model in select_published(table, period) if wanted in get_counted_countries(model, rule)]
    return tuple(sorted(models, key=lambda model: (model.released or "", model.model), reverse=True))


def select_published(table: ModelTable, period: str) -> tuple[ListedModel, ...]:
    """Return the models certainly published in a period: all of the date, which may be a year, lies in it."""
    first, last = _days(period)
    return tuple(model for model in table.models if _is_published(model, first, last))


def get_counted_countries(model: ListedModel, rule: CountingRule) -> tuple[str, ...]:
    """Return the countries that a model counts for."""
    if rule == "any":
        return model.countries
    return model.countries[:1] if rule == "first" or len(model.countries) == 1 else ()


def write_csv(models: Sequence[ListedModel]) -> str:
    """Return the models behind a count as CSV; names that a spreadsheet would run are prefixed with an apostrophe."""
    rows = (
        (
            model.model,
            ", ".join(model.developers),
            model.released,
            ", ".join(model.countries),
            model.compute,
            model.confidence,
        )
        for model in models
    )
    return safe_csv.format_csv(("model", "developers", "released", "countries", "compute_flop", "confidence"), rows)


def _is_published(model: ListedModel, first: date, last: date) -> bool | None:
    """Check that a model was published from `first` to `last`; `None` if its date is too vague."""
    if model.released is None:
        return None
    earliest, latest = parse_period(model.released)
    if first <= earliest and latest <= last:
        return True
    return False if latest < first or last < earliest else None


def _days(period: str) -> tuple[date, date]:
    try:
        return parse_period(period)
    except ValueError as error:
        raise UnanswerableError(f"{error}.") from error


def _check_country(country: str) -> str:
    if country not in known.CODES and country != known.UNKNOWN:
        raise UnanswerableError(f"‘{country}’ is no country code: give ISO 3166 alpha-3 codes, such as USA, CHN, KOR.")
    return country
