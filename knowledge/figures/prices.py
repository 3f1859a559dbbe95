"""List prices of text models per million tokens: whose, under which conditions, and which model is meant by a name."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from knowledge.figures import conditions, makers, modelnames, tariffs
from knowledge.figures.rates import Offer
from knowledge.model import Bilingual, Line, Slug, Value
from knowledge.visible import visible

_USUAL = {"gpt": "GPT-", "gemini": "Gemini "}
_WRITTEN_SMALL = re.compile("^(gpt|gemini) ")
"""Names that the list has in small letters."""
SOURCE = tariffs.PACKAGE
_MOST_CANDIDATES = 12
_LATELY = 2
"""How many versions a line may lie behind its maker's newest model and still be a line of today."""
_MISNAMED = frozenset({("openai", "o4-mini")})
"""Models whose name in the list is that of a setting of theirs ("o4 Mini High")."""
_SIDE = frozenset(
    "code codex coder search research cyber rosalind contributor robotics er computer use fast highspeed vision oss discovery instruct terminus exp online extended multi agent build chat multiagent her gemma vertex maas flashx airx turbo".split()
)
"""Words of models made for one thing, or sold in another way; a maker's others come before them."""


class ListPrice(Value):
    """What a model costs at a provider at a moment, in US dollars per million tokens, standard service, base tier."""

    id: Line
    """Its id in the list, unique at its provider."""
    name: Line
    """Its name as the list has it, or its id."""
    provider: Line
    """Who charges it: the maker's usual name, or the reseller's."""
    provider_id: Line
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
    """Without either: models whose names have more to them, makers' own and newer ones first, at most 12."""
    candidates_total: int = 0
    """How many candidates there are."""
    near: tuple[str, ...] = ()
    """Without either: names that are spelled alike, of other models."""
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
            if exact and not modelnames.is_bare(name):
                offered = [one for one in exact if not one.deprecated] or exact
                return FoundPrices(
                    asked=name,
                    resellers=tuple(sorted(offered, key=lambda one: one.input + one.output)),
                    other_snapshot=other,
                )
        return self._meant(name)

    def _exact(self, name: str, *, reseller: bool) -> tuple[tuple[ListPrice, ...], bool]:
        """Each provider is asked by itself: one may list under its name what another lists only with a date."""
        found: list[modelnames.Exact] = []
        prices: list[list[ListPrice]] = []
        dated = modelnames.key(name).snapshot is not None
        for listed in _by_provider(one for one in self.prices if one.reseller == reseller):
            told = listed if dated else [one for one in listed if not _says_more(one)]
            for said in (_by_id(told), _by_name(listed)):
                if (got := modelnames.exact(name, said)).names:
                    found.append(got)
                    prices.append([said[one] for one in got.names])
                    break
        other = all(one.other_snapshot for one in found)
        best = [some for some, got in zip(prices, found, strict=True) if got.other_snapshot == other]
        return tuple(_once(one for some in best for one in some)), bool(found) and other

    def _meant(self, name: str) -> FoundPrices:
        near: tuple[str, ...] = ()
        for prices in ([one for one in self.prices if not one.reseller], self.prices):
            said = _by_id(prices) | _by_name(prices)
            got = modelnames.resolve(name, said)
            near = near or tuple(dict.fromkeys(said[one].name for one in got.near))
            if meant := list(dict.fromkeys(said[one] for one in (*got.exact, *got.candidates))):
                ordered = sorted(_newest_of_each_line(meant), key=lambda one: one.deprecated)
                return FoundPrices(
                    asked=name, candidates=tuple(ordered[:_MOST_CANDIDATES]), candidates_total=len(ordered), near=near
                )
        return FoundPrices(asked=name, near=near)


def price_list(at: datetime) -> PriceList:
    """All list prices that hold at `at`, from the package's data; nothing is fetched.

    Args:
        at: a moment with its time zone; one without is taken as UTC.
    """
    utc = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return _listed(utc.date(), bisect_right(tariffs.moments(), utc.time()) - 1)


@lru_cache(maxsize=4)
def _listed(day: date, hours: int) -> PriceList:
    at = datetime.combine(day, tariffs.moments()[hours], tzinfo=UTC)
    offers = tariffs.offers(at)
    shared = _shared_names(offers)
    return PriceList(
        version=tariffs.version(),
        as_of=tariffs.as_of(),
        prices=tuple(_price(one, _name(one, shared)) for one in offers),
    )


def _price(offer: Offer, name: str) -> ListPrice:
    maker = makers.maker(offer.provider_id, offer.id)
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
        conditions=conditions.conditions(offer),
        deprecated=offer.deprecated,
    )


def _shared_names(offers: Sequence[Offer]) -> frozenset[tuple[str, str]]:
    """Names that two models of a provider have, by provider: they tell neither from the other (`gpt 4` for `gpt-4-32k`)."""
    times = Counter((one.provider_id, one.name.casefold()) for one in offers if one.name)
    return frozenset(name for name, count in times.items() if count > 1)


def _name(offer: Offer, shared: frozenset[tuple[str, str]]) -> str:
    name = " ".join(visible(offer.name or "").split())
    if not name or (offer.provider_id, name.casefold()) in shared or (offer.provider_id, offer.id) in _MISNAMED:
        return offer.id
    return _WRITTEN_SMALL.sub(lambda found: _USUAL[found[1]], name)


def _says_more(price: ListPrice) -> bool:
    """Whether the name has a version that the id lacks: `mistral-large-2512` is Mistral Large 3, `gemini-pro` Gemini 1.0 Pro."""
    unversioned = modelnames.key(price.id).snapshot is not None or not modelnames.version(price.id)
    return unversioned and modelnames.key(price.name).tokens > modelnames.key(price.id).tokens


def _by_provider(prices: Iterable[ListPrice]) -> Iterable[list[ListPrice]]:
    by_id: dict[str, list[ListPrice]] = {}
    for one in prices:
        by_id.setdefault(one.provider_id, []).append(one)
    return by_id.values()


def _by_id(prices: Iterable[ListPrice]) -> dict[str, ListPrice]:
    return {one.id: one for one in prices}


def _by_name(prices: Iterable[ListPrice]) -> dict[str, ListPrice]:
    return {one.name: one for one in prices}


def _once(prices: Iterable[ListPrice]) -> Iterable[ListPrice]:
    """Without what a provider lists twice at the same price."""
    seen: dict[object, ListPrice] = {}
    for one in prices:
        snapshot = modelnames.key(one.id).snapshot
        seen.setdefault((one.provider_id, snapshot, one.input, one.cached_input, one.output), one)
    return seen.values()


def _newest_of_each_line(prices: Iterable[ListPrice]) -> Iterator[ListPrice]:
    """The newest of each line (`claude opus`, `gpt mini`), newer ones first; then the others; what is for one thing last."""
    ordered = sorted(prices, key=_place)
    oldest = max(map(_version, ordered), default=Decimal(0)) - _LATELY
    seen: set[frozenset[str]] = set()
    rest: list[ListPrice] = []
    for one in ordered:
        words = modelnames.line(one.name) - {"preview"}
        if words in seen or words & _SIDE or _version(one) < oldest:
            rest.append(one)
        else:
            seen.add(words)
            yield one
    yield from sorted(rest, key=lambda one: bool(modelnames.line(one.name) & _SIDE))


def _place(price: ListPrice) -> tuple[Decimal, Decimal]:
    return -_version(price), -price.output


def _version(price: ListPrice) -> Decimal:
    return max(map(modelnames.version, (price.name, price.id)))
