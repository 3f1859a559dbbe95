"""Workloads and their cost by list prices, billed request by request."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from knowledge.figures.pricing import conditions, genai_prices
from knowledge.figures.pricing.genai_prices import MILLION, Rates, Tariff
from knowledge.figures.pricing.price_list import ListPrice
from knowledge.model import Bilingual, UnanswerableError, Value

MOST_TOKENS = 100_000_000
"""Most tokens of a request: no model reads as many."""
MOST_REQUESTS = 1_000_000_000_000

Tokens = Annotated[int, Field(strict=True, ge=0, le=MOST_TOKENS)]


class Workload(Value):
    """Number of equal requests to a model, with the tokens of each."""

    input_tokens: Tokens
    """Input tokens of each request, including those from the cache."""
    output_tokens: Tokens
    """Output tokens of each request, including reasoning."""
    requests: Annotated[int, Field(strict=True, ge=1, le=MOST_REQUESTS)] = 1
    """Number of requests."""
    cached_input_tokens: Tokens = 0
    """Input tokens of each request that the provider reads from its cache."""

    @model_validator(mode="after")
    def _has_tokens(self) -> Self:
        if self.input_tokens + self.output_tokens == 0:
            raise ValueError(
                "a workload has at least one token: give `input_tokens` or `output_tokens` of each request"
            )
        if self.cached_input_tokens > self.input_tokens:
            raise ValueError(
                f"`cached_input_tokens` {self.cached_input_tokens} are some of the `input_tokens` of a request, "
                f"so they cannot be more than {self.input_tokens}"
            )
        return self


class WorkloadCost(Value):
    """Exact cost of a workload with a model, in US dollars, without cache writes and tools."""

    price: ListPrice
    """The list price applied."""
    workload: Workload
    """The workload."""
    total: Decimal
    """Cost of all requests."""
    per_request: Decimal
    """Cost of one request."""
    input: Decimal
    """Share of the total for input tokens that are not from the cache."""
    cached_input: Decimal
    """Share of the total for input tokens from the cache, at the price of other input if the list has none for them."""
    output: Decimal
    """Share of the total for output tokens."""
    fees: Decimal
    """Share of the total for fees per request."""
    tier: Bilingual | None = None
    """Description of the requests that the applied tier is for; `None` for the base tier."""
    too_long: bool = False
    """True if a request has more input tokens than the listed context window."""
    notes: tuple[Bilingual, ...] = ()
    """Warnings: a request is too long for the model, or cached input has no price of its own."""


def parse_workload(input_tokens: int, output_tokens: int, requests: int) -> Workload | None:
    """Return the workload of these numbers; `None` without tokens.

    Raises:
        UnanswerableError: if a number is out of range.
    """
    if not input_tokens and not output_tokens:
        return None
    try:
        return Workload(input_tokens=input_tokens, output_tokens=output_tokens, requests=requests)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = ".".join(map(str, fault["loc"])) or "workload"
        raise UnanswerableError(f"`{name}` {fault['input']}: {fault['msg']}.") from None


def workload_cost(price: ListPrice, workload: Workload, at: datetime) -> WorkloadCost:
    """Calculate the cost of `workload` by `price` at `at`, each request billed by itself so that long-context tiers apply.

    Args:
        price: a price of the list of that moment.
        workload: the tokens of each request, and the number of requests.
        at: a moment; UTC if it has no time zone.
    """
    utc = genai_prices.to_utc(at)
    tariff = genai_prices.get_tariff(price.provider_id, price.id, utc)
    rates = tariff.rates(workload.input_tokens)
    cached = rates.input if rates.cached_input is None else rates.cached_input
    requests = workload.requests / MILLION
    per_request = genai_prices.calculate_price(
        price.provider_id,
        price.id,
        utc,
        input_tokens=workload.input_tokens,
        cached=workload.cached_input_tokens,
        output=workload.output_tokens,
    )
    return WorkloadCost(
        price=price,
        workload=workload,
        total=per_request * workload.requests,
        per_request=per_request,
        input=rates.input * (workload.input_tokens - workload.cached_input_tokens) * requests,
        cached_input=cached * workload.cached_input_tokens * requests,
        output=rates.output * workload.output_tokens * requests,
        fees=(tariff.per_thousand_requests or Decimal(0)) / 1_000 * workload.requests,
        tier=_tier(tariff, workload.input_tokens),
        too_long=_is_too_long(price, workload),
        notes=tuple(_notes(price, rates, workload)),
    )


def _tier(tariff: Tariff, input_tokens: int) -> Bilingual | None:
    passed = [tier for tier in tariff.tiers if input_tokens > tier.above]
    return conditions.describe_long_requests(passed[-1].above) if passed else None


def _notes(price: ListPrice, rates: Rates, workload: Workload) -> list[Bilingual]:
    notes = []
    if price.context_window is not None and _is_too_long(price, workload):
        notes.append(conditions.describe_window(price.name, workload.input_tokens, price.context_window))
    if workload.cached_input_tokens and rates.cached_input is None:
        notes.append(conditions.NO_CACHE_PRICE)
    return notes


def _is_too_long(price: ListPrice, workload: Workload) -> bool:
    return price.context_window is not None and workload.input_tokens > price.context_window
