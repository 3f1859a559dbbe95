"""Conditions of a list price, in both languages."""

from collections.abc import Iterator
from decimal import Decimal

from knowledge.figures.pricing.genai_prices import ModelPricing, Rates, Tariff, TimeWindow
from knowledge.model import Bilingual, CostPart
from knowledge.queries import PARTS
from knowledge.text.quantities import Amount, write_amount

DEPRECATED = Bilingual(
    ko="제작사가 사용 중단(deprecated)으로 표시한 모델입니다.", en="The provider lists this model as deprecated."
)
RESELLER = Bilingual(
    ko="제작사의 정가가 아니라 재판매사의 가격입니다.", en="This is a reseller's price, not the maker's list price."
)
NO_CACHE_PRICE = Bilingual(
    ko="목록에 캐시된 입력의 가격이 없어 일반 입력 가격으로 계산했습니다.",
    en="The list has no price for cached input; it is priced like other input.",
)
_WEEKENDS = Bilingual(
    ko="주말에는 시간대와 상관없이 낮은 가격이 적용될 수 있습니다. 이때 높은 가격은 상한입니다.",
    en="On weekends the lower price may apply all day; the higher one is then an upper bound.",
)
_TOO_LONG = Bilingual(
    ko="{name}에는 한 요청에 입력을 {window:,}토큰까지만 넣을 수 있습니다. {tokens:,}토큰인 요청은 거부될 수 있습니다.",
    en="{name} takes {window:,} input tokens per request; a request with {tokens:,} may be refused.",
)
_FROM_TOKENS = Bilingual(ko="입력이 {tokens:,}토큰 이상인 요청", en="Requests with {tokens:,} input tokens or more")
_ABOVE_TOKENS = Bilingual(ko="입력이 {tokens:,}토큰을 넘는 요청", en="Requests with more than {tokens:,} input tokens")
_STEPPED = Bilingual(
    ko="{requests}은(는) 그 요청 전체에 {rates}(100만 토큰당).",
    en="{requests} pay for all of their tokens: {rates} (per million tokens).",
)
_BY_HOUR = Bilingual(
    ko="시간대에 따라 다릅니다. {hours}; 그 밖에는 {rates}(100만 토큰당).",
    en="It depends on the hour. {hours}; otherwise {rates} (per million tokens).",
)
_LATER = Bilingual(ko="{day}부터 {rates}(100만 토큰당).", en="From {day} on: {rates} (per million tokens).")
_FEE = Bilingual(
    ko="토큰 요금과 별도로 요청 1,000건마다 {fee}을(를) 받습니다.",
    en="Besides the tokens, each thousand requests cost {fee}.",
)
_ROUND = 1_000


def format_money(value: Decimal) -> Bilingual:
    """Return an amount of US dollars: `US$1.25`, `1.25 달러`."""
    amount = Amount(value=value, unit="USD")
    return Bilingual(ko=write_amount(amount, "ko"), en=write_amount(amount, "en"))


def list_conditions(pricing: ModelPricing) -> tuple[Bilingual, ...]:
    """Return the conditions of a price, the likeliest to matter first; prices are per million tokens."""
    return tuple(_conditions(pricing))


def describe_window(name: str, tokens: int, window: int) -> Bilingual:
    """Return a warning that a request has more input tokens than the model takes."""
    return _TOO_LONG.format(name=name, tokens=tokens, window=window)


def describe_long_requests(above: int) -> Bilingual:
    """Return a description of the requests that a tier is for."""
    if (above + 1) % _ROUND == 0:
        return _FROM_TOKENS.format(tokens=above + 1)
    return _ABOVE_TOKENS.format(tokens=above)


def format_rates(rates: Rates) -> Bilingual:
    """Return the rates in one line, each after the name of its part."""
    prices: dict[CostPart, Decimal | None] = {
        "input": rates.input,
        "cached_input": rates.cached_input,
        "output": rates.output,
    }
    listed = [(PARTS[part], format_money(price)) for part, price in prices.items() if price is not None]
    return Bilingual(
        ko=", ".join(f"{part.ko} {price.ko}" for part, price in listed),
        en=", ".join(f"{part.en} {price.en}" for part, price in listed),
    )


def _conditions(pricing: ModelPricing) -> Iterator[Bilingual]:
    for tier in pricing.now.tiers:
        yield _STEPPED.format(requests=describe_long_requests(tier.above), rates=format_rates(tier.rates))
    if any(hours.tariff != pricing.otherwise for hours in pricing.hours):
        yield _by_hour(pricing.hours, pricing.otherwise)
        if pricing.weekends:
            yield _WEEKENDS
    for day, tariff in pricing.later:
        yield _LATER.format(day=day, rates=format_rates(tariff.base))
    if pricing.now.per_thousand_requests:
        yield _FEE.format(fee=format_money(pricing.now.per_thousand_requests))


def _by_hour(hours: tuple[TimeWindow, ...], otherwise: Tariff) -> Bilingual:
    by_tariff: dict[Tariff, list[str]] = {}
    for span in hours:
        by_tariff.setdefault(span.tariff, []).append(f"{span.start:%H:%M}–{span.end:%H:%M}")
    spans = [(times, format_rates(tariff.base)) for tariff, times in by_tariff.items()]
    listed = Bilingual(
        ko="; ".join(f"UTC {', '.join(times)}에는 {rates.ko}" for times, rates in spans),
        en="; ".join(f"UTC {' and '.join(times)}: {rates.en}" for times, rates in spans),
    )
    return _BY_HOUR.format(hours=listed, rates=format_rates(otherwise.base))
