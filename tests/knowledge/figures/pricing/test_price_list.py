import tomllib
import warnings
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from genai_prices.data import providers
from genai_prices.types import (
    ClauseEquals,
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    PriceVariant,
    Provider,
    StartDateConstraint,
    Tier,
    TieredPrices,
    TimeOfDateConstraint,
)

from knowledge.figures.pricing import conditions, genai_prices
from knowledge.figures.pricing.genai_prices import ModelPricing
from knowledge.figures.pricing.model_names import get_version, make_key
from knowledge.figures.pricing.price_list import FoundPrices, ListPrice, PriceList, get_price_list
from knowledge.figures.pricing.providers import find_maker
from tests.conftest import ROOT

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def listed() -> PriceList:
    return get_price_list(NOON)


def _flat(paid: str, output: str, cached: str | None = None) -> ModelPrice:
    return ModelPrice(
        input_mtok=Decimal(paid), output_mtok=Decimal(output), cache_read_mtok=Decimal(cached) if cached else None
    )


def _tariff(
    prices: ModelPrice | list[ConditionalPrice],
    at: datetime = NOON,
    *,
    variants: list[PriceVariant] | None = None,
    remarks: str | None = None,
    name: str = "Test 1",
) -> ModelPricing | None:
    model = ModelInfo("test-1", ClauseEquals("test-1"), name, prices=prices, price_comments=remarks)
    model.price_variants = variants
    return genai_prices._pricing(Provider("test", "Test", "", models=[model]), model, at)


def _offer(
    prices: ModelPrice | list[ConditionalPrice], at: datetime = NOON, *, variants: list[PriceVariant] | None = None
) -> ModelPricing:
    found = _tariff(prices, at, variants=variants)
    assert found is not None
    return found


def _condition_texts(offer: ModelPricing) -> list[str]:
    return [condition.en for condition in conditions.list_conditions(offer)]


def _own(found: FoundPrices) -> ListPrice:
    assert not found.candidates
    assert not found.resellers
    return found.own[0]


@pytest.mark.parametrize(
    ("name", "provider_id", "prices"),
    [
        ("GPT-4", "openai", ("30", None, "60")),
        ("지피티 4o", "openai", ("2.5", "1.25", "10")),
        ("Claude 3.5 Sonnet", "anthropic", ("3", "0.3", "15")),
        ("클로드 소넷 3.5", "anthropic", ("3", "0.3", "15")),
        ("o1", "openai", ("15", "7.5", "60")),
        ("Kimi K2 씽킹", "moonshotai", ("0.6", "0.15", "2.5")),
        ("gpt 5.4", "openai", ("2.5", "0.25", "15")),
    ],
)
def test_a_models_list_price_is_its_makers(
    listed: PriceList, name: str, provider_id: str, prices: tuple[str | None, ...]
) -> None:
    price = _own(listed.find(name))
    assert (price.provider_id, price.reseller) == (provider_id, False)
    assert [None if amount is None else str(amount) for amount in (price.input, price.cached_input, price.output)] == [
        *prices
    ]


@pytest.mark.slow
def test_every_exact_price_is_of_the_very_model_asked_for(listed: PriceList) -> None:
    for price in listed.prices:
        for name in (price.id, price.name):
            found = listed.find(name)
            for match in found.own + found.resellers:
                assert make_key(name).tokens in {make_key(match.id).tokens, make_key(match.name).tokens}, match.id
            assert found.own or found.resellers or found.candidates or found.near, name


def test_a_near_name_never_gets_a_price(listed: PriceList) -> None:
    assert _own(listed.find("GPT-4")).id == "gpt-4"
    assert _own(listed.find("o1")).id == "o1"
    assert all("thinking" not in price.id for price in listed.find("Kimi K2").own)
    assert {make_key(price.id).snapshot for price in listed.find("Kimi K2").own} == {"07-11", "09-05"}
    for name in ("Claude 3.6 Sonnet", "gtp-4o", "Llama 3.1 406B", "Claude Sonnet 45"):
        found = listed.find(name)
        assert not found.own + found.resellers + found.candidates, name
        assert found.near, name


