"""A new entity of a call -> an entity, where the text names it and nothing else has its names."""

import re
from collections.abc import Iterator, Mapping

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import NewEntity
from knowledge.curation.verification.messages import Finding, quote
from knowledge.curation.verification.readers.entities import EntityIndex
from knowledge.model.records import Bilingual, Entity
from knowledge.text.sanitize import strip_hidden

_NO_NAME = re.compile(r"[“”\"<>{}\[\]|\\`\n]|://")
"""What no name has, and what could pass for the end of one."""


def make_entity(draft: NewEntity, register: EntityIndex, taken: Mapping[str, Entity]) -> Iterator[Entity | Finding]:
    """The entity, or all that is wrong with it; `taken` are those of the same call."""
    names = (draft.ko, draft.en, *draft.aliases)
    if register.get(draft.id) or draft.id in taken:
        yield messages.ID_TAKEN.at("id", id=quote([draft.id]))
    yield from (fault for name in names for fault in _name_faults(name, register))
    if not any(register.has_in_text(name) for name in names):
        yield messages.ENTITY_NOT_IN_TEXT.at("ko")
    for alias in draft.aliases:
        if _is_line(alias) and not register.begins_in_text(alias):
            yield messages.ALIAS_NOT_IN_TEXT.at("aliases", name=quote([alias]))
    maker = _of_call(draft.maker, taken) if draft.maker else None
    if draft.maker and not maker:
        for found in register.entity(draft.maker, "maker"):
            if isinstance(found, str):
                maker = found
            else:
                yield found
    if draft.iso and draft.type != "country":
        yield messages.ISO_WITHOUT_COUNTRY.at("iso")
    aliases = tuple(dict.fromkeys(alias for alias in draft.aliases if alias not in {draft.ko, draft.en}))
    if all(_is_line(name) for name in names):
        yield Entity(
            id=draft.id,
            type=draft.type,
            name=Bilingual(ko=draft.ko, en=draft.en),
            aliases=aliases,
            iso=draft.iso,
            maker=maker,
        )


def _of_call(name: str, taken: Mapping[str, Entity]) -> str | None:
    """The new entity of the same call that has this id or name."""
    named = (one.id for one in taken.values() if name in {one.id, one.name.ko, one.name.en, *one.aliases})
    return next(named, None)


def _name_faults(name: str, register: EntityIndex) -> Iterator[Finding]:
    if not _is_line(name):
        yield messages.NAME_NOT_VISIBLE.at("ko", name=quote([name]))
        return
    if not name[0].isalnum() or _NO_NAME.search(name):
        yield messages.NOT_A_NAME.at("ko", name=quote([name]))
        return
    there = register.holders(name)
    if there:
        ids = ", ".join(f"`{one}`" for one in there)
        yield messages.NAME_TAKEN.at("ko", name=quote([name]), ids=ids)
    elif register.is_ordinary(name):
        yield messages.NAME_ORDINARY.at("ko", name=quote([name]))


def _is_line(name: str) -> bool:
    return strip_hidden(name) == name and name == name.strip() and "\n" not in name and bool(name)
