"""Which published counts are readings of a dataset: `data/readings.toml`, the join between articles and datasets."""

import tomllib
from functools import cache
from typing import Annotated

from pydantic import Field

from knowledge.model.records import Period, Population, Slug, Value
from knowledge.store import packaged


class Reading(Value):
    """A published count that was read off a dataset, as far as curators know from outside the article."""

    publisher: Slug
    """Who published the count."""
    population: Slug
    """The entity whose instances it counts."""
    period: Period
    """The time in which the models were released (EDTF)."""
    dataset: Population
    """The dataset that it reads."""
    as_of: Period
    """When it was published (EDTF)."""
    rows: Annotated[int, Field(gt=0)]
    """How many models it counts worldwide."""


class _Readings(Value):
    readings: tuple[Reading, ...]


@cache
def readings() -> tuple[Reading, ...]:
    """What is packaged."""
    text = packaged.packaged().joinpath("readings.toml").read_text(encoding="utf-8")
    return _Readings.model_validate(tomllib.loads(text)).readings


def reading_of(publisher: str | None, population: str | None, period: str | None) -> Reading | None:
    """The reading that a count of this publisher, population and period is; `None` where nothing says so."""
    asked = (publisher, population, period)
    return next((one for one in readings() if (one.publisher, one.population, one.period) == asked), None)
