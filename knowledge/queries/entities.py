"""One entity: its record, the trends it occurs in, and what is said of it and by it."""

from collections.abc import Sequence

from knowledge.model import Entity, Language
from knowledge.queries import citations, messages, pagination
from knowledge.queries.answers import Call
from knowledge.queries.names import Names, named_here
from knowledge.queries.pagination import Detail
from knowledge.queries.record_answers import EntityRecord, EntityView
from knowledge.store import Filters, Question, StoreReader


async def view_entity(store: StoreReader, name: str, language: Language, detail: Detail) -> EntityView:
    """Return an entity by id or name; of several with that name, the entity whose id it is, or the first.

    Raises:
        UnanswerableError: if there is no such entity.
    """
    names = await Names.load(store, language)
    ids = await names.entities([name])
    identity = name if name in ids else ids[0]
    entities = {entity.id: entity for entity in await store.list_all(Entity)}
    found = (await store.search(Question("", Filters(entities=(identity,))))).claims
    cited = await citations.cite_claims(store, await store.find_claims("id", *found), language, detail)
    own = await named_here(store, ids)
    others = tuple(
        other if other in own else entities[other].name.in_language(language) for other in ids if other != identity
    )
    frame = EntityView(
        language=language,
        entity=_record(entities[identity], tuple(entities.values()), language),
        trends=await citations.count_facets(store, await store.count_claims("trend", found), language),
        claims=(),
        total=len(found),
        notes=(messages.QUOTES_MISSING.in_language(language), *_notes(others, language)),
        next_calls=(Call(tool="search_trends", arguments={"entities": [identity], "language": language}),),
    )
    claims, after = pagination.fill_page(cited, 0, len(cited), pagination.tokens_left(frame, detail))
    return frame.model_copy(
        update={
            "claims": claims,
            "notes": frame.notes if citations.lacks_quotes(claims) else frame.notes[1:],
            "next_calls": frame.next_calls if after else (),
        }
    )


def _record(entity: Entity, entities: Sequence[Entity], language: Language) -> EntityRecord:
    maker = next((other.name.in_language(language) for other in entities if other.id == entity.maker), None)
    return EntityRecord(
        id=entity.id,
        type=entity.type,
        name=entity.name.in_language(language),
        original=entity.name.in_language("en" if language == "ko" else "ko"),
        aliases=entity.aliases,
        iso=entity.iso,
        maker=maker,
        makes=tuple(other.name.in_language(language) for other in entities if other.maker == entity.id),
        wikidata=entity.wikidata,
        note=entity.note.in_language(language) if entity.note else None,
    )


def _notes(others: Sequence[str], language: Language) -> tuple[str, ...]:
    return (messages.ALSO_NAMED.format(names=", ".join(others)).in_language(language),) if others else ()
