"""List prices of text models per million tokens: whose, under which conditions, and which model is meant by a name."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from knowledge.figures.pricing import conditions, genai_prices, model_names, providers
from knowledge.figures.pricing.genai_prices import ModelPricing
from knowledge.model.records import Bilingual, Line, Slug, Value
from knowledge.text.sanitize import to_line

SOURCE = genai_prices.PACKAGE
_MOST_CANDIDATES = 12
_VERSIONS_BEHIND = 2
"""How many versions a line may lie behind its maker's newest model and still be a line of today."""
_SPECIALISED = frozenset(
    "code codex coder search research cyber rosalind contributor robotics er computer use fast highspeed vision oss discovery instruct terminus exp online extended multi agent build chat multiagent her gemma vertex maas flashx airx turbo".split()
)
"""Words of models made for one thing, or sold in another way; a maker's others come before them."""


class ListPrice(Value):
    """What a model costs at a provider at a moment, in US dollars per million tokens, standard service, base tier."""

    id: str
    """Its id in the list, unique at its provider."""
    name: str
    """Its name as the list has it, or its id."""
    provider: str
    """Who charges it: the maker's usual name, or the reseller's."""
    provider_id: str
    """The provider's id in the list."""
    maker: Slug | None = None
    """The maker's entity, of a maker's own price; `None` for resellers, and for makers that the knowledge base has no entity of."""
    reseller: bool
    """Whether it is a reseller's price, which says nothing about the maker's."""
    input: Decimal
    """A million input tokens."""
    cached_input: Decimal | None = None
    """A million input tokens that the provider read from its cache; `None` if not listed."""
    output: Decimal
    """A million output tokens."""
    context_window: int | None = None
    """The most input tokens that a request may have; `None` if not listed."""
    conditions: tuple[Bilingual, ...] = ()
    """What the price depends on, with its numbers."""
    by_hour: bool = False
    """Whether it is another price at other hours, so that it says little beside one that is not."""
    deprecated: bool = False
    """Whether the list says that the model is on its way out."""


class FoundPrices(Value):
    """The prices that a name stands for; what is not exact is never taken for it."""

    asked: str
    """The name as asked for."""
    own: tuple[ListPrice, ...] = ()
    """The maker's own price of that very model; several where only dated snapshots of it are listed."""
    resellers: tuple[ListPrice, ...] = ()
    """Without a price of its maker: what resellers charge for that very model, the cheapest first."""
    candidates: tuple[ListPrice, ...] = ()
    """Without either: models whose names have more to them, at most 12: makers' own, newer ones first, else resellers' shortest names."""
    candidates_total: int = 0
    """How many candidates there are."""
    near: tuple[str, ...] = ()
    """Without any of these: names that are spelled alike, of other models."""
    other_snapshot: bool = False
    """Whether what was found is another snapshot than the name says: dated where it is not, or the reverse."""


