"""List prices of text models per million tokens, with their conditions, found by model name or maker."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from knowledge.figures.pricing import conditions, genai_prices, model_names, providers
from knowledge.figures.pricing.genai_prices import ModelPricing
from knowledge.model import Bilingual, Line, Slug, Value
from knowledge.text import to_line

SOURCE = genai_prices.PACKAGE
_MOST_CANDIDATES = 12
_VERSIONS_BEHIND = 2
"""Versions that a current line may lie behind its maker's newest model."""
_SPECIALISED = frozenset(
    "code codex coder search research cyber rosalind contributor robotics er computer use fast highspeed vision oss discovery instruct terminus exp online extended multi agent build chat multiagent her gemma vertex maas flashx airx turbo".split()
)
"""Words of specialised models, or of other ways to sell one; a maker's other models come first."""
_USUAL = {"gpt": "GPT-", "gemini": "Gemini "}
_WRITTEN_SMALL = re.compile("^(gpt|gemini) ")
"""Names that the list has in lower case."""
_MISNAMED = frozenset({("openai", "o4-mini")})
"""Models listed under the name of one of their settings ("o4 Mini High")."""


class ListPrice(Value):
    """Price of a model at a provider at a moment, in US dollars per million tokens, standard service, base tier."""

    id: str
    """Its id in the list, unique at its provider."""
    name: str
    """Its name in the list, or its id."""
    provider: str
    """Usual name of the maker or reseller that charges it."""
    provider_id: str
    """The provider's id in the list."""
    maker: Slug | None = None
    """Entity of the maker, for a maker's own price; `None` for resellers, and for makers without an entity."""
    reseller: bool
    """True for a reseller's price, which says nothing about the maker's."""
    input: Decimal
    """A million input tokens."""
    cached_input: Decimal | None = None
    """A million input tokens that the provider read from its cache; `None` if not listed."""
    output: Decimal
    """A million output tokens."""
    context_window: int | None = None
    """Most input tokens of a request; `None` if not listed."""
    conditions: tuple[Bilingual, ...] = ()
    """Conditions of the price, with their numbers."""
    by_hour: bool = False
    """True if the price differs at other hours, so that a comparison says little."""
    deprecated: bool = False
    """True if the list marks the model as deprecated."""


class FoundPrices(Value):
    """Prices found for a name; only exact matches count as its prices."""

    query: str
    """The name that was looked up."""
    own: tuple[ListPrice, ...] = ()
    """The maker's own price of exactly that model; several if only dated snapshots are listed."""
    resellers: tuple[ListPrice, ...] = ()
    """Without a maker's price: resellers' prices of exactly that model, the cheapest first."""
    candidates: tuple[ListPrice, ...] = ()
    """Without either: at most 12 models with longer names: makers' own, the newer first, else resellers' shortest names."""
    candidates_total: int = 0
    """Number of all candidates."""
    near: tuple[str, ...] = ()
    """Without any of these: similar names, of other models."""
    other_snapshot: bool = False
    """True if the prices are of another snapshot than the name's: dated if the name is not, or the reverse."""


