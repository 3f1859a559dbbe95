"""What a list price depends on, as sentences in both languages, each with its numbers."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from knowledge.amounts import Amount, write_amount
from knowledge.messages import PARTS
from knowledge.model import Bilingual, Language, Part
from knowledge.pricelist.rates import Hours, Offer, Rates, Step, Tariff

DEPRECATED = Bilingual(
    ko="제작사가 사용 중단(deprecated)으로 표시한 모델입니다.", en="The provider lists this model as deprecated."
)
RESELLER = Bilingual(
    ko="제작사의 정가가 아니라 재판매사의 가격입니다.", en="This is a reseller's price, not the maker's list price."
)
NO_CACHE_PRICE = Bilingual(
    ko="목록에 캐시된 입력의 가격이 없어 보통 입력의 가격으로 계산했습니다.",
    en="The list has no price for cached input; it is reckoned at the price of other input.",
)
_WEEKENDS = Bilingual(
    ko="주말에는 시간대와 상관없이 낮은 가격이 적용될 수 있어, 그때 높은 가격은 상한입니다.",
    en="At weekends the lower price may hold all day; the higher one is an upper bound then.",
)
_ROUND = 1_000


def money(value: Decimal, language: Language) -> str:
    """An amount of US dollars: `US$1.25`, `1.25 달러`."""
    return write_amount(Amount(value=value, unit="USD"), language)


def conditions(offer: Offer) -> tuple[Bilingual, ...]:
    """What the price of an offer depends on, the likeliest to matter first; prices per million tokens."""
    return tuple(_conditions(offer))


def too_long(name: str, tokens: int, window: int) -> Bilingual:
    """That a request has more input tokens than the model takes."""
    return Bilingual(
        ko=f"{name}에는 한 요청에 입력을 {window:,}토큰까지만 넣을 수 있습니다. {tokens:,}토큰인 요청은 받아들여지지 않을 수 있습니다.",
        en=f"{name} takes {window:,} input tokens a request; a request with {tokens:,} may be refused.",
    )


def long_requests(above: int) -> Bilingual:
    """Which requests a step is for."""
    if (above + 1) % _ROUND == 0:
        return Bilingual(
            ko=f"입력이 {above + 1:,}토큰 이상인 요청", en=f"Requests with {above + 1:,} input tokens or more"
        )
    return Bilingual(ko=f"입력이 {above:,}토큰을 넘는 요청", en=f"Requests with more than {above:,} input tokens")


def rates(value: Rates, language: Language) -> str:
    """The rates in a row."""
    listed: dict[Part, Decimal | None] = {
        "input": value.input,
        "cached_input": value.cached_input,
        "output": value.output,
    }
    told = ((PARTS[part], price) for part, price in listed.items() if price is not None)
    return ", ".join(f"{part.in_language(language)} {money(price, language)}" for part, price in told)


def _conditions(offer: Offer) -> Iterator[Bilingual]:
    yield from map(_stepped, offer.now.steps)
    if any(one.tariff != offer.otherwise for one in offer.hours):
        yield _by_hour(offer.hours, offer.otherwise)
        if offer.weekends:
            yield _WEEKENDS
    for day, tariff in offer.later:
        yield _from(day, tariff)
    if offer.now.per_thousand_requests:
        yield _fee(offer.now.per_thousand_requests)


def _stepped(value: Step) -> Bilingual:
    who = long_requests(value.above)
    return Bilingual(
        ko=f"{who.ko}은 그 요청 전체에 {rates(value.rates, 'ko')}(100만 토큰당).",
        en=f"{who.en} pay for all of their tokens: {rates(value.rates, 'en')} (per million tokens).",
    )


def _by_hour(hours: tuple[Hours, ...], otherwise: Tariff) -> Bilingual:
    by_tariff: dict[Tariff, list[str]] = {}
    for one in hours:
        by_tariff.setdefault(one.tariff, []).append(f"{one.start:%H:%M}–{one.end:%H:%M}")
    ko = "; ".join(f"UTC {', '.join(times)}에는 {rates(tariff.base, 'ko')}" for tariff, times in by_tariff.items())
    en = "; ".join(f"UTC {' and '.join(times)}: {rates(tariff.base, 'en')}" for tariff, times in by_tariff.items())
    return Bilingual(
        ko=f"시간대에 따라 다릅니다. {ko}; 그 밖에는 {rates(otherwise.base, 'ko')}(100만 토큰당).",
        en=f"It depends on the hour. {en}; otherwise {rates(otherwise.base, 'en')} (per million tokens).",
    )


def _from(day: date, tariff: Tariff) -> Bilingual:
    return Bilingual(
        ko=f"{day}부터 {rates(tariff.base, 'ko')}(100만 토큰당).",
        en=f"From {day} on: {rates(tariff.base, 'en')} (per million tokens).",
    )


def _fee(fee: Decimal) -> Bilingual:
    return Bilingual(
        ko=f"토큰 값과 별도로 요청 1,000건마다 {money(fee, 'ko')}를 받습니다.",
        en=f"Besides the tokens, each thousand requests cost {money(fee, 'en')}.",
    )
