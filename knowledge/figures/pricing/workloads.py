"""What a given use of a model costs by its list price: one request at a time, as it is billed."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from knowledge.figures.pricing import conditions, genai_prices
from knowledge.figures.pricing.genai_prices import MILLION, Rates, Tariff
from knowledge.figures.pricing.price_list import ListPrice
from knowledge.model.errors import UnanswerableError
from knowledge.model.records import Bilingual, Value

MOST_TOKENS = 100_000_000
"""The most tokens of a request that are reckoned with: no model reads as many."""
MOST_REQUESTS = 1_000_000_000_000

Tokens = Annotated[int, Field(strict=True, ge=0, le=MOST_TOKENS)]


class Workload(Value):
    """How a model is used: so many alike requests. Tokens are those of one request."""

    input_tokens: Tokens
    """Input tokens of each request, those from the cache among them."""
    output_tokens: Tokens
    """Output tokens of each request, reasoning among them."""
    requests: Annotated[int, Field(strict=True, ge=1, le=MOST_REQUESTS)] = 1
    """How many requests."""
    cached_input_tokens: Tokens = 0
    """How many of the input tokens of each request the provider reads from its cache."""

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
    """What a workload costs with a model, in US dollars, exactly; writing to the cache and tools are not reckoned."""

    price: ListPrice
    """The list price that it is reckoned by."""
    workload: Workload
    """The workload."""
    total: Decimal
    """All requests."""
    per_request: Decimal
    """One request."""
    input: Decimal
    """Of the total, input tokens that are not from the cache."""
    cached_input: Decimal
    """Of the total, input tokens from the cache; at the price of others where the list has none for them."""
    output: Decimal
    """Of the total, output tokens."""
    fees: Decimal
    """Of the total, what is charged for each request besides its tokens."""
    tier: Bilingual | None = None
    """Which requests the price is for that applied; `None` for the base price."""
    too_long: bool = False
    """Whether a request has more input tokens than the model takes, as far as that is listed."""
    notes: tuple[Bilingual, ...] = ()
    """What to know of it: that a request is too long for the model, or cached input has no price of its own."""


def parse_workload(input_tokens: int, output_tokens: int, requests: int) -> Workload | None:
    """The workload of these numbers; `None` without tokens.

    Raises:
        UnanswerableError: if no model could be used so.
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
    """What `workload` costs by `price` at `at`, each request billed by itself, so that long-context tiers apply as billed.

    Args:
        price: a price of the list of that moment.
        workload: the tokens of one request, and how many requests.
        at: a moment with its time zone; one without is taken as UTC.
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
    passed = [step for step in tariff.steps if input_tokens > step.above]
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