class PriceList(Value):
    """All list prices at a moment."""

    source: Line = SOURCE
    """The package with the data."""
    version: Line
    """The package's version."""
    as_of: date
    """Newest day of a look-up that the data mentions: it is of that day or later."""
    prices: tuple[ListPrice, ...]
    """The prices, in the data's order."""

    def list_maker_prices(self, maker: str) -> tuple[ListPrice, ...]:
        """Return the prices of a maker's own current text models: the newest of each line first, newer lines before older ones.

        Args:
            maker: the id of an entity, or of a provider for makers that are no entity (`deepseek`, `x-ai`, `mistral`).
        """
        own = [price for price in self.prices if not price.reseller and maker in (price.maker, price.provider_id)]
        return tuple(_newest_of_each_line([price for price in own if not price.deprecated]))

    def find(self, name: str) -> FoundPrices:
        """Find the prices of the model of that name: its maker's, else resellers', else candidates."""
        for reseller in (False, True):
            exact, other = self._exact(name, reseller=reseller)
            if exact and not reseller:
                return FoundPrices(query=name, own=exact, other_snapshot=other)
            if exact and not self._is_a_part(name):
                current = [price for price in exact if not price.deprecated] or exact
                return FoundPrices(
                    query=name,
                    resellers=tuple(sorted(current, key=lambda price: price.input + price.output)),
                    other_snapshot=other,
                )
        return self._suggest(name)

    def _exact(self, name: str, *, reseller: bool) -> tuple[tuple[ListPrice, ...], bool]:
        """Match each provider by itself: one may list by name what another lists only with a date."""
        found: list[model_names.ExactNames] = []
        prices: list[list[ListPrice]] = []
        dated = model_names.make_key(name).snapshot is not None
        for listed in _by_provider(price for price in self.prices if price.reseller == reseller):
            candidates = listed if dated else [price for price in listed if not _adds_version(price)]
            for prices_by_name in (_by_id(candidates), _by_name(listed)):
                if (matches := model_names.find_exact(name, prices_by_name)).names:
                    found.append(matches)
                    prices.append([prices_by_name[match] for match in matches.names])
                    break
        other = all(match.other_snapshot for match in found)
        best = [listed for listed, matches in zip(prices, found, strict=True) if matches.other_snapshot == other]
        return tuple(_drop_repeats(price for listed in best for price in listed)), bool(found) and other

    def _is_a_part(self, name: str) -> bool:
        """Check that the name is only part of a name: a family's, or a maker's id that says less than its model's name."""
        tokens = model_names.make_key(name).tokens
        own = (price for price in self.prices if not price.reseller)
        if model_names.is_bare(name) and any(model_names.make_key(price.name).tokens > tokens for price in self.prices):
            return True
        return any(model_names.make_key(price.id).tokens == tokens for price in own)

    def _suggest(self, name: str) -> FoundPrices:
        makers_own = [price for price in self.prices if not price.reseller]
        own = _by_id(price for price in makers_own if not _adds_version(price)) | _by_name(makers_own)
        every_price = _by_name(self.prices)
        at_makers, anywhere = model_names.resolve(name, own), model_names.resolve(name, every_price)
        suggested = _newest_of_each_line({own[match]: None for match in (*at_makers.exact, *at_makers.candidates)})
        ordered = sorted(suggested, key=lambda price: price.deprecated) or [
            every_price[match] for match in (*anywhere.exact, *anywhere.candidates)
        ]
        near = [own[similar].name for similar in at_makers.near] or [
            every_price[similar].name for similar in anywhere.near
        ]
        models = _first_of_each_model(ordered)
        return FoundPrices(
            query=name,
            candidates=tuple(models[:_MOST_CANDIDATES]),
            candidates_total=len(models),
            near=() if models else tuple(dict.fromkeys(near)),
        )


def get_price_list(at: datetime) -> PriceList:
    """Return all list prices in force at `at`, from the package's data; nothing is fetched.

    Args:
        at: a moment; UTC if it has no time zone.
    """
    utc = genai_prices.to_utc(at)
    return _build_price_list(utc.date(), bisect_right(genai_prices.list_change_times(), utc.time()) - 1)


@lru_cache(maxsize=4)
def _build_price_list(day: date, hours: int) -> PriceList:
    at = datetime.combine(day, genai_prices.list_change_times()[hours], tzinfo=UTC)
    pricings = genai_prices.list_pricings(at)
    return PriceList(
        version=genai_prices.get_version(),
        as_of=genai_prices.get_data_date(),
        prices=tuple(_price(pricing, title) for pricing, title in zip(pricings, make_titles(pricings), strict=True)),
    )


