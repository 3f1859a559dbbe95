"""Epoch AI's model tables: parsing, country names, counting rules, vintages on disk, synchronisation, packaged recounts."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.datasets.model import (
        CITATION,
        LICENCE,
        PUBLISHER,
        Costs,
        ListedModel,
        ModelTable,
        Recount,
        TrainingCost,
        VintageRecord,
    )
    from knowledge.datasets.parser import Identity
    from knowledge.datasets.vintages import VintageFault, VintageFolder, find_clashes

__all__ = [
    "CITATION", "LICENCE", "PUBLISHER", "Costs", "Identity", "ListedModel", "ModelTable", "Recount", "TrainingCost",
    "VintageFault", "VintageFolder", "VintageRecord", "find_clashes",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    model=("CITATION LICENCE PUBLISHER Costs ListedModel ModelTable Recount TrainingCost VintageRecord"),
    parser="Identity",
    vintages="VintageFault VintageFolder find_clashes",
)
