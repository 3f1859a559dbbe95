"""What do models cost? Every figure and statement about cost, by what it is the cost of; never ranked across that."""

from collections.abc import Mapping, Sequence
from typing import get_args

from knowledge import citing, pages, sentences
from knowledge.answers import Cited, CostComparison, CostGroup, CostItem, NameUnknown
from knowledge.model import Claim, CostBasis, Entity, Language
from knowledge.naming import Names
from knowledge.pages import Detail
from knowledge.store import Store

_BASES: tuple[CostBasis, ...] = get_args(CostBasis)
_GROUP = 40
"""Tokens that the head of a group takes at the most."""
PRICED = {"model", "product", "company"}
"""Types of entities that have costs of their own."""


async def compare_costs(
    store: Store,
    models: Sequence[str],
    bases: Sequence[CostBasis],
    language: Language,
    detail: Detail,
    cursor: str = "",
) -> CostComparison:
    """What is known of the named models, or of all where none is named."""
    call = ("costs", list(models), list(bases), detail)
    start = pages.read_cursor(cursor, language, *call)
    claims = await store.claims("cost_basis", *_BASES)
    entities = {entity.id: entity for entity in await store.all(Entity)}
    names = await Names.of(store, language)
    wanted = {name: names.find(name) for name in models}
    chosen = _with_makers({identity for ids in wanted.values() for identity in ids}, entities)
    on_bases = [claim for claim in claims if not bases or claim.cost_basis in bases]
    about = sorted((claim for claim in on_bases if not models or chosen & _subjects(claim)), key=_order)
    cited = await citing.cite(store, about, language, detail)
    items = [
        CostItem(models=_named(claim, entities, language), claim=one) for claim, one in zip(about, cited, strict=True)
    ]
    unknown = tuple([NameUnknown(name=name, near=await names.near(name)) for name, ids in wanted.items() if not ids])
    asked = {identity for ids in wanted.values() for identity in ids} if models else _models(entities)
    without = tuple(sorted(entities[one].name.say(language) for one in asked - _with_figures(claims)))
    frame = CostComparison(
        language=language,
        groups=(),
        not_comparable_because=_not_comparable(about, language),
        without_figures=without,
        unknown=unknown,
        notes=_notes(cited, unknown, without, language),
    )
    page, after = pages.fill(items, start, len(items), pages.room(frame, detail) - len(_BASES) * _GROUP)
    groups = _groups(about[start : start + len(page)], page, language)
    return frame.model_copy(update={"groups": groups, "cursor": pages.write_cursor(after, *call)})


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


def _with_figures(claims: Sequence[Claim]) -> set[str]:
    """Everything that a claim with a figure is about."""
    return {one for claim in claims if claim.figures for one in _subjects(claim)}


def _not_comparable(claims: Sequence[Claim], language: Language) -> str | None:
    if len({claim.cost_basis for claim in claims}) > 1:
        return sentences.DIFFERENT_BASES.say(language)
    amounts = [figure for claim in claims for figure in claim.figures if figure.is_money]
    return sentences.ONE_FIGURE.say(language) if len(amounts) == 1 else None


def _notes(
    cited: Sequence[Cited], unknown: Sequence[NameUnknown], without: Sequence[str], language: Language
) -> tuple[str, ...]:
    notes = [sentences.name_unknown(one.name, one.near, language) for one in unknown[: sentences.NAMES_SAID]]
    if without:
        notes.append(sentences.without_figures(without, language))
    if citing.lacks_quotes(cited):
        notes.append(sentences.QUOTES_MISSING.say(language))
    return tuple(notes)
