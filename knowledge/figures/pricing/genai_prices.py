"""Prices of text models from the data of genai-prices, and the cost of a request.

Its name matching is not used, since it accepts near names. Nothing is fetched: the data ships with the package.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from knowledge.figures.pricing.providers import CONVERTED, COPIED

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice, Provider

MILLION = Decimal(1_000_000)
PACKAGE = "genai-prices"
_NO_TEXT = re.compile(
    r"embed|rerank|tts|whisper|transcri|audio|voice|sonic|realtime|image|banana|\bocr\b|moderation|decider|dall-e|(?:^|[-/])live\b|-live\b|omni",
    re.IGNORECASE,
)
"""Names of models priced by the token that do not read and write only text."""
_TUNED = re.compile(r"(?:^|[.:-])ft[:-]")
_COPIED = re.compile(r"(?:imported from|trusting) open ?router", re.IGNORECASE)
_LOOKED_AT = re.compile(r"(?:verified|checked|as of|launched|observed)\b[^.]{0,60}?\b(20\d\d-\d\d-\d\d)", re.IGNORECASE)
_FLOOR = date(2026, 11, 4)
"""Data date of the oldest supported version (0.2.3), in case a later one has no remarks."""
_CHECKED_DAILY = "openrouter"
"""Provider whose prices start, in the data, on the day they were seen; others may be announced ahead."""


class Rates(NamedTuple):
    """US dollars per million tokens."""

    input: Decimal
    cached_input: Decimal | None
    output: Decimal


class TokenTier(NamedTuple):
    """Rates for the whole of a request with more than `above` input tokens."""

    above: int
    rates: Rates


class Tariff(NamedTuple):
    """Rates of a model at a moment."""

    base: Rates
    tiers: tuple[TokenTier, ...] = ()
    per_thousand_requests: Decimal | None = None
    """Additional fee, in US dollars."""

    def rates(self, input_tokens: int) -> Rates:
        """Return the rates of a request with this many input tokens."""
        return next((tier.rates for tier in reversed(self.tiers) if input_tokens > tier.above), self.base)


class TimeWindow(NamedTuple):
    """Tariff in force from one time of day to another, UTC."""

    start: time
    end: time
    tariff: Tariff


class ModelPricing(NamedTuple):
    """Pricing of a text model at a provider, at a moment."""

    provider_id: str
    provider: str
    id: str
    name: str | None
    context_window: int | None
    deprecated: bool
    now: Tariff
    otherwise: Tariff
    """Tariff outside of `hours`; the same as `now` if there are none."""
    hours: tuple[TimeWindow, ...]
    later: tuple[tuple[date, Tariff], ...]
    """Tariffs that begin on a later day."""
    modes: tuple[str, ...]
    """Service modes with prices of their own: `batch`, `priority`."""
    weekends: bool
    """True if a remark says that the hours do not apply on weekends."""


def get_version() -> str:
    """Return the version of the package."""
    return metadata.version(PACKAGE)


@cache
def get_data_date() -> date:
    """Return the newest day on which, by its remarks, the data was checked; the data is of that day or later.

    The data bears no date (its snapshot's time stamp is the time of the call), and start dates of prices may be announced
    ahead; only those of the reseller that is checked daily count.
    """
    return max((day for provider in _providers() for day in _days_looked_at(provider)), default=_FLOOR)


def to_utc(at: datetime) -> datetime:
    """Convert a moment to UTC; without a time zone it is taken as UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


@cache
def list_change_times() -> tuple[time, ...]:
    """Return the times of day, UTC, at which some price changes, in order, midnight first."""
    found = {time(0)}
    for provider in _providers():
        for model in provider.models:
            for constraint in _constraints(model):
                start, end = getattr(constraint, "start_time", None), getattr(constraint, "end_time", None)
                found |= {_utc(part) for part in (start, end) if part is not None}
    return tuple(sorted(found))


def list_pricings(at: datetime) -> tuple[ModelPricing, ...]:
    """Return every text model with a price for input and output at `at`, in the data's order."""
    found = (_pricing(provider, model, at) for provider in _providers() for model in provider.models)
    return tuple(pricing for pricing in found if pricing is not None)


def get_tariff(provider_id: str, model_id: str, at: datetime) -> Tariff:
    """Return the tariff of a listed model at `at`.

    Raises:
        LookupError: if it has no price for text at that moment.
    """
    found = _tariff(_model(provider_id, model_id)[1].get_prices(at))
    if found is None:
        raise LookupError(f"{model_id} has no price for text at {provider_id} on {at:%Y-%m-%d}")
    return found


def calculate_price(
    provider_id: str, model_id: str, at: datetime, *, input_tokens: int, cached: int, output: int
) -> Decimal:
    """Return the price of one request by genai-prices, in US dollars."""
    from genai_prices.types import Usage  # noqa: PLC0415 - loaded when prices are asked for

    provider, model = _model(provider_id, model_id)
    usage = Usage(input_tokens=input_tokens, cache_read_tokens=cached, output_tokens=output)
    return model.calc_price(usage, provider, genai_request_timestamp=at).total_price


@cache
def _providers() -> "Sequence[Provider]":
    from genai_prices.data import providers  # noqa: PLC0415 - 1.6 MB: loaded when prices are asked for

    return providers


def _model(provider_id: str, model_id: str) -> "tuple[Provider, ModelInfo]":
    return next(
        (provider, model)
        for provider in _providers()
        if provider.id == provider_id
        for model in provider.models
        if model.id == model_id
    )


def _days_looked_at(provider: "Provider") -> Iterator[date]:
    remarks = [provider.price_comments, *(model.price_comments for model in provider.models)]
    yield from (date.fromisoformat(day) for text in remarks if text for day in _LOOKED_AT.findall(text))
    if provider.id == _CHECKED_DAILY:
        starts = (_start(constraint) for model in provider.models for constraint in _constraints(model))
        yield from filter(None, starts)


def _constraints(model: "ModelInfo") -> Iterator[object]:
    if isinstance(model.prices, list):
        yield from (price.constraint for price in model.prices)


def _start(constraint: object) -> date | None:
    start = getattr(constraint, "start_date", None)
    return start if isinstance(start, date) else None


def _utc(value: time) -> time:
    day = datetime.combine(date(1970, 1, 1), value if value.tzinfo else value.replace(tzinfo=UTC))
    return day.astimezone(UTC).time()


def _pricing(provider: "Provider", model: "ModelInfo", at: datetime) -> ModelPricing | None:
    if not _is_text(provider.id, model):
        return None
    now = _tariff(model.get_prices(at))
    if now is None:
        return None
    otherwise, hours = _by_hour(model, at)
    return ModelPricing(
        provider_id=provider.id,
        provider=provider.name,
        id=model.id,
        name=model.name,
        context_window=model.context_window,
        deprecated=bool(model.deprecated),
        now=now,
        otherwise=otherwise or now,
        hours=hours,
        later=_later(model, at, otherwise or now),
        modes=_modes(model, at),
        weekends=bool(hours) and "weekend" in (model.price_comments or "").lower(),
    )


def _is_text(provider_id: str, model: "ModelInfo") -> bool:
    if provider_id in CONVERTED or (provider_id, model.id) in COPIED:
        return False
    names = f"{model.id} {model.name or ''}"
    copied = provider_id != _CHECKED_DAILY and _COPIED.search(model.price_comments or "")
    return not (copied or _TUNED.search(model.id) or _NO_TEXT.search(names))


def _by_hour(model: "ModelInfo", at: datetime) -> tuple[Tariff | None, tuple[TimeWindow, ...]]:
    """Return the tariff outside of any hours at `at`, and the hours that override it: later entries override earlier ones."""
    prices = model.prices
    if not isinstance(prices, list):
        return _tariff(prices), ()
    hours: list[TimeWindow] = []
    for price in reversed(prices):
        start, end = (getattr(price.constraint, name, None) for name in ("start_time", "end_time"))
        if start is not None and end is not None:
            tariff = _tariff(price.prices)
            hours += [TimeWindow(_utc(start), _utc(end), tariff)] if tariff else []
        elif price.constraint is None or price.constraint.active(at):
            return _tariff(price.prices), tuple(reversed(hours))
    return _tariff(prices[0].prices), tuple(reversed(hours))


def _later(model: "ModelInfo", at: datetime, until_then: Tariff) -> tuple[tuple[date, Tariff], ...]:
    if not isinstance(model.prices, list):
        return ()
    days = ((_start(price.constraint), _tariff(price.prices)) for price in model.prices)
    later = sorted(
        ((day, tariff) for day, tariff in days if day and tariff and day > at.date()), key=lambda found: found[0]
    )
    return tuple((day, tariff) for day, tariff in later if tariff != until_then)


def _modes(model: "ModelInfo", at: datetime) -> tuple[str, ...]:
    variants = (
        variant for variant in model.price_variants or () if variant.constraint is None or variant.constraint.active(at)
    )
    return tuple(sorted({mode for variant in variants for mode in variant.when.values() if mode != "default"}))


def _tariff(prices: "ModelPrice") -> Tariff | None:
    """Return the tariff for text; `None` if input or output has no price or is free: there is nothing to compare."""
    base = _rates(prices)
    if base is None:
        return None
    starts = sorted({tier.start for value in _values(prices) for tier in getattr(value, "tiers", ())})
    steps = ((start, _rates(prices, start)) for start in starts)
    fee = _paid(prices.requests_kcount)
    return Tariff(base, tuple(TokenTier(start, rates) for start, rates in steps if rates), fee or None)


def _values(prices: "ModelPrice") -> tuple[object, object, object]:
    return prices.input_mtok, prices.cache_read_mtok, prices.output_mtok


def _rates(prices: "ModelPrice", start: int = 0) -> Rates | None:
    """Return the rates of the base tier, or of requests beyond the start of another."""
    paid, cached, output = (_paid(value, start) for value in _values(prices))
    return Rates(paid, cached, output) if paid and output else None


def _paid(value: object, start: int = 0) -> Decimal | None:
    tiers = [tier for tier in getattr(value, "tiers", ()) if 0 < tier.start <= start]
    found = max(tiers, key=lambda tier: tier.start).price if tiers else getattr(value, "base", value)
    return found if isinstance(found, Decimal) else None
