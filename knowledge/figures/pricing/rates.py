"""What a list price is made of: rates, steps for long requests, hours, and later prices."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

MILLION = Decimal(1_000_000)


class Rates(NamedTuple):
    """US dollars per million tokens."""

    input: Decimal
    cached_input: Decimal | None
    output: Decimal


class Step(NamedTuple):
    """Other rates for the whole of a request, if its input has more than so many tokens."""

    above: int
    rates: Rates


class Tariff(NamedTuple):
    """What a model costs at a time."""

    base: Rates
    steps: tuple[Step, ...] = ()
    per_thousand_requests: Decimal | None = None
    """A fee besides, in US dollars."""

    def rates(self, input_tokens: int) -> Rates:
        """The rates of a request with so many input tokens."""
        return next((step.rates for step in reversed(self.steps) if input_tokens > step.above), self.base)


class Hours(NamedTuple):
    """A tariff that holds from one time of day to another, UTC."""

    start: time
    end: time
    tariff: Tariff


class Offer(NamedTuple):
    """A text model at a provider, at a moment."""

    provider_id: str
    provider: str
    id: str
    name: str | None
    context_window: int | None
    deprecated: bool
    now: Tariff
    otherwise: Tariff
    """What holds outside of `hours`; the same as `now` where there are none."""
    hours: tuple[Hours, ...]
    later: tuple[tuple[date, Tariff], ...]
    """Prices that begin on a later day."""
    modes: tuple[str, ...]
    """Other ways to be served, with prices of their own: `batch`, `priority`."""
    weekends: bool
    """Whether a remark says that weekends are not charged as the hours have it."""