class PriceList(Value):
    """All list prices at a moment."""

    source: Line = SOURCE
    """The package that they are from."""
    version: Line
    """The package's version."""
    as_of: date
    """The newest day on which its data says that something was looked up: it is of that day or later."""
    prices: tuple[ListPrice, ...]
    """The prices, in the data's order."""

    def of_maker(self, maker: str) -> tuple[ListPrice, ...]:
        """The maker's own text models that are not deprecated: of each line the newest first, newer lines before older ones.

        Args:
            maker: the id of an entity, or of a provider for makers that are no entity (`deepseek`, `x-ai`, `mistral`).
        """
        own = [one for one in self.prices if not one.reseller and maker in (one.maker, one.provider_id)]
        return tuple(_newest_of_each_line([one for one in own if not one.deprecated]))

    def find(self, name: str) -> FoundPrices:
        """The prices of the model of that name: its maker's, else resellers', else what may be meant."""
        for reseller in (False, True):
            exact, other = self._exact(name, reseller=reseller)
            if exact and not reseller:
                return FoundPrices(asked=name, own=exact, other_snapshot=other)
            if exact and not self._is_a_part(name):
                offered = [one for one in exact if not one.deprecated] or exact
                return FoundPrices(
                    asked=name,
                    resellers=tuple(sorted(offered, key=lambda one: one.input + one.output)),
                    other_snapshot=other,
                )
        return self._meant(name)

    def _exact(self, name: str, *, reseller: bool) -> tuple[tuple[ListPrice, ...], bool]:
        """Each provider is asked by itself: one may list under its name what another lists only with a date."""
        found: list[model_names.ExactNames] = []
        prices: list[list[ListPrice]] = []
        dated = model_names.make_key(name).snapshot is not None
        for listed in _by_provider(one for one in self.prices if one.reseller == reseller):
            told = listed if dated else [one for one in listed if not _adds_version(one)]
            for said in (_by_id(told), _by_name(listed)):
                if (got := model_names.find_exact(name, said)).names:
                    found.append(got)
                    prices.append([said[one] for one in got.names])
                    break
        other = all(one.other_snapshot for one in found)
        best = [some for some, got in zip(prices, found, strict=True) if got.other_snapshot == other]
        return tuple(_drop_repeats(one for some in best for one in some)), bool(found) and other

    def _is_a_part(self, name: str) -> bool:
        """Whether the name is only part of one: a family's word, or a maker's id that says less than its model's name."""
        tokens = model_names.make_key(name).tokens
        own = (one for one in self.prices if not one.reseller)
        if model_names.is_bare(name) and any(model_names.make_key(one.name).tokens > tokens for one in self.prices):
            return True
        return any(model_names.make_key(one.id).tokens == tokens for one in own)

    def _meant(self, name: str) -> FoundPrices:
        makers_own = [one for one in self.prices if not one.reseller]
        own = _by_id(one for one in makers_own if not _adds_version(one)) | _by_name(makers_own)
        all_of_them = _by_name(self.prices)
        at_makers, anywhere = model_names.resolve(name, own), model_names.resolve(name, all_of_them)
        meant = _newest_of_each_line({own[one]: None for one in (*at_makers.exact, *at_makers.candidates)})
        ordered = sorted(meant, key=lambda one: one.deprecated) or [
            all_of_them[one] for one in (*anywhere.exact, *anywhere.candidates)
        ]
        near = [own[one].name for one in at_makers.near] or [all_of_them[one].name for one in anywhere.near]
        once = _first_of_each_model(ordered)
        return FoundPrices(
            asked=name,
            candidates=tuple(once[:_MOST_CANDIDATES]),
            candidates_total=len(once),
            near=() if once else tuple(dict.fromkeys(near)),
        )


def get_price_list(at: datetime) -> PriceList:
    """All list prices that hold at `at`, from the package's data; nothing is fetched.

    Args:
        at: a moment with its time zone; one without is taken as UTC.
    """
    utc = genai_prices.to_utc(at)
    return _build_price_list(utc.date(), bisect_right(genai_prices.list_change_times(), utc.time()) - 1)


@lru_cache(maxsize=4)
def _build_price_list(day: date, hours: int) -> PriceList:
    at = datetime.combine(day, genai_prices.list_change_times()[hours], tzinfo=UTC)
    offers = genai_prices.list_pricings(at)
    return PriceList(
        version=genai_prices.get_version(),
        as_of=genai_prices.get_data_date(),
        prices=tuple(_price(one, title) for one, title in zip(offers, make_titles(offers), strict=True)),
    )


def _price(offer: ModelPricing, name: str) -> ListPrice:
    maker = providers.find_maker(offer.provider_id, offer.id)
    base = offer.now.base
    return ListPrice(
        id=offer.id,
        name=name,
        provider=maker.name if maker else offer.provider,
        provider_id=offer.provider_id,
        maker=maker.entity if maker else None,
        reseller=maker is None,
        input=base.input,
        cached_input=base.cached_input,
        output=base.output,
        context_window=offer.context_window,
        conditions=conditions.list_conditions(offer),
        by_hour=any(one.tariff != offer.otherwise for one in offer.hours),
        deprecated=offer.deprecated,
    )