def test_a_family_is_answered_with_candidates_the_newest_of_each_line_first(listed: PriceList) -> None:
    for name, provider_id in (
        ("Claude", "anthropic"),
        ("GPT", "openai"),
        ("딥시크", "deepseek"),
        ("제미나이", "google"),
    ):
        found = listed.find(name)
        assert not found.own + found.resellers
        assert {price.provider_id for price in found.candidates} == {provider_id}
        assert len(found.candidates) <= min(12, found.candidates_total)
        assert get_version(found.candidates[0].name) == max(get_version(price.name) for price in found.candidates)


def test_an_id_with_less_in_it_than_the_name_is_no_model_of_that_name(listed: PriceList) -> None:
    assert not [price for price in listed.find("Mistral Small").own if get_version(price.name)]
    found = listed.find("Gemini Pro")
    assert not found.own + found.resellers
    assert "Gemini 1.0 pro" in {price.name for price in found.candidates} or found.candidates_total > 12


def test_a_model_that_only_resellers_sell_has_their_prices_named_as_theirs(listed: PriceList) -> None:
    found = listed.find("Llama 3.1 405B")
    assert found.own == ()
    assert found.resellers
    assert all(price.reseller and price.maker is None for price in found.resellers)
    totals = [price.input + price.output for price in listed.find("gpt-oss-120b").resellers]
    assert len(totals) > 1
    assert totals == sorted(totals)


def test_candidates_are_named_once_however_many_resellers_there_are(listed: PriceList) -> None:
    found = listed.find("Llama 3.1")
    assert found.candidates
    assert all(price.reseller for price in found.candidates)
    assert len({make_key(price.name).tokens for price in found.candidates}) == len(found.candidates)
    assert all({"llama", "3.1"} < make_key(price.name).tokens for price in found.candidates)
    assert {3} == {len(make_key(price.name).tokens) for price in found.candidates[:3]}


def test_what_a_maker_lists_of_others_is_a_resellers(listed: PriceList) -> None:
    assert find_maker("google", "claude-3-5-sonnet") is None
    assert find_maker("mistral", "zai-glm-5-3") is None
    assert find_maker("openrouter", "openai/gpt-4o") is None
    assert find_maker("aws", "meta.llama3-1-70b-instruct-v1:0") is None
    google = find_maker("google", "gemini-2.5-pro")
    assert google
    assert google.entity == "google"
    families = {"claude": "anthropic", "kimi": "moonshotai", "gemini": "google", "grok": "x-ai", "deepseek": "deepseek"}
    for price in listed.prices:
        for family in families.keys() & make_key(price.id).tokens:
            assert price.reseller or price.provider_id == families[family], price.id


def test_a_price_copied_from_a_reseller_is_not_listed_as_the_makers(listed: PriceList) -> None:
    own = {(price.provider_id, price.id) for price in listed.prices if not price.reseller}
    assert ("moonshotai", "kimi-k2") not in own
    copied = {
        (provider.id, model.id)
        for provider in providers
        for model in provider.models
        if "imported from openrouter" in (model.price_comments or "").lower()
    }
    assert copied
    assert not copied & own


def test_prices_converted_from_yuan_are_left_out(listed: PriceList) -> None:
    assert not [price for price in listed.prices if price.provider_id == "zhipuai"]
    assert all(price.provider_id == "zai" for price in listed.list_maker_prices("zhipu"))


def test_every_maker_is_an_entity_or_none(listed: PriceList) -> None:
    with (ROOT / "knowledge" / "data" / "entities.toml").open("rb") as file:
        entities = {entity["id"] for entity in tomllib.load(file)["entities"]}
    assert {price.maker for price in listed.prices} - {None} <= entities


@pytest.mark.parametrize(
    "name", ["moonshot-ai", "openai", "anthropic", "google", "deepseek", "x-ai", "mistral", "zhipu"]
)
def test_a_makers_models_are_its_own_of_today_newest_first(listed: PriceList, name: str) -> None:
    found = listed.list_maker_prices(name)
    assert len(found) > 3
    assert all(not price.reseller and not price.deprecated for price in found)
    assert get_version(found[0].name) == max(get_version(price.name) for price in found)
    assert len({price.output for price in found[:6]}) > 1


