"""Packaged figures from datasets, available offline from the first run: our recounts, and some costs.

`build.py` writes their files; here they are read and cross-checked, every fault with its file, item and fix.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import ValidationError

from knowledge.datasets import countries
from knowledge.datasets.counting import RULES
from knowledge.datasets.model import Costs, Recount, Recounts
from knowledge.model import CountingRule, Value, parse_period
from knowledge.store import CurationError, CurationFault, packaged

_V = TypeVar("_V", bound=Value)
RECOUNTS = "recounts.toml"
COSTS = "costs.toml"
_REBUILD = "Rebuild the file: `ai-trends-mcp curate figures FILES`"


def read_recounts(folder: Traversable | None = None) -> Recounts:
    """Read the packaged recounts, or those in `folder`.

    Raises:
        CurationError: with every fault, if they are malformed or do not add up.
    """
    read = _read(folder, RECOUNTS, Recounts)
    _refuse(RECOUNTS, _recount_faults(read.recounts))
    return read


def read_costs(folder: Traversable | None = None) -> Costs:
    """Read the packaged costs, or those in `folder`.

    Raises:
        CurationError: with every fault, if they are malformed or contradict themselves.
    """
    read = _read(folder, COSTS, Costs)
    _refuse(COSTS, _cost_faults(read))
    return read


def _read(folder: Traversable | None, name: str, kind: type[_V]) -> _V:
    file = (packaged.get_packaged_folder() if folder is None else folder).joinpath(name)
    try:
        # An amount is kept exactly as written: a float would only be near it.
        raw = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        return kind.model_validate(raw)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CurationError((CurationFault(name, "the file", f"cannot be read: {error}", _REBUILD),)) from error
    except ValidationError as error:
        faults = error.errors(include_url=False)
        where = (".".join(map(str, fault["loc"])) for fault in faults)
        raise CurationError(
            tuple(CurationFault(name, item, fault["msg"], _REBUILD) for item, fault in zip(where, faults, strict=True))
        ) from error


def _refuse(name: str, problems: Iterable[tuple[str, str]]) -> None:
    faults = tuple(CurationFault(name, item, problem, _REBUILD) for item, problem in problems)
    if faults:
        raise CurationError(faults)


def _recount_faults(recounts: Iterable[Recount]) -> Iterator[tuple[str, str]]:
    by_item = {_item(recount): recount for recount in recounts}
    for item, times in Counter(map(_item, recounts)).items():
        if times > 1:
            yield item, f"is there {times} times"
    for item, recount in by_item.items():
        unknown = sorted(set(recount.counts) - countries.CODES - {countries.UNKNOWN})
        if unknown:
            yield item, f"counts for {', '.join(unknown)}, which are no countries"
        yield from ((item, problem) for problem in _sum_faults(recount))
    for (population, vintage, period), rules in _by_rule(by_item.values()).items():
        item = f"{population} {vintage} {period}"
        if set(rules) != set(RULES):
            yield item, f"has the rules {', '.join(rules)} and not all of {', '.join(RULES)}"
        else:
            yield from ((item, problem) for problem in _order_faults(rules))
    yield from _year_faults(by_item)


def _sum_faults(recount: Recount) -> Iterator[str]:
    total, placed = sum(recount.counts.values()), recount.rows - recount.without_country
    if recount.rule == "first" and total != placed:
        yield f"counts {total} models, and {placed} have a country"
    if recount.rule == "any" and total < placed:
        yield f"counts {total} models, and {placed} have at least one country"
    if recount.rule == "sole" and total > placed:
        yield f"counts {total} models, and only {placed} have a country"


def _by_rule(recounts: Iterable[Recount]) -> dict[tuple[str, str, str], dict[CountingRule, Recount]]:
    rules: dict[tuple[str, str, str], dict[CountingRule, Recount]] = {}
    for recount in recounts:
        rules.setdefault((recount.population, str(recount.vintage), recount.period), {})[recount.rule] = recount
    return rules


def _order_faults(rules: dict[CountingRule, Recount]) -> Iterator[str]:
    if len({(recount.rows, recount.undated, recount.without_country) for recount in rules.values()}) > 1:
        yield "counts other rows by one rule than by another"
    for country in sorted({country for recount in rules.values() for country in recount.counts}):
        sole, first, every = (rules[rule].counts.get(country, 0) for rule in ("sole", "first", "any"))
        if not sole <= first <= every:
            yield f"has {sole} by `sole`, {first} by `first`, {every} by `any` for {country}"


def _year_faults(by_item: dict[str, Recount]) -> Iterator[tuple[str, str]]:
    """Yield faults of periods that are not the sum of their years. A model without a certain year is in none of them."""
    for item, whole in by_item.items():
        first, last = (day.year for day in parse_period(whole.period))
        if first == last:
            continue
        years = [by_item.get(_item(whole.model_copy(update={"period": str(year)}))) for year in range(first, last + 1)]
        present = [year for year in years if year]
        if len(present) < len(years):
            yield item, "lacks some of its years"
        elif not whole.undated and _total(present) != (whole.rows, Counter(whole.counts)):
            yield item, "is not the sum of its years"


def _total(years: Iterable[Recount]) -> tuple[int, Counter[str]]:
    listed = list(years)
    return sum(year.rows for year in listed), sum((Counter(year.counts) for year in listed), Counter())


def _item(recount: Recount) -> str:
    return f"{recount.population} {recount.vintage} {recount.period} {recount.rule}"


def _cost_faults(read: Costs) -> Iterator[tuple[str, str]]:
    for name, times in Counter([*(model.model for model in read.models), *read.without]).items():
        if times > 1:
            yield name, f"is there {times} times"
    for model in read.models:
        kinds = [(cost.basis, cost.currency_year) for cost in model.costs]
        if not kinds:
            yield model.model, "has no cost"
        if len(set(kinds)) < len(kinds):
            yield model.model, "has two costs on one basis in one year's dollars"
    known = {model.model for model in read.models}
    for remark in read.remarks:
        if remark.model not in known:
            yield remark.model, "is remarked on and has no cost here"
