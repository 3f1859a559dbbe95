"""Tables of figures: one figure a row, the same rows as JSON and as CSV."""

from collections.abc import Callable, Iterable, Mapping
from typing import get_args

from knowledge.model import Bilingual, Claim, CostBasis, Entity, Figure, UnanswerableError
from knowledge.queries import messages
from knowledge.queries.figure_answers import COUNT
from knowledge.queries.names import TABLE
from knowledge.queries.record_answers import FigureRow, FigureTable, TableName
from knowledge.store import StoreReader
from knowledge.text import safe_csv

_NOT_COSTS: tuple[CostBasis, ...] = ("compute_efficiency", "infrastructure")
"""Bases whose figures are costs only where they are money."""
_NOTES: dict[TableName, tuple[Bilingual, ...]] = {
    "counts": (messages.UNLISTED_IS_UNKNOWN,),
    "costs": (messages.DIFFERENT_BASES, messages.ONLY_NUMBERS),
}


async def build_table(store: StoreReader, name: str) -> FigureTable:
    """Return a table of figures: `counts` of models by country, or `costs` of models.

    Raises:
        UnanswerableError: if there is no such table.
    """
    tables: dict[str, TableName] = {table: table for table in get_args(TableName)}
    if name not in tables:
        raise UnanswerableError(messages.describe_missing(TABLE, name, list(tables)).in_language("en"))
    claims = await (
        store.find_claims("measure", COUNT)
        if name == "counts"
        else store.find_claims("cost_basis", *get_args(CostBasis))
    )
    entities = {entity.id: entity for entity in await store.list_all(Entity)}
    return FigureTable(
        name=tables[name],
        notes=tuple(note.en for note in _NOTES[tables[name]]),
        columns={column: field.description or "" for column, field in FigureRow.model_fields.items()},
        rows=list_rows(
            claims,
            entities,
            lambda claim, figure: figure.measure == COUNT if name == "counts" else _is_cost(claim, figure),
        ),
    )


def list_rows(
    claims: Iterable[Claim], entities: Mapping[str, Entity], wanted: Callable[[Claim, Figure], bool] = lambda *_: True
) -> tuple[FigureRow, ...]:
    """Return the wanted figures of claims, each as a row; `entities` holds the entities that they name, by id."""
    return tuple(_row(claim, figure, entities) for claim in claims for figure in claim.figures if wanted(claim, figure))


def _is_cost(claim: Claim, figure: Figure) -> bool:
    return figure.is_money or claim.cost_basis not in _NOT_COSTS


def write_csv(table: FigureTable) -> str:
    """Return a table as CSV (RFC 4180): a header, then a line for each row; unknown cells are empty.

    Text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe.
    """
    return safe_csv.format_csv(
        list(table.columns), ([getattr(row, column) for column in table.columns] for row in table.rows)
    )


def _row(claim: Claim, figure: Figure, entities: Mapping[str, Entity]) -> FigureRow:
    subject = entities[figure.subject]
    return FigureRow(
        claim=claim.id,
        article=claim.article,
        kind=claim.kind,
        status=claim.status,
        subject_type=subject.type,
        iso=subject.iso,
        cost_basis=claim.cost_basis,
        speaker=claim.speaker,
        attribution=claim.attribution,
        asserted=claim.asserted,
        evidence="; ".join(f"{piece.article} {piece.start}-{piece.end}" for piece in claim.evidence),
        **figure.model_dump(exclude={"rule"}),
        **_names("subject", figure.subject, entities),
        **_names("publisher", figure.publisher, entities),
        **_names("population", figure.population, entities),
        **_names("speaker", claim.speaker, entities),
        **_both("rule", figure.rule),
        **_both("statement", claim.statement),
        **_both("note", claim.note),
    )


def _names(column: str, identity: str | None, entities: Mapping[str, Entity]) -> dict[str, str | None]:
    return _both(column, entities[identity].name if identity else None)


def _both(column: str, text: Bilingual | None) -> dict[str, str | None]:
    return {f"{column}_ko": text.ko if text else None, f"{column}_en": text.en if text else None}
