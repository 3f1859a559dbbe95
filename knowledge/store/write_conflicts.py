"""Conflicts of new records with what another writer recorded after they were checked."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from knowledge.model.records import Article, Claim, Entity
from knowledge.store.records import Records
from knowledge.store.store import StatusChange, WriteConflict
from knowledge.text.analysis.lexicon import Lexicon
from knowledge.text.near_duplicates import KnownClaims


def find_write_conflicts(
    records: Records,
    article: str,
    claims: Sequence[Claim],
    entities: Sequence[Entity],
    replaced: Iterable[StatusChange],
) -> tuple[WriteConflict, ...]:
    """Return the claims and entities that can no longer be kept; stands in the transaction that keeps the others."""
    older = {change.instead: change.claim for change in replaced if change.instead}
    conflicts = list(_entity_conflicts(records, entities))
    lost = {conflict.record for conflict in conflicts if conflict.reason != "known"}
    conflicts += _claim_conflicts(records, article, claims, older, lost)
    refused = {conflict.record for conflict in conflicts}
    used = find_used_entities(entities, (claim for claim in claims if claim.id not in refused))
    left = (entity.id for entity in entities if entity.id not in used | refused)
    return (*conflicts, *(WriteConflict(entity, "unused", entity) for entity in left))


def find_used_entities(entities: Sequence[Entity], claims: Iterable[Claim]) -> frozenset[str]:
    """Return the ids of the entities that some claim names, and of the makers of these; makers come first in `entities`."""
    named = {name for claim in claims for name in claim.references}
    used = {entity.id for entity in entities if entity.id in named}
    for entity in reversed(entities):
        if entity.id in used and entity.maker:
            used.add(entity.maker)
    return frozenset(used)


def _entity_conflicts(records: Records, entities: Sequence[Entity]) -> Iterator[WriteConflict]:
    if not entities:
        return
    there = {entity.id: entity for entity in records.list_all(Entity)}
    lexicon = Lexicon(there.values(), (), ())
    lost: set[str] = set()
    for entity in entities:
        conflict = _entity_conflict(entity, there.get(entity.id), lexicon, lost)
        if conflict:
            lost |= {entity.id} if conflict.reason != "known" else set()
            yield conflict


def _entity_conflict(
    entity: Entity, there: Entity | None, lexicon: Lexicon, lost: Collection[str]
) -> WriteConflict | None:
    if there:
        return WriteConflict(entity.id, "known" if there == entity else "id", entity.id)
    if entity.maker and entity.maker in lost:
        return WriteConflict(entity.id, "entity", entity.maker)
    names = (entity.name.ko, entity.name.en, *entity.aliases)
    holder = min((holder for name in names for holder in lexicon.ids(name)), default=None)
    return WriteConflict(entity.id, "name", holder.removeprefix("entity:")) if holder else None


def _claim_conflicts(
    records: Records, article: str, claims: Sequence[Claim], older: dict[str, str], lost: Collection[str]
) -> Iterator[WriteConflict]:
    taken = set(records.get(Claim, [claim.id for claim in claims]))
    standing = {claim.id for claim in records.get(Claim, older.values()).values() if claim.stands}
    known = KnownClaims(_claims_of_source(records, article))
    for claim in claims:
        supersedes = older.get(claim.id)
        if same := known.find_same(claim, supersedes):
            yield WriteConflict(claim.id, "duplicate", same)
        elif claim.id in taken:
            yield WriteConflict(claim.id, "id", claim.id)
        elif supersedes and supersedes not in standing:
            yield WriteConflict(claim.id, "superseded", supersedes)
        elif unknown := sorted(claim.references & set(lost)):
            yield WriteConflict(claim.id, "entity", unknown[0])
        else:
            known.add(claim)
            taken.add(claim.id)
            standing.discard(supersedes or "")


def _claims_of_source(records: Records, article: str) -> Iterator[Claim]:
    """Read the claims of an article and of every copy of the same text."""
    record = records.get(Article, [article]).get(article)
    root = (record.syndicated_from if record else None) or article
    for member in dict.fromkeys([root, article, *(copy.id for copy in records.list_copies([root]))]):
        yield from records.list_claims_of(member)