def test_a_maker_that_sells_nothing_has_no_prices(listed: PriceList) -> None:
    assert listed.list_maker_prices("naver") == listed.list_maker_prices("openrouter") == ()


def test_only_models_of_text_with_a_price_are_listed(listed: PriceList) -> None:
    assert len(listed.prices) > 500
    for price in listed.prices:
        assert price.input > 0
        assert price.output > 0
    ids = {price.id for price in listed.prices}
    there = {model.id for provider in providers for model in provider.models}
    for name in ("text-embedding-3-large", "whisper-1", "gpt-image-1", "gpt-4o-mini-tts", "mistral-embed", "ft:gpt-4o"):
        assert name in there - ids


def test_free_or_missing_prices_are_not_nothing_dollars() -> None:
    assert _tariff(_flat("0", "0")) is None
    assert _tariff(ModelPrice()) is None
    assert _tariff(ModelPrice(input_mtok=Decimal(1))) is None
    assert _tariff(_flat("1", "2"), name="Test Embedding") is None


def test_deprecated_models_are_said_to_be_so(listed: PriceList) -> None:
    deprecated = {(provider.id, model.id) for provider in providers for model in provider.models if model.deprecated}
    for price in listed.prices:
        assert price.deprecated == ((price.provider_id, price.id) in deprecated)


def test_a_list_price_is_the_base_tier_and_the_others_are_conditions(listed: PriceList) -> None:
    price = _own(listed.find("gpt-5.4"))
    assert price.input < 5
    assert price.conditions[0].en.startswith("Requests with more than 272,000 input tokens pay for all of their tokens")
    assert "272,000토큰을 넘는 요청" in price.conditions[0].ko


def test_tiers_are_said_with_their_numbers() -> None:
    tiered = ModelPrice(
        input_mtok=TieredPrices(base=Decimal(1), tiers=[Tier(1_000, Decimal(2)), Tier(199_999, Decimal(3))]),
        output_mtok=Decimal(4),
    )
    offer = _offer(tiered)
    assert offer.now.base == (Decimal(1), None, Decimal(4))
    assert [offer.now.rates(tokens).input for tokens in (0, 1_000, 1_001, 199_999, 200_000)] == [1, 1, 2, 2, 3]
    assert _condition_texts(offer) == [
        (
            "Requests with more than 1,000 input tokens pay for all of their tokens: "
            "input US$2, output US$4 (per million tokens)."
        ),
        (
            "Requests with 200,000 input tokens or more pay for all of their tokens: "
            "input US$3, output US$4 (per million tokens)."
        ),
    ]


def test_a_price_that_depends_on_the_hour_is_said_with_both() -> None:
    by_hour = [
        ConditionalPrice(prices=_flat("1", "2")),
        ConditionalPrice(TimeOfDateConstraint(time(16, 30), time(0, 30)), prices=_flat("0.5", "1")),
    ]
    at_night, at_noon = _offer(by_hour, NOON.replace(hour=17)), _offer(by_hour, NOON)
    assert (at_night.now.base.input, at_noon.now.base.input) == (Decimal("0.5"), Decimal(1))
    expected = [
        (
            "It depends on the hour. UTC 16:30–00:30: input US$0.5, output US$1; "
            "otherwise input US$1, output US$2 (per million tokens)."
        ),
    ]
    assert _condition_texts(at_night) == _condition_texts(at_noon) == expected


def test_a_later_price_goes_before_the_hours_listed_ahead_of_it() -> None:
    prices = [
        ConditionalPrice(prices=_flat("1", "2")),
        ConditionalPrice(TimeOfDateConstraint(time(0), time(23)), prices=_flat("9", "9")),
        ConditionalPrice(StartDateConstraint(date(2026, 1, 1)), prices=_flat("3", "4")),
    ]
    offer = _offer(prices)
    assert (offer.now, offer.hours) == (offer.otherwise, ())
    assert _condition_texts(offer) == []


