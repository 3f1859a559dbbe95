"""What do models cost? Every figure and statement about cost, by what it is the cost of; never ranked across that."""

from collections.abc import Mapping, Sequence
from typing import get_args

from knowledge import citing, pages, sentences
from knowledge.answers import Cited
from knowledge.comparisons import PRICED, CostComparison, CostGroup, CostItem, NameUnknown
from knowledge.model import Claim, CostBasis, Entity, Language
from knowledge.naming import Names
from knowledge.pages import Detail
from knowledge.store import Store

_BASES: tuple[CostBasis, ...] = get_args(CostBasis)
_MOST: dict[Detail, int] = {"brief": 20, "full": 100}
"""Statements that are considered for one page; a page is full before."""
_GROUP = 40
"""Tokens that the head of a group takes at the most."""


async def compare_costs(
    store: Store,
    models: Sequence[str],
    bases: Sequence[CostBasis],
    language: Language,
    detail: Detail,
    cursor: str = "",
) -> CostComparison:
    """What is known of the named models, or of all where none is named."""
    claims = await store.claims("cost_basis", *_BASES)
    entities = {entity.id: entity for entity in await store.all(Entity)}
    names = await Names.of(store, language)
    ids = {name: names.find(name) for name in models}
    named = {identity for found in ids.values() for identity in found}
    about = _about(claims, _with_makers(named, entities) if models else None, bases)
    page = pages.Page.at(cursor, len(about), _MOST[detail], language, "costs", list(models), list(bases), detail)
    shown = about[page.window]
    items = _items(shown, await citing.cite(store, shown, language, detail), entities, language)
    unknown = tuple([NameUnknown(name=name, near=await names.near(name)) for name, found in ids.items() if not found])
    lacking = (named if models else _models(entities)) - _with_figures(claims, entities)
    without = tuple(sorted(entities[one].name.say(language) for one in lacking))
    frame = CostComparison(
        language=language,
        groups=(),
        not_comparable_because=_not_comparable(about, language),
        without_figures=without,
        unknown=unknown,
        notes=_notes(items, unknown, without, language),
    )
    fitting, after = page.fill(items, pages.room(frame, detail) - len(_BASES) * _GROUP)
    return frame.model_copy(update={"groups": _groups(shown[: len(fitting)], fitting, language), "cursor": after})


def _about(claims: Sequence[Claim], subjects: set[str] | None, bases: Sequence[CostBasis]) -> list[Claim]:
    """The claims on these bases about these subjects, in order; on any where none are given."""
    on_bases = [claim for claim in claims if not bases or claim.cost_basis in bases]
    return sorted((one for one in on_bases if subjects is None or subjects & _subjects(one)), key=_order)


def _items(
    claims: Sequence[Claim], cited: Sequence[Cited], entities: Mapping[str, Entity], language: Language
) -> list[CostItem]:
    return [
        CostItem(models=_named(claim, entities, language), claim=one) for claim, one in zip(claims, cited, strict=True)
    ]


def _subjects(claim: Claim) -> set[str]:
    return {*claim.entities, *(figure.subject for figure in claim.figures)}


def _with_makers(ids: set[str], entities: Mapping[str, Entity]) -> set[str]:
    """The entities themselves, who makes them, and what they make: what is known of one bears on the other."""
    makers = {maker for one in ids if (maker := entities[one].maker)}
    made = {entity.id for entity in entities.values() if entity.maker in ids}
    return ids | makers | made


def _order(claim: Claim) -> tuple[int, int]:
    """Statements of one basis together, those with figures first."""
    return [*_BASES, None].index(claim.cost_basis), 0 if claim.figures else 1


def _groups(claims: Sequence[Claim], items: Sequence[CostItem], language: Language) -> tuple[CostGroup, ...]:
    by_basis: dict[CostBasis, list[CostItem]] = {}
    for claim, item in zip(claims, items, strict=True):
        if claim.cost_basis:
            by_basis.setdefault(claim.cost_basis, []).append(item)
    return tuple(
        CostGroup(basis=basis, meaning=sentences.BASES[basis].say(language), items=tuple(members))
        for basis, members in by_basis.items()
    )


def _named(claim: Claim, entities: Mapping[str, Entity], language: Language) -> tuple[str, ...]:
    about = [entities[one] for one in (*(figure.subject for figure in claim.figures), *claim.entities)]
    priced = [entity.name.say(language) for entity in about if entity.type in PRICED]
    return tuple(dict.fromkeys(priced or (entity.name.say(language) for entity in about[:1])))


def _models(entities: Mapping[str, Entity]) -> set[str]:
    return {entity.id for entity in entities.values() if entity.type == "model"}


def _with_figures(claims: Sequence[Claim], entities: Mapping[str, Entity]) -> set[str]:
    """Everything that a claim with a figure is about, and who makes it."""
    about = {one for claim in claims if claim.figures for one in _subjects(claim)}
    return about | {maker for one in about if (maker := entities[one].maker)}


def _not_comparable(claims: Sequence[Claim], language: Language) -> str | None:
    if len({claim.cost_basis for claim in claims}) > 1:
        return sentences.DIFFERENT_BASES.say(language)
    amounts = [figure for claim in claims for figure in claim.figures if figure.is_money]
    return sentences.ONE_FIGURE.say(language) if len(amounts) == 1 else None


def _notes(
    items: Sequence[CostItem], unknown: Sequence[NameUnknown], without: Sequence[str], language: Language
) -> tuple[str, ...]:
    notes = [sentences.name_unknown(one.name, one.near, language) for one in unknown[: sentences.NAMES_SAID]]
    if without:
        notes.append(sentences.without_figures(without, language))
    if citing.lacks_quotes([item.claim for item in items]):
        notes.append(sentences.QUOTES_MISSING.say(language))
    return tuple(notes)
