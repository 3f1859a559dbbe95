"""What do articles say of cost? Their claims, each with whom it is about, and the amounts in them as figures."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from knowledge.figures import messages
from knowledge.figures.ratios import Priced
from knowledge.model.records import Claim, CostBasis, Entity, Figure, Language
from knowledge.queries.answers import Cited
from knowledge.queries.figure_answers import PRICED, CostFigure, CostItem
from knowledge.text.quantities import numerals

BASES: tuple[CostBasis, ...] = get_args(CostBasis)


def about(claims: Sequence[Claim], subjects: set[str] | None, bases: Sequence[CostBasis]) -> list[Claim]:
    """The claims on these bases about these subjects, those about most of them first; on any where none are given."""
    on_bases = [claim for claim in claims if not bases or claim.cost_basis in bases]
    wanted = [one for one in on_bases if subjects is None or subjects & _subjects(one)]
    return sorted(wanted, key=lambda one: (*_order(one), -len((subjects or set()) & _subjects(one))))


def items(
    claims: Sequence[Claim], cited: Sequence[Cited], entities: Mapping[str, Entity], language: Language
) -> list[CostItem]:
    """The claims with the models or companies that they are about."""
    return [
        CostItem(models=_named(claim, entities, language), claim=one) for claim, one in zip(claims, cited, strict=True)
    ]


def priced(claims: Sequence[Claim], entities: Mapping[str, Entity], language: Language) -> Iterator[Priced]:
    """The amounts of money in the claims; a bounded one is no amount to divide by."""
    for claim in claims:
        for figure in claim.figures:
            if figure.is_money and claim.cost_basis:
                yield Priced(_figure(claim, claim.cost_basis, figure, entities, language), figure.bound == "exact")


def with_makers(ids: set[str], entities: Mapping[str, Entity]) -> set[str]:
    """The entities themselves, who makes them, and what they make: what is known of one bears on the other."""
    makers = {maker for one in ids if (maker := entities[one].maker)}
    made = {entity.id for entity in entities.values() if entity.maker in ids}
    return ids | makers | made


def with_figures(claims: Sequence[Claim], entities: Mapping[str, Entity]) -> set[str]:
    """Everything that a claim with a figure is about, and who makes it."""
    about_it = {one for claim in claims if claim.figures for one in _subjects(claim)}
    return about_it | {maker for one in about_it if (maker := entities[one].maker)}


def _subjects(claim: Claim) -> set[str]:
    return {*claim.entities, *(figure.subject for figure in claim.figures)}


def _order(claim: Claim) -> tuple[int, int]:
    """Statements of one basis together, those with figures first."""
    return [*BASES, None].index(claim.cost_basis), 0 if claim.figures else 1


def _named(claim: Claim, entities: Mapping[str, Entity], language: Language) -> tuple[str, ...]:
    named = [entities[one] for one in (*(figure.subject for figure in claim.figures), *claim.entities)]
    subjects = [entity.name.in_language(language) for entity in named if entity.type in PRICED]
    return tuple(dict.fromkeys(subjects or (entity.name.in_language(language) for entity in named[:1])))


def _figure(
    claim: Claim, basis: CostBasis, figure: Figure, entities: Mapping[str, Entity], language: Language
) -> CostFigure:
    return CostFigure(
        model=entities[figure.subject].name.in_language(language),
        cost_basis=basis,
        said=messages.format_amount(numerals.write_figure(figure, language), figure.currency_year, language),
        amounts={"total": figure.value},
        currency=figure.unit,
        currency_year=figure.currency_year,
        kind="article",
        source=claim.id,
        notes=(
            messages.REPORTED.in_language(language),
            *([] if figure.currency_year else [messages.YEAR_NOT_STATED.in_language(language)]),
        ),
    )