def test_a_price_that_begins_later_is_a_condition_until_it_holds() -> None:
    begins = [
        ConditionalPrice(prices=_flat("1", "2")),
        ConditionalPrice(StartDateConstraint(date(2026, 12, 1)), prices=_flat("2", "4")),
    ]
    before, after = _offer(begins), _offer(begins, datetime(2026, 12, 1, tzinfo=UTC))
    assert before.now.base.input == 1
    assert _condition_texts(before) == ["From 2026-12-01 on: input US$2, output US$4 (per million tokens)."]
    assert after.now.base.input == 2
    assert _condition_texts(after) == []


def test_other_ways_to_be_served_are_named_and_not_taken_for_the_list_price() -> None:
    variants = [
        PriceVariant({"processing": "batch"}, _flat("0.5", "1")),
        PriceVariant({"tier": "default"}, _flat("1", "2")),
    ]
    offer = _offer(_flat("1", "2"), variants=variants)
    assert offer.now.base.input == 1
    assert offer.modes == ("batch",)
    assert _condition_texts(offer) == []


def test_a_fee_for_each_request_is_a_condition() -> None:
    prices = ModelPrice(input_mtok=Decimal(1), output_mtok=Decimal(1), requests_kcount=Decimal(12))
    assert _condition_texts(_offer(prices)) == ["Besides the tokens, each thousand requests cost US$12."]


def test_a_remark_on_weekends_makes_the_peak_an_upper_bound() -> None:
    by_hour = [
        ConditionalPrice(prices=_flat("1", "2")),
        ConditionalPrice(TimeOfDateConstraint(time(1), time(4)), prices=_flat("2", "4")),
    ]
    offer = _tariff(by_hour, remarks="Weekends are off-peak all day.")
    assert offer
    assert "upper bound" in _condition_texts(offer)[1]


def test_conditions_are_said_in_both_languages(listed: PriceList) -> None:
    for price in listed.prices:
        for condition in price.conditions:
            assert any("가" <= letter <= "힣" for letter in condition.ko)
            assert not any("가" <= letter <= "힣" for letter in condition.en)


def test_the_price_is_that_of_the_moment(listed: PriceList) -> None:
    changed = {
        (provider.id, model.id)
        for provider in providers
        for model in provider.models
        if isinstance(model.prices, list)
        and any(isinstance(price.constraint, TimeOfDateConstraint) for price in model.prices)
    }
    night = get_price_list(NOON.replace(hour=2))
    for there, then in zip(listed.prices, night.prices, strict=True):
        assert there == then or (there.provider_id, there.id) in changed


def test_every_moment_is_an_instant_whatever_its_time_zone() -> None:
    seoul = NOON.astimezone(timezone(timedelta(hours=9)))
    assert get_price_list(seoul) is get_price_list(NOON) is get_price_list(NOON.replace(tzinfo=None))
    assert get_price_list(NOON + timedelta(minutes=1)) is get_price_list(NOON)


def test_list_prices_are_what_the_package_charges_for_a_token(listed: PriceList) -> None:
    models = {(provider.id, model.id): model for provider in providers for model in provider.models}
    for price in listed.prices:
        prices = models[price.provider_id, price.id].get_prices(NOON)
        charged = [
            getattr(value, "base", value) for value in (prices.input_mtok, prices.cache_read_mtok, prices.output_mtok)
        ]
        assert charged == [price.input, price.cached_input, price.output]


def test_the_data_has_the_day_on_which_something_in_it_was_last_looked_up(listed: PriceList) -> None:
    assert listed.source == "genai-prices"
    assert listed.version.count(".") == 2
    assert date(2026, 11, 4) <= listed.as_of <= datetime.now(UTC).date()


def test_nothing_of_the_prices_warns() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        get_price_list(datetime(2025, 1, 1, tzinfo=UTC))
        get_price_list(datetime(2030, 1, 1, tzinfo=UTC))
