"""Recording of claims and changes of their status: nothing is overwritten.

New records may conflict with what another writer recorded after they were checked; those that do are not kept.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

from knowledge.model import Article, Claim, Entity, Event, Evidence, StoreError, find_used_entities
from knowledge.store.records import Records
from knowledge.store.store import StatusChange, StoredText, WriteConflict
from knowledge.text import KnownClaims, anchoring
from knowledge.text.analysis import Lexicon


def record_claims(
    records: Records,
    article: str,
    claims: Sequence[Claim],
    entities: Sequence[Entity],
    by: str,
    replaced: Sequence[StatusChange] = (),
) -> tuple[WriteConflict, ...]:
    """Keep claims from an article's text, and the new entities that they name, in one transaction.

    Args:
        records: the library.
        article: the article that makes the claims.
        claims: without quotes.
        entities: those that are new, makers first.
        by: the person or model who wrote them.
        replaced: the claims whose place some of them take.

    Returns:
        What was not kept, since another writer came first; everything else was.

    Raises:
        StoreError: if the words of one do not stand in the text where it says.
    """
    with records.writing():
        text = records.texts.get(article)
        for claim in claims:
            _check(claim, article, text)
        conflicts = find_write_conflicts(records, article, claims, entities, replaced)
        refused = {conflict.record for conflict in conflicts}
        new = [entity for entity in entities if entity.id not in refused]
        kept = [claim for claim in claims if claim.id not in refused]
        now = datetime.now(UTC)
        records.insert([*new, *kept])
        if text and kept:
            pieces = (piece for claim in kept for piece in claim.evidence)
            places = {piece.sha256: (piece.start, piece.end) for piece in pieces}
            records.texts.set_places(article, {**text.places, **places})
        named = [_event("named", entity, by, now) for entity in new]
        records.event_log.append([*named, *(_event("recorded", claim, by, now) for claim in kept)])
        for change in replaced:
            if change.instead not in refused:
                change_status(records, change)
    return conflicts


def change_status(records: Records, change: StatusChange) -> Claim:
    """Give a claim another status; what it says stays as it was.

    Raises:
        StoreError: if there is no such claim, or it has that status.
    """
    with records.writing():
        claim = records.get(Claim, [change.claim]).get(change.claim)
        if claim is None:
            raise StoreError(f"There is no claim {change.claim!r}. `ai-trends-mcp ask` shows the ids of claims.")
        if claim.status == change.status:
            raise StoreError(f"The claim {claim.id} is {change.status} already.")
        _check_instead(records, change)
        changed = claim.model_copy(update={"status": change.status})
        before = (event.at for event in records.event_log.list_for(claim.id))
        event = Event(
            at=max([datetime.now(UTC), *before]),  # a clock may have been set back since
            by=change.by,
            action=change.status,
            subject=claim.id,
            why=change.why,
            instead=change.instead,
        )
        records.replace(changed, [event])
    return changed


def _check_instead(records: Records, change: StatusChange) -> None:
    if change.instead == change.claim:
        raise StoreError("A claim cannot take its own place. Name another one.")
    instead = records.get(Claim, [change.instead]).get(change.instead) if change.instead else None
    if change.instead and instead is None:
        raise StoreError(f"There is no claim {change.instead!r} to take its place. Record it first.")
    if change.status == "superseded" and instead and not instead.stands:
        raise StoreError(
            f"The claim {instead.id} is {instead.status}, so it takes no other's place. Name one that stands."
        )
    if change.status == "superseded" and not change.instead:
        raise StoreError(
            "A claim that is superseded needs the claim that takes its place. Name it, or retract the claim."
        )


def _check(claim: Claim, article: str, text: StoredText | None) -> None:
    """Check once more, whoever did before, that a claim's words stand in the text."""
    if claim.article != article or text is None or not all(_stands(piece, article, text) for piece in claim.evidence):
        raise StoreError(f"The words of {claim.id} do not stand where it says in the text of {article}.")


def _stands(piece: Evidence, article: str, text: StoredText) -> bool:
    words = text.body[piece.start : piece.end]
    return piece.article == article and anchoring.digest(words) == piece.sha256


def _event(action: Literal["named", "recorded"], value: Claim | Entity, by: str, now: datetime) -> Event:
    raw = value.model_dump_json(exclude_defaults=True)
    return Event(at=now, by=by, action=action, subject=value.id, record=raw)


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