def _price(pricing: ModelPricing, name: str) -> ListPrice:
    maker = providers.find_maker(pricing.provider_id, pricing.id)
    base = pricing.now.base
    return ListPrice(
        id=pricing.id,
        name=name,
        provider=maker.name if maker else pricing.provider,
        provider_id=pricing.provider_id,
        maker=maker.entity if maker else None,
        reseller=maker is None,
        input=base.input,
        cached_input=base.cached_input,
        output=base.output,
        context_window=pricing.context_window,
        conditions=conditions.list_conditions(pricing),
        by_hour=any(window.tariff != pricing.otherwise for window in pricing.hours),
        deprecated=pricing.deprecated,
    )


def _adds_version(price: ListPrice) -> bool:
    """Check that the name has a version that the id lacks: `mistral-large-2512` is Mistral Large 3, `gemini-pro` Gemini 1.0 Pro."""
    unversioned = model_names.make_key(price.id).snapshot is not None or not model_names.get_version(price.id)
    return unversioned and model_names.make_key(price.name).tokens > model_names.make_key(price.id).tokens


def _by_provider(prices: Iterable[ListPrice]) -> Iterable[list[ListPrice]]:
    by_id: dict[str, list[ListPrice]] = {}
    for price in prices:
        by_id.setdefault(price.provider_id, []).append(price)
    return by_id.values()


def _by_id(prices: Iterable[ListPrice]) -> dict[str, ListPrice]:
    return {price.id: price for price in prices}


def _by_name(prices: Iterable[ListPrice]) -> dict[str, ListPrice]:
    return {price.name: price for price in prices}


def _drop_repeats(prices: Iterable[ListPrice]) -> Iterable[ListPrice]:
    """Drop what a provider lists twice at the same price."""
    seen: dict[object, ListPrice] = {}
    for price in prices:
        snapshot = model_names.make_key(price.id).snapshot
        seen.setdefault((price.provider_id, snapshot, price.input, price.cached_input, price.output), price)
    return seen.values()


def _first_of_each_model(prices: Iterable[ListPrice]) -> list[ListPrice]:
    """Return the first price of each model: many resellers sell the same."""
    seen: dict[object, ListPrice] = {}
    for price in prices:
        seen.setdefault(model_names.make_key(price.name).tokens, price)
    return list(seen.values())


def _newest_of_each_line(prices: Iterable[ListPrice]) -> Iterator[ListPrice]:
    """Yield the newest of each line (`claude opus`, `gpt mini`), newer first; then the others; specialised models last."""
    ordered = sorted(prices, key=_newest_first)
    oldest = max(map(_version, ordered), default=Decimal(0)) - _VERSIONS_BEHIND
    seen: set[frozenset[str]] = set()
    rest: list[ListPrice] = []
    for price in ordered:
        words = model_names.get_line(price.name) - {"preview"}
        if words in seen or words & _SPECIALISED or _version(price) < oldest:
            rest.append(price)
        else:
            seen.add(words)
            yield price
    yield from sorted(rest, key=lambda price: bool(model_names.get_line(price.name) & _SPECIALISED))


def _newest_first(price: ListPrice) -> tuple[Decimal, Decimal]:
    return -_version(price), -price.output


def _version(price: ListPrice) -> Decimal:
    return max(map(model_names.get_version, (price.name, price.id)))


def make_titles(pricings: Sequence[ModelPricing]) -> list[str]:
    """Return display names in order: the listed name if it is unique at its provider (not `gpt 4` for `gpt-4-32k`), else the id."""
    times = Counter((pricing.provider_id, _name(pricing).casefold()) for pricing in pricings)
    return [_title(pricing, unique=times[pricing.provider_id, _name(pricing).casefold()] == 1) for pricing in pricings]


def _name(pricing: ModelPricing) -> str:
    return to_line(pricing.name or "")


def _title(pricing: ModelPricing, *, unique: bool) -> str:
    name = _name(pricing)
    if not (name and unique) or (pricing.provider_id, pricing.id) in _MISNAMED:
        return pricing.id
    return _WRITTEN_SMALL.sub(lambda found: _USUAL[found[1]], name)
