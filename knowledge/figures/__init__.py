"""Counts of models by country and costs of models, compared across articles, datasets and price lists.

Reconciliation of published counts, countries in a question, and the next call that leads to figures. List prices are in `pricing`.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.figures.cost_sources import BASES
    from knowledge.figures.costs import CostsQuery, compare_costs
    from knowledge.figures.counts import CountsQuery, get_country_counts
    from knowledge.figures.messages import NONE_LISTED, RULES

__all__ = [
    "BASES", "NONE_LISTED", "RULES", "CostsQuery", "CountsQuery", "compare_costs", "get_country_counts",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    cost_sources="BASES",
    costs="CostsQuery compare_costs",
    counts="CountsQuery get_country_counts",
    messages="NONE_LISTED RULES",
)
