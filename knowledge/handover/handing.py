"""Hands questions over to the tools that have figures."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from knowledge.answers import Call
from knowledge.datasets.vintages import VintageFolder
from knowledge.figures.estimates import Estimates
from knowledge.figures.meant import Sources
from knowledge.figures.recounts import Vintages
from knowledge.handover import asked
from knowledge.handover.modelsasked import ModelNames
from knowledge.model import Entity
from knowledge.naming import Names
from knowledge.pricelist.prices import price_list
from knowledge.store import Store


async def calls(
    store: Store, folder: VintageFolder | None, questions: Sequence[str], names: Names, at: datetime
) -> tuple[Call, ...]:
    """The calls that have the figures that are asked for, one of a tool at the most; the first phrasing that asks for it counts.

    Args:
        store: where countries and makers are known.
        folder: the vintages of the tables of models, if any are kept.
        questions: phrasings of one question.
        names: the names of the knowledge base, in the language to answer in.
        at: the moment whose price list is read, with its time zone.
    """
    entities = {entity.id: entity for entity in await store.all(Entity)}
    counts = (asked.for_counts(text, names.lexicon, entities, names.language) for text in questions)
    costs = None
    if on_costs := [text for text in questions if asked.asks_for_costs(text)]:
        # The price list is read the first time, and a table of models may be.
        costs = await asyncio.to_thread(_for_costs, on_costs, folder, names, entities, at)
    return tuple(filter(None, [next(filter(None, counts), None), costs]))


def _for_costs(
    questions: Sequence[str], folder: VintageFolder | None, names: Names, entities: Mapping[str, Entity], at: datetime
) -> Call | None:
    models = ModelNames(Sources(names, entities, Estimates.of(Vintages.of("notable", folder)), price_list(at)))
    found = (asked.for_costs(text, models, names.language) for text in questions)
    return next(filter(None, found), None)