def _adds_version(price: ListPrice) -> bool:
    """Whether the name has a version that the id lacks: `mistral-large-2512` is Mistral Large 3, `gemini-pro` Gemini 1.0 Pro."""
    unversioned = model_names.make_key(price.id).snapshot is not None or not model_names.get_version(price.id)
    return unversioned and model_names.make_key(price.name).tokens > model_names.make_key(price.id).tokens


def _by_provider(prices: Iterable[ListPrice]) -> Iterable[list[ListPrice]]:
    by_id: dict[str, list[ListPrice]] = {}
    for one in prices:
        by_id.setdefault(one.provider_id, []).append(one)
    return by_id.values()


def _by_id(prices: Iterable[ListPrice]) -> dict[str, ListPrice]:
    return {one.id: one for one in prices}


def _by_name(prices: Iterable[ListPrice]) -> dict[str, ListPrice]:
    return {one.name: one for one in prices}


def _drop_repeats(prices: Iterable[ListPrice]) -> Iterable[ListPrice]:
    """Without what a provider lists twice at the same price."""
    seen: dict[object, ListPrice] = {}
    for one in prices:
        snapshot = model_names.make_key(one.id).snapshot
        seen.setdefault((one.provider_id, snapshot, one.input, one.cached_input, one.output), one)
    return seen.values()


def _first_of_each_model(prices: Iterable[ListPrice]) -> list[ListPrice]:
    """One price of each model, the first: many resellers sell the same."""
    seen: dict[object, ListPrice] = {}
    for one in prices:
        seen.setdefault(model_names.make_key(one.name).tokens, one)
    return list(seen.values())


def _newest_of_each_line(prices: Iterable[ListPrice]) -> Iterator[ListPrice]:
    """The newest of each line (`claude opus`, `gpt mini`), newer ones first; then the others; what is for one thing last."""
    ordered = sorted(prices, key=_newest_first)
    oldest = max(map(_version, ordered), default=Decimal(0)) - _VERSIONS_BEHIND
    seen: set[frozenset[str]] = set()
    rest: list[ListPrice] = []
    for one in ordered:
        words = model_names.get_line(one.name) - {"preview"}
        if words in seen or words & _SPECIALISED or _version(one) < oldest:
            rest.append(one)
        else:
            seen.add(words)
            yield one
    yield from sorted(rest, key=lambda one: bool(model_names.get_line(one.name) & _SPECIALISED))


def _newest_first(price: ListPrice) -> tuple[Decimal, Decimal]:
    return -_version(price), -price.output


def _version(price: ListPrice) -> Decimal:
    return max(map(model_names.get_version, (price.name, price.id)))


_USUAL = {"gpt": "GPT-", "gemini": "Gemini "}
_WRITTEN_SMALL = re.compile("^(gpt|gemini) ")
"""Names that the list has in small letters."""
_MISNAMED = frozenset({("openai", "o4-mini")})
"""Models whose name in the list is that of a setting of theirs ("o4 Mini High")."""


def make_titles(offers: Sequence[ModelPricing]) -> list[str]:
    """The names of `offers`, in their order; what two models of a provider are called tells neither (`gpt 4` for `gpt-4-32k`)."""
    times = Counter((one.provider_id, _name(one).casefold()) for one in offers)
    return [_title(one, unique=times[one.provider_id, _name(one).casefold()] == 1) for one in offers]


def _name(offer: ModelPricing) -> str:
    return to_line(offer.name or "")


def _title(offer: ModelPricing, *, unique: bool) -> str:
    name = _name(offer)
    if not (name and unique) or (offer.provider_id, offer.id) in _MISNAMED:
        return offer.id
    return _WRITTEN_SMALL.sub(lambda found: _USUAL[found[1]], name)
