"""Where Epoch AI publishes its tables of models, and which hosts may be asked for them."""

from collections.abc import Mapping

from knowledge.fetching.destinations import Allowed
from knowledge.model import Population

ADDRESSES: Mapping[Population, tuple[str, ...]] = {
    "large_scale": (
        "https://epoch.ai/data/large_scale_ai_models.csv",
        "https://epoch.ai/data/epochdb/large_scale_ai_models.csv",
    ),
    "notable": ("https://epoch.ai/data/notable_ai_models.csv",),
}
"""The addresses of each population's table, in the order in which they are tried."""
ALLOWED = Allowed(frozenset({"epoch.ai", "www.epoch.ai"}))
"""The hosts that are asked: nothing else is, by redirect either."""
KINDS = (
    "text/csv",
    "text/plain",
    "application/csv",
    "application/octet-stream",
    "binary/octet-stream",
    "application/vnd.ms-excel",
)
"""As what servers send a CSV file."""
