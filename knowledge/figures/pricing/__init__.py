"""List prices of models and workloads from `genai-prices`: model names, providers, conditions, prices."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.figures.pricing.conditions import RESELLER
    from knowledge.figures.pricing.genai_prices import Rates
    from knowledge.figures.pricing.model_names import COMPANIES, FAMILIES, KOREAN, VARIANTS
    from knowledge.figures.pricing.price_list import FoundPrices, ListPrice, PriceList, get_price_list
    from knowledge.figures.pricing.workloads import MOST_TOKENS, Workload, parse_workload, workload_cost

__all__ = [
    "COMPANIES", "FAMILIES", "KOREAN", "MOST_TOKENS", "RESELLER", "VARIANTS", "FoundPrices", "ListPrice",
    "PriceList", "Rates", "Workload", "get_price_list", "parse_workload", "workload_cost",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    conditions="RESELLER",
    genai_prices="Rates",
    model_names="COMPANIES FAMILIES KOREAN VARIANTS",
    price_list="FoundPrices ListPrice PriceList get_price_list",
    workloads="MOST_TOKENS Workload parse_workload workload_cost",
)
