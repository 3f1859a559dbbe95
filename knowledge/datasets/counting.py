"""How many models has each country in a vintage? By rule and period; and which models are behind a count. Pure functions."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from knowledge.datasets import countries as known
from knowledge.datasets.model import ListedModel, ModelTable, Recount
from knowledge.model.errors import UnanswerableError
from knowledge.model.periods import parse_period
from knowledge.model.records import CountingRule
from knowledge.text import safe_csv

RULES: tuple[CountingRule, ...] = ("first", "any", "sole")


def recount(table: ModelTable, rule: CountingRule, period: str, countries: Collection[str] | None = None) -> Recount:
    """Models by country, most first, of a period (EDTF, both ends included, as in `2020/2024` or `2024-03-01/2024-06-30`).

    With `countries` (alpha-3) these are given and no others, in their order, those without a model as 0. "Multinational" is
    no country: a model that lists it beside one country counts for that one, also by the rule `sole`.

    Raises:
        UnanswerableError: if the period or a country is none.
    """
    chosen = None if countries is None else tuple(map(_check_country, countries))  # before anything is counted
    models = select_published(table, period)
    counts = Counter(country for model in models for country in get_counted_countries(model, rule))
    in_order = [country for country, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    done = Recount(
        population=table.population,
        vintage=table.vintage,
        rule=rule,
        period=period,
        rows=len(models),
        undated=sum(_is_published(model, *_days(period)) is None for model in table.models),
        without_country=sum(not model.countries for model in models),
        counts={country: counts[country] for country in in_order},
    )
    return done if chosen is None else select_countries(done, chosen)


def select_countries(whole: Recount, countries: Sequence[str]) -> Recount:
    """The recount of these countries (alpha-3) alone, in their order, 0 for those without a model."""
    return whole.model_copy(update={"counts": {one: whole.counts.get(one, 0) for one in countries}})


def recount_years(
    table: ModelTable, rule: CountingRule, first: int, last: int, countries: Collection[str] | None = None
) -> tuple[Recount, ...]:
    """A recount of each year from `first` to `last`, both included."""
    return tuple(recount(table, rule, f"{year:04}", countries) for year in range(first, last + 1))


def list_counted_models(table: ModelTable, rule: CountingRule, period: str, country: str) -> tuple[ListedModel, ...]:
    """The models that are counted for a country, the newest first; as many as the count says.

    Raises:
        UnanswerableError: if the period or the country is none.
    """
    wanted = _check_country(country)
    models = [model for model in select_published(table, period) if wanted in get_counted_countries(model, rule)]
    return tuple(sorted(models, key=lambda model: (model.released or "", model.model), reverse=True))


def select_published(table: ModelTable, period: str) -> tuple[ListedModel, ...]:
    """The models published in a period for certain: all of a model's date, which may be a year, lies in it."""
    first, last = _days(period)
    return tuple(model for model in table.models if _is_published(model, first, last))


def get_counted_countries(model: ListedModel, rule: CountingRule) -> tuple[str, ...]:
    """The countries that a model counts for."""
    if rule == "any":
        return model.countries
    return model.countries[:1] if rule == "first" or len(model.countries) == 1 else ()


def write_csv(models: Sequence[ListedModel]) -> str:
    """The models behind a count as CSV; names that a spreadsheet would run get an apostrophe in front."""
    rows = (
        (one.model, ", ".join(one.developers), one.released, ", ".join(one.countries), one.compute, one.confidence)
        for one in models
    )
    return safe_csv.format_csv(("model", "developers", "released", "countries", "compute_flop", "confidence"), rows)


def _is_published(model: ListedModel, first: date, last: date) -> bool | None:
    """Whether a model was published from `first` to `last`; `None` where its date does not tell."""
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
